"""What every key store promises, on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from revitron_grpc.access.caller import Permission
from revitron_grpc.access.key_record import KeyRecord, Quota
from revitron_grpc.errors import Reason, RevitronGrpcError
from revitron_grpc.storage import sql_keys
from revitron_grpc.storage.database import writing
from revitron_grpc.storage.key_store import KeyStore
from revitron_grpc.storage.schema import api_keys
from revitron_grpc.storage.sql_keys import SqlKeys
from revitron_grpc.storage.versions import upgrade
from tests.access.keys import NOON, MemoryKeyStore, issued
from tests.programs.postgres import PostgresServer
from tests.storage.conftest import engine_of

DAY = timedelta(days=1)


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[KeyStore]:
    if request.param == "memory":
        yield MemoryKeyStore()
        return
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path}/keys.sqlite3"
    else:
        server: PostgresServer = request.getfixturevalue("postgres_server")
        url = server.fresh_database()
    engine = engine_of(url)
    upgrade(engine)
    yield SqlKeys(engine)
    engine.dispose()


def only(store: KeyStore) -> KeyRecord:
    (record,) = store.all()
    return record


def test_a_record_comes_back_as_it_was(store: KeyStore) -> None:
    _, record = issued("Zoë 'O''Brien'; --", frozenset(Permission), expires=NOON + DAY)
    record = replace(
        record,
        note="für das Büro\n%s",
        revoked=NOON,
        last_used=NOON - timedelta(microseconds=1),
        quota=Quota(calls_per_minute=0, runs_per_day=1_000_000_000),
    )
    store.add(record)
    assert only(store) == record
    assert only(store).digest == record.digest


def test_the_oldest_comes_first(store: KeyStore) -> None:
    records = [replace(issued()[1], created=NOON + number * DAY) for number in (2, 0, 1)]
    for record in records:
        store.add(record)
    assert [r.created for r in store.all()] == [NOON, NOON + DAY, NOON + 2 * DAY]


def test_revoking_is_for_good(store: KeyStore) -> None:
    _, record = issued()
    store.add(record)
    assert store.revoke(record.key_id, NOON)
    assert store.revoke(record.key_id, NOON + DAY)
    assert only(store).revoked == NOON
    assert not store.revoke("nobody000000", NOON)


def test_rotating_leaves_both_until_the_old_one_ends(store: KeyStore) -> None:
    (_, old), (_, new) = issued(), issued()
    store.add(old)
    assert store.rotate(old.key_id, NOON + DAY, replace(new, created=NOON))
    first, second = store.all()
    assert (first.key_id, first.expires) == (old.key_id, NOON + DAY)
    assert (second.key_id, second.expires) == (new.key_id, None)


def test_rotating_makes_no_key_last_longer(store: KeyStore) -> None:
    (_, old), (_, new) = issued(expires=NOON), issued()
    store.add(old)
    assert store.rotate(old.key_id, NOON + DAY, new)
    assert {r.key_id: r.expires for r in store.all()} == {old.key_id: NOON, new.key_id: None}
    assert not store.rotate("nobody000000", NOON, issued()[1])
    assert len(store.all()) == 2


def test_a_deleted_key_is_gone(store: KeyStore) -> None:
    _, record = issued()
    store.add(record)
    assert store.delete(record.key_id)
    assert not store.delete(record.key_id)
    assert store.all() == ()


def test_the_latest_use_counts_whoever_writes_last(store: KeyStore) -> None:
    _, record = issued()
    store.add(record)
    store.touch({})
    store.touch({record.key_id: NOON, "nobody000000": NOON})
    store.touch({record.key_id: NOON - DAY})
    assert only(store).last_used == NOON


def test_a_full_store_says_so_and_stays_as_it_was(
    empty_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    upgrade(empty_engine)
    monkeypatch.setattr(sql_keys, "MAX_KEYS", 1)
    store, (_, old) = SqlKeys(empty_engine), issued()
    store.add(old)
    with pytest.raises(RevitronGrpcError) as caught:
        store.rotate(old.key_id, NOON, issued()[1])
    assert caught.value.reason is Reason.INVALID_REQUEST
    assert only(store) == old


def test_what_a_newer_release_permits_is_not_permitted_here(empty_engine: Engine) -> None:
    upgrade(empty_engine)
    store, (_, record) = SqlKeys(empty_engine), issued()
    store.add(record)
    with writing(empty_engine) as connection:
        connection.execute(sa.update(api_keys).values(permissions="read,rule-the-world"))
    assert only(store).permissions == {Permission.READ}
