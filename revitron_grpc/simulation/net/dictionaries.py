"""`Dictionary<K, V>` and its pairs."""

from collections.abc import Iterable
from typing import Any

from revitron_grpc.simulation.net.enumeration import Indexer, NetCollection, same
from revitron_grpc.simulation.net.exceptions import (
    ArgumentException,
    ArgumentNullException,
    KeyNotFoundException,
    NotSupportedException,
)
from revitron_grpc.simulation.net.item_types import converted, type_name, value_type_name
from revitron_grpc.simulation.net.lists import NetReadOnlyList


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
        return same(self._key, other._key) and same(self._value, other._value)

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
        return any(same(each, wanted) for each in self._entries.values())

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
