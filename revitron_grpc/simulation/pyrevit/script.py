"""`pyrevit.script`: what a script asks about itself and its surroundings."""

import csv
import io
import json
import ntpath
from collections.abc import Iterable
from typing import Any

from revitron_grpc.simulation.pyrevit.host import command_name, command_path, host
from revitron_grpc.simulation.pyrevit.logger import LoggerWrapper

DATAFEXT = "pym"
ICON_SMALL = 16
ICON_MEDIUM = 24
ICON_LARGE = 32


def exit() -> None:
    """End the script."""
    raise SystemExit


def get_logger() -> LoggerWrapper:
    """Return the script's logger."""
    return LoggerWrapper(command_name())


def get_script_path() -> str:
    """Return the folder of the command's bundle."""
    return command_path()


def get_bundle_name() -> str:
    """Return the name of the folder of the command's bundle."""
    return ntpath.basename(command_path())


def get_bundle_file(file_name: str) -> str:
    """Return the path of a file beside the script, whether there is one or not."""
    return ntpath.join(command_path(), file_name)


def get_unique_id() -> str:
    """Return the id of the command: made of its name."""
    return command_name().lower().replace(" ", "")


def get_results() -> "CommandResults":
    """Return what the command reports to telemetry."""
    return CommandResults()


class CommandResults:
    """What a command reports to telemetry; any attribute can be set."""

    def __setattr__(self, name: str, value: Any) -> None:
        object.__setattr__(self, name, str(value))


def toggle_icon(
    new_state: bool,
    on_icon_path: str | None = None,
    off_icon_path: str | None = None,
    icon_size: int = ICON_MEDIUM,
) -> None:
    """Show the button as switched on or off."""
    del new_state, on_icon_path, off_icon_path, icon_size


def get_envvar(envvar: str) -> Any:
    """Return a variable that lives as long as Revit; None if it is not set."""
    return host().variables.get(envvar)


def set_envvar(envvar: str, value: Any) -> None:
    """Set a variable that lives as long as Revit."""
    host().variables[envvar] = value


def journal_write(data_key: str, msg: str) -> None:
    """Write a text to Revit's journal, in place of all that the command wrote before."""
    host().variables["journal"] = {data_key: msg}


def journal_read(data_key: str) -> str:
    """Read a text from Revit's journal."""
    return host().variables.get("journal", {})[data_key]


def clipboard_copy(string_to_copy: str) -> None:
    """Put a text on the clipboard."""
    host().outcome.clipboard = string_to_copy


def open_url(url: str) -> None:
    """Open a page of the web."""
    opened = url if url.lower().startswith(("http://", "https://")) else f"http://{url}"
    host().outcome.opened.append(opened)


def show_file_in_explorer(file_path: str) -> None:
    """Show a file in its folder."""
    host().outcome.opened.append(file_path)


def show_folder_in_explorer(folder_path: str) -> None:
    """Show a folder."""
    host().outcome.opened.append(folder_path)


def dump_json(data: Any, filepath: str) -> None:
    """Write data to a JSON file."""
    _write(filepath, json.dumps(data, indent=4, ensure_ascii=False))


def load_json(filepath: str) -> Any:
    """Read data from a JSON file."""
    return json.loads(_read(filepath))


def dump_csv(data: Iterable[Iterable[Any]], filepath: str) -> None:
    """Write rows to a CSV file."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(data)
    _write(filepath, text.getvalue())


def load_csv(filepath: str) -> list[list[str]]:
    """Read the rows of a CSV file."""
    return list(csv.reader(io.StringIO(_read(filepath))))


def _write(path: str, text: str) -> None:
    with host().files.open(path, "w", encoding="utf-8") as file:
        file.write(text)


def _read(path: str) -> str:
    with host().files.open(path, "r", encoding="utf-8") as file:
        return file.read()
