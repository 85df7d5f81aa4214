"""The extension's own text: both Pythons, pyRevit's rules, and our own judge."""

import ast
from pathlib import Path

import pytest

from revitron_grpc.bundles.check import check_extension
from revitron_grpc.bundles.reader import read_extension
from tests.e2e.conftest import run
from tests.pyrevit_client.conftest import BUTTON, EXTENSION
from tests.recipes.python27 import parse_as_python27

FILES = sorted(EXTENSION.rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=[path.name for path in FILES])
def test_it_is_python_2_and_python_3(path: Path) -> None:
    text = path.read_text(encoding="ascii")
    assert text.startswith("# -*- coding: utf-8 -*-\n")
    parse_as_python27(text)
    ast.parse(text, feature_version=(3, 4))


def test_pyrevit_finds_nothing_wrong_with_its_folders() -> None:
    assert list(check_extension(read_extension(EXTENSION))) == []


def test_our_own_judge_finds_nothing() -> None:
    done = run("validate", EXTENSION.parent, "--revit", "2022-2026")
    assert done.code == 0, done.out


def test_it_claims_no_more_than_is_true() -> None:
    promise = "not run in your Revit"
    bundle = BUTTON / "bundle.yaml"
    assert promise in bundle.read_text()
    assert "not run in your Revit" in (EXTENSION.parent / "README.md").read_text()
