"""Rules about the files of a command: script, icons, encodings."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from revitron_grpc.analysis.findings import Severity
from revitron_grpc.bundles.bundle_yaml import MAX_BYTES
from revitron_grpc.bundles.extension import Component, Extension, ScriptFile
from revitron_grpc.bundles.folder_kinds import SCRIPTED, Kind
from revitron_grpc.bundles.reader import MAX_SCRIPT_BYTES
from revitron_grpc.bundles.rules.python_files import (
    absolute_imports,
    imports_module,
    only_in_python3,
    parsed,
)
from revitron_grpc.bundles.rules.registry import Hit, KnownNames, rule

MAX_ICON_SIDE = 96
"""Pixels; above that pyRevit logs a warning (check_icon_size)."""
CPYTHON_LINE = "#! python3"
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_METADATA = re.compile(
    r"^(__(?:title|doc|authors?|helpurl|context|min_revit_ver|max_revit_ver|beta|highlight)__)\s*=",
    re.MULTILINE,
)
_ENGINE_LIKE = re.compile(r"^#\s*!.*python\s*3?", re.IGNORECASE)


def _python_scripts(extension: Extension) -> Iterator[tuple[Component, ScriptFile, str]]:
    for component in extension.components():
        if component.kind in SCRIPTED:
            for script in component.scripts:
                text = script.text
                if script.is_python and text is not None and len(script.data) <= MAX_SCRIPT_BYTES:
                    yield component, script, text


def _runs_in_cpython(text: str) -> bool:
    return text.split("\n", 1)[0].strip() == CPYTHON_LINE


@rule("BND026", "forms-in-cpython", Severity.ERROR, "The import fails at the first click.")
def _forms_in_cpython(extension: Extension, _known: KnownNames) -> Iterator[Hit]:
    for _, script, text in _python_scripts(extension):
        if _runs_in_cpython(text):
            tree = parsed(text)
            if tree is not None and imports_module(tree, "pyrevit.forms"):
                yield Hit(
                    script.path,
                    "imports pyrevit.forms, which is a stub under CPython",
                    f"remove the line {CPYTHON_LINE}, or ask with TaskDialog",
                )


@rule("BND027", "python3-syntax", Severity.WARNING, "A SyntaxError in the default IronPython 2.7.")
def _python3_syntax(extension: Extension, _known: KnownNames) -> Iterator[Hit]:
    for _, script, text in _python_scripts(extension):
        tree = None if _runs_in_cpython(text) else parsed(text)
        if tree is not None and (found := only_in_python3(tree)):
            yield Hit(
                script.path,
                f"uses {found[0]} in line {found[1]}, which IronPython 2.7 cannot parse",
                f"write it for Python 2.7, or begin the file with {CPYTHON_LINE}",
            )


def _icons(extension: Extension) -> Iterator[Component]:
    for component in extension.components():
        if component.icon is not None or component.icon_dark is not None:
            yield component


@rule("BND028", "icon-not-png", Severity.ERROR, "The button has no icon.")
def _icon_not_png(extension: Extension, _known: KnownNames) -> Iterator[Hit]:
    for component in _icons(extension):
        for icon in (component.icon, component.icon_dark):
            if icon is not None and not icon.is_png:
                yield Hit(icon.path, "is no PNG, whatever its name says", "save it as PNG")


@rule("BND029", "icon-not-square", Severity.WARNING, "The icon is drawn out of shape.")
def _icon_not_square(extension: Extension, _known: KnownNames) -> Iterator[Hit]:
    for component in _icons(extension):
        for icon in (component.icon, component.icon_dark):
            if icon is not None and icon.width != icon.height:
                yield Hit(
                    icon.path,
                    f"has {icon.width}x{icon.height} pixels, which is no square",
                    f"make it {MAX_ICON_SIDE}x{MAX_ICON_SIDE} with transparency",
                )


@rule("BND030", "icon-too-big", Severity.WARNING, "pyRevit logs a warning at each load.")
def _icon_too_big(extension: Extension, _known: KnownNames) -> Iterator[Hit]:
    for component in _icons(extension):
        for icon in (component.icon, component.icon_dark):
            if icon is not None and max(icon.width, icon.height) > MAX_ICON_SIDE:
                yield Hit(
                    icon.path,
                    f"has {icon.width}x{icon.height} pixels; {MAX_ICON_SIDE} is the most",
                    f"make it {MAX_ICON_SIDE}x{MAX_ICON_SIDE}",
                )


@rule("BND031", "no-dark-icon", Severity.INFO, "Hard to see in Revit's dark theme from 2024 on.")
def _no_dark_icon(extension: Extension, _known: KnownNames) -> Iterator[Hit]:
    for component in _icons(extension):
        if component.icon is not None and component.icon_dark is None:
            yield Hit(component.icon.path, "has no icon.dark.png beside it", "add one")


def _text_files(extension: Extension) -> Iterator[tuple[PurePosixPath, bytes]]:
    """Yield bundle.yaml files and scripts, but for those too long to have been read whole."""
    for component in extension.root.walk():
        bundle = component.bundle
        if bundle is not None and len(bundle.data) <= MAX_BYTES:
            yield bundle.path, bundle.data
        for script in component.scripts:
            if len(script.data) <= MAX_SCRIPT_BYTES:
                yield script.path, script.data


@rule("BND032", "byte-order-mark", Severity.WARNING, "The first line is not what it seems.")
def _byte_order_mark(extension: Extension, _known: KnownNames) -> Iterator[Hit]:
    for path, data in _text_files(extension):
        if data.startswith(_BYTE_ORDER_MARK):
            yield Hit(path, "starts with a byte order mark", "save it as UTF-8 without BOM")


@rule("BND033", "not-utf8", Severity.ERROR, "The loader fails, or letters turn into others.")
def _not_utf8(extension: Extension, _known: KnownNames) -> Iterator[Hit]:
    for path, data in _text_files(extension):
        try:
            data.decode("utf-8")
        except UnicodeDecodeError as error:
            yield Hit(path, f"is not UTF-8 (byte {error.start})", "save it as UTF-8")


@rule("BND034", "tab-in-yaml", Severity.WARNING, "Some loaders refuse the file.")
def _tab_in_yaml(extension: Extension, _known: KnownNames) -> Iterator[Hit]:
    for component in extension.root.walk():
        if component.bundle is not None and b"\t" in component.bundle.data:
            line = component.bundle.data[: component.bundle.data.index(b"\t")].count(b"\n") + 1
            yield Hit(component.bundle.path, f"has a tab in line {line}", "indent by two blanks")


@rule("BND035", "metadata-twice", Severity.WARNING, "Which one counts depends on the loader.")
def _metadata_twice(extension: Extension, _known: KnownNames) -> Iterator[Hit]:
    for component, script, text in _python_scripts(extension):
        if component.bundle is not None and (found := _METADATA.search(text)):
            yield Hit(
                script.path,
                f"sets {found[1]} beside a bundle.yaml",
                "move it to bundle.yaml",
            )


@rule("BND036", "import-without-module", Severity.WARNING, "The import fails at the first click.")
def _import_without_module(extension: Extension, known: KnownNames) -> Iterator[Hit]:
    if not known.modules:
        return
    above = {component.path: component.modules for component in extension.root.walk()}
    for component, script, text in _python_scripts(extension):
        tree = parsed(text)
        if tree is None:
            continue
        own = frozenset().union(*(above.get(p, frozenset()) for p in component.path.parents))
        for name, line in absolute_imports(tree):
            if name not in known.modules and name not in own | component.modules:
                yield Hit(
                    script.path,
                    f"imports {name} in line {line}, which is not on the path of the script",
                    "put the module into the extension's lib folder",
                )


@rule("BND037", "engine-line", Severity.WARNING, "The script runs in IronPython instead.")
def _engine_line(extension: Extension, _known: KnownNames) -> Iterator[Hit]:
    for _, script, text in _python_scripts(extension):
        for number, line in enumerate(text.split("\n", 5)[:5], start=1):
            exact = line.strip() == CPYTHON_LINE
            if _ENGINE_LIKE.match(line) and not (exact and number == 1):
                why = f"stands in line {number}" if exact else "is not spelt as pyRevit wants it"
                yield Hit(
                    script.path, f"{line.strip()!r} {why}", f"write {CPYTHON_LINE} as first line"
                )


@rule("BND038", "no-selfinit", Severity.ERROR, "The smart button is made as any other, or fails.")
def _no_selfinit(extension: Extension, _known: KnownNames) -> Iterator[Hit]:
    for component, script, text in _python_scripts(extension):
        if component.kind is Kind.SMARTBUTTON and not re.search(r"\b__selfinit__\b", text):
            yield Hit(
                script.path,
                "defines no __selfinit__",
                "add def __selfinit__(script_cmp, ui_button_cmp, __rvt__)",
            )
