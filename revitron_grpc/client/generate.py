"""Generate buttons through the service and know whether all of it arrived."""

from collections.abc import AsyncIterator

import grpc

from revitron_grpc.client.connection import error_of
from revitron_grpc.errors import Reason, RevitronGrpcError
from revitron_grpc.v1.button_service_pb2 import GenerateButtonsRequest, GenerateButtonsResponse
from revitron_grpc.v1.button_service_pb2_grpc import ButtonServiceStub

# How a stream ends whose server dies; through a proxy seldom as UNAVAILABLE.
_BREAKS = frozenset(
    {grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.UNKNOWN, grpc.StatusCode.INTERNAL}
)


async def generate(
    channel: grpc.aio.Channel,
    request: GenerateButtonsRequest,
    *,
    target: str,
    timeout: float | None = None,
) -> AsyncIterator[GenerateButtonsResponse]:
    """Yield the responses of a run; the last one is the summary.

    Raises `RevitronGrpcError`: the server's reason, SERVER_UNREACHABLE, DEADLINE_EXCEEDED, or
    STREAM_BROKEN when the stream ends without a summary.
    """
    begun = complete = False
    try:
        async for response in ButtonServiceStub(channel).GenerateButtons(request, timeout=timeout):
            begun = True
            complete = response.WhichOneof("event") == "summary"
            yield response
    except grpc.aio.AioRpcError as error:
        if begun and error.code() in _BREAKS:
            raise RevitronGrpcError(
                Reason.STREAM_BROKEN,
                f"the stream from {target} broke off ({error.details()}); run it again",
            ) from error
        raise error_of(error, target) from error
    if not complete:
        raise RevitronGrpcError(
            Reason.STREAM_BROKEN, f"the stream from {target} ended without a summary; run it again"
        )
