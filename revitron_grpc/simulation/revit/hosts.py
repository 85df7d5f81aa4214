"""Walls, floors, ceilings and roofs.

Data beside that of every element: `type`, `level`; of a wall `curve`, `flipped`, `sketch`,
`stacked_in` (the stacked wall that it is a part of), `profile` (loops in the plane of its axis,
where it was edited) and `unjoined` (ends at which joins are not allowed); of a slab `profile`,
loops at the upper face of a floor or roof and at the lower face of a ceiling.
"""

from typing import Any

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.computed import computed, locks
from revitron_grpc.simulation.database import INVALID, ElementRecord
from revitron_grpc.simulation.errors import NotSimulated, revit_error
from revitron_grpc.simulation.revit.compound import thickness_of
from revitron_grpc.simulation.revit.curtain import CurtainGrid
from revitron_grpc.simulation.revit.curves import Curve, Line
from revitron_grpc.simulation.revit.elements import Element
from revitron_grpc.simulation.revit.faces import PlanarFace
from revitron_grpc.simulation.revit.geometry import XYZ, Transform
from revitron_grpc.simulation.revit.loops import CurveLoop, area_within
from revitron_grpc.simulation.revit.references import Reference
from revitron_grpc.simulation.revit.shapes import BODIES, solid_of
from revitron_grpc.simulation.revit.slab_shapes import SlabShapeEditor
from revitron_grpc.simulation.revit.solids import Solid, prism
from revitron_grpc.simulation.revit.stored import derived, elevation_of, store, stored

__all__ = ["Ceiling", "Floor", "HostObject", "RoofBase", "Wall", "wall_height"]

_USAGES = ("NonBearing", "Bearing", "Shear", "Combined")
_SECTIONS = ("SingleSlanted", "Vertical", "Tapered")
# What cuts its host; lamps and sockets on a wall are hosted, but no inserts.
_CUTTING = frozenset(("OST_Doors", "OST_Windows"))
_DEFAULT_HEIGHT = 10.0


@behaves("Autodesk.Revit.DB.HostObject")
class HostObject(Element):
    """What doors, windows and openings can be put into."""

    def FindInserts(
        self,
        addRectOpenings: bool,
        includeShadows: bool,
        includeEmbeddedWalls: bool,
        includeSharedEmbeddedInserts: bool,
    ) -> list[int]:
        number, found = self._record.id, list[int]()
        for other in self._database.elements.values():
            if other.data.get("host") != number:
                continue
            kind = other.kind.rpartition(".")[2]
            if kind == "FamilyInstance":
                cuts = other.data.get("category") in _CUTTING or other.data.get("cuts")
                nested = other.data.get("super", INVALID) != INVALID
                wanted = cuts and (includeSharedEmbeddedInserts or not nested)
            elif kind == "Wall":
                wanted = includeEmbeddedWalls
            else:
                wanted = kind == "Opening" and addRectOpenings
            if wanted:
                found.append(other.id)
        return found


@behaves("Autodesk.Revit.DB.Wall")
class Wall(HostObject):
    """A wall along a line or an arc."""

    @classmethod
    def Create(cls, document: Any, curve: Any, *more: Any) -> ElementRecord:
        from revitron_grpc.simulation.revit.placing import new_wall

        if not isinstance(curve, Curve):
            raise NotSimulated("DB.Wall.Create along a profile")
        if len(more) == 2:
            return new_wall(document, curve, more[0].number)
        kind, level, height, offset, flipped = more[:5]
        return new_wall(document, curve, level.number, kind.number, flipped, height, offset)

    @property
    def WallType(self) -> ElementRecord | None:
        return self._other("type")

    @WallType.setter
    def WallType(self, value: Any) -> None:
        self._write("type", value._record.id)

    @property
    def Width(self) -> float:
        return thickness_of(self._other("type"))

    @property
    def Flipped(self) -> bool:
        return bool(self._data.get("flipped"))

    def Flip(self) -> None:
        self._write("flipped", not self._data.get("flipped"))

    @property
    def Orientation(self) -> XYZ:
        curve = self._data["curve"]
        start, end = curve.bounds()
        along = curve.derivatives((start + end) / 2.0)[0].unit()
        # The exterior lies to the left of the way in which the wall was drawn (field knowledge:
        # a building drawn clockwise has its exterior faces outside).
        exterior = XYZ(0.0, 0.0, 1.0).cross(along).unit()
        return exterior.times(-1.0) if self._data.get("flipped") else exterior

    @property
    def StructuralUsage(self) -> str:
        return _USAGES[stored(self._record, "WALL_STRUCTURAL_USAGE_PARAM", 0)]

    @StructuralUsage.setter
    def StructuralUsage(self, value: Any) -> None:
        store(self._record, "WALL_STRUCTURAL_USAGE_PARAM", value.number)

    @property
    def CrossSection(self) -> str:
        return _SECTIONS[stored(self._record, "WALL_CROSS_SECTION", 1)]

    @CrossSection.setter
    def CrossSection(self, value: Any) -> None:
        store(self._record, "WALL_CROSS_SECTION", value.number)

    @property
    def SketchId(self) -> int:
        return self._data.get("sketch", INVALID)

    @property
    def CurtainGrid(self) -> "CurtainGrid | None":
        kind = self._other("type")
        if kind is None or kind.data.get("wall_kind") != "Curtain":
            return None
        return CurtainGrid.of(self._record)

    @property
    def IsStackedWall(self) -> bool:
        kind = self._other("type")
        return kind is not None and kind.data.get("wall_kind") == "Stacked"

    @property
    def IsStackedWallMember(self) -> bool:
        return self._data.get("stacked_in", INVALID) != INVALID

    @property
    def StackedWallOwnerId(self) -> int:
        return self._data.get("stacked_in", INVALID)

    def GetStackedWallMemberIds(self) -> list[int]:
        number = self._record.id
        walls = self._database.of_kind("Wall")
        return [other.id for other in walls if other.data.get("stacked_in") == number]


