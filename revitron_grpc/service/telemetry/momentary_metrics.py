"""What is asked for when somebody reads the metrics, and costs nothing in between."""

from collections.abc import Callable, Iterable, Mapping

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from revitron_grpc.service.telemetry.logged_events import LOGGED

CONDITIONS = ("SERVING", "DEGRADED", "NOT_SERVING")
"""The states of a component, as `health.Condition` has them."""


class MomentaryCollector(Collector):
    """The states of the components, how full the caches in memory are, what the log warned of."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self.components: Callable[[], Mapping[str, str]] = dict
        self.caches: dict[str, tuple[Callable[[], int], Callable[[], int]]] = {}

    def collect(self) -> Iterable[Metric]:
        """Yield the families as they are now; without a value while nobody said whom to ask."""
        state = self._family(
            "component_state",
            "1 for the state that a component is in, 0 for the others.",
            ("component", "state"),
        )
        for component, condition in self.components().items():
            for known in CONDITIONS:
                state.add_metric((component, known), float(known == condition))
        yield state
        entries = self._family("cache_entries", "Entries of a cache in memory.", ("cache",))
        size = self._family("cache_size_bytes", "Size of a cache in memory.", ("cache",))
        for cache, (count, size_bytes) in self.caches.items():
            entries.add_metric((cache,), count())
            size.add_metric((cache,), size_bytes())
        yield entries
        yield size
        events = CounterMetricFamily(
            f"{self._prefix}_log_events",
            "Warnings and errors in the log of the process, from logging.level on.",
            labels=("event", "level"),
        )
        for (event, level), count in LOGGED.counts().items():
            events.add_metric((event, level), count)
        yield events

    def _family(self, name: str, meaning: str, labels: tuple[str, ...]) -> GaugeMetricFamily:
        return GaugeMetricFamily(f"{self._prefix}_{name}", meaning, labels=labels)
