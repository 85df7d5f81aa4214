"""The gate: who is let in, as whom, and what the others are told."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revitron_grpc.access.api_key import new_key
from revitron_grpc.access.caller import Caller, Permission
from revitron_grpc.access.gate import (
    Credentials,
    ForbiddenError,
    KeyGate,
    OpenGate,
    UnknownCallerError,
)
from revitron_grpc.access.key_record import KeyRecord
from revitron_grpc.access.keyring import MAX_AGE_SECONDS, Keyring
from revitron_grpc.errors import Reason, RevitronGrpcError
from tests.access.keys import HASHER, NOON, READ_AND_WRITE, issued


class Gate:
    """A gate whose keys were read at second 0, and whose clocks stand where a test puts them."""

    def __init__(self, *records: KeyRecord, required: bool = True) -> None:
        self.now = 0.0
        self.time = NOON
        self.looked: list[str] = []
        self.keyring = Keyring(HASHER)
        self.keyring.learn(records, 0.0)
        self.gate = KeyGate(
            self.keyring,
            required=required,
            looked=self.looked.append,
            clock=lambda: self.now,
            time_of_day=lambda: self.time,
        )

    async def admit(
        self, key: str, needed: Permission = Permission.READ, certificate: str = ""
    ) -> Caller:
        header = f"Bearer {key}" if key else ""
        return await self.gate.admit(Credentials(header, certificate), needed)


async def refused(gate: Gate, key: str, certificate: str = "") -> UnknownCallerError:
    with pytest.raises(UnknownCallerError) as caught:
        await gate.admit(key, certificate=certificate)
    return caught.value


async def test_every_reason_to_refuse_a_key_is_told_alike_and_logged_apart() -> None:
    (good, record), (old, old_record) = issued(), issued(expires=NOON)
    (gone, gone_record) = issued()
    gate = Gate(record, old_record, _revoked(gone_record, NOON))
    other_secret = f"rgk_{good.key_id}_{new_key().secret}"
    told = [
        (await refused(gate, key)).message
        for key in ("", "nonsense", new_key().reveal(), other_secret, old.reveal(), gone.reveal())
    ]
    assert len(set(told)) == 1
    assert gate.looked == ["missing", *["unknown"] * 3, "expired", "revoked"]
    for secret in (good.secret, old.secret, gone.secret):
        assert secret not in told[0]


async def test_a_good_key_names_its_owner_and_what_he_may() -> None:
    key, record = issued("anna", READ_AND_WRITE)
    gate = Gate(record)
    # The key counts, whatever the certificate says.
    caller = await gate.admit(key.reveal(), Permission.WRITE, certificate="proxy")
    assert caller == Caller("anna", READ_AND_WRITE, key.key_id)
    with pytest.raises(ForbiddenError) as caught:
        await gate.admit(key.reveal(), Permission.ADMIN)
    assert caught.value.reason is Reason.PERMISSION_DENIED
    assert "`admin`" in caught.value.message
    assert caught.value.caller == caller
    assert gate.looked == ["accepted", "forbidden"]


async def test_no_permission_contains_another() -> None:
    key, record = issued(permissions=frozenset({Permission.ADMIN}))
    for needed in (Permission.READ, Permission.WRITE):
        with pytest.raises(ForbiddenError):
            await Gate(record).admit(key.reveal(), needed)


async def test_a_key_ends_at_the_second_that_was_said() -> None:
    key, record = issued(expires=NOON + timedelta(seconds=1))
    gate = Gate(record)
    await gate.admit(key.reveal())
    gate.time += timedelta(seconds=1)
    await refused(gate, key.reveal())


async def test_a_key_revoked_by_a_machine_whose_clock_is_ahead_is_revoked() -> None:
    key, record = issued()
    await refused(Gate(_revoked(record, NOON + timedelta(hours=1))), key.reveal())


async def test_no_key_works_on_knowledge_that_is_older_than_a_minute() -> None:
    key, record = issued()
    gate = Gate(record)
    gate.now = MAX_AGE_SECONDS
    await gate.admit(key.reveal())
    gate.now += 0.001
    for sent in (key.reveal(), "", "nonsense"):
        with pytest.raises(RevitronGrpcError) as caught:
            await gate.admit(sent)
        assert caught.value.reason is Reason.KEYS_UNREADABLE
    gate.keyring.learn((_revoked(record, NOON),), gate.now)
    await refused(gate, key.reveal())


async def test_a_replica_that_never_read_its_keys_lets_nobody_in() -> None:
    gate = KeyGate(Keyring(HASHER))
    with pytest.raises(RevitronGrpcError) as caught:
        await gate.admit(Credentials(), Permission.READ)
    assert caught.value.reason is Reason.KEYS_UNREADABLE


async def test_keys_that_are_not_required_must_be_good_where_they_are_sent() -> None:
    key, record = issued()
    gate = Gate(record, required=False)
    assert (await gate.admit("", certificate="bert")).owner == "bert"
    assert (await gate.admit("")).owner == ""
    assert (await gate.admit(key.reveal(), certificate="bert")).owner == "anna"
    await refused(gate, new_key().reveal())
    # Nobody is an administrator without a key that says so.
    with pytest.raises(ForbiddenError):
        await gate.admit("", Permission.ADMIN)
    # Who shows no key is not kept out by a store that cannot be read.
    gate.now = 1000.0
    await gate.admit("")


async def test_an_open_service_gives_everything_to_nobody_and_his_own_to_somebody() -> None:
    gate = OpenGate()
    assert (await gate.admit(Credentials(), Permission.ADMIN)).owner == ""
    named = Credentials(certificate_name="anna")
    assert (await gate.admit(named, Permission.WRITE)).owner == "anna"
    with pytest.raises(ForbiddenError):
        await gate.admit(named, Permission.ADMIN)
    # A key that nobody can check is no reason to refuse.
    await gate.admit(Credentials("Bearer rgk_x"), Permission.READ)


@given(st.text(max_size=300))
async def test_whatever_is_sent_the_answer_is_one_of_ours(text: str) -> None:
    _, record = issued()
    with pytest.raises(UnknownCallerError):
        await Gate(record).admit(text)


def test_uses_are_handed_over_once() -> None:
    key, record = issued()
    keyring = Keyring(HASHER)
    keyring.learn((record,), 0.0)
    keyring.look(key.reveal(), 0.0, NOON)
    keyring.look(new_key().reveal(), 0.0, NOON)
    assert keyring.take_uses() == {key.key_id: NOON}
    assert keyring.take_uses() == {}


def _revoked(record: KeyRecord, time: datetime) -> KeyRecord:
    return replace(record, revoked=time)
