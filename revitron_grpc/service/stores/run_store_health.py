"""What an administrator hears of the run store, and of what is owed to it."""

from typing_extensions import override

from revitron_grpc.service.health import HealthBoard
from revitron_grpc.service.stores.store_health import StoreHealth
from revitron_grpc.service.telemetry.metrics import Metrics

_STORE = _COMPONENT = "runs"
_WITHOUT = "runs are owed to it, and what was rejected lately may be offered again"


class RunStoreHealth(StoreHealth):
    """Tells about the run store (a `StoreWatch`) and the spool (an `OwedWatch`)."""

    def __init__(self, board: HealthBoard, metrics: Metrics) -> None:
        super().__init__(_STORE, _COMPONENT, _WITHOUT, board, metrics)
        self._reason = ""
        self._owed = ""
        self._in_memory = 0
        metrics.runs_owed(0, 0)

    @override
    def went_away(self, reason: str) -> None:
        """Warn, once for each outage."""
        super().went_away(reason)
        self._reason = f"the run store is away: {reason}; {_WITHOUT}"
        self._tell()

    @override
    def came_back(self) -> None:
        """Say that it is back; what is owed is written now."""
        super().came_back()
        self._reason = ""
        self._tell()

    def owes(self, records: int, size_bytes: int, in_memory: int) -> None:
        """So many records are owed, `in_memory` of them nowhere else."""
        self._metrics.runs_owed(records, size_bytes)
        self._owed = f"{records} records of runs are owed, {size_bytes} bytes"
        if not records:
            self._owed = ""
        self._in_memory = in_memory
        self._tell()

    def lost(self) -> None:
        """What is known of a run is lost, or the store refused it."""
        self._metrics.run_lost()

    def _tell(self) -> None:
        """Degraded are a store that is away and a spool that is full; owing alone is no trouble."""
        full = f"{self._in_memory} of them in memory alone" if self._in_memory else ""
        troubled = self._reason or full
        told = [part for part in (self._reason, self._owed, full) if part]
        self._board.report_store(self._component, "; ".join(told) if troubled else "")
