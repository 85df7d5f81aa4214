"""Take requests from the wire with bounds on what they hold and on how long they let us wait."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from typing import Any

from google.protobuf import descriptor_pool, message_factory
from google.protobuf.message import Message

from revitron_grpc.errors import FieldViolation, InvalidInputError, Reason, RevitronGrpcError
from revitron_grpc.service.wire.wire_bounds import MAX_VALUES, Oversized, read_bounded

FIRST_MESSAGE_SECONDS = 30.0
"""A caller who opened a call has this long to send its request."""
# How long a call that will be refused is still read from.
_LAST_REQUESTS_SECONDS = 0.5


def reader_of(method: str) -> Callable[[bytes], Message | Oversized]:
    """Return what reads the requests of a method, such as `/package.Service/Method`."""
    found = descriptor_pool.Default().FindMethodByName(method.strip("/").replace("/", "."))
    kind = message_factory.GetMessageClass(found.input_type)
    return lambda raw: read_bounded(raw, kind)


async def only_one(requests: AsyncIterator[Any]) -> Any:
    """Return the request of a call that has one.

    Raises `RevitronGrpcError`: CALLER_SILENT if none comes, INVALID_REQUEST if the caller ends
    without one or it holds too much.
    """
    try:
        async with asyncio.timeout(FIRST_MESSAGE_SECONDS):
            async for request in readable(requests):
                return request
    except TimeoutError as error:
        raise RevitronGrpcError(
            Reason.CALLER_SILENT, f"no request came for {FIRST_MESSAGE_SECONDS:g} seconds"
        ) from error
    raise _invalid("is missing: the call has headers and no message")


async def read_out(requests: AsyncIterator[Any]) -> None:
    """Read and drop what a caller is still sending, for a moment, before its call is refused.

    HAProxy 2.6 loses a status that comes before the caller has sent everything.
    """
    with suppress(TimeoutError, RevitronGrpcError):
        async with asyncio.timeout(_LAST_REQUESTS_SECONDS):
            async for _ in requests:
                pass


async def readable(requests: AsyncIterator[Any]) -> AsyncIterator[Any]:
    """Yield the requests of a stream; raises INVALID_REQUEST at one that holds too much."""
    async for request in requests:
        if isinstance(request, Oversized):
            raise _invalid(f"of {request.size} bytes holds more than {MAX_VALUES} values")
        yield request


def _invalid(problem: str) -> InvalidInputError:
    return InvalidInputError(Reason.INVALID_REQUEST, (FieldViolation("message", problem),))
