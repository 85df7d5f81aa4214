"""Which categories a user's parameter is bound to: `Document.ParameterBindings` and its parts.

The facts stand in the parameter's element: `categories` and `instance` (see `definitions`).
"""

from collections.abc import Iterator
from typing import Any

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.database import Database, ElementRecord
from revitron_grpc.simulation.errors import NotSimulated, revit_error
from revitron_grpc.simulation.revit.definitions import (
    InternalDefinition,
    of_user,
    shared_parameter,
    user_parameters,
)
from revitron_grpc.simulation.revit.elements import Category, category_of
from revitron_grpc.simulation.revit.shared_parameter_file import ExternalDefinition
from revitron_grpc.simulation.revit.type_ids import required


def _seen(database: Database, item: Any) -> Any:
    """Return an object as the class that the script sees."""
    api = getattr(database.document, "_api", None)
    return item if api is None else api.promote(item)


class _Iterator:
    """A .NET iterator: `MoveNext` first, then what it stands at."""

    _items: list[tuple[Any, Any]]
    _place: int

    @classmethod
    def of(cls, items: list[tuple[Any, Any]]) -> Any:
        """Make an iterator over pairs of key and value."""
        made = object.__new__(cls)
        made.__dict__.update(_items=items, _place=-1)
        return made

    def MoveNext(self) -> bool:
        self.__dict__["_place"] = min(self._place + 1, len(self._items))
        return self._place < len(self._items)

    def Reset(self) -> None:
        self.__dict__["_place"] = -1

    def _at(self) -> tuple[Any, Any]:
        if not 0 <= self._place < len(self._items):
            raise revit_error("InvalidOperationException", "The iterator stands at no item.")
        return self._items[self._place]

    @property
    def Current(self) -> Any:
        return self._at()[1]

    def __iter__(self) -> Iterator[Any]:
        return (value for _, value in self._items)


@behaves("Autodesk.Revit.DB.CategorySetIterator")
class CategorySetIterator(_Iterator):
    """Goes through a `CategorySet`."""


@behaves("Autodesk.Revit.DB.CategorySet")
class CategorySet:
    """Categories, each once; a copy of what a binding has."""

    def __init__(self) -> None:
        self._held: dict[str, Any] = {}

    @property
    def Size(self) -> int:
        return len(self._held)

    @property
    def IsEmpty(self) -> bool:
        return not self._held

    def Insert(self, item: Category) -> bool:
        new = item._name not in self._held
        self._held.setdefault(item._name, item)
        return new

    def Contains(self, item: Category) -> bool:
        return item._name in self._held

    def Erase(self, item: Category) -> int:
        return 0 if self._held.pop(item._name, None) is None else 1

    def Clear(self) -> None:
        self._held.clear()

    def ForwardIterator(self) -> Any:
        return CategorySetIterator.of([(one, one) for one in self])

    def __iter__(self) -> Iterator[Any]:
        return (_seen(one._database, one) for one in list(self._held.values()))

    def __len__(self) -> int:
        return len(self._held)


@behaves("Autodesk.Revit.DB.Binding")
class Binding:
    """How a parameter is bound."""


@behaves("Autodesk.Revit.DB.ElementBinding")
class ElementBinding(Binding):
    """A binding to categories of elements."""

    def __init__(self, categories: CategorySet | None = None) -> None:
        self._categories = CategorySet() if categories is None else categories

    @property
    def Categories(self) -> CategorySet:
        return self._categories

    @Categories.setter
    def Categories(self, value: CategorySet) -> None:
        self._categories = value


@behaves("Autodesk.Revit.DB.InstanceBinding")
class InstanceBinding(ElementBinding):
    """Each element has its own value."""


@behaves("Autodesk.Revit.DB.TypeBinding")
class TypeBinding(ElementBinding):
    """All elements of a type share a value."""


def _binding_of(parameter: ElementRecord) -> Any:
    categories = CategorySet()
    for name in parameter.data["categories"]:
        categories.Insert(category_of(parameter.database, name))
    made = InstanceBinding if parameter.data.get("instance", True) else TypeBinding
    return made(categories)


@behaves("Autodesk.Revit.DB.DefinitionBindingMapIterator")
class DefinitionBindingMapIterator(_Iterator):
    """Goes through a map: `Key` is the definition, `Current` the binding."""

    @property
    def Key(self) -> Any:
        return self._at()[0]


@behaves("Autodesk.Revit.DB.DefinitionBindingMap")
class DefinitionBindingMap:
    """Definitions and how they are bound."""


@behaves("Autodesk.Revit.DB.BindingMap")
class BindingMap(DefinitionBindingMap):
    """The project parameters of a document."""

    _database: Database

    @classmethod
    def of(cls, database: Database) -> "BindingMap":
        """Return the map of a document."""
        made = object.__new__(cls)
        made.__dict__["_database"] = database
        return made

    def _bound(self) -> list[ElementRecord]:
        return [one for one in user_parameters(self._database) if one.data.get("categories")]

    def _pairs(self) -> list[tuple[Any, Any]]:
        database = self._database
        return [
            (
                _seen(database, InternalDefinition.of(database, of_user(one))),
                _seen(database, _binding_of(one)),
            )
            for one in self._bound()
        ]

    @property
    def Size(self) -> int:
        return len(self._bound())

    @property
    def IsEmpty(self) -> bool:
        return not self._bound()

    def ForwardIterator(self) -> Any:
        return DefinitionBindingMapIterator.of(self._pairs())

    def __iter__(self) -> Iterator[Any]:
        return (binding for _, binding in self._pairs())

    def _find(self, definition: Any) -> ElementRecord | None:
        if isinstance(definition, InternalDefinition):
            return definition._facts.element
        return shared_parameter(self._database, definition._shared_guid)

    def Contains(self, definition: Any) -> bool:
        found = self._find(definition)
        return found is not None and bool(found.data.get("categories"))

    def get_Item(self, key: Any) -> Any:
        found = self._find(key)
        if found is None or not found.data.get("categories"):
            return None
        return _seen(self._database, _binding_of(found))

    def Insert(self, key: Any, item: Any, group: Any = None) -> bool:
        if self.Contains(key):
            return False
        return self._bind(key, item, group)

    def ReInsert(self, key: Any, item: Any, group: Any = None) -> bool:
        return self.Contains(key) and self._bind(key, item, group)

    def Remove(self, key: Any) -> bool:
        self._database.check_writable()
        found = self._find(key)
        if found is None or not found.data.get("categories"):
            return False
        self._database.write(found, "categories", ())
        return True

    def Erase(self, key: Any) -> int:
        return int(self.Remove(key))

    def _bind(self, definition: Any, binding: ElementBinding, group: Any) -> bool:
        database = self._database
        database.check_writable()
        names = tuple(binding._categories._held)
        if not names or not all(one._facts.allows_bound_parameters for one in binding._categories):
            return False
        found = self._find(definition)
        if found is None:
            if not isinstance(definition, ExternalDefinition):
                return False
            found = database.add("SharedParameterElement", **definition._as_data())
        database.write(found, "categories", names)
        database.write(found, "instance", not isinstance(binding, TypeBinding))
        if group is not None:
            database.write(found, "parameter_group", _group_name(group))
        return True


def _group_name(group: Any) -> str:
    if not hasattr(group, "TypeId"):
        raise NotSimulated("DB.BuiltInParameterGroup as the group of a binding")
    return "" if group.Empty() else required("group", group, "groupTypeId")
