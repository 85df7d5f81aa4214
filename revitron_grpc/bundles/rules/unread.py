"""Rules about files and keys that a loader passes over without a word."""

import json
import re
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import PurePosixPath

from revitron_grpc.analysis.findings import Severity
from revitron_grpc.bundles.button import BUNDLE
from revitron_grpc.bundles.extension import BundleFile, Component, Extension
from revitron_grpc.bundles.folder_kinds import COMMANDS, GROUPS, SCRIPTED, Kind
from revitron_grpc.bundles.rules.registry import Hit, KnownNames, rule

_OTHER_PICTURES = frozenset((".jpg", ".jpeg", ".bmp", ".gif", ".ico", ".svg", ".tif", ".tiff"))
_LINKED = frozenset((Kind.LINKBUTTON, Kind.INVOKEBUTTON))
_CONTAINERS = frozenset((None, Kind.TAB, Kind.PANEL, Kind.STACK)) | GROUPS
_READ_ON: dict[str, frozenset[Kind | None]] = {
    **dict.fromkeys(("engine", "modules", "context"), frozenset[Kind | None](COMMANDS)),
    **dict.fromkeys(("assembly", "command_class", "availability_class"), frozenset(_LINKED)),
    **dict.fromkeys(("content", "content_alt"), frozenset((Kind.CONTENT,))),
    **dict.fromkeys(("collapsed", "background", "background_dark"), frozenset((Kind.PANEL,))),
    **dict.fromkeys(("layout", "layout_order"), _CONTAINERS),
    "hyperlink": frozenset((Kind.URLBUTTON,)),
    "members": frozenset((Kind.COMBOBOX,)),
}
"""The folder types that a loader reads a key on; None is the extension's root."""
_ENGINE_KEYS = frozenset(
    "clean full_frame persistent mainthread type automate dynamo_path dynamo_path_exec "
    "dynamo_path_check_existing dynamo_force_manual_run dynamo_model_nodes_info".split()
)
_GLOBALS = frozenset(
    f"__{name}__"
    for name in (
        "title doc author authors helpurl context min_revit_ver max_revit_ver beta highlight "
        "cleanengine fullframeengine persistentengine"
    ).split()
)
"""What the loaders read of a script's own names."""
_OF_PYTHON = frozenset(
    f"__{name}__"
    for name in "all annotations builtins cached contact copyright credits date email file license "
    "loader maintainer name package path revit shiftclick spec status version selfinit".split()
)
_ASSIGNED = re.compile(r"^(__[a-z_]+?__)\s*=", re.MULTILINE)
_COLOUR = re.compile(r"#(?:[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})")
HOOKS = frozenset(
    "app-init app-closing app-idling command-before-exec command-can-exec command-exec "
    "doc-changed doc-closed doc-closing doc-created doc-creating doc-opened doc-opening "
    "doc-printed doc-printing doc-saved doc-saving doc-saved-as doc-saving-as doc-synced "
    "doc-syncing doc-updater doc-worksharing-enabled dock-focus-changed dock-visibility-changed "
    "fabparts-browser-changed failure-processing family-loaded family-loading file-exported "
    "file-exporting file-imported file-importing formula-editing journal-command-exec "
    "journal-updated link-opened link-opening options-showing progress-changed theme-changed "
    "transferred-project-standards transferring-project-standards type-duplicated "
    "type-duplicating view-activated view-activating view-exported view-exporting view-printed "
    "view-printing worksharing-ops-progress-changed".split()
)
"""Events that a file in hooks/ may be named after (EventHooks.cs)."""
_HOOK_ENDINGS = frozenset((".py", ".cs", ".vb"))


def _bundles(extension: Extension) -> Iterator[tuple[Component, BundleFile]]:
    for component in extension.root.walk():
        # A lone bundle stands at the root as well: only what has tabs is an extension's.
        root = component is extension.root and bool(extension.tabs)
        known = component.kind is not None or root
        if component.bundle is not None and known:
            yield component, component.bundle


@rule("BND040", "old-layout-file", Severity.WARNING, "The file is read by neither loader.")
def _old_layout_file(extension: Extension, _known: KnownNames) -> Iterator[Hit]:
    for component in extension.root.walk():
        if "_layout" in component.files:
            yield Hit(
                component.path / "_layout", "is no longer read", "write layout: into bundle.yaml"
            )


@rule("BND041", "file-of-one-loader", Severity.WARNING, "The C# loader does not read the file.")
def _file_of_one_loader(extension: Extension, _known: KnownNames) -> Iterator[Hit]:
    for component in extension.components():
        for name in component.files:
            for wanted in (BUNDLE, "config.py") if component.kind in COMMANDS else (BUNDLE,):
                if name.lower().endswith(wanted) and name.lower() != wanted:
                    yield Hit(
                        component.path / name,
                        "is read by the Python loader only",
                        f"rename it to {wanted}, also where it is imported",
                    )


@rule("BND042", "icon-of-another-kind", Severity.WARNING, "The button has no icon.")
def _icon_of_another_kind(extension: Extension, _known: KnownNames) -> Iterator[Hit]:
    for component in extension.components():
        if component.kind is None or component.icon is not None:
            continue
        for name in component.files:
            path = PurePosixPath(name.lower())
            if path.stem == "icon" and path.suffix in _OTHER_PICTURES:
                yield Hit(component.path / name, "is no PNG", "save it as icon.png")


