"""Make keys, and the records by which the service will know them."""

from datetime import datetime

from revitron_grpc.access.api_key import ApiKey, KeyHasher, new_key
from revitron_grpc.access.caller import Permission
from revitron_grpc.access.key_record import MAX_NOTE, MAX_OWNER, KeyRecord
from revitron_grpc.access.quota import AS_SET, Quota
from revitron_grpc.errors import FieldViolation, InvalidInputError, Reason


def issue_key(
    hasher: KeyHasher,
    owner: str,
    permissions: frozenset[Permission],
    now: datetime,
    *,
    expires: datetime | None = None,
    note: str = "",
    quota: Quota = AS_SET,
) -> tuple[ApiKey, KeyRecord]:
    """Return a new key and its record, which is to be stored before the key is handed out.

    Raises `InvalidInputError` (INVALID_REQUEST) for a name, a note or a time that will not do.
    """
    violations: list[FieldViolation] = []
    if not owner.strip() or owner != owner.strip() or not owner.isprintable():
        violations.append(FieldViolation("owner", "must be a name of printable characters"))
    if len(owner) > MAX_OWNER:
        violations.append(FieldViolation("owner", f"has more than {MAX_OWNER} characters"))
    if len(note) > MAX_NOTE or not note.isprintable():
        violations.append(
            FieldViolation("note", f"must be one line of at most {MAX_NOTE} characters")
        )
    if not permissions:
        violations.append(FieldViolation("permission", "is missing: the key would open nothing"))
    if expires is not None and expires <= now:
        violations.append(FieldViolation("expires", f"{expires.isoformat()} is over"))
    if violations:
        raise InvalidInputError(Reason.INVALID_REQUEST, tuple(violations))
    key = new_key()
    record = KeyRecord(
        key.key_id, hasher.digest(key), owner, permissions, now, note, expires, quota=quota
    )
    return key, record


def successor(
    hasher: KeyHasher, record: KeyRecord, now: datetime, expires: datetime | None
) -> tuple[ApiKey, KeyRecord]:
    """Return a new key for the owner of one, who may the same with it.

    Raises `InvalidInputError` (INVALID_REQUEST) for a key that is revoked or expired, whose owner
    is to get a new one on purpose and not by rotation.
    """
    state = record.state(now)
    if state != "active":
        raise InvalidInputError(
            Reason.INVALID_REQUEST,
            (FieldViolation(record.key_id, f"is {state}; create a new key for {record.owner}"),),
        )
    return issue_key(
        hasher,
        record.owner,
        record.permissions,
        now,
        expires=expires,
        note=record.note,
        quota=record.quota,
    )
