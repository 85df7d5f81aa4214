"""Families, their types and their instances.

Data of a family: `family_category`, `placement` (a `FamilyPlacementType`), `in_place`, `editable`,
`structural_material`. Of a type: `of_family`, `active`. Of an instance, beside that of every
element: `host`, `host_face` (the id of the element in a link, or -1 for a face of the host itself),
`facing_flipped`, `hand_flipped`, `mirrored`, `facing`, `hand` (XYZ), `work_plane_flipped`,
`structural_type`, `slanted`; `from_room`, `to_room`, `room` and `space` where they do not follow
from where rooms are.
"""

import math
from collections.abc import Callable
from typing import Any

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.category_table import category_number
from revitron_grpc.simulation.computed import computed
from revitron_grpc.simulation.database import INVALID, ElementRecord
from revitron_grpc.simulation.errors import NotSimulated
from revitron_grpc.simulation.revit.elements import Element, ElementType, category_of
from revitron_grpc.simulation.revit.geometry import XYZ, Transform
from revitron_grpc.simulation.revit.references import Reference
from revitron_grpc.simulation.revit.rooms import phase_of, room_at, space_at
from revitron_grpc.simulation.revit.stored import store, stored

__all__ = ["Family", "FamilyInstance", "FamilySymbol", "provides_mep_model", "transform_of"]

_STRUCTURAL_TYPES = {
    "OST_StructuralFraming": "Beam",
    "OST_StructuralColumns": "Column",
    "OST_StructuralFoundation": "Footing",
}
# How far beside an opening its rooms are looked for, beyond half the thickness of the wall.
_BESIDE = 0.5

_mep_models: list[Callable[[ElementRecord], Any]] = []


def provides_mep_model(function: Callable[[ElementRecord], Any]) -> Callable[[ElementRecord], Any]:
    """Register what gives the `MEPModel` of an instance, or None for another kind of family."""
    _mep_models.append(function)
    return function


@behaves("Autodesk.Revit.DB.Family")
class Family(Element):
    """A family that is loaded into the project, or made in place."""

    @property
    def FamilyCategory(self) -> Any:
        name = self._data.get("family_category")
        return None if name is None else category_of(self._database, name)

    @property
    def FamilyCategoryId(self) -> int:
        name = self._data.get("family_category")
        return INVALID if name is None else category_number(name)

    @property
    def FamilyPlacementType(self) -> str:
        return self._data.get("placement", "OneLevelBased")

    @property
    def IsInPlace(self) -> bool:
        return bool(self._data.get("in_place"))

    @property
    def IsEditable(self) -> bool:
        return bool(self._data.get("editable", not self._data.get("in_place")))

    @property
    def StructuralMaterialType(self) -> str:
        return self._data.get("structural_material", "Undefined")

    def GetFamilySymbolIds(self) -> set[int]:
        number = self._record.id
        everything = self._database.elements.values()
        return {other.id for other in everything if other.data.get("of_family") == number}


@behaves("Autodesk.Revit.DB.InsertableObject")
class InsertableObject(ElementType):
    """A type whose instances are placed."""


@behaves("Autodesk.Revit.DB.FamilySymbol")
class FamilySymbol(InsertableObject):
    """A type of a family."""

    @property
    def Family(self) -> ElementRecord | None:
        return self._other("of_family")

    @property
    def FamilyName(self) -> str:
        family = self._other("of_family")
        return self._data.get("family_name", "") if family is None else family.data["name"]

    @property
    def IsActive(self) -> bool:
        return bool(self._data.get("active", True))

    def Activate(self) -> None:
        self._write("active", True)

    @property
    def StructuralMaterialType(self) -> str:
        return _material_type(self._record)


@behaves("Autodesk.Revit.DB.Instance")
class Instance(Element):
    """Something that stands at a place: a family's instance, a link, an import."""

    def GetTransform(self) -> Transform:
        return transform_of(self._record)

    def GetTotalTransform(self) -> Transform:
        return transform_of(self._record)


