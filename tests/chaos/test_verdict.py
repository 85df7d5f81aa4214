"""A scenario is only as good as what its verdict notices."""

import dataclasses
from collections.abc import Sequence

import pytest

from revitron_grpc.client.interruption import Cause
from tests.chaos.verdict import Expectation, Received, Run, Verdict, judge

CLIENTS = 2
REFERENCE = [bytes([ordinal]) for ordinal in range(1, 6)]
REFERENCES = {(0, "old"): REFERENCE, (0, "new"): REFERENCE[::-1]}
WHOLE = tuple(Received(ordinal, digest) for ordinal, digest in enumerate(REFERENCE, 1))
GOOD = Run(
    client=0,
    request=0,
    plan_digest="old",
    received=WHOLE,
    complete=True,
    error="",
    plan_changed=False,
    retries=(),
    worst_delay=0.5,
)
OTHER = dataclasses.replace(GOOD, client=1)


def judged(
    runs: Sequence[Run],
    expected: Expectation | None = None,
    streams_at_fault: int = CLIENTS,
    beside: Sequence[str] = (),
) -> Verdict:
    return judge(
        runs,
        REFERENCES,
        expected or Expectation(),
        clients=CLIENTS,
        streams_at_fault=streams_at_fault,
        beside=beside,
    )


def test_whole_runs_are_good() -> None:
    verdict = judged([GOOD, OTHER])
    assert not verdict.problems
    assert (verdict.failed, verdict.retries, verdict.worst_delay) == (0, 0, 0.5)


def test_a_broken_stream_that_was_resumed_is_good_unless_nobody_may_notice() -> None:
    runs = [dataclasses.replace(GOOD, retries=(Cause.LOST, Cause.BUSY)), OTHER]
    assert not judged(runs).problems
    assert judged(runs).retries == 2
    assert "1 BUSY, 1 LOST" in judged(runs, Expectation(retries=False)).problems[0]


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"complete": False, "error": "STREAM_BROKEN: it broke"}, "it broke"),
        ({"complete": False, "received": WHOLE[:3]}, "without a summary"),
        ({"received": WHOLE[:2] + WHOLE[3:]}, "missing: 3"),
        ({"received": WHOLE[:3] + WHOLE[2:]}, "twice: 3"),
        ({"received": (*WHOLE[:4], Received(5, b"x"))}, "other bytes"),
        ({"received": (*WHOLE, Received(6, b"x"))}, "not asked for: 6"),
        ({"received": WHOLE[::-1]}, "out of order"),
        ({"plan_digest": "mixed"}, "none that an undisturbed run had"),
        # The rest of a run of another plan: bytes tell, whatever the digest says.
        ({"plan_digest": "new"}, "other bytes"),
        ({"complete": False, "plan_changed": True, "error": "PLAN_CHANGED: x"}, "PLAN_CHANGED"),
    ],
)
def test_what_is_not_whole_fails_its_client(change: dict[str, object], complaint: str) -> None:
    bad = dataclasses.replace(GOOD, **change)  # type: ignore[arg-type]
    verdict = judged([bad, OTHER])
    assert verdict.failed == 1
    assert any(complaint in problem for problem in verdict.problems), verdict.problems


def test_a_client_that_never_began_fails() -> None:
    assert judged([GOOD]).failed == 1


def test_a_changed_plan_must_be_told_and_the_client_must_end_with_a_whole_run() -> None:
    expected = Expectation(plan_change=True)
    told = dataclasses.replace(
        GOOD, received=WHOLE[:2], complete=False, plan_changed=True, error="PLAN_CHANGED: x"
    )
    anew = dataclasses.replace(
        GOOD,
        plan_digest="new",
        received=tuple(Received(o, d) for o, d in enumerate(REFERENCE[::-1], 1)),
    )
    assert not judged([told, anew, OTHER], expected).problems
    assert judged([told, OTHER], expected).failed == 1
    assert judged([anew, OTHER], expected).problems == (
        "no run met the new plan, so nothing was tried",
    )


def test_a_fault_that_met_no_streams_proves_nothing() -> None:
    assert judged([GOOD, OTHER], streams_at_fault=1).problems


def test_a_stream_that_hung_until_the_client_gave_up_is_a_broken_promise() -> None:
    assert judged([dataclasses.replace(GOOD, retries=(Cause.STALLED,)), OTHER]).problems
