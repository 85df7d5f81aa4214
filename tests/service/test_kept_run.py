"""A run as bytes: what was kept comes back, and what was damaged does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revitron_grpc.service.runs.kept_run import KeptRun, RunSeal, RunWriter
from revitron_grpc.service.wire.messages import _digested
from revitron_grpc.v1.button_service_pb2 import RejectedCandidate, RunSummary
from revitron_grpc.v1.button_spec_pb2 import ButtonCode, ButtonSpec

PLAN = "a" * 64
SEAL = RunSeal("secret")


def button(ordinal: int, *, icons: bool = True) -> ButtonSpec:
    code = ButtonCode(script="print(1)\n" * 100, icon_png=b"light" if icons else b"")
    return _digested(ButtonSpec(id=f"idea-{ordinal}", code=code), ordinal)


def kept(most_bytes: int = 100_000) -> bytes | None:
    writer = RunWriter(most_bytes)
    for message in (button(1), RejectedCandidate(id="no"), button(2), RunSummary(accepted=2)):
        assert writer.content is None  # until it has its summary
        writer.add(message)
    return writer.content


CONTENT = kept() or b""
VALUE = SEAL.sealed(PLAN, CONTENT)


@pytest.mark.parametrize("most", [1, 2, 10])
@pytest.mark.parametrize("icons", [True, False])
def test_what_was_kept_comes_back_in_order(most: int, icons: bool) -> None:
    run = KeptRun(CONTENT, icons=icons)
    found = []
    while not run.finished:
        taken = run.take(most)
        assert len(taken) <= most
        found += taken
    assert [settled.position for settled in found] == [1, 2, 3]
    assert [settled.message for settled in found] == [
        button(1, icons=icons),
        RejectedCandidate(id="no"),
        button(2, icons=icons),
    ]
    assert (run.judged, run.accepted, run.rejected) == (3, 2, 1)
    assert run.summary() == RunSummary(accepted=2)


def test_a_run_over_the_bound_is_given_up() -> None:
    assert kept(len(CONTENT)) == CONTENT
    assert kept(len(CONTENT) - 1) is None
    assert kept(10) is None


@given(st.integers(0, len(VALUE) - 1), st.integers(1, 255))
def test_one_changed_byte_anywhere_is_noticed(position: int, change: int) -> None:
    damaged = bytearray(VALUE)
    damaged[position] ^= change
    assert SEAL.opened(PLAN, bytes(damaged)) is None


@given(st.integers(0, len(VALUE) - 1))
def test_what_is_cut_short_is_noticed(length: int) -> None:
    assert SEAL.opened(PLAN, VALUE[:length]) is None


def test_a_run_is_taken_from_its_own_place_and_from_whoever_has_the_secret() -> None:
    assert SEAL.opened(PLAN, VALUE) == CONTENT
    assert RunSeal("secret").opened(PLAN, VALUE) == CONTENT
    assert SEAL.opened("b" * 64, VALUE) is None
    assert RunSeal("another").opened(PLAN, VALUE) is None
    assert RunSeal("").opened(PLAN, VALUE) is None
