"""`generate --profile --output FILE`: a profile of one request, pool threads included."""

import json
import pstats
from pathlib import Path

import pytest

from revitron_grpc.cli import extras
from revitron_grpc.cli.request_profile import _STAGES
from revitron_grpc.errors import Reason, RevitronGrpcError
from tests.e2e.conftest import run


def test_a_profile_has_the_functions_of_every_thread(tmp_path: Path) -> None:
    settings = tmp_path / "settings.yaml"
    # Processes of a pool no profiler of this one sees: threads are used all the same.
    settings.write_text("executor: {kind: process, max_workers: 2}\n")
    path = tmp_path / "request.prof"
    words = ("--count", "3", "--format", "jsonl", "--config", settings)
    done = run("generate", *words, "--profile", "--output", path)
    assert done.code == 0, done.err
    lines = [json.loads(line) for line in done.out.splitlines()]
    assert lines[-1]["summary"]["accepted"] == 3

    functions = {
        (Path(key[0]).name, key[2]): calls
        for key, (_, calls, *_) in pstats.Stats(str(path)).stats.items()  # type: ignore[attr-defined]
    }
    assert functions["workshop.py", "Workshop.judge"] >= 3
    assert functions["analyser.py", "analyse"] >= 3
    assert functions["plan.py", "Planner.plan"] == 1
    # The service was warm: no template is compiled in the profile.
    assert ("render.py", "ScriptRenderer.compile") not in functions
    assert not any(file == "compiler.py" for file, _ in functions)

    told = done.err.splitlines()
    assert all(any(line.startswith(f"{stage} ") for line in told) for stage in _STAGES)
    assert f"threads: {path}" in told[-1]
    assert sorted(tmp_path.iterdir()) == [path, settings]

    before = path.read_bytes()
    again = run("generate", *words, "--profile", "--output", path)
    assert (again.code, path.read_bytes()) == (2, before)
    assert "use --force to replace it" in again.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--profile",), "--profile and --output FILE go together"),
        (("--output", "request.prof"), "--profile and --output FILE go together"),
        (("--profile", "--output", "x", "--server", "127.0.0.1:9"), "--profile is for a service"),
        (("--profile", "--output", "."), "is no file"),
        (("--profile", "--output", "nowhere/x.prof"), "nowhere/x.prof cannot be written"),
    ],
)
def test_a_profile_that_cannot_be_had_is_told(
    tmp_path: Path, words: tuple[str, ...], told: str
) -> None:
    done = run("generate", "--count", "1", *words, cwd=tmp_path)
    assert done.code == 2
    assert told in done.err
    assert list(tmp_path.iterdir()) == []


def test_without_the_profiler_the_extra_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(extras, "find_spec", lambda _: None)
    with pytest.raises(RevitronGrpcError, match=r"revitron-grpc\[server\]") as caught:
        extras.require_profiler()
    assert caught.value.reason is Reason.EXTRA_MISSING
