"""Whole numbers given to built-in parameters that are lengths."""

import ast

from revitron_grpc.analysis.checks.report import report
from revitron_grpc.analysis.resolve import Lookup
from revitron_grpc.analysis.types import Literal, Type
from revitron_grpc.analysis.walk import Walk

LENGTHS = frozenset(
    """
    CEILING_HEIGHTABOVELEVEL_PARAM DOOR_HEIGHT DOOR_WIDTH FAMILY_BASE_LEVEL_OFFSET_PARAM
    FAMILY_TOP_LEVEL_OFFSET_PARAM FLOOR_HEIGHTABOVELEVEL_PARAM INSTANCE_ELEVATION_PARAM
    INSTANCE_FREE_HOST_OFFSET_PARAM INSTANCE_HEAD_HEIGHT_PARAM INSTANCE_SILL_HEIGHT_PARAM
    LEVEL_ELEV RBS_CURVE_DIAMETER_PARAM RBS_CURVE_HEIGHT_PARAM RBS_CURVE_WIDTH_PARAM
    RBS_OFFSET_PARAM RBS_PIPE_DIAMETER_PARAM ROOF_LEVEL_OFFSET_PARAM ROOM_LOWER_OFFSET
    ROOM_UPPER_OFFSET SCHEDULE_BASE_LEVEL_OFFSET_PARAM SCHEDULE_TOP_LEVEL_OFFSET_PARAM
    STRUCTURAL_BEAM_END0_ELEVATION STRUCTURAL_BEAM_END1_ELEVATION VIEWER_BOUND_OFFSET_FAR
    WALL_BASE_OFFSET WALL_TOP_OFFSET WALL_USER_HEIGHT_PARAM WINDOW_HEIGHT WINDOW_WIDTH
    """.split()
)
"""Built-in parameters that hold a length: those that scripts set most.

The facts name built-in parameters without what they hold, so this is knowledge of the field; of
all others nothing is said.
"""


def whole_number(walk: Walk, lookup: Lookup, types: tuple[Type, ...], node: ast.Call) -> None:
    """RVT113: `get_Parameter(BuiltInParameter.WALL_BASE_OFFSET).Set(3)`."""
    if lookup.symbol != "Autodesk.Revit.DB.Parameter.Set" or len(node.args) != 1:
        return
    given = types[0] if types else None
    if not isinstance(given, Literal) or given.value.__class__ is not int:
        return
    name = _built_in(node.func)
    if name not in LENGTHS:
        return
    report(
        walk,
        "RVT113",
        f"{name} holds a length, and a whole number goes to the overload for integers: Set "
        "returns False and changes nothing",
        node.args[0],
        symbol=lookup.symbol,
        suggestion=f"Set({given.value}.0), which is in feet whatever the project shows",
    )


def _built_in(function: ast.expr) -> str:
    """The name in `x.get_Parameter(BuiltInParameter.NAME).Set` or `x.Parameter[...].Set`."""
    asked = function.value if isinstance(function, ast.Attribute) else None
    key: ast.expr | None = None
    if isinstance(asked, ast.Call) and isinstance(asked.func, ast.Attribute):
        if asked.func.attr == "get_Parameter" and len(asked.args) == 1:
            key = asked.args[0]
    elif isinstance(asked, ast.Subscript):
        key = asked.slice
    return key.attr if isinstance(key, ast.Attribute) else ""
