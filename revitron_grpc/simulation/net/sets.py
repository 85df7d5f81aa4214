"""`HashSet<T>`."""

from collections.abc import Iterable
from typing import Any

from revitron_grpc.simulation.net.enumeration import NetCollection, items_of
from revitron_grpc.simulation.net.item_types import converted, type_name


class NetSet(NetCollection):
    """`HashSet<T>`, which is what Revit returns for `ISet<T>`; the order is that of adding."""

    __slots__ = ("_items",)

    _generic_name = "HashSet"

    def __init__(self, item_type: Any, items: Iterable[Any] = ()) -> None:
        super().__init__(item_type)
        self._items: dict[Any, None] = dict.fromkeys(items)

    @classmethod
    def of(cls, item_type: Any, items: Iterable[Any]) -> "NetSet":
        """Make one of items that are of the type already: the kernel's constructor."""
        return cls(item_type, items)

    @classmethod
    def constructed(cls, item_type: Any, *arguments: Any) -> "NetSet":
        """Make one as a script does: `HashSet[T]()`, `HashSet[T](items)`."""
        if len(arguments) > 1:
            raise TypeError(f"HashSet[{type_name(item_type)}]() takes at most 1 argument")
        return cls(item_type, items_of(item_type, arguments[0]) if arguments else ())

    def _snapshot(self) -> Iterable[Any]:
        return list(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def Contains(self, item: Any) -> bool:
        """Whether an equal item is in the set."""
        return converted(self.item_type, item) in self._items

    def Add(self, item: Any) -> bool:
        """Put an item in; False if an equal one was there."""
        value = converted(self.item_type, item)
        if value in self._items:
            return False
        self._items[value] = None
        self._version += 1
        return True

    def Remove(self, item: Any) -> bool:
        """Take an item out; False if there is no equal one."""
        value = converted(self.item_type, item)
        if value not in self._items:
            return False
        del self._items[value]
        self._version += 1
        return True

    def Clear(self) -> None:
        """Take out all items."""
        self._items.clear()
        self._version += 1

    def _other(self, items: Any) -> dict[Any, None]:
        return dict.fromkeys(items_of(self.item_type, items))

    def UnionWith(self, other: Any) -> None:
        """Put in all items of another collection."""
        for item in self._other(other):
            self.Add(item)

    def IntersectWith(self, other: Any) -> None:
        """Keep only the items that are in another collection too."""
        wanted = self._other(other)
        for item in list(self._items):
            if item not in wanted:
                self.Remove(item)

    def ExceptWith(self, other: Any) -> None:
        """Take out all items of another collection."""
        for item in self._other(other):
            self.Remove(item)

    def IsSubsetOf(self, other: Any) -> bool:
        """Whether all items are in another collection."""
        return self._items.keys() <= self._other(other).keys()

    def IsSupersetOf(self, other: Any) -> bool:
        """Whether all items of another collection are here."""
        return self._items.keys() >= self._other(other).keys()

    def Overlaps(self, other: Any) -> bool:
        """Whether there is an item in both."""
        return bool(self._items.keys() & self._other(other).keys())

    def SetEquals(self, other: Any) -> bool:
        """Whether both hold the same items."""
        return self._items.keys() == self._other(other).keys()
