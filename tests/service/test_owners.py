"""A run is continued by its owner alone, and by the release that began it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import grpc
import pytest
import trustme

from revitron_grpc.access.gate import OpenGate
from revitron_grpc.errors import Reason
from revitron_grpc.pipeline import Pipeline
from revitron_grpc.service.admission import Admission
from revitron_grpc.service.calls.button_calls import ButtonCalls
from revitron_grpc.service.calls.button_servicer import ButtonServicer
from revitron_grpc.service.calls.interceptors import CallInterceptor
from revitron_grpc.service.editions import Edition, Editions
from revitron_grpc.service.reviews import Reviews
from revitron_grpc.service.runs.resume import ResumeTokens
from revitron_grpc.service.security.quotas import Quotas
from revitron_grpc.service.server import Replica
from revitron_grpc.service.telemetry.metrics import Metrics
from revitron_grpc.storage.quota_counters import MemoryQuotaCounters
from revitron_grpc.v1 import button_service_pb2 as pb
from revitron_grpc.v1.button_service_pb2_grpc import (
    ButtonServiceStub,
    add_ButtonServiceServicer_to_server,
)
from tests.service.conftest import SETTINGS

pytestmark = pytest.mark.asyncio(loop_scope="module")
AUTHORITY = trustme.CA()


def pipeline_of(replica: Replica) -> Pipeline:
    return replica.editions.current.pipeline


@asynccontextmanager
async def behind_mutual_tls(pipeline: Pipeline, release: str) -> AsyncIterator[str]:
    """A service that asks its callers for a certificate; yields its address."""
    certificate = AUTHORITY.issue_cert("localhost")
    metrics = Metrics(release)
    quotas = Quotas(SETTINGS.quotas, MemoryQuotaCounters(), metrics)
    server = grpc.aio.server(
        interceptors=[
            CallInterceptor(release, OpenGate(), Admission(SETTINGS.server), metrics, quotas)
        ]
    )
    reviews = Reviews(pipeline.workshop, pipeline.pool, SETTINGS.review, None)
    tokens = ResumeTokens("secret")
    editions = Editions(SETTINGS)
    editions._current = Edition(pipeline, reviews)
    servicer = ButtonServicer(ButtonCalls(editions, tokens, SETTINGS, release, metrics, quotas))
    add_ButtonServiceServicer_to_server(servicer, server)
    port = server.add_secure_port(
        "localhost:0",
        grpc.ssl_server_credentials(
            [(certificate.private_key_pem.bytes(), certificate.cert_chain_pems[0].bytes())],
            root_certificates=AUTHORITY.cert_pem.bytes(),
            require_client_auth=True,
        ),
    )
    await server.start()
    yield f"localhost:{port}"
    await server.stop(0)


@asynccontextmanager
async def calling_as(name: str, target: str) -> AsyncIterator[ButtonServiceStub]:
    certificate = AUTHORITY.issue_cert(name)
    credentials = grpc.ssl_channel_credentials(
        root_certificates=AUTHORITY.cert_pem.bytes(),
        private_key=certificate.private_key_pem.bytes(),
        certificate_chain=certificate.cert_chain_pems[0].bytes(),
    )
    async with grpc.aio.secure_channel(target, credentials) as channel:
        yield ButtonServiceStub(channel)


async def second_token(stub: ButtonServiceStub) -> str:
    call = stub.GenerateButtons(pb.GenerateButtonsRequest(count=3))
    found = [await call.read() for _ in range(2)][-1]
    call.cancel()
    assert isinstance(found, pb.GenerateButtonsResponse)
    return found.resume_token


async def resumed(stub: ButtonServiceStub, token: str) -> pb.RunSummary:
    request = pb.GenerateButtonsRequest(count=3, resume_token=token)
    return [response async for response in stub.GenerateButtons(request)][-1].summary


async def test_only_its_owner_continues_a_run(replica: Replica) -> None:
    async with behind_mutual_tls(pipeline_of(replica), "1.0.0") as target:
        async with calling_as("anna@office.example", target) as anna:
            token = await second_token(anna)
        # Another certificate of the same name is the same owner.
        async with calling_as("anna@office.example", target) as anna:
            assert (await resumed(anna, token)).accepted == 3
        async with calling_as("bert@office.example", target) as bert:
            with pytest.raises(grpc.aio.AioRpcError) as caught:
                await resumed(bert, token)
    assert caught.value.code() is grpc.StatusCode.INVALID_ARGUMENT
    assert "not written by this service for this caller" in (caught.value.details() or "")
    assert "anna" not in (caught.value.details() or "")


async def test_a_caller_without_a_name_is_nobody(channel: grpc.aio.Channel) -> None:
    token = await second_token(ButtonServiceStub(channel))
    tokens = ResumeTokens(SETTINGS.resume.secret)
    request_digest = (await resumed(ButtonServiceStub(channel), token)).plan_digest
    assert tokens.of("").read(token, request_digest).settled > 0


async def test_a_token_of_an_older_release_is_a_changed_plan(replica: Replica) -> None:
    ours = pipeline_of(replica)
    older = Pipeline(ours.workshop, ours.pool, SETTINGS.validation, window=4, release="0.0.9")
    async with (
        behind_mutual_tls(older, "0.0.9") as target,
        calling_as("a@b.example", target) as stub,
    ):
        token = await second_token(stub)
    async with (
        behind_mutual_tls(ours, "1.0.0") as target,
        calling_as("a@b.example", target) as stub,
    ):
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await resumed(stub, token)
    assert caught.value.code() is grpc.StatusCode.FAILED_PRECONDITION
    assert "release" in (caught.value.details() or "")
    assert Reason.PLAN_CHANGED.value in str(caught.value.trailing_metadata())
