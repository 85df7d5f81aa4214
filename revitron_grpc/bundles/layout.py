"""The ribbon plan: which button stands in which panel, stack and pulldown.

One tab; a panel for each that the buttons name; in it a pulldown for each group of two or more,
and stacks of two or three so that a panel stays narrow. The plan is a pure function of the
buttons in their order: the first is the most important, and order is kept everywhere.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from revitron_grpc.bundles.button import BUNDLE, ICON_DARK, ButtonFolder, violations
from revitron_grpc.bundles.names import (
    MAX_RELATIVE_PATH,
    collision_key,
    folder_name,
    is_folder_name,
    shorten,
)
from revitron_grpc.bundles.ribbon import Panel, PanelEntry, PlacedButton, Pulldown, Ribbon, Stack
from revitron_grpc.errors import FieldViolation, InvalidInputError, Reason
from revitron_grpc.vocabulary import Category

MAX_PANELS = 12
"""A tab with more panels does not fit on a screen."""
MAX_COLUMNS = 8
"""Ribbon items side by side in one panel."""
STACK_SIZE = 3
"""Revit stacks two or three items, never one or four (pyRevit PR 3008)."""
MAX_PULLDOWN = 12
"""Entries of a pulldown that are taken in at a glance."""
_MAX_ITEMS = MAX_COLUMNS * STACK_SIZE
_LARGE_ITEMS = 4
"""Up to this many items a panel shows each with a large icon."""
MAX_CONTAINER_NAME = 24
"""Characters of the stem of a tab, panel or pulldown."""
_BUTTON_NAME = 60
_SHORTEST_ROOM = 8
"""Characters that a button's stem needs to bear a word or a number."""

CATEGORY_PANELS = {
    Category.SELECTION: "Selection",
    Category.MODEL: "Model",
    Category.DOCUMENTATION: "Documentation",
    Category.AUTOMATION: "Automation",
    Category.ANALYSIS: "Analysis",
}
"""The panel of a button that names none, and of the buttons of panels too many."""


@dataclass(frozen=True, slots=True)
class _Group:
    """Buttons that want to stand together, before names are given; one alone stands alone."""

    title: str
    buttons: tuple[ButtonFolder, ...]


@dataclass(frozen=True, slots=True)
class _PanelWish:
    title: str
    groups: tuple[_Group, ...]


def plan_ribbon(buttons: Sequence[ButtonFolder], tab_name: str) -> Ribbon:
    """Place every button exactly once.

    Holds for any input: at most 12 panels (more only where 288 pulldown entries a panel do not
    suffice), at most 8 items side by side in each, stacks of two or three, pulldowns of 2 to 12,
    names unique in the tab, paths of at most 150 characters, complete layouts.

    Raises InvalidInputError (INVALID_REQUEST) for buttons that cannot be written, for an id used
    twice, and for a tab name that is no folder name.
    """
    _refuse_bad_input(buttons, tab_name)
    panels = [part for wish in _fold_panels(buttons) for part in _fit_panel(wish)]
    return _Namer(tab_name).ribbon(panels)


def _refuse_bad_input(buttons: Sequence[ButtonFolder], tab_name: str) -> None:
    found = [violation for button in buttons for violation in violations(button)]
    if not is_folder_name(tab_name) or len(tab_name) > MAX_CONTAINER_NAME:
        found.append(
            FieldViolation(
                "tab_name",
                f"{tab_name!r} is no tab name; use at most {MAX_CONTAINER_NAME} letters, digits,"
                " blanks and single hyphens",
            )
        )
    seen: set[str] = set()
    for button in buttons:
        if button.id in seen:
            found.append(FieldViolation(f"buttons[{button.id}].id", "is used twice"))
        seen.add(button.id)
    if found:
        raise InvalidInputError(Reason.INVALID_REQUEST, tuple(found))


def _panel_title(button: ButtonFolder) -> str:
    return button.panel.strip() or CATEGORY_PANELS[button.category]


