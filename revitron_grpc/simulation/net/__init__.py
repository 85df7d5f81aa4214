"""The parts of .NET that Revit scripts import."""
