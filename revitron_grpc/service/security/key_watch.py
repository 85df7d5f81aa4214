"""Keeps a replica's keys up to date, and ends the calls of keys that are no longer good."""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from typing import TypeVar

import structlog

from revitron_grpc.access.gate import UnknownCallerError
from revitron_grpc.access.keyring import Keyring, utc_now
from revitron_grpc.errors import StoreUnavailableError
from revitron_grpc.service.admission import Admission
from revitron_grpc.service.stores.store_calls import end_threads
from revitron_grpc.storage.key_store import KeyStore
from revitron_grpc.storage.store_watch import StoreWatch

# A store that does not answer in this time counts as gone, until it does.
_TIMEOUT_SECONDS = 10.0
# A store that came back is noticed within this time, however seldom keys are read otherwise.
_RETRY_SECONDS = 5.0
# How often uses are written: people ask on which day a key was used, not at which second.
_USES_SECONDS = 60.0

_T = TypeVar("_T")
_log = structlog.get_logger("revitron_grpc.keys")


class KeyWatch:
    """Reads all keys now and then into a keyring; no call ever waits for it."""

    def __init__(
        self,
        store: KeyStore,
        keyring: Keyring,
        admission: Admission,
        refresh_seconds: float,
        told: StoreWatch,
        *,
        clock: Callable[[], float] = time.monotonic,
        time_of_day: Callable[[], datetime] = utc_now,
        timeout_seconds: float = _TIMEOUT_SECONDS,
    ) -> None:
        self._store = store
        self._keyring = keyring
        self._admission = admission
        self._refresh_seconds = refresh_seconds
        self._told = told
        self._clock = clock
        self._time_of_day = time_of_day
        self._timeout_seconds = timeout_seconds
        # One thread: a store that hangs holds it, and nothing piles up behind.
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="keys")
        self._hanging: Future[object] | None = None
        self._readable = True
        self._uses_written = clock()

    async def begin(self) -> None:
        """Read the keys for the first time; a store that does not answer is asked again later.

        Raises `RevitronGrpcError` (DATABASE_VERSION) for a store of another release.
        """
        try:
            await self._call(self._store.make_ready)
        except (StoreUnavailableError, TimeoutError) as error:
            self._found_away(error)
        else:
            await self.refresh()

    async def watch(self) -> None:
        """Refresh until cancelled."""
        while True:
            await asyncio.sleep(
                self._refresh_seconds
                if self._readable
                else min(self._refresh_seconds, _RETRY_SECONDS)
            )
            await self.refresh()

    async def refresh(self) -> bool:
        """Read the keys once, and cut off calls whose key has lapsed; False if they are unread."""
        began = self._clock()
        try:
            self._keyring.learn(await self._call(self._store.all), began)
        except Exception as error:
            self._found_away(error)
        else:
            self._readable = True
            self._told.came_back()
        self._cut_off_lapsed()
        if self._readable and self._clock() - self._uses_written >= _USES_SECONDS:
            await self.write_uses()
        return self._readable

    async def write_uses(self) -> None:
        """Note in the store which keys were used; what cannot be written is left out."""
        self._uses_written = self._clock()
        uses = self._keyring.take_uses()
        if not uses:
            return
        try:
            await self._call(lambda: self._store.touch(uses))
        except Exception as error:
            _log.warning("uses of keys not written", keys=len(uses), error=str(error))

    async def close(self) -> None:
        """End the thread, and let go of the store; what hangs in it is not waited for."""
        await end_threads(self._thread)
        await asyncio.to_thread(self._store.close)

    def _found_away(self, error: Exception) -> None:
        if self._readable:
            self._told.went_away(str(error))
        self._readable = False

    async def _call(self, work: Callable[[], _T]) -> _T:
        if self._hanging is not None and not self._hanging.done():
            raise TimeoutError("the last call to the store has not ended yet")
        future = self._thread.submit(work)
        self._hanging = future  # type: ignore[assignment]
        began, failed = time.monotonic(), True
        try:
            async with asyncio.timeout(self._timeout_seconds):
                found = await asyncio.wrap_future(future)
            failed = False
        except TimeoutError as error:
            raise TimeoutError(f"no answer within {self._timeout_seconds:g} s") from error
        finally:
            self._told.called(time.monotonic() - began, failed=failed)
        return found

    def _cut_off_lapsed(self) -> None:
        now = self._time_of_day()
        for key_id in self._admission.keys_in_flight():
            if not self._keyring.good(key_id, now):
                cut = self._admission.cut_calls_off(
                    UnknownCallerError("revoked", key_id), key_id=key_id
                )
                _log.warning("calls of a lapsed key cut off", key_id=key_id, calls=cut)
