"""Pipes and ducts that a script makes between two points."""

from typing import Any

from revitron_grpc.simulation.database import ElementRecord
from revitron_grpc.simulation.errors import NotSimulated, revit_error
from revitron_grpc.simulation.revit.curves import Line
from revitron_grpc.simulation.revit.geometry import XYZ
from revitron_grpc.simulation.revit.placing import current_phase
from revitron_grpc.simulation.revit.stored import store

_SHORTEST = 0.1 / 12.0
_ROUND, _RECTANGULAR = "Round", "Rectangular"
# Sizes of what is made without a size of its own, in feet.
_DEFAULT_SIZE = 0.5


def new_run(
    document: Any, kind: str, category: str, ids: tuple[Any, ...], ends: tuple[XYZ, XYZ]
) -> ElementRecord:
    """Make a duct or a pipe between two points."""
    database = document._database
    database.check_writable()
    system, of_type, level = (database.get(one.number) for one in ids)
    simple = kind.rpartition(".")[2]
    if system is None or not system.kind.endswith("SystemType"):
        raise revit_error("ArgumentException", f"The systemTypeId is not valid for a {simple}.")
    if of_type is None or not of_type.kind.endswith(f".{simple}Type"):
        raise revit_error("ArgumentException", f"The type is not valid for a {simple}.")
    if level is None or not level.kind.endswith(".Level"):
        raise revit_error("ArgumentException", "The ElementId levelId is not a Level.")
    if ends[1].minus(ends[0]).length < _SHORTEST:
        raise revit_error(
            "ArgumentException",
            "The points of startPoint and endPoint are too close: for MEPCurve, the minimum "
            "length is 1/10 inch.",
        )
    shape = of_type.data.get("shape", _ROUND)
    made = database.add(
        kind,
        category=category,
        type=of_type.id,
        level=level.id,
        curve=Line.between(*ends),
        system_type=system.id,
        created_phase=current_phase(database),
    )
    if simple == "Pipe":
        store(made, "RBS_PIPE_DIAMETER_PARAM", _DEFAULT_SIZE)
    elif shape == _ROUND:
        store(made, "RBS_CURVE_DIAMETER_PARAM", _DEFAULT_SIZE)
    else:
        store(made, "RBS_CURVE_WIDTH_PARAM", _DEFAULT_SIZE)
        store(made, "RBS_CURVE_HEIGHT_PARAM", _DEFAULT_SIZE)
    return made


def ids_and_points(more: tuple[Any, ...], what: str) -> tuple[Any, tuple[XYZ, XYZ]]:
    """Split the arguments of `Create` into three ids and two points."""
    if len(more) != 5:
        raise NotSimulated(f"{what}.Create from a connector")
    return more[:3], (more[3], more[4])