@behaves("Autodesk.Revit.DB.WallUtils")
class WallUtils:
    """Whether walls join at their ends."""

    @classmethod
    def IsWallJoinAllowedAtEnd(cls, wall: Any, end: int) -> bool:
        _check_end(end)
        return end not in wall._data.get("unjoined", ())

    @classmethod
    def AllowWallJoinAtEnd(cls, wall: Any, end: int) -> None:
        _check_end(end)
        wall._write("unjoined", tuple(e for e in wall._data.get("unjoined", ()) if e != end))

    @classmethod
    def DisallowWallJoinAtEnd(cls, wall: Any, end: int) -> None:
        _check_end(end)
        wall._write("unjoined", tuple(sorted({*wall._data.get("unjoined", ()), end})))


def _check_end(end: int) -> None:
    if end not in (0, 1):
        raise revit_error("ArgumentOutOfRangeException", "end must be 0 or 1.")


@behaves("Autodesk.Revit.DB.CeilingAndFloor")
class CeilingAndFloor(HostObject):
    """A level slab."""


def _sketch(self: Any) -> int:
    return self._data.get("sketch", INVALID)


def _shape_editor(self: Any) -> SlabShapeEditor:
    return SlabShapeEditor.of(self._record)


@behaves("Autodesk.Revit.DB.Floor")
class Floor(CeilingAndFloor):
    """A floor; its profile lies at its upper face."""

    SketchId = property(_sketch)

    @property
    def FloorType(self) -> ElementRecord | None:
        return self._other("type")

    @FloorType.setter
    def FloorType(self, value: Any) -> None:
        self._write("type", value._record.id)

    # A method since Revit 2024, a property until then.
    GetSlabShapeEditor = _shape_editor
    SlabShapeEditor = property(_shape_editor)


@behaves("Autodesk.Revit.DB.Ceiling")
class Ceiling(CeilingAndFloor):
    """A ceiling; its profile lies at its lower face."""

    SketchId = property(_sketch)


@behaves("Autodesk.Revit.DB.RoofBase")
class RoofBase(HostObject):
    """A flat roof; its profile lies at its upper face."""

    @property
    def RoofType(self) -> ElementRecord | None:
        return self._other("type")

    @RoofType.setter
    def RoofType(self, value: Any) -> None:
        self._write("type", value._record.id)

    GetSlabShapeEditor = _shape_editor
    SlabShapeEditor = property(_shape_editor)


@behaves("Autodesk.Revit.DB.HostObjectUtils")
class HostObjectUtils:
    """The faces of a slab or a wall, as references."""

    @classmethod
    def GetTopFaces(cls, hostObject: Any) -> list[Reference]:
        return _faces(hostObject._record, XYZ(0.0, 0.0, 1.0))

    @classmethod
    def GetBottomFaces(cls, hostObject: Any) -> list[Reference]:
        return _faces(hostObject._record, XYZ(0.0, 0.0, -1.0))

    @classmethod
    def GetSideFaces(cls, hostObject: Any, side: Any) -> list[Reference]:
        record = hostObject._record
        if not record.kind.endswith(".Wall"):
            raise revit_error("ArgumentException", "This host object has no side faces.")
        outwards = hostObject.Orientation
        return _faces(record, outwards if side.name == "Exterior" else outwards.times(-1.0))


def _faces(record: ElementRecord, way: XYZ) -> list[Reference]:
    if way.Z and record.kind.endswith(".Wall"):
        raise revit_error("ArgumentException", "This host object has no top or bottom faces.")
    body = solid_of(record)
    faces = () if body is None else body.faces()
    return [
        Reference.to(record.id, face=number)
        for number, face in enumerate(faces)
        if isinstance(face, PlanarFace) and face.plane.normal.dot(way) > 0.999
    ]


# Bodies, and what follows from them


def wall_height(record: ElementRecord) -> float:
    """Return how high a wall is in feet: to its upper level, or as high as it says."""
    database, data = record.database, record.data
    top = derived(record, "WALL_HEIGHT_TYPE", INVALID)
    if database.get(top) is None:
        return derived(record, "WALL_USER_HEIGHT_PARAM", _DEFAULT_HEIGHT)
    upper = elevation_of(database, top) + derived(record, "WALL_TOP_OFFSET", 0.0)
    lower = elevation_of(database, data.get("level")) + derived(record, "WALL_BASE_OFFSET", 0.0)
    return upper - lower


