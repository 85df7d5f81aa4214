"""What a stage calls of another one counts as the other's; all are called by these names."""

from collections.abc import Iterator

import pytest

from revitron_grpc.vocabulary import Category
from revitron_grpc.workshop import Workshop
from tests.bench import stages
from tests.bench.stages import STAGES, Clock


def test_time_is_counted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks: Iterator[float] = iter((0.0, 1.0, 4.0, 6.0, 7.0, 12.0))
    monkeypatch.setattr("tests.bench.stages.time.thread_time", lambda: next(ticks))
    clock = Clock()
    parse = clock.timed("parse", lambda text: text.upper())
    with clock.stage("analyse"):
        assert parse("a") == "A"
        assert parse("b") == "B"
    assert clock.seconds == {"parse": 4.0, "analyse": 8.0}


def test_every_stage_is_met(monkeypatch: pytest.MonkeyPatch) -> None:
    class Small(Workshop):
        def warm_up(self, sample: object) -> None:
            """Nothing is measured here, so nothing need be ready."""

    monkeypatch.setattr(stages, "Workshop", Small)
    monkeypatch.setattr(stages, "prepare_interpreter", lambda: None)
    measured = stages.measure(len(Category))
    assert set(measured["ms_a_candidate"]) == {*(name for name, _, _ in STAGES), stages.MESSAGE}
    # Not every one of the first recipes has a scenario to run.
    assert all(ms for name, ms in measured["ms_a_candidate"].items() if "simulation" not in name)
