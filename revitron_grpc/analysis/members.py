"""Names and attributes: what they are, and whether they exist."""

import ast
import builtins
from collections.abc import Callable
from typing import Any

from revitron_grpc.analysis.checks.members import read_member
from revitron_grpc.analysis.library_types import (
    BUILTIN_TYPES,
    ELEMENT,
)
from revitron_grpc.analysis.local_classes import attribute_of, member_of
from revitron_grpc.analysis.net_names import of_namespace, refer_type
from revitron_grpc.analysis.python_names import of_python, of_python_instance
from revitron_grpc.analysis.references import ReferenceKind
from revitron_grpc.analysis.resolve import Lookup
from revitron_grpc.analysis.types import (
    NONE,
    UNKNOWN,
    Builtin,
    ClassObject,
    ContainerMethod,
    Growing,
    IndexedProperty,
    Instance,
    Items,
    LibraryModule,
    LocalClass,
    LocalInstance,
    Mapping,
    MethodGroup,
    Module,
    Namespace,
    PerVersion,
    PythonInstance,
    PythonName,
    Sequence,
    Type,
    Union,
    from_net,
    join,
)
from revitron_grpc.analysis.walk import Walk
from revitron_grpc.catalog.model import Member, MemberKind

PYTHON2_BUILTINS = frozenset(
    "apply basestring buffer cmp coerce execfile file intern long raw_input reduce reload "
    "unichr unicode xrange StandardError WindowsError".split()
)
_BUILTINS = frozenset(dir(builtins)) | PYTHON2_BUILTINS
_MODULE_NAMES = frozenset(
    "__file__ __name__ __doc__ __path__ __package__ __builtins__ __class__".split()
)
_LINQ = frozenset(
    "Aggregate All Any Append AsEnumerable Average Cast Concat Contains Count DefaultIfEmpty "
    "Distinct ElementAt ElementAtOrDefault Except First FirstOrDefault GroupBy GroupJoin "
    "Intersect Join Last LastOrDefault LongCount Max Min OfType OrderBy OrderByDescending "
    "Prepend Reverse Select SelectMany SequenceEqual Single SingleOrDefault Skip SkipWhile Sum "
    "Take TakeWhile ThenBy ThenByDescending ToArray ToDictionary ToHashSet ToList ToLookup "
    "Union Where Zip".split()
)
_VERSION_TEXT = "Autodesk.Revit.ApplicationServices.Application.VersionNumber"
_UNREADABLE_NONE = "N0ne"
"""What the parser makes of `X.None`, which only Python 2 can say."""


def name(walk: Walk, node: ast.Name) -> Type:
    """The type that a name stands for."""
    identifier = node.id
    found = walk.scope.find(identifier)
    if found is not None:
        return found
    for namespace in reversed(walk.star_namespaces):
        full = f"{namespace}.{identifier}"
        lookup = walk.view.type_lookup(full)
        if lookup is not None:
            return refer_type(walk, lookup, node)
    known = BUILTIN_TYPES.get(identifier)
    if known is not None:
        return known
    if identifier in _BUILTINS:
        return Builtin(identifier)
    if (
        identifier in _MODULE_NAMES
        or walk.star_unknown
        or any(one.name == identifier for one in walk.view.catalog.python_api.builtins)
    ):
        return UNKNOWN
    walk.unknown("name", identifier, node)
    return UNKNOWN


def attribute(
    walk: Walk, receiver: Type, attr: str, node: ast.Attribute, *, store: bool = False
) -> Type:
    """The type of `receiver.attr`, judged."""
    handler = _BY_RECEIVER.get(receiver.__class__)
    if handler is None:
        if receiver is UNKNOWN and not walk.silent and walk.mask:
            _note_unknown(walk, node)
        return UNKNOWN
    if attr == _UNREADABLE_NONE:
        attr = "None"
    return handler(walk, receiver, attr, node, store)


def _note_unknown(walk: Walk, node: ast.Attribute) -> None:
    """Count a receiver of unknown type once, not again for what is made of it."""
    inner = node.value
    while isinstance(inner, ast.Call | ast.Subscript):
        inner = inner.func if isinstance(inner, ast.Call) else inner.value
    if not isinstance(inner, ast.Attribute):
        walk.unknown("receiver", getattr(inner, "id", ""), node)
    elif id(inner) not in walk.unknown_receivers:
        walk.unknown("receiver", inner.attr, node)
    walk.unknown_receivers.add(id(node))


def library_member(walk: Walk, receiver: LibraryModule, attr: str) -> Type:
    """A name of one of the extension's own modules, or a module of its package."""
    library = walk.library
    scope = library.scope(receiver.path)
    found = scope.ever.get(attr) if scope is not None else None
    if found is not None:
        return found
    below = library.below(receiver.path, attr)
    return LibraryModule(below) if below is not None else UNKNOWN


