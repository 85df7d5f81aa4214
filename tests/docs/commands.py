"""The commands of the command line with their options, as typer has them."""

from collections.abc import Iterator
from typing import Any

import typer

from revitron_grpc.cli.commands import app


def options_by_command() -> dict[str, dict[str, str]]:
    """Each option with its default, as `--help` shows it, by command."""
    return dict(_walk(typer.main.get_command(app), "revitron-grpc"))


def parse(words: list[str]) -> None:
    """Read a command with its arguments without running it; raises where typer would complain."""
    command: Any = typer.main.get_command(app)
    while hasattr(command, "commands"):
        command = command.commands[words.pop(0)]
    command.make_context(command.name, words)


def _walk(command: Any, name: str) -> Iterator[tuple[str, dict[str, str]]]:
    if hasattr(command, "commands"):
        for word, inner in command.commands.items():
            yield from _walk(inner, f"{name} {word}")
        return
    yield (
        name,
        {
            option.opts[0]: _default(option.default)
            for option in command.params
            if option.param_type_name == "option" and not option.hidden
        },
    )


def _default(value: object) -> str:
    if value in (None, "", [], ()):
        return ""
    if value is False:
        return "off"
    return f"{value:g}" if isinstance(value, float) else str(value)
