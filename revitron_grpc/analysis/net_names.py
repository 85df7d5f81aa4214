"""Names in .NET namespaces: types and what lies below them."""

import ast

from revitron_grpc.analysis.references import ReferenceKind
from revitron_grpc.analysis.replacements import instead_of
from revitron_grpc.analysis.resolve import Lookup
from revitron_grpc.analysis.types import (
    UNKNOWN,
    ClassObject,
    Namespace,
    Type,
)
from revitron_grpc.analysis.walk import Walk
from revitron_grpc.catalog.model import Presence


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
                suggestion=f"it is {elsewhere[0].name}" if elsewhere else instead_of(view, full),
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
