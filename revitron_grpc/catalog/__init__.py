"""The catalog: what is known of the Revit API, pyRevit, Revitron and existing tools."""
