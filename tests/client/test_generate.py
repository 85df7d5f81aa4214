"""A run across broken streams: each button once, in order, or an error that says what to do."""

import asyncio
from contextlib import aclosing

import grpc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from revitron_grpc.client import (
    Cause,
    Interruption,
    ResumePolicy,
    RunInterruptedError,
    connect,
    generate,
)
from revitron_grpc.errors import Reason, RevitronGrpcError
from revitron_grpc.v1 import button_service_pb2 as pb
from tests.client.scripted_service import MENDABLE, Act, End, ScriptedService, scripted_service
from tests.liveness import LIVENESS

QUICK = ResumePolicy(first_delay=0, longest_delay=0, jitter=0, stall_seconds=5)
REQUEST = pb.GenerateButtonsRequest(count=12)


async def collect(
    service: ScriptedService,
    request: pb.GenerateButtonsRequest = REQUEST,
    *,
    timeout: float | None = 60,
    policy: ResumePolicy = QUICK,
    told: list[Interruption] | None = None,
) -> list[pb.GenerateButtonsResponse]:
    on_resume = None if told is None else told.append
    async with connect(service.target) as channel:
        return [
            response
            async for response in generate(
                channel, request, timeout=timeout, policy=policy, on_resume=on_resume
            )
        ]


def what_counts(responses: list[pb.GenerateButtonsResponse]) -> list[bytes]:
    """Started, each spec and the summary; heartbeats, batches and tokens may differ."""
    found: list[bytes] = []
    for response in responses:
        match response.WhichOneof("event"):
            case "started":
                found.append(response.started.SerializeToString(deterministic=True))
            case "buttons":
                found += [b.SerializeToString(deterministic=True) for b in response.buttons.buttons]
            case "summary":
                found.append(response.summary.SerializeToString(deterministic=True))
    return found


async def undisturbed() -> list[bytes]:
    async with scripted_service() as service:
        return what_counts(await collect(service))


@pytest.mark.parametrize("end", MENDABLE)
@pytest.mark.parametrize("responses", [0, 1, 6])
async def test_every_break_is_mended(end: End, responses: int) -> None:
    async with scripted_service(Act(responses, end), Act(4, end)) as service:
        assert what_counts(await collect(service)) == await undisturbed()
    assert len(service.tokens) == 3
    # The logs of all replicas have the run under one name.
    assert len(set(service.request_ids)) == 1


async def test_a_replica_that_drains_is_left_for_another() -> None:
    async with scripted_service(Act(4, End.DRAINING)) as service:
        assert what_counts(await collect(service)) == await undisturbed()


async def test_the_last_token_is_sent() -> None:
    async with scripted_service(Act(6, End.UNKNOWN), Act(3, End.UNAVAILABLE)) as service:
        await collect(service)
    # started, progress, 1, progress, 2, progress; then started, progress, 3.
    assert service.tokens == ["", "2", "3"]


async def test_a_silent_stream_is_left_and_resumed() -> None:
    told: list[Interruption] = []
    policy = ResumePolicy(first_delay=0, jitter=0, stall_seconds=1, attempts=100)
    async with scripted_service(Act(5, End.SILENCE)) as service:
        found = await collect(service, policy=policy, told=told)
        await asyncio.wait_for(service.cancelled.wait(), LIVENESS)
    assert what_counts(found) == await undisturbed()
    # A machine that is busy enough may make a whole stream look silent too.
    assert {(t.cause, t.code) for t in told} == {(Cause.STALLED, None)}


async def test_what_is_sent_again_is_dropped() -> None:
    acts = (Act(8, End.UNKNOWN), Act(9, End.UNKNOWN, again=3), Act(0, End.WHOLE, again=2))
    async with scripted_service(*acts) as service:
        request = pb.GenerateButtonsRequest(count=12, batch_limit=2)
        assert what_counts(await collect(service, request)) == await undisturbed()


async def test_each_interruption_is_told() -> None:
    told: list[Interruption] = []
    acts = (Act(0, End.UNAVAILABLE), Act(5, End.UNKNOWN), Act(0, End.INTERNAL))
    async with scripted_service(*acts) as service:
        await collect(service, told=told)
    assert [(t.code, t.attempt, t.attempts, t.ordinal, t.wanted) for t in told] == [
        (grpc.StatusCode.UNAVAILABLE, 1, QUICK.attempts_to_start, 0, 0),
        (grpc.StatusCode.UNKNOWN, 1, QUICK.attempts, 2, 12),
        (grpc.StatusCode.INTERNAL, 2, QUICK.attempts, 2, 12),
    ]
    assert {t.cause for t in told} == {Cause.LOST}


