"""The folder types of pyRevit and what each may contain."""

from enum import StrEnum


class Kind(StrEnum):
    """The type of a folder by its postfix, matched without regard to letter case."""

    TAB = "tab"
    PANEL = "panel"
    STACK = "stack"
    PULLDOWN = "pulldown"
    SPLITBUTTON = "splitbutton"
    SPLITPUSHBUTTON = "splitpushbutton"
    COMBOBOX = "combobox"
    PUSHBUTTON = "pushbutton"
    SMARTBUTTON = "smartbutton"
    PANELBUTTON = "panelbutton"
    NOBUTTON = "nobutton"
    URLBUTTON = "urlbutton"
    LINKBUTTON = "linkbutton"
    INVOKEBUTTON = "invokebutton"
    CONTENT = "content"


GROUPS = frozenset({Kind.PULLDOWN, Kind.SPLITBUTTON, Kind.SPLITPUSHBUTTON})
SCRIPTED = frozenset({Kind.PUSHBUTTON, Kind.SMARTBUTTON, Kind.PANELBUTTON, Kind.NOBUTTON})
"""Commands that need a script file."""
COMMANDS = SCRIPTED | {Kind.URLBUTTON, Kind.LINKBUTTON, Kind.INVOKEBUTTON, Kind.CONTENT}
_ITEMS = GROUPS | COMMANDS | {Kind.COMBOBOX}

MAY_CONTAIN: dict[Kind | None, frozenset[Kind]] = {
    None: frozenset({Kind.TAB}),
    Kind.TAB: frozenset({Kind.PANEL}),
    Kind.PANEL: _ITEMS | {Kind.STACK},
    Kind.STACK: _ITEMS,
    **dict.fromkeys(GROUPS, COMMANDS),
    **dict.fromkeys(COMMANDS | {Kind.COMBOBOX}, frozenset()),
}
"""By container; None is the extension's root."""

PLAIN_FOLDERS = frozenset({"lib", "bin", "hooks", "checks"})
"""Folders without postfix that pyRevit knows."""


def split_postfix(folder: str) -> tuple[str, str]:
    """Cut a folder name into stem and lower-case postfix; no dot, no postfix.

    >>> split_postfix("Flip doors.PushButton")
    ('Flip doors', 'pushbutton')
    """
    stem, dot, postfix = folder.rpartition(".")
    return (stem, postfix.lower()) if dot else (folder, "")


def kind_of(postfix: str) -> Kind | None:
    """Name the type of a postfix; None for one that pyRevit does not know."""
    try:
        return Kind(postfix)
    except ValueError:
        return None
