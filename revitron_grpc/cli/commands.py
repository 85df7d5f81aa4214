"""All commands in one place, one module each, imported when it is wanted."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup
from typing_extensions import override

from revitron_grpc import __version__
from revitron_grpc.cli.terminal import out, use_utf8

# The module of `revitron_grpc.cli` in which each command is, and what the list of commands says of
# it: a module may take half a second to import, and the list shall not wait for all of them.
COMMANDS = {
    "generate": "Generate validated buttons and stream each one as it passes.",
    "validate": "Judge scripts against the API facts of several Revit versions.",
    "rules": "List the rules, or explain one.",
    "serve": "Serve until SIGTERM or Ctrl-C, then drain: streams under way may end.",
    "health": "Ask a replica how it is.",
    "catalog": "What is known, and since when.",
    "config": "Check and show settings.",
    "recipes": "The tool designs from which buttons are made.",
    "runs": "What was generated, and what people thought of it.",
    "database": "The tables of the database of runs and keys.",
    "keys": "Who may call the service, and what.",
    "backup": "Copies of all that a service cannot make again.",
    "restore": "Bring a backup back: verified first, then all of it or nothing.",
}


class _ByName(Mapping[str, Any]):
    """The commands, each imported when it is looked up."""

    @override
    def __getitem__(self, name: str) -> Any:
        if name not in COMMANDS:
            raise KeyError(name)
        return _command(name)

    @override
    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    @override
    def __len__(self) -> int:
        return len(COMMANDS)


class _Commands(TyperGroup):
    """A group that imports the one command that is run, and none for its own help."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands: Any = _ByName()

    @override
    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    @override
    def format_commands(self, ctx: Any, formatter: Any) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


app = typer.Typer(
    name="revitron-grpc",
    cls=_Commands,
    help="Validated pyRevit buttons: generate them, judge your own, run the service.",
    no_args_is_help=True,
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        out.print(f"revitron-grpc {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Show the version and exit."
    ),
) -> None:
    """Streams button specs proven against the Revit API facts; not run in your Revit."""
    del version
    use_utf8()


@cache
def _command(name: str) -> Any:
    """Import a command: a module has one function of its name, or a group called `app`."""
    module = import_module(f"revitron_grpc.cli.{name}")
    alone = typer.Typer(rich_markup_mode=None, add_completion=False)
    alone.callback()(_nothing)
    if hasattr(module, "app"):
        alone.add_typer(module.app, name=name)
    else:
        alone.command(name)(getattr(module, name))
    group: Any = typer.main.get_command(alone)
    return group.commands[name]


def _nothing() -> None:
    """Makes a group of one command, which typer would otherwise take for the whole."""
