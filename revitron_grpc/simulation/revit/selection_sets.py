"""Saved selection sets, which are view filters at the same time.

`data["ids"]` of a set are the numbers of its members. A deleted member stays in it until the set
is changed (field knowledge: sets are known to hold ids of elements that are gone).
"""

from typing import Any

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.database import ElementRecord
from revitron_grpc.simulation.errors import revit_error
from revitron_grpc.simulation.names import PROHIBITED
from revitron_grpc.simulation.revit.elements import Element

__all__ = ["SelectionFilterElement"]


@behaves("Autodesk.Revit.DB.SelectionFilterElement")
class SelectionFilterElement(Element):
    """A saved selection."""

    @classmethod
    def IsNameUnique(cls, aDocument: Any, name: str) -> bool:
        database = aDocument._database
        kinds = ("SelectionFilterElement", "ParameterFilterElement")
        return all(one.data.get("name") != name for one in database.of_kind(*kinds))

    @classmethod
    def Create(cls, aDocument: Any, name: str) -> ElementRecord:
        database = aDocument._database
        database.check_writable()
        if not name or any(character in PROHIBITED for character in name):
            raise revit_error("ArgumentException", "name cannot include prohibited characters.")
        if not cls.IsNameUnique(aDocument, name):
            raise revit_error("ArgumentException", "The given value for name is already in use.")
        return database.add("SelectionFilterElement", name=name, ids=())

    def GetElementIds(self) -> set[int]:
        return set(self._data.get("ids", ()))

    def SetElementIds(self, elementIds: Any) -> None:
        self._write("ids", tuple(sorted({one.number for one in elementIds})))

    def Contains(self, elementId: Any) -> bool:
        return elementId.number in self._data.get("ids", ())

    def AddSingle(self, elementId: Any) -> bool:
        if self.Contains(elementId):
            return False
        self._write("ids", tuple(sorted((*self._data.get("ids", ()), elementId.number))))
        return True

    def AddSet(self, newIds: Any) -> None:
        held = set(self._data.get("ids", ()))
        self._write("ids", tuple(sorted(held | {one.number for one in newIds})))

    def RemoveSingle(self, elementId: Any) -> bool:
        if not self.Contains(elementId):
            return False
        kept = (one for one in self._data.get("ids", ()) if one != elementId.number)
        self._write("ids", tuple(kept))
        return True

    def RemoveSet(self, removeIds: Any) -> None:
        gone = {one.number for one in removeIds}
        kept = (one for one in self._data.get("ids", ()) if one not in gone)
        self._write("ids", tuple(kept))

    def Clear(self) -> None:
        self._write("ids", ())
