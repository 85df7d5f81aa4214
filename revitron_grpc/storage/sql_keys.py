"""The key store in a database: SQLite and PostgreSQL alike."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine, Row

from revitron_grpc.access.caller import Permission
from revitron_grpc.access.key_record import KeyRecord, Quota
from revitron_grpc.access.keyring import MAX_KEYS
from revitron_grpc.errors import FieldViolation, InvalidInputError, Reason, RevitronGrpcError
from revitron_grpc.settings import RunsSettings
from revitron_grpc.storage.database import database_url, open_engine, reading, writing
from revitron_grpc.storage.schema import api_keys
from revitron_grpc.storage.versions import prepare

_QUOTAS = ("calls_per_minute", "calls_per_hour", "calls_per_day", "runs_per_day")


def open_keys(settings: RunsSettings) -> "SqlKeys":
    """Return the keys of the database that is configured; connects to nothing yet.

    Raises `RevitronGrpcError`: INVALID_CONFIGURATION where there is none, and what `open_engine`
    raises.
    """
    url = database_url(settings)
    if url is None:
        raise InvalidInputError(
            Reason.INVALID_CONFIGURATION,
            (FieldViolation("runs.url", "is none, and API keys need a database to be in"),),
        )
    return SqlKeys(open_engine(url, settings))


class SqlKeys:
    """A `KeyStore`; its table must be there (see versions.py)."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def make_ready(self) -> None:
        """Have the tables; see `versions.prepare`."""
        prepare(self._engine)

    def close(self) -> None:
        """Close the connections."""
        self._engine.dispose()

    def add(self, record: KeyRecord) -> None:
        """Store a new key."""
        with writing(self._engine) as connection:
            _insert(connection, record)

    def all(self) -> tuple[KeyRecord, ...]:
        """Return all keys, the oldest first."""
        query = sa.select(api_keys).order_by(api_keys.c.created, api_keys.c.key_id)
        with reading(self._engine) as connection:
            return tuple(_record(row) for row in connection.execute(query))

    def revoke(self, key_id: str, time: datetime) -> bool:
        """Revoke a key for good."""
        return self._changed(
            sa.update(api_keys)
            .where(api_keys.c.key_id == key_id)
            .values(revoked=sa.func.coalesce(api_keys.c.revoked, sa.literal(time, _TIME)))
        )

    def rotate(self, key_id: str, ends: datetime, record: KeyRecord) -> bool:
        """Store a new key in the place of one."""
        old = api_keys.c.key_id == key_id
        with writing(self._engine) as connection:
            if connection.execute(sa.select(api_keys.c.key_id).where(old)).first() is None:
                return False
            sooner = sa.or_(api_keys.c.expires.is_(None), api_keys.c.expires > ends)
            connection.execute(sa.update(api_keys).where(old, sooner).values(expires=ends))
            _insert(connection, record)
        return True

    def delete(self, key_id: str) -> bool:
        """Forget a key."""
        return self._changed(sa.delete(api_keys).where(api_keys.c.key_id == key_id))

    def touch(self, uses: Mapping[str, datetime]) -> None:
        """Note when keys were used last."""
        if not uses:
            return
        # Several replicas write: the latest use counts, whoever comes last.
        used = sa.bindparam("used", type_=_TIME)
        later = sa.or_(api_keys.c.last_used.is_(None), api_keys.c.last_used < used)
        statement = (
            sa.update(api_keys)
            .where(api_keys.c.key_id == sa.bindparam("used_key"), later)
            .values(last_used=used)
        )
        # In one order everywhere, so that no two replicas wait for each other.
        rows = [{"used_key": key_id, "used": time} for key_id, time in sorted(uses.items())]
        with writing(self._engine) as connection:
            connection.execute(statement, rows)

    def _changed(self, statement: Any) -> bool:
        with writing(self._engine) as connection:
            return connection.execute(statement).rowcount > 0


_TIME = api_keys.c.created.type


def _insert(connection: Connection, record: KeyRecord) -> None:
    count = connection.execute(sa.select(sa.func.count()).select_from(api_keys)).scalar_one()
    if count >= MAX_KEYS:
        raise RevitronGrpcError(
            Reason.INVALID_REQUEST,
            f"there are {count} keys, the most that a replica holds; delete some that are revoked "
            "or expired",
        )
    connection.execute(
        sa.insert(api_keys).values(
            key_id=record.key_id,
            digest=record.digest,
            owner=record.owner,
            permissions=",".join(sorted(record.permissions)),
            note=record.note,
            created=record.created,
            expires=record.expires,
            revoked=record.revoked,
            last_used=record.last_used,
            **asdict(record.quota),
        )
    )


def _record(row: Row[Any]) -> KeyRecord:
    # A permission of a newer release grants nothing here.
    known = {permission.value for permission in Permission}
    return KeyRecord(
        key_id=row.key_id,
        digest=bytes(row.digest),
        owner=row.owner,
        permissions=frozenset(Permission(p) for p in row.permissions.split(",") if p in known),
        note=row.note,
        created=row.created,
        expires=row.expires,
        revoked=row.revoked,
        last_used=row.last_used,
        quota=Quota(**{name: getattr(row, name) for name in _QUOTAS}),
    )
