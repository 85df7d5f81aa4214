"""The cache of one replica, in its memory."""

import time
from collections.abc import Callable
from threading import Lock

from cachetools import TTLCache
from typing_extensions import override

# What an entry costs beside its value, about: key, time, places in two tables.
_OVERHEAD_BYTES = 400


class _Entries(TTLCache[str, bytes]):
    def __init__(
        self,
        size_bytes: int,
        seconds: float,
        clock: Callable[[], float],
        evicted: Callable[[], None],
    ) -> None:
        super().__init__(
            size_bytes, seconds, clock, getsizeof=lambda value: len(value) + _OVERHEAD_BYTES
        )
        self._evicted = evicted

    @override
    def popitem(self) -> tuple[str, bytes]:
        """Make room: what was used longest ago goes."""
        self._evicted()
        return super().popitem()


class MemoryCache:
    """Values up to a sum of bytes, each for a time; what was used longest ago makes room.

    May be used from any thread.
    """

    def __init__(
        self,
        size_bytes: int,
        seconds: float,
        most_bytes: int,
        *,
        clock: Callable[[], float] = time.monotonic,
        evicted: Callable[[], None] = lambda: None,
    ) -> None:
        """`most_bytes` bounds one value; `evicted` hears of each that made room for others."""
        self._most = most_bytes
        self._entries = _Entries(size_bytes, seconds, clock, evicted)
        self._lock = Lock()

    async def get(self, key: str) -> bytes | None:
        """Return what was put under this key, None if there is nothing, or nothing any more."""
        with self._lock:
            return self._entries.get(key)

    async def put(self, key: str, value: bytes) -> None:
        """Keep a value; one that is larger than the cache keeps is passed over."""
        if len(value) <= min(self._most, self._entries.maxsize - _OVERHEAD_BYTES):
            with self._lock:
                self._entries[key] = value

    async def delete(self, key: str) -> None:
        """Forget what was put under this key."""
        with self._lock:
            self._entries.pop(key, None)

    def remove_expired(self) -> int:
        """Free the memory of what is no longer served; returns how many entries that were."""
        with self._lock:
            return len(self._entries.expire())

    @property
    def entries(self) -> int:
        """How many are kept."""
        with self._lock:
            return len(self._entries)

    @property
    def size_bytes(self) -> int:
        """How much memory they take, about."""
        with self._lock:
            return int(self._entries.currsize)
