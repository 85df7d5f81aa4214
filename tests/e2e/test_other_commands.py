"""Commands that need no service: validate, catalog, config, recipes, version."""

import json
from pathlib import Path

import pytest

from revitron_grpc import __version__
from tests.e2e.conftest import ROOT, run

BROKEN_IN_2026 = """\
from pyrevit import DB, revit
wall = DB.FilteredElementCollector(revit.doc).OfClass(DB.Wall).FirstElement()
print(wall.Id.IntegerValue)
"""
GUARDED = """\
from pyrevit import DB, HOST_APP, revit
wall = DB.FilteredElementCollector(revit.doc).OfClass(DB.Wall).FirstElement()
if HOST_APP.is_newer_than(2023):
    print(wall.Id.Value)
else:
    print(wall.Id.IntegerValue)
"""


@pytest.fixture
def script(tmp_path: Path) -> Path:
    path = tmp_path / "script.py"
    path.write_text(BROKEN_IN_2026)
    return path


def test_version() -> None:
    assert run("--version").out.strip() == f"revitron-grpc {__version__}"


@pytest.mark.parametrize(
    "command",
    ["generate", "validate", "serve", "health", "catalog", "config", "recipes"],
)
def test_every_command_explains_itself(command: str) -> None:
    done = run(command, "--help")
    assert done.code == 0
    assert "Usage: revitron-grpc" in done.out
    assert command in run("--help").out


def test_validate_names_the_versions_in_which_a_line_fails(script: Path) -> None:
    done = run("validate", script)
    assert done.code == 1
    assert f"{script}:3:" in done.out
    assert "IntegerValue" in done.out
    assert "[Revit 2026]" in done.out
    assert "1 scripts judged" in done.err


def test_validate_for_programs(script: Path) -> None:
    findings = json.loads(run("validate", script, "--format", "json").out)
    grave = [f for f in findings if f["severity"] == "error"]
    assert [(f["line"], f["revit_versions"]) for f in grave] == [(3, [2026])]
    assert list(grave[0])[:8] == [
        *("path", "line", "column", "rule", "severity"),
        *("symbol", "revit_versions", "message"),
    ]


def test_validate_looks_at_the_requested_versions_only(script: Path) -> None:
    assert run("validate", script, "--revit", "2022-2025").code == 0
    assert run("validate", script, "--revit", "2031").code == 2


def test_validate_understands_a_guard(tmp_path: Path) -> None:
    path = tmp_path / "script.py"
    path.write_text(GUARDED)
    assert run("validate", path).code == 0


def test_validate_finds_what_pyrevit_leaves_unsaid(tmp_path: Path) -> None:
    button = tmp_path / "My.extension" / "My.tab" / "Tools.panel" / "Check.pushbutton"
    button.mkdir(parents=True)
    (button / "bundle.yaml").write_text("title: Check\ntooltips: never read\n")
    done = run("validate", tmp_path)
    assert done.code == 1
    assert "tooltips" in done.out
    assert "BND" in done.out


def test_validate_of_nothing_is_a_usage_error(tmp_path: Path) -> None:
    done = run("validate", tmp_path / "nowhere.py")
    assert done.code == 2
    assert "does not exist" in done.err


def test_catalog_search_says_where_until_when_what_instead_and_a_link() -> None:
    told = run("catalog", "search", "ElementId.IntegerValue").out
    first = told.split("\nAutodesk", 1)[0]
    assert "Autodesk.Revit.DB.ElementId.IntegerValue" in first
    assert "in 2022, 2023, 2024, 2025" in first
    assert "removed in 2026" in first
    assert "instead: Autodesk.Revit.DB.ElementId.Value" in first
    assert "https://www.revitapidocs.com/" in first


def test_catalog_search_offers_similar_names() -> None:
    done = run("catalog", "search", "FilteredElementColector")
    assert "similar names" in done.err
    assert "FilteredElementCollector" in done.out


def test_catalog_info_for_people_and_programs() -> None:
    told = run("catalog", "info").out
    assert "2022, 2023, 2024, 2025, 2026" in told
    facts = json.loads(run("catalog", "info", "--json").out)
    assert facts["existing_tools"] == 687
    assert facts["digest"] in told


def test_catalog_build_without_facts_says_which_file_is_missing(tmp_path: Path) -> None:
    done = run("catalog", "build", "--from", tmp_path, "--out", tmp_path / "catalog.bin")
    assert done.code == 2
    assert "revit_api.jsonl.gz" in done.err
    assert not (tmp_path / "catalog.bin").exists()


def test_config_check_and_show(tmp_path: Path) -> None:
    assert run("config", "check", ROOT / "config" / "production.yaml").code == 0
    path = tmp_path / "settings.yaml"
    path.write_text("resume: {secret: hush}\nserver: {port: 1234}\n")
    shown = run("config", "show", path).out
    assert "port: 1234" in shown
    assert "hush" not in shown
    path.write_text("server: {prot: 1}\n")
    done = run("config", "check", path)
    assert done.code == 2
    assert "allowed here" in done.err


def test_recipes_list() -> None:
    rows = json.loads(run("recipes", "list", "--format", "json").out)
    assert len(rows) >= 50
    assert "model_management" in {row["category"] for row in rows}
    told = run("recipes", "list", "--category", "analysis_and_simulation").out
    assert "model_management" not in told
    for row in json.loads(run("recipes", "list", "--discipline", "facade", "--format", "json").out):
        assert row["titles"]
        assert len(row["libraries"]) >= 1
        assert row["writes"] in {"nothing", "model", "selection", "file"}


@pytest.mark.parametrize(
    "words",
    [
        ("recipes", "list"),
        ("recipes", "test"),
        ("generate", "--count", "1"),
        ("serve", "--port", "0", "--http-port", "0"),
    ],
)
def test_a_pack_that_is_wrong_ends_every_command_that_takes_one(
    words: tuple[str, ...], tmp_path: Path
) -> None:
    folder = tmp_path / "pack" / "model_management" / "mine"
    folder.mkdir(parents=True)
    (folder / "recipe.yaml").write_text("id: mine\ncontext: [doc-projekt]\n", encoding="utf-8")
    done = run(*words, "--recipes", tmp_path / "pack", "--recipes", tmp_path / "nowhere")
    assert done.code == 2
    assert "mine/recipe.yaml: context.0" in done.err
    assert "doc-project" in done.err
    assert "nowhere" in done.err


def test_recipes_belong_to_the_service_that_is_asked() -> None:
    done = run("generate", "--server", "127.0.0.1:1", "--recipes", "office-pack")
    assert done.code == 2
    assert "--recipes is for a service in this process" in done.err
