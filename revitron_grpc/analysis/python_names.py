"""Names of pyRevit's and Revitron's modules, classes and objects."""

import ast
import difflib

from revitron_grpc.analysis.library_types import (
    SELECTION,
    SELECTION_VALUES,
    VALUES,
)
from revitron_grpc.analysis.net_names import of_namespace
from revitron_grpc.analysis.references import ReferenceKind
from revitron_grpc.analysis.resolve import Lookup
from revitron_grpc.analysis.types import (
    UNKNOWN,
    ClassObject,
    Namespace,
    PerVersion,
    PythonName,
    Type,
    from_net,
)
from revitron_grpc.analysis.walk import Walk
from revitron_grpc.catalog.model import Presence, PythonKind


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


def of_python_instance(walk: Walk, owner: str, attr: str, node: ast.Attribute) -> Type:
    """An attribute of an object of a pyRevit or Revitron class."""
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
