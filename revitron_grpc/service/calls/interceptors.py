"""What happens around every call: who calls, admission, request id, version, errors, a log line.

Streams are wrapped for their whole length: an error at message n is treated as one at message 0.
"""

import asyncio
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractContextManager, aclosing
from typing import Any

import grpc
from google.rpc.code_pb2 import Code
from grpc.aio import ServerInterceptor, ServicerContext

from revitron_grpc.access.caller import serving
from revitron_grpc.access.gate import Gate
from revitron_grpc.service.admission import Admission, Work
from revitron_grpc.service.security.credentials import grpc_credentials, needed_permission
from revitron_grpc.service.security.quotas import Quotas
from revitron_grpc.service.telemetry.call_record import CallRecord
from revitron_grpc.service.telemetry.metrics import Metrics
from revitron_grpc.service.telemetry.tracing import Tracing
from revitron_grpc.service.wire.incoming import only_one, read_out, readable, reader_of
from revitron_grpc.service.wire.status import abort

VERSION_KEY = "revitron-grpc-version"
"""Initial metadata with the service's release."""
REQUEST_ID_KEY = "x-request-id"
"""Metadata by which a caller names a request; echoed, and in every log line about it."""

_MAX_REQUEST_ID = 64
# What the calls are that are more than a lookup.
_OWN, _OPEN = "/revitron_grpc.", "/grpc.health."
_WORK = {"GenerateButtons": Work.RUN, "ValidateButtons": Work.VALIDATION}


class CallInterceptor(ServerInterceptor):
    """Wraps all calls but those of health, which anybody may make at any time."""

    def __init__(
        self,
        release: str,
        gate: Gate,
        admission: Admission,
        metrics: Metrics,
        quotas: Quotas,
        tracing: Tracing | None = None,
    ) -> None:
        self._tracing = tracing
        self._release = release
        self._gate = gate
        self._admission = admission
        self._metrics = metrics
        self._quotas = quotas

    async def intercept_service(
        self,
        continuation: Callable[[grpc.HandlerCallDetails], Awaitable[Any]],
        handler_call_details: grpc.HandlerCallDetails,
    ) -> Any:
        """Return the handler, wrapped if it is ours."""
        handler = await continuation(handler_call_details)
        method = handler_call_details.method
        if handler is None:
            self._metrics.unknown_method_called("grpc")
            return handler
        if method.startswith(_OPEN):
            return handler
        # Requests are taken as streams, whatever they are: gRPC calls the handler of a single one
        # when it is in, so that nobody could say anything to a caller who never sends it.
        if handler.response_streaming:
            make = grpc.stream_stream_rpc_method_handler
            behaviour = handler.stream_stream or handler.unary_stream
            wrapped: Any = self._streaming(method, behaviour, handler.request_streaming)
        else:
            make = grpc.stream_unary_rpc_method_handler
            wrapped = self._unary(method, handler.unary_unary)
        return make(wrapped, reader_of(method), handler.response_serializer)

    def _streaming(self, method: str, behaviour: Any, request_streaming: bool) -> Any:
        needed = needed_permission(method)

        # Writes instead of yielding: when the call is cancelled while the client's window is full,
        # a generator would wait at its `yield` until somebody collects it.
        async def stream(requests: AsyncIterator[Any], context: ServicerContext) -> None:
            begun = False
            with self._record(method, context) as call:
                try:
                    caller = await self._gate.admit(grpc_credentials(context), needed)
                    call.made_by(caller)
                    request: Any = (
                        readable(requests) if request_streaming else await only_one(requests)
                    )
                    with serving(caller), self._admitted(method, caller.key_id):
                        begun = True
                        async with aclosing(behaviour(request, context)) as responses:
                            async for response in responses:
                                if not call.messages:
                                    await _send_headers(context, call, self._release)
                                call.messages += 1
                                await context.write(response)
                except asyncio.CancelledError:
                    why = self._admission.why_cut_off()
                    if why is not None:
                        await abort(context, call.failed(why))
                    call.cancelled(_left(context))
                    raise
                except Exception as error:
                    if request_streaming and not begun:
                        # Refused while he still sends, a caller may hear of a reset alone.
                        await read_out(requests)
                    await abort(context, call.failed(error))
                else:
                    call.succeeded()

        return stream

    def _unary(self, method: str, behaviour: Any) -> Any:
        needed = needed_permission(method)

        async def unary(requests: AsyncIterator[Any], context: ServicerContext) -> Any:
            with self._record(method, context) as call:
                try:
                    caller = await self._gate.admit(grpc_credentials(context), needed)
                    call.made_by(caller)
                    request = await only_one(requests)
                    with serving(caller), self._admitted(method, caller.key_id):
                        if method.startswith(_OWN):  # the streaming ones count themselves
                            await self._quotas.count_call()
                        response = await behaviour(request, context)
                    await _send_headers(context, call, self._release)
                except asyncio.CancelledError:
                    why = self._admission.why_cut_off()
                    if why is not None:
                        await abort(context, call.failed(why))
                    call.cancelled(_left(context))
                    raise
                except Exception as error:
                    await abort(context, call.failed(error))
                else:
                    call.messages = 1
                    call.succeeded()
                    return response

        return unary

    def _admitted(self, method: str, key_id: str) -> AbstractContextManager[None]:
        if method.startswith(_OWN):
            return self._admission.admit(_work_of(method), key_id)
        # Reflection streams stay open as long as somebody looks around; no drain waits for them.
        return self._admission.hold(key_id)

    def _record(self, method: str, context: ServicerContext) -> CallRecord:
        metadata = {key: str(value) for key, value in context.invocation_metadata() or ()}
        name = request_id(metadata.get(REQUEST_ID_KEY, ""))
        peer = context.peer() or ""
        return CallRecord(self._metrics, "grpc", method, name, peer, self._tracing, metadata)


def request_id(asked: str) -> str:
    """Return the caller's name for a request if it is usable, else a new one."""
    usable = 0 < len(asked) <= _MAX_REQUEST_ID and asked.isascii() and asked.isprintable()
    return asked if usable else str(uuid.uuid4())


def _work_of(method: str) -> Work:
    return _WORK.get(method.rpartition("/")[2], Work.LOOKUP)


async def _send_headers(context: ServicerContext, call: CallRecord, release: str) -> None:
    # Only with the first message: before it, gRPC may still retry the call elsewhere.
    await context.send_initial_metadata(((VERSION_KEY, release), (REQUEST_ID_KEY, call.request_id)))


def _left(context: ServicerContext) -> int:
    """The code of a call that its caller ended: by leaving, or by the deadline that he gave."""
    remaining = context.time_remaining()
    return Code.DEADLINE_EXCEEDED if remaining is not None and remaining <= 0 else Code.CANCELLED
