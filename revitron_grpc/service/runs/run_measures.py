"""What the metrics have about one run."""

import asyncio

from revitron_grpc.service.runs.settled_run import SettledRun
from revitron_grpc.service.telemetry.metrics import Metrics


class RunMeasures:
    """One run from its request on. Sending a response costs it one assignment."""

    def __init__(self, metrics: Metrics, *, resumed: bool) -> None:
        self.finished = False
        """Whether the summary was made, after which nothing of the run is missing."""
        self._metrics = metrics
        self._resumed = resumed
        self._began = asyncio.get_running_loop().time()
        self._last: float | None = None
        if resumed:
            metrics.run_resumed()

    def buttons_made(self, now: float) -> None:
        """Buttons are about to be sent, at this time of the event loop."""
        if self._last is None and not self._resumed:
            self._metrics.first_button(now - self._began)
        self._last = now

    def ended(self, run: SettledRun) -> None:
        """The stream is over, with its summary or without."""
        if self.finished and not self._resumed and self._last is not None:
            self._metrics.last_button(self._last - self._began)
        self._metrics.run_ended(
            finished=self.finished,
            accepted=run.accepted,
            rejected=run.rejected,
            by_criterion=run.rejected_by_criterion,
        )
