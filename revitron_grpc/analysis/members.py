"""Names and attributes: what they are, and whether they exist."""

import ast
import builtins
import difflib

from revitron_grpc.analysis.library_types import (
    BUILTIN_TYPES,
    ELEMENT,
    SELECTION,
    SELECTION_VALUES,
    VALUES,
)
from revitron_grpc.analysis.references import ReferenceKind
from revitron_grpc.analysis.resolve import Lookup
from revitron_grpc.analysis.types import (
    NONE,
    UNKNOWN,
    Builtin,
    ClassObject,
    IndexedProperty,
    Instance,
    LocalClass,
    LocalInstance,
    MethodGroup,
    Module,
    Namespace,
    PerVersion,
    PythonInstance,
    PythonName,
    Type,
    Union,
    from_net,
    join,
)
from revitron_grpc.analysis.walk import Walk
from revitron_grpc.catalog.model import Member, MemberKind, Presence, PythonKind

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


def refer_type(walk: Walk, lookup: Lookup, node: ast.AST) -> Type:
    """Judge the mention of a .NET type."""
    if walk.mask and not walk.silent:
        simple = lookup.symbol.rpartition(".")[2]
        situation = walk.situation(simple)
        absent = walk.judge.refer(lookup, ReferenceKind.TYPE, node, situation)
        if absent:
            walk.absent_in_try |= absent
            walk.judge.missing(lookup, lookup.symbol, "", node, situation, absent)
        else:
            walk.judge.obsolete(lookup, simple, node, situation)
    return ClassObject(lookup.symbol)


def attribute(
    walk: Walk, receiver: Type, attr: str, node: ast.Attribute, *, store: bool = False
) -> Type:
    """The type of `receiver.attr`, judged."""
    if attr == _UNREADABLE_NONE:
        attr = "None"
    if receiver is UNKNOWN:
        return UNKNOWN
    if isinstance(receiver, Instance):
        return _of_instance(walk, receiver, attr, node, store)
    if isinstance(receiver, ClassObject):
        return _of_class(walk, receiver, attr, node)
    if isinstance(receiver, Namespace):
        return of_namespace(walk, receiver.name, attr, node)
    if isinstance(receiver, PythonName):
        return of_python(walk, receiver.name, attr, node)
    if isinstance(receiver, PythonInstance):
        return _of_python_instance(walk, receiver.name, attr, node)
    if isinstance(receiver, Module):
        scope = walk.modules.get(receiver.name)
        if scope is not None:
            return scope.ever.get(attr, UNKNOWN)
        if f"{receiver.name}.{attr}" in walk.modules:
            return Module(f"{receiver.name}.{attr}")
        return Builtin(f"{receiver.name}.{attr}")
    if isinstance(receiver, LocalClass):
        return receiver.members.get(attr, UNKNOWN)
    if isinstance(receiver, LocalInstance):
        return receiver.of.members.get(attr, UNKNOWN)
    if isinstance(receiver, Union):
        return _of_union(walk, receiver, attr, node, store)
    if isinstance(receiver, Builtin):
        return Builtin(f"{receiver.name}.{attr}")
    return UNKNOWN


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


def _of_class(walk: Walk, receiver: ClassObject, attr: str, node: ast.Attribute) -> Type:
    if attr.startswith("__") or attr in ("Overloads", "mro"):
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
    absent = walk.judge.refer(lookup, kind, node, situation)
    if absent:
        walk.absent_in_try |= absent
        walk.judge.missing(lookup, owner, attr, node, situation, absent)
    elif lookup.obsolete:
        walk.judge.obsolete(lookup, f"{owner.rpartition('.')[2]}.{attr}", node, situation)


def of_namespace(walk: Walk, namespace: str, attr: str, node: ast.AST) -> Type:
    """A type or namespace inside a .NET namespace, judged."""
    full = f"{namespace}.{attr}" if namespace else attr
    view = walk.view
    lookup = view.type_lookup(full)
    if lookup is not None:
        return refer_type(walk, lookup, node)
    if not full.startswith("Autodesk."):
        return _system(full)
    if view.namespace_exists(full):
        return Namespace(full)
    if attr.startswith("__") or not view.namespace_exists(namespace):
        return UNKNOWN
    if all(
        view.catalog.type_presence(full, version) is not Presence.ABSENT
        for version in view.versions
    ):
        return UNKNOWN
    if walk.mask and not walk.silent:
        situation = walk.situation(attr)
        absent = view.full
        lookup = Lookup(full, 0, absent, 0, 0)
        absent = walk.judge.refer(lookup, ReferenceKind.TYPE, node, situation)
        walk.absent_in_try |= absent
        elsewhere = view.catalog.types_named(attr)
        severity = walk.judge.severity(situation, absent)
        if severity is not None:
            gone = view.catalog.gone_before(full)
            first = view.catalog.versions[0]
            walk.judge.report(
                "RVT001",
                severity,
                f"{full} does not exist" + (f" in Revit {first} and later" if gone else ""),
                node,
                symbol=full,
                mask=absent,
                suggestion=f"it is {elsewhere[0].name}" if elsewhere else "",
            )
    return UNKNOWN


def _system(full: str) -> Type:
    """A name below `System`: a class, unless it is one of the namespaces that scripts use."""
    if full.startswith("System.") and not full.endswith(_NAMESPACE_PARTS):
        return ClassObject(full)
    return Namespace(full)


