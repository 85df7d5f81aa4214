"""What the log and the metrics have about one call, on whichever port it came."""

import asyncio
from collections.abc import Mapping
from contextvars import ContextVar
from types import TracebackType
from typing import Self

import structlog
from google.rpc.code_pb2 import Code
from google.rpc.status_pb2 import Status

from revitron_grpc.access.caller import Caller
from revitron_grpc.access.gate import ForbiddenError
from revitron_grpc.errors import RevitronGrpcError
from revitron_grpc.service.telemetry.audit import log_call
from revitron_grpc.service.telemetry.metrics import Metrics, Transport
from revitron_grpc.service.telemetry.tracing import CallSpan, Tracing
from revitron_grpc.service.wire.status import internal_status, status_of

_log = structlog.get_logger("revitron_grpc.calls")


_current: ContextVar["CallRecord | None"] = ContextVar("call", default=None)


def concerns_run(run_id: str) -> None:
    """Say which run the call that is being served is about; the audit log names it."""
    call = _current.get()
    if call is not None:
        call.run_id = run_id


class CallRecord:
    """One call while it lasts; a context manager, so that each call is counted as ended once.

    Lines that are logged within it, also from threads that take its context over, carry the
    request's name.
    """

    def __init__(
        self,
        metrics: Metrics,
        transport: Transport,
        method: str,
        request_id: str,
        peer: str,
        tracing: Tracing | None,
        headers: Mapping[str, str],
    ) -> None:
        """`peer` is the address of the caller, or of the proxy before the service.

        `headers` are the caller's, of which those that name a trace are looked at.
        """
        self.messages = 0
        self.run_id = ""
        self._peer = peer
        self.request_id = request_id
        self._metrics = metrics
        self._tracing = tracing
        self._headers = headers
        self._span: CallSpan | None = None
        self._code = Code.UNKNOWN
        self._transport: Transport = transport
        self._method = method
        self._clock = asyncio.get_running_loop().time
        self._began = self._clock()
        self._ended = False

    def __enter__(self) -> Self:
        self._bound = dict(structlog.contextvars.bind_contextvars(request_id=self.request_id))
        self._metrics.call_began(self._transport, self._method)
        self._token = _current.set(self)
        if self._tracing is not None:
            self._span = self._tracing.begin(self._method, self.request_id, self._headers)
            self._bound |= structlog.contextvars.bind_contextvars(**self._span.names)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if not self._ended:
            self.cancelled()
        if self._span is not None:
            self._span.end(Code.Name(self._code), self._code)
        # A connection's next request may be handled in the same context.
        structlog.contextvars.reset_contextvars(**self._bound)
        _current.reset(self._token)

    def made_by(self, caller: Caller) -> None:
        """The caller is known: lines of the call say who it is."""
        known = {"owner": caller.owner, "key_id": caller.key_id}
        self._bound |= structlog.contextvars.bind_contextvars(
            **{name: value for name, value in known.items() if value}
        )

    def succeeded(self) -> None:
        """The call ended well."""
        self._end(Code.OK)
        _log.info("call", outcome="ok", **self._told())

    def cancelled(self, code: int = Code.CANCELLED) -> None:
        """The caller left, or his time was up."""
        self._end(code)
        _log.info("call", outcome="cancelled", **self._told())

    def failed(self, error: Exception) -> Status:
        """The call ends with an error; returns the status that the caller gets."""
        if isinstance(error, RevitronGrpcError):
            status = status_of(error)
            self._end(status.code, error)
            self._metrics.call_refused(error.reason.value)
            _log.info("call", outcome="refused", reason=error.reason.value, **self._told())
            _log.debug("why it was refused", method=self._method, exc_info=error)
        else:
            status = internal_status(self.request_id)
            self._end(status.code, error)
            _log.error("call failed", **self._told(), exc_info=error)
        return status

    def _end(self, code: int, error: Exception | None = None) -> None:
        self._ended = True
        self._code = code
        self._seconds = self._clock() - self._began
        self._metrics.call_ended(self._transport, self._method, Code.Name(code), self._seconds)
        if isinstance(error, ForbiddenError):
            self.made_by(error.caller)
        log_call(
            self._method,
            self._transport,
            self._peer,
            Code.Name(code),
            run_id=self.run_id,
            error=error,
        )

    def _told(self) -> dict[str, object]:
        return {
            "method": self._method,
            "transport": self._transport,
            "code": Code.Name(self._code),
            "messages": self.messages,
            "milliseconds": round(1000 * self._seconds, 1),
        }
