"""What a replica owes the run store is on the disk before anybody waits for the store."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from revitron_grpc.errors import StoreUnavailableError
from revitron_grpc.service.health import HealthBoard
from revitron_grpc.service.runs import owed_runs
from revitron_grpc.service.runs.owed_runs import OwedRuns
from revitron_grpc.service.stores.run_store_health import RunStoreHealth
from revitron_grpc.service.telemetry.metrics import Metrics
from revitron_grpc.storage.spool import Spool, SpoolFullError
from tests.liveness import LIVENESS


class Store:
    """A run store that can be away, hang, and refuse."""

    def __init__(self) -> None:
        self.saved: list[bytes] = []
        self.away = False
        self.calls = asyncio.Semaphore(0)
        self.answers = asyncio.Event()
        self.answers.set()

    async def save(self, record: bytes) -> None:
        self.calls.release()
        async with asyncio.timeout(LIVENESS):
            await self.answers.wait()
        if self.away:
            raise StoreUnavailableError("the store is away")
        if record.startswith(b"refused"):
            raise ValueError("no run")
        self.saved.append(record)


class Watch:
    """Keeps what it hears."""

    def __init__(self) -> None:
        self.owed = (0, 0, 0)
        self.losses = 0
        self._changed = asyncio.Event()

    def lost(self) -> None:
        self.losses += 1
        self._changed.set()

    def owes(self, records: int, size_bytes: int, in_memory: int) -> None:
        self.owed = (records, size_bytes, in_memory)
        self._changed.set()

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(LIVENESS):
            while not condition():
                self._changed.clear()
                await self._changed.wait()


BIG = b"x" * 600


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "replica-0.spool"


@pytest.fixture
def store() -> Store:
    return Store()


@pytest.fixture(autouse=True)
def no_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(owed_runs, "_FIRST_PAUSE", 0.001)
    monkeypatch.setattr(owed_runs, "_LONGEST_PAUSE", 0.01)
    monkeypatch.setattr(owed_runs, "_JITTER", 0.001)


@asynccontextmanager
async def owing(path: Path, store: Store, watch: Watch) -> AsyncIterator[OwedRuns]:
    owed = OwedRuns(Spool(path, max_bytes=1000), store.save, watch)
    owed.start()
    try:
        yield owed
    finally:
        await owed.close(0)


async def test_what_is_owed_reaches_the_store_in_order_and_leaves_the_spool(
    path: Path, store: Store
) -> None:
    watch, records = Watch(), [b"run 0", b"run 1", b"end 1", b"run 2"]
    async with owing(path, store, watch) as owed:
        for record in records:
            await owed.owe(record)
        await watch.until(lambda: watch.owed[0] == 0)
        assert path.stat().st_size == 0
    assert store.saved == records
    assert watch.losses == 0


async def test_a_store_that_is_away_is_asked_again_until_it_has_everything(
    path: Path, store: Store
) -> None:
    watch = Watch()
    store.away = True
    async with owing(path, store, watch) as owed:
        await owed.owe(b"run 1")
        await owed.owe(b"end 1")
        for _ in range(4):
            await asyncio.wait_for(store.calls.acquire(), LIVENESS)
        assert (watch.owed[0], watch.owed[2]) == (2, 0)
        assert watch.owed[1] == path.stat().st_size
        store.away = False
        await watch.until(lambda: watch.owed[0] == 0)
    assert store.saved == [b"run 1", b"end 1"]


async def test_nobody_waits_for_a_store_that_hangs(path: Path, store: Store) -> None:
    watch = Watch()
    store.answers.clear()
    async with owing(path, store, watch) as owed:
        for number in range(4):
            await asyncio.wait_for(owed.owe(b"run %d" % number), LIVENESS / 2)
        await asyncio.wait_for(store.calls.acquire(), LIVENESS)
        assert (watch.owed[0], store.saved) == (4, [])
        store.answers.set()
        await watch.until(lambda: watch.owed[0] == 0)
    assert len(store.saved) == 4


async def test_what_one_process_owed_the_next_one_writes(path: Path, store: Store) -> None:
    store.away = True
    async with owing(path, store, Watch()) as owed:
        await owed.owe(b"end 1")
    store.away = False
    watch = Watch()
    async with owing(path, store, watch):
        await watch.until(lambda: watch.owed[0] == 0)
    assert store.saved == [b"end 1"]


async def test_the_end_waits_for_the_store_while_there_is_time(path: Path, store: Store) -> None:
    store.answers.clear()
    owed = OwedRuns(Spool(path, max_bytes=1000), store.save, Watch())
    owed.start()
    await owed.owe(b"end 1")
    ending = asyncio.create_task(owed.close(LIVENESS))
    await asyncio.wait_for(store.calls.acquire(), LIVENESS)
    assert not ending.done()
    store.answers.set()
    await ending
    assert store.saved == [b"end 1"]


async def test_what_the_spool_cannot_take_is_kept_in_memory_and_written(
    path: Path, store: Store
) -> None:
    watch = Watch()
    store.away = True
    async with owing(path, store, watch) as owed:
        await owed.owe(BIG)
        await owed.owe(BIG)
        await watch.until(lambda: watch.owed[0] == 2)
        assert watch.owed == (2, path.stat().st_size + len(BIG), 1)
        store.away = False
        await watch.until(lambda: watch.owed[0] == 0)
    assert store.saved == [BIG, BIG]
    assert watch.losses == 0


async def test_memory_is_bounded_and_a_lost_run_is_told(
    path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(owed_runs, "MEMORY_BYTES", len(BIG) + 10)
    watch = Watch()
    store.away = True
    async with owing(path, store, watch) as owed:
        for _ in range(3):
            await owed.owe(BIG)
        await watch.until(lambda: watch.losses == 1)
        assert (watch.owed[0], watch.owed[2]) == (2, 1)


async def test_at_the_end_memory_is_offered_to_the_disk_once_more(
    path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: Spool, __: bytes) -> None:
        raise SpoolFullError("no space")

    watch = Watch()
    store.away = True
    async with owing(path, store, watch) as owed:
        with monkeypatch.context() as patched:
            patched.setattr(Spool, "append", full)
            await owed.owe(b"end 1")
            await watch.until(lambda: watch.owed[2] == 1)
    spool = Spool(path, max_bytes=1000)
    assert spool.oldest(9) == [b"end 1"]
    spool.close()
    assert watch.losses == 0


async def test_a_run_that_the_store_refuses_holds_up_no_other(path: Path, store: Store) -> None:
    watch = Watch()
    async with owing(path, store, watch) as owed:
        for record in (b"refused", b"run 2"):
            await owed.owe(record)
        await watch.until(lambda: watch.owed[0] == 0 and bool(store.saved))
    assert (store.saved, watch.losses) == ([b"run 2"], 1)
    aside = Spool(path.with_suffix(".refused"), max_bytes=1000)
    assert aside.oldest(9) == [b"refused"]
    aside.close()


class TestHealth:
    """What /health and the metrics say of it."""

    @pytest.fixture
    def board(self) -> HealthBoard:
        return HealthBoard(())

    def reason(self, board: HealthBoard) -> str:
        return board.everything["runs"].reason

    async def test_owing_alone_is_no_trouble_and_an_outage_says_what_is_owed(
        self, board: HealthBoard
    ) -> None:
        metrics = Metrics("1")
        health = RunStoreHealth(board, metrics)
        health.came_back()
        health.owes(3, 1200, 0)
        assert self.reason(board) == ""
        health.went_away("nobody listens")
        health.owes(4, 1600, 0)
        assert self.reason(board).startswith("the run store is away: nobody listens; ")
        assert self.reason(board).endswith("; 4 records of runs are owed, 1600 bytes")
        text = metrics.exposition("")[0].decode()
        assert "revitron_grpc_runs_owed 4.0" in text
        assert "revitron_grpc_runs_owed_bytes 1600.0" in text
        health.came_back()
        health.owes(0, 0, 0)
        assert self.reason(board) == ""
        assert "revitron_grpc_runs_owed 0.0" in metrics.exposition("")[0].decode()

    async def test_a_full_spool_is_trouble_also_while_the_store_answers(
        self, board: HealthBoard
    ) -> None:
        metrics = Metrics("1")
        health = RunStoreHealth(board, metrics)
        health.owes(2, 1200, 1)
        assert self.reason(board).endswith("1200 bytes; 1 of them in memory alone")
        assert board.degraded
        health.lost()
        assert "revitron_grpc_runs_lost_total 1.0" in metrics.exposition("")[0].decode()
