"""A service on a real socket that breaks its streams as it is told to."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from enum import Enum, auto

import grpc

from revitron_grpc.errors import Reason, RevitronGrpcError
from revitron_grpc.service.wire.status import abort, internal_status, status_of
from revitron_grpc.specs_digest import SpecsDigest
from revitron_grpc.v1 import button_service_pb2 as pb
from revitron_grpc.v1.button_service_pb2_grpc import (
    ButtonServiceServicer,
    add_ButtonServiceServicer_to_server,
)
from revitron_grpc.v1.button_spec_pb2 import ButtonSpec

PLAN = "a" * 64


class End(Enum):
    """How a stream ends."""

    WHOLE = auto()
    UNAVAILABLE = auto()
    UNKNOWN = auto()
    INTERNAL = auto()
    CANCELLED = auto()
    WITHOUT_SUMMARY = auto()
    SILENCE = auto()
    GAP = auto()
    BUSY = auto()
    DRAINING = auto()
    OWN_INTERNAL = auto()
    PLAN_CHANGED = auto()
    TOKEN_INVALID = auto()
    ANOTHER_RUN = auto()
    OTHER_SPECS = auto()
    WRONG_DIGEST = auto()


MENDABLE = (
    End.UNAVAILABLE,
    End.UNKNOWN,
    End.INTERNAL,
    End.CANCELLED,
    End.WITHOUT_SUMMARY,
    End.GAP,
)
"""What resuming mends at once; silence and a service that asks for a delay take their time."""

_CODES = {
    End.UNAVAILABLE: grpc.StatusCode.UNAVAILABLE,
    End.UNKNOWN: grpc.StatusCode.UNKNOWN,
    End.INTERNAL: grpc.StatusCode.INTERNAL,
    End.CANCELLED: grpc.StatusCode.CANCELLED,
}
_OWN = {
    End.BUSY: Reason.OVERLOADED,
    End.DRAINING: Reason.DRAINING,
    End.PLAN_CHANGED: Reason.PLAN_CHANGED,
    End.TOKEN_INVALID: Reason.RESUME_TOKEN_INVALID,
}


@dataclass(frozen=True, slots=True)
class Act:
    """One stream: so many responses, then its end; `again` specs are sent although delivered."""

    responses: int
    end: End
    again: int = 0


@dataclass
class ScriptedService(ButtonServiceServicer):
    """Plays one act for each call, then whole streams. A token is the ordinal delivered."""

    acts: Sequence[Act]
    specs: int = 12
    target: str = ""
    tokens: list[str] = field(default_factory=list)
    """The token of each call, in order."""
    request_ids: list[str] = field(default_factory=list)
    """How each call was named, in order."""
    cancelled: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when a caller left before the end of a stream."""

    async def GenerateButtons(  # noqa: N802 - the contract's name
        self, request: pb.GenerateButtonsRequest, context: grpc.aio.ServicerContext
    ) -> AsyncIterator[pb.GenerateButtonsResponse]:
        self.tokens.append(request.resume_token)
        metadata = dict(context.invocation_metadata() or ())
        self.request_ids.append(str(metadata["x-request-id"]))
        number = len(self.tokens) - 1
        act = self.acts[number] if number < len(self.acts) else Act(0, End.WHOLE)
        delivered = int(request.resume_token or "0")
        stream = list(self._stream(request, act, delivered))
        if act.end is End.WHOLE or act.end in {End.ANOTHER_RUN, End.OTHER_SPECS, End.WRONG_DIGEST}:
            sent = stream
        else:
            sent = stream[: min(act.responses, len(stream) - 1)]
        try:
            for response in sent:
                yield response
            await self._end(act.end, context)
        except (asyncio.CancelledError, GeneratorExit):
            # Between two responses the generator is closed, in silence it is cancelled.
            self.cancelled.set()
            raise

    async def _end(self, end: End, context: grpc.aio.ServicerContext) -> None:
        if end is End.SILENCE:
            await asyncio.Event().wait()
        elif end in _CODES:
            await context.abort(_CODES[end], "as it was told to")
        elif end in _OWN:
            await abort(context, status_of(RevitronGrpcError(_OWN[end], "as it was told to")))
        elif end is End.OWN_INTERNAL:
            await abort(context, internal_status("request-1"))

    def _stream(
        self, request: pb.GenerateButtonsRequest, act: Act, delivered: int
    ) -> list[pb.GenerateButtonsResponse]:
        digest = SpecsDigest()
        specs = [_spec(n, "other" if act.end is End.OTHER_SPECS else "") for n in self._ordinals]
        for spec in specs:
            digest.add(spec.ordinal, spec.id, spec.digest)
        started = pb.RunStarted(
            run_id="run-2" if act.end is End.ANOTHER_RUN else "run-1",
            plan_digest=PLAN,
            count=self.specs,
            resumed=bool(request.resume_token),
        )
        found = [pb.GenerateButtonsResponse(started=started, resume_token=str(delivered))]
        rest = specs[max(0, delivered - act.again) :]
        if act.end is End.GAP:
            del rest[len(rest) // 2]
        size = request.batch_limit or 1
        for at in range(0, len(rest), size):
            token = str(delivered)
            found.append(
                pb.GenerateButtonsResponse(progress=pb.RunProgress(wanted=12), resume_token=token)
            )
            batch = rest[at : at + size]
            delivered = batch[-1].ordinal
            found.append(
                pb.GenerateButtonsResponse(
                    buttons=pb.ButtonBatch(buttons=batch), resume_token=str(delivered)
                )
            )
        whole = "0" * 64 if act.end is End.WRONG_DIGEST else digest.hexdigest()
        summary = pb.RunSummary(accepted=self.specs, specs_digest=whole)
        found.append(pb.GenerateButtonsResponse(summary=summary, resume_token=str(delivered)))
        return found

    @property
    def _ordinals(self) -> range:
        return range(1, self.specs + 1)


@asynccontextmanager
async def scripted_service(*acts: Act, specs: int = 12) -> AsyncIterator[ScriptedService]:
    """Serve on a free port of loopback for the length of a block."""
    service = ScriptedService(acts, specs)
    server = grpc.aio.server(options=[("grpc.so_reuseport", 0)])
    add_ButtonServiceServicer_to_server(service, server)
    service.target = f"127.0.0.1:{server.add_insecure_port('127.0.0.1:0')}"
    await server.start()
    try:
        yield service
    finally:
        await server.stop(0)


def _spec(ordinal: int, text: str) -> ButtonSpec:
    digest = hashlib.sha256(f"{ordinal}{text}".encode()).hexdigest()
    return ButtonSpec(ordinal=ordinal, id=digest[:16], digest=digest, title=f"Tool {ordinal}")
