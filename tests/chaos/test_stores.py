"""The scenarios with stores are only as good as what they find missing."""

import dataclasses
from datetime import UTC, datetime
from pathlib import Path

import pytest

from revitron_grpc.storage.runs import BegunRun, EndedRun, RunButton, RunState
from revitron_grpc.storage.sql_runs import SqlRuns
from revitron_grpc.storage.versions import upgrade
from tests.chaos.stores import not_stored, open_database
from tests.chaos.test_verdict import GOOD, judged

NOW = datetime.now(UTC)
SEEN = dataclasses.replace(GOOD, run_id="1" * 36)
BEGUN = BegunRun(run_id="1" * 36, owner="", plan_digest="a" * 64, created=NOW, request=b"")
BUTTONS = tuple(
    RunButton(spec.ordinal, f"{spec.ordinal:016}", "Title", "automation") for spec in SEEN.received
)
WHOLE = EndedRun(run=BEGUN, state=RunState.FINISHED, ended=NOW, summary=b"", buttons=BUTTONS)


@pytest.mark.parametrize(
    ("ended", "problem"),
    [
        (WHOLE, ""),
        (None, "is not in the store"),
        (EndedRun(run=BEGUN, state=RunState.CANCELLED, ended=NOW, buttons=BUTTONS), "is cancelled"),
        (
            EndedRun(
                run=BEGUN, state=RunState.FINISHED, ended=NOW, summary=b"", buttons=BUTTONS[:-1]
            ),
            "has 4 buttons in the store, its client 5",
        ),
    ],
)
def test_a_finished_run_must_be_stored_whole(
    ended: EndedRun | None, problem: str, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path / 'runs.sqlite3'}"
    with open_database(url) as engine:
        upgrade(engine)
        if ended is not None:
            SqlRuns(engine).finish(ended)
    found = not_stored([SEEN, dataclasses.replace(SEEN, run_id="2", complete=False)], url)
    assert bool(found) is bool(problem)
    assert all(problem in one for one in found)


def test_what_is_wrong_beside_the_streams_breaks_the_promise() -> None:
    assert judged([GOOD, dataclasses.replace(GOOD, client=1)], beside=["a run is lost"]).problems
