"""The key store: what is known of each key, behind one interface."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from revitron_grpc.access.key_record import KeyRecord


class KeyStore(Protocol):
    """Keeps key records. Calls block; the service makes them in a thread of its own.

    Every method raises `StoreUnavailableError` where the store does not answer.
    """

    def make_ready(self) -> None:
        """Look whether the store can be used by this release.

        Raises `RevitronGrpcError` (DATABASE_VERSION, INVALID_CONFIGURATION) if not.
        """
        ...

    def close(self) -> None:
        """Let go of what the store holds open."""
        ...

    def add(self, record: KeyRecord) -> None:
        """Store a new key.

        Raises `RevitronGrpcError` (INVALID_REQUEST) if there are as many keys as a replica holds.
        """
        ...

    def all(self) -> tuple[KeyRecord, ...]:
        """Return all keys, also revoked and expired ones, the oldest first."""
        ...

    def revoke(self, key_id: str, time: datetime) -> bool:
        """Revoke a key for good; False if there is none of this id. Twice changes nothing."""
        ...

    def rotate(self, key_id: str, ends: datetime, record: KeyRecord) -> bool:
        """Store a new key in the place of one, which ends at that time if not sooner.

        Both or nothing; False if there is none of this id.
        """
        ...

    def delete(self, key_id: str) -> bool:
        """Forget a key, and so revoke it; False if there is none of this id."""
        ...

    def touch(self, uses: Mapping[str, datetime]) -> None:
        """Note when keys were used last; ids that are not known are passed over."""
        ...
