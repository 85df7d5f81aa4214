"""`pyrevit.forms`: lists to choose from."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from revitron_grpc.simulation.answers import (
    Answer,
    Cancel,
    Choose,
    Dialog,
    NoAnswer,
    Press,
    Tick,
)
from revitron_grpc.simulation.dialogs import asked
from revitron_grpc.simulation.pyrevit.exceptions import PyRevitException

_WIDTH, _HEIGHT = 500, 600


class TemplateListItem:
    """An item of a list with a tick: `item` is what it wraps, `state` whether it is ticked.

    Everything that it has not itself is looked up on the wrapped item.
    """

    def __init__(
        self,
        orig_item: Any,
        checked: Any = False,
        checkable: bool = True,
        name_attr: str | None = None,
    ) -> None:
        self.item = orig_item
        self.state = checked
        self._nameattr = name_attr
        self._checkable = checkable

    def __bool__(self) -> bool:
        return bool(self.state)

    __nonzero__ = __bool__

    def __str__(self) -> str:
        return self.name or str(self.item)

    def __contains__(self, value: Any) -> bool:
        return value in self.name

    def __getattr__(self, param_name: str) -> Any:
        if param_name == "item":
            # A class of the script that does not call this constructor.
            raise AttributeError(f"'{type(self).__name__}' object has no attribute 'item'")
        return getattr(self.item, param_name)

    @property
    def name(self) -> str:
        """The text that the list shows."""
        if self._nameattr:
            return str(getattr(self.item, self._nameattr))
        if hasattr(self.item, "name"):
            return getattr(self.item, "name", "")
        return str(self.item)

    def unwrap(self) -> Any:
        """Return the wrapped item."""
        return self.item

    @property
    def checked(self) -> Any:
        """Whether the item is ticked."""
        return self.state

    @checked.setter
    def checked(self, value: Any) -> None:
        self.state = value

    @property
    def checkable(self) -> bool:
        """Whether the list shows a box beside the item."""
        return self._checkable

    @checkable.setter
    def checkable(self, value: bool) -> None:
        self._checkable = value


class SelectFromList:
    """A list, or a list in groups, to choose one or several items from."""

    @classmethod
    def show(
        cls,
        context: Any,
        title: str | None = None,
        width: float = _WIDTH,
        height: float = _HEIGHT,
        exitscript: bool = False,
        **kwargs: Any,
    ) -> Any:
        """Show the list and return what was chosen; None if it was cancelled.

        With `multiselect` a list of the ticked items, which may be empty; with `return_all` too,
        all items in their wrappers. Groups are shown one at a time; ticks count in all of them.
        """
        del width, height
        response = _List(context, title, kwargs).ask()
        if exitscript and not response:
            raise SystemExit
        return response


class _List:
    """One list while it is shown."""

    def __init__(self, context: Any, title: str | None, options: dict[str, Any]) -> None:
        self.multiselect = bool(options.get("multiselect", False))
        self.return_all = bool(options.get("return_all", False))
        self.button = options.get("button_name") or "Select"
        self.title = title or "Select Options"
        self._filter: Callable[[Any], Any] | None = options.get("filterfunc")
        self._name_attr: str | None = options.get("name_attr")
        order = options.get("sort_groups", "sorted")
        if order not in ("sorted", "unsorted", "natural"):
            raise PyRevitException(
                "Invalid value for 'sort_groups'. "
                "Allowed values are: 'sorted', 'unsorted', 'natural'."
            )
        self.groups: dict[Any, list[Any]] = {}
        if isinstance(context, dict) and context:
            for key in _in_order(context, order):
                self.groups[key] = self._wrapped(context[key])
            default = options.get("default_group")
            self.active = default if default in self.groups else next(iter(self.groups))
        else:
            self.groups[None] = self._wrapped(context)
            self.active = None

    def ask(self) -> Any:
        """Show the list to the user and return the response."""
        names = [(item, _shown_name(item)) for item in self._all()]
        dialog = Dialog(
            "forms.SelectFromList", self.title, choices=tuple(name for _, name in names),
            button=self.button,
        )  # fmt: skip
        kinds = (Tick, Choose, Press) if self.multiselect else (Choose, Press)
        answer = asked(dialog, *kinds)
        if isinstance(answer, Cancel):
            return None
        selected = self._apply(dialog, answer, names)
        if not self.multiselect:
            return None if selected is None else selected.unwrap()
        if self.return_all:
            return list(self._all())
        return [item.unwrap() for item in self._all() if item.state or item is selected]

    def _apply(self, dialog: Dialog, answer: Answer, names: list[tuple[Any, str]]) -> Any:
        """Tick what the answer says; return the item of the list that is selected, if any."""
        button = answer.button if isinstance(answer, Press) else ""
        button = answer.press if isinstance(answer, Tick) else button
        if button and button != self.button:
            raise NoAnswer(dialog, f'there is no button "{button}", but "{self.button}"')
        if isinstance(answer, Choose):
            return self._find(dialog, answer.item, names)
        if isinstance(answer, Tick):
            items = self.groups[self.active]
            if isinstance(answer.items, str):
                for item in items:
                    item.checked = answer.items == "all"
            else:
                ticked = [self._find(dialog, name, names) for name in answer.items]
                for item in self._all():
                    item.checked = any(item is one for one in ticked)
        return None

    def _find(self, dialog: Dialog, name: str, names: list[tuple[Any, str]]) -> Any:
        """Return the item of that name, in the group that is shown before all others."""
        active = self.groups[self.active]
        for item, shown in sorted(names, key=lambda n: not any(n[0] is one for one in active)):
            if shown == name:
                return item
        raise NoAnswer(dialog, f'"{name}" is not in the list')

    def _all(self) -> Iterator[Any]:
        for items in self.groups.values():
            yield from items

    def _wrapped(self, items: Iterable[Any]) -> list[Any]:
        if self._filter is not None:
            items = filter(self._filter, items)
        wrapped: list[Any] = []
        for item in items:
            if isinstance(item, TemplateListItem):
                item.checkable = self.multiselect
                wrapped.append(item)
            else:
                wrapped.append(TemplateListItem(item, False, self.multiselect, self._name_attr))
        return wrapped


class CommandSwitchWindow:
    """A row of commands to choose one from, with switches beside them."""

    @classmethod
    def show(
        cls,
        context: Any,
        title: str | None = None,
        width: float = _WIDTH,
        height: float = _HEIGHT,
        **kwargs: Any,
    ) -> Any:
        """Return the command that was chosen, None if cancelled; with switches also their states.

        A `tick` answer sets the switches and presses the command that it names.
        """
        del title, width, height
        given = kwargs.get("switches") or {}
        switches = {
            name: bool(state)
            for name, state in (given if isinstance(given, dict) else dict.fromkeys(given)).items()
        }
        commands = [str(option) for option in context]
        dialog = Dialog(
            "forms.CommandSwitchWindow", "Command Options",
            kwargs.get("message") or "Pick a command option:", tuple(commands),
        )  # fmt: skip
        answer = asked(dialog, Press, Choose, Tick)
        pressed: str | None = None
        if isinstance(answer, Tick):
            on = tuple(switches) if answer.items == "all" else answer.items
            for name in on if not isinstance(on, str) else ():
                if name not in switches:
                    raise NoAnswer(dialog, f'there is no switch "{name}"')
            switches = {name: name in on for name in switches}
            pressed = answer.press
        elif not isinstance(answer, Cancel):
            pressed = answer.button if isinstance(answer, Press) else answer.item
        if pressed is not None and pressed not in commands:
            raise NoAnswer(dialog, f'"{pressed}" is not offered')
        return (pressed, switches) if switches else pressed


def _shown_name(item: Any) -> str:
    try:
        return str(item.name)
    except Exception:
        # The window binds to `name`: an error in it shows an empty line.
        return ""


def _in_order(groups: dict[Any, Any], order: str) -> list[Any]:
    if order == "sorted":
        return sorted(groups)
    if order == "natural":
        return sorted(groups, key=_natural)
    return list(groups)


def _natural(text: str) -> list[Any]:
    return [
        (0, int(part), "") if part.isdigit() else (1, 0, part.lower())
        for part in re.split(r"(\d+)", text)
    ]
