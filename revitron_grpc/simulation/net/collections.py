"""The collections of `System.Collections.Generic` as scripts meet them under IronPython.

A Python list is none of these: what takes an `ICollection` wants one made by `List[T]`. They have
`Count`, `Add` and their like, `len()`, iteration and an indexer, and nothing of a Python list's:
no slices, no `append`, no `+`.

An empty one is false: IronPython gives every `ICollection` and `ICollection<T>` a `__len__`
(`PythonTypeInfo.LengthResolver` in its source) and takes the truth value from that
(`PythonProtocol.ConvertToBool`). An `IEnumerable` that is no collection has no length and is
always true.
"""

import functools
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from revitron_grpc.simulation.net.arrays import NetArray
from revitron_grpc.simulation.net.exceptions import (
    ArgumentException,
    ArgumentNullException,
    ArgumentOutOfRangeException,
    InvalidOperationException,
    KeyNotFoundException,
    NotSupportedException,
)
from revitron_grpc.simulation.net.item_types import converted, type_name, value_type_name

_INDEX_TEXT = (
    "Index was out of range. Must be non-negative and less than the size of the collection.\r\n"
    "Parameter name: index"
)


def _whole_number(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise TypeError(f"expected int, got {value_type_name(value)}")


def _same(one: object, other: object) -> bool:
    return one is other or one == other


class NetEnumerator:
    """`IEnumerator<T>`: `MoveNext`, `Current`; a Python iterator as well.

    Raises `InvalidOperationException` at the next step after the collection was changed.
    """

    __slots__ = ("_collection", "_current", "_iterator", "_version")

    def __init__(self, collection: "NetCollection") -> None:
        self._collection = collection
        self.Reset()

    @property
    def Current(self) -> Any:
        """The item that `MoveNext` reached; None before the first."""
        return self._current

    def MoveNext(self) -> bool:
        """Go to the next item; False when there is none."""
        if self._collection._version != self._version:
            raise InvalidOperationException(
                "Collection was modified; enumeration operation may not execute."
            )
        try:
            self._current = next(self._iterator)
        except StopIteration:
            self._current = None
            return False
        return True

    def Reset(self) -> None:
        """Go back before the first item."""
        self._iterator = iter(self._collection._snapshot())
        self._version = self._collection._version
        self._current = None

    def Dispose(self) -> None:
        """Nothing to free here."""

    def __iter__(self) -> Iterator[Any]:
        return self

    def __next__(self) -> Any:
        if self.MoveNext():
            return self._current
        raise StopIteration


class NetCollection:
    """What all collections have: `Count`, `Contains`, iteration, a length and so a truth value."""

    __slots__ = ("_version", "item_type")

    _generic_name = "ICollection"
    __hash__ = object.__hash__

    def __init__(self, item_type: Any) -> None:
        self.item_type = item_type
        self._version = 0

    def _snapshot(self) -> Iterable[Any]:
        """The items, in order, for an enumerator that notices changes by itself."""
        raise NotImplementedError

    @property
    def _net_type_name(self) -> str:
        return f"{self._generic_name}[{type_name(self.item_type)}]"

    @property
    def Count(self) -> int:
        """The number of items."""
        return len(self)

    def __len__(self) -> int:
        raise NotImplementedError

    def GetEnumerator(self) -> NetEnumerator:
        """Return an enumerator that stands before the first item."""
        return NetEnumerator(self)

    def __iter__(self) -> Iterator[Any]:
        return NetEnumerator(self)

    def Contains(self, item: Any) -> bool:
        """Whether an equal item is in the collection."""
        wanted = converted(self.item_type, item)
        return any(_same(item, wanted) for item in self._snapshot())

    def __contains__(self, item: object) -> bool:
        try:
            return self.Contains(item)
        except TypeError:
            return False

    def CopyTo(self, array: NetArray, start: int = 0) -> None:
        """Write the items into an array, from an index of it on."""
        for offset, item in enumerate(self._snapshot()):
            array[start + offset] = item

    def ToString(self) -> str:
        """Return .NET's name of the type, as .NET does."""
        return f"System.Collections.Generic.{self._generic_name}`1[{type_name(self.item_type)}]"

    def __repr__(self) -> str:
        return f"{self._net_type_name}([{', '.join(repr(item) for item in self._snapshot())}])"

    def __getattr__(self, name: str) -> Any:
        if name in ("item_type", "value_type", "_net_type_name"):  # `copy` has not filled them yet
            raise AttributeError(name)
        raise AttributeError(f"'{self._net_type_name}' object has no attribute '{name}'")


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
        position = _whole_number(index)
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
        return next((i for i, each in enumerate(self._items) if _same(each, wanted)), -1)


class Indexer:
    """`collection.Item`, to be indexed."""

    __slots__ = ("_collection",)

    def __init__(self, collection: Any) -> None:
        self._collection = collection

    def __getitem__(self, index: Any) -> Any:
        return self._collection[index]

    def __setitem__(self, index: Any, value: Any) -> None:
        self._collection[index] = value


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
        return cls(item_type, _items_of(item_type, source))

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
        self._items.extend(_items_of(self.item_type, items))
        self._version += 1

    def Insert(self, index: int, item: Any) -> None:
        """Put an item before the one at an index."""
        position = self._between(index)
        self._items.insert(position, converted(self.item_type, item))
        self._version += 1

    def InsertRange(self, index: int, items: Any) -> None:
        """Put all items of another collection before the one at an index."""
        position = self._between(index)
        self._items[position:position] = _items_of(self.item_type, items)
        self._version += 1

    def _between(self, index: object) -> int:
        position = _whole_number(index)
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
        start, number = _whole_number(index), _whole_number(count)
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


def _items_of(item_type: Any, source: Any) -> list[Any]:
    """What a collection or any Python iterable holds, checked against an item type."""
    if source is None:
        raise ArgumentNullException("Value cannot be null.\r\nParameter name: collection")
    if isinstance(source, str) or not hasattr(source, "__iter__"):
        raise TypeError(
            f"expected IEnumerable[{type_name(item_type)}], got {value_type_name(source)}"
        )
    return [converted(item_type, item) for item in source]


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
        return cls(item_type, _items_of(item_type, arguments[0]) if arguments else ())

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
        return dict.fromkeys(_items_of(self.item_type, items))

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


class KeyValuePair:
    """`KeyValuePair<K, V>`: what a dictionary gives when it is iterated."""

    __slots__ = ("_key", "_value")

    _net_value_type = True

    def __init__(self, key: Any, value: Any) -> None:
        self._key = key
        self._value = value

    @property
    def Key(self) -> Any:
        """The key."""
        return self._key

    @property
    def Value(self) -> Any:
        """The value under the key."""
        return self._value

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, KeyValuePair):
            return NotImplemented
        return _same(self._key, other._key) and _same(self._value, other._value)

    def __hash__(self) -> int:
        return hash(self._key)

    def ToString(self) -> str:
        """Return `[key, value]`."""
        return f"[{self._key}, {self._value}]"

    def __repr__(self) -> str:
        return self.ToString()


