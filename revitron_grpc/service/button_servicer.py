"""`ButtonService` on the gRPC port."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing

from grpc.aio import ServicerContext

from revitron_grpc.errors import Reason, RevitronGrpcError
from revitron_grpc.service.button_calls import ButtonCalls
from revitron_grpc.v1 import button_service_pb2 as pb
from revitron_grpc.v1.button_service_pb2_grpc import ButtonServiceServicer


class ButtonServicer(ButtonServiceServicer):
    """Streams validated specs; every call that reaches it was admitted."""

    def __init__(self, calls: ButtonCalls) -> None:
        self._calls = calls

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
