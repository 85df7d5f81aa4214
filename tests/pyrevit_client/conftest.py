"""The extension as Revit would run it, with .NET, pyRevit and the user played."""

import runpy
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.conftest import COMMAND
from tests.pyrevit_client import fake_net, fake_pyrevit
from tests.pyrevit_client.fake_pyrevit import User

EXTENSION = Path(__file__).parents[2] / "clients" / "pyrevit" / "RevitronGrpc.extension"
BUTTON = EXTENSION / "RevitronGrpc.tab" / "Suggestions.panel" / "Suggest tools.pushbutton"


@pytest.fixture
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[User]:
    """A user with an extension of his own; both scripts can be run while the fixture lasts."""
    found = User(extension=tmp_path / "Office.extension")
    assert found.extension is not None
    found.extension.mkdir()
    found.config.values["command"] = str(COMMAND)
    for name, module in (fake_net.modules() | fake_pyrevit.modules(found)).items():
        monkeypatch.setitem(sys.modules, name, module)
    monkeypatch.syspath_prepend(EXTENSION / "lib")
    fake_net.started.clear()
    fake_net.requests.clear()
    yield found
    for name in [name for name in sys.modules if name.startswith("revitron_suggest")]:
        del sys.modules[name]
    for request in fake_net.requests:
        request.dispose()
    for process in fake_net.started:
        if not process.HasExited:
            process.Kill()
        assert process.popen.stdout is not None
        assert process.popen.stderr is not None
        process.popen.stdout.close()
        process.popen.stderr.close()


def click() -> None:
    """A click on the button."""
    runpy.run_path(str(BUTTON / "script.py"))


def shift_click() -> None:
    """A click with the shift key."""
    runpy.run_path(str(BUTTON / "config.py"))
