"""Rooms, areas and spaces, and their boundaries.

Data: `point` (none for an unplaced one), `level`, `created_phase`, and `boundary`, a tuple of loops
of `Side`, at the finish faces, the outermost first; a room that is not enclosed has none. Number
and name are stored as ROOM_NUMBER and ROOM_NAME. Of an area also `area_scheme` and `area_type`, the
type's name; the id of the type is stored as AREA_TYPE.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.computed import computed, shows
from revitron_grpc.simulation.database import INVALID, Database, ElementRecord
from revitron_grpc.simulation.errors import NotSimulated, revit_error
from revitron_grpc.simulation.revit.curves import Curve, Line
from revitron_grpc.simulation.revit.elements import Element
from revitron_grpc.simulation.revit.faces import within
from revitron_grpc.simulation.revit.geometry import XYZ
from revitron_grpc.simulation.revit.loops import CurveLoop, area_within
from revitron_grpc.simulation.revit.shapes import BODIES
from revitron_grpc.simulation.revit.solids import Solid, prism
from revitron_grpc.simulation.revit.stored import elevation_of, store, stored

__all__ = ["Enclosed", "Side", "holds", "holds_in_plan", "phase_of", "room_at", "sides", "space_at"]

_ROOM_KINDS = ("Room", "Area", "Space")
# The upper limit that Revit gives a new room without a level above (field knowledge).
_DEFAULT_OFFSET = 10.0


@dataclass(frozen=True, slots=True)
class Side:
    """One segment of a boundary: its curve, what bounds there, and in which link (behaviour 36)."""

    curve: Curve
    element: int = INVALID
    linked: int = INVALID


def sides(points: Sequence[XYZ], bounding: Sequence[ElementRecord | None]) -> tuple[Side, ...]:
    """Make a loop of straight sides through points; `bounding` says what each one lies at."""
    ends = [*points[1:], points[0]]
    return tuple(
        Side(Line.between(start, end), INVALID if record is None else record.id)
        for start, end, record in zip(points, ends, bounding, strict=True)
    )


# What follows from boundary and limits


def _boundary(record: ElementRecord) -> tuple[tuple[Side, ...], ...]:
    data = record.database.derived_data(record)
    # Without a place there is no boundary, whatever it was before.
    return data.get("boundary", ()) if data.get("point") is not None else ()


def _loops(record: ElementRecord) -> list[CurveLoop]:
    return [CurveLoop.of(side.curve for side in loop) for loop in _boundary(record)]


@computed("ROOM_AREA", kinds=_ROOM_KINDS)
def _area(record: ElementRecord) -> float:
    return area_within(_loops(record))


@computed("ROOM_PERIMETER", kinds=_ROOM_KINDS)
def _perimeter(record: ElementRecord) -> float:
    return sum(loop.GetExactLength() for loop in _loops(record))


@computed(
    "ROOM_HEIGHT",
    kinds=(
        "Room",
        "Space",
    ),
)
def _height(record: ElementRecord) -> float:
    lower, upper = _limits(record)
    return upper - lower if record.data.get("point") is not None else 0.0


@computed(
    "ROOM_VOLUME",
    kinds=(
        "Room",
        "Space",
    ),
)
def _volume(record: ElementRecord) -> float:
    # 0 unless volumes are computed in the document's settings (behaviour 34).
    return _area(record) * _height(record) if _computes_volumes(record.database) else 0.0


@computed("ROOM_LEVEL_ID", kinds=_ROOM_KINDS)
def _level(record: ElementRecord) -> int:
    return record.data.get("level", INVALID)


@computed(
    "ROOM_PHASE",
    kinds=(
        "Room",
        "Space",
    ),
)
@computed(
    "ROOM_PHASE_ID",
    kinds=(
        "Room",
        "Space",
    ),
)
def _phase(record: ElementRecord) -> int:
    return record.data.get("created_phase", INVALID)


@shows("AREA_TYPE")
def _area_type(record: ElementRecord) -> str | None:
    return record.data.get("area_type")


@computed("AREA_TYPE_TEXT", kinds=("Area",))
def _area_type_text(record: ElementRecord) -> str | None:
    return record.data.get("area_type")


@computed("AREA_SCHEME_ID", kinds=("Area",))
def _area_scheme(record: ElementRecord) -> int:
    return record.data.get("area_scheme", INVALID)


@computed("ROOM_UPPER_LEVEL", kinds=("Room", "Space"))
def _upper_level(record: ElementRecord) -> int:
    # Where nobody chose one it is the own level.
    return stored(record, "ROOM_UPPER_LEVEL", record.data.get("level", INVALID))


def _limits(record: ElementRecord) -> tuple[float, float]:
    """Return the elevations of floor and upper limit."""
    database, level = record.database, record.data.get("level")
    base = elevation_of(database, level) + stored(record, "ROOM_LOWER_OFFSET", 0.0)
    upper = stored(record, "ROOM_UPPER_LEVEL", level)
    offset = stored(record, "ROOM_UPPER_OFFSET", _DEFAULT_OFFSET)
    return base, elevation_of(database, upper) + offset


def _body(record: ElementRecord, data: dict[str, Any]) -> Solid | None:
    """The body between floor and upper limit: the box of a room is the box around it."""
    if data.get("point") is None:
        return None
    loops = _loops(record)
    low, high = _limits(record)
    straight = all(isinstance(curve, Line) for loop in loops for curve in loop.curves())
    if not loops or not straight or high - low < 1e-6:
        return None
    lift = low - loops[0].curves()[0].GetEndPoint(0).Z
    raised = [CurveLoop.of(_lifted(curve, lift) for curve in loop.curves()) for loop in loops]
    return prism(raised, XYZ(0.0, 0.0, high - low))


def _lifted(curve: Curve, by: float) -> Line:
    lift = XYZ(0.0, 0.0, by)
    return Line.between(curve.GetEndPoint(0).plus(lift), curve.GetEndPoint(1).plus(lift))


for _kind in ("Room", "Space"):
    BODIES[_kind] = _body


def _computes_volumes(database: Database) -> bool:
    settings = next(database.of_kind("AreaVolumeSettings"), None)
    return settings is not None and bool(settings.data.get("compute_volumes"))


def holds(record: ElementRecord, point: XYZ) -> bool:
    """Return whether a point is inside of a room: between its walls, floor and upper limit."""
    boundary = _boundary(record)
    lower, upper = _limits(record)
    if not boundary or not lower - 1e-9 <= point.Z <= upper + 1e-9:
        return False
    polygons = [[(p.X, p.Y) for s in loop for p in s.curve.points()[:-1]] for loop in boundary]
    return within(polygons, point.X, point.Y)


def holds_in_plan(record: ElementRecord, point: XYZ) -> bool:
    """Whether a point is over or under the floor of a room."""
    return holds(record, XYZ(point.X, point.Y, _limits(record)[0]))


def phase_of(database: Database, phase: Any) -> int:
    """Return the id of a phase that a script gave, or of the last one."""
    if phase is not None:
        return phase._record.id
    phases = database.settings.get("phases", ())
    return phases[-1] if phases else INVALID


def room_at(database: Database, point: Any, phase: Any = None) -> ElementRecord | None:
    """Return the room of a phase, without one of the last, that holds a point."""
    return _at(database, "Room", point, phase)


def space_at(database: Database, point: Any, phase: Any = None) -> ElementRecord | None:
    """Return the space of a phase, without one of the last, that holds a point."""
    return _at(database, "Space", point, phase)


def _at(database: Database, kind: str, point: XYZ, phase: Any) -> ElementRecord | None:
    wanted = phase_of(database, phase)
    for record in database.of_kind(kind):
        if record.data.get("created_phase", wanted) == wanted and holds(record, point):
            return record
    return None


@behaves("Autodesk.Revit.DB.SpatialElement")
class SpatialElement(Element):
    """A room, an area or a space."""

    def _shown_name(self) -> str:
        # A room's name is "name number", ROOM_NAME the name alone (behaviour 25).
        record = self._record
        parts = stored(record, "ROOM_NAME"), stored(record, "ROOM_NUMBER")
        return " ".join(part for part in parts if part)

    def _rename(self, value: str) -> None:
        store(self._record, "ROOM_NAME", value)

    @property
    def Number(self) -> str:
        return stored(self._record, "ROOM_NUMBER", "")

    @Number.setter
    def Number(self, value: str) -> None:
        store(self._record, "ROOM_NUMBER", value)

    @property
    def Level(self) -> ElementRecord | None:
        return self._other("level")

    @property
    def Area(self) -> float:
        return _area(self._record)

    @property
    def Perimeter(self) -> float:
        return _perimeter(self._record)

    @property
    def SpatialElementType(self) -> str:
        return self._record.kind.rpartition(".")[2]

    def GetBoundarySegments(self, options: Any) -> list[list["BoundarySegment"]]:
        if options is None:
            raise revit_error("ArgumentNullException", "The input argument 'options' is null.")
        if options._location != "Finish":
            raise NotSimulated(f"room boundaries at {options._location}")
        return [[BoundarySegment.of(side) for side in loop] for loop in _boundary(self._record)]


class Enclosed(SpatialElement):
    """What rooms and spaces share: limits, volume, and points inside."""

    @property
    def BaseOffset(self) -> float:
        return stored(self._record, "ROOM_LOWER_OFFSET", 0.0)

    @BaseOffset.setter
    def BaseOffset(self, value: float) -> None:
        store(self._record, "ROOM_LOWER_OFFSET", float(value))

    @property
    def LimitOffset(self) -> float:
        return stored(self._record, "ROOM_UPPER_OFFSET", _DEFAULT_OFFSET)

    @LimitOffset.setter
    def LimitOffset(self, value: float) -> None:
        store(self._record, "ROOM_UPPER_OFFSET", float(value))

    @property
    def UpperLimit(self) -> ElementRecord | None:
        own = self._data.get("level", INVALID)
        return self._database.get(stored(self._record, "ROOM_UPPER_LEVEL", own))

    @UpperLimit.setter
    def UpperLimit(self, value: Any) -> None:
        store(self._record, "ROOM_UPPER_LEVEL", INVALID if value is None else value._record.id)

    @property
    def UnboundedHeight(self) -> float:
        return _height(self._record)

    @property
    def Volume(self) -> float:
        return _volume(self._record)


@behaves("Autodesk.Revit.DB.Architecture.Room")
class Room(Enclosed):
    """A room."""

    def IsPointInRoom(self, point: XYZ) -> bool:
        return holds(self._record, point)

    def Unplace(self) -> None:
        self._write("point", None)


@behaves("Autodesk.Revit.DB.Area")
class Area(SpatialElement):
    """An area of an area scheme."""

    @property
    def AreaScheme(self) -> ElementRecord | None:
        return self._other("area_scheme")

    @property
    def IsGrossInterior(self) -> bool:
        scheme = self._other("area_scheme")
        return scheme is not None and bool(scheme.data.get("gross"))


@behaves("Autodesk.Revit.DB.AreaScheme")
class AreaScheme(Element):
    """One way of dividing a storey into areas."""

    @property
    def IsGrossBuildingArea(self) -> bool:
        return bool(self._data.get("gross"))


@behaves("Autodesk.Revit.DB.AreaVolumeSettings")
class AreaVolumeSettings(Element):
    """Whether the document computes volumes of rooms."""

    @classmethod
    def GetAreaVolumeSettings(cls, document: Any) -> ElementRecord:
        for record in document._database.of_kind("AreaVolumeSettings"):
            return record
        raise NotSimulated("Autodesk.Revit.DB.AreaVolumeSettings of a model without that element")

    @property
    def ComputeVolumes(self) -> bool:
        return bool(self._data.get("compute_volumes"))

    @ComputeVolumes.setter
    def ComputeVolumes(self, value: bool) -> None:
        self._write("compute_volumes", bool(value))


@behaves("Autodesk.Revit.DB.SpatialElementBoundaryOptions")
class SpatialElementBoundaryOptions:
    """Where the boundary of a room is asked for: at the finish faces by default."""

    def __init__(self) -> None:
        self._location, self._free = "Finish", True

    @property
    def SpatialElementBoundaryLocation(self) -> str:
        return self._location

    @SpatialElementBoundaryLocation.setter
    def SpatialElementBoundaryLocation(self, value: Any) -> None:
        self._location = value.name

    @property
    def StoreFreeBoundaryFaces(self) -> bool:
        return self._free

    @StoreFreeBoundaryFaces.setter
    def StoreFreeBoundaryFaces(self, value: bool) -> None:
        self._free = value

    @property
    def IsValidObject(self) -> bool:
        return True

    def Dispose(self) -> None:
        return None


@behaves("Autodesk.Revit.DB.BoundarySegment")
class BoundarySegment:
    """One piece of a room's boundary, and the element that makes it."""

    _side: Side

    @staticmethod
    def of(side: Side) -> "BoundarySegment":
        """Show one side of a boundary."""
        made = object.__new__(BoundarySegment)
        made._side = side
        return made

    @property
    def ElementId(self) -> int:
        return self._side.element

    @property
    def LinkElementId(self) -> int:
        return self._side.linked

    def GetCurve(self) -> Curve:
        return self._side.curve.copy()

    @property
    def IsValidObject(self) -> bool:
        return True

    def Dispose(self) -> None:
        return None
