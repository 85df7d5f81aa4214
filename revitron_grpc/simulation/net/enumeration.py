"""What all collections of .NET have: a count, iteration and so a truth value."""

from collections.abc import Iterable, Iterator
from typing import Any

from revitron_grpc.simulation.net.arrays import NetArray
from revitron_grpc.simulation.net.exceptions import (
    ArgumentNullException,
    InvalidCastException,
    InvalidOperationException,
)
from revitron_grpc.simulation.net.item_types import (
    converted,
    is_value_type,
    type_name,
    value_type_name,
)

_CHANGED = "Collection was modified; enumeration operation may not execute."


def whole_number(value: object) -> int:
    """Return an index; raises `TypeError` for anything but a whole number."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise TypeError(f"expected int, got {value_type_name(value)}")


def same(one: object, other: object) -> bool:
    """Whether two items are equal for .NET."""
    return one is other or one == other


def items_of(item_type: Any, source: Any) -> list[Any]:
    """Return what a collection or Python iterable holds, checked against an item type."""
    if source is None:
        raise ArgumentNullException("Value cannot be null.\r\nParameter name: collection")
    if isinstance(source, str) or not hasattr(source, "__iter__"):
        raise TypeError(
            f"expected IEnumerable[{type_name(item_type)}], got {value_type_name(source)}"
        )
    return [_cast(item_type, item) for item in source]


def _cast(item_type: Any, item: Any) -> Any:
    """Take an item out of a Python iterable, which IronPython casts and does not convert.

    `List[float]([1])` fails although `Add(1)` does not (`IEnumeratorOfTWrapper` in its source).
    """
    if item_type is object or (item is None and not is_value_type(item_type)):
        return item
    if isinstance(item, item_type) and (item_type is bool or not isinstance(item, bool)):
        return item
    raise InvalidCastException(
        "Error in IEnumeratorOfTWrapper.Current. "
        f"Could not cast: {type_name(item_type)} in {value_type_name(item)}"
    )


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
            raise InvalidOperationException(_CHANGED)
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
        version = self._version
        for item in self._snapshot():
            yield item
            if self._version != version:
                raise InvalidOperationException(_CHANGED)

    def Contains(self, item: Any) -> bool:
        """Whether an equal item is in the collection."""
        wanted = converted(self.item_type, item)
        return any(same(item, wanted) for item in self._snapshot())

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
        inner = ", ".join(repr(item) for item in self._snapshot())
        return f"{self._net_type_name}([{inner}])" if inner else f"{self._net_type_name}()"

    def __getattr__(self, name: str) -> Any:
        if name in ("item_type", "value_type", "_net_type_name"):  # `copy` has not filled them yet
            raise AttributeError(name)
        raise AttributeError(f"'{self._net_type_name}' object has no attribute '{name}'")


class Indexer:
    """`collection.Item`, to be indexed."""

    __slots__ = ("_collection",)

    def __init__(self, collection: Any) -> None:
        self._collection = collection

    def __getitem__(self, index: Any) -> Any:
        return self._collection[index]

    def __setitem__(self, index: Any, value: Any) -> None:
        self._collection[index] = value
