"""Record runs in the run store, beside their streams.

A run's beginning is written while its stream already flows. Its end is written before the summary
is sent: whoever has the summary finds the run. What the store does not take is owed to it.
"""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Protocol, Self

import structlog

from revitron_grpc.errors import RevitronGrpcError, StoreUnavailableError
from revitron_grpc.service.stores.store_calls import StoreCalls
from revitron_grpc.storage.runs import (
    BegunRun,
    EndedRun,
    RunButton,
    RunState,
    RunStore,
    encoded,
)
from revitron_grpc.v1.button_service_pb2 import RunSummary

_log = structlog.get_logger("revitron_grpc.runs")


class Owed(Protocol):
    """Keeps what the store did not take, and brings it later."""

    async def owe(self, record: bytes) -> None:
        """Keep a record (see `storage.runs.encoded`); it survives the process when this returns.

        Never fails: it tells by itself what it could not keep.
        """
        ...


class RunRecorder:
    """Writes the records of all runs of a replica; belongs to one event loop."""

    def __init__(
        self,
        store: RunStore,
        calls: StoreCalls,
        owed: Owed | None = None,
        lost: Callable[[], None] = lambda: None,
        cuts_off: Callable[[], bool] = lambda: False,
    ) -> None:
        """`lost` hears of each record that neither the store nor `owed` took.

        `cuts_off` says whether it is the service that ends the call of the current task.
        """
        self._store = store
        self._calls = calls
        self._owed = owed
        self._lost = lost
        self.cuts_off = cuts_off
        self._tasks: set[asyncio.Task[None]] = set()

    async def begin(self, run: BegunRun) -> None:
        """Record that a run began, or that it is owed; never fails."""
        await self._write(run, lambda: self._store.begin(run))

    async def finish(self, run: EndedRun) -> None:
        """Record how a run ended, or that it is owed; never fails."""
        await self._write(run, lambda: self._store.finish(run))

    def record(
        self, run: BegunRun, delivered: Callable[[], tuple[RunButton, ...]]
    ) -> "RunRecording":
        """Return the recording of a run; `delivered` gives the buttons that its caller has."""
        return RunRecording(self, run, delivered)

    def in_background(self, work: Coroutine[Any, Any, None]) -> None:
        """Write while the caller goes on; each call has at most two of these at a time."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def settle(self) -> None:
        """Wait until all that was begun is written or owed; each write has its time."""
        await asyncio.gather(*self._tasks)

    async def _write(self, record: BegunRun | EndedRun, write: Callable[[], None]) -> None:
        run_id = (record.run if isinstance(record, EndedRun) else record).run_id
        try:
            try:
                await self._calls.call(write)
            except StoreUnavailableError as error:
                if self._owed is None:
                    raise
                _log.info("run owed to the store", run_id=run_id, reason=error.message)
                await self._owed.owe(encoded(record))
        except RevitronGrpcError as error:
            _log.error("run not recorded", run_id=run_id, reason=error.message)
            self._lost()
        except Exception:
            # The caller has its buttons all the same, and the next run may be recorded.
            _log.exception("run not recorded", run_id=run_id)
            self._lost()


class RunRecording:
    """The recording of one run, for the length of one call: a context manager around its stream."""

    def __init__(
        self, recorder: RunRecorder, run: BegunRun, delivered: Callable[[], tuple[RunButton, ...]]
    ) -> None:
        self._recorder = recorder
        self._run = run
        self._delivered = delivered
        self._ended = False

    def __enter__(self) -> Self:
        self._recorder.in_background(self._recorder.begin(self._run))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._ended:
            return
        self._ended = True
        state = RunState.RUNNING
        if isinstance(error, Exception):
            state = RunState.FAILED
        elif not self._recorder.cuts_off():
            state = RunState.CANCELLED
        self._recorder.in_background(self._recorder.finish(self._end(state)))

    async def finished(self, summary: RunSummary) -> None:
        """Record the end; the summary may be sent when this returns."""
        self._ended = True
        await self._recorder.finish(
            self._end(RunState.FINISHED, summary.SerializeToString(deterministic=True))
        )

    def _end(self, state: RunState, summary: bytes | None = None) -> EndedRun:
        return EndedRun(
            run=self._run,
            state=state,
            ended=datetime.now(UTC),
            summary=summary,
            buttons=self._delivered(),
        )
