"""How late the event loop is: what a health check would wait for."""

import asyncio
from collections.abc import Callable

# Often enough to see a stall of a tenth of a second, seldom enough to cost a thousandth of a core.
_PROBE_SECONDS = 0.05


async def watch_loop(*told: Callable[[float], None]) -> None:
    """Sleep in short pieces until cancelled, and tell how many seconds late each one ended."""
    loop = asyncio.get_running_loop()
    while True:
        before = loop.time()
        await asyncio.sleep(_PROBE_SECONDS)
        late = max(0.0, loop.time() - before - _PROBE_SECONDS)
        for tell in told:
            tell(late)
