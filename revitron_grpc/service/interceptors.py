"""What happens around every call: who calls, admission, request id, version, errors, a log line.

Streams are wrapped for their whole length: an error at message n is treated as one at message 0.
"""

import asyncio
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing
from typing import Any

import grpc
import structlog
from grpc.aio import ServerInterceptor, ServicerContext

from revitron_grpc.access.caller import serving
from revitron_grpc.access.gate import Gate
from revitron_grpc.errors import RevitronGrpcError
from revitron_grpc.service.admission import Admission, Work, draining
from revitron_grpc.service.credentials import grpc_credentials, needed_permission
from revitron_grpc.service.incoming import only_one, readable, reader_of
from revitron_grpc.service.status import abort, internal_status, status_of

VERSION_KEY = "revitron-grpc-version"
"""Initial metadata with the service's release."""
REQUEST_ID_KEY = "x-request-id"
"""Metadata by which a caller names a request; echoed, and in every log line about it."""

_MAX_REQUEST_ID = 64
# What the calls are that are more than a lookup.
_WORK = {"GenerateButtons": Work.RUN, "ValidateButtons": Work.VALIDATION}
_log = structlog.get_logger("revitron_grpc.calls")


class CallInterceptor(ServerInterceptor):
    """Wraps the calls of our own services; health, reflection and channelz pass untouched."""

    def __init__(self, release: str, gate: Gate, admission: Admission) -> None:
        self._release = release
        self._gate = gate
        self._admission = admission

    async def intercept_service(
        self,
        continuation: Callable[[grpc.HandlerCallDetails], Awaitable[Any]],
        handler_call_details: grpc.HandlerCallDetails,
    ) -> Any:
        """Return the handler, wrapped if it is ours."""
        handler = await continuation(handler_call_details)
        method = handler_call_details.method
        if handler is None or not method.startswith("/revitron_grpc."):
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
        work, needed = _work_of(method), needed_permission(method)

        # Writes instead of yielding: when the call is cancelled while the client's window is full,
        # a generator would wait at its `yield` until somebody collects it.
        async def stream(requests: AsyncIterator[Any], context: ServicerContext) -> None:
            call = _Call(method, context, self._release)
            try:
                caller = await self._gate.admit(grpc_credentials(context), needed)
                request: Any = readable(requests) if request_streaming else await only_one(requests)
                with serving(caller), self._admission.admit(work):
                    async with aclosing(behaviour(request, context)) as responses:
                        async for response in responses:
                            if not call.messages:
                                await call.send_headers()
                            call.messages += 1
                            await context.write(response)
            except asyncio.CancelledError:
                if self._admission.cut_off:
                    await call.abort(draining())
                call.log("cancelled")
                raise
            except Exception as error:
                await call.abort(error)
            else:
                call.log("ok")

        return stream

    def _unary(self, method: str, behaviour: Any) -> Any:
        work, needed = _work_of(method), needed_permission(method)

        async def unary(requests: AsyncIterator[Any], context: ServicerContext) -> Any:
            call = _Call(method, context, self._release)
            try:
                caller = await self._gate.admit(grpc_credentials(context), needed)
                request = await only_one(requests)
                with serving(caller), self._admission.admit(work):
                    response = await behaviour(request, context)
                await call.send_headers()
            except asyncio.CancelledError:
                if self._admission.cut_off:
                    await call.abort(draining())
                call.log("cancelled")
                raise
            except Exception as error:
                await call.abort(error)
            else:
                call.messages = 1
                call.log("ok")
                return response

        return unary


def request_id(asked: str) -> str:
    """Return the caller's name for a request if it is usable, else a new one."""
    usable = 0 < len(asked) <= _MAX_REQUEST_ID and asked.isascii() and asked.isprintable()
    return asked if usable else str(uuid.uuid4())


def _work_of(method: str) -> Work:
    return _WORK.get(method.rpartition("/")[2], Work.LOOKUP)


class _Call:
    """One call while it lasts."""

    def __init__(self, method: str, context: ServicerContext, release: str) -> None:
        self.messages = 0
        self._method = method
        self._context = context
        self._release = release
        self._began = asyncio.get_running_loop().time()
        metadata = dict(context.invocation_metadata() or ())
        self._request_id = request_id(str(metadata.get(REQUEST_ID_KEY, "")))
        structlog.contextvars.bind_contextvars(request_id=self._request_id)

    async def send_headers(self) -> None:
        # Only with the first message: before it, gRPC may still retry the call elsewhere.
        await self._context.send_initial_metadata(
            ((VERSION_KEY, self._release), (REQUEST_ID_KEY, self._request_id))
        )

    async def abort(self, error: Exception) -> None:
        if isinstance(error, RevitronGrpcError):
            status = status_of(error)
            self.log("refused", reason=error.reason.value)
            _log.debug("why it was refused", method=self._method, exc_info=error)
        else:
            status = internal_status(self._request_id)
            _log.error("call failed", method=self._method, exc_info=error)
        await abort(self._context, status)

    def log(self, outcome: str, **more: str) -> None:
        _log.info(
            "call",
            method=self._method,
            outcome=outcome,
            messages=self.messages,
            milliseconds=round(1000 * (asyncio.get_running_loop().time() - self._began), 1),
            **more,
        )
