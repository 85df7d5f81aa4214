"""Where parameters have their values from when nobody stored them.

Modules of `revit/` register functions here by the parameter's name in `BuiltInParameter`:

    mirrors("ELEM_PARTITION_PARAM", "workset", default=0)   # the element's data holds it

    @computed("ROOM_AREA")                                  # derived from the element
    def room_area(record: ElementRecord) -> float | None: ...

    @shows("ELEM_PARTITION_PARAM")                          # its text, instead of the number
    def workset_name(record: ElementRecord) -> str | None: ...

    @locks("WALL_USER_HEIGHT_PARAM")                        # read-only under circumstances
    def top_is_constrained(record: ElementRecord) -> bool: ...

    @hides("RBS_CURVE_WIDTH_PARAM")                         # not there under circumstances
    def is_round(record: ElementRecord) -> bool: ...

    @setting("VIEW_NAME")                                   # what Revit does beside storing it
    def rename(record: ElementRecord, value: Any) -> None: ...

`kinds` (simple class names, a base class stands for what derives from it) limits a registration to
some elements; a computed value of None means that the stored value counts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

from revitron_grpc.catalog.load import packaged_catalog
from revitron_grpc.simulation.database import ElementRecord
from revitron_grpc.simulation.parameter_table import built_in_parameters, number_of

Function = TypeVar("Function", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Mirror:
    """A parameter that shows one piece of an element's data."""

    key: str
    default: Any = None


@dataclass(frozen=True, slots=True)
class _Entry:
    kinds: frozenset[str]
    what: Any


_MIRRORS: dict[str, list[_Entry]] = {}
_COMPUTED: dict[str, list[_Entry]] = {}
_SHOWN: dict[str, list[_Entry]] = {}
_LOCKS: dict[str, list[_Entry]] = {}
_SETTERS: dict[str, list[_Entry]] = {}
_HIDDEN: dict[str, list[_Entry]] = {}


def mirrors(name: str, key: str, *, default: Any = None, kinds: tuple[str, ...] = ()) -> None:
    """Let a parameter read and write `record.data[key]`; `default` where the key is missing."""
    _MIRRORS.setdefault(name, []).append(_Entry(frozenset(kinds), Mirror(key, default)))


def computed(*names: str, kinds: tuple[str, ...] = ()) -> Callable[[Function], Function]:
    """Register what derives the value of parameters from an element."""
    return _registrar(_COMPUTED, names, kinds)


def shows(*names: str, kinds: tuple[str, ...] = ()) -> Callable[[Function], Function]:
    """Register what gives the text of parameters; None for the usual text."""
    return _registrar(_SHOWN, names, kinds)


def locks(*names: str, kinds: tuple[str, ...] = ()) -> Callable[[Function], Function]:
    """Register what tells whether parameters are read-only now, beside what is so always."""
    return _registrar(_LOCKS, names, kinds)


def hides(*names: str, kinds: tuple[str, ...] = ()) -> Callable[[Function], Function]:
    """Register what tells whether an element has no such parameter, although its class has."""
    return _registrar(_HIDDEN, names, kinds)


def setting(*names: str, kinds: tuple[str, ...] = ()) -> Callable[[Function], Function]:
    """Register what is done when parameters are set, before the value is stored.

    It raises what Revit raises for a value that it refuses, and returns the value to store, or
    None where it has written all itself.
    """
    return _registrar(_SETTERS, names, kinds)


def _registrar(
    registry: dict[str, list[_Entry]], names: tuple[str, ...], kinds: tuple[str, ...]
) -> Callable[[Function], Function]:
    def register(function: Function) -> Function:
        for name in names:
            registry.setdefault(name, []).append(_Entry(frozenset(kinds), function))
        return function

    return register


@lru_cache(maxsize=2048)
def classes_of(kind: str) -> frozenset[str]:
    """Return the simple names of an element's class and of all that it derives from."""
    catalog = packaged_catalog()
    above = catalog.ancestors(kind, catalog.versions[-1])
    return frozenset(name.rpartition(".")[2] for name in (kind, *above))


@lru_cache(maxsize=1)
def _names_by_number() -> dict[int, tuple[str, ...]]:
    """Map numbers to all names that the facts have for them (behaviour 28)."""
    catalog = packaged_catalog()
    found: dict[int, tuple[str, ...]] = {}
    for name in sorted(built_in_parameters()):
        number = number_of(catalog, name)
        if number is not None:
            found[number] = (*found.get(number, ()), name)
    return found


def _find(registry: dict[str, list[_Entry]], number: int, record: ElementRecord) -> Any:
    """Return what is registered for an element: what is for its class before what is for all."""
    general = None
    for name in _names_by_number().get(number, ()):
        for entry in registry.get(name, ()):
            if not entry.kinds:
                general = entry.what
            elif not entry.kinds.isdisjoint(classes_of(record.kind)):
                return entry.what
    return general


def mirror_of(number: int, record: ElementRecord) -> Mirror | None:
    """Return which piece of data a parameter shows; None where it shows none."""
    return _find(_MIRRORS, number, record)


def computed_value(number: int, record: ElementRecord) -> Any:
    """Return the derived value of a parameter; None where it has none."""
    function = _find(_COMPUTED, number, record)
    return None if function is None else function(record)


def shown_text(number: int, record: ElementRecord) -> str | None:
    """Return the text of a parameter where it is a special one."""
    function = _find(_SHOWN, number, record)
    return None if function is None else function(record)


def is_locked(number: int, record: ElementRecord) -> bool:
    """Tell whether circumstances make a parameter read-only."""
    function = _find(_LOCKS, number, record)
    return function is not None and bool(function(record))


def is_hidden(number: int, record: ElementRecord) -> bool:
    """Tell whether an element lacks a parameter that others of its class have."""
    function = _find(_HIDDEN, number, record)
    return function is not None and bool(function(record))


def setter_of(number: int, record: ElementRecord) -> Callable[[ElementRecord, Any], Any] | None:
    """Return what is done when a parameter is set."""
    return _find(_SETTERS, number, record)
