"""The keys that a replica knows, and for how long it may go by them.

Checking a key asks no store: a replica reads all keys now and then. So a store that is slow or
gone delays no call, and a revoked key works until the next reading, or, where nothing can be
read, until what is known is too old.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Literal

from revitron_grpc.access.api_key import KeyHasher, parsed_key
from revitron_grpc.access.key_record import KeyRecord
from revitron_grpc.errors import Reason, RevitronGrpcError

MAX_AGE_SECONDS = 60.0
"""No key works longer than this after its revocation: older knowledge lets nobody in."""
MAX_KEYS = 10_000
"""Keys that a replica holds; a service for an office has some dozens."""

Outcome = Literal["accepted", "missing", "unknown", "expired", "revoked"]


@dataclass(frozen=True, slots=True)
class Looked:
    """What came of looking at a key: why it is not good is for the log, not for the caller."""

    outcome: Outcome
    record: KeyRecord | None = None


class Keyring:
    """Checks keys against what was read last. Reading replaces it as a whole, in one step."""

    def __init__(self, hasher: KeyHasher) -> None:
        self._hasher = hasher
        self._records: MappingProxyType[str, KeyRecord] = MappingProxyType({})
        self._read_at: float | None = None
        self._used: dict[str, datetime] = {}

    def learn(self, records: Iterable[KeyRecord], read_at: float) -> None:
        """Go by these keys from now on.

        `read_at` is when the reading began, in seconds of the clock that `look` is given: what
        was revoked before then is known as such.
        """
        self._records = MappingProxyType({record.key_id: record for record in records})
        self._read_at = read_at

    def age(self, now: float) -> float | None:
        """Seconds since the last successful reading began; None before the first one."""
        return None if self._read_at is None else now - self._read_at

    def look(self, text: str, now: float, time: datetime) -> Looked:
        """Look at a key as it was sent; `time` is the time of day, `now` as in `learn`.

        Raises `RevitronGrpcError` (KEYS_UNREADABLE) while nothing recent enough is known.
        """
        age = self.age(now)
        if age is None or age > MAX_AGE_SECONDS:
            raise RevitronGrpcError(
                Reason.KEYS_UNREADABLE,
                "the service cannot read its keys now, so it can tell nobody from nobody; "
                "try again in a moment",
            )
        if not text:
            return Looked("missing")
        key = parsed_key(text)
        if key is None:
            return Looked("unknown")
        record = self._records.get(key.key_id)
        if not self._hasher.matches(key, None if record is None else record.digest):
            return Looked("unknown")
        assert record is not None  # noqa: S101 - nothing matches a key that is not known
        match record.state(time):
            case "revoked":
                return Looked("revoked", record)
            case "expired":
                return Looked("expired", record)
        self._used[record.key_id] = time
        return Looked("accepted", record)

    def good(self, key_id: str, time: datetime) -> bool:
        """Say whether a key that was accepted once still is good, as far as is known."""
        record = self._records.get(key_id)
        return record is not None and record.state(time) == "active"

    def take_uses(self) -> dict[str, datetime]:
        """Return when which key was used last since this was asked before."""
        used, self._used = self._used, {}
        return used


def utc_now() -> datetime:
    """Return the time of day."""
    return datetime.now(UTC)
