"""`ButtonService` on the wire: checks a request, delegates, streams."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing

import structlog
from grpc.aio import ServicerContext

from revitron_grpc.errors import Reason, RevitronGrpcError
from revitron_grpc.pipeline import Pipeline
from revitron_grpc.service.caller import owner_of
from revitron_grpc.service.requests import generation_request
from revitron_grpc.service.resume import ResumeTokens
from revitron_grpc.service.reviews import Reviews
from revitron_grpc.service.run_stream import RunStream
from revitron_grpc.service.validation_stream import ValidationStream
from revitron_grpc.settings import Settings
from revitron_grpc.v1 import button_service_pb2 as pb
from revitron_grpc.v1.button_service_pb2_grpc import ButtonServiceServicer

_log = structlog.get_logger("revitron_grpc.runs")


class ButtonServicer(ButtonServiceServicer):
    """Streams validated specs; every call that reaches it was admitted."""

    def __init__(
        self,
        pipeline: Pipeline,
        tokens: ResumeTokens,
        reviews: Reviews,
        settings: Settings,
        release: str,
    ) -> None:
        self._pipeline = pipeline
        self._reviews = reviews
        self._tokens = tokens
        self._settings = settings
        self._release = release

    async def GenerateButtons(
        self,
        request: pb.GenerateButtonsRequest,
        context: ServicerContext,
    ) -> AsyncGenerator[pb.GenerateButtonsResponse]:
        """Stream specs as they pass (see the contract)."""
        wanted = generation_request(request, self._pipeline.workshop.catalog.versions)
        run = await asyncio.to_thread(self._pipeline.open, wanted)
        if self._pipeline.switched_off:
            _log.warning(
                "run with checks switched off",
                plan_digest=run.plan.digest,
                switched_off=list(self._pipeline.switched_off),
            )
        stream = RunStream(
            self._pipeline.workshop,
            run,
            request,
            self._tokens.of(owner_of(context)),
            self._release,
            self._settings.server.heartbeat_seconds,
        )
        try:
            async for response in stream.responses():
                yield response
        finally:
            stream.close()

    async def ValidateButtons(
        self,
        request_iterator: AsyncIterator[pb.ValidateButtonsRequest],
        context: ServicerContext,
    ) -> AsyncGenerator[pb.ValidateButtonsResponse]:
        """Report on scripts and bundles as each is done (see the contract)."""
        settings = self._settings
        stream = ValidationStream(
            self._reviews,
            request_iterator,
            window=settings.executor.run_window,
            heartbeat_seconds=settings.server.heartbeat_seconds,
            silence_seconds=settings.review.silence_seconds,
        )
        async with aclosing(stream.responses()) as responses:
            async for response in responses:
                yield response

    async def GetRun(
        self,
        request: pb.GetRunRequest,
        context: ServicerContext,
    ) -> pb.GetRunResponse:
        """Answer UNIMPLEMENTED until runs are stored."""
        raise _not_implemented("GetRun", "runs are not stored yet")

    async def ListRuns(
        self,
        request: pb.ListRunsRequest,
        context: ServicerContext,
    ) -> pb.ListRunsResponse:
        """Answer UNIMPLEMENTED until runs are stored."""
        raise _not_implemented("ListRuns", "runs are not stored yet")

    async def RateButton(
        self,
        request: pb.RateButtonRequest,
        context: ServicerContext,
    ) -> pb.RateButtonResponse:
        """Answer UNIMPLEMENTED until runs are stored."""
        raise _not_implemented("RateButton", "runs are not stored yet")


def _not_implemented(call: str, instead: str) -> RevitronGrpcError:
    return RevitronGrpcError(
        Reason.NOT_IMPLEMENTED, f"{call} is not served by this release: {instead}"
    )