async def test_a_run_that_makes_progress_may_break_any_number_of_times() -> None:
    # started, progress and one button a call: more breaks than attempts.
    acts = [Act(3, End.UNKNOWN)] * 11
    policy = ResumePolicy(attempts=2, first_delay=0, jitter=0)
    async with scripted_service(*acts) as service:
        assert what_counts(await collect(service, policy=policy)) == await undisturbed()


async def test_heartbeats_are_no_progress() -> None:
    acts = [Act(5, End.UNKNOWN)] + [Act(2, End.UNKNOWN)] * 9
    policy = ResumePolicy(attempts=3, first_delay=0, jitter=0)
    async with scripted_service(*acts) as service:
        with pytest.raises(RunInterruptedError) as caught:
            await collect(service, policy=policy)
    assert len(service.tokens) == 4
    assert caught.value.reason is Reason.STREAM_BROKEN
    assert (caught.value.ordinal, caught.value.resume_token) == (2, "2")
    assert "2 of 12 buttons had arrived" in caught.value.message


async def test_nobody_there_is_told_after_a_bounded_number_of_calls() -> None:
    told: list[Interruption] = []
    async with scripted_service() as service:
        gone = service.target
    nobody = ScriptedService((), target=gone)
    with pytest.raises(RevitronGrpcError) as caught:
        await collect(nobody, told=told)
    assert caught.value.reason is Reason.SERVER_UNREACHABLE
    assert len(told) == QUICK.attempts_to_start


async def test_a_later_run_takes_up_a_token() -> None:
    async with scripted_service(Act(5, End.UNKNOWN)) as service:
        request = pb.GenerateButtonsRequest(count=12, resume_token="7")  # noqa: S106
        found = await collect(service, request)
    ordinals = [b.ordinal for r in found for b in r.buttons.buttons]
    assert ordinals == [8, 9, 10, 11, 12]
    assert service.tokens == ["7", "9"]
    assert found[-1].summary.accepted == 12


@pytest.mark.parametrize(
    ("end", "reason"),
    [
        (End.PLAN_CHANGED, Reason.PLAN_CHANGED),
        (End.TOKEN_INVALID, Reason.RESUME_TOKEN_INVALID),
        (End.ANOTHER_RUN, Reason.PLAN_CHANGED),
        (End.OTHER_SPECS, Reason.STREAM_BROKEN),
        (End.WRONG_DIGEST, Reason.STREAM_BROKEN),
    ],
)
async def test_what_cannot_be_continued_is_told_at_once(end: End, reason: Reason) -> None:
    async with scripted_service(Act(5, End.UNKNOWN), Act(0, end)) as service:
        with pytest.raises(RevitronGrpcError) as caught:
            await collect(service)
    assert caught.value.reason is reason
    assert "new run" in caught.value.message
    assert len(service.tokens) == 2


async def test_a_button_that_differs_the_second_time_is_noticed() -> None:
    async with scripted_service(Act(9, End.UNKNOWN), Act(0, End.OTHER_SPECS, again=2)) as service:
        with pytest.raises(RevitronGrpcError) as caught:
            await collect(service)
    assert caught.value.reason is Reason.PLAN_CHANGED
    assert "button 3 came twice and differs" in caught.value.message


async def test_an_error_of_the_service_itself_is_not_asked_for_again() -> None:
    async with scripted_service(Act(5, End.OWN_INTERNAL)) as service:
        with pytest.raises(RevitronGrpcError) as caught:
            await collect(service)
    assert "request-1" in caught.value.message
    assert len(service.tokens) == 1


async def test_a_busy_service_is_asked_again_after_the_delay_that_it_wants() -> None:
    told: list[Interruption] = []
    async with scripted_service(Act(0, End.BUSY)) as service:
        await collect(service, told=told)
    assert [(t.cause, t.delay) for t in told] == [(Cause.BUSY, 2.0)]


