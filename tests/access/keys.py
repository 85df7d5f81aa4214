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

    def make_ready(self) -> None:
        self._fail()

    def close(self) -> None:
        pass

    def add(self, record: KeyRecord) -> None:
        self._fail()
        self.records[record.key_id] = record

    def all(self) -> tuple[KeyRecord, ...]:
        self.reads += 1
        self._fail()
        return tuple(sorted(self.records.values(), key=lambda record: record.created))

    def revoke(self, key_id: str, time: datetime) -> bool:
        found = self._found(key_id)
        if found is not None and found.revoked is None:
            self.records[key_id] = replace(found, revoked=time)
        return found is not None

    def rotate(self, key_id: str, ends: datetime, record: KeyRecord) -> bool:
        found = self._found(key_id)
        if found is None:
            return False
        if found.expires is None or found.expires > ends:
            self.records[key_id] = replace(found, expires=ends)
        self.records[record.key_id] = record
        return True

    def delete(self, key_id: str) -> bool:
        self._fail()
        return self.records.pop(key_id, None) is not None

    def touch(self, uses: Mapping[str, datetime]) -> None:
        for key_id, time in uses.items():
            found = self._found(key_id)
            if found is not None and (found.last_used is None or found.last_used < time):
                self.records[key_id] = replace(found, last_used=time)

    def _found(self, key_id: str) -> KeyRecord | None:
        self._fail()
        return self.records.get(key_id)

    def _fail(self) -> None:
        if self.failure is not None:
            raise self.failure
