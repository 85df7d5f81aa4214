"""All that a replica does with the run store, from its start to its end."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog
from sqlalchemy.engine import Engine

from revitron_grpc.errors import RevitronGrpcError, StoreUnavailableError
from revitron_grpc.service.runs.owed_runs import OwedRuns
from revitron_grpc.service.runs.rejected_ideas import RejectedIdeas
from revitron_grpc.service.runs.run_recorder import RunRecorder
from revitron_grpc.service.stores.run_store_health import RunStoreHealth
from revitron_grpc.service.stores.store_calls import StoreCalls
from revitron_grpc.service.telemetry.metrics import Metrics
from revitron_grpc.settings import RunsSettings
from revitron_grpc.storage.database import database_url, open_engine
from revitron_grpc.storage.runs import RunStore, save
from revitron_grpc.storage.spool_folder import open_spool, spool_folder
from revitron_grpc.storage.sql_runs import SqlRuns
from revitron_grpc.storage.store_watch import StoreWatch
from revitron_grpc.storage.versions import check_version, prepare

# Old runs are deleted so many at a time, so that nobody waits for a lock for long.
_BATCH = 200
_SWEEP_SECONDS = 3_600.0
# At the end, what is owed to a store that answers may take so long.
_SETTLE_SECONDS = 5.0
# So often a store that is away is asked whether it is back.
_LOOK_AGAIN_SECONDS = 2.0

_log = structlog.get_logger("revitron_grpc.runs")


@dataclass(frozen=True, slots=True)
class RunRecords:
    """The run store of one replica; belongs to one event loop."""

    store: RunStore
    calls: StoreCalls
    recorder: RunRecorder
    owed: OwedRuns
    rejected: RejectedIdeas
    retention_days: int
    metrics: Metrics
    ask: Callable[[], None]
    """Returns if the store answers."""

    async def sweep(self) -> None:
        """Delete runs whose time is over, now and every hour, for ever."""
        while self.retention_days:
            try:
                await self.delete_old(datetime.now(UTC))
            except StoreUnavailableError as error:
                _log.info("old runs not deleted", reason=error.message)
            await asyncio.sleep(_SWEEP_SECONDS)

    async def look_again(self) -> None:
        """Find out, for ever, when a store that is away is back.

        Callers would notice too, but an idle replica has none, and owes nothing.
        """
        while True:
            await asyncio.sleep(_LOOK_AGAIN_SECONDS)
            if self.calls.away:
                with suppress(StoreUnavailableError):
                    await self.calls.call(self.ask, also_if_away=True)

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
        await self.owed.close(0.0 if self.calls.away else _SETTLE_SECONDS)
        await self.calls.close()
        await asyncio.to_thread(self.store.close)


async def open_run_records(
    settings: RunsSettings,
    health: RunStoreHealth,
    metrics: Metrics,
    *,
    replica: int = 0,
    cuts_off: Callable[[], bool] = lambda: False,
) -> RunRecords | None:
    """Open the run store that is configured; None for a service that stores nothing.

    `replica` is the index after which the spool is named; `cuts_off` is that of `RunRecorder`.
    A PostgreSQL that is away is no reason not to serve. Raises `RevitronGrpcError` for settings
    that mean nothing, an SQLite file or a spool that cannot be used, and a database of another
    version.
    """
    url = await asyncio.to_thread(database_url, settings)
    if url is None:
        return None
    engine = await asyncio.to_thread(open_engine, url, settings)
    calls = StoreCalls("runs", settings.pool_size, settings.timeout_seconds, health)
    await _prepare(engine, calls, health)
    store = SqlRuns(engine)

    async def write(record: bytes) -> None:
        await calls.call(lambda: save(store, record), also_if_away=True)

    max_bytes = settings.spool_max_mb * 1_048_576
    spool = await asyncio.to_thread(open_spool, spool_folder(settings), replica, max_bytes)
    owed = OwedRuns(spool, write, health)
    owed.start()
    return RunRecords(
        store=store,
        calls=calls,
        owed=owed,
        recorder=RunRecorder(store, calls, owed, metrics.run_lost, cuts_off),
        rejected=RejectedIdeas(store, calls),
        retention_days=settings.retention_days,
        metrics=metrics,
        ask=lambda: _ask(engine),
    )


def _ask(engine: Engine) -> None:
    """A store of another version is as good as away until somebody changes its tables."""
    try:
        check_version(engine)
    except StoreUnavailableError:
        raise
    except RevitronGrpcError as error:
        raise StoreUnavailableError(error.message) from error


async def _prepare(engine: Engine, calls: StoreCalls, watch: StoreWatch) -> None:
    try:
        await asyncio.to_thread(prepare, engine)
    except StoreUnavailableError as error:
        calls.found_away(error)
    else:
        watch.came_back()
