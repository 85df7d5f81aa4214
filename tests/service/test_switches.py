"""Emergency switches leave their mark everywhere, and strict mode lets nothing less pass."""

import asyncio
import json
import urllib.error
import urllib.request
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import grpc
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc
from structlog.testing import capture_logs

from revitron_grpc.button_spec import PROOF_STATEMENT, proof_statement
from revitron_grpc.service.server import Replica
from revitron_grpc.v1 import button_service_pb2 as pb
from revitron_grpc.v1 import catalog_service_pb2, vocabulary_pb2
from revitron_grpc.v1.button_service_pb2_grpc import ButtonServiceStub
from revitron_grpc.v1.catalog_service_pb2_grpc import CatalogServiceStub
from revitron_grpc.validation.judge import RESEARCHED
from revitron_grpc.vocabulary import Criterion
from tests.service.conftest import SETTINGS

REQUEST = pb.GenerateButtonsRequest(count=5)


@asynccontextmanager
async def served(**framework: object) -> AsyncIterator[tuple[Replica, grpc.aio.Channel]]:
    section = SETTINGS.framework.model_copy(update=framework)
    replica = Replica(SETTINGS.model_copy(update={"framework": section}))
    await replica.start()
    try:
        async with grpc.aio.insecure_channel(f"127.0.0.1:{replica.port}") as channel:
            yield replica, channel
    finally:
        await replica.stop(notice=0, drain=0)


async def run(channel: grpc.aio.Channel) -> tuple[Any, list[Any], Any]:
    responses = [r async for r in ButtonServiceStub(channel).GenerateButtons(REQUEST)]
    specs = [spec for r in responses for spec in r.buttons.buttons]
    return responses[0].started, specs, responses[-1].summary


async def health(channel: grpc.aio.Channel, name: str) -> bool:
    stub: Any = health_pb2_grpc.HealthStub(channel)
    answer = await stub.Check(health_pb2.HealthCheckRequest(service=name))
    return answer.status == health_pb2.HealthCheckResponse.SERVING


async def page(replica: Replica, path: str) -> tuple[int, Any]:

    def get() -> tuple[int, Any]:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{replica.http_port}{path}") as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)

    return await asyncio.to_thread(get)


def switched_off(spec: Any) -> list[str]:
    return [
        vocabulary_pb2.Criterion.Name(r.criterion).removeprefix("CRITERION_").lower()
        for r in spec.relaxations
        if not r.HasField("applied_threshold")
    ]


async def test_without_validation_everything_says_so() -> None:
    with capture_logs() as lines:
        async with served(disable_validation=True) as (replica, channel):
            _, specs, summary = await run(channel)
            assert len(specs) == 5
            for spec in specs:
                assert switched_off(spec) == list(Criterion)
                assert spec.proof_statement.startswith("NOT VALIDATED")
                assert PROOF_STATEMENT not in spec.proof_statement
                assert "All seven" not in " ".join(spec.testing_strategy.automatic_checks)
                # What was found out still stands in the spec.
                assert all(result.evidence for result in spec.criteria)
            assert summary.proof_statement.startswith("NOT VALIDATED")
            assert summary.criteria_coverage == 0
            status, told = await page(replica, "/health")
            assert (status, told["status"]) == (200, "degraded")
            assert told["switches"]["disable_validation"] is True
            assert told["components"]["validation"]["status"] == "NOT_SERVING"
            assert "disable_validation" in told["components"]["validation"]["reason"]
            # It goes on serving: that is what the switch is for.
            assert (await page(replica, "/ready"))[0] == 200
            assert await health(channel, "")
            assert not await health(channel, "validation")
            assert await health(channel, "research")
    warned = [line["event"] for line in lines if line["log_level"] == "warning"]
    assert warned == ["switched off", "run with checks switched off"]


async def test_without_research_nothing_is_compared_with_tools_that_exist() -> None:
    async with served(disable_research=True) as (replica, channel):
        _, specs, summary = await run(channel)
        for spec in specs:
            assert set(switched_off(spec)) == RESEARCHED
            assert spec.ranking.novelty == 0
            for result in spec.criteria:
                name = vocabulary_pb2.Criterion.Name(result.criterion)
                said = [evidence.statement for evidence in result.evidence]
                off = name.removeprefix("CRITERION_").lower() in RESEARCHED
                assert ("not judged: compared with no tool that exists" in said) == off
        assert "duplicate_check, aec_value, innovation_score" in summary.proof_statement
        assert summary.criteria_coverage == round(4 / 7, 4)
        assert not await health(channel, "research")
        assert await health(channel, "")
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await CatalogServiceStub(channel).SearchTools(
                catalog_service_pb2.SearchToolsRequest(title="Renumber doors")
            )
        assert caught.value.code() is grpc.StatusCode.FAILED_PRECONDITION
        # The facts of the API are there: without them nothing could be judged.
        found = await CatalogServiceStub(channel).SearchApi(
            catalog_service_pb2.SearchApiRequest(query="ElementId.Value")
        )
        assert found.symbols
        assert replica.board.ready


async def test_every_switch_that_decides_a_result_is_in_the_plan_digest() -> None:
    digests = set()
    for framework in ({}, {"disable_validation": True}, {"disable_research": True}):
        async with served(**framework) as (_, channel):
            started, specs, _ = await run(channel)
            digests.add(started.plan_digest)
            assert bool(switched_off(specs[0])) == bool(framework)
    assert len(digests) == 3


async def test_strict_mode_serves_nothing_with_an_incomplete_catalog() -> None:
    async with served(strict_mode=True, min_completeness=0.9999) as (replica, channel):
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await run(channel)
        assert caught.value.code() is grpc.StatusCode.FAILED_PRECONDITION
        assert "framework.min_completeness asks for 0.9999" in (caught.value.details() or "")
        assert not await health(channel, "research")
        assert not await health(channel, "")
        assert await health(channel, "generation")
        assert (await page(replica, "/ready"))[0] == 404
        told = (await page(replica, "/health"))[1]
        assert "completeness of the catalog is 0.99" in told["components"]["research"]["reason"]


async def test_strict_mode_lowers_no_threshold() -> None:
    async with served(strict_mode=True) as (_, channel):
        _, specs, _ = await run(channel)
        assert not any(spec.relaxations for spec in specs)
        lowered = pb.GenerateButtonsRequest(
            count=1,
            thresholds=[
                pb.ThresholdOverride(criterion=vocabulary_pb2.CRITERION_AEC_VALUE, threshold=0.1)
            ],
        )
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            _ = [r async for r in ButtonServiceStub(channel).GenerateButtons(lowered)]
        assert caught.value.code() is grpc.StatusCode.INVALID_ARGUMENT
        assert "strict mode" in (caught.value.details() or "")
        raised = pb.GenerateButtonsRequest(
            count=1,
            thresholds=[
                pb.ThresholdOverride(criterion=vocabulary_pb2.CRITERION_AEC_VALUE, threshold=0.75)
            ],
        )
        assert [r async for r in ButtonServiceStub(channel).GenerateButtons(raised)]


def test_no_statement_claims_what_was_not_checked() -> None:
    assert proof_statement([]) == PROOF_STATEMENT
    assert "Not proven against the API facts" in proof_statement([Criterion.API_COMPATIBILITY])
    one = proof_statement([Criterion.INNOVATION_SCORE])
    assert one.startswith("NOT FULLY VALIDATED: switched off were innovation_score.")
    assert one.endswith(PROOF_STATEMENT)
