"""The pyrevit library as a script sees it in the simulation."""
