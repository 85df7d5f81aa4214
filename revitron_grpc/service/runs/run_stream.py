"""Drive one run and say on the wire what happens: started, buttons, rejected, progress, summary."""

import asyncio
from collections.abc import AsyncIterator

from revitron_grpc.contract import CATEGORY_OF
from revitron_grpc.generation.plan import Plan
from revitron_grpc.service.runs.resume import OwnerTokens, Position
from revitron_grpc.service.runs.run_measures import RunMeasures
from revitron_grpc.service.runs.settled_run import Settled, SettledRun
from revitron_grpc.specs_digest import SpecsDigest
from revitron_grpc.storage.runs import RunButton
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
# Candidates settled in one turn of a thread, at most: enough to make the turn worth its cost,
# few enough that a slow reader holds little.
_TURN = 10


class RunStream:
    """The responses of one call, in order. `close` must be called when the call ends."""

    def __init__(
        self,
        workshop: Workshop,
        plan: Plan,
        run: SettledRun,
        message: GenerateButtonsRequest,
        start: Position,
        tokens: OwnerTokens,
        release: str,
        heartbeat_seconds: float,
        record: RunMeasures,
        notices: tuple[str, ...] = (),
    ) -> None:
        """`start` is where the stream begins, by the token of its `message`."""
        self._record = record
        self._notices = notices
        self._workshop = workshop
        self._run = run
        self._plan = plan
        self._message = message
        self._tokens = tokens
        self._release = release
        self._interval = min(_PROGRESS_SECONDS, heartbeat_seconds)
        self.run_id = start.run_id
        self._batch_limit = message.batch_limit or 1
        self._digest = SpecsDigest()
        self._settled = 0
        # Up to here everything is with the caller, or was not wanted.
        self._delivered = start.settled
        self._resumed_at = start.settled
        self._batch: list[ButtonSpec] = []
        self._accepted: list[tuple[int, RunButton]] = []
        self._clock = asyncio.get_running_loop().time
        self._last_response = self._clock()

    def delivered(self) -> tuple[RunButton, ...]:
        """Return the buttons that the caller has, those before a resume included."""
        return tuple(b for position, b in self._accepted if position <= self._delivered)

    def close(self) -> None:
        """Stop the work of this call."""
        self._run.cancel()

    async def responses(self) -> AsyncIterator[GenerateButtonsResponse]:
        """Yield the responses; the last one is the summary."""
        yield self._with_token(GenerateButtonsResponse(started=self._started()))
        while not self._run.finished:
            for settled in await self._next_settled():
                self._settled = settled.position
                if isinstance(settled.message, ButtonSpec):
                    button = settled.message
                    self._digest.add(button.ordinal, button.id, button.digest)
                    told = RunButton(
                        button.ordinal, button.id, button.title, CATEGORY_OF[button.category].value
                    )
                    self._accepted.append((settled.position, told))
                if settled.position <= self._resumed_at:
                    continue
                if isinstance(settled.message, ButtonSpec):
                    self._batch.append(settled.message)
                    if len(self._batch) >= self._batch_limit:
                        yield self._flush(settled.position)
                elif self._message.include_rejected:
                    if self._batch:
                        yield self._flush(settled.position - 1)
                    self._delivered = settled.position
                    yield self._with_token(GenerateButtonsResponse(rejected=settled.message))
            if self._run.waiting is not None and not self._run.waiting.done():
                if self._batch:
                    yield self._flush(self._settled)
                waiting = asyncio.wrap_future(self._run.waiting)
                while not (await asyncio.wait({waiting}, timeout=self._interval))[0]:
                    yield self._with_token(GenerateButtonsResponse(progress=self._progress()))
            if self._clock() - self._last_response > self._interval:
                yield self._with_token(GenerateButtonsResponse(progress=self._progress()))
        if self._batch:
            yield self._flush(self._settled)
        self._delivered = self._settled
        self._record.finished = True
        summary = self._run.summary()
        summary.specs_digest = self._digest.hexdigest()
        summary.plan_digest = self._plan.digest
        yield self._with_token(GenerateButtonsResponse(summary=summary))

    async def _next_settled(self) -> list[Settled]:
        # Settling takes a millisecond each, which other streams and health shall not wait for. Only
        # the first one is not handed to a thread: that its caller is waiting for.
        if not self._settled:
            return self._run.take(1)
        return await asyncio.to_thread(self._run.take, _TURN)

    def _started(self) -> RunStarted:
        request, workshop = self._plan.request, self._workshop
        return RunStarted(
            run_id=self.run_id,
            plan_digest=self._plan.digest,
            catalog_digest=workshop.catalog.digest,
            recipes_digest=workshop.library.digest,
            release=self._release,
            count=request.count,
            revit_versions=request.revit_versions,
            resumed=bool(self._message.resume_token),
            notices=self._notices,
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
            recomputing=self._settled < self._resumed_at,
        )

    def _flush(self, position: int) -> GenerateButtonsResponse:
        """Send the specs gathered so far; everything up to `position` is delivered with them."""
        batch, self._batch = self._batch, []
        self._delivered = position
        response = self._with_token(GenerateButtonsResponse(buttons=ButtonBatch(buttons=batch)))
        self._record.buttons_made(self._last_response)
        return response

    def _with_token(self, response: GenerateButtonsResponse) -> GenerateButtonsResponse:
        response.resume_token = self._tokens.write(
            self._plan.digest, Position(self.run_id, self._delivered)
        )
        self._last_response = self._clock()
        return response
