"""What of a run has arrived: each button once, in order, and in the end all that was sent."""

from revitron_grpc.client.interruption import BrokenStreamError, Cause
from revitron_grpc.errors import Reason, RevitronGrpcError
from revitron_grpc.specs_digest import SpecsDigest
from revitron_grpc.v1.button_service_pb2 import (
    ButtonBatch,
    GenerateButtonsRequest,
    GenerateButtonsResponse,
    RunStarted,
    RunSummary,
)
from revitron_grpc.v1.button_spec_pb2 import ButtonSpec


class Received:
    """The books of one run across all of its streams.

    A run that the caller continues with a token of an earlier program is booked from there on:
    its first ordinal is whatever comes first, and the digest over all specs cannot be checked.
    """

    def __init__(self, request: GenerateButtonsRequest) -> None:
        self.resume_token = request.resume_token
        self._from_the_start = not request.resume_token
        self._started: RunStarted | None = None
        self._first = 1 if self._from_the_start else 0
        self._digests: list[str] = []
        self._specs_digest = SpecsDigest()

    @property
    def begun(self) -> bool:
        """Whether a replica has answered."""
        return self._started is not None

    @property
    def wanted(self) -> int:
        """Buttons asked for, as the service understood it; 0 before it answered."""
        return self._started.count if self._started else 0

    @property
    def ordinal(self) -> int:
        """Ordinal of the last button that arrived; 0 before the first."""
        return self._first + len(self._digests) - 1 if self._first else 0

    def take(self, response: GenerateButtonsResponse) -> GenerateButtonsResponse | None:
        """Book a response; return what of it is new to the caller, None for nothing.

        Raises `BrokenStreamError` for a gap, and `RevitronGrpcError`: PLAN_CHANGED for another
        run than the one that was begun, STREAM_BROKEN for a whole that is not what was sent.
        """
        new: GenerateButtonsResponse | None = response
        match response.WhichOneof("event"):
            case "started":
                new = self._begin(response)
            case "buttons":
                new = self._add(response)
            case "summary":
                self._check(response.summary)
        self.resume_token = response.resume_token
        return new

    def _begin(self, response: GenerateButtonsResponse) -> GenerateButtonsResponse | None:
        if self._started is None:
            self._started = RunStarted()
            self._started.CopyFrom(response.started)
            return response
        first, again = self._started, response.started
        if (again.run_id, again.plan_digest) != (first.run_id, first.plan_digest):
            raise self._another_run(f"a replica answered with run {again.run_id}")
        return None

    def _add(self, response: GenerateButtonsResponse) -> GenerateButtonsResponse | None:
        specs = response.buttons.buttons
        new = [spec for spec in specs if self._is_new(spec)]
        expected = self.ordinal + 1 if self._first else None
        for offset, spec in enumerate(new):
            if expected is not None and spec.ordinal != expected + offset:
                # As if the response had not come: its token would skip what is missing.
                raise BrokenStreamError(
                    Cause.UNFINISHED,
                    None,
                    f"button {spec.ordinal} came after button {self.ordinal}",
                )
        for spec in new:
            self._first = self._first or spec.ordinal
            self._digests.append(spec.digest)
            self._specs_digest.add(spec.ordinal, spec.id, spec.digest)
        if not new:
            return None
        if len(new) == len(specs):
            return response
        return GenerateButtonsResponse(
            resume_token=response.resume_token, buttons=ButtonBatch(buttons=new)
        )

    def _is_new(self, spec: ButtonSpec) -> bool:
        if not self._first or spec.ordinal > self.ordinal:
            return True
        at = spec.ordinal - self._first
        if at >= 0 and self._digests[at] != spec.digest:
            raise self._another_run(f"button {spec.ordinal} came twice and differs")
        return False

    def _check(self, summary: RunSummary) -> None:
        if not self._from_the_start:
            whole = not self._first or self.ordinal == summary.accepted
        else:
            whole = (
                self.ordinal == summary.accepted
                and self._specs_digest.hexdigest() == summary.specs_digest
            )
        if not whole:
            raise RevitronGrpcError(
                Reason.STREAM_BROKEN,
                f"what arrived is not what the service sent: {self.ordinal} buttons of "
                f"{summary.accepted}, or other bytes; start a new run",
            )

    def _another_run(self, what: str) -> RevitronGrpcError:
        return RevitronGrpcError(
            Reason.PLAN_CHANGED,
            f"{what}: not the run that was begun, of which {self.ordinal} of {self.wanted} "
            "buttons had arrived; start a new run",
        )