def _wall_body(record: ElementRecord, data: dict[str, Any]) -> Solid | None:
    curve, height = data.get("curve"), wall_height(record)
    width = thickness_of(record.database.get(data.get("type", INVALID)))
    if not isinstance(curve, Line) or width <= 0.0 or height <= 0.0:
        return None
    aside = XYZ(0.0, 0.0, 1.0).cross(curve.direction).times(width / 2.0)
    if data.get("profile"):
        near = Transform.CreateTranslation(aside.times(-1.0))
        return prism([loop.mapped(near) for loop in data["profile"]], aside.times(2.0))
    base = elevation_of(record.database, data["level"]) if "level" in data else curve.start().Z
    lift = XYZ(0.0, 0.0, base + derived(record, "WALL_BASE_OFFSET", 0.0) - curve.start().Z)
    start, end = curve.start().plus(lift), curve.end().plus(lift)
    corners = [start.minus(aside), end.minus(aside), end.plus(aside), start.plus(aside)]
    return prism([CurveLoop.polygon(corners)], XYZ(0.0, 0.0, height))


def _slab_body(record: ElementRecord, data: dict[str, Any]) -> Solid | None:
    thickness = thickness_of(record.database.get(data.get("type", INVALID)))
    if not data.get("profile") or thickness <= 0.0:
        return None
    upwards = record.kind.endswith(".Ceiling")
    return prism(data["profile"], XYZ(0.0, 0.0, thickness if upwards else -thickness))


BODIES["Wall"] = _wall_body
_SLABS = ("Floor", "Ceiling", "FootPrintRoof", "RoofBase", "ExtrusionRoof")
BODIES.update(dict.fromkeys(_SLABS, _slab_body))


@computed("WALL_USER_HEIGHT_PARAM", kinds=("Wall",))
def _unconnected_height(record: ElementRecord) -> float:
    # What a script has just set reads back at once; only what follows from it waits.
    own = stored(record, "WALL_USER_HEIGHT_PARAM", _DEFAULT_HEIGHT)
    return wall_height(record) if _top_is_constrained(record) else own


@locks("WALL_USER_HEIGHT_PARAM", kinds=("Wall",))
def _top_is_constrained(record: ElementRecord) -> bool:
    return record.database.get(stored(record, "WALL_HEIGHT_TYPE", INVALID)) is not None


@locks("WALL_TOP_OFFSET", kinds=("Wall",))
def _top_is_free(record: ElementRecord) -> bool:
    return not _top_is_constrained(record)


def _openings(record: ElementRecord) -> float:
    """Return the area of doors and windows in a wall, by the sizes of their types."""
    total = 0.0
    for other in record.database.elements.values():
        if other.data.get("host") == record.id and other.data.get("category") in _CUTTING:
            kind = record.database.get(other.data.get("type", INVALID))
            if kind is not None:
                width, height = (stored(kind, n, 0.0) for n in ("DOOR_WIDTH", "DOOR_HEIGHT"))
                total += width * height
    return total


def _wall_length(record: ElementRecord) -> float | None:
    curve = record.database.derived_data(record).get("curve")
    return None if curve is None else curve.length()


@computed("HOST_AREA_COMPUTED", kinds=("Wall",))
def _wall_area(record: ElementRecord) -> float | None:
    profile = record.database.derived_data(record).get("profile")
    if profile:
        return area_within(profile) - _openings(record)
    length = _wall_length(record)
    return None if length is None else length * wall_height(record) - _openings(record)


@computed("HOST_VOLUME_COMPUTED", kinds=("Wall",))
def _wall_volume(record: ElementRecord) -> float | None:
    area = _wall_area(record)
    return None if area is None else area * thickness_of(record.database.get(record.data["type"]))


@computed("HOST_AREA_COMPUTED", kinds=_SLABS)
def _slab_area(record: ElementRecord) -> float | None:
    profile = record.database.derived_data(record).get("profile")
    return None if profile is None else area_within(profile)


@computed("HOST_VOLUME_COMPUTED", kinds=_SLABS)
def _slab_volume(record: ElementRecord) -> float | None:
    area = _slab_area(record)
    return None if area is None else area * _slab_thickness(record)


@computed(
    "HOST_PERIMETER_COMPUTED",
    kinds=(
        "Floor",
        "Ceiling",
    ),
)
def _slab_perimeter(record: ElementRecord) -> float | None:
    profile = record.database.derived_data(record).get("profile")
    return None if profile is None else sum(loop.GetExactLength() for loop in profile)


@computed("FLOOR_ATTR_THICKNESS_PARAM", kinds=("Floor",))
@computed(
    "ROOF_ATTR_THICKNESS_PARAM",
    kinds=(
        "FootPrintRoof",
        "RoofBase",
        "ExtrusionRoof",
    ),
)
def _slab_thickness(record: ElementRecord) -> float:
    return thickness_of(record.database.get(record.data.get("type", INVALID)))
