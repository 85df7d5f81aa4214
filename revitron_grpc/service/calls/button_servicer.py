"""`ButtonService` on the gRPC port."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing

from grpc.aio import ServicerContext

from revitron_grpc.errors import Reason, RevitronGrpcError
from revitron_grpc.service.calls.button_calls import ButtonCalls
from revitron_grpc.service.runs.stored_runs import StoredRuns
from revitron_grpc.settings.stores import NO_STORE
from revitron_grpc.v1 import button_service_pb2 as pb
from revitron_grpc.v1.button_service_pb2_grpc import ButtonServiceServicer


class ButtonServicer(ButtonServiceServicer):
    """Streams validated specs; every call that reaches it was admitted."""

    def __init__(self, calls: ButtonCalls, runs: StoredRuns | None = None) -> None:
        """Without `runs` nothing is stored."""
        self._calls = calls
        self._runs = runs

    async def GenerateButtons(
        self,
        request: pb.GenerateButtonsRequest,
        context: ServicerContext,
    ) -> AsyncGenerator[pb.GenerateButtonsResponse]:
        """Stream specs as they pass (see the contract)."""
        async with aclosing(self._calls.generate(request)) as responses:
            async for response in responses:
                yield response

    async def ValidateButtons(
        self,
        request_iterator: AsyncIterator[pb.ValidateButtonsRequest],
        context: ServicerContext,
    ) -> AsyncGenerator[pb.ValidateButtonsResponse]:
        """Report on scripts and bundles as each is done (see the contract)."""
        async with aclosing(self._calls.validate(request_iterator)) as responses:
            async for response in responses:
                yield response

    async def GetRun(
        self,
        request: pb.GetRunRequest,
        context: ServicerContext,
    ) -> pb.GetRunResponse:
        """Return a run (see the contract)."""
        return await self._stored.get(request)

    async def ListRuns(
        self,
        request: pb.ListRunsRequest,
        context: ServicerContext,
    ) -> pb.ListRunsResponse:
        """List runs (see the contract)."""
        return await self._stored.list(request)

    async def RateButton(
        self,
        request: pb.RateButtonRequest,
        context: ServicerContext,
    ) -> pb.RateButtonResponse:
        """Take what a user thinks of a button (see the contract)."""
        return await self._stored.rate(request)

    @property
    def _stored(self) -> StoredRuns:
        if self._runs is None:
            raise RevitronGrpcError(
                Reason.NOT_IMPLEMENTED,
                f"this service stores no runs: runs.url is `{NO_STORE}` in its settings",
            )
        return self._runs
