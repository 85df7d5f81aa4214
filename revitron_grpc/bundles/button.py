"""What a button's folder holds, before it has a place on the ribbon."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePosixPath
from types import MappingProxyType

from revitron_grpc.bundles.names import is_folder_name
from revitron_grpc.errors import FieldViolation
from revitron_grpc.recipes.pyrevit_words import LOCALES
from revitron_grpc.vocabulary import Category, RevitVersion

SCRIPT = "script.py"
CONFIG = "config.py"
BUNDLE = "bundle.yaml"
ICON = "icon.png"
ICON_DARK = "icon.dark.png"

_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_FORBIDDEN_IN_FILES = frozenset('\\:*?"<>|')


class Highlight(StrEnum):
    """The mark that pyRevit puts on a button."""

    NEW = "new"
    UPDATED = "updated"


def _nothing() -> Mapping[str, str]:
    return MappingProxyType({})


def _no_files() -> Mapping[str, bytes]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class ButtonFolder:
    """One pushbutton: its script, its metadata, its icons and where it would like to stand.

    `name` is the wished folder stem; the ribbon plan may number or shorten it. `titles` and
    `tooltips` are by pyRevit's locale codes (`de_de`); the English text stands in `title` and
    `tooltip`. All `context` tokens must hold for the button to be live; none means that an open
    document is enough. `files` are further files by their path inside the folder, such as
    `config.py` or an example CSV. Buttons with the same `panel` and `group` share a pulldown; an
    empty `panel` means the panel of the category.
    """

    id: str
    name: str
    title: str
    tooltip: str
    script: str
    icon_light: bytes
    icon_dark: bytes
    category: Category
    panel: str = ""
    group: str = ""
    titles: Mapping[str, str] = field(default_factory=_nothing)
    tooltips: Mapping[str, str] = field(default_factory=_nothing)
    author: str = ""
    context: tuple[str, ...] = ()
    min_revit: RevitVersion | None = None
    max_revit: RevitVersion | None = None
    highlight: Highlight | None = None
    help_url: str = ""
    recipe_id: str = ""
    recipe_digest: str = ""
    files: Mapping[str, bytes] = field(default_factory=_no_files)


def violations(button: ButtonFolder) -> tuple[FieldViolation, ...]:
    """Say what keeps a button from being written; empty when nothing does."""
    found: list[FieldViolation] = []

    def wrong(field_name: str, description: str) -> None:
        found.append(FieldViolation(f"buttons[{button.id}].{field_name}", description))

    if not button.id:
        wrong("id", "is empty; give each button an id of its own")
    if not is_folder_name(button.name):
        wrong(
            "name",
            f"{button.name!r} is no folder name; use letters, digits, blanks and single hyphens,"
            " at either end a letter or a digit",
        )
    if not button.title.strip():
        wrong("title", "is empty")
    if not button.script.strip():
        wrong("script", "is empty")
    if button.script.startswith("\ufeff"):
        wrong("script", "starts with a byte order mark; remove it")
    for field_name, text in _texts(button):
        try:
            text.encode("utf-8")
        except UnicodeEncodeError as error:
            wrong(field_name, f"has a lone surrogate at {error.start}, which UTF-8 cannot hold")
    for field_name in ("titles", "tooltips"):
        for locale in getattr(button, field_name):
            if locale not in LOCALES:
                wrong(
                    f"{field_name}[{locale}]",
                    "is no locale of pyRevit's; use one of " + " ".join(sorted(LOCALES)),
                )
    if button.min_revit and button.max_revit and button.min_revit > button.max_revit:
        wrong("min_revit", f"{button.min_revit} is later than max_revit {button.max_revit}")
    for field_name in ("icon_light", "icon_dark"):
        if not getattr(button, field_name).startswith(_PNG_SIGNATURE):
            wrong(field_name, "is no PNG")
    for path in button.files:
        if reason := _why_not_a_file(path):
            wrong(f"files[{path!r}]", reason)
    lowered = [path.lower() for path in button.files]
    found.extend(
        FieldViolation(
            f"buttons[{button.id}].files[{path!r}]",
            "differs from another file only in letter case, which Windows does not tell apart",
        )
        for path in button.files
        if lowered.count(path.lower()) > 1
    )
    return tuple(found)


def _texts(button: ButtonFolder) -> list[tuple[str, str]]:
    return [
        ("title", button.title),
        ("tooltip", button.tooltip),
        ("script", button.script),
        ("author", button.author),
        ("help_url", button.help_url),
        *((f"titles[{locale}]", text) for locale, text in button.titles.items()),
        *((f"tooltips[{locale}]", text) for locale, text in button.tooltips.items()),
    ]


def _why_not_a_file(path: str) -> str:
    parts = PurePosixPath(path).parts
    if not path.isascii() or not path.isprintable() or _FORBIDDEN_IN_FILES & set(path):
        return "is no portable file name; use ASCII without any of " + " ".join(
            sorted(_FORBIDDEN_IN_FILES)
        )
    if not parts or parts[0] == "/" or ".." in parts or "/".join(parts) != path:
        return "is no plain path inside the button's folder"
    if any(part.endswith((" ", ".")) for part in parts):
        return "has a part that ends in a blank or a dot, which Windows drops"
    lowered = path.lower()
    if lowered.endswith((SCRIPT, BUNDLE)) or lowered in (ICON, ICON_DARK):
        return f"would be taken for the button's own {SCRIPT}, {BUNDLE} or icon"
    return ""
