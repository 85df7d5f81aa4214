"""Beams, columns and foundations: what their parameters tell of their shape and place.

Data beside that of every family instance: `curve` of a beam, a brace or a slanted column; `point`
of an upright one; `cut_back`, how much shorter a beam is cut at its start and end (feet, negative
for longer); `slanted`. Sections are parameters of the type.
"""

from revitron_grpc.simulation.computed import computed, mirrors
from revitron_grpc.simulation.database import INVALID, ElementRecord
from revitron_grpc.simulation.revit.boxes import box_around
from revitron_grpc.simulation.revit.curves import Curve, Line
from revitron_grpc.simulation.revit.geometry import XYZ
from revitron_grpc.simulation.revit.shapes import solid_of
from revitron_grpc.simulation.revit.stored import derived, elevation_of

__all__ = ["column_ends", "location_mark"]

_MEMBERS = frozenset(("OST_StructuralFraming", "OST_StructuralColumns", "OST_StructuralFoundation"))
_COLUMNS = frozenset(("OST_StructuralColumns", "OST_Columns"))
# How near to a grid a column's middle counts as on it: a millimetre.
_ON_GRID = 1.0 / 304.8

mirrors("INSTANCE_REFERENCE_LEVEL_PARAM", "level", default=INVALID)


def _curve(record: ElementRecord) -> Curve | None:
    return record.database.derived_data(record).get("curve")


@computed("STRUCTURAL_FRAME_CUT_LENGTH", kinds=("FamilyInstance",))
def _cut_length(record: ElementRecord) -> float | None:
    curve = _curve(record)
    back = record.database.derived_data(record).get("cut_back", (0.0, 0.0))
    length = None if curve is None else curve.length()
    return None if length is None else length - sum(back)


def _end_offset(record: ElementRecord, end: int) -> float | None:
    curve = _curve(record)
    if curve is None:
        return None
    level = elevation_of(record.database, record.data.get("level"))
    return curve.GetEndPoint(end).Z - level


@computed("STRUCTURAL_BEAM_END0_ELEVATION", kinds=("FamilyInstance",))
def _start_offset(record: ElementRecord) -> float | None:
    return _end_offset(record, 0)


@computed("STRUCTURAL_BEAM_END1_ELEVATION", kinds=("FamilyInstance",))
def _end_level_offset(record: ElementRecord) -> float | None:
    return _end_offset(record, 1)


def column_ends(record: ElementRecord) -> tuple[float, float] | None:
    """Return the heights of foot and head of a column in feet; None without a level there."""
    database = record.database
    top = derived(record, "FAMILY_TOP_LEVEL_PARAM", INVALID)
    base = record.data.get("level", INVALID)
    if database.get(top) is None or database.get(base) is None:
        return None
    foot = elevation_of(database, base) + derived(record, "FAMILY_BASE_LEVEL_OFFSET_PARAM", 0.0)
    head = elevation_of(database, top) + derived(record, "FAMILY_TOP_LEVEL_OFFSET_PARAM", 0.0)
    return foot, head


@computed("INSTANCE_LENGTH_PARAM", kinds=("FamilyInstance",))
def _length(record: ElementRecord) -> float | None:
    curve = _curve(record)
    if curve is not None:
        return curve.length()
    ends = column_ends(record) if record.data.get("category") in _COLUMNS else None
    return None if ends is None else ends[1] - ends[0]


@computed("HOST_VOLUME_COMPUTED", kinds=("FamilyInstance", "WallFoundation"))
def _volume(record: ElementRecord) -> float | None:
    # What a sample model says of a section that is no box stands in the parameter itself.
    if record.data.get("category") not in _MEMBERS or derived(record, "HOST_VOLUME_COMPUTED"):
        return None
    body = solid_of(record)
    return None if body is None else body.Volume


def _heights(record: ElementRecord) -> tuple[float, float] | None:
    body = solid_of(record)
    around = None if body is None else box_around(body.points())
    return None if around is None else (around.Min.Z, around.Max.Z)


@computed("STRUCTURAL_ELEVATION_AT_BOTTOM")
def _bottom(record: ElementRecord) -> float | None:
    heights = _heights(record)
    return None if heights is None else heights[0]


@computed("STRUCTURAL_ELEVATION_AT_TOP")
def _top(record: ElementRecord) -> float | None:
    heights = _heights(record)
    return None if heights is None else heights[1]


def location_mark(record: ElementRecord) -> str | None:
    """Return the crossing of grids that a column stands on, as `C-1`; None off the crossings.

    Off a crossing Revit adds offsets in the project's unit; sample models say those themselves.
    """
    place = record.database.derived_data(record).get("point")
    if place is None:
        return None
    names = [
        grid.data["name"]
        for grid in record.database.of_kind("Grid")
        if isinstance(grid.data["curve"], Line) and _beside(grid.data["curve"], place) <= _ON_GRID
    ]
    # Letters come before numbers, as in "C-1" (documentation of the column schedule).
    return "-".join(sorted(names, key=lambda n: (n[:1].isdigit(), n))) if len(names) == 2 else None


def _beside(line: Line, place: XYZ) -> float:
    """Return how far a place lies beside a grid in plan, in feet."""
    start, way = line.start(), line.direction
    return abs(way.X * (place.Y - start.Y) - way.Y * (place.X - start.X))


@computed("COLUMN_LOCATION_MARK", kinds=("FamilyInstance",))
def _mark(record: ElementRecord) -> str | None:
    return location_mark(record)
