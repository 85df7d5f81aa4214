"""Quotas: how many calls each key gets in a minute, an hour, a day.

What counts is a call that was admitted and whose request is in order, on either port. A stream
that goes on after it broke belongs to the run that was counted when it began.
"""

from revitron_grpc.access.caller import Caller, current_caller
from revitron_grpc.errors import QuotaExceededError
from revitron_grpc.service.telemetry.metrics import Metrics
from revitron_grpc.settings import QuotaSettings
from revitron_grpc.storage.quota_counters import QuotaCounters

FREE_RESUMES_AN_HOUR = 60
"""So often a run is resumed without being counted anew: more than breaks, and no free runs."""

_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400
# The shortest first: what one refuses has not been counted by any that lasts longer.
_CALLS = (("calls_per_minute", _MINUTE), ("calls_per_hour", _HOUR), ("calls_per_day", _DAY))
_RUNS = (("runs_per_day", _DAY),)


class Quotas:
    """Counts the calls of whoever is served; nobody in particular is not counted."""

    def __init__(self, settings: QuotaSettings, counters: QuotaCounters, metrics: Metrics) -> None:
        self._settings = settings
        self._counters = counters
        self._metrics = metrics

    async def count_call(self) -> None:
        """Count a call. Raises `QuotaExceededError` for one that is one too many."""
        await self._count(_CALLS)

    async def count_run(self, resumed_run: str = "") -> None:
        """Count the call of a new run, or one that resumes the run of that id.

        Raises `QuotaExceededError` for one that is one too many.
        """
        if resumed_run:
            resumes = await self._counters.count(
                f"resumes:{resumed_run}", _HOUR, FREE_RESUMES_AN_HOUR
            )
            if resumes.granted:
                return
        await self._count((*_CALLS, *_RUNS))

    async def _count(self, quotas: tuple[tuple[str, int], ...]) -> None:
        caller = current_caller()
        subject = _subject(caller)
        if not subject:
            return
        for quota, seconds in quotas:
            own = getattr(caller.quota, quota)
            limit = getattr(self._settings, quota) if own is None else own
            if not limit:
                continue
            counted = await self._counters.count(f"{quota}:{subject}", seconds, limit)
            if not counted.granted:
                self._metrics.quota_refused(quota)
                raise QuotaExceededError(subject, quota, limit, counted.retry_seconds)


def _subject(caller: Caller) -> str:
    """Whose calls are counted together: those of a key, else those of a certificate's owner."""
    if caller.key_id:
        return f"key:{caller.key_id}"
    return f"owner:{caller.owner}" if caller.owner else ""
