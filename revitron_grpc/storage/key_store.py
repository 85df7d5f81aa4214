"""The key store: what is known of each key, behind one interface."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from revitron_grpc.access.key_record import KeyRecord


class KeyStore(Protocol):
    """Keeps key records. Calls block; those of the service are made in threads.

    Every method raises `RevitronGrpcError` (STORE_UNAVAILABLE) where the store does not answer.
    """

    def add(self, record: KeyRecord) -> None:
        """Store a new key."""
        ...

    def all(self) -> tuple[KeyRecord, ...]:
        """Return all keys, also revoked and expired ones, the oldest first."""
        ...

    def revoke(self, key_id: str, time: datetime) -> bool:
        """Revoke a key from now on; False if there is none of this id. Twice changes nothing."""
        ...

    def expire(self, key_id: str, time: datetime) -> bool:
        """Let a key end at this time, unless it ends sooner; False if there is none."""
        ...

    def touch(self, uses: Mapping[str, datetime]) -> None:
        """Note when keys were used last; ids that are not known are passed over."""
        ...
