"""Spans arrive at a collector, under the caller's own trace, and log lines point at them."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import grpc
import pytest
import structlog
from aiohttp import web
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span

from revitron_grpc.errors import InvalidInputError, Reason
from revitron_grpc.service.server import Replica
from revitron_grpc.service.stores.store_health import StoreHealth
from revitron_grpc.service.telemetry.logs import configure_logging
from revitron_grpc.settings import LoggingSettings, Settings, TracingSettings
from revitron_grpc.v1 import button_service_pb2 as pb
from revitron_grpc.v1.button_service_pb2_grpc import ButtonServiceStub
from tests.service.conftest import SETTINGS
from tests.service.ecs_fields import own_lines

TRACE, PARENT = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"
CALL = "revitron_grpc.v1.ButtonService/GenerateButtons"


@asynccontextmanager
async def collector() -> AsyncIterator[tuple[str, list[ExportTraceServiceRequest]]]:
    """A receiver of OTLP over HTTP; yields its endpoint and what it got."""
    got: list[ExportTraceServiceRequest] = []

    async def traces(request: web.Request) -> web.Response:
        got.append(ExportTraceServiceRequest.FromString(await request.read()))
        return web.Response(body=b"", content_type="application/x-protobuf")

    app = web.Application()
    app.router.add_post("/v1/traces", traces)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        host, port = runner.addresses[0][:2]
        yield f"http://{host}:{port}/v1/traces", got
    finally:
        await runner.cleanup()


def traced(endpoint: str) -> Settings:
    return SETTINGS.model_copy(update={"tracing": TracingSettings(endpoint=endpoint)})


def attributes(span: Span) -> dict[str, object]:
    return {
        pair.key: getattr(pair.value, pair.value.WhichOneof("value") or "string_value")
        for pair in span.attributes
    }


async def test_a_run_is_a_part_of_its_callers_trace(tmp_path: Path) -> None:
    before = structlog.get_config()
    configure_logging(LoggingSettings(directory=tmp_path, stderr=False))
    async with collector() as (endpoint, got):
        replica = Replica(traced(endpoint))
        await replica.start()
        try:
            async with grpc.aio.insecure_channel(f"127.0.0.1:{replica.port}") as channel:
                stub = ButtonServiceStub(channel)
                call = stub.GenerateButtons(
                    pb.GenerateButtonsRequest(count=3),
                    metadata=(("traceparent", f"00-{TRACE}-{PARENT}-01"), ("x-request-id", "one")),
                )
                async for _ in call:
                    pass
                with pytest.raises(grpc.aio.AioRpcError):
                    await stub.GenerateButtons(pb.GenerateButtonsRequest(count=1001)).read()
        finally:
            await replica.stop(notice=0, drain=5)
            configure_logging(LoggingSettings(level="error"))
            structlog.configure(**before)
    resources = [resource for request in got for resource in request.resource_spans]
    spans = [span for r in resources for scope in r.scope_spans for span in scope.spans]
    named = {p.key: p.value.string_value for p in resources[0].resource.attributes}
    assert named["service.name"] == "revitron-grpc"

    run = {span.name: span for span in spans if span.trace_id.hex() == TRACE}
    stages = {"plan", "judge", "stream", "send"}
    assert set(run) == {CALL, "runs"} | stages
    whole = run[CALL]
    assert whole.parent_span_id.hex() == PARENT
    assert attributes(whole)["rpc.grpc.status_code"] == 0
    assert attributes(whole)["revitron_grpc.request_id"] == "one"
    assert run["runs"].parent_span_id == whole.span_id  # the store of runs
    for stage in (run[name] for name in stages):
        assert stage.parent_span_id == whole.span_id
        assert whole.start_time_unix_nano <= stage.start_time_unix_nano
        assert stage.start_time_unix_nano <= stage.end_time_unix_nano <= whole.end_time_unix_nano
    assert attributes(run["plan"])["revitron_grpc.count"] == 1
    judged = attributes(run["judge"])["revitron_grpc.count"]
    assert isinstance(judged, int)
    assert judged >= 3
    (refused,) = [span for span in spans if span.trace_id.hex() != TRACE]
    assert attributes(refused)["rpc.grpc.status_code"] == grpc.StatusCode.INVALID_ARGUMENT.value[0]

    lines = own_lines(tmp_path / "revitron-grpc-0.log")
    told = {line["http.request.id"]: line for line in lines if line["event.action"] == "call"}
    assert (told["one"]["trace.id"], told["one"]["span.id"]) == (TRACE, whole.span_id.hex())


async def test_a_call_to_a_store_is_a_span_of_the_call_that_made_it() -> None:
    async with collector() as (endpoint, got):
        replica = Replica(traced(endpoint))
        health = StoreHealth("redis", "cache", "", replica.board, replica.metrics)
        assert replica._tracing is not None
        span = replica._tracing.begin("/a.Service/Call", "two", {})
        health.called(0.25, failed=True)
        span.end("OK", 0)
        health.called(0.25, failed=True)  # nobody's
        await asyncio.to_thread(replica._tracing.close)
    spans = {
        span.name: span
        for request in got
        for resource in request.resource_spans
        for scope in resource.scope_spans
        for span in scope.spans
    }
    assert set(spans) == {"redis", "a.Service/Call"}
    store = spans["redis"]
    assert store.parent_span_id == spans["a.Service/Call"].span_id
    assert store.end_time_unix_nano - store.start_time_unix_nano == 250_000_000
    assert store.status.code == store.status.STATUS_CODE_ERROR


def test_without_the_extra_a_service_that_shall_trace_does_not_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "opentelemetry.sdk.trace", None)
    with pytest.raises(InvalidInputError, match=r"server,tracing") as caught:
        Replica(traced("http://127.0.0.1:4318/v1/traces"))
    assert caught.value.reason is Reason.INVALID_CONFIGURATION
    assert caught.value.violations[0].field == "tracing.endpoint"
    Replica(SETTINGS)
