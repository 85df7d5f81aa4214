"""How long the stages of runs take, for `performance.performance_monitoring`.

Nothing of it is made, and no clock is read, while monitoring is off.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
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
class _Total:
    count: int = 0
    seconds: float = 0.0
    longest: float = 0.0


@dataclass(slots=True)
class StageTimes:
    """Counts and seconds by stage; many threads add to it. What a part adds, its whole has too."""

    whole: "StageTimes | None" = None
    _totals: dict[Stage, _Total] = field(default_factory=lambda: {s: _Total() for s in Stage})
    _lock: Lock = field(default_factory=Lock)

    def add(self, stage: Stage, seconds: float) -> None:
        """Count one piece of work of a stage."""
        with self._lock:
            total = self._totals[stage]
            total.count += 1
            total.seconds += seconds
            total.longest = max(total.longest, seconds)
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

    def take(self) -> dict[str, dict[str, float]]:
        """Return count, sum and maximum in milliseconds of each stage, and begin anew."""
        with self._lock:
            totals, self._totals = self._totals, {stage: _Total() for stage in Stage}
        return {
            stage.value: {
                "count": total.count,
                "ms": round(1000 * total.seconds, 1),
                "max_ms": round(1000 * total.longest, 1),
            }
            for stage, total in totals.items()
        }