_NAMESPACE_PARTS = (
    "System.Collections",
    "Collections.Generic",
    "Collections.ObjectModel",
    "System.Windows",
    "System.Drawing",
    "System.IO",
    "System.Net",
    "System.Diagnostics",
    "System.Text",
    "System.Threading",
    "System.Data",
    "System.Reflection",
    "System.Linq",
    "Windows.Forms",
    "Windows.Controls",
    "Windows.Media",
)


# Modules that bind all their names in plain sight. pyRevit's other modules bind some under
# conditions or take them from .NET (`pyrevit.framework.wpf`, `pyrevit.userconfig.user_config`).
_READ_IN_FULL = (
    "pyrevit.forms.",
    "pyrevit.script.",
    "pyrevit.revit.",
    "pyrevit.HOST_APP.",
    "revitron.",
)


def _is_certain(walk: Walk, owner: str, attr: str) -> bool:
    if not f"{owner}.".startswith(_READ_IN_FULL) and owner != "pyrevit":
        return False
    # A module may have taken a .NET name over from `pyrevit.framework` without exporting it.
    api = walk.view.catalog.python_api
    return api.presence(f"pyrevit.framework.{attr}") is not Presence.PRESENT


def of_python(walk: Walk, owner: str, attr: str, node: ast.AST) -> Type:
    """An attribute of a module, class or object of pyRevit or Revitron, judged."""
    full = f"{owner}.{attr}"
    known = VALUES.get(full)
    api = walk.view.catalog.python_api
    if known is not None:
        refer_python(walk, full, Presence.PRESENT, node)
        return known
    if attr.startswith("__"):
        return UNKNOWN
    presence = api.presence(full)
    if presence is Presence.ABSENT and not _is_certain(walk, owner, attr):
        presence = Presence.UNKNOWN
    refer_python(walk, full, presence, node)
    if full == "pyrevit.HOST_APP.version":
        return PerVersion(tuple(int(version) for version in walk.view.versions))
    if presence is Presence.ABSENT:
        return UNKNOWN
    resolved = api.resolve(full)
    if resolved in VALUES:
        return VALUES[resolved]
    if resolved.startswith("Autodesk."):
        parent, _, last = resolved.rpartition(".")
        if walk.view.namespace_exists(resolved):
            return Namespace(resolved)
        return of_namespace(walk, parent, last, node)
    entry = api.entry(full)
    if entry is None:
        return PythonName(resolved) if api.is_known_module(resolved) else UNKNOWN
    if entry.target and entry.target.startswith("Autodesk."):
        if walk.view.namespace_exists(entry.target):
            return Namespace(entry.target)
        lookup = walk.view.type_lookup(entry.target)
        return ClassObject(lookup.symbol) if lookup is not None else UNKNOWN
    if entry.kind is PythonKind.PROPERTY or (
        entry.kind is PythonKind.MODULE_ATTRIBUTE and entry.type
    ):
        stated = entry.returns or entry.type or ""
        return from_net(stated) if stated.startswith("Autodesk.") else UNKNOWN
    if entry.kind in (PythonKind.CONSTANT, PythonKind.CLASS_ATTRIBUTE):
        return UNKNOWN
    return PythonName(entry.name)


def refer_python(walk: Walk, full: str, presence: Presence, node: ast.AST) -> None:
    """Record a name of pyRevit or Revitron, and report it where it does not exist."""
    if walk.silent or not walk.mask:
        return
    full_mask = walk.view.full
    present = full_mask if presence is Presence.PRESENT else 0
    absent = full_mask if presence is Presence.ABSENT else 0
    unknown = full_mask if presence is Presence.UNKNOWN else 0
    situation = walk.situation(full.rpartition(".")[2])
    lookup = Lookup(full, present, absent, unknown, 0)
    missing = walk.judge.refer(lookup, ReferenceKind.PYTHON, node, situation)
    if missing:
        walk.absent_in_try |= missing
        severity = walk.judge.severity(situation, missing)
        if severity is not None:
            walk.judge.report(
                "RVT006",
                severity,
                f"{full} does not exist in the pyRevit and Revitron releases known",
                node,
                symbol=full,
                mask=missing,
                suggestion=_similar_python(walk, full),
            )


def _similar_python(walk: Walk, full: str) -> str:
    parent, _, last = full.rpartition(".")
    names = sorted({one.simple_name for one in walk.view.catalog.python_api.members_of(parent)})
    close = difflib.get_close_matches(last, names, n=1, cutoff=0.6)
    return f"did you mean {close[0]}?" if close else ""


def _of_python_instance(walk: Walk, owner: str, attr: str, node: ast.Attribute) -> Type:
    if owner == SELECTION and attr in SELECTION_VALUES:
        return SELECTION_VALUES[attr]
    if attr.startswith("_"):
        return UNKNOWN
    api = walk.view.catalog.python_api
    full = f"{owner}.{attr}"
    presence = api.presence(full)
    if presence is Presence.ABSENT:
        # An object may be given attributes at run time: a class alone does not tell.
        presence = Presence.UNKNOWN
    refer_python(walk, full, presence, node)
    entry = api.entry(full)
    if entry is not None and entry.kind is PythonKind.METHOD:
        return PythonName(entry.name)
    return UNKNOWN
