"""What the streaming calls of `ButtonService` do, whatever carries them: gRPC or the side port."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing, nullcontext
from contextvars import copy_context

import structlog

from revitron_grpc.access.caller import current_caller
from revitron_grpc.errors import RevitronGrpcError
from revitron_grpc.pipeline import Pipeline
from revitron_grpc.run import Run
from revitron_grpc.service.calls.validation_stream import ValidationStream
from revitron_grpc.service.editions import Editions
from revitron_grpc.service.reviews import Reviews
from revitron_grpc.service.runs.resume import ResumeTokens
from revitron_grpc.service.runs.run_cache import RunCache
from revitron_grpc.service.runs.run_measures import RunMeasures
from revitron_grpc.service.runs.run_opening import RunOpening, open_run
from revitron_grpc.service.runs.run_records import RunRecords
from revitron_grpc.service.runs.run_stream import RunStream
from revitron_grpc.service.runs.settled_run import JudgedRun
from revitron_grpc.service.security.quotas import Quotas
from revitron_grpc.service.telemetry.call_record import concerns_run
from revitron_grpc.service.telemetry.metrics import Metrics
from revitron_grpc.service.telemetry.tracing import trace_stages
from revitron_grpc.service.wire.incoming import read_out
from revitron_grpc.service.wire.requests import generation_request
from revitron_grpc.service.wire.run_messages import stored_request
from revitron_grpc.settings import Settings
from revitron_grpc.stage_times import Stage
from revitron_grpc.v1 import button_service_pb2 as pb

# Threads that plan new runs. They are apart from those that settle runs under way: behind a hundred
# of these a new caller would wait for its first sign of life.
_PLANNERS = 2

_log = structlog.get_logger("revitron_grpc.runs")


class ButtonCalls:
    """Streams specs and reports; every call that reaches it was admitted.

    Closing a stream, or cancelling the task that reads it, ends the work behind it.
    """

    def __init__(
        self,
        editions: Editions,
        tokens: ResumeTokens,
        settings: Settings,
        release: str,
        metrics: Metrics,
        quotas: Quotas,
        records: RunRecords | None = None,
        cache: RunCache | None = None,
    ) -> None:
        """Without `records` no run is stored, without a cache every run is judged."""
        self._records = records
        self._quotas = quotas
        self._editions = editions
        self._cache = cache
        self._tokens = tokens
        self._settings = settings
        self._release = release
        self._metrics = metrics
        self._runs: set[Run] = set()
        self._planners = ThreadPoolExecutor(_PLANNERS, thread_name_prefix="plan")

    @property
    def in_windows(self) -> int:
        """Candidates in the windows of all runs under way."""
        return sum(run.in_window for run in tuple(self._runs))

    def close(self) -> None:
        """End the threads; what they plan is not waited for."""
        self._planners.shutdown(wait=False, cancel_futures=True)

    async def generate(
        self, request: pb.GenerateButtonsRequest
    ) -> AsyncGenerator[pb.GenerateButtonsResponse]:
        """Yield specs as they pass; resume tokens are good for this caller only.

        A run keeps the catalog that it began with. Raises `RevitronGrpcError` for a request or a
        resume token that cannot be honoured, and a quota that is used up.
        """
        with self._editions.lease() as edition:
            async with aclosing(self._generated(edition.pipeline, request)) as responses:
                async for response in responses:
                    yield response

    async def _generated(
        self, pipeline: Pipeline, request: pb.GenerateButtonsRequest
    ) -> AsyncGenerator[pb.GenerateButtonsResponse]:
        wanted = generation_request(request, pipeline.workshop.catalog.versions)
        if not request.resume_token:
            await self._quotas.count_run()
        record = RunMeasures(self._metrics, resumed=bool(request.resume_token))
        owner = current_caller().owner
        tokens, records = self._tokens.of(owner), self._records
        opening = await open_run(
            records.rejected if records else None, owner, tokens, request.resume_token, wanted
        )
        loop = asyncio.get_running_loop()
        context = copy_context()  # for what is logged while planning
        run = await loop.run_in_executor(
            self._planners, lambda: context.run(_planned, pipeline, opening)
        )
        if pipeline.switched_off:
            _log.warning(
                "run with checks switched off",
                plan_digest=run.plan.digest,
                switched_off=list(pipeline.switched_off),
            )
        digest, cache = run.plan.digest, self._cache
        start = tokens.start(request.resume_token, digest)
        icons = request.include_icons if request.HasField("include_icons") else True
        settled = await cache.find(digest, icons=icons) if cache is not None else None
        writer = cache.writer(digest) if cache is not None and settled is None else None
        settled = settled or JudgedRun(run, icons=icons, kept=writer)
        stream = RunStream(
            pipeline.workshop,
            run.plan,
            settled,
            request,
            start,
            tokens,
            self._release,
            self._settings.server.heartbeat_seconds,
            record,
            opening.notices,
        )
        self._runs.add(run)
        concerns_run(stream.run_id)
        try:
            if request.resume_token:  # which is a good one: the stream has read it
                await self._quotas.count_run(stream.run_id)
            times = run.times
            recording = None
            if records is not None:
                begun = opening.begun(stream.run_id, owner, run.plan, stored_request(request))
                recording = records.recorder.record(begun, stream.delivered)
            with recording or nullcontext():
                async for response in stream.responses():
                    if recording is not None and response.HasField("summary"):
                        await recording.finished(response.summary)
                    with times.measured(Stage.SEND) if times is not None else nullcontext():
                        yield response
        finally:
            stream.close()
            self._runs.discard(run)
            record.ended(settled)
            if cache is not None and writer is not None:
                cache.keep(digest, writer)
            if run.times is not None:
                trace_stages(run.times)
            if run.times is not None and self._settings.performance.performance_monitoring:
                _log.info(
                    "run",
                    plan_digest=run.plan.digest,
                    wanted=run.plan.request.count,
                    judged=run.judged,
                    accepted=settled.accepted,
                    rejected=settled.rejected,
                    rejected_by_criterion={
                        criterion.value: count for criterion, count in settled.rejected_by_criterion
                    },
                    stages=run.times.take(),
                )

    async def validate(
        self, requests: AsyncIterator[pb.ValidateButtonsRequest]
    ) -> AsyncGenerator[pb.ValidateButtonsResponse]:
        """Yield a report for each item as it is done.

        A call keeps the catalog that it began with. Raises `RevitronGrpcError` for a message in the
        wrong place, a caller gone silent, and a quota that is used up.
        """
        await self._quotas.count_call()
        with self._editions.lease() as edition:
            async with aclosing(self._validated(edition.reviews, requests)) as responses:
                async for response in responses:
                    yield response

    async def _validated(
        self, reviews: Reviews, requests: AsyncIterator[pb.ValidateButtonsRequest]
    ) -> AsyncGenerator[pb.ValidateButtonsResponse]:
        settings = self._settings
        stream = ValidationStream(
            reviews,
            requests,
            window=settings.executor.run_window,
            heartbeat_seconds=settings.server.heartbeat_seconds,
            silence_seconds=settings.review.silence_seconds,
        )
        async with aclosing(stream.responses()) as responses:
            try:
                async for response in responses:
                    yield response
            except RevitronGrpcError:
                await read_out(requests)
                raise


def _planned(pipeline: Pipeline, opening: RunOpening) -> Run:
    run = pipeline.open(opening.choose(pipeline.plan_digest))
    _log.debug("run planned", plan_digest=run.plan.digest)
    return run
