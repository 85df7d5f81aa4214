"""Tags of rooms, areas and spaces.

Data: `tagged` (an id) or `tagged_in_link` (the ids of a link instance and of a room in it),
`point`, `leader` (an XYZ where there is one), `view`, and `text` where a tag shows more than name
and number.
"""

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.database import INVALID, ElementRecord
from revitron_grpc.simulation.errors import revit_error
from revitron_grpc.simulation.revit.elements import Element
from revitron_grpc.simulation.revit.geometry import XYZ
from revitron_grpc.simulation.revit.references import LinkElementId
from revitron_grpc.simulation.revit.rooms import holds_in_plan
from revitron_grpc.simulation.revit.stored import stored

__all__ = ["AreaTag", "RoomTag", "SpaceTag", "SpatialElementTag"]


@behaves("Autodesk.Revit.DB.SpatialElementTag")
class SpatialElementTag(Element):
    """A tag of a room, an area or a space."""

    @property
    def _tagged(self) -> ElementRecord | None:
        return self._other("tagged")

    @property
    def View(self) -> ElementRecord | None:
        return self._other("view")

    @property
    def HasLeader(self) -> bool:
        return self._data.get("leader") is not None

    @HasLeader.setter
    def HasLeader(self, value: bool) -> None:
        self._write("leader", self._data["point"] if value else None)

    @property
    def LeaderEnd(self) -> XYZ:
        if self._data.get("leader") is None:
            raise revit_error("InvalidOperationException", "There is no leader for this tag.")
        return self._data["leader"]

    @LeaderEnd.setter
    def LeaderEnd(self, value: XYZ) -> None:
        if self._data.get("leader") is None:
            raise revit_error("InvalidOperationException", "There is no leader for this tag.")
        self._write("leader", value)

    @property
    def TagHeadPosition(self) -> XYZ:
        return self._data["point"]

    @TagHeadPosition.setter
    def TagHeadPosition(self, value: XYZ) -> None:
        self._write("point", value)

    @property
    def IsTaggingLink(self) -> bool:
        return "tagged_in_link" in self._data

    @property
    def IsOrphaned(self) -> bool:
        return not self.IsTaggingLink and self._tagged is None

    @property
    def TagText(self) -> str:
        if "text" in self._data:
            return self._data["text"]
        room = self._tagged
        if room is None:
            return "?"
        parts = stored(room, "ROOM_NAME"), stored(room, "ROOM_NUMBER")
        return "\n".join(part for part in parts if part)


@behaves("Autodesk.Revit.DB.Architecture.RoomTag")
class RoomTag(SpatialElementTag):
    """A tag of a room, here or in a link."""

    @property
    def Room(self) -> ElementRecord | None:
        return self._tagged

    @property
    def TaggedLocalRoomId(self) -> int:
        return INVALID if self.IsTaggingLink else self._data.get("tagged", INVALID)

    @property
    def TaggedRoomId(self) -> LinkElementId:
        if self.IsTaggingLink:
            return LinkElementId.to(*self._data["tagged_in_link"])
        return LinkElementId.to(self._data.get("tagged", INVALID))

    @property
    def IsInRoom(self) -> bool:
        room = self._tagged
        return room is not None and holds_in_plan(room, self._data["point"])


@behaves("Autodesk.Revit.DB.AreaTag")
class AreaTag(SpatialElementTag):
    """A tag of an area."""

    @property
    def Area(self) -> ElementRecord | None:
        return self._tagged


@behaves("Autodesk.Revit.DB.Mechanical.SpaceTag")
class SpaceTag(SpatialElementTag):
    """A tag of a space."""

    @property
    def Space(self) -> ElementRecord | None:
        return self._tagged
