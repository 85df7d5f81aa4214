"""`performance.memory_management.aggressive_gc`: hand memory back when nobody is served."""

import asyncio
from collections.abc import Callable

import structlog

from revitron_grpc.service.process.memory import release_memory

# How long nobody must have been served; a caller who comes back at once finds what was warm.
_IDLE_SECONDS = 2.0
_LOOK_SECONDS = 0.5

_log = structlog.get_logger("revitron_grpc.memory")


class IdleMemory:
    """Releases memory once after each spell of work, when the replica has been idle for a while."""

    def __init__(self, served: Callable[[], int], busy: Callable[[], bool]) -> None:
        """`served` counts what was begun so far, `busy` says whether some of it is under way."""
        self._served = served
        self._busy = busy

    async def watch(self) -> None:
        """Look and release until cancelled."""
        loop = asyncio.get_running_loop()
        released_at = seen = self._served()
        idle_since = loop.time()
        while True:
            await asyncio.sleep(_LOOK_SECONDS)
            if self._busy() or self._served() != seen:
                seen, idle_since = self._served(), loop.time()
            elif seen != released_at and loop.time() - idle_since >= _IDLE_SECONDS:
                began = loop.time()
                # Half of it is the collector, which holds the GIL wherever it runs.
                await asyncio.to_thread(release_memory)
                released_at = seen
                _log.debug("released", milliseconds=round(1000 * (loop.time() - began), 1))
