"""The settled candidates of a run, in order and ready for the wire, wherever they come from."""

from collections.abc import Sequence
from concurrent.futures import Future
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any, Protocol

from revitron_grpc.button_spec import ButtonSpec as DomainSpec
from revitron_grpc.run import Accepted, Rejected, Run
from revitron_grpc.service.wire.messages import (
    rejected_message,
    spec_message,
    summary_message,
    without_icons,
)
from revitron_grpc.stage_times import Stage
from revitron_grpc.v1.button_service_pb2 import RejectedCandidate, RunSummary
from revitron_grpc.v1.button_spec_pb2 import ButtonSpec
from revitron_grpc.vocabulary import Criterion


@dataclass(frozen=True, slots=True)
class Settled:
    """One settled candidate, ready for the wire; `position` counts them from 1."""

    position: int
    message: ButtonSpec | RejectedCandidate


class SettledRun(Protocol):
    """A run as its stream sees it; driven by one thread at a time."""

    @property
    def judged(self) -> int:
        """Candidates that are settled."""
        ...

    @property
    def accepted(self) -> int:
        """How many of them passed."""
        ...

    @property
    def rejected(self) -> int:
        """How many of them failed."""
        ...

    @property
    def rejected_by_criterion(self) -> Sequence[tuple[Criterion, int]]:
        """How many candidates failed each criterion that somebody failed, so far."""
        ...

    @property
    def waiting(self) -> "Future[Any] | None":
        """What has to be done before `take` finds more; None if nothing has."""
        ...

    @property
    def finished(self) -> bool:
        """Whether nothing is left to take."""
        ...

    def take(self, most: int) -> list[Settled]:
        """Return what is settled next, in order, at most so many; a millisecond's work each."""
        ...

    def summary(self) -> RunSummary:
        """Return what came of the run, without digests; call it when nothing is left to take."""
        ...

    def cancel(self) -> None:
        """Stop the work behind it."""
        ...


class Keeper(Protocol):
    """Keeps a run for others."""

    def add(self, message: ButtonSpec | RejectedCandidate | RunSummary) -> None:
        """Take the next settled candidate, or the summary at the end."""
        ...


class JudgedRun:
    """A run whose candidates are judged for this stream."""

    def __init__(self, run: Run, *, icons: bool, kept: Keeper | None = None) -> None:
        """`kept` is given all that is settled, icons included, and the summary."""
        self._run = run
        self._icons = icons
        self._kept = kept
        self.waiting: Future[DomainSpec] | None = None
        self.finished = False

    @property
    def judged(self) -> int:
        """Candidates that are settled."""
        return self._run.judged

    @property
    def accepted(self) -> int:
        """How many of them passed."""
        return self._run.accepted

    @property
    def rejected(self) -> int:
        """How many of them failed."""
        return self._run.rejected

    @property
    def rejected_by_criterion(self) -> Sequence[tuple[Criterion, int]]:
        """How many candidates failed each criterion that somebody failed, so far."""
        return self._run.rejected_by_criterion

    def take(self, most: int) -> list[Settled]:
        """Settle candidates in order until one is not judged yet."""
        times = self._run.times
        with times.measured(Stage.STREAM) if times is not None else nullcontext():
            found: list[Settled] = []
            while len(found) < most and (future := self._next_judged()) is not None:
                event = self._run.settle(future.result())
                self.waiting = None
                found.append(Settled(self._run.judged, self._message(event)))
            return found

    def summary(self) -> RunSummary:
        """Return what came of the run, without digests."""
        summary = summary_message(self._run.summary())
        if self._kept is not None:
            self._kept.add(summary)
        return summary

    def cancel(self) -> None:
        """Drop what is queued for this run."""
        self._run.cancel()

    def _message(self, event: Accepted | Rejected) -> ButtonSpec | RejectedCandidate:
        if isinstance(event, Rejected):
            message = rejected_message(event)
            if self._kept is not None:
                self._kept.add(message)
            return message
        if self._kept is None:
            return spec_message(event.spec, event.ordinal, icons=self._icons)
        message = spec_message(event.spec, event.ordinal, icons=True)
        self._kept.add(message)
        return message if self._icons else without_icons(message)

    def _next_judged(self) -> "Future[DomainSpec] | None":
        """The next future if its candidate is judged; None while it is not, and at the end."""
        if self.waiting is None:
            self.waiting = self._run.next_future()
            self.finished = self.waiting is None
        return self.waiting if self.waiting is not None and self.waiting.done() else None
