"""`revitron-grpc recipes test` as a user types it."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from revitron_grpc.cli.commands import app
from revitron_grpc.recipes.library import CORE_PACK

RECIPE = "marks-unique"
ONE = ["recipes", "test", RECIPE, "--variant", "openings", "--revit", "2024", "--jobs", "1"]


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, list(arguments))
    return done.exit_code, done.output


def test_a_proven_recipe() -> None:
    code, text = run(*ONE)
    assert code == 0
    assert "of 1 tools: all proven" in text


def test_what_a_run_did_is_shown_as_a_scenario_says_it() -> None:
    code, text = run(*ONE, "--show", "--engine", "ironpython27", "--library", "pyrevit")
    assert code == 0
    assert f"# {RECIPE}/openings" in text
    assert "ALL_MODEL_MARK" in text


def test_a_recipe_that_does_not_exist_is_named() -> None:
    code, text = run("recipes", "test", "no-such-recipe")
    assert code == 2
    assert "no-such-recipe" in text


def test_nothing_to_run_is_no_success() -> None:
    code, text = run(*ONE, "--scenario", "no-such-scenario")
    assert code == 1
    assert "nothing to run" in text


@pytest.fixture
def broken_pack(tmp_path: Path) -> Path:
    """Copy one recipe under another name, with a script that forgets to write."""
    source = next(CORE_PACK.glob(f"*/{RECIPE}"))
    target = tmp_path / source.parent.name / "marks-broken"
    target.mkdir(parents=True)
    for name in ("recipe.yaml", "scenarios.yaml"):
        text = (source / name).read_text(encoding="utf-8")
        text = text.replace(f"id: {RECIPE}", "id: marks-broken").replace("title: ", "title: My ")
        (target / name).write_text(text, encoding="utf-8")
    script = (source / "script.py.j2").read_text(encoding="utf-8")
    (target / "script.py.j2").write_text(
        script.replace("chosen = choose_changes", "return choose_changes"), encoding="utf-8"
    )
    return tmp_path


def test_what_is_not_proven_is_told_and_exits_with_1(broken_pack: Path) -> None:
    arguments = ["recipes", "test", "marks-broken", "--recipes", str(broken_pack), "--jobs", "1"]
    code, text = run(*arguments, "--revit", "2024", "--engine", "ironpython27")
    assert code == 1
    assert "not proven" in text
    code, text = run(*arguments, "--revit", "2024", "--engine", "ironpython27", "--format", "json")
    told = json.loads(text)
    assert code == 1
    assert {entry["recipe"] for entry in told["failed"]} == {"marks-broken"}
    assert all(entry["failures"] for entry in told["failed"])
