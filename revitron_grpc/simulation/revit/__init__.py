"""The behaviour of the Revit API, by hand, one module an area."""
