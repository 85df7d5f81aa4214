"""Linked models (behaviours 6 and 42).

`settings["links"]` holds the databases of loaded links by the id of their type; a type that is not
among them is not loaded. `data["transform"]` of an instance is where the linked model stands.
"""

from typing import Any

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.database import INVALID, Database
from revitron_grpc.simulation.revit.elements import Element, ElementType
from revitron_grpc.simulation.revit.geometry import Transform


def linked_database(database: Database, type_number: int) -> Database | None:
    """Return the database of a link's type; None while it is not loaded."""
    return database.settings.get("links", {}).get(type_number)


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
        loaded = linked_database(self._database, self._record.id) is not None
        return "Loaded" if loaded else self._data.get("link_status", "Unloaded")

    @property
    def AttachmentType(self) -> str:
        return self._data.get("attachment", "Overlay")

    @property
    def PathType(self) -> str:
        return self._data.get("path_type", "Relative")

    @property
    def IsNestedLink(self) -> bool:
        return bool(self._data.get("nested"))
