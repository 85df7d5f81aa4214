"""The pytest plugin: test your own pyRevit buttons without Revit (docs/testing-buttons.md).

Two fixtures: `revit_model` describes the model that a button meets, `run_button` runs a button's
script there, in a process of its own, and tells what it changed and said.
"""

from collections.abc import Callable

import pytest

from revitron_grpc.pytest_plugin.button_run import ButtonRun, run_button_in_process
from revitron_grpc.pytest_plugin.model import RevitModel

__all__ = ["ButtonRun", "RevitModel"]


@pytest.fixture
def revit_model() -> Callable[..., RevitModel]:
    """Make the model of a test: `revit_model("small-house", revit=2025)`.

    Models: `empty-project`, `small-house` and the others of docs/testing-buttons.md, each also
    with `-second` for its second flavour.
    """
    return RevitModel


@pytest.fixture
def run_button() -> Callable[..., ButtonRun]:
    """Run a script or a bundle folder: `run_button("Tools.panel/Number.pushbutton", model)`.

    The test fails where the script raises or meets something that the simulation does not know;
    `fails=True` gives the result instead.
    """
    return run_button_in_process
