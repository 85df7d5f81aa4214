"""A key that is revoked while replicas cannot read it, with a database that is really stopped."""

import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from revitron_grpc.access.caller import Permission
from revitron_grpc.access.gate import Credentials, KeyGate, UnknownCallerError
from revitron_grpc.access.keyring import MAX_AGE_SECONDS, Keyring
from revitron_grpc.errors import Reason, RevitronGrpcError
from revitron_grpc.service.admission import Admission
from revitron_grpc.service.health import HealthBoard
from revitron_grpc.service.security.key_watch import KeyWatch
from revitron_grpc.service.stores.store_health import StoreHealth
from revitron_grpc.service.telemetry.metrics import Metrics
from revitron_grpc.settings import ServerSettings
from revitron_grpc.storage.sql_keys import SqlKeys
from revitron_grpc.storage.versions import upgrade
from tests.access.keys import HASHER, NOON, issued
from tests.programs.postgres import PostgresServer
from tests.storage.conftest import engine_of


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    """A server of these tests alone, which stop it."""
    with tempfile.TemporaryDirectory(prefix="revitron-grpc-keys-") as folder:
        found = PostgresServer(Path(folder))
        found.start()
        yield found
        found.stop()


class Desk:
    """A gate on the keys of a real database, with a clock that stands where a test puts it."""

    def __init__(self, server: PostgresServer) -> None:
        self.now = 0.0
        engine = engine_of(server.fresh_database(), timeout_seconds=10)
        upgrade(engine)
        self.store = SqlKeys(engine)
        self.key, record = issued("anna")
        self.store.add(record)
        self.board = HealthBoard(())
        keyring = Keyring(HASHER)
        self.gate = KeyGate(keyring, clock=lambda: self.now, time_of_day=lambda: NOON)
        self.watch = KeyWatch(
            self.store,
            keyring,
            Admission(ServerSettings()),
            15,
            StoreHealth("keys", "keys", "a minute", self.board, Metrics("1")),
            clock=lambda: self.now,
            time_of_day=lambda: NOON,
        )

    async def admit(self) -> str:
        credentials = Credentials(f"Bearer {self.key.reveal()}")
        return (await self.gate.admit(credentials, Permission.READ)).owner

    async def unreadable(self) -> None:
        with pytest.raises(RevitronGrpcError) as caught:
            await self.admit()
        assert caught.value.reason is Reason.KEYS_UNREADABLE


@pytest_asyncio.fixture
async def desk(server: PostgresServer) -> AsyncIterator[Desk]:
    found = Desk(server)
    yield found
    await found.watch.close()


async def test_no_key_works_longer_than_a_minute_after_its_revocation(
    desk: Desk, server: PostgresServer
) -> None:
    await desk.watch.begin()
    await desk.admit()
    # Somebody revokes it in the moment before nobody can read it any more.
    desk.store.revoke(desk.key.key_id, NOON)
    server.stop()
    for desk.now in (15.0, 30.0, 45.0, MAX_AGE_SECONDS):
        assert not await desk.watch.refresh()
        await desk.admit()
    assert desk.board.conditions()["keys"] == "DEGRADED"
    desk.now += 0.1
    await desk.unreadable()
    server.start()
    assert await desk.watch.refresh()
    assert desk.board.conditions()["keys"] == "SERVING"
    with pytest.raises(UnknownCallerError) as caught:
        await desk.admit()
    assert caught.value.outcome == "revoked"


async def test_a_replica_that_starts_without_its_store_lets_people_in_when_it_is_back(
    desk: Desk, server: PostgresServer
) -> None:
    server.kill()
    await desk.watch.begin()
    await desk.unreadable()
    server.start()
    assert await desk.watch.refresh()
    assert await desk.admit() == "anna"
