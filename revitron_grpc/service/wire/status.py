"""The one place that turns what went wrong into a gRPC status with details."""

from typing import NoReturn

from google.protobuf.any_pb2 import Any
from google.protobuf.duration_pb2 import Duration
from google.rpc.code_pb2 import Code
from google.rpc.error_details_pb2 import BadRequest, ErrorInfo, QuotaFailure, RetryInfo
from google.rpc.status_pb2 import Status
from grpc.aio import ServicerContext
from grpc_status.rpc_status import to_status

from revitron_grpc.errors import (
    ERROR_DOMAIN,
    InvalidInputError,
    QuotaExceededError,
    Reason,
    RevitronGrpcError,
)

_CODES: dict[Reason, int] = {
    Reason.INVALID_REQUEST: Code.INVALID_ARGUMENT,
    Reason.RESUME_TOKEN_INVALID: Code.INVALID_ARGUMENT,
    Reason.PLAN_CHANGED: Code.FAILED_PRECONDITION,
    Reason.CATALOG_INCOMPLETE: Code.FAILED_PRECONDITION,
    Reason.RESEARCH_DISABLED: Code.FAILED_PRECONDITION,
    Reason.OVERLOADED: Code.RESOURCE_EXHAUSTED,
    Reason.DRAINING: Code.UNAVAILABLE,
    Reason.MESSAGE_TOO_LARGE: Code.RESOURCE_EXHAUSTED,
    Reason.STARTING: Code.UNAVAILABLE,
    Reason.CALLER_SILENT: Code.DEADLINE_EXCEEDED,
    Reason.NOT_IMPLEMENTED: Code.UNIMPLEMENTED,
    Reason.STORE_UNAVAILABLE: Code.UNAVAILABLE,
    Reason.RUN_NOT_FOUND: Code.NOT_FOUND,
    Reason.UNAUTHENTICATED: Code.UNAUTHENTICATED,
    Reason.PERMISSION_DENIED: Code.PERMISSION_DENIED,
    Reason.KEYS_UNREADABLE: Code.UNAVAILABLE,
    Reason.QUOTA_EXCEEDED: Code.RESOURCE_EXHAUSTED,
}
# When to come back, in seconds, for errors that pass by themselves.
_RETRY_AFTER: dict[Reason, int] = {
    Reason.OVERLOADED: 2,
    Reason.DRAINING: 1,
    Reason.STARTING: 1,
    Reason.STORE_UNAVAILABLE: 5,
    Reason.KEYS_UNREADABLE: 5,
}


def status_of(error: RevitronGrpcError) -> Status:
    """Return the `google.rpc.Status` of a domain error, with details."""
    details = [_pack(ErrorInfo(reason=error.reason, domain=ERROR_DOMAIN))]
    if isinstance(error, InvalidInputError):
        violations = [
            BadRequest.FieldViolation(field=v.field, description=v.description)
            for v in error.violations
        ]
        details.append(_pack(BadRequest(field_violations=violations)))
    delay = _RETRY_AFTER.get(error.reason)
    if isinstance(error, QuotaExceededError):
        violation = QuotaFailure.Violation(subject=error.subject, description=error.quota)
        details.append(_pack(QuotaFailure(violations=[violation])))
        delay = error.retry_seconds
    if delay is not None:
        details.append(_pack(RetryInfo(retry_delay=Duration(seconds=delay))))
    return Status(
        code=_CODES.get(error.reason, Code.INTERNAL), message=error.message, details=details
    )


def internal_status(request_id: str) -> Status:
    """Return the status of an error that nobody foresaw; the log has the rest."""
    info = ErrorInfo(reason="INTERNAL", domain=ERROR_DOMAIN, metadata={"request_id": request_id})
    return Status(
        code=Code.INTERNAL,
        message=f"An unexpected error; the server's log has it under request id {request_id}.",
        details=[_pack(info)],
    )


def retry_seconds(status: Status) -> int:
    """Return when to come back, in seconds; 0 where a status does not say."""
    for detail in status.details:
        info = RetryInfo()
        if detail.Unpack(info):
            return info.retry_delay.seconds
    return 0


async def abort(context: ServicerContext, status: Status) -> NoReturn:
    """End a call with a status and its details."""
    plain = to_status(status)
    await context.abort(plain.code, plain.details, tuple(plain.trailing_metadata))


def _pack(message: ErrorInfo | BadRequest | QuotaFailure | RetryInfo) -> Any:
    packed = Any()
    packed.Pack(message)
    return packed
