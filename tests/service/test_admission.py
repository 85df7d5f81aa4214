"""Which calls are taken on, and what the others are told."""

import asyncio
from contextlib import ExitStack

import pytest

from revitron_grpc.errors import Reason, RevitronGrpcError
from revitron_grpc.service.admission import Admission, Work
from revitron_grpc.settings import ServerSettings

LIMITS = ServerSettings(max_concurrent_runs=2, max_concurrent_validations=1, max_concurrent_calls=4)


def refusal(admission: Admission, work: Work) -> RevitronGrpcError:
    with pytest.raises(RevitronGrpcError) as caught, admission.admit(work):
        pass
    return caught.value


async def test_each_kind_of_work_has_a_limit_of_its_own() -> None:
    admission = Admission(LIMITS)
    with ExitStack() as held:
        held.enter_context(admission.admit(Work.RUN))
        held.enter_context(admission.admit(Work.RUN))
        assert refusal(admission, Work.RUN).reason is Reason.OVERLOADED
        assert "2 generation runs" in refusal(admission, Work.RUN).message
        held.enter_context(admission.admit(Work.VALIDATION))
        assert "1 validations" in refusal(admission, Work.VALIDATION).message
    assert [admission.in_flight(work) for work in Work] == [0, 0, 0]


async def test_all_kinds_together_have_a_limit_too() -> None:
    admission = Admission(LIMITS)
    with ExitStack() as held:
        for work in (Work.RUN, Work.VALIDATION, Work.LOOKUP, Work.LOOKUP):
            held.enter_context(admission.admit(work))
        assert "4 calls" in refusal(admission, Work.RUN).message
    with admission.admit(Work.RUN):
        assert admission.in_flight(Work.RUN) == 1


async def test_a_call_that_fails_gives_its_place_back() -> None:
    admission = Admission(LIMITS)
    for _ in range(5):
        with pytest.raises(ZeroDivisionError), admission.admit(Work.VALIDATION):
            raise ZeroDivisionError
    assert admission.in_flight(Work.VALIDATION) == 0


async def test_a_shortage_refuses_new_work_until_it_is_over() -> None:
    admission = Admission(LIMITS)
    with admission.admit(Work.RUN):
        admission.report_shortage("no memory")
        assert "no memory" in refusal(admission, Work.LOOKUP).message
        assert admission.in_flight(Work.RUN) == 1
        admission.report_shortage("")
        with admission.admit(Work.RUN):
            assert admission.in_flight(Work.RUN) == 2


async def test_draining_refuses_and_waits_for_what_is_under_way() -> None:
    admission = Admission(LIMITS)
    with admission.admit(Work.RUN):
        admission.refuse_new_work()
        assert refusal(admission, Work.LOOKUP).reason is Reason.DRAINING
        assert not await admission.wait_until_idle(0)
        idle = asyncio.create_task(admission.wait_until_idle(10))
    assert await idle
    assert await admission.wait_until_idle(0)


async def under_way(admission: Admission, key_id: str) -> asyncio.Task[Reason | None]:
    """A call that waits forever, and returns why it was cut off."""
    begun = asyncio.Event()

    async def call() -> Reason | None:
        try:
            with admission.admit(Work.RUN, key_id):
                begun.set()
                await asyncio.Event().wait()
        except asyncio.CancelledError:
            why = admission.why_cut_off()
            return None if why is None else why.reason

    task = asyncio.create_task(call())
    await begun.wait()
    return task


async def test_calls_that_outlive_the_drain_are_cut_off() -> None:
    admission = Admission(LIMITS)
    task = await under_way(admission, "")
    assert admission.cut_calls_off() == 1
    assert await task is Reason.DRAINING
    assert await admission.wait_until_idle(0)


async def test_the_calls_of_one_key_are_cut_off_and_no_others() -> None:
    admission = Admission(LIMITS)
    anna, bert = await under_way(admission, "anna"), await under_way(admission, "bert")
    assert admission.keys_in_flight() == {"anna", "bert"}
    why = RevitronGrpcError(Reason.UNAUTHENTICATED, "")
    assert admission.cut_calls_off(why, key_id="anna") == 1
    assert await anna is Reason.UNAUTHENTICATED
    assert admission.keys_in_flight() == {"bert"}
    # Somebody else's cancellation is not ours.
    bert.cancel()
    assert await bert is None
