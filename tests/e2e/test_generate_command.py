"""`revitron-grpc generate` as a user runs it."""

import ast
import hashlib
import json
from pathlib import Path

import pytest

from revitron_grpc.bundles.check import check_extension
from revitron_grpc.bundles.reader import read_extension
from revitron_grpc.catalog.load import packaged_catalog
from tests.e2e.conftest import Done, Service, run


def specs_of(done: Done) -> list[dict[str, object]]:
    lines = [json.loads(line) for line in done.out.splitlines()]
    return [s for line in lines for s in line.get("buttons", {}).get("buttons", [])]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Done]:
    path = tmp_path_factory.mktemp("out") / "Suggested.extension"
    return path, run("generate", "--count", "20", "--out", path)


def test_it_runs_with_no_server_and_says_what_it_did(written: tuple[Path, Done]) -> None:
    path, done = written
    assert done.code == 0, done.err
    assert "20 of 20 buttons" in done.out
    assert "not run in your Revit" in done.out
    assert str(path) in done.out
    assert str(path.parent) in done.out


def test_the_extension_re_reads_without_a_finding(written: tuple[Path, Done]) -> None:
    names = packaged_catalog().type("Autodesk.Revit.DB.BuiltInCategory")
    assert names is not None
    extension = read_extension(written[0])
    findings = check_extension(extension, categories={m.name for m in names.members})
    assert [f for f in findings if f.severity != "info"] == []
    assert sum(len(c.scripts) for c in extension.components()) == 20


def test_the_manifest_has_a_hash_for_every_file(written: tuple[Path, Done]) -> None:
    root = written[0]
    manifest = json.loads((root / "revitron-grpc.json").read_text())
    assert len(manifest["buttons"]) == 20
    for entry in manifest["files"]:
        assert hashlib.sha256((root / entry["path"]).read_bytes()).hexdigest() == entry["sha256"]
    there = {p.relative_to(root).as_posix() for p in root.rglob("*") if p.is_file()}
    assert {entry["path"] for entry in manifest["files"]} == there - {"revitron-grpc.json"}


def test_our_own_judge_finds_nothing_in_it(written: tuple[Path, Done]) -> None:
    done = run("validate", written[0], "--format", "json")
    grave = [f for f in json.loads(done.out) if f["severity"] != "info"]
    assert grave == []
    assert done.code == 0


def test_an_existing_output_is_kept_without_force(written: tuple[Path, Done]) -> None:
    path = written[0]
    before = (path / "revitron-grpc.json").read_bytes()
    done = run("generate", "--count", "1", "--out", path)
    assert done.code == 2
    assert "--force" in done.err
    assert (path / "revitron-grpc.json").read_bytes() == before


def test_own_tools_are_read_from_an_extension(written: tuple[Path, Done]) -> None:
    first = specs_of(run("generate", "--count", "20", "--format", "jsonl"))
    again = specs_of(
        run("generate", "--count", "20", "--format", "jsonl", "--existing", written[0])
    )
    assert not {s["title"] for s in first} & {s["title"] for s in again}


def test_jsonl_is_the_stream_and_the_same_twice() -> None:
    arguments = ("generate", "--count", "12", "--revit", "2024-2026", "--format", "jsonl")
    first, second = specs_of(run(*arguments)), specs_of(run(*arguments))
    assert len(first) == 12
    assert json.dumps(first) == json.dumps(second)
    assert {v["revitVersion"] for s in first for v in s["revitCompatibility"]} == {2024, 2025, 2026}  # type: ignore[union-attr]


def test_a_server_gives_what_the_own_process_gives(service: Service) -> None:
    arguments = ("generate", "--count", "12", "--format", "jsonl")
    assert specs_of(run(*arguments, "--server", service.target)) == specs_of(run(*arguments))


def test_fewer_than_asked_exits_with_1_and_says_why() -> None:
    done = run(
        *("generate", "--count", "900", "--category", "selection_and_filtering"),
        *("--discipline", "facade"),
    )
    assert done.code == 1
    assert "shortage in selection_and_filtering" in done.out


def test_rejected_candidates_are_shown_with_the_reason() -> None:
    done = run(
        *("generate", "--count", "5", "--rejected"), "--threshold", "implementation_complexity=1"
    )
    assert "rejected" in done.err
    assert "implementation_complexity" in done.err


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("--count", "0"), 2, "greater than or equal to 1"),
        (("--seed", "-1"), 2, "--seed"),
        (("--server", "127.0.0.1:9", "--config", "any.yaml"), 2, "--config"),
        (("--revit", "2019"), 2, "revit_versions"),
        (("--revit", "soon"), 2, "2022-2026"),
        (("--out", "folder"), 2, ".extension"),
        (("--threshold", "beauty=1"), 2, "aec_value"),
        (("--existing", "nowhere.extension"), 2, "nowhere.extension"),
        (("--config", "nowhere.yaml"), 2, "does not exist"),
        (("--server", "127.0.0.1:9"), 3, "no service answers"),
        (("--timeout", "0.001"), 3, "--timeout"),
    ],
)
def test_a_mistake_is_told_with_the_way_out(
    tmp_path: Path, arguments: tuple[str, ...], code: int, told: str
) -> None:
    done = run("generate", *arguments, cwd=tmp_path)
    assert done.code == code
    assert told in done.err + done.out
    assert "Traceback" not in done.err


def test_every_script_compiles(written: tuple[Path, Done]) -> None:
    scripts = list(written[0].rglob("script.py"))
    assert len(scripts) == 20
    for script in scripts:
        ast.parse(script.read_text(encoding="utf-8"))
