"""One step of the history each, in the order of their numbers."""
