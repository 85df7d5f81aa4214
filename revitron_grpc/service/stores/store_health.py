"""What an administrator hears of a store: one line for each outage, metrics, a part of /health."""

import structlog

from revitron_grpc.service.health import HealthBoard
from revitron_grpc.service.telemetry.metrics import Metrics
from revitron_grpc.service.telemetry.tracing import trace_past

_log = structlog.get_logger("revitron_grpc.stores")


class StoreHealth:
    """Tells logs, metrics and health about one store (a `StoreWatch`)."""

    def __init__(
        self, store: str, component: str, without: str, board: HealthBoard, metrics: Metrics
    ) -> None:
        """`store` names it in logs and metrics, `component` in /health.

        `without` says what the service does while the store is away.
        """
        self._store = store
        self._component = component
        self._without = without
        self._board = board
        self._metrics = metrics
        self._away = False

    def called(self, seconds: float, *, failed: bool) -> None:
        """Measure a call."""
        self._metrics.store_called(self._store, seconds, failed=failed)
        trace_past(self._store, seconds, failed=failed)

    def went_away(self, reason: str) -> None:
        """Warn, once for each outage."""
        self._away = True
        _log.warning("store away", store=self._store, reason=reason, meanwhile=self._without)
        self._metrics.store_up(self._store, up=False)
        self._board.report_store(
            self._component, f"{self._store} is away: {reason}; {self._without}"
        )

    def came_back(self) -> None:
        """Say that it is back; the first time it was merely there."""
        if self._away:
            _log.warning("store back", store=self._store)
        self._away = False
        self._metrics.store_up(self._store, up=True)
        self._board.report_store(self._component)
