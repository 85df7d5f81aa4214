"""Checks beyond existence: what a line does to Revit, although every name in it exists."""
