"""Counters of quotas: how often a name was granted something within a window.

A window begins with the first grant and lasts its full length; in each at most `limit` are granted.
Around the end of a window up to twice the limit can so fall into one window's length, which a quota
for people may, and which keeps a counter to one number. What is refused is not counted.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from threading import Lock
from typing import Protocol, cast

from cachetools import TLRUCache
from redis.asyncio import Redis

from revitron_grpc.storage.redis_link import PREFIX, RedisAwayError, RedisLink

# Names that one replica counts in memory; what was asked for longest ago is forgotten first.
_MOST_NAMES = 10_000

# Clocks of replicas differ; that of Redis is the only one here. A counter without an end, which
# nothing of ours makes, would refuse for ever.
_COUNT = """
local used = tonumber(redis.call('GET', KEYS[1]) or '0')
local granted = 0
if used < tonumber(ARGV[2]) then
  used = redis.call('INCR', KEYS[1])
  granted = 1
end
local left = redis.call('PTTL', KEYS[1])
if left < 0 then
  left = tonumber(ARGV[1])
  redis.call('PEXPIRE', KEYS[1], left)
end
return {granted, used, left}
"""


@dataclass(frozen=True, slots=True)
class QuotaCount:
    """What came of a request.

    `used` counts the grants of this window, this one included; a window that is used up ends after
    `retry_seconds`, which is at least 1 where nothing was granted and 0 otherwise.
    """

    granted: bool
    used: int
    retry_seconds: int


class QuotaCounters(Protocol):
    """Grants up to a limit in each window of a name."""

    async def count(self, name: str, window_seconds: int, limit: int) -> QuotaCount:
        """Grant one more, or refuse; `window_seconds` and `limit` are at least 1."""
        ...


@dataclass(slots=True)
class _Window:
    ends: float
    used: int = 0


class MemoryQuotaCounters:
    """The counters of one replica; may be used from any thread."""

    def __init__(
        self, *, clock: Callable[[], float] = time.monotonic, most_names: int = _MOST_NAMES
    ) -> None:
        self._clock = clock
        self._windows: TLRUCache[tuple[str, int], _Window] = TLRUCache(
            most_names, ttu=lambda _, window, __: window.ends, timer=clock
        )
        self._lock = Lock()

    async def count(self, name: str, window_seconds: int, limit: int) -> QuotaCount:
        """Grant one more, or refuse."""
        with self._lock:
            window = self._window(name, window_seconds)
            if window.used < limit:
                window.used += 1
                return QuotaCount(granted=True, used=window.used, retry_seconds=0)
            left = max(1, ceil(window.ends - self._clock()))
            return QuotaCount(granted=False, used=window.used, retry_seconds=left)

    def note(self, name: str, window_seconds: int) -> None:
        """Count a grant that was decided elsewhere."""
        with self._lock:
            self._window(name, window_seconds).used += 1

    def _window(self, name: str, window_seconds: int) -> _Window:
        key = (name, window_seconds)
        window = self._windows.get(key)
        if window is None:
            window = self._windows[key] = _Window(self._clock() + window_seconds)
        return window


class RedisQuotaCounters:
    """The counters of all replicas, in Redis.

    While Redis is away a replica grants its share of each limit, at least 1; what it granted in the
    window before counts towards that, so that an outage is no second helping.
    """

    def __init__(
        self, link: RedisLink, replicas: int, own: MemoryQuotaCounters | None = None
    ) -> None:
        """`replicas` is how many share a limit."""
        self._link = link
        self._replicas = replicas
        self._own = own or MemoryQuotaCounters()

    async def count(self, name: str, window_seconds: int, limit: int) -> QuotaCount:
        """Grant one more, or refuse; takes no longer than the link waits for Redis."""
        key = f"{PREFIX}quota:{window_seconds}:{name}"

        async def ask(client: Redis) -> list[int]:
            return cast(
                "list[int]", await client.eval(_COUNT, 1, key, 1000 * window_seconds, limit)
            )

        try:
            granted, used, left = await self._link.call(ask)
        except RedisAwayError:
            share = share_of(limit, self._replicas)
            return await self._own.count(name, window_seconds, share)
        if not granted:
            retry = max(1, ceil(left / 1000))
            return QuotaCount(granted=False, used=used, retry_seconds=retry)
        self._own.note(name, window_seconds)
        return QuotaCount(granted=True, used=used, retry_seconds=0)


def quota_counters(link: RedisLink | None, replicas: int) -> QuotaCounters:
    """Return counters in Redis, or those of one replica, which then grants its share."""
    if link is not None:
        return RedisQuotaCounters(link, replicas)
    return _SharedOut(MemoryQuotaCounters(), replicas)


class _SharedOut:
    """Replicas that know nothing of each other: each grants its share."""

    def __init__(self, own: MemoryQuotaCounters, replicas: int) -> None:
        self._own = own
        self._replicas = replicas

    async def count(self, name: str, window_seconds: int, limit: int) -> QuotaCount:
        """Grant one more, or refuse."""
        return await self._own.count(name, window_seconds, share_of(limit, self._replicas))


def share_of(limit: int, replicas: int) -> int:
    """Return what one replica grants by itself: its part of the limit, at least 1."""
    return max(1, limit // replicas)