async def test_a_busy_service_is_not_asked_for_ever() -> None:
    policy = ResumePolicy(attempts_while_busy=0)
    async with scripted_service(*[Act(0, End.BUSY)] * 9) as service:
        with pytest.raises(RevitronGrpcError) as caught:
            await collect(service, policy=policy)
    assert caught.value.reason is Reason.OVERLOADED
    assert len(service.tokens) == 1


async def test_a_service_that_wants_too_long_a_wait_is_not_waited_for() -> None:
    policy = ResumePolicy(longest_retry_after=1)
    async with scripted_service(*[Act(0, End.BUSY)] * 9) as service:
        with pytest.raises(RevitronGrpcError) as caught:
            await collect(service, policy=policy)
    assert caught.value.reason is Reason.OVERLOADED
    assert len(service.tokens) == 1


async def test_a_wait_beyond_the_deadline_is_not_begun() -> None:
    policy = ResumePolicy(first_delay=1000, longest_delay=1000)
    async with scripted_service(Act(5, End.UNKNOWN)) as service:
        with pytest.raises(RunInterruptedError) as caught:
            await collect(service, timeout=100, policy=policy)
    assert caught.value.reason is Reason.DEADLINE_EXCEEDED
    assert caught.value.resume_token == "2"  # noqa: S105


async def test_one_deadline_is_for_all_streams() -> None:
    # Each silent stream alone would fit into the deadline.
    policy = ResumePolicy(first_delay=0, jitter=0, stall_seconds=1.5, attempts=1000)
    async with scripted_service(Act(5, End.SILENCE), *[Act(1, End.SILENCE)] * 99) as service:
        with pytest.raises(RunInterruptedError) as caught:
            await collect(service, timeout=4, policy=policy)
    assert caught.value.reason is Reason.DEADLINE_EXCEEDED
    assert len(service.tokens) <= 4


async def test_the_deadline_ends_a_stream_under_way() -> None:
    policy = ResumePolicy(stall_seconds=1000)
    async with scripted_service(Act(5, End.SILENCE)) as service:
        with pytest.raises(RevitronGrpcError) as caught:
            await asyncio.wait_for(collect(service, timeout=2, policy=policy), 60)
    assert caught.value.reason is Reason.DEADLINE_EXCEEDED


async def test_a_caller_who_leaves_cancels_the_call() -> None:
    async with (
        scripted_service(Act(5, End.SILENCE)) as service,
        connect(service.target) as channel,
    ):
        async with aclosing(generate(channel, REQUEST)) as responses:
            async for response in responses:
                if response.HasField("buttons"):
                    break
        await asyncio.wait_for(service.cancelled.wait(), LIVENESS)
    assert len(service.tokens) == 1


async def test_a_cancelled_task_ends_cancelled_and_calls_nobody_again() -> None:
    async with scripted_service(Act(5, End.SILENCE)) as service:
        task = asyncio.create_task(collect(service))
        while not service.tokens:
            await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await asyncio.wait_for(service.cancelled.wait(), LIVENESS)
    assert len(service.tokens) == 1


async def test_a_cancel_during_the_wait_ends_it() -> None:
    told: list[Interruption] = []
    policy = ResumePolicy(first_delay=1000, longest_delay=1000)
    async with scripted_service(Act(5, End.UNKNOWN)) as service:
        task = asyncio.create_task(collect(service, timeout=None, policy=policy, told=told))
        while not told:
            await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert len(service.tokens) == 1


ACTS = st.builds(
    Act,
    responses=st.integers(0, 26),
    end=st.sampled_from(MENDABLE),
    again=st.integers(0, 4),
)


@settings(max_examples=60)
@given(st.lists(ACTS, max_size=6), st.integers(1, 5))
def test_any_pattern_of_breaks_yields_the_undisturbed_stream(
    acts: list[Act], batch_limit: int
) -> None:
    async def both() -> tuple[list[bytes], list[bytes]]:
        async with scripted_service(*acts) as service:
            request = pb.GenerateButtonsRequest(count=12, batch_limit=batch_limit)
            policy = ResumePolicy(first_delay=0, jitter=0, attempts=9, attempts_to_start=9)
            return what_counts(await collect(service, request, policy=policy)), await undisturbed()

    found, wanted = asyncio.run(both())
    assert found == wanted
