"""A Revit in memory: run a script where there is no Revit, and see what it changed.

The modules that a script imports are made from the catalog of one Revit version, so that what does
not exist there does not exist here. Behaviour is written by hand in `revit/`, `net/` and `pyrevit/`
for what scripts live on; anything else raises `NotSimulated` instead of guessing.
"""
