"""Rules about folders: their types, their nesting, their names."""

from collections.abc import Iterator
from difflib import get_close_matches

from revitron_grpc.analysis.findings import Severity
from revitron_grpc.bundles.button import BUNDLE, ICON, ICON_DARK, SCRIPT
from revitron_grpc.bundles.extension import Component, Extension
from revitron_grpc.bundles.folder_kinds import (
    COMMANDS,
    GROUPS,
    MAY_CONTAIN,
    SCRIPTED,
    Kind,
    split_postfix,
)
from revitron_grpc.bundles.names import collision_key, control_name
from revitron_grpc.bundles.rules.registry import Hit, KnownNames, rule

_FORBIDDEN = frozenset('\\/:*?"<>|')
_MAX_PATH = 200
"""Characters of a relative path that still leave room for where an extension usually lies."""


@rule("BND001", "unknown-postfix", Severity.ERROR, "The folder is ignored without a message.")
def _unknown_postfix(extension: Extension, _known: KnownNames) -> Iterator[Hit]:
    for component in extension.components():
        if component.kind is None:
            near = get_close_matches(component.postfix, list(Kind), n=1)
            yield Hit(
                component.path,
                f"pyRevit knows no folder type .{component.postfix}",
                f"rename it to {component.name}.{near[0]}" if near else "",
            )


@rule("BND002", "wrong-nesting", Severity.ERROR, "The folder is not put on the ribbon.")
def _wrong_nesting(extension: Extension, _known: KnownNames) -> Iterator[Hit]:
    for parent, children in extension.parents():
        container = None if parent is extension.root else parent.kind
        if container is None and parent is not extension.root:
            continue
        allowed = MAY_CONTAIN[container]
        where = f".{container}" if container else "the root of an extension"
        for child in children:
            if child.kind is not None and child.kind not in allowed:
                yield Hit(
                    child.path,
                    f".{child.kind} does not belong into {where}",
                    f"{where} takes "
                    + (", ".join(f".{k}" for k in sorted(allowed)) or "files only"),
                )


@rule("BND003", "stack-size", Severity.ERROR, "Revit refuses the stack.")
def _stack_size(extension: Extension, _known: KnownNames) -> Iterator[Hit]:
    for component in extension.components():
        if component.kind is Kind.STACK and len(component.children) not in (2, 3):
            yield Hit(
                component.path,
                f"has {len(component.children)} items; a stack takes 2 or 3",
                "move items to another stack, or straight into the panel",
            )


def _commands_below(component: Component) -> bool:
    items = COMMANDS | {Kind.COMBOBOX}
    return any(below.kind in items for below in component.walk() if below is not component)


@rule("BND004", "empty-group", Severity.WARNING, "The group is an item that opens nothing.")
def _empty_group(extension: Extension, _known: KnownNames) -> Iterator[Hit]:
    for component in extension.components():
        if component.kind in GROUPS and not _commands_below(component):
            yield Hit(component.path, "holds no command", "add one, or remove the folder")


@rule("BND005", "empty-panel", Severity.WARNING, "The panel or tab is empty or left out.")
def _empty_panel(extension: Extension, _known: KnownNames) -> Iterator[Hit]:
    for component in extension.components():
        if component.kind in (Kind.TAB, Kind.PANEL) and not _commands_below(component):
            yield Hit(component.path, "holds no command", "add one, or remove the folder")


@rule("BND006", "no-script", Severity.ERROR, "The button does nothing or is not made.")
def _no_script(extension: Extension, _known: KnownNames) -> Iterator[Hit]:
    for component in extension.components():
        if component.kind in SCRIPTED and not component.scripts:
            yield Hit(component.path, "holds no script", "add script.py")


@rule("BND007", "two-scripts", Severity.WARNING, "Which one runs depends on the loader.")
def _two_scripts(extension: Extension, _known: KnownNames) -> Iterator[Hit]:
    for component in extension.components():
        if component.kind in SCRIPTED and len(component.scripts) > 1:
            names = ", ".join(script.path.name for script in component.scripts)
            yield Hit(component.path, f"holds several scripts: {names}", "keep script.py only")


