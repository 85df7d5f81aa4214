"""The example of docs/testing-buttons.md works as printed, and its tables are whole."""

import inspect
import re
from dataclasses import fields

import pytest

from revitron_grpc.pytest_plugin import ButtonRun, RevitModel
from revitron_grpc.pytest_plugin.button_run import run_button_in_process
from revitron_grpc.simulation.models import SAMPLE_MODELS
from tests.docs.pages import ROOT, code, table

pytest_plugins = ["pytester"]
PAGE = ROOT / "docs" / "testing-buttons.md"
TEXT = PAGE.read_text(encoding="utf-8")


def test_the_example_passes(pytester: pytest.Pytester) -> None:
    button, test = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
    folder = re.search(r"`(Office\.extension/[^`]*)/script\.py`", TEXT)
    assert folder is not None
    bundle = pytester.path / folder.group(1)
    bundle.mkdir(parents=True)
    (bundle / "script.py").write_text(button, encoding="utf-8")
    pytester.makepyfile(test_mark_doors=test)
    pytester.runpytest_subprocess("-q").assert_outcomes(passed=3)


def test_the_methods_of_a_model() -> None:
    told = {code(row[0]).partition("(")[0] for row in table(PAGE, "The model: `revit_model`")}
    methods = {name for name, _ in inspect.getmembers(RevitModel, inspect.isfunction)}
    assert told == {name for name in methods if not name.startswith("_")}


def test_what_a_run_holds() -> None:
    rows = table(PAGE, "The run: `run_button`")
    told = {name for row in rows for name in re.findall(r"`(\w+)`", row[0])}
    assert told == {f.name for f in fields(ButtonRun)} - {"error", "unknown", "trace"}


def test_the_parameters_of_run_button() -> None:
    names = set(inspect.signature(run_button_in_process).parameters)
    signature = re.search(r"`run_button\((.*?)\)`", TEXT, re.DOTALL)
    assert signature is not None
    told = {part.partition("=")[0].strip() for part in signature.group(1).split(",")}
    assert told == names


def test_every_sample_is_listed() -> None:
    told = {code(row[0]) for row in table(PAGE, "Sample models")}
    assert told == {name for name in SAMPLE_MODELS if not name.endswith("-second")}
