"""Traces: where the time of a call went, for a collector that speaks OpenTelemetry's protocol.

Off by default, and then nothing of it is imported. A caller's W3C `traceparent` is taken over, so
that a call is a part of the caller's own trace. What takes part in hundreds of steps (judging,
settling, sending) is one span with count, sum and maximum: a span for each candidate would cost
more than it tells. Nothing that callers send is in a span.
"""

import logging
import time
from collections.abc import Mapping
from contextvars import ContextVar, Token
from typing import TYPE_CHECKING

from revitron_grpc.errors import FieldViolation, InvalidInputError, Reason
from revitron_grpc.settings import TracingSettings
from revitron_grpc.stage_times import StageTimes

if TYPE_CHECKING:
    from opentelemetry.context import Context
    from opentelemetry.trace import Span, Tracer

TRACE_HEADERS = ("traceparent", "tracestate")
"""Metadata or headers by which a caller says to which trace a call belongs."""

# All attempts to hand over one batch; an end of the service waits as long for a dead collector.
_EXPORT_SECONDS = 3.0
# Codes that are the service's fault, as the conventions for server spans have them.
_FAULTS = frozenset(
    {"UNKNOWN", "DEADLINE_EXCEEDED", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS"}
)

_tracer: "ContextVar[Tracer | None]" = ContextVar("tracer", default=None)


class Tracing:
    """Makes the spans of one replica and sends them, in a thread, a batch at a time.

    Batches are bounded; while the collector is away spans are lost and calls are not.
    """

    def __init__(self, settings: TracingSettings, release: str, node: str) -> None:
        """Raises `InvalidInputError` (INVALID_CONFIGURATION) where the extra is not installed."""
        try:
            from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
            from opentelemetry.sdk.resources import Resource
            from opentelemetry.sdk.trace import TracerProvider
            from opentelemetry.sdk.trace.export import BatchSpanProcessor
            from opentelemetry.sdk.trace.sampling import ParentBased, TraceIdRatioBased
        except ImportError as error:
            raise InvalidInputError(
                Reason.INVALID_CONFIGURATION,
                (
                    FieldViolation(
                        "tracing.endpoint",
                        f"needs packages that are not installed (missing: {error.name}); install "
                        "them with `pip install revitron-grpc[server,tracing]`, or leave the "
                        "setting empty",
                    ),
                ),
            ) from error
        self._provider = TracerProvider(
            sampler=ParentBased(TraceIdRatioBased(settings.sample_ratio)),
            resource=Resource.create(
                {
                    "service.name": "revitron-grpc",
                    "service.version": release,
                    "service.instance.id": node,
                }
            ),
            shutdown_on_exit=False,
        )
        self._provider.add_span_processor(
            BatchSpanProcessor(
                OTLPSpanExporter(endpoint=settings.endpoint, timeout=_EXPORT_SECONDS)
            )
        )
        # An error for each batch that was lost is enough; its warnings tell every attempt.
        logging.getLogger("opentelemetry.exporter").setLevel(logging.ERROR)
        self._spans = self._provider.get_tracer("revitron_grpc", release)

    def begin(self, method: str, request_id: str, headers: Mapping[str, str]) -> "CallSpan":
        """Begin the span of a call, under that of the caller where `headers` name one."""
        from opentelemetry.trace import SpanKind
        from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

        service, _, name = method.removeprefix("/").rpartition("/")
        span = self._spans.start_span(
            f"{service}/{name}",
            context=TraceContextTextMapPropagator().extract(headers),
            kind=SpanKind.SERVER,
            attributes={
                "rpc.system": "grpc",
                "rpc.service": service,
                "rpc.method": name,
                "revitron_grpc.request_id": request_id,
            },
        )
        return CallSpan(span, self._spans)

    def close(self) -> None:
        """Send what is there, and end; may block for some seconds."""
        self._provider.shutdown()


class CallSpan:
    """The span of a call, current from its making to its end."""

    def __init__(self, span: "Span", spans: "Tracer") -> None:
        from opentelemetry import context, trace

        self._span = span
        self._made: Token[Tracer | None] = _tracer.set(spans)
        self._current: Token[Context] = context.attach(trace.set_span_in_context(span))

    @property
    def names(self) -> dict[str, str]:
        """The names under which log lines point at the span."""
        from opentelemetry import trace

        told = self._span.get_span_context()
        return {
            "trace_id": trace.format_trace_id(told.trace_id),
            "span_id": trace.format_span_id(told.span_id),
        }

    def end(self, code: str, number: int) -> None:
        """End it with a status code, by name and by number."""
        from opentelemetry import context
        from opentelemetry.trace import StatusCode

        self._span.set_attribute("rpc.grpc.status_code", number)
        if code in _FAULTS:
            self._span.set_status(StatusCode.ERROR, code)
        self._span.end()
        context.detach(self._current)
        _tracer.reset(self._made)


def trace_past(
    name: str,
    seconds: float,
    *,
    ended_before: float = 0.0,
    failed: bool = False,
    attributes: Mapping[str, str | int | float] | None = None,
) -> None:
    """Add a span to the call's trace for what took so long and ended so many seconds ago.

    Does nothing outside of a call that is traced.
    """
    tracer = _tracer.get()
    if tracer is None:
        return
    from opentelemetry.trace import StatusCode

    ended = time.time_ns() - round(ended_before * 1e9)
    span = tracer.start_span(name, start_time=ended - round(seconds * 1e9), attributes=attributes)
    if failed:
        span.set_status(StatusCode.ERROR)
    span.end(ended)


def trace_stages(times: StageTimes) -> None:
    """Add a span for each stage of a run, from its first piece of work to the end of its last."""
    if _tracer.get() is None:
        return
    now = time.perf_counter()
    for stage, total in times.totals().items():
        if total.count:
            trace_past(
                stage.value,
                total.ended - total.began,
                ended_before=now - total.ended,
                attributes={
                    "revitron_grpc.count": total.count,
                    "revitron_grpc.sum_seconds": round(total.seconds, 6),
                    "revitron_grpc.max_seconds": round(total.longest, 6),
                },
            )
