"""Runs are recorded beside their streams, whatever the store does."""

import asyncio
import threading
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from functools import partial

import pytest
import pytest_asyncio
from sqlalchemy.engine import Engine

from revitron_grpc.errors import StoreUnavailableError
from revitron_grpc.service.runs.run_recorder import RunRecorder
from revitron_grpc.service.stores.store_calls import _MOST_WAITING, StoreCalls
from revitron_grpc.storage.runs import BegunRun, EndedRun, RunButton, RunState, encoded, save
from revitron_grpc.storage.sql_runs import SqlRuns
from revitron_grpc.storage.versions import upgrade
from revitron_grpc.v1.button_service_pb2 import RunSummary
from tests.storage.conftest import engine_of

RUN = BegunRun(
    run_id="1" * 36, owner="anna", plan_digest="a" * 64, created=datetime.now(UTC), request=b""
)
BUTTONS = (RunButton(1, "f" * 16, "Title", "automation"),)


class Watch:
    """Remembers what it hears."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def called(self, seconds: float, *, failed: bool) -> None:
        assert seconds >= 0
        self.heard.append("failed" if failed else "good")

    def went_away(self, reason: str) -> None:
        assert reason
        self.heard.append("away")

    def came_back(self) -> None:
        self.heard.append("back")


class FlakyRuns(SqlRuns):
    """A store that can be away, or stuck."""

    away = False
    broken = False
    go_on: threading.Event | None = None

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self._calls: list[StoreCalls] = []

    def calls(self, watch: Watch | None = None, seconds: float = 30) -> StoreCalls:
        """Calls to this store, which end with it."""
        self._calls.append(StoreCalls("runs", 1, seconds, watch or Watch()))
        return self._calls[-1]

    async def end(self) -> None:
        """Close it when nothing uses it any more."""
        if self.go_on is not None:
            self.go_on.set()
        for calls in self._calls:
            await calls.close()
        self.close()

    def begin(self, run: BegunRun) -> None:
        self._be()
        super().begin(run)

    def finish(self, run: EndedRun) -> None:
        self._be()
        super().finish(run)

    def _be(self) -> None:
        if self.go_on is not None:
            self.go_on.wait()
        if self.away:
            raise StoreUnavailableError("the test took it away")
        if self.broken:
            raise ValueError("a mistake of ours")


class Kept:
    """Keeps records in memory."""

    def __init__(self) -> None:
        self.records: list[bytes] = []

    async def owe(self, record: bytes) -> None:
        self.records.append(record)


@pytest_asyncio.fixture
async def store() -> AsyncIterator[FlakyRuns]:
    engine = engine_of("sqlite://")
    upgrade(engine)
    store = FlakyRuns(engine)
    yield store
    await store.end()


async def test_a_run_is_stored_before_its_summary_is_sent(store: FlakyRuns) -> None:
    recorder = RunRecorder(store, store.calls())
    with recorder.record(RUN, lambda: BUTTONS) as recording:
        await recording.finished(RunSummary(accepted=1))
        run = store.get(RUN.run_id)
    assert run is not None
    assert (run.state, run.buttons) == (RunState.FINISHED, BUTTONS)
    assert RunSummary.FromString(run.summary or b"").accepted == 1
    await recorder.settle()
    assert store.get(RUN.run_id) == run


async def test_a_call_that_was_left_is_recorded_in_the_background(store: FlakyRuns) -> None:
    cut_off = False
    recorder = RunRecorder(store, store.calls(), cuts_off=lambda: cut_off)
    for error, cut_off, state in (  # noqa: B007 - the recorder looks at it
        (asyncio.CancelledError(), True, RunState.RUNNING),
        (GeneratorExit(), False, RunState.CANCELLED),
        (ValueError(), False, RunState.FAILED),
    ):
        with pytest.raises(type(error)), recorder.record(RUN, lambda: BUTTONS):
            raise error
        await recorder.settle()
        run = store.get(RUN.run_id)
        assert run is not None
        assert (run.state, run.buttons, run.summary) == (state, BUTTONS, None)


async def test_a_stuck_store_does_not_hold_a_stream(store: FlakyRuns) -> None:
    store.go_on = threading.Event()
    owed, watch = Kept(), Watch()
    recorder = RunRecorder(store, store.calls(watch, seconds=0.05), owed)
    await recorder.begin(RUN)
    assert owed.records == [encoded(RUN)]
    # Known to be away, it is not waited for again; the outage is told once.
    await recorder.begin(RUN)
    assert watch.heard == ["failed", "away"]


async def test_what_the_store_does_not_take_is_owed_and_brought_in_any_order(
    store: FlakyRuns,
) -> None:
    owed, watch = Kept(), Watch()
    calls = store.calls(watch)
    recorder = RunRecorder(store, calls, owed)
    store.away = True
    with recorder.record(RUN, lambda: BUTTONS) as recording:
        await recording.finished(RunSummary())
    await recorder.settle()
    assert len(owed.records) == 2
    assert watch.heard.count("away") == 1
    store.away = False
    for record in owed.records:
        await calls.call(partial(save, store, record), also_if_away=True)
    assert not calls.away
    assert watch.heard[-1] == "good"
    assert "back" in watch.heard
    run = store.get(RUN.run_id)
    assert run is not None
    assert run.state is RunState.FINISHED


@pytest.mark.parametrize("what", ["away", "broken"])
async def test_a_record_that_nobody_takes_is_counted_and_stops_nothing(
    store: FlakyRuns, what: str
) -> None:
    store.away = what == "away"
    store.broken = what == "broken"
    lost: list[int] = []
    recorder = RunRecorder(store, store.calls(), lost=lambda: lost.append(1))
    await recorder.begin(RUN)
    assert lost == [1]


async def test_calls_that_wait_are_bounded(store: FlakyRuns) -> None:
    go_on = store.go_on = threading.Event()
    calls = store.calls()
    waiting = [asyncio.create_task(calls.call(lambda: go_on.wait())) for _ in range(_MOST_WAITING)]
    await asyncio.sleep(0)
    with pytest.raises(StoreUnavailableError, match="wait"):
        await calls.call(lambda: None)
    go_on.set()
    assert all(await asyncio.gather(*waiting))


async def test_a_call_that_nobody_waits_for_ends_before_the_store_is_closed(
    store: FlakyRuns,
) -> None:
    calls, under_way, ended = store.calls(), threading.Event(), threading.Event()

    def work() -> None:
        under_way.set()
        time.sleep(0.2)
        ended.set()

    task = asyncio.create_task(calls.call(work))
    await asyncio.to_thread(under_way.wait)
    task.cancel()
    await calls.close()
    assert ended.is_set()
