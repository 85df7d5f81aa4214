"""What derives from what, in each Revit version."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from revitron_grpc.catalog.model import ApiType, Presence
from revitron_grpc.vocabulary import RevitVersion

_OBJECT = "System.Object"
_GENERIC = "System.Collections.Generic."
_WITH_PLAIN_TWIN = frozenset({"IEnumerable", "IEnumerator"})
"""Generic interfaces that extend the plain one of the same name."""
_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


def group(pairs: Iterable[tuple[_Key, _Value]]) -> dict[_Key, tuple[_Value, ...]]:
    """Collect the values of each key, in the order in which they come."""
    groups: dict[_Key, list[_Value]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in groups.items()}


@dataclass(frozen=True, slots=True)
class Reach:
    """The types whose members some type below a type may have; `system` are those of .NET."""

    names: frozenset[str]
    system: tuple[str, ...]


class TypeHierarchy:
    """Base types, interfaces and subtypes; what it keeps is bounded by the types it knows.

    `parents` are the names that some known type derives from or implements.
    """

    def __init__(self, types: Mapping[str, ApiType], versions: tuple[RevitVersion, ...]) -> None:
        self._types = types
        self._versions = versions
        self._derived = group(
            (parent, api.name)
            for api in types.values()
            for parent in dict.fromkeys(
                (api.base, *(earlier.base for earlier in api.base_was), *api.interfaces)
            )
            if parent is not None
        )
        self.parents: frozenset[str] = frozenset(self._derived)
        self._chains: dict[tuple[str, RevitVersion], tuple[str, ...]] = {}
        self._subtypes: dict[str, frozenset[str]] = {}
        self._reaches: dict[str, Reach] = {}

    def subtypes(self, full_name: str) -> frozenset[str]:
        """Return all known types below a type, transitively, in any version."""
        known = self._subtypes.get(full_name)
        if known is None:
            if full_name not in self._derived:
                return frozenset()
            found: set[str] = set()
            waiting = list(self._derived[full_name])
            while waiting:
                child = waiting.pop()
                if child not in found:
                    found.add(child)
                    waiting.extend(self._derived.get(child, ()))
            known = self._subtypes[full_name] = frozenset(found)
        return known

    def chain(self, name: str, version: RevitVersion) -> tuple[str, ...]:
        """Return the type itself, its bases, its interfaces, its `System` types."""
        key = (name, version)
        chain = self._chains.get(key)
        if chain is None:
            if name not in self._types:
                derived = name.startswith("System.") and name != _OBJECT
                return (name, _OBJECT) if derived else (name,)
            if version not in self._versions:
                return self.chain(name, self._versions[-1])
            chain = self._chains[key] = self._walk(self._types[name], version)
        return chain

    def _walk(self, api: ApiType, version: RevitVersion) -> tuple[str, ...]:
        bases: dict[str, None] = {}
        interfaces: dict[str, None] = {}
        system: dict[str, None] = {}
        base: str | None = api.name
        while base is not None:
            current = self._types.get(base)
            if current is None:
                system[base] = None
                break
            bases[base] = None
            waiting = list(current.interfaces)
            while waiting:
                interface = waiting.pop(0)
                known = self._types.get(interface)
                if known is None:
                    system[interface] = None
                elif known.presence(version) is not Presence.ABSENT:
                    interfaces[interface] = None
                    waiting.extend(known.interfaces)
            base = current.base_in(version)
        if "System.Enum" in system:
            system["System.ValueType"] = None
        for name in tuple(system):
            if name.startswith(_GENERIC):
                plain = name.removeprefix(_GENERIC).partition("<")[0]
                if plain in _WITH_PLAIN_TWIN:
                    system[f"System.Collections.{plain}"] = None
        # Whatever an interface stands for is an object as well.
        system.pop(_OBJECT, None)
        return (*bases, *interfaces, *system, _OBJECT)

    def reach(self, type_name: str) -> Reach:
        """Find all types whose members some type below `type_name` may have of its own."""
        reach = self._reaches.get(type_name)
        if reach is None:
            names = frozenset(
                name
                for subtype in self.subtypes(type_name)
                for version in self._versions
                for name in self.chain(subtype, version)
            )
            system = tuple(sorted(name for name in names if name not in self._types))
            reach = self._reaches[type_name] = Reach(names, system)
        return reach