def _fold_panels(buttons: Sequence[ButtonFolder]) -> list[_PanelWish]:
    """Put buttons together by panel; the smallest of too many go to their category's panel.

    There the name of the former panel becomes their group, so that they stay together.
    """
    titles: dict[str, str] = {}
    members: dict[str, list[tuple[str, ButtonFolder]]] = {}

    def put(title: str, group: str, button: ButtonFolder) -> None:
        key = collision_key(title)
        titles.setdefault(key, title)
        members.setdefault(key, []).append((group, button))

    for button in buttons:
        put(_panel_title(button), button.group.strip(), button)
    category_keys = {collision_key(title) for title in CATEGORY_PANELS.values()}
    foldable = [key for key in reversed(members) if key not in category_keys]
    foldable.sort(key=lambda key: len(members[key]))
    for key in foldable:
        if len(members) <= MAX_PANELS:
            break
        for group, button in members.pop(key):
            put(CATEGORY_PANELS[button.category], group or titles[key], button)
    return [_PanelWish(titles[key], _groups(together)) for key, together in members.items()]


def _groups(buttons: Iterable[tuple[str, ButtonFolder]]) -> tuple[_Group, ...]:
    """Put buttons together by group, at most 12 each; pulldowns first, then what stands alone."""
    members: dict[str, list[ButtonFolder]] = {}
    titles: dict[str, str] = {}
    for group, button in buttons:
        key = collision_key(group) if group else f"\0{button.id}"
        members.setdefault(key, []).append(button)
        titles.setdefault(key, group)
    found = [part for key, together in members.items() for part in _split(titles[key], together)]
    return tuple(sorted(found, key=lambda group: len(group.buttons) == 1))