def _has_text(component: Component, key: str) -> bool:
    return component.bundle is not None and bool(component.bundle.parsed.values.get(key))


@rule("BND008", "no-hyperlink", Severity.ERROR, "The button opens nothing.")
def _no_hyperlink(extension: Extension, _known: KnownNames) -> Iterator[Hit]:
    for component in extension.components():
        if component.kind is Kind.URLBUTTON and not _has_text(component, "hyperlink"):
            yield Hit(component.path, "has no hyperlink", "write hyperlink: into bundle.yaml")


@rule("BND009", "no-assembly", Severity.ERROR, "The button is not made.")
def _no_assembly(extension: Extension, _known: KnownNames) -> Iterator[Hit]:
    needed = {
        Kind.LINKBUTTON: ("assembly", "command_class"),
        Kind.INVOKEBUTTON: ("assembly",),
    }
    for component in extension.components():
        for key in needed.get(component.kind, ()) if component.kind else ():
            if not _has_text(component, key):
                yield Hit(component.path, f"has no {key}", f"write {key}: into bundle.yaml")


@rule("BND010", "same-control-id", Severity.ERROR, "Revit throws, or one button hides another.")
def _same_control_id(extension: Extension, _known: KnownNames) -> Iterator[Hit]:
    seen: dict[str, Component] = {}
    for component in extension.components():
        if component.kind is None:
            continue
        stems = tuple(split_postfix(part)[0] for part in component.path.parts)
        first = seen.setdefault(control_name((extension.name, *stems)), component)
        if first is not component:
            yield Hit(
                component.path,
                f"gets the same control id as {first.path}",
                "rename one; blanks and letter case do not tell them apart",
            )


@rule("BND011", "same-name-in-panel", Severity.ERROR, "Revit throws while it makes the panel.")
def _same_name_in_panel(extension: Extension, _known: KnownNames) -> Iterator[Hit]:
    for panel in (c for c in extension.components() if c.kind is Kind.PANEL):
        seen: dict[str, Component] = {}
        stacks = panel.of_kind(Kind.STACK)
        for item in (*panel.children, *(child for stack in stacks for child in stack.children)):
            if item.kind is Kind.STACK:
                continue
            first = seen.setdefault(collision_key(item.name), item)
            if first.path.parent != item.path.parent:
                yield Hit(
                    item.path,
                    f"has the name of {first.path}; items of stacks are items of their panel",
                    "rename one",
                )


@rule("BND012", "folder-name", Severity.WARNING, "Loaders cut it wrongly, or Windows refuses it.")
def _folder_name(extension: Extension, _known: KnownNames) -> Iterator[Hit]:
    for component in extension.components():
        reason = ""
        if "." in component.name:
            reason = "has a dot before its postfix"
        elif bad := sorted(_FORBIDDEN & set(component.name)):
            reason = f"has characters that Windows refuses: {' '.join(bad)}"
        elif component.name != component.name.strip():
            reason = "has a blank at an end of its stem"
        elif len(str(component.path)) > _MAX_PATH:
            reason = f"has a path of {len(str(component.path))} characters; Windows stops at 260"
        if reason:
            yield Hit(
                component.path, reason, "use letters, digits, blanks and hyphens, and be brief"
            )


@rule("BND039", "misspelt-file", Severity.WARNING, "The file is never read.")
def _misspelt_file(extension: Extension, _known: KnownNames) -> Iterator[Hit]:
    read_by_name = (BUNDLE, SCRIPT, ICON, ICON_DARK)
    for component in extension.components():
        for name in component.files:
            lowered = name.lower()
            if lowered.endswith(read_by_name) or component.kind is None:
                continue
            near = get_close_matches(lowered, read_by_name, n=1, cutoff=0.85)
            if near and near[0] not in component.files:
                yield Hit(
                    component.path / name,
                    f"looks like {near[0]} misspelt",
                    f"rename it to {near[0]}",
                )
