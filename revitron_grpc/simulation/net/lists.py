"""`List<T>` and its read-only kin."""

import functools
from collections.abc import Callable, Iterable
from typing import Any

from revitron_grpc.simulation.environment import under_cpython
from revitron_grpc.simulation.errors import NotSimulated
from revitron_grpc.simulation.net.arrays import NetArray
from revitron_grpc.simulation.net.enumeration import (
    Indexer,
    NetCollection,
    items_of,
    same,
    whole_number,
)
from revitron_grpc.simulation.net.exceptions import (
    ArgumentException,
    ArgumentOutOfRangeException,
    InvalidOperationException,
)
from revitron_grpc.simulation.net.item_types import converted, type_name

_INDEX_TEXT = (
    "Index was out of range. Must be non-negative and less than the size of the collection.\r\n"
    "Parameter name: index"
)


# What pythonnet gives a list beside its own members, as `collections.abc.MutableSequence` has it.
_OF_PYTHONNET = {
    "append": "Add",
    "clear": "Clear",
    "extend": "AddRange",
    "insert": "Insert",
    "reverse": "Reverse",
}
_OTHERS_OF_PYTHONNET = frozenset({"count", "index", "pop", "remove"})


class NetReadOnlyList(NetCollection):
    """`IReadOnlyList<T>` and read-only collections: `Count`, an indexer, no change."""

    __slots__ = ("_items",)

    _generic_name = "ReadOnlyCollection"

    def __init__(self, item_type: Any, items: Iterable[Any] = ()) -> None:
        super().__init__(item_type)
        self._items = list(items)

    @classmethod
    def of(cls, item_type: Any, items: Iterable[Any]) -> "NetReadOnlyList":
        """Make one of items that are of the type already."""
        return cls(item_type, items)

    def _snapshot(self) -> Iterable[Any]:
        return self._items

    def __len__(self) -> int:
        return len(self._items)

    def _at(self, index: object) -> int:
        position = whole_number(index)
        if not 0 <= position < len(self._items):
            raise ArgumentOutOfRangeException(_INDEX_TEXT)
        return position

    def __getitem__(self, index: Any) -> Any:
        return self._items[self._at(index)]

    def get_Item(self, index: int) -> Any:
        """Return the item at an index."""
        return self[index]

    @property
    def Item(self) -> "Indexer":
        """The indexer under its .NET name: `items.Item[0]`."""
        return Indexer(self)

    def IndexOf(self, item: Any) -> int:
        """Return the index of the first equal item, -1 if there is none."""
        wanted = converted(self.item_type, item)
        return next((i for i, each in enumerate(self._items) if same(each, wanted)), -1)


