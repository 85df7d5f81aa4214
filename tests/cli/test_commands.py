"""The list of commands, and what a command imports."""

import subprocess
import sys

import pytest
import typer

from revitron_grpc.cli.commands import COMMANDS, app

# What takes long to import, and neither help nor settings need.
HEAVY = ("grpc", "revitron_grpc.catalog", "revitron_grpc.analysis", "revitron_grpc.validation")
SCRIPT = """
import sys
from revitron_grpc.cli.main import run
sys.argv = ["revitron-grpc", *sys.argv[1:]]
try:
    run()
except SystemExit as end:
    assert not end.code, end.code
print("imported:", *sorted(sys.modules))
"""


@pytest.mark.parametrize("words", [("--help",), ("--version",), ("config", "check")])
def test_help_and_settings_wait_for_no_import_they_do_not_need(words: tuple[str, ...]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, *words], capture_output=True, text=True, check=True
    )
    imported = set(done.stdout.rpartition("imported: ")[2].split())
    assert "revitron_grpc.cli.commands" in imported
    assert not imported.intersection(HEAVY)


def test_the_list_says_what_each_command_says_of_itself() -> None:
    group = typer.main.get_command(app)
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        assert command.name == name
        assert COMMANDS[name].rstrip(".") in " ".join(command.help.split()), name
