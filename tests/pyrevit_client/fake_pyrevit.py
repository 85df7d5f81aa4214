"""The part of pyRevit that the extension uses, with a user who answers as a test says."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any


class _Config:
    def __init__(self) -> None:
        self.values: dict[str, object] = {}

    def get_option(self, op_name: str, default_value: object = None) -> object:
        return self.values.get(op_name, default_value)

    def set_option(self, op_name: str, value: object) -> None:
        self.values[op_name] = value


@dataclass
class User:
    """What the user answers, what was shown, and what Revit would have done."""

    extension: Path | None = None
    brief: str | None = "rooms"
    count: str | None = "5"
    disciplines: list[str] | None = field(default_factory=lambda: ["All disciplines"])
    pick: Callable[[list[Any]], list[Any] | None] = lambda choices: choices
    alerts: dict[str, object] = field(default_factory=lambda: {"Where shall": "This one"})
    """Answers to alerts, by a part of their message; None otherwise."""
    one_item: str | None = None
    strings: list[str | None] = field(default_factory=list)
    """Answers to further questions for a text, instead of `brief` and `count`."""
    on_progress: Callable[[int, str], bool] = lambda arrived, title: True
    """Called as the bar moves; False is a click on its cross."""
    config: _Config = field(default_factory=_Config)
    saved: int = 0
    reloads: int = 0
    told: list[str] = field(default_factory=list)
    printed: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    offered: list[str] = field(default_factory=list)
    threads: set[str] = field(default_factory=set)
    """The threads that touched a window or the output."""


def modules(user: User) -> dict[str, ModuleType]:
    """Return the modules by name, ready for `sys.modules`."""

    def touch() -> None:
        user.threads.add(threading.current_thread().name)

    class ProgressBar:
        def __init__(self, title: str = "", cancellable: bool = False) -> None:
            assert cancellable
            self.title = title
            self.cancelled = False

        def __enter__(self) -> "ProgressBar":
            return self

        def __exit__(self, *_: object) -> None:
            touch()

        def update_progress(self, new_value: int, max_value: int = 1) -> None:
            touch()
            # As pyRevit fills the title in.
            title = self.title.format(value=new_value, max_value=max_value)
            user.titles.append(title)
            self.cancelled = not user.on_progress(new_value, title)

    class SelectFromList:
        @staticmethod
        def show(
            context: list[Any],
            title: str = "",
            multiselect: bool = False,
            button_name: str = "",
            name_attr: str | None = None,
            width: int = 0,
        ) -> list[Any] | None:
            touch()
            assert multiselect
            if name_attr is None:
                return user.disciplines
            user.offered = [getattr(item, name_attr) for item in context]
            return user.pick(context)

    def alert(msg: str, title: str = "", **more: object) -> object:
        touch()
        if not more:
            user.told.append(msg)
        return next((a for part, a in user.alerts.items() if part in msg), None)

    def ask_for_string(default: str = "", prompt: str = "", title: str = "") -> str | None:
        touch()
        if user.strings:
            return user.strings.pop(0)
        return user.count if "How many" in prompt else user.brief

    def ask_for_one_item(
        items: list[str], default: str = "", prompt: str = "", title: str = ""
    ) -> str | None:
        touch()
        assert default in items
        return next((item for item in items if user.one_item and user.one_item in item), None)

    def pick_folder(title: str = "") -> str | None:
        touch()
        return str(user.extension) if user.extension else None

    def print_md(text: str) -> None:
        touch()
        user.printed.append(text)

    def save_config() -> None:
        user.saved += 1

    def reload_pyrevit() -> None:
        user.reloads += 1

    content: dict[str, dict[str, Any]] = {
        "pyrevit.forms": {
            "ProgressBar": ProgressBar,
            "SelectFromList": SelectFromList,
            "alert": alert,
            "ask_for_one_item": ask_for_one_item,
            "ask_for_string": ask_for_string,
            "pick_folder": pick_folder,
        },
        "pyrevit.script": {
            "get_config": lambda section: user.config,
            "get_output": lambda: SimpleNamespace(print_md=print_md),
            "save_config": save_config,
        },
        "pyrevit.loader": {},
        "pyrevit.loader.sessionmgr": {"reload_pyrevit": reload_pyrevit},
    }
    found = {"pyrevit": ModuleType("pyrevit")}
    for name, members in content.items():
        found[name] = ModuleType(name)
        vars(found[name]).update(members)
    vars(found["pyrevit"]).update(
        HOST_APP=SimpleNamespace(version="2025"),
        forms=found["pyrevit.forms"],
        script=found["pyrevit.script"],
    )
    vars(found["pyrevit.loader"])["sessionmgr"] = found["pyrevit.loader.sessionmgr"]
    return found
