"""`performance.performance_monitoring`: what a replica does, in the log, once in each interval."""

import asyncio
from collections.abc import Callable

import structlog

from revitron_grpc.service.memory import resident_mb
from revitron_grpc.stage_times import StageTimes

# Often enough to see what a health check would wait for, seldom enough to cost nothing.
_PROBE_SECONDS = 0.05

_log = structlog.get_logger("revitron_grpc.performance")


class PerformanceMonitor:
    """Measures how late the event loop is, and logs it with the times of the stages."""

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

    async def watch(self) -> None:
        """Measure and log until cancelled."""
        loop = asyncio.get_running_loop()
        while True:
            lags: list[float] = []
            ends = loop.time() + self._interval
            while (before := loop.time()) < ends:
                await asyncio.sleep(_PROBE_SECONDS)
                lags.append(loop.time() - before - _PROBE_SECONDS)
            lags.sort()
            _log.info(
                "performance",
                interval_seconds=self._interval,
                loop_lag_ms={
                    "p50": _ms(lags[len(lags) // 2]),
                    "p99": _ms(lags[len(lags) * 99 // 100]),
                    "max": _ms(lags[-1]),
                },
                resident_mb=round(resident_mb(), 1),
                stages=self._times.take(),
                **self._counts(),
            )


def _ms(seconds: float) -> float:
    return round(1000 * max(0.0, seconds), 1)
