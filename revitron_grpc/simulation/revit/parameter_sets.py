"""The sets and maps of parameters that `Element.Parameters` and `ParametersMap` give."""

from collections.abc import Iterator
from typing import Any

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.database import Database
from revitron_grpc.simulation.errors import revit_error


class _Held:
    """Parameters of one element, handed out as the classes that the script sees."""

    _database: Database
    _items: list[Any]

    @classmethod
    def of(cls, database: Database, items: list[Any]) -> Any:
        made = object.__new__(cls)
        made.__dict__.update(_database=database, _items=items)
        return made

    @property
    def Size(self) -> int:
        return len(self._items)

    @property
    def IsEmpty(self) -> bool:
        return not self._items

    def _promoted(self, item: Any) -> Any:
        document = self._database.document
        api = getattr(document, "_api", None)
        return item if api is None else api.promote(item)

    def __iter__(self) -> Iterator[Any]:
        return (self._promoted(item) for item in self._items)

    def __len__(self) -> int:
        return len(self._items)


@behaves("Autodesk.Revit.DB.ParameterSet")
class ParameterSet(_Held):
    """Parameters in no order that means anything."""

    def Contains(self, item: Any) -> bool:
        return any(held.Id == item.Id for held in self)


@behaves("Autodesk.Revit.DB.ParameterMap")
class ParameterMap(_Held):
    """Parameters by display name; of several with one name the first."""

    def Contains(self, key: str) -> bool:
        return any(item.Definition.Name == key for item in self)

    def get_Item(self, key: str) -> Any:
        for item in self:
            if item.Definition.Name == key:
                return item
        raise revit_error("InvalidOperationException", f"There is no parameter named {key}.")

    def __getitem__(self, key: str) -> Any:
        return self.get_Item(key)
