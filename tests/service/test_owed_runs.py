"""What a replica owes the run store is on the disk before anybody waits for the store."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from revitron_grpc.errors import StoreUnavailableError
from revitron_grpc.service import owed_runs
from revitron_grpc.service.owed_runs import OwedRuns
from revitron_grpc.storage.spool import Spool, SpoolFullError

LIVENESS = 30


class Store:
    """A run store that can be away, hang, and refuse."""

    def __init__(self) -> None:
        self.saved: list[bytes] = []
        self.away = False
        self.calls = threading.Semaphore(0)
        self.hangs = threading.Event()
        self.hangs.set()

    def save(self, record: bytes) -> None:
        self.calls.release()
        assert self.hangs.wait(LIVENESS)
        if self.away:
            raise StoreUnavailableError("the store is away")
        if record.startswith(b"bad"):
            raise ValueError("no run")
        self.saved.append(record)


class Watch:
    """Keeps what it hears, and tells when nothing is owed and when the store went away."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.owed = (0, 0, 0)
        self.changed = asyncio.Event()

    def went_away(self, reason: str) -> None:
        self._hear(f"away: {reason}")

    def came_back(self) -> None:
        self._hear("back")

    def lost(self) -> None:
        self._hear("lost")

    def owes(self, runs: int, size_bytes: int, in_memory: int) -> None:
        self.owed = (runs, size_bytes, in_memory)
        self.changed.set()

    def _hear(self, word: str) -> None:
        self.heard.append(word)
        self.changed.set()

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(LIVENESS):
            while not condition():
                self.changed.clear()
                await self.changed.wait()


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
        store.hangs.set()
        await owed.close(0)


async def test_runs_reach_the_store_in_order_and_leave_the_spool(path: Path, store: Store) -> None:
    watch = Watch()
    async with owing(path, store, watch) as owed:
        for number in range(5):
            await owed.owe(b"run %d" % number)
        await watch.until(lambda: watch.owed[0] == 0)
        assert path.stat().st_size == 0
    assert store.saved == [b"run %d" % number for number in range(5)]
    assert watch.heard == []


async def test_an_outage_is_told_once_and_owed_runs_are_written_after_it(
    path: Path, store: Store
) -> None:
    watch = Watch()
    store.away = True
    async with owing(path, store, watch) as owed:
        await owed.owe(b"first")
        await owed.owe(b"second")
        for _ in range(4):
            assert await asyncio.to_thread(store.calls.acquire, timeout=LIVENESS)
        assert watch.owed == (2, 2 * 12 + 11, 0)
        store.away = False
        await watch.until(lambda: watch.owed[0] == 0)
    assert store.saved == [b"first", b"second"]
    assert watch.heard == ["away: the store is away", "back"]


async def test_nobody_waits_for_a_store_that_hangs(path: Path, store: Store) -> None:
    watch = Watch()
    store.hangs.clear()
    async with owing(path, store, watch) as owed:
        await owed.owe(b"first")
        assert await asyncio.to_thread(store.calls.acquire, timeout=LIVENESS)
        # The store's only thread is busy; these return because they wait for the disk alone.
        for number in range(3):
            await asyncio.wait_for(owed.owe(b"more %d" % number), LIVENESS / 2)
        assert watch.owed[0] == 4
        assert store.saved == []
        store.hangs.set()
        await watch.until(lambda: watch.owed[0] == 0)
    assert len(store.saved) == 4


async def test_what_one_process_owed_the_next_one_writes(path: Path, store: Store) -> None:
    store.away = True
    async with owing(path, store, Watch()) as owed:
        await owed.owe(b"before")
    store.away = False
    watch = Watch()
    async with owing(path, store, watch):
        await watch.until(lambda: watch.owed[0] == 0)
    assert store.saved == [b"before"]


async def test_the_end_waits_for_the_store_while_there_is_time(path: Path, store: Store) -> None:
    watch = Watch()
    store.hangs.clear()
    owed = OwedRuns(Spool(path, max_bytes=1000), store.save, watch)
    owed.start()
    await owed.owe(b"last")
    ending = asyncio.create_task(owed.close(LIVENESS))
    assert await asyncio.to_thread(store.calls.acquire, timeout=LIVENESS)
    assert not ending.done()
    store.hangs.set()
    await ending
    assert store.saved == [b"last"]


async def test_what_the_spool_cannot_take_is_kept_in_memory_and_written(
    path: Path, store: Store
) -> None:
    watch = Watch()
    store.away = True
    async with owing(path, store, watch) as owed:
        await owed.owe(b"a" * 900)
        await owed.owe(b"b" * 900)
        await watch.until(lambda: watch.owed[0] == 2)
        assert watch.owed == (2, 912 + 900, 1)
        store.away = False
        await watch.until(lambda: watch.owed[0] == 0)
    assert store.saved == [b"a" * 900, b"b" * 900]
    assert "lost" not in watch.heard


async def test_memory_is_bounded_and_a_lost_run_is_told(
    path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(owed_runs, "MEMORY_BYTES", 1000)
    watch = Watch()
    store.away = True
    async with owing(path, store, watch) as owed:
        for letter in b"abc":
            await owed.owe(bytes([letter]) * 900)
        await watch.until(lambda: "lost" in watch.heard)
        assert watch.owed == (2, 912 + 900, 1)


async def test_at_the_end_memory_is_offered_to_the_disk_once_more(
    path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = Watch()
    store.away = True
    append = Spool.append
    async with owing(path, store, watch) as owed:
        with monkeypatch.context() as patched:

            def full(_: Spool, __: bytes) -> None:
                raise SpoolFullError("no space")

            patched.setattr(Spool, "append", full)
            await owed.owe(b"kept")
            await watch.until(lambda: watch.owed[2] == 1)
        assert Spool.append is append
    spool = Spool(path, max_bytes=1000)
    assert spool.oldest(9) == [b"kept"]
    spool.close()
    assert "lost" not in watch.heard


async def test_a_run_that_the_store_refuses_holds_up_no_other(path: Path, store: Store) -> None:
    watch = Watch()
    async with owing(path, store, watch) as owed:
        for record in (b"bad run", b"good run"):
            await owed.owe(record)
        await watch.until(lambda: watch.owed[0] == 0 and bool(store.saved))
    assert store.saved == [b"good run"]
    assert watch.heard == ["lost"]
    aside = Spool(path.with_suffix(".refused"), max_bytes=1000)
    assert aside.oldest(9) == [b"bad run"]
    aside.close()
