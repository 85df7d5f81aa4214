"""Runs that the run store did not take: into the spool, and from there to the store.

A stream waits for the local disk, never for the store to come back. What is in the spool survives
the process and is removed after the store has it. A store that is away is asked again, ever less
often.
"""

import asyncio
import contextlib
from collections import deque
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Protocol, TypeVar

import structlog
from tenacity import AsyncRetrying, retry_if_exception_type
from tenacity.wait import wait_exponential, wait_random

from revitron_grpc.errors import RevitronGrpcError, StoreUnavailableError
from revitron_grpc.storage.spool import Spool, SpoolFullError
from revitron_grpc.storage.spool_folder import REFUSED

# Between two attempts to reach the store: half a second at first, 15 at most.
_FIRST_PAUSE, _LONGEST_PAUSE, _JITTER = 0.5, 14.0, 1.0
# A disk that takes longer than this to sync is not waited for.
_DISK_SECONDS = 2.0
MEMORY_BYTES = 16 * 1024 * 1024
"""Records that the spool cannot take are kept in memory up to this size; 400 runs of 250."""

T = TypeVar("T")

_log = structlog.get_logger("revitron_grpc.stores")


class OwedWatch(Protocol):
    """Hears what is owed; each method returns at once."""

    def owes(self, records: int, size_bytes: int, in_memory: int) -> None:
        """So many records are owed, `in_memory` of them nowhere else."""
        ...

    def lost(self) -> None:
        """What is known of a run reached neither spool nor memory, or the store refused it."""
        ...


class OwedRuns:
    """What one replica owes the run store; belongs to one event loop."""

    def __init__(
        self, spool: Spool, save: Callable[[bytes], Awaitable[None]], watch: OwedWatch
    ) -> None:
        """`save` writes one record to the store, and may be given one that is there already.

        It returns after the commit, and raises `StoreUnavailableError` where it is to be called
        again later. Any other error means that the store will never take that record, which is
        then set aside.
        """
        self._spool = spool
        self._save = save
        self._watch = watch
        self._held: deque[bytes] = deque()
        self._held_bytes = 0
        self._draining: asyncio.Task[None] | None = None
        self._more = asyncio.Event()
        self._hurry = asyncio.Event()
        self._nothing = asyncio.Event()
        self._disk = ThreadPoolExecutor(1, thread_name_prefix="spool")

    @property
    def records(self) -> int:
        """Records that are owed, two at most for each run."""
        return len(self._spool) + len(self._held)

    @property
    def size_bytes(self) -> int:
        """Their size, in the spool and in memory."""
        return self._spool.size_bytes + self._held_bytes

    def start(self) -> None:
        """Begin to write what is owed, also what was owed before."""
        spool = self._spool
        if spool.damaged_bytes:
            _log.warning("spool was damaged", file=str(spool.path), bytes=spool.damaged_bytes)
        if len(spool):
            _log.warning("runs are owed from before", file=str(spool.path), records=len(spool))
        self._count()
        self._draining = asyncio.create_task(self._drain())

    async def owe(self, record: bytes) -> None:
        """Return when the record is on the disk, or the disk cannot take it.

        Then it is kept in memory, which does not survive the process; where that is full too, the
        record is lost, and that is told. Whoever waits goes on in any case.
        """
        loop = asyncio.get_running_loop()
        written = loop.run_in_executor(self._disk, self._spool.append, record)
        written.add_done_callback(lambda ended: self._written(record, ended))
        await asyncio.wait({written}, timeout=_DISK_SECONDS)

    async def close(self, seconds: float) -> None:
        """Write what is owed for so long at most, then leave the rest in the spool.

        What was kept in memory is offered to the disk once more.
        """
        self._hurry.set()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._nothing.wait()
        if self._draining is not None:
            self._draining.cancel()
            await asyncio.gather(self._draining, return_exceptions=True)
        held, self._held, self._held_bytes = self._held, deque(), 0
        for record in held:
            await self.owe(record)
        for _ in self._held:
            self._watch.lost()
        if self.records:
            _log.warning(
                "ending while runs are owed",
                file=str(self._spool.path),
                records=len(self._spool),
                lost=len(self._held),
            )
        await asyncio.to_thread(self._disk.shutdown)
        self._spool.close()

    async def _drain(self) -> None:
        """Write what is owed to the store, the spool first, oldest first, for ever."""
        while True:
            await self._more.wait()
            try:
                await self._pay_all()
            except OSError:
                _log.exception("the spool cannot be read", file=str(self._spool.path))
                await self._pause(_LONGEST_PAUSE)

    async def _pay_all(self) -> None:
        while len(self._spool):
            [record] = await self._at_disk(self._spool.oldest)
            await self._pay(record)
            await self._at_disk(self._spool.drop)
            self._count()
        while self._held:
            await self._pay(self._held[0])
            self._held_bytes -= len(self._held.popleft())
            self._count()

    async def _pay(self, record: bytes) -> None:
        """Write one record to the store, however long that takes; or set it aside."""
        try:
            async for attempt in AsyncRetrying(
                retry=retry_if_exception_type(StoreUnavailableError),
                wait=wait_exponential(_FIRST_PAUSE, max=_LONGEST_PAUSE) + wait_random(0, _JITTER),
                sleep=self._pause,
            ):
                with attempt:
                    await self._save(record)
        except Exception:
            path = self._spool.path.with_suffix(REFUSED)
            _log.exception("the run store refuses a run", kept_in=str(path))
            await self._at_disk(_set_aside, record, path, self._spool.max_bytes)
            self._watch.lost()

    async def _pause(self, seconds: float) -> None:
        """Wait until the next attempt; at the end it comes soon, but not at once."""
        if self._hurry.is_set():
            await asyncio.sleep(_FIRST_PAUSE)
            return
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._hurry.wait()

    def _written(self, record: bytes, ended: "asyncio.Future[None]") -> None:
        error = asyncio.CancelledError() if ended.cancelled() else ended.exception()
        if isinstance(error, SpoolFullError):
            self._hold(record, error.message)
        elif error is not None:
            _log.error("the spool failed", file=str(self._spool.path), exc_info=error)
            self._hold(record, str(error))
        self._count()

    def _hold(self, record: bytes, reason: str) -> None:
        if self._held_bytes + len(record) > MEMORY_BYTES:
            _log.error("a run is lost: neither spool nor memory takes it", reason=reason)
            self._watch.lost()
            return
        if not self._held:
            _log.error("the spool takes no runs; they are kept in memory alone", reason=reason)
        self._held.append(record)
        self._held_bytes += len(record)

    def _count(self) -> None:
        self._watch.owes(self.records, self.size_bytes, len(self._held))
        for event, wanted in ((self._more, self.records > 0), (self._nothing, self.records == 0)):
            event.set() if wanted else event.clear()

    async def _at_disk(self, work: Callable[..., T], *arguments: object) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._disk, work, *arguments)


def _set_aside(record: bytes, path: Path, max_bytes: int) -> None:
    """Keep a record for people to look at; where that fails too, the log has said enough."""
    with contextlib.suppress(RevitronGrpcError):
        refused = Spool(path, max_bytes=max_bytes)
        try:
            refused.append(record)
        finally:
            refused.close()
