"""`performance.performance_monitoring`: what a replica does, in the log, once in each interval."""

import asyncio
import time
from collections.abc import Callable

import structlog

from revitron_grpc.service.process.memory import resident_mb
from revitron_grpc.stage_times import StageTimes

_log = structlog.get_logger("revitron_grpc.performance")


class PerformanceMonitor:
    """Logs how late the event loop was (see `loop_lag`), with the times of the stages."""

    def __init__(
        self,
        times: StageTimes,
        interval_seconds: float,
        counts: Callable[[], dict[str, int]],
    ) -> None:
        """`counts` says what is in flight, at the moment of each log line."""
        self._times = times
        self._interval = interval_seconds
        self._counts = counts
        self._lags: list[float] = []

    def lagged(self, seconds: float) -> None:
        """The event loop was so late."""
        self._lags.append(seconds)

    async def watch(self) -> None:
        """Log once in each interval until cancelled."""
        clock, cpu = time.monotonic(), time.process_time()
        while True:
            await asyncio.sleep(self._interval)
            before, cpu_before = clock, cpu
            clock, cpu = time.monotonic(), time.process_time()
            lags, self._lags = sorted(self._lags) or [0.0], []
            _log.info(
                "performance",
                interval_seconds=self._interval,
                loop_lag_ms={
                    "p50": _ms(lags[len(lags) // 2]),
                    "p99": _ms(lags[len(lags) * 99 // 100]),
                    "max": _ms(lags[-1]),
                },
                cpu_cores=round((cpu - cpu_before) / (clock - before), 3),
                resident_mb=round(resident_mb(), 1),
                stages=self._times.take(),
                **self._counts(),
            )


def _ms(seconds: float) -> float:
    return round(1000 * seconds, 1)
