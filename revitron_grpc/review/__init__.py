"""The review: one script or bundle in, one report out, for all requested Revit versions at once."""