def transform_of(record: ElementRecord) -> Transform:
    """Return where an instance stands and how it is turned: `transform` of its data, or point."""
    data = record.data
    if "transform" in data:
        return Transform(data["transform"])
    origin = data.get("point") or XYZ()
    if data.get("point") is None and "curve" in data:
        origin = data["curve"].start()
    up = XYZ(0.0, 0.0, 1.0)
    return Transform.of(origin, _hand(data), _facing(data), up)


def _turned(data: dict[str, Any], angle: float) -> XYZ:
    whole = angle + data.get("rotation", 0.0)
    return XYZ(math.cos(whole), math.sin(whole), 0.0)


def _facing(data: dict[str, Any]) -> XYZ:
    facing = data.get("facing") or _turned(data, math.pi / 2.0)
    return facing.times(-1.0) if data.get("facing_flipped") else facing


def _hand(data: dict[str, Any]) -> XYZ:
    hand = data.get("hand") or _turned(data, 0.0)
    return hand.times(-1.0) if data.get("hand_flipped") else hand


def _material_type(symbol: ElementRecord | None) -> str:
    if symbol is None:
        return "Undefined"
    family = symbol.database.get(symbol.data.get("of_family", INVALID))
    return "Undefined" if family is None else family.data.get("structural_material", "Undefined")


