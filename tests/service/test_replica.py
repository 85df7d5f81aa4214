"""What a caller of one replica sees, and what it leaves behind."""

import asyncio
import json
import urllib.error
import urllib.request
from typing import Any

import grpc
import pytest
from google.rpc.error_details_pb2 import BadRequest, ErrorInfo, RetryInfo
from google.rpc.status_pb2 import Status
from grpc_health.v1 import health_pb2, health_pb2_grpc

from revitron_grpc import __version__
from revitron_grpc.run import Run
from revitron_grpc.service.server import Replica
from revitron_grpc.v1 import button_service_pb2 as pb
from revitron_grpc.v1 import catalog_service_pb2
from revitron_grpc.v1.button_service_pb2_grpc import ButtonServiceStub
from revitron_grpc.v1.catalog_service_pb2_grpc import CatalogServiceStub
from revitron_grpc.v1.vocabulary_pb2 import CRITERION_IMPLEMENTATION_COMPLEXITY
from tests.liveness import until
from tests.service.conftest import SETTINGS

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def collect(
    channel: grpc.aio.Channel, request: pb.GenerateButtonsRequest
) -> list[pb.GenerateButtonsResponse]:
    return [r async for r in ButtonServiceStub(channel).GenerateButtons(request)]


def events(responses: list[pb.GenerateButtonsResponse], kind: str) -> list[object]:
    return [getattr(r, kind) for r in responses if r.WhichOneof("event") == kind]


def spec_bytes(responses: list[pb.GenerateButtonsResponse]) -> list[bytes]:
    return [
        spec.SerializeToString(deterministic=True)
        for response in responses
        for spec in response.buttons.buttons
    ]


async def refused(call: Any) -> tuple[grpc.aio.AioRpcError, dict[str, Any]]:
    first_answer = call.read() if hasattr(call, "read") else call
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await first_answer
    error = caught.value
    found: dict[str, Any] = {}
    for key, value in error.trailing_metadata() or ():
        if key == "grpc-status-details-bin":
            assert isinstance(value, bytes)
            for detail in Status.FromString(value).details:
                for kind in (BadRequest, ErrorInfo, RetryInfo):
                    message = kind()
                    if detail.Unpack(message):
                        found[kind.__name__] = message
    return error, found


async def test_a_stream_starts_with_started_and_ends_with_its_summary(
    channel: grpc.aio.Channel,
) -> None:
    responses = await collect(channel, pb.GenerateButtonsRequest(count=7))
    kinds = [r.WhichOneof("event") for r in responses if r.WhichOneof("event") != "progress"]
    assert kinds == ["started", *["buttons"] * 7, "summary"]
    assert all(response.resume_token for response in responses)
    specs = [spec for r in responses for spec in r.buttons.buttons]
    assert [spec.ordinal for spec in specs] == [1, 2, 3, 4, 5, 6, 7]
    assert responses[-1].summary.accepted == 7


async def test_the_same_request_gives_the_same_bytes(channel: grpc.aio.Channel) -> None:
    request = pb.GenerateButtonsRequest(count=15, batch_limit=10)
    first, second = await collect(channel, request), await collect(channel, request)
    assert spec_bytes(first) == spec_bytes(second)
    assert first[-1].summary.specs_digest == second[-1].summary.specs_digest


async def test_all_eight_elements_are_filled(channel: grpc.aio.Channel) -> None:
    responses = await collect(channel, pb.GenerateButtonsRequest(count=5))
    for spec in (spec for r in responses for spec in r.buttons.buttons):
        assert spec.api_requirements
        assert spec.implementation_complexity.estimated_hours > 0
        assert spec.dependencies
        assert [v.revit_version for v in spec.revit_compatibility] == [2022, 2023, 2024, 2025, 2026]
        assert spec.testing_strategy.manual_steps
        assert spec.error_handling
        assert spec.performance.cost_class
        assert spec.code.script
        assert spec.code.bundle_yaml
        assert spec.code.icon_png.startswith(b"\x89PNG")
        assert spec.code.icon_png != spec.code.icon_dark_png
        assert len(spec.criteria) == 7
        assert "not run in your Revit" in spec.proof_statement


