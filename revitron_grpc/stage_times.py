"""How long the stages of runs take, for `performance.performance_monitoring` and for traces.

Nothing of it is made, and no clock is read, while both are off.
"""

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from enum import StrEnum
from threading import Lock


class Stage(StrEnum):
    """What a run spends its time on.

    `plan`: rank the candidates. `judge`: from the moment a candidate is queued in the pool to its
    verdict, waits for a worker included, so that the sum of many at once is greater than the
    length of the run. `stream`: settle what is judged, up to ten candidates
    at a time, and write its messages. `send`: hand a response
    to gRPC, which waits while the client's window is full.
    """

    PLAN = "plan"
    JUDGE = "judge"
    STREAM = "stream"
    SEND = "send"


@dataclass(slots=True)
class StageTotal:
    """What came together for a stage; `began` and `ended` are times of `time.perf_counter`."""

    count: int = 0
    seconds: float = 0.0
    longest: float = 0.0
    began: float = math.inf
    ended: float = 0.0


@dataclass(slots=True)
class StageTimes:
    """Counts and seconds by stage; many threads add to it. What a part adds, its whole has too."""

    whole: "StageTimes | None" = None
    _totals: dict[Stage, StageTotal] = field(
        default_factory=lambda: {s: StageTotal() for s in Stage}
    )
    _lock: Lock = field(default_factory=Lock)

    def add(self, stage: Stage, seconds: float) -> None:
        """Count one piece of work of a stage, which ends now."""
        ended = time.perf_counter()
        with self._lock:
            total = self._totals[stage]
            total.count += 1
            total.seconds += seconds
            total.longest = max(total.longest, seconds)
            total.began = min(total.began, ended - seconds)
            total.ended = ended
        if self.whole is not None:
            self.whole.add(stage, seconds)

    @contextmanager
    def measured(self, stage: Stage) -> Iterator[None]:
        """Count the block as one piece of work."""
        began = time.perf_counter()
        try:
            yield
        finally:
            self.add(stage, time.perf_counter() - began)

    def totals(self) -> dict[Stage, StageTotal]:
        """Return what came together for each stage since the beginning or the last `take`."""
        with self._lock:
            return {stage: replace(total) for stage, total in self._totals.items()}

    def take(self) -> dict[str, dict[str, float]]:
        """Return count, sum and maximum in milliseconds of each stage, and begin anew."""
        with self._lock:
            totals, self._totals = self._totals, {stage: StageTotal() for stage in Stage}
        return {
            stage.value: {
                "count": total.count,
                "ms": round(1000 * total.seconds, 1),
                "max_ms": round(1000 * total.longest, 1),
            }
            for stage, total in totals.items()
        }
