"""Runs are stored, listed and rated for their owner alone, and what he rejects stays away."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
import pytest_asyncio

from revitron_grpc.access.caller import Caller, Permission, serving
from revitron_grpc.access.gate import NAMED
from revitron_grpc.errors import InvalidInputError, Reason, RevitronGrpcError, StoreUnavailableError
from revitron_grpc.service.calls.button_calls import ButtonCalls
from revitron_grpc.service.calls.button_servicer import ButtonServicer
from revitron_grpc.service.health import HealthBoard
from revitron_grpc.service.runs.rejected_ideas import RejectedIdeas
from revitron_grpc.service.runs.resume import ResumeTokens
from revitron_grpc.service.runs.run_recorder import RunRecorder
from revitron_grpc.service.runs.run_records import RunRecords, open_run_records
from revitron_grpc.service.runs.stored_runs import StoredRuns
from revitron_grpc.service.security.quotas import Quotas
from revitron_grpc.service.server import Replica
from revitron_grpc.service.stores.run_store_health import RunStoreHealth
from revitron_grpc.service.stores.store_calls import StoreCalls
from revitron_grpc.service.telemetry.metrics import Metrics
from revitron_grpc.settings import RunsSettings
from revitron_grpc.storage.quota_counters import MemoryQuotaCounters
from revitron_grpc.storage.runs import BegunRun
from revitron_grpc.storage.store_watch import Unwatched
from revitron_grpc.v1 import button_service_pb2 as pb
from tests.service.conftest import SETTINGS

pytestmark = pytest.mark.asyncio(loop_scope="module")

ANNA, BERT = Caller("anna", NAMED), Caller("bert", NAMED)
ADMIN = Caller("chief", NAMED | {Permission.ADMIN})
SECRET = "secret"  # noqa: S105
REQUEST = pb.GenerateButtonsRequest(
    count=6,
    batch_limit=1,
    brief="doors",
    existing_tools=[pb.ExistingTool(title="Something of mine that nobody else has")],
)
REJECT = pb.Rating(verdict=pb.RATING_VERDICT_REJECT, comment="Wir haben das schon")
_Answer = TypeVar("_Answer")


class FlakyCalls(StoreCalls):
    """Calls to a store that can be taken away."""

    away_now = False

    async def call(self, ask: Callable[[], _Answer], *, also_if_away: bool = False) -> _Answer:
        if self.away_now:
            raise StoreUnavailableError("the test took it away")
        return await super().call(ask, also_if_away=also_if_away)


class Desk:
    """The calls of one replica on a database; several share one."""

    def __init__(self, replica: Replica, records: RunRecords) -> None:
        self.metrics = Metrics("1")
        self.calls = FlakyCalls("runs", 2, 30, Unwatched())
        self.records = replace(
            records,
            calls=self.calls,
            recorder=RunRecorder(records.store, self.calls),
            rejected=RejectedIdeas(records.store, self.calls),
            metrics=self.metrics,
        )
        quotas = Quotas(SETTINGS.quotas, MemoryQuotaCounters(), self.metrics)
        self.buttons = ButtonCalls(
            replica.editions,
            ResumeTokens(SECRET),
            SETTINGS,
            "1.0.0",
            self.metrics,
            quotas,
            self.records,
        )
        self.stored = StoredRuns(self.records.store, self.calls, self.records.rejected, SECRET)

    async def generate(
        self, caller: Caller, token: str = "", most: int = 1000
    ) -> list[pb.GenerateButtonsResponse]:
        """The responses of a run, the first ones only if it is to break off."""
        request = pb.GenerateButtonsRequest()
        request.CopyFrom(REQUEST)
        request.resume_token = token
        responses: list[pb.GenerateButtonsResponse] = []
        with serving(caller):
            async with aclosing(self.buttons.generate(request)) as stream:
                async for response in stream:
                    responses.append(response)
                    if len(responses) == most:
                        break
        await self.records.recorder.settle()
        return responses

    async def get(self, caller: Caller, run_id: str) -> pb.Run:
        with serving(caller):
            return (await self.stored.get(pb.GetRunRequest(run_id=run_id))).run

    async def list(self, caller: Caller, **fields: object) -> pb.ListRunsResponse:
        with serving(caller):
            return await self.stored.list(pb.ListRunsRequest(**fields))  # type: ignore[arg-type]

    async def rate(self, caller: Caller, run_id: str, idea: str, rating: pb.Rating) -> pb.Rating:
        request = pb.RateButtonRequest(run_id=run_id, button_id=idea, rating=rating)
        with serving(caller):
            return (await self.stored.rate(request)).rating


@pytest_asyncio.fixture(loop_scope="module")
async def desks(replica: Replica, tmp_path: Path) -> AsyncIterator[Callable[[], Awaitable[Desk]]]:
    """Makes replicas that share a database; each remembers only what it saw itself."""
    opened: list[tuple[Desk, RunRecords]] = []

    async def desk() -> Desk:
        metrics = Metrics("1")
        records = await open_run_records(
            RunsSettings(url=f"sqlite:///{tmp_path}/runs.sqlite3"),
            RunStoreHealth(HealthBoard(()), metrics),
            metrics,
        )
        assert records is not None
        opened.append((Desk(replica, records), records))
        return opened[-1][0]

    yield desk
    for made, records in opened:
        made.buttons.close()
        await made.calls.close()
        await records.close()


@pytest_asyncio.fixture(loop_scope="module")
async def desk(desks: Callable[[], Awaitable[Desk]]) -> Desk:
    return await desks()


def specs(responses: list[pb.GenerateButtonsResponse]) -> list[bytes]:
    return [spec.SerializeToString() for r in responses for spec in r.buttons.buttons]


def ideas(responses: list[pb.GenerateButtonsResponse]) -> list[str]:
    return [spec.id for r in responses for spec in r.buttons.buttons]


async def refused(answer: Awaitable[object]) -> Reason:
    with pytest.raises(RevitronGrpcError) as caught:
        await answer
    return caught.value.reason


async def test_a_run_is_found_as_soon_as_its_summary_is_there(desk: Desk) -> None:
    responses = await desk.generate(ANNA)
    started, summary = responses[0].started, responses[-1].summary
    assert list(started.notices) == []
    run = await desk.get(ANNA, started.run_id)
    assert (run.state, run.owner) == (pb.RUN_STATE_FINISHED, "anna")
    assert run.plan_digest == summary.plan_digest
    assert run.summary == summary
    assert run.create_time.ToDatetime(UTC) <= run.end_time.ToDatetime(UTC)
    sent = [spec for r in responses for spec in r.buttons.buttons]
    assert [(b.ordinal, b.id, b.title, b.category) for b in run.buttons] == [
        (s.ordinal, s.id, s.title, s.category) for s in sent
    ]
    assert run.request.brief == "doors"
    assert not run.request.existing_tools


async def test_a_run_is_its_owners_and_the_administrators(desk: Desk) -> None:
    responses = await desk.generate(ANNA)
    run_id = responses[0].started.run_id
    idea = ideas(responses)[0]
    assert await refused(desk.get(BERT, run_id)) is Reason.RUN_NOT_FOUND
    assert await refused(desk.get(BERT, "no such run")) is Reason.RUN_NOT_FOUND
    assert await refused(desk.rate(BERT, run_id, idea, REJECT)) is Reason.RUN_NOT_FOUND
    # To see everything is not to speak for everybody.
    assert (await desk.get(ADMIN, run_id)).owner == "anna"
    assert await refused(desk.rate(ADMIN, run_id, idea, REJECT)) is Reason.RUN_NOT_FOUND
    assert [run.owner for run in (await desk.list(ADMIN)).runs] == ["anna"]
    assert not (await desk.list(BERT)).runs


async def test_a_rejected_idea_is_not_offered_to_that_owner_again(desk: Desk) -> None:
    first = await desk.generate(ANNA)
    run_id = first[0].started.run_id
    unwanted = ideas(first)[1]
    rating = await desk.rate(ANNA, run_id, unwanted, REJECT)
    assert rating.comment == REJECT.comment
    assert (await desk.get(ANNA, run_id)).buttons[1].rating == rating
    second = await desk.generate(ANNA)
    assert unwanted not in ideas(second)
    assert len(ideas(second)) == 6
    assert second[0].started.plan_digest != first[0].started.plan_digest
    assert any("rejected" in e.reason for e in second[0].started.exclusions)
    # Somebody else gets it, and so does its owner when he changes his mind.
    assert specs(await desk.generate(BERT)) == specs(first)
    await desk.rate(ANNA, run_id, unwanted, pb.Rating())
    third = await desk.generate(ANNA)
    assert specs(third) == specs(first)
    assert third[0].started.plan_digest == first[0].started.plan_digest


async def test_a_resumed_run_is_that_of_its_start_whatever_was_rejected_since(
    desks: Callable[[], Awaitable[Desk]],
) -> None:
    desk = await desks()
    whole = await desk.generate(BERT)
    begun = await desk.generate(ANNA, most=4)
    run_id = begun[0].started.run_id
    run = await desk.get(ANNA, run_id)
    assert run.state is pb.RUN_STATE_CANCELLED
    # The last one may be on its way still.
    assert [b.id for b in run.buttons] == ideas(begun)
    other = await desk.generate(ANNA)
    for idea in ideas(whole)[-2:]:
        await desk.rate(ANNA, other[0].started.run_id, idea, REJECT)
    # On a replica that never saw this owner.
    rest = await (await desks()).generate(ANNA, begun[-1].resume_token)
    assert rest[0].started.resumed
    assert specs(begun) + specs(rest) == specs(whole)
    assert rest[-1].summary.specs_digest == whole[-1].summary.specs_digest
    run = await desk.get(ANNA, run_id)
    assert run.state is pb.RUN_STATE_FINISHED
    assert [b.id for b in run.buttons] == ideas(whole)
    assert run.create_time.ToDatetime(UTC) < run.end_time.ToDatetime(UTC)


async def test_without_the_store_what_is_known_counts_and_the_caller_is_told(
    desks: Callable[[], Awaitable[Desk]],
) -> None:
    desk, cold = await desks(), await desks()
    first = await desk.generate(ANNA)
    await desk.rate(ANNA, first[0].started.run_id, ideas(first)[0], REJECT)
    second = await desk.generate(ANNA, most=3)
    desk.calls.away_now = cold.calls.away_now = True
    # A new run: the last known rejections, or none, and a word about it.
    third = await desk.generate(ANNA)
    assert third[0].started.plan_digest == second[0].started.plan_digest
    assert "may be offered again" in third[0].started.notices[0]
    assert specs(await cold.generate(ANNA)) == specs(first)
    # A run under way: the same run, or none.
    rest = await desk.generate(ANNA, second[-1].resume_token)
    assert specs(second) + specs(rest) == specs(third)
    assert await refused(cold.generate(ANNA, second[-1].resume_token)) is Reason.STORE_UNAVAILABLE
    cold.calls.away_now = False
    rest = await cold.generate(ANNA, second[-1].resume_token)
    assert specs(second) + specs(rest) == specs(third)


async def test_without_the_store_a_run_without_rejections_goes_on_anywhere(
    desks: Callable[[], Awaitable[Desk]],
) -> None:
    desk, cold = await desks(), await desks()
    begun = await desk.generate(ANNA, most=3)
    cold.calls.away_now = True
    rest = await cold.generate(ANNA, begun[-1].resume_token)
    assert len(specs(begun) + specs(rest)) == 6
    for answer in (
        cold.get(ANNA, begun[0].started.run_id),
        cold.list(ANNA),
        cold.rate(ANNA, begun[0].started.run_id, "f" * 16, REJECT),
    ):
        assert await refused(answer) is Reason.STORE_UNAVAILABLE


async def test_a_changed_request_is_a_changed_plan_with_and_without_the_store(desk: Desk) -> None:
    begun = await desk.generate(ANNA, most=3)
    token = begun[-1].resume_token
    other = pb.GenerateButtonsRequest(count=7, resume_token=token)
    with serving(ANNA):
        assert await refused(anext(desk.buttons.generate(other))) is Reason.PLAN_CHANGED
    with serving(BERT):
        assert await refused(anext(desk.buttons.generate(other))) is Reason.RESUME_TOKEN_INVALID


class TestLists:
    async def test_pages_and_filters(self, desk: Desk) -> None:
        now = datetime.now(UTC)
        for number in range(5):
            desk.records.store.begin(
                BegunRun(
                    run_id=f"run-{number}",
                    owner="anna",
                    plan_digest="a" * 64,
                    created=now + timedelta(minutes=number),
                    request=b"",
                )
            )
        first = await desk.list(ANNA, page_size=3)
        rest = await desk.list(ANNA, page_size=3, page_token=first.next_page_token)
        assert [run.run_id for run in (*first.runs, *rest.runs)] == [
            f"run-{number}" for number in (4, 3, 2, 1, 0)
        ]
        assert not rest.next_page_token
        assert not (await desk.list(ANNA, page_size=5)).next_page_token
        assert not (await desk.list(ANNA, states=[pb.RUN_STATE_FINISHED])).runs
        found = await desk.list(
            ANNA,
            created_after=now + timedelta(minutes=1),
            created_before=now + timedelta(minutes=3),
        )
        assert [run.run_id for run in found.runs] == ["run-2", "run-1"]
        # A token is good for its caller and its filter.
        token = first.next_page_token
        for caller, fields in (
            (BERT, {}),
            (ADMIN, {}),
            (ANNA, {"states": [pb.RUN_STATE_RUNNING]}),
            (ANNA, {"page_token": token[:-2]}),
        ):
            answer = desk.list(caller, **{"page_token": token, **fields})
            with pytest.raises(InvalidInputError, match="page_token"):
                await answer

    @pytest.mark.parametrize(
        ("fields", "named"),
        [
            ({"page_size": 201}, "page_size"),
            ({"page_size": -1}, "page_size"),
            ({"page_token": "x" * 2049}, "page_token"),
            ({"page_token": "x"}, "page_token"),
            ({"states": [9]}, "states"),
            ({"created_after": {"seconds": 2**60}}, "created_after"),
            ({"created_before": {"nanos": -1}}, "created_before"),
        ],
    )
    async def test_limits(self, desk: Desk, fields: dict[str, object], named: str) -> None:
        with pytest.raises(InvalidInputError) as caught:
            await desk.list(ANNA, **fields)
        assert {v.field for v in caught.value.violations} == {named}


@pytest.mark.parametrize(
    ("rating", "named"),
    [
        (pb.Rating(stars=0), "rating.stars"),
        (pb.Rating(stars=6), "rating.stars"),
        (pb.Rating(comment="x" * 2001), "rating.comment"),
        (pb.Rating(comment="a\0b"), "rating.comment"),
        (pb.Rating(verdict=9), "rating.verdict"),  # type: ignore[arg-type]
        (None, "rating"),
    ],
)
async def test_limits_of_a_rating(desk: Desk, rating: pb.Rating | None, named: str) -> None:
    request = pb.RateButtonRequest(run_id="r", button_id="b", rating=rating)
    with serving(ANNA), pytest.raises(InvalidInputError) as caught:
        await desk.stored.rate(request)
    assert {v.field for v in caught.value.violations} == {named}


async def test_ids_have_limits_and_a_button_belongs_to_its_run(desk: Desk) -> None:
    assert await refused(desk.get(ANNA, "")) is Reason.INVALID_REQUEST
    assert await refused(desk.get(ANNA, "x" * 65)) is Reason.INVALID_REQUEST
    assert await refused(desk.rate(ANNA, "", "", REJECT)) is Reason.INVALID_REQUEST
    run_id = (await desk.generate(ANNA))[0].started.run_id
    assert await refused(desk.rate(ANNA, run_id, "0" * 16, REJECT)) is Reason.RUN_NOT_FOUND


async def test_old_runs_are_deleted_and_rejections_stay(desk: Desk) -> None:
    first = await desk.generate(ANNA)
    run_id = first[0].started.run_id
    await desk.rate(ANNA, run_id, ideas(first)[0], REJECT)
    days = desk.records.retention_days
    assert await desk.records.delete_old(datetime.now(UTC) + timedelta(days=days - 1)) == 0
    assert await desk.records.delete_old(datetime.now(UTC) + timedelta(days=days + 1)) == 1
    assert await refused(desk.get(ANNA, run_id)) is Reason.RUN_NOT_FOUND
    assert ideas(first)[0] not in ideas(await desk.generate(ANNA))


async def test_a_service_that_stores_nothing_says_so(desk: Desk) -> None:
    servicer = ButtonServicer(desk.buttons)
    for answer in (
        servicer.GetRun(pb.GetRunRequest(), None),  # type: ignore[arg-type]
        servicer.ListRuns(pb.ListRunsRequest(), None),  # type: ignore[arg-type]
        servicer.RateButton(pb.RateButtonRequest(), None),  # type: ignore[arg-type]
    ):
        assert await refused(answer) is Reason.NOT_IMPLEMENTED