async def test_icons_can_be_left_out(channel: grpc.aio.Channel) -> None:
    responses = await collect(channel, pb.GenerateButtonsRequest(count=1, include_icons=False))
    code = next(spec for r in responses for spec in r.buttons.buttons).code
    assert not code.icon_png
    assert not code.icon_dark_png


@pytest.mark.parametrize("batch_limit", [1, 4])
@pytest.mark.parametrize("include_rejected", [False, True])
async def test_a_stream_resumes_after_any_response(
    channel: grpc.aio.Channel, batch_limit: int, include_rejected: bool
) -> None:
    bar = pb.ThresholdOverride(criterion=CRITERION_IMPLEMENTATION_COMPLEXITY, threshold=0.75)
    request = pb.GenerateButtonsRequest(
        count=12, batch_limit=batch_limit, include_rejected=include_rejected, thresholds=[bar]
    )
    whole = await collect(channel, request)
    wanted = spec_bytes(whole)
    rejected = [r.rejected.id for r in whole if r.WhichOneof("event") == "rejected"]
    assert bool(rejected) == include_rejected
    assert whole[-1].summary.rejected > 3
    for cut in range(1, len(whole), 2):
        resumed = pb.GenerateButtonsRequest()
        resumed.CopyFrom(request)
        resumed.resume_token = whole[cut - 1].resume_token
        rest = await collect(channel, resumed)
        assert spec_bytes(whole[:cut]) + spec_bytes(rest) == wanted
        assert [
            r.rejected.id for r in whole[:cut] + rest if r.WhichOneof("event") == "rejected"
        ] == rejected
        assert rest[0].started.run_id == whole[0].started.run_id
        assert rest[0].started.resumed
        assert rest[-1].summary == whole[-1].summary


async def test_a_token_of_another_plan_is_refused_plainly(channel: grpc.aio.Channel) -> None:
    first = await collect(channel, pb.GenerateButtonsRequest(count=2))
    other = pb.GenerateButtonsRequest(count=3, resume_token=first[1].resume_token)
    error, details = await refused(ButtonServiceStub(channel).GenerateButtons(other))
    assert error.code() is grpc.StatusCode.FAILED_PRECONDITION
    assert details["ErrorInfo"].reason == "PLAN_CHANGED"


async def test_bad_fields_are_named(channel: grpc.aio.Channel) -> None:
    bad = pb.GenerateButtonsRequest(count=1001, brief="x" * 2001)
    error, details = await refused(ButtonServiceStub(channel).GenerateButtons(bad))
    assert error.code() is grpc.StatusCode.INVALID_ARGUMENT
    violations = details["BadRequest"].field_violations
    assert {v.field for v in violations} == {"count", "brief"}
    assert details["ErrorInfo"].domain == "revitron_grpc"


async def test_the_release_is_in_the_initial_metadata(channel: grpc.aio.Channel) -> None:
    call = ButtonServiceStub(channel).GenerateButtons(
        pb.GenerateButtonsRequest(count=1), metadata=(("x-request-id", "abc"),)
    )
    metadata = dict(await call.initial_metadata())
    assert metadata["revitron-grpc-version"] == __version__
    assert metadata["x-request-id"] == "abc"
    call.cancel()


