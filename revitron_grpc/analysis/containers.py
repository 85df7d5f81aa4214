"""Lists, sets and dictionaries of the script: what is put into them, and what comes out."""

import ast

from revitron_grpc.analysis.overloads import Arguments
from revitron_grpc.analysis.types import (
    INTEGER,
    NO_MAPPING,
    UNKNOWN,
    ContainerMethod,
    Growing,
    Items,
    Mapping,
    Sequence,
    Type,
    element_of_items,
    join,
)
from revitron_grpc.analysis.walk import Walk

_CONTAINERS = (Items, Sequence, Mapping, Growing)
_ADDING = frozenset("append add appendleft insert".split())
_FROM_ANOTHER = frozenset(("extend", "update"))
_PAIRS = frozenset(("items", "iteritems"))
_VALUES = frozenset(("values", "itervalues"))
_KEYS = frozenset(("keys", "iterkeys"))
_ONE = frozenset(("pop", "popleft"))


def if_mutated(walk: Walk, name: str, value: Type) -> Type:
    """What a name holds that is changed in place: a container that grows with what is put in."""
    if name not in walk.facts.mutated:
        return value
    if isinstance(value, Growing):
        if value.name != name:
            # Two names for one container, and changes through either.
            value.spoilt = True
        return value
    if not isinstance(value, Items | Sequence | Mapping):
        return value
    first, last = walk.lines
    sites = walk.facts.growth_sites.get(name, ())
    needed = sum(first <= line <= last for line in sites)
    grown = Growing(name, needed, mapping=isinstance(value, Mapping))
    if isinstance(value, Mapping):
        if value != NO_MAPPING:
            grown.key, grown.element = value.key, _kept(value.value)
    elif not (isinstance(value, Items) and not value.items):
        grown.element = _kept(element_of_items(value))
    return grown


def grow(of: Growing, node: ast.AST, element: Type, key: Type | None = None) -> None:
    """Note what one place puts into a container."""
    of.seen.add(id(node))
    of.element = join(of.element, _kept(element))
    if key is not None:
        of.key = join(of.key, key)


def _kept(value: Type) -> Type:
    """A container in a container may be changed through it: what it holds is not known."""
    return UNKNOWN if isinstance(value, _CONTAINERS) else value


def settled(value: Type) -> Type:
    """A container as it is when it leaves the function that fills it."""
    if not isinstance(value, Growing):
        return value
    if value.mapping:
        return Mapping(value.held_key, value.held)
    return Sequence(value.held)


def spoil_arguments(arguments: Arguments) -> None:
    """Give up on containers that are handed to something which may change them."""
    for one in (*arguments.types, *arguments.keywords.values()):
        if isinstance(one, Growing):
            one.spoilt = True


def call_container(
    method: ContainerMethod, arguments: Arguments, node: ast.Call, elements: list[Type]
) -> Type:
    """The result of a container's method; `elements` are those of each argument."""
    of, name, types = method.of, method.name, arguments.types
    if isinstance(of, Growing):
        _grown_by_call(of, name, arguments, node, elements)
    value, key = held(of)
    if isinstance(of, Mapping) or (isinstance(of, Growing) and of.mapping):
        if name in _PAIRS:
            return Sequence(Items((key, value)))
        if name in _VALUES:
            return Sequence(value)
        if name in _KEYS:
            return Sequence(key)
        if name in ("get", "pop", "setdefault"):
            return join(value, types[1]) if len(types) > 1 else _or_none(value, name)
        return UNKNOWN
    if name in _ONE:
        return value
    if name == "copy":
        return Sequence(value)
    return INTEGER if name in ("index", "count") else UNKNOWN


def _or_none(value: Type, name: str) -> Type:
    # What is not there is None, which a script that asks this way is prepared for.
    return value if name in ("get", "pop") else UNKNOWN


def held(of: Type) -> tuple[Type, Type]:
    """What a container holds, and a dictionary's keys."""
    if isinstance(of, Mapping):
        return of.value, of.key
    if isinstance(of, Growing):
        return of.held, of.held_key
    return element_of_items(of), UNKNOWN


def _grown_by_call(
    of: Growing, name: str, arguments: Arguments, node: ast.Call, elements: list[Type]
) -> None:
    types = arguments.types
    if arguments.open_ended:
        grow(of, node.func, UNKNOWN, UNKNOWN)
    elif name in _ADDING and types:
        grow(of, node.func, types[-1])
    elif name in _FROM_ANOTHER:
        single = not of.mapping and len(elements) == 1 and not arguments.keywords
        grow(of, node.func, elements[0] if single else UNKNOWN, UNKNOWN)
    elif name == "setdefault":
        two = len(types) == 2
        grow(of, node.func, types[1] if two else UNKNOWN, types[0] if two else UNKNOWN)
