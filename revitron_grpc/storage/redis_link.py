"""The way to Redis: one bounded pool, a short time for each answer, and a memory of outages.

After one call that failed nobody asks Redis any more until a probe found it well, so that an outage
costs a stream one timeout at most, and only those streams that were asking when it began.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisError

from revitron_grpc.errors import FieldViolation, InvalidInputError, Reason, StoreUnavailableError
from revitron_grpc.settings import CacheSettings
from revitron_grpc.storage.store_watch import StoreWatch, Unwatched

PREFIX = "revitron_grpc:1:"
"""Begins every key; the number is the format's, so that releases that differ do not meet."""

# An outage is looked into so often, and a Redis that nobody asks so often for its health.
_PROBE_SECONDS = 1.0
_IDLE_SECONDS = 5.0
# A probe has more time, since nobody waits for it.
_PATIENCE_SECONDS = 1.0
_REASON_CHARACTERS = 200
# Everything that a service needs Redis for, in one call: scripts, reading, writing. One that is
# full, a read-only replica, one that is loading or that forbids scripts fails it.
_PROBE = "redis.call('GETRANGE', KEYS[1], 0, 1) return redis.call('SET', KEYS[1], '1', 'PX', 60000)"
_PROBE_KEY = f"{PREFIX}probe"

T = TypeVar("T")


class RedisAwayError(StoreUnavailableError):
    """Redis did not answer, or not in time, or is known to be away."""


class RedisLink:
    """Asks Redis on behalf of one replica; belongs to one event loop."""

    def __init__(
        self,
        url: str,
        *,
        seconds: float = 0.25,
        connections: int = 8,
        watch: StoreWatch | None = None,
    ) -> None:
        """Nothing is connected before the first call; `seconds` are for connecting too.

        Raises `InvalidInputError` (INVALID_CONFIGURATION) for a URL that says nothing.
        """
        try:
            pool = BlockingConnectionPool.from_url(
                url,
                max_connections=connections,
                timeout=seconds,
                socket_timeout=None,
                socket_connect_timeout=None,
                # Time is taken here, over all of a call. A connection may have been closed while
                # nobody used it; that alone is no outage.
                retry=Retry(NoBackoff(), 1, supported_errors=(RedisConnectionError,)),
                protocol=2,
            )
        except (ValueError, TypeError, RedisError):
            # The error of the library quotes the URL, password included.
            raise InvalidInputError(
                Reason.INVALID_CONFIGURATION,
                (
                    FieldViolation(
                        "cache.redis_url", "is no URL such as redis://user:password@host:6379/0"
                    ),
                ),
            ) from None
        self._client = Redis(connection_pool=pool)
        self._seconds = seconds
        self._watch = watch or Unwatched()
        self._problem: str | None = None
        self._told: bool | None = None
        self._doubt: asyncio.Task[bool] | None = None
        self._asked = time.monotonic()

    @property
    def problem(self) -> str:
        """Why Redis is not asked at the moment; empty while it is."""
        return self._problem or ""

    async def call(
        self, ask: Callable[["Redis"], Awaitable[T]], *, seconds: float | None = None
    ) -> T:
        """Ask Redis and return the answer, within `seconds` or the usual time.

        Raises `RedisAwayError`, at once while Redis is known to be away.
        """
        if self._problem is not None:
            raise RedisAwayError(self._problem)
        try:
            return await self._call(ask, seconds or self._seconds)
        except RedisAwayError as error:
            if self._problem is None:
                # It may have been this process that was slow: what people are told is what a probe
                # finds. Until then nobody else waits.
                self._problem = error.message
                self._doubt = asyncio.create_task(self.probe())
            raise

    async def probe(self) -> bool:
        """Find out whether Redis does all that is asked of it, and go by the result."""

        async def ask(client: Redis) -> Any:
            return await client.eval(_PROBE, 1, _PROBE_KEY)

        try:
            await self._call(ask, max(_PATIENCE_SECONDS, self._seconds))
        except RedisAwayError as error:
            self._problem = error.message
            if self._told is not False:
                self._told = False
                self._watch.went_away(error.message)
            return False
        self._problem = None
        if self._told is not True:
            self._told = True
            self._watch.came_back()
        return True

    async def watch(self) -> None:
        """Probe for ever: once a second during an outage, and where nobody asks for a while."""
        while True:
            await asyncio.sleep(_PROBE_SECONDS)
            idle = time.monotonic() - self._asked > _IDLE_SECONDS
            if self._problem is not None or idle:
                await self.probe()

    async def close(self) -> None:
        """Close all connections."""
        if self._doubt is not None:
            self._doubt.cancel()
            await asyncio.gather(self._doubt, return_exceptions=True)
        await self._client.aclose(close_connection_pool=True)

    async def _call(self, ask: Callable[["Redis"], Awaitable[T]], seconds: float) -> T:
        began = self._asked = time.monotonic()
        failed = True
        try:
            async with asyncio.timeout(seconds):
                answer = await ask(self._client)
            failed = False
        except TimeoutError as error:
            raise RedisAwayError(f"no answer within {seconds:g} s") from error
        except (RedisError, OSError) as error:
            told = f"{type(error).__name__}: {error}"
            raise RedisAwayError(told[:_REASON_CHARACTERS]) from error
        finally:
            self._watch.called(time.monotonic() - began, failed=failed)
        return answer


def redis_link(settings: CacheSettings, watch: StoreWatch | None = None) -> RedisLink | None:
    """Return the way to the Redis of the settings; None where there is none.

    Raises `InvalidInputError` (INVALID_CONFIGURATION) for a file that cannot be read and a URL that
    says nothing.
    """
    if not settings.has_redis:
        return None
    return RedisLink(
        _url(settings.redis_url.get_secret_value(), settings.redis_url_file),
        seconds=settings.redis_timeout_seconds,
        connections=settings.redis_connections,
        watch=watch,
    )


def _url(url: str, file: Path | None) -> str:
    if file is None:
        return url
    try:
        return file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "is no text in UTF-8"
        raise InvalidInputError(
            Reason.INVALID_CONFIGURATION,
            (FieldViolation("cache.redis_url_file", f"{file} cannot be read: {why}"),),
        ) from None
