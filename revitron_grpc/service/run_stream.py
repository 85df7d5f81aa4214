"""Drive one run and say on the wire what happens: started, buttons, rejected, progress, summary."""

import asyncio
import hashlib
import uuid
from collections.abc import AsyncIterator

from revitron_grpc.pipeline import Accepted, Run
from revitron_grpc.service.messages import rejected_message, spec_message, summary_message
from revitron_grpc.service.resume import Position, ResumeTokens
from revitron_grpc.v1.button_service_pb2 import (
    ButtonBatch,
    Exclusion,
    GenerateButtonsRequest,
    GenerateButtonsResponse,
    RunProgress,
    RunStarted,
)
from revitron_grpc.v1.button_spec_pb2 import ButtonSpec
from revitron_grpc.workshop import Workshop

# People watch a bar: tell them how far it is about once a second.
_PROGRESS_SECONDS = 1.0


class RunStream:
    """The responses of one call, in order. `close` must be called when the call ends."""

    def __init__(
        self,
        workshop: Workshop,
        run: Run,
        message: GenerateButtonsRequest,
        tokens: ResumeTokens,
        release: str,
        heartbeat_seconds: float,
    ) -> None:
        """Raises `RevitronGrpcError` for a resume token that cannot be honoured."""
        start = (
            tokens.read(message.resume_token, run.plan.digest)
            if message.resume_token
            else Position(str(uuid.uuid4()), 0)
        )
        self._workshop = workshop
        self._plan = run.plan
        self._message = message
        self._tokens = tokens
        self._release = release
        self._interval = min(_PROGRESS_SECONDS, heartbeat_seconds)
        self._run_id = start.run_id
        self._delivered = start.settled
        self._batch_limit = message.batch_limit or 1
        self._icons = message.include_icons if message.HasField("include_icons") else True
        self._run = run
        self._settled = 0
        self._batch: list[ButtonSpec] = []
        self._batch_began = 0
        self._digest = hashlib.sha256()
        self._clock = asyncio.get_running_loop().time
        self._last_response = self._clock()

    def close(self) -> None:
        """Stop the work of this call."""
        self._run.cancel()

    async def responses(self) -> AsyncIterator[GenerateButtonsResponse]:
        """Yield the responses; the last one is the summary."""
        yield self._with_token(GenerateButtonsResponse(started=self._started()))
        while (future := self._run.next_future()) is not None:
            if not future.done():
                if self._batch:
                    yield self._flush()
                waiting = asyncio.wrap_future(future)
                while not (await asyncio.wait({waiting}, timeout=self._interval))[0]:
                    yield self._with_token(GenerateButtonsResponse(progress=self._progress()))
            event = self._run.settle(future.result())
            self._settled += 1
            if isinstance(event, Accepted):
                message = spec_message(event.spec, event.ordinal, icons=self._icons)
                self._digest.update(f"{event.ordinal} {message.id} {message.digest}\n".encode())
                if self._settled > self._delivered:
                    if not self._batch:
                        self._batch_began = self._settled - 1
                    self._batch.append(message)
                    if len(self._batch) >= self._batch_limit:
                        yield self._flush()
            elif self._message.include_rejected and self._settled > self._delivered:
                if self._batch:
                    yield self._flush(without_last=True)
                yield self._with_token(GenerateButtonsResponse(rejected=rejected_message(event)))
            if self._clock() - self._last_response > self._interval:
                yield self._with_token(GenerateButtonsResponse(progress=self._progress()))
            # A run whose specs are all ready must not keep the loop from the others.
            await asyncio.sleep(0)
        if self._batch:
            yield self._flush()
        summary = summary_message(self._run.summary(), self._digest.hexdigest(), self._plan.digest)
        yield self._with_token(GenerateButtonsResponse(summary=summary))

    def _started(self) -> RunStarted:
        request, workshop = self._plan.request, self._workshop
        return RunStarted(
            run_id=self._run_id,
            plan_digest=self._plan.digest,
            catalog_digest=workshop.catalog.digest,
            recipes_digest=workshop.library.digest,
            release=self._release,
            count=request.count,
            revit_versions=request.revit_versions,
            resumed=bool(self._message.resume_token),
            exclusions=[
                Exclusion(reason=e.reason, candidates=e.candidates) for e in self._plan.exclusions
            ],
        )

    def _progress(self) -> RunProgress:
        return RunProgress(
            judged=self._run.judged,
            accepted=self._run.accepted,
            rejected=self._run.rejected,
            wanted=self._plan.request.count,
            recomputing=self._settled < self._delivered,
        )

    def _flush(self, *, without_last: bool = False) -> GenerateButtonsResponse:
        """The specs gathered so far. What was settled last may not belong to them."""
        batch, self._batch = self._batch, []
        response = GenerateButtonsResponse(buttons=ButtonBatch(buttons=batch))
        return self._with_token(response, self._settled - without_last)

    def _with_token(
        self, response: GenerateButtonsResponse, settled: int | None = None
    ) -> GenerateButtonsResponse:
        # While a resumed run recomputes, a token must not fall behind what was delivered.
        position = max(self._delivered, self._undelivered_from() if settled is None else settled)
        response.resume_token = self._tokens.write(
            self._plan.digest, Position(self._run_id, position)
        )
        self._last_response = self._clock()
        return response

    def _undelivered_from(self) -> int:
        """Settled candidates of which nothing waits in the batch."""
        return self._settled if not self._batch else self._batch_began
