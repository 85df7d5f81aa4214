"""Which categories a view filter can name, and by which parameters.

What is known of a parameter says on which classes and categories it stands; parameters that hold
nothing cannot be filtered by.
"""

from functools import lru_cache
from typing import Any

from revitron_grpc.catalog.load import packaged_catalog
from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.category_table import category_numbered
from revitron_grpc.simulation.computed import classes_of
from revitron_grpc.simulation.errors import revit_error
from revitron_grpc.simulation.parameter_table import parameters_by_number
from revitron_grpc.simulation.revit.definitions import user_parameters

__all__ = ["ParameterFilterUtilities"]

_DB = "Autodesk.Revit.DB."
# What the elements of a category are, where they are no families.
_CLASSES = {
    "OST_CableTray": "Electrical.CableTray",
    "OST_Ceilings": "Ceiling",
    "OST_Conduit": "Electrical.Conduit",
    "OST_DuctCurves": "Mechanical.Duct",
    "OST_DuctInsulations": "Mechanical.DuctInsulation",
    "OST_DuctLinings": "Mechanical.DuctLining",
    "OST_FlexDuctCurves": "Mechanical.FlexDuct",
    "OST_FlexPipeCurves": "Plumbing.FlexPipe",
    "OST_Floors": "Floor",
    "OST_PipeCurves": "Plumbing.Pipe",
    "OST_PipeInsulations": "Plumbing.PipeInsulation",
    "OST_Roofs": "FootPrintRoof",
    "OST_Rooms": "Architecture.Room",
    "OST_Walls": "Wall",
}
_TYPES = {"OST_Walls": "WallType", "OST_Floors": "FloorType", "OST_Ceilings": "CeilingType"}


@lru_cache(maxsize=256)
def _built_in_of(category: str) -> frozenset[int]:
    """Return the built-in parameters of a category's elements and of their types."""
    own = classes_of(_DB + _CLASSES.get(category, "FamilyInstance"))
    types = classes_of(_DB + _TYPES.get(category, "FamilySymbol"))
    return frozenset(
        number
        for number, facts in parameters_by_number(packaged_catalog()).items()
        if facts.holds != "None"
        and (
            facts.is_on(own, category, is_type=False) or facts.is_on(types, category, is_type=True)
        )
    )


@behaves("Autodesk.Revit.DB.ParameterFilterUtilities")
class ParameterFilterUtilities:
    """What can be filtered by what."""

    @classmethod
    def GetFilterableParametersInCommon(cls, aDocument: Any, categories: Any) -> list[int]:
        database = aDocument._database
        common: set[int] | None = None
        for wanted in categories:
            facts = category_numbered(wanted.number)
            # "One or more of the categories cannot be filtered by": documentation of the method.
            if facts is None or facts.kind != "Model" or facts.parent:
                raise revit_error("ArgumentException", "The category is not filterable.")
            held = set(_built_in_of(facts.name))
            held |= {
                one.id
                for one in user_parameters(database)
                if facts.name in one.data.get("categories", ())
            }
            common = held if common is None else common & held
        return sorted(common or ())