def _of_union(walk: Walk, receiver: Union, attr: str, node: ast.Attribute, store: bool) -> Type:
    """One of several: wrong only where it is wrong for each."""
    options = [option for option in receiver.options if option != NONE]
    if len(options) == 1:
        return attribute(walk, options[0], attr, node, store=store)
    view = walk.view
    absent = walk.mask
    for option in options:
        if not isinstance(option, Instance):
            absent = 0
            break
        lookup = view.member_lookup(option.name, attr, exact=False)
        absent = absent & lookup.absent if lookup is not None else 0
    if absent:
        with walk.inside(mask=absent):
            attribute(walk, options[0], attr, node, store=store)
    rest = walk.mask & ~absent
    result: Type | None = None
    walk.silent += 1
    try:
        with walk.inside(mask=rest):
            for option in options:
                result = join(result, attribute(walk, option, attr, node, store=store))
    finally:
        walk.silent -= 1
    return result or UNKNOWN


def _of_instance(
    walk: Walk, receiver: Instance, attr: str, node: ast.Attribute, store: bool
) -> Type:
    if attr.startswith("__"):
        return UNKNOWN
    type_name = receiver.name
    lookup = walk.view.member_lookup(type_name, attr, exact=False)
    if lookup is None:
        return UNKNOWN
    if walk.facts.linq and attr in _LINQ:
        return UNKNOWN
    members = lookup.newest
    kind = ReferenceKind.MEMBER
    _judge(walk, lookup, type_name, attr, kind, node)
    if store and walk.view.is_a(type_name, ELEMENT.name):
        walk.event("write", node, lookup.symbol)
    if not store:
        read_member(walk, type_name, attr, members, node)
    if lookup.symbol == _VERSION_TEXT:
        return PerVersion(tuple(str(version) for version in walk.view.versions))
    if not members:
        return UNKNOWN
    return _value(walk, receiver, type_name, attr, members, through_class=False)


def _value(
    walk: Walk,
    receiver: Type,
    type_name: str,
    attr: str,
    members: tuple[Member, ...],
    *,
    through_class: bool,
) -> Type:
    member = members[0]
    if member.kind is MemberKind.METHOD or attr in member.accessors:
        return MethodGroup(receiver, type_name, attr, through_class)
    if member.kind is MemberKind.EVENT:
        return UNKNOWN
    if member.indexer:
        return IndexedProperty(type_name, attr)
    if through_class and not member.static:
        # A property descriptor: `Element.Name.GetValue(x)`.
        return UNKNOWN
    result = from_net(member.returns)
    if member.was:
        for _, _, version in walk.view.bits(walk.mask):
            result = join(result, from_net(member.returns_in(version)))
    return result


def _of_class(
    walk: Walk, receiver: ClassObject, attr: str, node: ast.Attribute, _store: bool
) -> Type:
    if receiver.reflected or attr.startswith("__") or attr in ("Overloads", "mro"):
        return UNKNOWN
    view = walk.view
    nested = view.type_lookup(f"{receiver.name}.{attr}")
    if nested is not None:
        return refer_type(walk, nested, node)
    lookup = view.member_lookup(receiver.name, attr, exact=True)
    if lookup is None:
        return Builtin(f"{receiver.name}.{attr}") if receiver.name[:7] == "System." else UNKNOWN
    members = lookup.newest
    is_enum = bool(members) and members[0].is_enum_value
    kind = ReferenceKind.ENUM_MEMBER if is_enum else ReferenceKind.MEMBER
    _judge(walk, lookup, receiver.name, attr, kind, node)
    if not members:
        return UNKNOWN
    return _value(walk, receiver, receiver.name, attr, members, through_class=True)


def _judge(
    walk: Walk, lookup: Lookup, owner: str, attr: str, kind: ReferenceKind, node: ast.AST
) -> None:
    if walk.silent or not walk.mask:
        return
    situation = walk.situation(attr)
    if lookup.of_subtypes:
        kind = ReferenceKind.SUBTYPE_MEMBER
    absent = walk.judge.refer(lookup, kind, node, situation)
    if absent:
        walk.absent_in_try |= absent
        walk.judge.missing(lookup, owner, attr, node, situation, absent)
    elif lookup.obsolete:
        walk.judge.obsolete(lookup, f"{owner.rpartition('.')[2]}.{attr}", node, situation)


_Handler = Callable[[Walk, Any, str, ast.Attribute, bool], Type]
_BY_RECEIVER: dict[type[Type], _Handler] = {
    Instance: _of_instance,
    ClassObject: _of_class,
    Namespace: lambda walk, of, attr, node, _: of_namespace(walk, of.name, attr, node),
    PythonName: lambda walk, of, attr, node, _: of_python(walk, of.name, attr, node),
    PythonInstance: lambda walk, of, attr, node, _: of_python_instance(walk, of.name, attr, node),
    Module: lambda _walk, of, attr, _node, _: Builtin(f"{of.name}.{attr}"),
    LibraryModule: lambda walk, of, attr, _node, _: library_member(walk, of, attr),
    LocalClass: lambda walk, of, attr, _node, _: member_of(walk, of, attr),
    LocalInstance: lambda walk, of, attr, _node, _: attribute_of(walk, of.of, attr),
    Union: _of_union,
    Growing: lambda _walk, of, attr, _node, _: ContainerMethod(of, attr),
    Mapping: lambda _walk, of, attr, _node, _: ContainerMethod(of, attr),
    Sequence: lambda _walk, of, attr, _node, _: ContainerMethod(of, attr),
    Items: lambda _walk, of, attr, _node, _: ContainerMethod(of, attr),
    Builtin: lambda _walk, of, attr, _node, _: Builtin(f"{of.name}.{attr}"),
}
