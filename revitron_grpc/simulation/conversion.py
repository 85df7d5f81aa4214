"""What crosses the border between behaviour, which works in plain data, and a script.

Results are converted by the type that the catalog says a member returns: a name to an enum's value,
a number to an `ElementId`, an `ElementRecord` to an element, a list to a .NET collection. Arguments
are judged by the types that the catalog says a member takes.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from revitron_grpc.catalog.model import Member, TypeKind
from revitron_grpc.simulation.database import ElementRecord
from revitron_grpc.simulation.enums import NetEnum
from revitron_grpc.simulation.net.arrays import NetArray
from revitron_grpc.simulation.net.collections import (
    NetDictionary,
    NetList,
    NetReadOnlyList,
    NetSet,
)
from revitron_grpc.vocabulary import Engine, RevitVersion

if TYPE_CHECKING:
    from revitron_grpc.simulation.api import RevitApi

Convert = Callable[[Any], Any]
Accept = Callable[[Any], bool]

ELEMENT_ID = "Autodesk.Revit.DB.ElementId"
_PLAIN = frozenset(
    f"System.{name}"
    for name in ("Boolean", "Byte", "Double", "Int16", "Int32", "Int64", "Single", "String", "Void")
)
_WHOLE = frozenset(f"System.{n}" for n in ("Byte", "Int16", "Int32", "Int64", "UInt32", "UInt64"))
_REAL = frozenset(("System.Double", "System.Single", "System.Decimal"))
_GENERIC = "System.Collections.Generic."
_LISTS = frozenset(
    _GENERIC + name
    for name in (
        "IList",
        "List",
        "ICollection",
        "IEnumerable",
        "IReadOnlyList",
        "IReadOnlyCollection",
    )
)
# IronPython hands a Python list or tuple over as these, and as no `ICollection`
# (`Converter.HasNarrowingConversion` in its source); pythonnet as none of them.
_TAKE_PYTHON_LISTS = frozenset((_GENERIC + "IList", _GENERIC + "IEnumerable"))
_PYTHON_LISTS = (list, tuple)
_SETS = frozenset((_GENERIC + "ISet", _GENERIC + "HashSet", _GENERIC + "SortedSet"))
_DICTIONARIES = frozenset((_GENERIC + "IDictionary", _GENERIC + "Dictionary"))
_PYTHON_TYPES: dict[str, type] = {
    "System.String": str,
    "System.Int32": int,
    "System.Int64": int,
    "System.Double": float,
    "System.Boolean": bool,
}


class Conversion:
    """Converters for one `RevitApi`, kept by type name."""

    def __init__(self, api: "RevitApi") -> None:
        self._api = api
        self._converters: dict[str, Convert | None] = {}
        self._acceptors: dict[str, Accept] = {}

    def result(self, overloads: tuple[Member, ...], version: RevitVersion) -> Convert | None:
        """Return the converter for what these overloads return; None where none is needed."""
        if not overloads:
            return self.value
        returns = overloads[0].returns_in(version)
        outs = [p.type for p in overloads[0].parameters or () if p.modifier in ("out", "ref")]
        main = self.converter(returns)
        if not outs:
            return self._any_of({m.returns_in(version): None for m in overloads}) or main
        others = [self.converter(out.rstrip("&")) for out in outs]

        def convert(value: Any) -> Any:
            if not isinstance(value, tuple):
                return value if main is None else main(value)
            parts = [main, *others] if len(value) == len(others) + 1 else others
            return tuple(
                item if part is None else part(item)
                for item, part in zip(value, parts, strict=False)
            )

        return convert

    def _any_of(self, returns: Iterable[str | None]) -> Convert | None:
        """Return a converter for overloads that return different things; None for a single one."""
        converters = [self.converter(one) for one in returns]
        if len(converters) < 2 or None in converters:
            return None

        def convert(value: Any) -> Any:
            made = (one(value) for one in converters if one is not None)
            return next((found for found in made if found is not value), value)

        return convert

    def converter(self, type_name: str | None) -> Convert | None:
        """Return the converter for one .NET type; None for plain values."""
        if type_name is None:
            return self.value
        if type_name not in self._converters:
            self._converters[type_name] = self._converter(type_name)
        return self._converters[type_name]

    def value(self, value: Any) -> Any:
        """Convert by what the value is: a record to an element, a behaviour object to its class."""
        if type(value) is ElementRecord:
            return self.element(value)
        return self._api.promote(value)

    def element(self, record: ElementRecord) -> Any:
        """Return a new object for an element (behaviour 12: never the same twice)."""
        made = object.__new__(self._api.class_of(record.kind))
        made.__dict__["_held"] = record
        return made

    def element_id(self, number: Any) -> Any:
        """Return the `ElementId` of a number; anything else as it is."""
        if type(number) is int:
            made = object.__new__(self._api.class_of(ELEMENT_ID))
            made.__dict__["number"] = number
            return made
        return self._api.promote(number)

    def _converter(self, type_name: str) -> Convert | None:
        if type_name in _PLAIN:
            return None
        if type_name == ELEMENT_ID:
            return self.element_id
        outer, inner = split_generic(type_name)
        if outer in _LISTS or type_name.endswith("[]"):
            item_name = inner[0] if inner else type_name[:-2]
            return self._sequence(NetList, item_name)
        if outer in _SETS:
            return self._sequence(NetSet, inner[0])
        if outer in _DICTIONARIES and len(inner) == 2:
            return self._dictionary(inner[0], inner[1])
        api_type = self._api.catalog.type(type_name)
        if api_type is not None and api_type.kind is TypeKind.ENUM:
            enum: Any = self._api.class_of(type_name)
            return lambda value: getattr(enum, value) if type(value) is str else value
        return self.value

    def _sequence(self, made: Any, item_name: str) -> Convert:
        convert = self.converter(item_name)
        item_type = self.item_type(item_name)

        def collection(value: Any) -> Any:
            if not isinstance(value, list | tuple | set | frozenset | dict):
                return value
            return made.of(
                item_type, list(value) if convert is None else [convert(v) for v in value]
            )

        return collection

    def _dictionary(self, key_name: str, value_name: str) -> Convert:
        key, item = self.converter(key_name), self.converter(value_name)

        def dictionary(value: Any) -> Any:
            if not isinstance(value, dict):
                return value
            held = {
                (k if key is None else key(k)): (v if item is None else item(v))
                for k, v in value.items()
            }
            return NetDictionary.of(self.item_type(key_name), self.item_type(value_name), held)

        return dictionary

    def item_type(self, type_name: str) -> type:
        """Return the Python class that stands for a .NET type in a collection."""
        if type_name in _PYTHON_TYPES:
            return _PYTHON_TYPES[type_name]
        if self._api.catalog.type(type_name) is not None:
            return self._api.class_of(type_name)
        return object

    # Arguments

    def acceptor(self, type_name: str) -> Accept:
        """Return the test whether a Python value can be passed where this .NET type is asked."""
        type_name = type_name.rstrip("&")
        if type_name not in self._acceptors:
            self._acceptors[type_name] = self._acceptor(type_name)
        return self._acceptors[type_name]

    def _acceptor(self, type_name: str) -> Accept:
        if type_name in _WHOLE:
            return lambda value: isinstance(value, int)
        if type_name in _REAL:
            return lambda value: isinstance(value, int | float)
        if type_name == "System.String":
            return lambda value: value is None or isinstance(value, str)
        if type_name == "System.Boolean":
            return lambda value: isinstance(value, bool | int)
        outer, inner = split_generic(type_name)
        if outer in _LISTS | _SETS:
            item_type = self.item_type(inner[0])
            kinds = (NetSet,) if outer in _SETS else (NetArray, NetReadOnlyList, NetSet)
            python = _PYTHON_LISTS if outer in _TAKE_PYTHON_LISTS else ()
            if self._api.engine is Engine.CPYTHON_3:
                python = ()
            return lambda value: (
                value is None
                or (isinstance(value, kinds) and _items_fit(value.item_type, item_type))
                or (isinstance(value, python) and all(isinstance(v, item_type) for v in value))
            )
        api_type = self._api.catalog.type(type_name)
        if api_type is None:
            return _anything
        if api_type.kind is TypeKind.DELEGATE:
            return lambda value: value is None or callable(value)
        wanted = self._api.class_of(type_name)
        if issubclass(wanted, NetEnum):
            return lambda value: isinstance(value, wanted)
        if api_type.kind is TypeKind.INTERFACE:
            return _anything
        from revitron_grpc.simulation.behaviour import BEHAVIOURS

        behaviour = BEHAVIOURS.get(type_name)
        allowed = (wanted,) if behaviour is None else (wanted, behaviour)
        return lambda value: value is None or isinstance(value, allowed)


def _anything(_: Any) -> bool:
    return True


def _items_fit(held: type, wanted: type) -> bool:
    if wanted is object or held is wanted:
        return True
    return isinstance(held, type) and issubclass(held, wanted)


def split_generic(type_name: str) -> tuple[str, list[str]]:
    """Split `A.B<C, D<E>>` into `A.B` and its arguments."""
    outer, bracket, rest = type_name.partition("<")
    if not bracket:
        return outer, []
    parts, depth, word = [], 0, ""
    for character in rest[:-1]:
        depth += (character == "<") - (character == ">")
        if character == "," and depth == 0:
            parts.append(word.strip())
            word = ""
        else:
            word += character
    parts.append(word.strip())
    return outer, parts