class NetList(NetReadOnlyList):
    """`List<T>`, which is what Revit returns for `IList<T>` and `ICollection<T>`."""

    __slots__ = ()

    _generic_name = "List"

    @classmethod
    def of(cls, item_type: Any, items: Iterable[Any]) -> "NetList":
        """Make one of items that are of the type already: the kernel's constructor."""
        return cls(item_type, items)

    @classmethod
    def constructed(cls, item_type: Any, *arguments: Any) -> "NetList":
        """Make one as a script does: `List[T]()`, `List[T](capacity)`, `List[T](items)`."""
        if len(arguments) > 1:
            raise TypeError(f"List[{type_name(item_type)}]() takes at most 1 argument")
        source = arguments[0] if arguments else 0
        if isinstance(source, int) and not isinstance(source, bool):
            if source < 0:
                raise ArgumentOutOfRangeException("Non-negative number required.")
            return cls(item_type)
        if isinstance(source, list | tuple) and source and under_cpython():
            # Releases of pythonnet ignored the items, others refuse them.
            raise NotSimulated(f"List[{type_name(item_type)}] of a Python list in CPython")
        return cls(item_type, items_of(item_type, source))

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice) and not under_cpython():
            return NetList(self.item_type, self._items[index])
        return self._items[self._at(index)]

    def __delitem__(self, index: Any) -> None:
        if not isinstance(index, slice):
            # Only here may an index count from the end.
            position = whole_number(index)
            index = position + len(self._items) if position < 0 else position
            self._at(index)
        del self._items[index]
        self._version += 1

    def __getattr__(self, name: str) -> Any:
        if name in _OF_PYTHONNET and under_cpython():
            return getattr(self, _OF_PYTHONNET[name])
        if name in _OTHERS_OF_PYTHONNET and under_cpython():
            raise NotSimulated(f"pythonnet's {name}() of a .NET list")
        return super().__getattr__(name)

    def __setitem__(self, index: Any, value: Any) -> None:
        position = self._at(index)
        self._items[position] = converted(self.item_type, value)
        self._version += 1

    def set_Item(self, index: int, value: Any) -> None:
        """Put another item at an index."""
        self[index] = value

    @property
    def Capacity(self) -> int:
        """How many items fit before the list grows; never fewer than `Count`."""
        return len(self._items)

    def Add(self, item: Any) -> None:
        """Put an item at the end."""
        self._items.append(converted(self.item_type, item))
        self._version += 1

    def AddRange(self, items: Any) -> None:
        """Put all items of another collection, or of a Python list, at the end."""
        self._items.extend(items_of(self.item_type, items))
        self._version += 1

    def Insert(self, index: int, item: Any) -> None:
        """Put an item before the one at an index."""
        position = self._between(index)
        self._items.insert(position, converted(self.item_type, item))
        self._version += 1

    def InsertRange(self, index: int, items: Any) -> None:
        """Put all items of another collection before the one at an index."""
        position = self._between(index)
        self._items[position:position] = items_of(self.item_type, items)
        self._version += 1

    def _between(self, index: object) -> int:
        position = whole_number(index)
        if not 0 <= position <= len(self._items):
            raise ArgumentOutOfRangeException(
                "Index must be within the bounds of the List.\r\nParameter name: index"
            )
        return position

    def Remove(self, item: Any) -> bool:
        """Take out the first equal item; False if there is none."""
        position = self.IndexOf(item)
        if position < 0:
            return False
        self.RemoveAt(position)
        return True

    def RemoveAt(self, index: int) -> None:
        """Take out the item at an index."""
        del self._items[self._at(index)]
        self._version += 1

    def RemoveRange(self, index: int, count: int) -> None:
        """Take out as many items from an index on."""
        self.GetRange(index, count)
        del self._items[index : index + count]
        self._version += 1

    def GetRange(self, index: int, count: int) -> "NetList":
        """Return a new list with as many items from an index on."""
        start, number = whole_number(index), whole_number(count)
        if start < 0 or number < 0:
            raise ArgumentOutOfRangeException("Non-negative number required.")
        if start + number > len(self._items):
            raise ArgumentException(
                "Offset and length were out of bounds for the array or count is greater than the "
                "number of elements from index to the end of the source collection."
            )
        return NetList(self.item_type, self._items[start : start + number])

    def RemoveAll(self, match: Callable[[Any], bool]) -> int:
        """Take out all items that match; return how many they were."""
        kept = [item for item in self._items if not match(item)]
        removed = len(self._items) - len(kept)
        self._items = kept
        self._version += 1
        return removed

    def Find(self, match: Callable[[Any], bool]) -> Any:
        """Return the first item that matches; None if there is none."""
        return next((item for item in self._items if match(item)), None)

    def FindAll(self, match: Callable[[Any], bool]) -> "NetList":
        """Return a new list of the items that match."""
        return NetList(self.item_type, [item for item in self._items if match(item)])

    def Exists(self, match: Callable[[Any], bool]) -> bool:
        """Whether an item matches."""
        return any(match(item) for item in self._items)

    def ForEach(self, action: Callable[[Any], object]) -> None:
        """Call something with every item."""
        for item in self:
            action(item)

    def Clear(self) -> None:
        """Take out all items."""
        self._items.clear()
        self._version += 1

    def ToArray(self) -> NetArray:
        """Return the items as an array."""
        return NetArray(self.item_type, self._items)

    def AsReadOnly(self) -> NetReadOnlyList:
        """Return the items as a list that cannot be changed."""
        return NetReadOnlyList(self.item_type, self._items)

    def Reverse(self) -> None:
        """Turn the order round, in place."""
        self._items.reverse()
        self._version += 1

    def Sort(self, comparison: Callable[[Any, Any], int] | None = None) -> None:
        """Sort in place, by a comparison that returns a negative number, 0 or a positive one."""
        compare = comparison or _default_comparison
        self._items.sort(key=functools.cmp_to_key(compare))
        self._version += 1


def _default_comparison(one: Any, other: Any) -> int:
    if isinstance(one, int | float) and isinstance(other, int | float):
        return (one > other) - (one < other)
    if isinstance(one, str) and isinstance(other, str):
        # .NET compares text by culture, letters before their case; "a" < "B" < "c".
        left, right = (one.casefold(), one.swapcase()), (other.casefold(), other.swapcase())
        return (left > right) - (left < right)
    compare = getattr(one, "CompareTo", None)
    if compare is None:
        raise InvalidOperationException("Failed to compare two elements in the array.")
    return int(compare(other))
