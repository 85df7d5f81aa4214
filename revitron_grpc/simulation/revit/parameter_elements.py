"""Users' parameters as elements of the document; their data is told in `definitions`."""

from typing import Any

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.database import ElementRecord
from revitron_grpc.simulation.errors import revit_error
from revitron_grpc.simulation.revit.definitions import (
    InternalDefinition,
    guid,
    of_user,
    shared_parameter,
)
from revitron_grpc.simulation.revit.elements import Element


@behaves("Autodesk.Revit.DB.ParameterElement")
class ParameterElement(Element):
    """The element that a user's parameter is."""

    def GetDefinition(self) -> InternalDefinition:
        return InternalDefinition.of(self._database, of_user(self._record))


@behaves("Autodesk.Revit.DB.SharedParameterElement")
class SharedParameterElement(ParameterElement):
    """A user's parameter that is known by its GUID in all documents."""

    @property
    def GuidValue(self) -> Any:
        return guid(self._data["shared_guid"])

    def ShouldHideWhenNoValue(self) -> bool:
        return bool(self._data.get("hide_empty"))

    @classmethod
    def Lookup(cls, document: Any, guidValue: Any) -> ElementRecord | None:
        return shared_parameter(document._database, guidValue)

    @classmethod
    def Create(cls, document: Any, definition: Any) -> ElementRecord:
        database = document._database
        if shared_parameter(database, definition._shared_guid) is not None:
            raise revit_error("ArgumentException", "The definition is in the document already.")
        return database.add("SharedParameterElement", **definition._as_data())
