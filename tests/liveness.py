"""Waiting for what must come, with a bound that only a broken service reaches.

A bound here is never a claim about speed: a machine that runs three tests at once may stand still
for many seconds.
"""

import asyncio
import threading
import time
from collections.abc import Callable

LIVENESS = 100
"""Seconds; less than what a whole test has, so that the test tells what did not come."""


async def until(condition: Callable[[], object]) -> None:
    """Wait in an event loop until something is so.

    Raises:
        TimeoutError: It was not so for `LIVENESS` seconds.
    """
    async with asyncio.timeout(LIVENESS):
        while not condition():
            await asyncio.sleep(0.01)


def wait_until(condition: Callable[[], object], seconds: float = LIVENESS) -> None:
    """Wait in a thread until something is so.

    Raises:
        AssertionError: It was not so for this many seconds.
    """
    pause, deadline = threading.Event(), time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"not so after {seconds} s"
        pause.wait(0.02)
