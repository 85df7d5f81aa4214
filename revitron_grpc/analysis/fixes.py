"""Replacements that keep what a script does and make a finding go.

What may be replaced by what is a fact of its own here; whether both exist in the requested
versions is the catalog's. A replacement is offered only where it holds in every requested
version. `mend.py` applies them and looks whether the findings are gone.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from revitron_grpc.analysis.findings import Edit, Finding, Fix
from revitron_grpc.analysis.forge_types import forge_fix
from revitron_grpc.analysis.resolve import ApiView
from revitron_grpc.analysis.script_text import ScriptText
from revitron_grpc.catalog.model import Presence
from revitron_grpc.vocabulary import RevitVersion

SAME_MEANING: dict[str, str] = {
    "Autodesk.Revit.DB.ElementId.IntegerValue": "Value",
    "Autodesk.Revit.DB.Definition.GetSpecTypeId": "GetDataType",
    "Autodesk.Revit.DB.Floor.SlabShapeEditor": "GetSlabShapeEditor()",
    "Autodesk.Revit.DB.RoofBase.SlabShapeEditor": "GetSlabShapeEditor()",
    "Autodesk.Revit.DB.SlabShapeEditor.DrawPoint": "AddPoint",
    "Autodesk.Revit.DB.UnitUtils.GetAllSpecs": "GetAllMeasurableSpecs",
    "Autodesk.Revit.DB.UnitUtils.IsSpec": "IsMeasurableSpec",
}
"""Members and what says the same since: the obsolete notes name them, and parameters and results
are the same (a 64-bit number for a 32-bit one). Of the other replacements that the catalog knows
many measure or return something else, and those are left to people."""

_FIXABLE = frozenset({"RVT001", "RVT002", "RVT003"})
_DOTTED = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*")


def with_fixes(findings: Iterable[Finding], text: ScriptText, view: ApiView) -> tuple[Finding, ...]:
    """The findings, each with its fix where there is one."""
    return tuple(
        replace(finding, fix=fix_of(finding, text, view)) if finding.rule in _FIXABLE else finding
        for finding in findings
    )


def fix_of(finding: Finding, text: ScriptText, view: ApiView) -> Fix | None:
    """The replacement for one finding; None where no safe one is known."""
    return (
        _member(finding, text, view)
        or _enum_value(finding, text, view)
        or _namespace(finding, text, view)
        or forge_fix(finding, text, view)
    )


def _member(finding: Finding, text: ScriptText, view: ApiView) -> Fix | None:
    new = SAME_MEANING.get(finding.symbol)
    if new is None:
        return None
    owner, _, old = finding.symbol.rpartition(".")
    return _instead(finding, text, view, owner, old, new)


def _enum_value(finding: Finding, text: ScriptText, view: ApiView) -> Fix | None:
    """Another name of the same number."""
    owner, _, old = finding.symbol.rpartition(".")
    history = view.catalog.member_history(owner, old)
    value = next((m.enum_value for m in history if m.enum_value is not None), None)
    if finding.rule != "RVT002" or value is None:
        return None
    names: dict[str, None] = {}
    for version in reversed(view.versions):
        for member in view.catalog.enum_members_by_value(owner, value, version):
            if member.name != old and member.presence(version) is Presence.PRESENT:
                names[member.name] = None
    for new in sorted(names, key=lambda name: not _in_all(view, owner, name)):
        fix = _instead(finding, text, view, owner, old, new)
        if fix is not None:
            return fix
    return None


def _instead(
    finding: Finding, text: ScriptText, view: ApiView, owner: str, old: str, new: str
) -> Fix | None:
    """Return the new name where all versions have it, a choice where some have only the old."""
    name = new.removesuffix("()")
    if _in_all(view, owner, name):
        edit = text.last_name(finding, old, new)
        return None if edit is None else Fix(f"Replace {old} by {new}", (edit,))
    if finding.rule == "RVT003" or not _each_has_one(view, owner, old, name):
        return None
    # Both names in one expression: `hasattr` asks the object, whatever the version.
    span = text.span(finding)
    if span is None or not _DOTTED.fullmatch(span) or text.in_format_string(finding):
        return None
    receiver, _, last = span.rpartition(".")
    if last != old or not receiver:
        return None
    choice = f'{receiver}.{new} if hasattr({receiver}, "{name}") else {span}'
    if not text.is_enclosed(finding):
        choice = f"({choice})"
    edit = Edit(finding.line, finding.column, finding.end_line, finding.end_column, choice)
    return Fix(f"Use {new} where it exists, {old} otherwise", (edit,))


def _namespace(finding: Finding, text: ScriptText, view: ApiView) -> Fix | None:
    """A type that lies in one other namespace: `DB.Room` is `DB.Architecture.Room`."""
    namespace, _, simple = finding.symbol.rpartition(".")
    if finding.rule != "RVT001" or namespace != "Autodesk.Revit.DB":
        return None
    found = [
        api
        for api in view.catalog.types_named(simple)
        if api.outer is None and api.namespace.startswith(namespace + ".")
    ]
    if len(found) != 1 or any(
        found[0].presence(version) is not Presence.PRESENT for version in view.versions
    ):
        return None
    below = found[0].namespace.removeprefix(namespace + ".")
    span = text.span(finding)
    if span is None or not _DOTTED.fullmatch(span) or not span.endswith(f".{simple}"):
        return None
    edit = text.last_name(finding, simple, f"{below}.{simple}")
    return None if edit is None else Fix(f"Name the namespace {below}", (edit,))


def _in_all(view: ApiView, owner: str, name: str) -> bool:
    return all(_has(view, owner, name, version) for version in view.versions)


def _each_has_one(view: ApiView, owner: str, old: str, new: str) -> bool:
    return all(
        _has(view, owner, new, version) or _has(view, owner, old, version)
        for version in view.versions
    )


def _has(view: ApiView, owner: str, name: str, version: RevitVersion) -> bool:
    members = view.catalog.members(owner, name, version)
    return any(member.presence(version) is Presence.PRESENT for member in members)
