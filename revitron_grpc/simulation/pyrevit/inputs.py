"""`pyrevit.forms`: values to type, and files to choose."""

import datetime
import ntpath
from collections.abc import Sequence
from typing import Any

from revitron_grpc.simulation.answers import (
    Cancel,
    Choose,
    ChooseFile,
    Dialog,
    NoAnswer,
    Press,
    TypeText,
)
from revitron_grpc.simulation.dialogs import asked
from revitron_grpc.simulation.pyrevit.host import host

_TITLE = "User Input"


def ask_for_string(
    default: Any = None, prompt: str | None = None, title: str | None = None, **kwargs: Any
) -> str | None:
    """Ask for a text; None if cancelled. A `press` answer confirms what stands there."""
    return _typed("forms.ask_for_string", default, prompt or "Enter string:", title, kwargs)


def ask_for_unique_string(
    reserved_values: Sequence[Any],
    default: Any = None,
    prompt: str | None = None,
    title: str | None = None,
    **kwargs: Any,
) -> str | None:
    """Ask for a text that is not among `reserved_values`; None if cancelled."""
    kwargs["reserved_values"] = reserved_values
    return _typed("forms.ask_for_unique_string", default, prompt or "Enter string:", title, kwargs)


def ask_for_one_item(
    items: Any,
    default: Any = None,
    prompt: str | None = None,
    title: str | None = None,
    **kwargs: Any,
) -> Any:
    """Ask for one item of a drop-down list; None if cancelled."""
    del kwargs
    listed = list(items)
    shown = [str(item) for item in listed]
    dialog = Dialog(
        "forms.ask_for_one_item", title or _TITLE, prompt or "Pick one value:", tuple(shown)
    )
    answer = asked(dialog, Choose, Press)
    if isinstance(answer, Cancel):
        return None
    if isinstance(answer, Press):
        return default if default in listed else None
    if answer.item not in shown:
        raise NoAnswer(dialog, f'"{answer.item}" is not in the list')
    return listed[shown.index(answer.item)]


def ask_for_date(
    default: Any = None, prompt: str | None = None, title: str | None = None, **kwargs: Any
) -> datetime.datetime | None:
    """Ask for a date, typed as YYYY-MM-DD in the answer; None if cancelled."""
    del kwargs
    dialog = Dialog("forms.ask_for_date", title or _TITLE, prompt or "Pick date:")
    answer = asked(dialog, TypeText, Press)
    if isinstance(answer, Cancel):
        return None
    if isinstance(answer, Press):
        known = isinstance(default, datetime.datetime)
        return datetime.datetime(default.year, default.month, default.day) if known else None
    try:
        day = datetime.date.fromisoformat(answer.text)
    except ValueError:
        raise NoAnswer(dialog, f'"{answer.text}" is no date such as 2024-05-31') from None
    return datetime.datetime(day.year, day.month, day.day)


def ask_for_number_slider(
    default: Any = None,
    min: float = 0,
    max: float = 100,
    interval: float = 1,
    prompt: str | None = None,
    title: str | None = None,
    **kwargs: Any,
) -> float | None:
    """Ask for a number on a slider; None if cancelled."""
    del kwargs, interval
    dialog = Dialog("forms.ask_for_number_slider", title or _TITLE, prompt or "")
    answer = asked(dialog, TypeText, Press)
    if isinstance(answer, Cancel):
        return None
    if isinstance(answer, Press):
        return float(default if isinstance(default, (int, float)) else min)
    try:
        value = float(answer.text)
    except ValueError:
        raise NoAnswer(dialog, f'"{answer.text}" is no number') from None
    if not min <= value <= max:
        raise NoAnswer(dialog, f"{value:g} is not between {min:g} and {max:g}")
    return value


def pick_file(
    file_ext: str = "*",
    files_filter: str = "",
    init_dir: str = "",
    restore_dir: bool = True,
    multi_file: bool = False,
    unc_paths: bool = False,
    title: str | None = None,
) -> Any:
    """Ask for a file that exists, or several; None if cancelled."""
    del init_dir, restore_dir, unc_paths
    return _files("forms.pick_file", files_filter or f"*.{file_ext}", title, True, multi_file)


def save_file(
    file_ext: str = "",
    files_filter: str = "",
    init_dir: str = "",
    default_name: str = "",
    restore_dir: bool = True,
    unc_paths: bool = False,
    title: str | None = None,
) -> str | None:
    """Ask where to save a file; None if cancelled. A `press` answer keeps `default_name`."""
    del init_dir, restore_dir, unc_paths
    shown = files_filter or f"*.{file_ext}"
    path = _files("forms.save_file", shown, title, False, False, default_name)
    if path is not None and file_ext and not ntpath.splitext(path)[1]:
        # The dialog adds the extension of its filter where the user types none.
        path = f"{path}.{file_ext}"
    return path


def pick_folder(title: str | None = None, owner: Any = None) -> str | None:
    """Ask for a folder; None if cancelled."""
    del owner
    return _files("forms.pick_folder", "", title, False, False)


def pick_excel_file(save: bool = False, title: str | None = None) -> str | None:
    """Ask for an Excel file to open or to save; None if cancelled."""
    return save_file(file_ext="xlsx") if save else pick_file(file_ext="xlsx", title=title)


def save_excel_file(title: str | None = None) -> str | None:
    """Ask where to save an Excel file; None if cancelled."""
    return pick_excel_file(save=True, title=title)


def _typed(
    kind: str, default: Any, prompt: str, title: str | None, options: dict[str, Any]
) -> str | None:
    offered = (str(default),) if default else ()
    dialog = Dialog(kind, title or _TITLE, prompt, offered)
    answer = asked(dialog, TypeText, Press)
    if isinstance(answer, Cancel):
        return None
    text = answer.text if isinstance(answer, TypeText) else str(default or "")
    reserved = [str(value) for value in options.get("reserved_values", ())]
    if text in reserved:
        raise NoAnswer(dialog, f'"{text}" is reserved: the dialog does not accept it')
    return text


def _files(
    kind: str, shown: str, title: str | None, must_exist: bool, several: bool, default: str = ""
) -> Any:
    dialog = Dialog(kind, title or "", shown)
    answer = asked(dialog, ChooseFile, Press)
    if isinstance(answer, Cancel):
        return None
    names = answer.names if isinstance(answer, ChooseFile) else (default,)
    if not names or not names[0] or (len(names) > 1 and not several):
        raise NoAnswer(dialog, "needs the name of a file")
    files = host().files
    paths = [files.full_path(name) for name in names]
    for path in paths:
        if must_exist and not files.is_file(path):
            raise NoAnswer(dialog, f"there is no file {path}")
    return paths if several else paths[0]
