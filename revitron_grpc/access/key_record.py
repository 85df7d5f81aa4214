"""What the service keeps of a key, which is enough to check one and not enough to use one."""

from dataclasses import dataclass, field
from datetime import datetime

from revitron_grpc.access.caller import Permission
from revitron_grpc.access.quota import AS_SET, Quota

MAX_OWNER = 128
"""Characters of an owner's name."""
MAX_NOTE = 500
"""Characters of a note."""


@dataclass(frozen=True, slots=True)
class KeyRecord:
    """One key; `digest` is its HMAC (see api_key.py). All times are UTC and aware.

    `expires` and `revoked` are None for a key that never expires, or is not revoked; `last_used`
    is None for one that was not used yet, and up to some minutes behind for others.
    """

    key_id: str
    digest: bytes = field(repr=False)
    owner: str
    permissions: frozenset[Permission]
    created: datetime
    note: str = ""
    expires: datetime | None = None
    revoked: datetime | None = None
    last_used: datetime | None = None
    quota: Quota = AS_SET

    def state(self, now: datetime) -> str:
        """Return `active`, `expired` or `revoked`."""
        # Whenever it was: the clock of the machine that revoked it may be ahead of this one's.
        if self.revoked is not None:
            return "revoked"
        if self.expires is not None and self.expires <= now:
            return "expired"
        return "active"
