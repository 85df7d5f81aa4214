"""Linked models (behaviours 6 and 42).

`settings["links"]` holds the databases of loaded links by the id of their type; a type that is not
among them is not loaded. `data["transform"]` of an instance is where the linked model stands.

Data of a type: `attachment`, `path_type`, `link_status`, `parent` (the link that it is nested in)
and `phase_map` (pairs of a phase here and one there).
"""

from typing import Any

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.database import INVALID, Database, ElementRecord
from revitron_grpc.simulation.errors import revit_error
from revitron_grpc.simulation.revit.elements import Element, ElementType
from revitron_grpc.simulation.revit.geometry import Transform


def linked_database(database: Database, type_number: int) -> Database | None:
    """Return the database of a link's type; None while it is not loaded."""
    return database.settings.get("links", {}).get(type_number)


def link_status(record: ElementRecord) -> str:
    """Return the state of a linked file: a name of `LinkedFileStatus`."""
    if linked_database(record.database, record.id) is not None:
        return "Loaded"
    return record.data.get("link_status", "Unloaded")


@behaves("Autodesk.Revit.DB.RevitLinkInstance")
class RevitLinkInstance(Element):
    """A linked model in its place."""

    def GetLinkDocument(self) -> Any:
        linked = linked_database(self._database, self._data.get("type", INVALID))
        return None if linked is None else linked.document

    def GetTransform(self) -> Transform:
        return self._data.get("transform") or Transform.Identity

    def GetTotalTransform(self) -> Transform:
        return self.GetTransform()


@behaves("Autodesk.Revit.DB.RevitLinkType")
class RevitLinkType(ElementType):
    """A linked file."""

    @classmethod
    def IsLoaded(cls, document: Any, typeId: Any) -> bool:
        return linked_database(document._database, typeId.number) is not None

    def GetLinkedFileStatus(self) -> str:
        return link_status(self._record)

    @property
    def AttachmentType(self) -> str:
        return self._data.get("attachment", "Overlay")

    @AttachmentType.setter
    def AttachmentType(self, value: Any) -> None:
        # "This link is not a top-level link": the documentation of the property.
        if self.IsNestedLink:
            raise revit_error("InvalidOperationException", "This link is not a top-level link.")
        self._write("attachment", value.name)

    def GetParentId(self) -> int:
        return self._data.get("parent", INVALID)

    def GetPhaseMap(self) -> dict[int, int]:
        held = self._data.get("phase_map")
        if held is None or linked_database(self._database, self._record.id) is None:
            raise revit_error("InvalidOperationException", "The link has no valid phase map.")
        return dict(held)

    @property
    def PathType(self) -> str:
        return self._data.get("path_type", "Relative")

    @property
    def IsNestedLink(self) -> bool:
        return self._data.get("parent", INVALID) != INVALID