class NetDictionary(NetCollection):
    """`Dictionary<K, V>`, which is what Revit returns for `IDictionary<K, V>`.

    Iterating gives `KeyValuePair`s, not keys; `in` asks for a key.
    """

    __slots__ = ("_entries", "_read_only", "value_type")

    _generic_name = "Dictionary"

    def __init__(
        self,
        key_type: Any,
        value_type: Any,
        entries: Iterable[tuple[Any, Any]] = (),
        read_only: bool = False,
    ) -> None:
        super().__init__(key_type)
        self.value_type = value_type
        self._read_only = read_only
        self._entries: dict[Any, Any] = dict(entries)

    @classmethod
    def of(
        cls, key_type: Any, value_type: Any, entries: dict[Any, Any], read_only: bool = False
    ) -> "NetDictionary":
        """Make one of keys and values that are of the types already: the kernel's constructor."""
        return cls(key_type, value_type, entries.items(), read_only)

    @classmethod
    def constructed(cls, key_type: Any, value_type: Any, *arguments: Any) -> "NetDictionary":
        """Make one as a script does: `Dictionary[K, V]()`, with a capacity or another one."""
        made = cls(key_type, value_type)
        if not arguments:
            return made
        source = arguments[0]
        if isinstance(source, int) and not isinstance(source, bool):
            return made
        if isinstance(source, NetDictionary | dict):
            entries = source._entries if isinstance(source, NetDictionary) else source
            for key, value in entries.items():
                made.Add(key, value)
            return made
        raise TypeError(f"expected IDictionary, got {value_type_name(source)}")

    @property
    def key_type(self) -> Any:
        """The type of the keys."""
        return self.item_type

    @property
    def _net_type_name(self) -> str:
        return f"Dictionary[{type_name(self.item_type)}, {type_name(self.value_type)}]"

    def _snapshot(self) -> Iterable[Any]:
        return [KeyValuePair(key, value) for key, value in self._entries.items()]

    def __len__(self) -> int:
        return len(self._entries)

    def _changed(self) -> None:
        if self._read_only:
            raise NotSupportedException("Collection is read-only.")
        self._version += 1

    def _key(self, key: Any) -> Any:
        if key is None:
            raise ArgumentNullException("Value cannot be null.\r\nParameter name: key")
        return converted(self.item_type, key)

    def __getitem__(self, key: Any) -> Any:
        try:
            return self._entries[self._key(key)]
        except KeyError:
            raise KeyNotFoundException("The given key was not present in the dictionary.") from None

    def __setitem__(self, key: Any, value: Any) -> None:
        wanted, held = self._key(key), converted(self.value_type, value)
        self._changed()
        self._entries[wanted] = held

    def get_Item(self, key: Any) -> Any:
        """Return the value under a key."""
        return self[key]

    def set_Item(self, key: Any, value: Any) -> None:
        """Put a value under a key, in place of what was there."""
        self[key] = value

    @property
    def Item(self) -> Indexer:
        """The indexer under its .NET name."""
        return Indexer(self)

    @property
    def Keys(self) -> NetReadOnlyList:
        """The keys, in the order of adding."""
        return NetReadOnlyList(self.item_type, self._entries)

    @property
    def Values(self) -> NetReadOnlyList:
        """The values, in the order of the keys."""
        return NetReadOnlyList(self.value_type, self._entries.values())

    def Add(self, key: Any, value: Any) -> None:
        """Put a value under a key that is not there yet."""
        wanted, held = self._key(key), converted(self.value_type, value)
        if wanted in self._entries:
            raise ArgumentException("An item with the same key has already been added.")
        self._changed()
        self._entries[wanted] = held

    def ContainsKey(self, key: Any) -> bool:
        """Whether there is such a key."""
        return self._key(key) in self._entries

    def Contains(self, item: Any) -> bool:
        """Whether there is such a key; IronPython's `in` asks the same."""
        return self.ContainsKey(item)

    def ContainsValue(self, value: Any) -> bool:
        """Whether an equal value is under some key."""
        wanted = converted(self.value_type, value)
        return any(_same(each, wanted) for each in self._entries.values())

    def TryGetValue(self, key: Any) -> tuple[bool, Any]:
        """Return whether there is such a key, and the value: an out parameter in IronPython."""
        wanted = self._key(key)
        return wanted in self._entries, self._entries.get(wanted)

    def Remove(self, key: Any) -> bool:
        """Take out a key; False if it is not there."""
        wanted = self._key(key)
        if wanted not in self._entries:
            return False
        self._changed()
        del self._entries[wanted]
        return True

    def Clear(self) -> None:
        """Take out everything."""
        self._changed()
        self._entries.clear()

    def __repr__(self) -> str:
        inner = ", ".join(f"{key!r} : {value!r}" for key, value in self._entries.items())
        return f"{self._net_type_name}({{{inner}}})" if inner else f"{self._net_type_name}()"
