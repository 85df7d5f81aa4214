"""Generate buttons through the service: every button once, in order, or an error that says why.

A stream that breaks is resumed with its last token, on whatever replica the channel reaches.
"""

import asyncio
import contextlib
import uuid
from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Any

import grpc
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type

from revitron_grpc import __version__
from revitron_grpc.client.connection import Connection
from revitron_grpc.client.diagnosis import Diagnosis, diagnose
from revitron_grpc.client.interruption import (
    DEFAULT_POLICY,
    BrokenStreamError,
    Cause,
    Interruption,
    ResumePolicy,
    RunInterruptedError,
    broken_stream,
)
from revitron_grpc.client.received import Received
from revitron_grpc.client.release import RELEASE_KEY, distant
from revitron_grpc.client.status import error_of, proxy_answer
from revitron_grpc.errors import Reason, RevitronGrpcError
from revitron_grpc.v1.button_service_pb2 import GenerateButtonsRequest, GenerateButtonsResponse
from revitron_grpc.v1.button_service_pb2_grpc import ButtonServiceStub

REQUEST_ID_KEY = "x-request-id"
"""Metadata that names a request in the service's log."""

# After the summary a server has nothing to say but that it ends; one that does not is left.
_END_SECONDS = 1.0


async def generate(
    channel: grpc.aio.Channel,
    request: GenerateButtonsRequest,
    *,
    timeout: float | None = None,
    on_resume: Callable[[Interruption], None] | None = None,
    policy: ResumePolicy = DEFAULT_POLICY,
    target: str | Connection = "the service",
    request_id: str = "",
    on_notice: Callable[[str], None] | None = None,
) -> AsyncGenerator[GenerateButtonsResponse]:
    """Yield the responses of a run: `started` first and once, every button once, `summary` last.

    `timeout` is in seconds and for the whole run, waits included. `on_resume` is called before
    each wait. A `resume_token` in the request continues a run of which the caller has the rest.
    `target` is how messages name the service; a `Connection` lets them also say what is in the
    way where nobody answers. `request_id` is how the logs of all replicas name the run, 1 to 64
    printable ASCII characters; a new one is made if it is empty. `on_notice` is called with what
    the user should know although the run goes on, such as a service of a distant release. Close
    the generator (`contextlib.aclosing`) to cancel the run before its end.

    Raises `RevitronGrpcError`: the service's reason; PLAN_CHANGED or RESUME_TOKEN_INVALID when a
    run cannot be continued and must be started anew; `RunInterruptedError` with the last token
    when resuming did not help (STREAM_BROKEN, SERVER_UNREACHABLE, OVERLOADED) or the time was up
    (DEADLINE_EXCEEDED).
    """
    run = _ResumedRun(channel, request, timeout, on_resume, policy, target, request_id, on_notice)
    async with contextlib.aclosing(run.responses()) as responses:
        async for response in responses:
            yield response