@rule("BND043", "no-family-file", Severity.ERROR, "The button places nothing.")
def _no_family_file(extension: Extension, _known: KnownNames) -> Iterator[Hit]:
    for component in extension.components():
        if component.kind is not Kind.CONTENT:
            continue
        named = component.bundle is not None and component.bundle.parsed.values.get("content")
        if not named and not any(name.lower().endswith(".rfa") for name in component.files):
            yield Hit(component.path, "holds no family", "add content.rfa")


@rule("BND044", "combobox-without-members", Severity.ERROR, "The box is empty.")
def _combobox_without_members(extension: Extension, _known: KnownNames) -> Iterator[Hit]:
    for component in extension.components():
        if component.kind is Kind.COMBOBOX and not (
            component.bundle is not None and component.bundle.parsed.values.get("members")
        ):
            yield Hit(component.path, "has no members", "write members: into bundle.yaml")


@rule("BND045", "two-panelbuttons", Severity.ERROR, "A panel has one arrow in its corner.")
def _two_panelbuttons(extension: Extension, _known: KnownNames) -> Iterator[Hit]:
    for component in extension.components():
        if component.kind is Kind.PANEL:
            for second in component.of_kind(Kind.PANELBUTTON)[1:]:
                yield Hit(
                    second.path, "is the second panelbutton of its panel", "make it a pushbutton"
                )


@rule("BND046", "key-without-effect", Severity.WARNING, "The key does nothing here.")
def _key_without_effect(extension: Extension, _known: KnownNames) -> Iterator[Hit]:
    for component, bundle in _bundles(extension):
        kind = component.kind if component is not extension.root else None
        values = bundle.parsed.values
        for key in values:
            read_on = _READ_ON.get(key)
            if read_on is not None and kind not in read_on:
                where = ", ".join(sorted(f".{one}" for one in read_on if one is not None))
                here = f"a .{kind}" if kind is not None else "the root of an extension"
                yield Hit(bundle.path, f"{key} does nothing on {here}", f"it is for {where}")
        if "author" in values and "authors" in values:
            yield Hit(bundle.path, "author does nothing beside authors", "keep authors")


@rule("BND047", "unknown-engine-key", Severity.WARNING, "The engine runs as if it were not there.")
def _unknown_engine_key(extension: Extension, _known: KnownNames) -> Iterator[Hit]:
    for _, bundle in _bundles(extension):
        engine = bundle.parsed.values.get("engine")
        for key in engine if isinstance(engine, dict) else ():
            if str(key) not in _ENGINE_KEYS:
                near = get_close_matches(str(key), sorted(_ENGINE_KEYS), n=1)
                yield Hit(
                    bundle.path,
                    f"engine has the unknown key {key}",
                    f"write {near[0]}" if near else "",
                )


@rule("BND048", "misspelt-global", Severity.WARNING, "The line does nothing.")
def _misspelt_global(extension: Extension, _known: KnownNames) -> Iterator[Hit]:
    for component in extension.components():
        for script in component.scripts if component.kind in SCRIPTED else ():
            for name in _ASSIGNED.findall((script.is_python and script.text) or ""):
                if name in _GLOBALS or name in _OF_PYTHON:
                    continue
                near = get_close_matches(name, sorted(_GLOBALS), n=1, cutoff=0.8)
                if near:
                    yield Hit(
                        script.path, f"sets {name}, which no loader reads", f"write {near[0]}"
                    )


@rule("BND049", "unknown-hook", Severity.WARNING, "The file is never run.")
def _unknown_hook(extension: Extension, _known: KnownNames) -> Iterator[Hit]:
    for name in extension.hooks:
        path = PurePosixPath(name)
        stem = path.stem.partition("[")[0].lower()
        if path.suffix.lower() not in _HOOK_ENDINGS or name.startswith(("_", ".")):
            continue
        where = PurePosixPath("hooks", name)
        if stem not in HOOKS:
            near = get_close_matches(stem, sorted(HOOKS), n=1)
            # Modules that the hooks import lie beside them.
            if near or "-" in stem:
                yield Hit(
                    where,
                    "is named after no event of pyRevit",
                    f"rename it to {near[0]}{path.suffix}" if near else "",
                )
        elif stem.startswith("command-") and "[" not in path.stem:
            yield Hit(
                where,
                "names no command of Revit",
                f"rename it to {stem}[ID_OF_COMMAND]{path.suffix}",
            )


@rule("BND050", "extension-json", Severity.ERROR, "The extension is not listed, or with no name.")
def _extension_json(extension: Extension, _known: KnownNames) -> Iterator[Hit]:
    if extension.definition is None:
        return
    where = PurePosixPath("extension.json")
    try:
        told = json.loads(extension.definition.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        yield Hit(where, f"is no JSON: {error}"[:200], "mend it, or remove the file")
        return
    if not isinstance(told, dict):
        yield Hit(where, "is no JSON object", "write an object with type, name and description")
    elif told.get("type", "extension") not in ("extension", "lib"):
        yield Hit(where, f"has the unknown type {told['type']!r}", "write extension or lib")


@rule("BND051", "bad-colour", Severity.WARNING, "The panel keeps its colour.")
def _bad_colour(extension: Extension, _known: KnownNames) -> Iterator[Hit]:
    for component, bundle in _bundles(extension):
        if component.kind is not Kind.PANEL:
            continue
        for key in ("background", "background_dark"):
            value = bundle.parsed.values.get(key)
            for one in value.values() if isinstance(value, dict) else (value,):
                if one is not None and not _COLOUR.fullmatch(str(one)):
                    yield Hit(
                        bundle.path,
                        f"{key} has {one}, which is no colour of the form #RRGGBB or #AARRGGBB",
                        "write it in quotes: '#4080C0'",
                    )
