"""Record runs in the run store, beside their streams.

A run's beginning is written while its stream already flows. Its end is written before the summary
is sent: whoever has the summary finds the run. What the store does not take is owed to it.
"""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from typing import Any, Protocol

import structlog

from revitron_grpc.errors import RevitronGrpcError, StoreUnavailableError
from revitron_grpc.service.store_calls import StoreCalls
from revitron_grpc.storage.runs import BegunRun, EndedRun, RunButton, RunState, RunStore
from revitron_grpc.v1.button_service_pb2 import RunSummary

_log = structlog.get_logger("revitron_grpc.runs")


class Owed(Protocol):
    """Keeps what the store did not take, and brings it later."""

    async def keep(self, record: BegunRun | EndedRun) -> None:
        """Keep a record; it survives the process when this returns.

        Raises `RevitronGrpcError` where that is not possible.
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
    ) -> None:
        """`lost` hears of each record that neither the store nor `owed` took."""
        self._store = store
        self._calls = calls
        self._owed = owed
        self._lost = lost
        self._tasks: set[asyncio.Task[None]] = set()

    async def begin(self, run: BegunRun) -> None:
        """Record that a run began, or that it is owed; never fails."""
        await self._write(run, lambda: self._store.begin(run))

    async def finish(self, run: EndedRun) -> None:
        """Record how a run ended, or that it is owed; never fails."""
        await self._write(run, lambda: self._store.finish(run))

    def record(self, run: BegunRun) -> "RunRecording":
        """Begin the recording of a run."""
        return RunRecording(self, run)

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
                await self._owed.keep(record)
        except RevitronGrpcError as error:
            _log.error("run not recorded", run_id=run_id, reason=error.message)
            self._lost()
        except Exception:
            # The caller has its buttons all the same, and the next run may be recorded.
            _log.exception("run not recorded", run_id=run_id)
            self._lost()


class RunRecording:
    """The recording of one run, for the length of one call."""

    def __init__(self, recorder: RunRecorder, run: BegunRun) -> None:
        self._recorder = recorder
        self._run = run
        self._ended = False
        recorder.in_background(recorder.begin(run))

    async def finished(self, summary: RunSummary, buttons: tuple[RunButton, ...]) -> None:
        """Record the end; the summary may be sent when this returns."""
        self._ended = True
        await self._recorder.finish(
            self._end(RunState.FINISHED, buttons, summary.SerializeToString(deterministic=True))
        )

    def left(self, state: RunState, buttons: tuple[RunButton, ...]) -> None:
        """Record, in the background, that the call ended without a summary."""
        if not self._ended:
            self._ended = True
            self._recorder.in_background(self._recorder.finish(self._end(state, buttons)))

    def _end(
        self, state: RunState, buttons: tuple[RunButton, ...], summary: bytes | None = None
    ) -> EndedRun:
        return EndedRun(
            run=self._run, state=state, ended=datetime.now(UTC), summary=summary, buttons=buttons
        )
