"""A bounded number of spawned workers for what would hold up the event loop: large scripts.

A script of 1 MiB is parsed in one go of up to a second, in which no thread of the process can do
anything. Beside the process it hurts nobody, and it can be killed: when its time is over, when it
takes too much memory, and when its caller has left.
"""

import asyncio
import contextlib
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from pathlib import Path

import msgspec
import structlog

from revitron_grpc.review.items import ReviewItem, ReviewOptions, ReviewReport
from revitron_grpc.review.reviewer import not_judged
from revitron_grpc.service.process.script_worker import HEADER, ITEM, OPTIONS, REPORT, frame
from revitron_grpc.settings import ReviewSettings

_START_SECONDS = 60.0
_PROGRAM = "revitron_grpc.service.process.script_worker"
_MEBIBYTE = 1024 * 1024

_log = structlog.get_logger("revitron_grpc.workers")


class EncodedOptions:
    """The options of one call as they are sent to a worker; the same object means the same call."""

    def __init__(self, options: ReviewOptions) -> None:
        self.options = options
        self.frame = frame(OPTIONS, msgspec.msgpack.encode(options))


class ScriptWorkers:
    """Reviews items in spawned processes, started when they are needed and ended when idle."""

    def __init__(self, settings: ReviewSettings, count: int, catalog: Path | None) -> None:
        self._settings = settings
        self._slots = asyncio.Semaphore(count)
        self._count = count
        self._idle = [_Slot(settings, catalog) for _ in range(count)]
        self._all = tuple(self._idle)

    @property
    def process_ids(self) -> tuple[int, ...]:
        """The processes that are alive."""
        return tuple(slot.process.pid for slot in self._all if slot.process is not None)

    @property
    def busy(self) -> int:
        """Workers that have an item in work."""
        return self._count - len(self._idle)

    async def review(self, encoded: EncodedOptions, item: ReviewItem) -> ReviewReport:
        """Return the report of one item; one finding if it took too much time or memory.

        When the caller is cancelled, the worker is killed. Raises `RuntimeError` where no worker
        can be started.
        """
        async with self._slots:
            slot = self._take(encoded)
            try:
                return await slot.review(encoded, item)
            finally:
                self._idle.append(slot)

    async def close(self) -> None:
        """Kill all workers."""
        await asyncio.gather(*(slot.close() for slot in self._all))

    def _take(self, encoded: EncodedOptions) -> "_Slot":
        """Take an idle slot: one that has these options, else one that has a process."""
        best = max(self._idle, key=lambda s: (s.encoded is encoded, s.process is not None))
        self._idle.remove(best)
        return best


class _Slot:
    """A place for one worker."""

    def __init__(self, settings: ReviewSettings, catalog: Path | None) -> None:
        self.process: Process | None = None
        self.encoded: EncodedOptions | None = None
        self._settings = settings
        self._catalog = catalog
        self._ending: set[asyncio.Task[int]] = set()
        self._timer: asyncio.TimerHandle | None = None

    async def review(self, encoded: EncodedOptions, item: ReviewItem) -> ReviewReport:
        if self._timer is not None:
            self._timer.cancel()
        limits = self._settings
        try:
            process = await self._running()
            async with asyncio.timeout(limits.script_seconds):
                report = await self._reviewed(process, encoded, item)
        except TimeoutError:
            _log.warning("script worker killed", reason="time", seconds=limits.script_seconds)
            self._kill()
            return not_judged(
                item.id,
                f"judging it took more than {limits.script_seconds:g} seconds",
                encoded.options,
            )
        except (asyncio.IncompleteReadError, ConnectionError):
            # Most likely for want of memory; what a caller sent is not told.
            _log.warning("script worker died", memory_mb=limits.script_memory_mb)
            self._kill()
            return not_judged(
                item.id,
                f"judging it ended the process, most likely for want of memory; it may take "
                f"{limits.script_memory_mb} MiB",
                encoded.options,
            )
        except BaseException:
            self._kill()
            raise
        self._timer = asyncio.get_running_loop().call_later(limits.idle_seconds, self._kill)
        return report

    async def close(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._kill()
        if self._ending:
            await asyncio.wait(self._ending)

    async def _running(self) -> Process:
        if self.process is not None and self.process.returncode is None:
            return self.process
        self._kill()
        # The worker's messages could quote what a caller sent, so they are not kept.
        self.process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",
            "-m",
            _PROGRAM,
            str(self._catalog or ""),
            str(self._settings.script_memory_mb * _MEBIBYTE),
            stdin=PIPE,
            stdout=PIPE,
            stderr=DEVNULL,
        )
        try:
            async with asyncio.timeout(_START_SECONDS):
                await _frame(self.process)
        except (TimeoutError, asyncio.IncompleteReadError) as error:
            raise RuntimeError("no worker for large scripts could be started") from error
        _log.info("script worker started", worker_pid=self.process.pid)
        return self.process

    async def _reviewed(
        self, process: Process, encoded: EncodedOptions, item: ReviewItem
    ) -> ReviewReport:
        sink = process.stdin
        assert sink is not None  # noqa: S101 - for the type checker; it was asked for
        if self.encoded is not encoded:
            self.encoded = encoded
            sink.write(encoded.frame)
        sink.write(frame(ITEM, msgspec.msgpack.encode(item)))
        await sink.drain()
        kind, payload = await _frame(process)
        if kind != REPORT:
            raise ConnectionError
        return msgspec.msgpack.decode(payload, type=ReviewReport)

    def _kill(self) -> None:
        """End the process at once; what the system has still to do goes on beside."""
        process, self.process, self.encoded = self.process, None, None
        if process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        task = asyncio.get_running_loop().create_task(process.wait())
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)


async def _frame(process: Process) -> tuple[bytes, bytes]:
    source = process.stdout
    assert source is not None  # noqa: S101 - for the type checker; it was asked for
    kind, length = HEADER.unpack(await source.readexactly(HEADER.size))
    return kind, await source.readexactly(length)
