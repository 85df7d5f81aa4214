"""The cache of all replicas, in Redis, which lets entries expire by itself."""

from typing import cast

from revitron_grpc.storage.redis_link import PREFIX, RedisLink

# Writing is done beside the streams, so that it may take longer than a stream would wait.
_PUT_SECONDS = 2.0


class RedisCache:
    """Values up to a size, each for a time; their sum is bounded by the `maxmemory` of Redis."""

    def __init__(self, link: RedisLink, seconds: float, most_bytes: int) -> None:
        """`most_bytes` bounds one value, when it is written and when it is read."""
        self._link = link
        self._milliseconds = max(1, round(1000 * seconds))
        self._most = most_bytes

    async def get(self, key: str) -> bytes | None:
        """Return what was put under this key, None if there is nothing, or nothing any more.

        Of a value that is too large, which nothing of ours wrote, comes what the bound lets by.
        """
        found = await self._link.call(lambda client: client.getrange(_name(key), 0, self._most - 1))
        return cast("bytes", found) or None

    async def put(self, key: str, value: bytes) -> None:
        """Keep a value; one that is larger than the cache keeps is passed over."""
        if len(value) <= self._most:
            await self._link.call(
                lambda client: client.set(_name(key), value, px=self._milliseconds),
                seconds=_PUT_SECONDS,
            )

    async def delete(self, key: str) -> None:
        """Forget what was put under this key."""
        await self._link.call(lambda client: client.delete(_name(key)))


def _name(key: str) -> str:
    return f"{PREFIX}cache:{key}"
