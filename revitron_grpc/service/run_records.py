"""All that a replica does with the run store, from its start to its end."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog
from sqlalchemy.engine import Engine

from revitron_grpc.errors import StoreUnavailableError
from revitron_grpc.service.metrics import Metrics
from revitron_grpc.service.rejected_ideas import RejectedIdeas
from revitron_grpc.service.run_recorder import Owed, RunRecorder
from revitron_grpc.service.store_calls import StoreCalls
from revitron_grpc.settings import RunsSettings
from revitron_grpc.storage.database import database_url, open_engine
from revitron_grpc.storage.runs import RunStore
from revitron_grpc.storage.sql_runs import SqlRuns
from revitron_grpc.storage.store_watch import StoreWatch
from revitron_grpc.storage.versions import prepare

WITHOUT_RUNS = "runs are owed to it, and what was rejected lately may be offered again"
"""What the service does while the run store is away."""
# Old runs are deleted so many at a time, so that nobody waits for a lock for long.
_BATCH = 200
_SWEEP_SECONDS = 3_600.0

_log = structlog.get_logger("revitron_grpc.runs")


@dataclass(frozen=True, slots=True)
class RunRecords:
    """The run store of one replica; belongs to one event loop."""

    store: RunStore
    calls: StoreCalls
    recorder: RunRecorder
    rejected: RejectedIdeas
    retention_days: int
    metrics: Metrics

    async def sweep(self) -> None:
        """Delete runs whose time is over, now and every hour, for ever."""
        while self.retention_days:
            try:
                await self.delete_old(datetime.now(UTC))
            except StoreUnavailableError as error:
                _log.info("old runs not deleted", reason=error.message)
            await asyncio.sleep(_SWEEP_SECONDS)

    async def delete_old(self, now: datetime) -> int:
        """Delete the runs whose time is over, in small batches; returns how many.

        Raises `StoreUnavailableError` where the store does not answer.
        """
        before = now - timedelta(days=self.retention_days)
        deleted = 0
        while count := await self.calls.call(lambda: self.store.delete_before(before, _BATCH)):
            deleted += count
            self.metrics.runs_deleted("retention", count)
        if deleted:
            _log.info("old runs deleted", runs=deleted, before=before.isoformat())
        return deleted

    async def close(self) -> None:
        """Write what is left to write, and let go of the store."""
        await self.recorder.settle()
        self.calls.close()
        await asyncio.to_thread(self.store.close)


async def open_run_records(
    settings: RunsSettings,
    watch: StoreWatch,
    metrics: Metrics,
    *,
    owed: Owed | None = None,
    cuts_off: Callable[[], bool] = lambda: False,
) -> RunRecords | None:
    """Open the run store that is configured; None for a service that stores nothing.

    `owed` and `cuts_off` are those of `RunRecorder`.
    A PostgreSQL that is away is no reason not to serve. Raises `RevitronGrpcError` for settings
    that mean nothing, an SQLite file that cannot be used, and a database of another version.
    """
    url = await asyncio.to_thread(database_url, settings)
    if url is None:
        return None
    engine = await asyncio.to_thread(open_engine, url, settings)
    calls = StoreCalls("runs", settings.pool_size, settings.timeout_seconds, watch)
    await _prepare(engine, calls, watch)
    store = SqlRuns(engine)
    return RunRecords(
        store=store,
        calls=calls,
        recorder=RunRecorder(store, calls, owed, metrics.run_lost, cuts_off),
        rejected=RejectedIdeas(store, calls),
        retention_days=settings.retention_days,
        metrics=metrics,
    )


async def _prepare(engine: Engine, calls: StoreCalls, watch: StoreWatch) -> None:
    try:
        await asyncio.to_thread(prepare, engine)
    except StoreUnavailableError as error:
        calls.found_away(error)
    else:
        watch.came_back()
