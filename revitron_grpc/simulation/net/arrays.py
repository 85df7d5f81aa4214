"""`System.Array`: of one item type and a fixed length."""

from collections.abc import Iterable, Iterator
from typing import Any

from revitron_grpc.simulation.net.exceptions import ArgumentNullException, IndexOutOfRangeException
from revitron_grpc.simulation.net.item_types import (
    converted,
    is_value_type,
    type_name,
    value_type_name,
)


class NetArray:
    """An array `T[]`. Unlike lists, arrays take negative indexes and slices in IronPython."""

    __slots__ = ("_items", "item_type")

    __hash__ = object.__hash__

    def __init__(self, item_type: Any, items: Iterable[Any] = ()) -> None:
        self.item_type = item_type
        self._items = list(items)

    @classmethod
    def of(cls, item_type: Any, items: Iterable[Any]) -> "NetArray":
        """Make one of items that are of the type already: the kernel's constructor."""
        return cls(item_type, items)

    @classmethod
    def constructed(cls, item_type: Any, source: Any) -> "NetArray":
        """Make one as a script does: `Array[T](items)`, or `Array[T](length)` of empty places."""
        if source is None:
            raise ArgumentNullException("Value cannot be null.")
        if isinstance(source, int) and not isinstance(source, bool):
            empty = item_type() if is_value_type(item_type) else None
            return cls(item_type, [empty] * source)
        if isinstance(source, bool) or not hasattr(source, "__iter__"):
            raise TypeError(f"expected IEnumerable, got {value_type_name(source)}")
        return cls(item_type, [converted(item_type, item) for item in source])

    @property
    def _net_type_name(self) -> str:
        return f"Array[{type_name(self.item_type)}]"

    @property
    def Length(self) -> int:
        """The number of places."""
        return len(self._items)

    @property
    def Count(self) -> int:
        """The number of places, as `ICollection` names it."""
        return len(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._items)

    def __contains__(self, item: object) -> bool:
        return item in self._items

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice):
            return NetArray(self.item_type, self._items[index])
        return self._items[self._at(index)]

    def __setitem__(self, index: Any, value: Any) -> None:
        self._items[self._at(index)] = converted(self.item_type, value)

    def _at(self, index: Any) -> int:
        if not isinstance(index, int) or isinstance(index, bool):
            raise TypeError(f"expected int, got {value_type_name(index)}")
        if not -len(self._items) <= index < len(self._items):
            raise IndexOutOfRangeException("Index was outside the bounds of the array.")
        return index

    def GetValue(self, index: int) -> Any:
        """Return the item at an index."""
        return self[index]

    def SetValue(self, value: Any, index: int) -> None:
        """Put an item at an index."""
        self[index] = value

    def GetLength(self, dimension: int) -> int:
        """Return the length along a dimension; arrays here have one."""
        if dimension != 0:
            raise IndexOutOfRangeException("Index was outside the bounds of the array.")
        return len(self._items)

    def __repr__(self) -> str:
        return f"{self._net_type_name}(({', '.join(repr(item) for item in self._items)}))"
