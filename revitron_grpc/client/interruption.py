"""What can come between a run and its caller, and how long the client bears it."""

from dataclasses import dataclass
from enum import StrEnum

import grpc
from tenacity import RetryCallState, wait_exponential, wait_random

from revitron_grpc.client.status import StatusDetails, details_of
from revitron_grpc.errors import Reason, RevitronGrpcError

# How a stream ends whose server dies, is replaced, or whose proxy loses it. Through HAProxy that
# is UNKNOWN more often than UNAVAILABLE; a reset stream is CANCELLED, and our own cancel is none
# of these: it never becomes a status.
_BREAKS = frozenset(
    {grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.UNKNOWN, grpc.StatusCode.CANCELLED}
)


class Cause(StrEnum):
    """Why a stream did not go on."""

    LOST = "LOST"
    """The connection or the replica is gone, or nobody answered."""
    STALLED = "STALLED"
    """Nothing came for longer than the contract allows; the replica hangs."""
    UNFINISHED = "UNFINISHED"
    """The stream ended well, but without its summary, or with a gap."""
    BUSY = "BUSY"
    """The service has too many calls and said when to come back."""


@dataclass(frozen=True, slots=True)
class Interruption:
    """One break of a run, told before the client waits and calls again.

    `attempt` counts the calls since the last new button, from 1, of at most `attempts`. `delay`
    is the wait in seconds, `ordinal` that of the last button that arrived and `wanted` how many
    were asked for; `wanted` is 0 as long as no replica has answered. `code` is None for a stall.
    """

    cause: Cause
    code: grpc.StatusCode | None
    message: str
    attempt: int
    attempts: int
    delay: float
    ordinal: int
    wanted: int


@dataclass(frozen=True, slots=True)
class ResumePolicy:
    """How much a run bears before it is given up; the caller's deadline ends it sooner."""

    attempts: int = 10
    """Calls in a row without a new button, after the service answered: about 26 seconds."""
    attempts_to_start: int = 6
    """Calls in a row before any service answered: about 6 seconds."""
    attempts_while_busy: int = 60
    """Calls in a row that are refused because the service has too many."""
    first_delay: float = 0.1
    """Seconds before the first call again; doubled with each further one."""
    longest_delay: float = 5.0
    """Seconds before a call again, at most, unless the service asks for more."""
    jitter: float = 0.2
    """Up to so many seconds more: many clients of one dead replica shall not come at once."""
    stall_seconds: float = 20.0
    """A stream silent for longer is broken; the contract promises 15."""
    longest_retry_after: float = 60.0
    """A service that wants a longer wait, in seconds, is not waited for."""

    def delay(self, state: RetryCallState) -> float:
        """Return the seconds to wait: backoff with jitter, or what the service asks for."""
        jitter = wait_random(0, self.jitter)
        error = state.outcome.exception() if state.outcome else None
        asked = error.retry_after if isinstance(error, BrokenStreamError) else 0.0
        backoff = wait_exponential(self.first_delay, self.longest_delay)
        return max(float(backoff(state)), asked) + float(jitter(state))


DEFAULT_POLICY = ResumePolicy()
"""What suits a person who waits and replicas that need seconds to come back."""


class BrokenStreamError(Exception):
    """A stream that broke in a way that another call may mend."""

    def __init__(
        self,
        cause: Cause,
        code: grpc.StatusCode | None,
        message: str,
        *,
        retry_after: float = 0.0,
        refusal: RevitronGrpcError | None = None,
    ) -> None:
        """`refusal` is the service's own word, where it sent one."""
        super().__init__(message)
        self.cause = cause
        self.code = code
        self.message = message
        self.retry_after = retry_after
        self.refusal = refusal


class RunInterruptedError(RevitronGrpcError):
    """A run that ended early although the client did what it could.

    `resume_token` continues it later, on any replica of the same plan; it is empty if nothing
    arrived. `ordinal` is that of the last button that arrived.
    """

    def __init__(self, reason: Reason, message: str, resume_token: str, ordinal: int) -> None:
        super().__init__(reason, message)
        self.resume_token = resume_token
        self.ordinal = ordinal


def broken_stream(error: grpc.aio.AioRpcError, policy: ResumePolicy) -> BrokenStreamError | None:
    """Return the break that a failed call is, or None if another call would fail alike.

    INTERNAL is both: made by a proxy or by gRPC it is a broken connection; with the service's own
    `ErrorInfo` it is a mistake in the service, which computes the same run in the same way on
    every replica.
    """
    details = details_of(error)
    code, message = error.code(), error.details() or error.code().name
    if details.retry_after is not None and details.retry_after > policy.longest_retry_after:
        return None
    if code is grpc.StatusCode.RESOURCE_EXHAUSTED and details.retry_after is not None:
        return _broken(Cause.BUSY, code, message, details)
    if code in _BREAKS or (code is grpc.StatusCode.INTERNAL and not details.own):
        return _broken(Cause.LOST, code, message, details)
    return None


def _broken(
    cause: Cause, code: grpc.StatusCode, message: str, details: StatusDetails
) -> BrokenStreamError:
    refusal = RevitronGrpcError(details.reason, message) if details.reason else None
    return BrokenStreamError(
        cause, code, message, retry_after=details.retry_after or 0.0, refusal=refusal
    )
