"""The memory ceiling: no new work above it, until there is room again."""

import asyncio
import ctypes
import gc
import sys
from collections.abc import Callable

import psutil
import structlog

from revitron_grpc.errors import FieldViolation, InvalidInputError, Reason
from revitron_grpc.service.admission import Admission
from revitron_grpc.service.health import Component, HealthBoard

# Reading takes 10 microseconds; a stream makes a few megabytes in this time.
SAMPLE_SECONDS = 0.5
# New work is taken again below this share of the ceiling, so that a replica does not flicker.
_RESUME_SHARE = 0.9
# What new work needs, and so is refused above the ceiling.
_AFFECTED = (Component.GENERATION, Component.VALIDATION)

_log = structlog.get_logger("revitron_grpc.memory")
_process = psutil.Process()


def resident_mb() -> float:
    """Resident memory of this process in MiB, without the processes of its pool."""
    return _process.memory_info().rss / 1_048_576


def release_memory() -> None:
    """Collect garbage and hand free memory back to the system, where the C library can."""
    gc.collect()
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # musl has none
        if trim is not None:
            trim(0)


class MemoryCeiling:
    """Watches resident memory on a timer and closes admission above a ceiling.

    Streams under way go on: they end, and with them what they hold.
    """

    def __init__(
        self,
        max_mb: int,
        admission: Admission,
        board: HealthBoard,
        *,
        read_mb: Callable[[], float] = resident_mb,
        sample_seconds: float = SAMPLE_SECONDS,
    ) -> None:
        self._max_mb = max_mb
        self._admission = admission
        self._board = board
        self._read_mb = read_mb
        self._sample_seconds = sample_seconds
        self._above = False

    def check_start(self) -> None:
        """Raise `InvalidInputError` if the ceiling leaves no room for work from the beginning."""
        used, needed = self._read_mb(), self._max_mb * _RESUME_SHARE
        if used >= needed:
            raise InvalidInputError(
                Reason.INVALID_CONFIGURATION,
                (
                    FieldViolation(
                        "performance.memory_management.max_memory_mb",
                        f"{self._max_mb} leaves no room for work: the service holds {used:.0f} MB "
                        "before the first call; give at least twice that, or 0 for no ceiling",
                    ),
                ),
            )

    async def watch(self) -> None:
        """Sample until cancelled."""
        while True:
            self.sample()
            await asyncio.sleep(self._sample_seconds)

    def sample(self) -> None:
        """Look once, and close or open admission."""
        used = self._read_mb()
        if self._above:
            # What ended streams left behind is free, but not yet the system's.
            release_memory()
            used = self._read_mb()
        above = used >= self._max_mb * (_RESUME_SHARE if self._above else 1)
        if above == self._above:
            return
        self._above = above
        reason = (
            f"memory: {used:.0f} MB resident, the ceiling is {self._max_mb} MB" if above else ""
        )
        self._admission.report_shortage(reason)
        for component in _AFFECTED:
            self._board.degrade(component, reason)
        self._board.refuse_new_work(reason)
        _log.warning("memory ceiling", above=above, used_mb=round(used), max_mb=self._max_mb)
