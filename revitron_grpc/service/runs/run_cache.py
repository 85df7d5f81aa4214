"""Runs that were judged before, for whoever asks the same: on this replica or, in Redis, on any.

The key is the plan digest, which names all that decides a result, so that nothing stale is served.
A stream waits for the cache once, when it begins, and never to fill it.
"""

import asyncio
from contextlib import suppress

import structlog

from revitron_grpc.errors import StoreUnavailableError
from revitron_grpc.service.runs.kept_run import KeptRun, RunSeal, RunWriter
from revitron_grpc.service.telemetry.metrics import Metrics
from revitron_grpc.storage.cache import Cache

# Runs that are gathered at one time, and those that wait to be put; what is more is not kept.
_MOST_WRITERS = 16
_MOST_PUTS = 8
METRIC = "specs"
"""The name of this cache in the metrics."""

_log = structlog.get_logger("revitron_grpc.runs")


class RunCache:
    """Finds and keeps runs; belongs to one event loop. `fill` has to run beside the calls."""

    def __init__(self, cache: Cache, secret: str, most_bytes: int, metrics: Metrics) -> None:
        """`most_bytes` bounds one run, compressed."""
        self._cache = cache
        self._seal = RunSeal(secret)
        self._most = most_bytes
        self._metrics = metrics
        self._writing: set[str] = set()
        self._puts: asyncio.Queue[tuple[str, bytes]] = asyncio.Queue(_MOST_PUTS)

    async def find(self, plan_digest: str, *, icons: bool) -> KeptRun | None:
        """Return a run of this plan, None if none is kept or the cache does not answer."""
        try:
            value = await self._cache.get(_key(plan_digest))
        except StoreUnavailableError:
            self._metrics.cache_asked(METRIC, "error")
            return None
        if value is None:
            self._metrics.cache_asked(METRIC, "miss")
            return None
        content = await asyncio.to_thread(self._seal.opened, plan_digest, value)
        if content is None:
            self._metrics.cache_asked(METRIC, "error")
            _log.warning(
                "kept run damaged",
                plan_digest=plan_digest,
                bytes=len(value),
                meanwhile="it is deleted, and the run judged anew",
            )
            with suppress(StoreUnavailableError):
                await self._cache.delete(_key(plan_digest))
            return None
        self._metrics.cache_asked(METRIC, "hit")
        _log.info("run answered from the cache", plan_digest=plan_digest)
        return KeptRun(content, icons=icons)

    def writer(self, plan_digest: str) -> RunWriter | None:
        """Return what gathers a run of this plan; None if another call does, or too many are.

        `keep` must be called for it when the call ends, however that is.
        """
        if plan_digest in self._writing or len(self._writing) >= _MOST_WRITERS:
            return None
        self._writing.add(plan_digest)
        return RunWriter(self._most)

    def keep(self, plan_digest: str, writer: RunWriter) -> None:
        """Keep what was gathered, if it is a whole run; returns at once."""
        self._writing.discard(plan_digest)
        content = writer.content
        if content is not None:
            # A cache that takes them too slowly misses some.
            with suppress(asyncio.QueueFull):
                self._puts.put_nowait((plan_digest, content))

    async def fill(self) -> None:
        """Put what was gathered, one after the other, for ever."""
        while True:
            plan_digest, content = await self._puts.get()
            value = await asyncio.to_thread(self._seal.sealed, plan_digest, content)
            with suppress(StoreUnavailableError):
                await self._cache.put(_key(plan_digest), value)
            self._puts.task_done()

    async def filled(self) -> None:
        """Wait until all that was gathered is put, or could not be."""
        await self._puts.join()


def _key(plan_digest: str) -> str:
    return f"run:{plan_digest}"