@behaves("Autodesk.Revit.DB.FamilyInstance")
class FamilyInstance(Instance):
    """A door, a lamp, a column, a chair."""

    @property
    def Symbol(self) -> ElementRecord | None:
        return self._other("type")

    @Symbol.setter
    def Symbol(self, value: Any) -> None:
        self._write("type", value._record.id)

    @property
    def Host(self) -> ElementRecord | None:
        return self._other("host")

    @property
    def HostFace(self) -> Reference | None:
        linked = self._data.get("host_face")
        if linked is None:
            return None
        return Reference.to(self._data.get("host", INVALID), linked=linked)

    @property
    def SuperComponent(self) -> ElementRecord | None:
        return self._other("super")

    def GetSubComponentIds(self) -> list[int]:
        number = self._record.id
        everything = self._database.elements.values()
        return [other.id for other in everything if other.data.get("super") == number]

    @property
    def FacingFlipped(self) -> bool:
        return bool(self._data.get("facing_flipped"))

    @property
    def HandFlipped(self) -> bool:
        return bool(self._data.get("hand_flipped"))

    @property
    def Mirrored(self) -> bool:
        data = self._data
        # "Only one axis is flipped": documentation of the property.
        return bool(data.get("mirrored", self.HandFlipped != self.FacingFlipped))

    @property
    def FacingOrientation(self) -> XYZ:
        return _facing(self._data)

    @property
    def HandOrientation(self) -> XYZ:
        return _hand(self._data)

    @property
    def CanFlipFacing(self) -> bool:
        return bool(self._data.get("can_flip", self._is_opening))

    @property
    def CanFlipHand(self) -> bool:
        return bool(self._data.get("can_flip", self._is_opening))

    @property
    def _is_opening(self) -> bool:
        return self._data.get("category") in ("OST_Doors", "OST_Windows")

    def flipFacing(self) -> bool:
        return self._flip("facing_flipped", self.CanFlipFacing)

    def flipHand(self) -> bool:
        return self._flip("hand_flipped", self.CanFlipHand)

    def _flip(self, key: str, possible: bool) -> bool:
        self._database.check_writable()
        if possible:
            self._write(key, not self._data.get(key))
        return possible

    @property
    def IsWorkPlaneFlipped(self) -> bool:
        return bool(self._data.get("work_plane_flipped"))

    @property
    def StructuralType(self) -> str:
        data = self._data
        category = data.get("category", "")
        return data.get("structural_type", _STRUCTURAL_TYPES.get(category, "NonStructural"))

    @property
    def LevelId(self) -> int:
        # Beams hang on a work plane: only their reference level says where (field knowledge).
        framing = self._data.get("category") == "OST_StructuralFraming"
        return INVALID if framing else self._data.get("level", INVALID)

    @property
    def IsSlantedColumn(self) -> bool:
        return bool(self._data.get("slanted"))

    @property
    def StructuralMaterialType(self) -> str:
        return _material_type(self._other("type"))

    @property
    def StructuralMaterialId(self) -> int:
        return stored(self._record, "STRUCTURAL_MATERIAL_PARAM", INVALID)

    @StructuralMaterialId.setter
    def StructuralMaterialId(self, value: Any) -> None:
        store(self._record, "STRUCTURAL_MATERIAL_PARAM", value.number)

    @property
    def MEPModel(self) -> Any:
        for provide in _mep_models:
            model = provide(self._record)
            if model is not None:
                return model
        if not _mep_models:
            raise NotSimulated("Autodesk.Revit.DB.FamilyInstance.MEPModel")
        return None

    # Rooms: for a phase, or without one for the last (behaviour 35). The room on the side of the
    # swing is the "to room", and a door swings to the side that it faces: by default the exterior
    # side of its wall (ADN DevBlog on a door's opening direction; field knowledge; users swap it).

    @property
    def FromRoom(self) -> ElementRecord | None:
        return self.get_FromRoom(None)

    @property
    def ToRoom(self) -> ElementRecord | None:
        return self.get_ToRoom(None)

    @property
    def Room(self) -> ElementRecord | None:
        return self.get_Room(None)

    @property
    def Space(self) -> ElementRecord | None:
        return self.get_Space(None)

    def get_FromRoom(self, phase: Any) -> ElementRecord | None:
        side = "to_room" if self._data.get("rooms_swapped") else "from_room"
        return self._beside(side, -1.0 if side == "from_room" else 1.0, phase)

    def get_ToRoom(self, phase: Any) -> ElementRecord | None:
        side = "from_room" if self._data.get("rooms_swapped") else "to_room"
        return self._beside(side, -1.0 if side == "from_room" else 1.0, phase)

    def FlipFromToRoom(self) -> None:
        self._write("rooms_swapped", not self._data.get("rooms_swapped"))

    def get_Room(self, phase: Any) -> ElementRecord | None:
        if "room" in self._data:
            return self._given("room", phase)
        place = self._calculation_point()
        return None if place is None else room_at(self._database, place, phase)

    def get_Space(self, phase: Any) -> ElementRecord | None:
        if "space" in self._data:
            return self._given("space", phase)
        place = self._calculation_point()
        return None if place is None else space_at(self._database, place, phase)

    def _given(self, key: str, phase: Any) -> ElementRecord | None:
        room = self._other(key)
        if room is None or phase_of(self._database, phase) != room.data.get("created_phase"):
            return None
        return room

    def _calculation_point(self) -> XYZ | None:
        data = self._data
        place = data.get("point")
        if place is None and "curve" in data:
            place = data["curve"].Evaluate(0.5, True)
        # What stands on the floor is in the room above it.
        return None if place is None else place.plus(XYZ(0.0, 0.0, 0.1))

    def _beside(self, key: str, side: float, phase: Any) -> ElementRecord | None:
        data = self._data
        if key in data:
            return self._given(key, phase)
        if not self._is_opening or data.get("point") is None:
            return None
        host = self._other("host")
        depth = _BESIDE
        if host is not None and host.kind.endswith(".Wall"):
            from revitron_grpc.simulation.revit.compound import thickness_of

            depth += thickness_of(self._database.get(host.data.get("type", INVALID))) / 2.0
        aside = _facing(data).times(side * depth).plus(XYZ(0.0, 0.0, 0.1))
        return room_at(self._database, data["point"].plus(aside), phase)


@computed("HOST_ID_PARAM", kinds=("FamilyInstance",))
def _host_id(record: ElementRecord) -> int:
    return record.data.get("host", INVALID)
