"""How far a run is: a bar on a terminal, plain lines in a pipe, nothing when quiet."""

from collections.abc import Iterable
from types import TracebackType
from typing import Self

from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as RichProgress

from revitron_grpc.cli.terminal import err
from revitron_grpc.client.interruption import Cause, Interruption
from revitron_grpc.v1.button_service_pb2 import RejectedCandidate, RunProgress, RunStarted
from revitron_grpc.v1.button_spec_pb2 import ButtonSpec


class Progress:
    """Shows on standard error what a run does; standard output stays for the result."""

    def __init__(self, wanted: int, *, quiet: bool) -> None:
        self._quiet = quiet
        self._accepted = 0
        self._rejected = 0
        self._bar: RichProgress | None = None
        self._wanted = wanted
        if not quiet and err.is_terminal:
            self._bar = RichProgress(
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TextColumn("{task.fields[rejected]} rejected"),
                TimeElapsedColumn(),
                console=err,
            )
            self._task = self._bar.add_task("Validating", total=wanted, rejected=0)

    def __enter__(self) -> Self:
        if self._bar is not None:
            self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def started(self, started: RunStarted) -> None:
        """Say what was begun and what was left out."""
        if self._quiet:
            return
        versions = ", ".join(map(str, started.revit_versions))
        err.print(f"Run {started.run_id} for Revit {versions}", markup=False)
        for notice in started.notices:
            err.print(f"note: {notice}", style="yellow", markup=False)
        for exclusion in started.exclusions:
            err.print(
                f"left out: {exclusion.candidates} candidates: {exclusion.reason}", markup=False
            )

    def accepted(self, specs: Iterable[ButtonSpec]) -> None:
        """Count specs that arrived; in a pipe each is a line."""
        for spec in specs:
            self._accepted += 1
            if not self._quiet and self._bar is None:
                err.print(f"{spec.ordinal:4}  {spec.title}", markup=False)
        self._update()

    def rejected(self, candidate: RejectedCandidate) -> None:
        """Show a rejected candidate with its reason."""
        self._rejected += 1
        if not self._quiet:
            err.print(f"rejected  {candidate.title}: {candidate.reason}", markup=False)
        self._update()

    def progress(self, progress: RunProgress) -> None:
        """Take the counts of the service."""
        self._rejected = progress.rejected
        self._update()

    def interrupted(self, interruption: Interruption) -> None:
        """Say that the run waits for a service to go on; also when quiet, it may take a while."""
        err.print(_told(interruption), style="yellow", markup=False)

    def noticed(self, message: str) -> None:
        """Say what the user should know although the run goes on; also when quiet."""
        err.print(f"warning: {message}", style="yellow", markup=False)

    def _update(self) -> None:
        if self._bar is not None:
            self._bar.update(self._task, completed=self._accepted, rejected=self._rejected)


def _told(interruption: Interruption) -> str:
    tries = f"{interruption.attempt} of {interruption.attempts}"
    wait = f"in {interruption.delay:.1f} s ({tries})"
    if interruption.cause is Cause.BUSY:
        return f"the service has too many calls; asking again {wait}"
    if not interruption.wanted:
        return f"no service answers yet ({interruption.message}); asking again {wait}"
    what = {
        Cause.LOST: "connection lost",
        Cause.STALLED: "the service fell silent",
        Cause.UNFINISHED: "the stream ended early",
    }[interruption.cause]
    return f"{what} at {interruption.ordinal} of {interruption.wanted}, resuming {wait}"
