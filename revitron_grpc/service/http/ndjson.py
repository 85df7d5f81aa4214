"""The streaming calls on the side port, for callers that cannot speak gRPC: lines of JSON.

The protobuf JSON of a request goes in, one response a line comes out, each flushed as it comes;
same checks, limits, admission and resume tokens as on the gRPC port. Before the first line an
error is an HTTP status with `{"error": google.rpc.Status}`, after it a last line of that form.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing

from aiohttp import web
from google.protobuf import json_format
from google.protobuf.message import Message
from google.rpc.code_pb2 import Code
from google.rpc.status_pb2 import Status

from revitron_grpc.access.caller import serving
from revitron_grpc.access.gate import Gate
from revitron_grpc.errors import Reason, RevitronGrpcError
from revitron_grpc.service.admission import Admission, Work
from revitron_grpc.service.calls.button_calls import ButtonCalls
from revitron_grpc.service.calls.interceptors import REQUEST_ID_KEY, VERSION_KEY, request_id
from revitron_grpc.service.security.credentials import http_credentials, needed_permission
from revitron_grpc.service.telemetry.call_record import CallRecord
from revitron_grpc.service.telemetry.json_lines import JsonLines, parsed
from revitron_grpc.service.telemetry.metrics import Metrics
from revitron_grpc.service.telemetry.tracing import Tracing
from revitron_grpc.service.wire.status import retry_seconds
from revitron_grpc.settings import Settings
from revitron_grpc.v1 import button_service_pb2 as pb

GENERATE = "/revitron_grpc.v1.ButtonService/GenerateButtons"
VALIDATE = "/revitron_grpc.v1.ButtonService/ValidateButtons"
CONTENT_TYPE = "application/x-ndjson"
# As google/rpc/code.proto maps them.
_HTTP_STATUS: dict[int, int] = {
    Code.INVALID_ARGUMENT: 400,
    Code.FAILED_PRECONDITION: 400,
    Code.UNAUTHENTICATED: 401,
    Code.PERMISSION_DENIED: 403,
    Code.NOT_FOUND: 404,
    Code.RESOURCE_EXHAUSTED: 429,
    Code.UNIMPLEMENTED: 501,
    Code.UNAVAILABLE: 503,
    Code.DEADLINE_EXCEEDED: 504,
}
# What a caller may leave unread before nothing further is taken from him. Callers that send
# everything before they read, as .NET's HttpWebRequest does, need room for their reports.
_UNREAD_REPORTS = 2 * 1024 * 1024


class NdjsonCalls:
    """The handlers of both calls."""

    def __init__(
        self,
        gate: Gate,
        admission: Admission,
        settings: Settings,
        release: str,
        metrics: Metrics,
        tracing: Tracing | None = None,
    ) -> None:
        self._gate = gate
        self._admission = admission
        self._metrics = metrics
        self._tracing = tracing
        self._release = release
        self._certificate_needed = settings.tls.mutual
        self._read_seconds = settings.http.read_seconds
        # Bytes are written as base64 in JSON, which is longer by a third.
        self._most = settings.server.max_request_bytes * 4 // 3
        self._calls: ButtonCalls | None = None

    def serve(self, calls: ButtonCalls) -> None:
        """From now on calls are served; until then they get UNAVAILABLE."""
        self._calls = calls

    async def generate(self, request: web.Request) -> web.StreamResponse:
        """Answer a POST of one GenerateButtonsRequest."""
        return await self._answer(request, Work.RUN, self._generated(request))

    async def validate(self, request: web.Request) -> web.StreamResponse:
        """Answer a POST of lines, each a ValidateButtonsRequest."""
        if request.transport is not None:
            request.transport.set_write_buffer_limits(high=_UNREAD_REPORTS)
        return await self._answer(request, Work.VALIDATION, self._validated(request))

    async def _generated(self, request: web.Request) -> AsyncGenerator[pb.GenerateButtonsResponse]:
        lines = JsonLines(request.content, self._most)
        try:
            async with asyncio.timeout(self._read_seconds):
                body = await lines.whole()
        except TimeoutError as error:
            raise RevitronGrpcError(
                Reason.CALLER_SILENT,
                f"the request did not come in whole within {self._read_seconds:g} seconds",
            ) from error
        message = await asyncio.to_thread(parsed, body, pb.GenerateButtonsRequest, "body")
        async with aclosing(self._serving().generate(message)) as responses:
            async for response in responses:
                yield response

    async def _validated(self, request: web.Request) -> AsyncGenerator[pb.ValidateButtonsResponse]:
        lines = JsonLines(request.content, self._most)
        async with aclosing(self._serving().validate(_requests(lines))) as responses:
            async for response in responses:
                yield response

    def _serving(self) -> ButtonCalls:
        if self._calls is None:
            raise RevitronGrpcError(Reason.STARTING, "the service is starting")
        return self._calls

    async def _answer(
        self, request: web.Request, work: Work, responses: AsyncGenerator[Message]
    ) -> web.StreamResponse:
        name = request_id(request.headers.get(REQUEST_ID_KEY, ""))
        headers = {VERSION_KEY: self._release, REQUEST_ID_KEY: name, "Cache-Control": "no-store"}
        answer = web.StreamResponse(headers={**headers, "Content-Type": CONTENT_TYPE})
        peer = request.remote or ""
        with CallRecord(
            self._metrics, "http", request.path, name, peer, self._tracing, request.headers
        ) as call:
            try:
                caller = await self._gate.admit(
                    http_credentials(request, certificate_needed=self._certificate_needed),
                    needed_permission(request.path),
                )
                call.made_by(caller)
                with serving(caller), self._admission.admit(work, caller.key_id):
                    async with aclosing(responses):
                        async for response in responses:
                            if not answer.prepared:
                                await answer.prepare(request)
                            call.messages += 1
                            await answer.write(await asyncio.to_thread(_line, response))
            except (asyncio.CancelledError, ConnectionError):
                failure: Exception | None = self._admission.why_cut_off()
                if failure is None:
                    call.cancelled()
                    raise
            except Exception as error:
                failure = error
            else:
                failure = None
                call.succeeded()
            if failure is not None:
                status = call.failed(failure)
                if not answer.prepared:
                    return refusal(status, headers)
                await answer.write(_error_line(status))
            await answer.write_eof()
            return answer


async def _requests(lines: JsonLines) -> AsyncIterator[pb.ValidateButtonsRequest]:
    number = 0
    async for line in lines:
        yield await asyncio.to_thread(
            parsed, line, pb.ValidateButtonsRequest, f"messages[{number}]"
        )
        number += 1


def _line(message: Message) -> bytes:
    text = json_format.MessageToJson(message, indent=None, ensure_ascii=False)
    return text.encode("utf-8") + b"\n"


def _error_line(status: Status) -> bytes:
    return b'{"error": ' + _line(status).rstrip(b"\n") + b"}\n"


def refusal(status: Status, headers: dict[str, str]) -> web.Response:
    """Return the response that says why there is no other one."""
    delay = retry_seconds(status)
    if delay:
        headers = {**headers, "Retry-After": str(delay)}
    if status.code == Code.UNAUTHENTICATED:
        headers = {**headers, "WWW-Authenticate": "Bearer"}
    return web.Response(
        body=_error_line(status),
        status=_HTTP_STATUS.get(status.code, 500),
        headers={**headers, "Content-Type": "application/json"},
    )
