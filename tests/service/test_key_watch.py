"""Keys are read anew, lapsed ones end their calls, and a store that is gone stops nothing else."""

import asyncio
import threading
from datetime import timedelta

import pytest

from revitron_grpc.access.caller import Permission
from revitron_grpc.access.gate import Credentials, KeyGate, UnknownCallerError
from revitron_grpc.access.key_record import KeyRecord
from revitron_grpc.access.keyring import MAX_AGE_SECONDS, Keyring
from revitron_grpc.errors import Reason, RevitronGrpcError
from revitron_grpc.service.admission import Admission
from revitron_grpc.service.security.key_watch import KeyWatch
from revitron_grpc.storage.store_watch import Unwatched
from tests.access.keys import HASHER, NOON, MemoryKeyStore, issued
from tests.liveness import LIVENESS
from tests.service.test_admission import LIMITS, under_way


class Watched:
    """A gate that is kept up to date, with clocks that stand where a test puts them."""

    def __init__(self, *records: KeyRecord, timeout_seconds: float = 10.0) -> None:
        self.now = 0.0
        self.time = NOON
        self.store = MemoryKeyStore(*records)
        self.admission = Admission(LIMITS)
        keyring = Keyring(HASHER)
        self.gate = KeyGate(keyring, clock=lambda: self.now, time_of_day=lambda: self.time)
        self.watch = KeyWatch(
            self.store,
            keyring,
            self.admission,
            15,
            Unwatched(),
            clock=lambda: self.now,
            time_of_day=lambda: self.time,
            timeout_seconds=timeout_seconds,
        )

    async def admit(self, key: str) -> str:
        credentials = Credentials(f"Bearer {key}")
        return (await self.gate.admit(credentials, Permission.READ)).key_id


async def test_a_revoked_key_works_until_the_next_reading_and_its_calls_end_then() -> None:
    (anna, of_anna), (bert, of_bert) = issued("anna"), issued("bert")
    watched = Watched(of_anna, of_bert)
    assert await watched.watch.refresh()
    hers = await under_way(watched.admission, await watched.admit(anna.reveal()))
    his = await under_way(watched.admission, await watched.admit(bert.reveal()))
    watched.store.revoke(anna.key_id, NOON)
    await watched.admit(anna.reveal())
    watched.now += 15
    assert await watched.watch.refresh()
    assert await hers is Reason.UNAUTHENTICATED
    with pytest.raises(UnknownCallerError):
        await watched.admit(anna.reveal())
    assert watched.admission.keys_in_flight() == {bert.key_id}
    his.cancel()
    await his


async def test_calls_of_a_key_that_expires_or_vanishes_end_too() -> None:
    (anna, of_anna), (bert, of_bert) = issued(expires=NOON + timedelta(seconds=5)), issued()
    watched = Watched(of_anna, of_bert)
    await watched.watch.refresh()
    hers = await under_way(watched.admission, anna.key_id)
    his = await under_way(watched.admission, bert.key_id)
    watched.time += timedelta(seconds=5)
    del watched.store.records[bert.key_id]
    await watched.watch.refresh()
    assert {await hers, await his} == {Reason.UNAUTHENTICATED}


async def test_without_its_store_a_replica_goes_by_what_it_knows_for_a_minute() -> None:
    key, record = issued()
    watched = Watched(record)
    await watched.watch.refresh()
    stream = await under_way(watched.admission, await watched.admit(key.reveal()))
    watched.store.failure = RevitronGrpcError(Reason.INVALID_REQUEST, "gone")
    while watched.now < MAX_AGE_SECONDS:
        watched.now += 5
        assert not await watched.watch.refresh()
        await watched.admit(key.reveal())
    watched.now += 1
    with pytest.raises(RevitronGrpcError) as caught:
        await watched.admit(key.reveal())
    assert caught.value.reason is Reason.KEYS_UNREADABLE
    # The stream that began goes on: nobody said that its key is revoked.
    assert not stream.done()
    watched.store.failure = None
    assert await watched.watch.refresh()
    await watched.admit(key.reveal())
    stream.cancel()
    await stream


async def test_a_reading_counts_from_when_it_began() -> None:
    key, record = issued()
    watched = Watched(record)
    answer = watched.store.all

    def slowly() -> tuple[KeyRecord, ...]:
        watched.now += 50
        return answer()

    watched.store.all = slowly
    await watched.watch.refresh()
    watched.now += MAX_AGE_SECONDS - 49
    with pytest.raises(RevitronGrpcError) as caught:
        await watched.admit(key.reveal())
    assert caught.value.reason is Reason.KEYS_UNREADABLE


async def test_a_store_that_hangs_holds_one_thread_and_nothing_else() -> None:
    _, record = issued()
    watched = Watched(record, timeout_seconds=0.05)
    released = threading.Event()
    answer = watched.store.all

    def hang() -> tuple[KeyRecord, ...]:
        assert released.wait(30)
        return answer()

    watched.store.all = hang
    assert not await watched.watch.refresh()
    before = threading.active_count()
    for _ in range(3):
        assert not await watched.watch.refresh()
    assert threading.active_count() == before
    released.set()
    async with asyncio.timeout(LIVENESS):
        while not await watched.watch.refresh():
            await asyncio.sleep(0.01)
    assert watched.store.reads >= 1


async def test_uses_are_written_once_a_minute() -> None:
    key, record = issued()
    watched = Watched(record)
    await watched.watch.refresh()
    await watched.admit(key.reveal())
    watched.now = 59
    await watched.watch.refresh()
    assert watched.store.records[key.key_id].last_used is None
    watched.now = 60
    await watched.watch.refresh()
    assert watched.store.records[key.key_id].last_used == NOON
    # At the end what is left is written at once.
    watched.time += timedelta(minutes=5)
    await watched.admit(key.reveal())
    await watched.watch.write_uses()
    assert watched.store.records[key.key_id].last_used == watched.time
