"""Health over a real socket: what watches see, and how they end."""

import asyncio
from concurrent.futures import Future
from typing import Any

import aiohttp
import grpc
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc

from revitron_grpc.pool import JudgePool
from revitron_grpc.service import health
from revitron_grpc.service.health import Component
from revitron_grpc.service.server import Replica
from revitron_grpc.v1 import button_service_pb2 as pb
from revitron_grpc.v1.button_service_pb2_grpc import ButtonServiceStub
from tests.liveness import LIVENESS, until
from tests.service.conftest import SETTINGS
from tests.service.test_replica import refused

SERVING = health_pb2.HealthCheckResponse.SERVING
NOT_SERVING = health_pb2.HealthCheckResponse.NOT_SERVING
UNKNOWN = health_pb2.HealthCheckResponse.SERVICE_UNKNOWN

pytestmark = pytest.mark.asyncio(loop_scope="module")


def watch(channel: grpc.aio.Channel, name: str) -> Any:
    stub: Any = health_pb2_grpc.HealthStub(channel)
    return stub.Watch(health_pb2.HealthCheckRequest(service=name))


async def seen(call: Any) -> int:
    async with asyncio.timeout(LIVENESS):
        return (await call.read()).status


async def test_watches_see_every_change_of_what_they_watch(
    replica: Replica, channel: grpc.aio.Channel
) -> None:
    whole, part, other = (watch(channel, name) for name in ("", "generation", "research"))
    assert [await seen(call) for call in (whole, part, other)] == [SERVING] * 3
    replica.board.report(Component.GENERATION, "the recipes are gone")
    assert [await seen(call) for call in (whole, part)] == [NOT_SERVING] * 2
    replica.board.report(Component.GENERATION)
    assert [await seen(call) for call in (whole, part)] == [SERVING] * 2
    # Without room the parts work, and nothing is to be sent here.
    replica.board.refuse_new_work("full")
    assert await seen(whole) == NOT_SERVING
    replica.board.refuse_new_work("")
    assert await seen(whole) == SERVING
    # A degraded part serves.
    replica.board.degrade(Component.RESEARCH, "old facts")
    replica.board.report(Component.RESEARCH, "no facts")
    assert await seen(other) == NOT_SERVING
    replica.board.degrade(Component.RESEARCH, "")
    replica.board.report(Component.RESEARCH)
    for call in (whole, part, other):
        call.cancel()


async def test_a_store_that_is_away_degrades_health_and_nothing_else(
    replica: Replica, channel: grpc.aio.Channel
) -> None:
    whole = watch(channel, "")
    assert await seen(whole) == SERVING
    replica.board.report_store("cache", "redis is away")
    shown = await side_port(replica, "/health")
    assert shown["status"] == "degraded"
    assert shown["components"]["cache"] == {"status": "DEGRADED", "reason": "redis is away"}
    assert replica.board.ready
    assert "cache" not in replica.board.statuses  # a name of /health, not of the health service
    replica.board.report_store("cache")
    shown = await side_port(replica, "/health")
    assert (shown["status"], shown["components"]["cache"]["status"]) == ("ok", "SERVING")
    whole.cancel()


async def side_port(replica: Replica, path: str) -> Any:
    url = f"http://127.0.0.1:{replica.http_port}{path}"
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        return await answer.json()


async def test_a_name_that_is_not_known(channel: grpc.aio.Channel) -> None:
    unknown = watch(channel, "nobody")
    assert await seen(unknown) == UNKNOWN
    unknown.cancel()
    stub: Any = health_pb2_grpc.HealthStub(channel)
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await stub.Check(health_pb2.HealthCheckRequest(service="nobody"))
    assert caught.value.code() is grpc.StatusCode.NOT_FOUND


async def test_watches_are_bounded_and_the_one_too_many_is_told_when_to_come_back(
    channel: grpc.aio.Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "MAX_WATCHES", 1)
    first = watch(channel, "")
    assert await seen(first) == SERVING
    error, details = await refused(watch(channel, ""))
    assert error.code() is grpc.StatusCode.RESOURCE_EXHAUSTED
    assert details["RetryInfo"].retry_delay.seconds > 0
    first.cancel()


async def test_health_is_answered_while_the_pool_is_saturated_and_every_limit_is_hit(
    replica: Replica, channel: grpc.aio.Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Nothing that is submitted from now on is ever judged.
    real = JudgePool.submit
    held: list[Any] = []

    def stuck(pool: JudgePool, task: Any) -> Any:
        held.append((pool, task, Future()))
        return held[-1][2]

    monkeypatch.setattr(JudgePool, "submit", stuck)
    stub = ButtonServiceStub(channel)
    runs = [
        stub.GenerateButtons(pb.GenerateButtonsRequest(count=9))
        for _ in range(SETTINGS.server.max_concurrent_runs)
    ]
    for call in runs:
        await call.read()
    error, _ = await refused(stub.GenerateButtons(pb.GenerateButtonsRequest()))
    assert error.code() is grpc.StatusCode.RESOURCE_EXHAUSTED
    checker: Any = health_pb2_grpc.HealthStub(channel)
    async with asyncio.timeout(LIVENESS):
        answer = await checker.Check(health_pb2.HealthCheckRequest(service=""))
    assert answer.status == SERVING
    for call in runs:
        call.cancel()
    monkeypatch.setattr(JudgePool, "submit", real)
    await until(lambda: not replica.runs_in_flight)
