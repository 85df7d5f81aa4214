"""`revitron-grpc catalog import`, its options and what it says."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from revitron_grpc.catalog.file_format import write_catalog
from revitron_grpc.catalog.load import load_data
from revitron_grpc.catalog.version_merge import with_version
from revitron_grpc.cli.commands import app
from revitron_grpc.vocabulary import RevitVersion
from tests.catalog.mono import made_up_revit
from tests.catalog.versions import shown

BOTH = ("RevitAPI.dll", "RevitAPIUI.dll", "--version", "2027")
Run = Callable[..., Result]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("office")
    made_up_revit(folder)
    return folder


@pytest.fixture
def run(office: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command in the folder of the assemblies."""
    monkeypatch.chdir(office)
    monkeypatch.delenv("REVITRON_GRPC_CATALOG__PATH", raising=False)

    def command(*words: object) -> Result:
        return CliRunner().invoke(app, ["catalog", "import", *map(str, words)])

    return command


def test_a_report_for_programs(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "new.bin"
    done = run(*BOTH, "--out", target, "--format", "json")
    assert done.exit_code == 0, done.output
    report = json.loads(done.stdout)
    assert report["target"] == str(target)
    assert report["size"] == target.stat().st_size
    assert report["versions"] == [2022, 2023, 2024, 2025, 2026, 2027]
    assert report["assemblies"] == ["RevitAPI", "RevitAPIUI"]
    assert report["build"] == "27.0.4.0"
    assert report["present"] == {"types": 24, "members": 81}
    assert report["against"] == 2026
    assert report["added"] == {"types": 15, "members": 59}
    assert report["gone"]["types"] > 2600
    assert report["obsolete"] == {"types": 1, "members": 4}
    assert report["unknown"] == 61
    assert "is this Revit's own RevitAPI.dll?" in report["warning"]


def test_a_covered_version_is_compared_and_only_replaced_on_demand(
    run: Run, tmp_path: Path
) -> None:
    new, again = tmp_path / "new.bin", tmp_path / "again.bin"
    assert run(*BOTH, "--out", new).exit_code == 0
    refused = run(*BOTH, "--catalog", new, "--out", again)
    assert refused.exit_code == 2
    assert "--compare" in refused.stderr
    assert "--replace" in refused.stderr
    same = run(*BOTH, "--catalog", new, "--compare")
    assert same.exit_code == 0, same.stdout
    assert "24 types and 81 members compared, 61 types left out, 0 differences" in same.stdout
    assert not again.exists()
    done = run(*BOTH, "--catalog", new, "--replace", "--out", again)
    assert done.exit_code == 0, done.stderr
    assert again.read_bytes() == new.read_bytes()


def test_differences_are_listed_and_end_with_exit_code_1(run: Run, tmp_path: Path) -> None:
    data, _ = load_data()
    full = tmp_path / "full.bin"
    write_catalog(full, with_version(data, shown(data, RevitVersion(2026), RevitVersion(2027))))
    compare = ("RevitAPI.dll", "--version", "2027", "--compare", "--catalog", full)
    done = run(*compare, "--format", "json")
    assert done.exit_code == 1, done.stderr
    told = {(one["kind"], one["symbol"]) for one in json.loads(done.stdout)["differences"]}
    assert ("only_in_catalog", "Autodesk.Revit.DB.FilteredElementCollector") in told
    assert ("only_in_assembly", "Autodesk.Revit.DB.Bag") in told
    assert ("interface", "Autodesk.Revit.DB.ElementId") in told
    text = run(*compare)
    assert text.exit_code == 1
    assert "\n  class Autodesk.Revit.DB.Bag\n" in text.stdout
    assert "\n  method Autodesk.Revit.DB.Element.Move(Double, Double) -> Void\n" in text.stdout


def test_a_version_that_is_not_covered_cannot_be_compared(run: Run) -> None:
    done = run(*BOTH, "--compare")
    assert done.exit_code == 2
    assert "nothing to compare 2027 with" in done.stderr


def test_a_refused_file_leaves_nothing_behind(run: Run, tmp_path: Path) -> None:
    source = tmp_path / "text.dll"
    source.write_text("no assembly", "utf-8")
    done = run(source, "--version", "2027", "--out", tmp_path / "new.bin")
    assert done.exit_code == 2
    assert "does not begin with MZ" in done.stderr
    assert list(tmp_path.iterdir()) == [source]


def test_a_target_that_cannot_be_written_is_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    done = run(*BOTH, "--out", tmp_path / "file" / "new.bin")
    assert done.exit_code == 2
    assert "cannot be written" in done.stderr


def test_an_existing_file_is_replaced_only_with_force(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "mine.bin"
    target.write_bytes(b"kept")
    refused = run(*BOTH, "--out", target)
    assert refused.exit_code == 2
    assert "--force" in refused.stderr
    assert target.read_bytes() == b"kept"
    assert run(*BOTH, "--out", target, "--force").exit_code == 0
    assert target.stat().st_size > 1_000_000
    assert list(tmp_path.iterdir()) == [target]


def test_the_environment_names_the_catalog_for_every_command(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "new.bin"
    assert run(*BOTH, "--out", target).exit_code == 0
    monkeypatch.setenv("REVITRON_GRPC_CATALOG__PATH", str(target))
    info = CliRunner().invoke(app, ["catalog", "info", "--json"])
    assert json.loads(info.stdout)["revit_versions"][-1] == 2027
