"""Calls to a store that waits for a disk or a network, from an event loop that must not."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from revitron_grpc.errors import StoreUnavailableError
from revitron_grpc.storage.store_watch import StoreWatch

_Found = TypeVar("_Found")
# Calls that wait for a thread or have one; the next one is refused as if the store were away.
_MOST_WAITING = 256
# After a call failed, others are refused for so long without asking: callers shall not wait for a
# store, one after the other, that is known to be away.
_PAUSE_SECONDS = 2.0
# How long the end of a replica waits for calls to a store that nobody waits for any more.
_CLOSE_SECONDS = 2.0


async def end_threads(threads: ThreadPoolExecutor) -> None:
    """End the threads of a store before the store is closed.

    What they have in work is waited for, so that no connection is in use when all are closed; but
    not for long, since a store may hang.
    """
    threads.shutdown(wait=False, cancel_futures=True)
    ended = asyncio.get_running_loop().run_in_executor(None, threads.shutdown)
    await asyncio.wait({ended}, timeout=_CLOSE_SECONDS)


class StoreCalls:
    """A few threads for one store; belongs to one event loop."""

    def __init__(self, name: str, threads: int, seconds: float, watch: StoreWatch) -> None:
        """`seconds` is how long a caller waits at most, a free thread included."""
        self._seconds = seconds
        self._watch = watch
        self._name = name
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix=name)
        self._waiting = 0
        self._away = False
        self._ask_again = 0.0

    @property
    def away(self) -> bool:
        """Whether the last call found the store away."""
        return self._away

    async def call(self, ask: Callable[[], _Found], *, also_if_away: bool = False) -> _Found:
        """Return what the store answers.

        With `also_if_away` it is asked even just after it did not answer. Raises
        `StoreUnavailableError` where it does not answer, or not in time.
        """
        clock = asyncio.get_running_loop().time
        if self._away and clock() < self._ask_again and not also_if_away:
            raise StoreUnavailableError(f"the store ({self._name}) did not answer just now")
        if self._waiting >= _MOST_WAITING:
            raise StoreUnavailableError(
                f"{_MOST_WAITING} calls wait for the store ({self._name}) already"
            )
        began = clock()
        self._waiting += 1
        try:
            async with asyncio.timeout(self._seconds):
                found = await asyncio.get_running_loop().run_in_executor(self._threads, ask)
        except TimeoutError:
            failure = StoreUnavailableError(
                f"the store ({self._name}) did not answer for {self._seconds:g} s"
            )
            self._failed(failure, clock() - began)
            raise failure from None
        except StoreUnavailableError as error:
            self._failed(error, clock() - began)
            raise
        finally:
            self._waiting -= 1
        self._watch.called(clock() - began, failed=False)
        self._answers()
        return found

    def found_away(self, error: StoreUnavailableError) -> None:
        """Say that the store was found away by other means, such as at the start."""
        self._failed(error, 0.0)

    async def close(self) -> None:
        """End the threads; what they have in work is waited for, but not for long."""
        await end_threads(self._threads)

    def _failed(self, error: StoreUnavailableError, seconds: float) -> None:
        self._watch.called(seconds, failed=True)
        self._ask_again = asyncio.get_running_loop().time() + _PAUSE_SECONDS
        if not self._away:
            self._away = True
            self._watch.went_away(error.message)

    def _answers(self) -> None:
        if self._away:
            self._away = False
            self._watch.came_back()
