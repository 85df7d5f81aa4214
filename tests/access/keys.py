"""Keys and a store of them, for tests."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from revitron_grpc.access.api_key import ApiKey, KeyHasher, new_key
from revitron_grpc.access.caller import Permission
from revitron_grpc.access.key_record import KeyRecord, Quota

SECRET = "the secret of the tests, of at least 32 characters"  # noqa: S105
HASHER = KeyHasher(SECRET.encode())
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
READ_AND_WRITE = frozenset({Permission.READ, Permission.WRITE})


def issued(
    owner: str = "anna",
    permissions: frozenset[Permission] = READ_AND_WRITE,
    *,
    expires: datetime | None = None,
    quota: Quota | None = None,
) -> tuple[ApiKey, KeyRecord]:
    """A new key and its record."""
    key = new_key()
    record = KeyRecord(
        key.key_id,
        HASHER.digest(key),
        owner,
        permissions,
        NOON - timedelta(days=1),
        expires=expires,
        quota=quota or Quota(),
    )
    return key, record


class MemoryKeyStore:
    """A key store that can be made to fail or to hang."""

    def __init__(self, *records: KeyRecord) -> None:
        self.records = {record.key_id: record for record in records}
        self.failure: Exception | None = None
        self.reads = 0

    def add(self, record: KeyRecord) -> None:
        self._fail()
        self.records[record.key_id] = record

    def all(self) -> tuple[KeyRecord, ...]:
        self.reads += 1
        self._fail()
        return tuple(self.records.values())

    def revoke(self, key_id: str, time: datetime) -> bool:
        self._fail()
        if key_id not in self.records:
            return False
        self.records[key_id] = replace(self.records[key_id], revoked=time)
        return True

    def expire(self, key_id: str, time: datetime) -> bool:
        self._fail()
        if key_id not in self.records:
            return False
        self.records[key_id] = replace(self.records[key_id], expires=time)
        return True

    def touch(self, uses: Mapping[str, datetime]) -> None:
        self._fail()
        for key_id, time in uses.items():
            if key_id in self.records:
                self.records[key_id] = replace(self.records[key_id], last_used=time)

    def _fail(self) -> None:
        if self.failure is not None:
            raise self.failure