def _split(title: str, buttons: Sequence[ButtonFolder]) -> list[_Group]:
    """Cut a group that is too long for a pulldown into numbered parts of about one length."""
    count = -(-len(buttons) // MAX_PULLDOWN)
    if count <= 1:
        return [_Group(title, tuple(buttons))] if buttons else []
    bounds = [len(buttons) * part // count for part in range(count + 1)]
    return [
        _Group(f"{title} {part + 1}", tuple(buttons[bounds[part] : bounds[part + 1]]))
        for part in range(count)
    ]


def _fit_panel(wish: _PanelWish) -> list[_PanelWish]:
    """Bring a panel down to what stacks can show; cut it in two where that is not enough."""
    groups = list(wish.groups)
    if len(groups) > _MAX_ITEMS:
        groups = _gather_small(groups)
    if len(groups) <= _MAX_ITEMS:
        return [_PanelWish(wish.title, tuple(groups))]
    return [
        _PanelWish(
            wish.title if start == 0 else f"{wish.title} {start // _MAX_ITEMS + 1}",
            tuple(groups[start : start + _MAX_ITEMS]),
        )
        for start in range(0, len(groups), _MAX_ITEMS)
    ]


def _gather_small(groups: Sequence[_Group]) -> list[_Group]:
    """Put the smallest into pulldowns called "More" until the panel holds all, or none fits.

    Of several equally small the last goes first: it is the least important.
    """
    order = sorted(range(len(groups)), key=lambda n: (len(groups[n].buttons), -n))
    smallest_first = [groups[n] for n in order]
    gathered: list[list[_Group]] = []
    taken = 0
    while len(groups) - taken + len(gathered) > _MAX_ITEMS and taken < len(groups):
        group = smallest_first[taken]
        place = next((g for g in gathered if _size(g) + _size([group]) <= MAX_PULLDOWN), None)
        if place is None:
            if _size(smallest_first[taken : taken + 2]) > MAX_PULLDOWN or taken + 1 == len(groups):
                break
            place = []
            gathered.append(place)
        place.append(group)
        taken += 1
    gone = {id(group) for group in smallest_first[:taken]}
    titles = ["More"] if len(gathered) == 1 else [f"More {n + 1}" for n in range(len(gathered))]
    return [group for group in groups if id(group) not in gone] + [
        _Group(title, tuple(button for group in reversed(place) for button in group.buttons))
        for title, place in zip(titles, gathered, strict=True)
    ]


def _size(groups: Sequence[_Group]) -> int:
    return sum(len(group.buttons) for group in groups)


class _Namer:
    """Gives every folder of one tab a stem that no other of its folders has."""

    def __init__(self, tab_name: str) -> None:
        self._tab = tab_name
        self._taken: set[str] = {collision_key(tab_name)}
        self._stacks = 0

    def ribbon(self, wishes: Sequence[_PanelWish]) -> Ribbon:
        """Name panels first and pulldowns next, so that those keep the names that people see."""
        names = [self._take(wish.title, MAX_CONTAINER_NAME, "Panel") for wish in wishes]
        pulldowns = [
            [
                self._take(group.title, MAX_CONTAINER_NAME, "Group", beside=name)
                if len(group.buttons) > 1
                else ""
                for group in wish.groups
            ]
            for name, wish in zip(names, wishes, strict=True)
        ]
        panels = [
            self._panel(name, wish, stems)
            for name, wish, stems in zip(names, wishes, pulldowns, strict=True)
        ]
        return Ribbon(self._tab, tuple(panels))

    def _panel(self, name: str, wish: _PanelWish, stems: Sequence[str]) -> Panel:
        folder = PurePosixPath(f"{self._tab}.tab") / f"{name}.panel"
        columns = _columns(list(zip(stems, wish.groups, strict=True)))
        items: list[Stack | PanelEntry] = []
        for column in columns:
            if len(column) == 1:
                items.append(self._entry(folder, *column[0]))
                continue
            self._stacks += 1
            stack = self._take(f"Stack {self._stacks}", MAX_CONTAINER_NAME, "Stack")
            inside = folder / f"{stack}.stack"
            items.append(Stack(stack, tuple(self._entry(inside, *entry) for entry in column)))
        return Panel(name, wish.title, tuple(items))

    def _entry(self, folder: PurePosixPath, stem: str, group: _Group) -> PanelEntry:
        if len(group.buttons) == 1:
            return self._button(folder, group.buttons[0])
        inside = folder / f"{stem}.pulldown"
        return Pulldown(
            stem, group.title, tuple(self._button(inside, button) for button in group.buttons)
        )

    def _button(self, folder: PurePosixPath, button: ButtonFolder) -> PlacedButton:
        longest = max(len(name) for name in (BUNDLE, ICON_DARK, *button.files))
        room = MAX_RELATIVE_PATH - len(str(folder)) - len("/.pushbutton/") - longest
        if room < _SHORTEST_ROOM:
            raise InvalidInputError(
                Reason.INVALID_REQUEST,
                (
                    FieldViolation(
                        f"buttons[{button.id}].files",
                        f"has a name of {longest} characters, with which the path passes the"
                        f" {MAX_RELATIVE_PATH} that Windows leaves room for; shorten it",
                    ),
                ),
            )
        return PlacedButton(self._take(button.name, min(room, _BUTTON_NAME), "Tool"), button)

    def _take(self, text: str, limit: int, fallback: str, *, beside: str = "") -> str:
        """Take the name, else the name with the panel's, else the name with a number."""
        name = folder_name(text, limit=limit, fallback=fallback[:limit])
        wished = [name]
        if beside:
            wished.append(folder_name(f"{name} {beside}", limit=limit, fallback=fallback))
        number = 2
        while True:
            for candidate in wished:
                if collision_key(candidate) not in self._taken:
                    self._taken.add(collision_key(candidate))
                    return candidate
            suffix = f" {number}"
            wished = [shorten(name, limit - len(suffix)) + suffix]
            number += 1


def _columns(entries: list[tuple[str, _Group]]) -> list[list[tuple[str, _Group]]]:
    """Share entries out to columns: large ones while few, otherwise stacks of three and two.

    Where three do not go into the number of entries but for one, the first button that stands
    alone gets a large icon in front, or the first pulldown.
    """
    if len(entries) <= _LARGE_ITEMS:
        return [[entry] for entry in entries]
    stacked = list(entries)
    columns: list[list[tuple[str, _Group]]] = []
    if len(entries) % STACK_SIZE == 1:
        alone = (n for n, (_, group) in enumerate(entries) if len(group.buttons) == 1)
        columns.append([stacked.pop(next(alone, 0))])
    columns.extend(
        stacked[start : start + STACK_SIZE] for start in range(0, len(stacked), STACK_SIZE)
    )
    return columns
