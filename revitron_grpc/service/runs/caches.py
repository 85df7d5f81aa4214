"""What a replica remembers of finished runs, and its way to Redis."""

import asyncio
from collections.abc import Coroutine, Iterator

import structlog

from revitron_grpc.service.health import HealthBoard
from revitron_grpc.service.runs.run_cache import METRIC, RunCache
from revitron_grpc.service.stores.store_health import StoreHealth
from revitron_grpc.service.telemetry.metrics import Metrics
from revitron_grpc.settings import Settings
from revitron_grpc.storage.memory_cache import MemoryCache
from revitron_grpc.storage.redis_cache import RedisCache
from revitron_grpc.storage.redis_link import redis_link

_MIB = 1_048_576
_WITHOUT_REDIS = "runs are judged anew, and each replica grants its share of a quota"

_log = structlog.get_logger("revitron_grpc.stores")


class Caches:
    """Made once a replica; belongs to one event loop."""

    def __init__(self, settings: Settings, board: HealthBoard, metrics: Metrics) -> None:
        """Raises `InvalidInputError` (INVALID_CONFIGURATION) for secrets that cannot be had."""
        cache = self._settings = settings.cache
        self.redis = redis_link(
            cache, StoreHealth("redis", "cache", _WITHOUT_REDIS, board, metrics)
        )
        """The way to Redis, None where there is none."""
        self.runs: RunCache | None = None
        """Finished runs, None where none are kept."""
        self._memory: MemoryCache | None = None
        if not cache.enable_validation_cache or cache.backend == "off":
            return
        most_bytes = round(cache.max_entry_mb * _MIB)
        if cache.backend == "redis" and self.redis is not None:
            kept = RedisCache(self.redis, cache.duration_seconds, most_bytes)
        else:
            kept = self._memory = MemoryCache(
                cache.max_memory_mb * _MIB,
                cache.duration_seconds,
                most_bytes,
                evicted=lambda: metrics.cache_evicted(METRIC),
            )
            memory = self._memory
            metrics.watch_cache(METRIC, lambda: memory.entries, lambda: memory.size_bytes)
        secret = settings.resume.signing_secret(settings.keys)
        self.runs = RunCache(kept, secret, most_bytes, metrics)

    async def open(self) -> None:
        """Look whether Redis is there; it may as well come later."""
        if self.redis is not None:
            await self.redis.probe()

    def upkeep(self) -> Iterator[Coroutine[None, None, None]]:
        """What runs beside the calls for as long as the replica serves."""
        if self.redis is not None:
            yield self.redis.watch()
        if self.runs is not None:
            yield self.runs.fill()
        if self._memory is not None:
            yield self._clean_up(self._memory)

    async def close(self) -> None:
        """Close what is open; what was not put yet is not kept."""
        if self.redis is not None:
            await self.redis.close()

    async def _clean_up(self, memory: MemoryCache) -> None:
        while True:
            await asyncio.sleep(3600 * self._settings.cache_cleanup_interval_hours)
            removed = memory.remove_expired()
            _log.debug("expired entries removed", cache=METRIC, entries=removed)