async def test_a_client_that_leaves_after_three_buttons_frees_its_threads(
    replica: Replica, channel: grpc.aio.Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    await until(lambda: replica.runs_in_flight == 0)
    cancelled: list[Run] = []
    cancel = Run.cancel
    monkeypatch.setattr(Run, "cancel", lambda run: (cancelled.append(run), cancel(run)))
    call = ButtonServiceStub(channel).GenerateButtons(pb.GenerateButtonsRequest(count=250))
    for _ in range(4):
        await call.read()
    assert replica.runs_in_flight == 1
    call.cancel()
    await until(lambda: replica.runs_in_flight == 0 and replica.outstanding_work == 0)
    assert len(cancelled) == 1


async def test_a_short_deadline_ends_the_call_and_its_work(
    replica: Replica, channel: grpc.aio.Channel
) -> None:
    call = ButtonServiceStub(channel).GenerateButtons(
        pb.GenerateButtonsRequest(count=1000), timeout=0.05
    )
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        async for _ in call:
            pass
    assert caught.value.code() is grpc.StatusCode.DEADLINE_EXCEEDED
    await until(lambda: replica.runs_in_flight == 0 and replica.outstanding_work == 0)


async def test_a_reader_that_stops_holds_its_window_and_nothing_else(
    replica: Replica, channel: grpc.aio.Channel
) -> None:
    slow = ButtonServiceStub(channel).GenerateButtons(pb.GenerateButtonsRequest(count=1000))
    await slow.read()
    fast = await collect(channel, pb.GenerateButtonsRequest(count=20))
    assert fast[-1].summary.accepted == 20
    # What the fast run had in work beyond its end is gone in a moment.
    await until(lambda: replica.outstanding_work <= SETTINGS.executor.run_window)
    slow.cancel()
    await until(lambda: replica.runs_in_flight == 0)


async def test_one_run_too_many_is_told_when_to_come_back(
    replica: Replica, channel: grpc.aio.Channel
) -> None:
    stub = ButtonServiceStub(channel)
    limit = SETTINGS.server.max_concurrent_runs
    held = [stub.GenerateButtons(pb.GenerateButtonsRequest(count=1000)) for _ in range(limit)]
    for call in held:
        await call.read()
    error, details = await refused(stub.GenerateButtons(pb.GenerateButtonsRequest()))
    assert error.code() is grpc.StatusCode.RESOURCE_EXHAUSTED
    assert details["RetryInfo"].retry_delay.seconds > 0
    for call in held:
        call.cancel()
    await until(lambda: replica.runs_in_flight == 0 and replica.outstanding_work == 0)


async def test_health_answers_for_every_component(channel: grpc.aio.Channel) -> None:
    stub: Any = health_pb2_grpc.HealthStub(channel)
    names = ["", "revitron_grpc.v1.ButtonService", "research", "generation", "validation"]
    for name in names:
        answer = await stub.Check(health_pb2.HealthCheckRequest(service=name))
        assert answer.status == health_pb2.HealthCheckResponse.SERVING, name


async def test_health_lists_every_name(channel: grpc.aio.Channel) -> None:
    stub: Any = health_pb2_grpc.HealthStub(channel)
    messages: Any = health_pb2
    listed = (await stub.List(messages.HealthListRequest())).statuses
    assert {"", "research", "generation", "validation"} < set(listed)
    assert {s.status for s in listed.values()} == {health_pb2.HealthCheckResponse.SERVING}


async def test_the_side_port_tells_components_and_readiness(replica: Replica) -> None:
    status, body = await asyncio.to_thread(_get, replica.http_port, "/health")
    assert status == 200
    assert body["status"] == "ok"
    assert body["version"] == __version__
    assert set(body["components"]) == {"research", "generation", "validation", "runs"}
    assert (await asyncio.to_thread(_get, replica.http_port, "/ready"))[0] == 200


async def test_the_catalog_answers(channel: grpc.aio.Channel) -> None:
    stub = CatalogServiceStub(channel)
    described = await stub.GetCatalog(catalog_service_pb2.GetCatalogRequest())
    assert list(described.revit_versions) == [2022, 2023, 2024, 2025, 2026]
    assert described.tools == 687
    found = await stub.SearchApi(
        catalog_service_pb2.SearchApiRequest(query="ElementId.IntegerValue")
    )
    assert found.symbols[0].removed_in == 2026
    assert list(found.symbols[0].present_in) == [2022, 2023, 2024, 2025]
    tools = await stub.SearchTools(
        catalog_service_pb2.SearchToolsRequest(
            title="Wipe unused filters", description="Deletes view filters that no view uses."
        )
    )
    assert tools.matches[0].similarity >= tools.duplicate_limit
    recipes = await stub.ListRecipes(catalog_service_pb2.ListRecipesRequest())
    assert len(recipes.recipes) >= 50
    error, _ = await refused(stub.SearchApi(catalog_service_pb2.SearchApiRequest()))
    assert error.code() is grpc.StatusCode.INVALID_ARGUMENT


def _get(port: int, path: str) -> tuple[int, dict[str, Any]]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}") as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)