class _ResumedRun:
    """One run across its streams."""

    def __init__(
        self,
        channel: grpc.aio.Channel,
        request: GenerateButtonsRequest,
        timeout: float | None,
        on_resume: Callable[[Interruption], None] | None,
        policy: ResumePolicy,
        target: str | Connection,
        request_id: str,
        on_notice: Callable[[str], None] | None,
    ) -> None:
        self._metadata = ((REQUEST_ID_KEY, request_id or str(uuid.uuid4())),)
        self._stub = ButtonServiceStub(channel)
        self._request = GenerateButtonsRequest()
        self._request.CopyFrom(request)
        self._on_resume = on_resume
        self._policy = policy
        self._connection = target if isinstance(target, Connection) else None
        self._target = target.target if isinstance(target, Connection) else target
        self._on_notice = on_notice
        self._diagnosis: Diagnosis | None = None
        self._received = Received(request)
        self._clock = asyncio.get_running_loop().time
        self._ends = None if timeout is None else self._clock() + timeout
        # Since the last new button.
        self._breaks = 0
        self._refusals = 0

    async def responses(self) -> AsyncGenerator[GenerateButtonsResponse]:
        retrying = AsyncRetrying(
            retry=retry_if_exception_type(BrokenStreamError),
            wait=self._policy.delay,
            stop=self._must_stop,
            before_sleep=self._tell,
            reraise=True,
        )
        try:
            async for attempt in retrying:
                try:
                    async with contextlib.aclosing(self._stream()) as stream:
                        async for response in stream:
                            if response.WhichOneof("event") in {"buttons", "rejected"}:
                                self._breaks = self._refusals = 0
                                attempt.retry_state.attempt_number = 1
                            yield response
                    return
                except BrokenStreamError as error:
                    self._count(error)
                    await self._look_at_the_way(error)
                    # Only this reaches tenacity: it would swallow a cancel on its way out.
                    with attempt:
                        raise
        except BrokenStreamError as error:
            raise self._given_up(error) from error

    async def _stream(self) -> AsyncGenerator[GenerateButtonsResponse]:
        """One call: what is new of it, to its summary. Raises `BrokenStreamError`."""
        received = self._received
        self._request.resume_token = received.resume_token
        call = self._stub.GenerateButtons(
            self._request, timeout=self._left(), metadata=self._metadata
        )
        messages = aiter(call)
        try:
            while True:
                try:
                    async with asyncio.timeout(self._policy.stall_seconds):
                        response = await anext(messages)
                except StopAsyncIteration:
                    raise BrokenStreamError(
                        Cause.UNFINISHED, grpc.StatusCode.OK, "the stream ended without a summary"
                    ) from None
                except TimeoutError:
                    raise BrokenStreamError(
                        Cause.STALLED,
                        None,
                        f"nothing came for {self._policy.stall_seconds:g} seconds",
                    ) from None
                except grpc.aio.AioRpcError as error:
                    raise self._failed(error) from error
                if not received.begun:
                    await self._look_at_the_release(call.initial_metadata())
                new = received.take(response)
                if response.WhichOneof("event") == "summary":
                    # The call is over when its status is here; before that it would be cancelled.
                    with contextlib.suppress(
                        StopAsyncIteration, TimeoutError, grpc.aio.AioRpcError
                    ):
                        async with asyncio.timeout(_END_SECONDS):
                            await anext(messages)
                    yield response
                    return
                if new is not None:
                    yield new
        finally:
            call.cancel()

    def _failed(self, error: grpc.aio.AioRpcError) -> Exception:
        broken = broken_stream(error, self._policy)
        if broken is not None:
            return broken
        found = error_of(error, self._target)
        if found.reason in {Reason.PLAN_CHANGED, Reason.RESUME_TOKEN_INVALID}:
            return RevitronGrpcError(
                found.reason,
                f"the run cannot be continued: {found.message}; {self._so_far} before. Start a "
                "new run: `revitron-grpc generate` again, without a token",
            )
        if found.reason is Reason.DEADLINE_EXCEEDED:
            return self._interrupted(Reason.DEADLINE_EXCEEDED, found.message)
        return found

    def _count(self, error: BrokenStreamError) -> None:
        if error.cause is Cause.BUSY:
            self._refusals += 1
        else:
            self._breaks += 1

    def _attempts(self, error: BrokenStreamError) -> tuple[int, int]:
        """How many interruptions of this kind there were in a row, and how many may be."""
        if error.cause is Cause.BUSY:
            return self._refusals, self._policy.attempts_while_busy
        if self._received.begun:
            return self._breaks, self._policy.attempts
        return self._breaks, self._policy.attempts_to_start

    def _must_stop(self, state: RetryCallState) -> bool:
        error = _error_of(state)
        made, most = self._attempts(error)
        left = self._left()
        return made > most or (left is not None and state.upcoming_sleep >= left)

    def _tell(self, state: RetryCallState) -> None:
        if self._on_resume is None:
            return
        error = _error_of(state)
        made, most = self._attempts(error)
        self._on_resume(
            Interruption(
                cause=error.cause,
                code=error.code,
                message=error.message,
                attempt=made,
                attempts=most,
                delay=state.upcoming_sleep,
                ordinal=self._received.ordinal,
                wanted=self._received.wanted,
            )
        )

    async def _look_at_the_way(self, error: BrokenStreamError) -> None:
        """Say at once what no further try would change, such as a certificate that expired."""
        if (
            self._connection is None
            or self._received.begun
            or error.cause is not Cause.LOST
            or error.refusal is not None
            or 1 < self._breaks <= self._policy.attempts_to_start
        ):
            return
        self._diagnosis = await diagnose(self._connection)
        if self._diagnosis is not None and self._diagnosis.lasting:
            raise self._interrupted(Reason.SERVER_UNREACHABLE, self._diagnosis.message) from error

    async def _look_at_the_release(self, metadata: Awaitable[Any]) -> None:
        release = str(dict(await metadata).get(RELEASE_KEY, ""))
        if distant(release, __version__) and self._on_notice is not None:
            self._on_notice(
                f"{self._target} runs release {release} and this is {__version__}; only the next "
                "release and the one before are sure to understand each other: bring both to one"
            )

    def _given_up(self, error: BrokenStreamError) -> RevitronGrpcError:
        made, most = self._attempts(error)
        why = f"{error.code.name}, {error.message}" if error.code else error.message
        if error.cause is not Cause.BUSY and not self._received.begun:
            found = (self._diagnosis and self._diagnosis.message) or proxy_answer(
                error.message, self._target
            )
            if found:
                return self._interrupted(Reason.SERVER_UNREACHABLE, found)
            return self._interrupted(
                Reason.SERVER_UNREACHABLE,
                f"no service answers at {self._target} ({why}); check the address, or leave out "
                "--server to run the service in this process",
            )
        if made <= most:
            return self._interrupted(
                Reason.DEADLINE_EXCEEDED,
                f"{self._target} did not deliver in time ({why}); {self._so_far}; give a longer "
                "--timeout",
            )
        if error.cause is Cause.BUSY:
            reason = error.refusal.reason if error.refusal else Reason.OVERLOADED
            return self._interrupted(
                reason, f"{self._target} refused {made} times in a row: {error.message}"
            )
        return self._interrupted(
            Reason.STREAM_BROKEN,
            f"the stream from {self._target} broke off ({why}) and {most} calls did not continue "
            f"it; {self._so_far}",
        )

    def _interrupted(self, reason: Reason, message: str) -> RunInterruptedError:
        received = self._received
        return RunInterruptedError(reason, message, received.resume_token, received.ordinal)

    @property
    def _so_far(self) -> str:
        received = self._received
        return f"{received.ordinal} of {received.wanted or self._request.count} buttons had arrived"

    def _left(self) -> float | None:
        return None if self._ends is None else max(0.0, self._ends - self._clock())


def _error_of(state: RetryCallState) -> BrokenStreamError:
    error = state.outcome.exception() if state.outcome else None
    assert isinstance(error, BrokenStreamError)  # noqa: S101 - no other is retried
    return error
