"""What the errors of the service mean to a caller."""

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

import grpc
from google.protobuf.message import DecodeError
from google.rpc.error_details_pb2 import BadRequest, ErrorInfo, RetryInfo
from google.rpc.status_pb2 import Status

from revitron_grpc.client.connection import Connection
from revitron_grpc.client.diagnosis import diagnose
from revitron_grpc.errors import (
    ERROR_DOMAIN,
    FieldViolation,
    InvalidInputError,
    Reason,
    RevitronGrpcError,
)

# What gRPC says of an answer that is HTTP and not gRPC.
_HTTP_STATUS = re.compile(r"http2 header with status: (\d{3})")
_NOBODY_ANSWERS = {Reason.SERVER_UNREACHABLE, Reason.STREAM_BROKEN, Reason.DEADLINE_EXCEEDED}
_HOW_TO_GIVE_A_KEY = "give a key with --api-key-file FILE or REVITRON_GRPC_API_KEY"


@dataclass(frozen=True, slots=True)
class StatusDetails:
    """The details that the service packs into a status.

    `own` says that the service itself refused, and not gRPC or a proxy; `reason` is None for a
    reason that this release does not know. `retry_after` is in seconds.
    """

    own: bool = False
    reason: Reason | None = None
    violations: tuple[FieldViolation, ...] = ()
    retry_after: float | None = None


def details_of(error: grpc.aio.AioRpcError) -> StatusDetails:
    """Return the details of a failed call; those that cannot be read count as absent."""
    own, reason, retry_after = False, None, None
    violations: tuple[FieldViolation, ...] = ()
    for detail in _packed_details(error):
        match detail:
            case ErrorInfo():
                own = own or detail.domain == ERROR_DOMAIN
                if detail.reason in Reason.__members__:
                    reason = Reason(detail.reason)
            case BadRequest():
                violations = tuple(
                    FieldViolation(v.field, v.description) for v in detail.field_violations
                )
            case RetryInfo():
                delay = detail.retry_delay
                retry_after = max(0.0, delay.seconds + delay.nanos / 1e9)
    return StatusDetails(own, reason, violations, retry_after)


def error_of(error: grpc.aio.AioRpcError, target: str) -> RevitronGrpcError:
    """Return what a failed call means, with the way out.

    The reason is the service's own where it sent one (`ErrorInfo`).
    """
    details = details_of(error)
    message = error.details() or error.code().name
    if details.violations:
        return InvalidInputError(details.reason or Reason.INVALID_REQUEST, details.violations)
    if details.reason is not None:
        if details.reason is Reason.UNAUTHENTICATED:
            message = f"{target}: {message}; {_HOW_TO_GIVE_A_KEY}"
        return RevitronGrpcError(details.reason, message)
    answer = proxy_answer(message, target)
    if answer:
        return RevitronGrpcError(Reason.SERVER_UNREACHABLE, answer)
    if error.code() is grpc.StatusCode.RESOURCE_EXHAUSTED and "larger than max" in message:
        return RevitronGrpcError(
            Reason.MESSAGE_TOO_LARGE,
            f"the request or an answer is larger than {target} or this client takes ({message}); "
            "ask for less at once, such as fewer --existing, or have `server.max_request_bytes` "
            "raised",
        )
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


async def explained(error: grpc.aio.AioRpcError, connection: Connection) -> RevitronGrpcError:
    """Return what a failed call means; where nobody answers, what is in the way."""
    found = error_of(error, connection.target)
    if found.reason in _NOBODY_ANSWERS and not details_of(error).own:
        diagnosis = await diagnose(connection)
        if diagnosis is not None:
            return RevitronGrpcError(Reason.SERVER_UNREACHABLE, diagnosis.message)
    return found


def proxy_answer(message: str, target: str) -> str:
    """Return what to tell of an answer that gRPC got in plain HTTP; "" where it got none."""
    found = _HTTP_STATUS.search(message)
    if not found:
        return ""
    return (
        f"something at {target} answers with HTTP {found[1]}, and no service behind it with gRPC: "
        "a web server, or a proxy that has no service or passes HTTP/2 not on; give the gRPC port "
        "of the service, or set the proxy up for gRPC"
    )


def _packed_details(error: grpc.aio.AioRpcError) -> Iterator[ErrorInfo | BadRequest | RetryInfo]:
    for key, value in error.trailing_metadata() or ():
        if key != "grpc-status-details-bin" or not isinstance(value, bytes):
            continue
        # A proxy may have cut or replaced them; the code alone says enough to go on.
        with contextlib.suppress(DecodeError):
            for packed in Status.FromString(value).details:
                for kind in (ErrorInfo, BadRequest, RetryInfo):
                    message = kind()
                    if packed.Unpack(message):
                        yield message
