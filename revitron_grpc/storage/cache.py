"""The cache: bytes under keys that name all that decides them, so that nothing stale is served."""

from typing import Protocol


class Cache(Protocol):
    """Keeps values for a while, within a bound; what is not there any more is made anew.

    `get`, `put` and `delete` raise `StoreUnavailableError` where the cache does not answer in time.
    """

    async def get(self, key: str) -> bytes | None:
        """Return what was put under this key, None if there is nothing, or nothing any more."""
        ...

    async def put(self, key: str, value: bytes) -> None:
        """Keep a value; one that is larger than the cache keeps is passed over."""
        ...

    async def delete(self, key: str) -> None:
        """Forget what was put under this key."""
        ...
