"""A connection to the service, and what its errors mean to a caller."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import grpc
from google.rpc.error_details_pb2 import BadRequest, ErrorInfo
from google.rpc.status_pb2 import Status

from revitron_grpc.errors import FieldViolation, InvalidInputError, Reason, RevitronGrpcError

MAX_RESPONSE_BYTES = 32 * 1024 * 1024
"""Largest response accepted: 50 specs with icons and files are about 3 MiB."""


@asynccontextmanager
async def connect(target: str) -> AsyncIterator[grpc.aio.Channel]:
    """Open a plain-text channel to `host:port` and close it at the end."""
    options = [
        ("grpc.max_receive_message_length", MAX_RESPONSE_BYTES),
        ("grpc.keepalive_time_ms", 30_000),
        ("grpc.keepalive_timeout_ms", 10_000),
    ]
    async with grpc.aio.insecure_channel(target, options=options) as channel:
        yield channel


def error_of(error: grpc.aio.AioRpcError, target: str) -> RevitronGrpcError:
    """Return what a failed call means, with the way out.

    The reason is the server's own where it sent one (`ErrorInfo`).
    """
    details = _details(error)
    message = error.details() or error.code().name
    if details.violations:
        return InvalidInputError(details.reason or Reason.INVALID_REQUEST, details.violations)
    if details.reason is not None:
        return RevitronGrpcError(details.reason, message)
    if error.code() is grpc.StatusCode.UNAVAILABLE:
        return RevitronGrpcError(
            Reason.SERVER_UNREACHABLE,
            f"no service answers at {target} ({message}); check the address, or leave out "
            "--server to run the service in this process",
        )
    if error.code() is grpc.StatusCode.DEADLINE_EXCEEDED:
        return RevitronGrpcError(
            Reason.DEADLINE_EXCEEDED, f"{target} did not answer in time; give a longer --timeout"
        )
    if error.code() is grpc.StatusCode.UNIMPLEMENTED:
        return RevitronGrpcError(
            Reason.NOT_IMPLEMENTED, f"{target} does not serve this call ({message})"
        )
    return RevitronGrpcError(
        Reason.STREAM_BROKEN, f"the call to {target} broke off: {error.code().name}, {message}"
    )


class _Details:
    """The details that this service packs into a status."""

    def __init__(self) -> None:
        self.reason: Reason | None = None
        self.violations: tuple[FieldViolation, ...] = ()


def _details(error: grpc.aio.AioRpcError) -> _Details:
    found = _Details()
    for key, value in error.trailing_metadata() or ():
        if key != "grpc-status-details-bin" or not isinstance(value, bytes):
            continue
        for detail in Status.FromString(value).details:
            info, bad = ErrorInfo(), BadRequest()
            if detail.Unpack(info) and info.reason in Reason.__members__:
                found.reason = Reason(info.reason)
            elif detail.Unpack(bad):
                found.violations = tuple(
                    FieldViolation(v.field, v.description) for v in bad.field_violations
                )
    return found
