"""What a replica counts and measures, under names that Prometheus reads.

One object a replica, with a registry of its own, so that several replicas in one process do not
mix. Its methods are named after what happened, so that nobody else needs to know the library.
Every label has a bounded set of values: never a name of a caller, a key, a run or a tool.
"""

import platform
from collections.abc import Callable, Iterable, Mapping
from typing import Literal

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    ProcessCollector,
)
from prometheus_client.exposition import choose_encoder

from revitron_grpc.service.telemetry.momentary_metrics import MomentaryCollector
from revitron_grpc.v1 import button_service_pb2, catalog_service_pb2
from revitron_grpc.vocabulary import Criterion

Transport = Literal["grpc", "http"]
CacheOutcome = Literal["hit", "miss", "error"]
Authentication = Literal["accepted", "missing", "unknown", "expired", "revoked", "forbidden"]

OTHER = "other"
"""The label of a method that this release does not have."""

_PREFIX = "revitron_grpc"
# Seconds. A first button takes some 100 ms, 1,000 of them a minute.
_STREAM_BUCKETS = (0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60, 120)
_CALL_BUCKETS = (0.001, 0.005, *_STREAM_BUCKETS, 600)
_LAG_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5)
_STORE_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)

_METHODS: dict[str, tuple[str, str]] = {
    f"/{service.full_name}/{method.name}": (service.full_name, method.name)
    for module in (button_service_pb2, catalog_service_pb2)
    for service in module.DESCRIPTOR.services_by_name.values()
    for method in service.methods
}


class Metrics:
    """Everything that /metrics shows of one replica; may be called from any thread."""

    def __init__(self, release: str) -> None:
        registry = self._registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        GCCollector(registry=registry)
        self._gauge(
            "build_info",
            "Always 1; the release of the service and the Python that runs it.",
            ("version", "python_version"),
        ).labels(release, platform.python_version()).set(1)
        self._calls = self._counter(
            "calls", "Calls that ended.", ("transport", "service", "method", "code")
        )
        self._call_seconds = self._histogram(
            "call_duration_seconds",
            "Length of calls, streams included.",
            _CALL_BUCKETS,
            ("transport", "service", "method"),
        )
        self._calls_in_flight = self._gauge(
            "calls_in_flight", "Calls under way.", ("transport", "service", "method")
        )
        self._refused = self._counter(
            "calls_refused", "Calls that got an error on purpose, by its reason.", ("reason",)
        )
        self._first_button = self._histogram(
            "first_button_seconds",
            "From a run's request to its first button; resumed streams are left out.",
            _STREAM_BUCKETS,
        )
        self._last_button = self._histogram(
            "last_button_seconds",
            "From a run's request to its last button; resumed and broken streams are left out.",
            _STREAM_BUCKETS,
        )
        self._runs = self._counter(
            "runs", "Runs that ended.", ("outcome",), values=(("finished",), ("broken",))
        )
        self._resumed = self._counter("runs_resumed", "Streams that began with a resume token.")
        self._candidates = self._counter(
            "candidates",
            "Candidates that were decided, those that a resumed stream recomputes included.",
            ("outcome",),
            values=(("accepted",), ("rejected",)),
        )
        self._failed_criteria = self._counter(
            "candidates_rejected_by_criterion",
            "Rejected candidates by the criterion they failed; one may fail several.",
            ("criterion",),
            values=((criterion.value,) for criterion in Criterion),
        )
        self._failed_reviews = self._counter(
            "reviews_failed", "Items of ValidateButtons that met an error of the service."
        )
        self._pool_tasks = self._gauge("pool_tasks", "Candidates and items queued or in work.")
        self._pool_workers = self._gauge("pool_workers", "Workers of the pool.")
        self._window = self._gauge(
            "window_candidates", "Candidates in the windows of the runs under way."
        )
        self._loop_lag = self._histogram(
            "event_loop_lag_seconds", "How late the event loop wakes a sleeper.", _LAG_BUCKETS
        )
        self._ceiling = self._gauge(
            "memory_ceiling_bytes", "Resident memory above which new work is refused; 0 for none."
        )
        self._calls_limit = self._gauge(
            "calls_limit",
            "Calls under way above which more of a method, or in all, are refused.",
            ("method",),
        )
        self._cache_requests = self._counter(
            "cache_requests", "Questions to a cache.", ("cache", "outcome")
        )
        self._cache_evictions = self._counter(
            "cache_evictions", "Entries that made room for others.", ("cache",)
        )
        self._store_up = self._gauge(
            "store_up", "1 while a store answers, 0 while it does not.", ("store",)
        )
        self._store_failures = self._counter(
            "store_failures", "Calls to a store that failed.", ("store",)
        )
        self._store_seconds = self._histogram(
            "store_call_duration_seconds", "Length of calls to a store.", _STORE_BUCKETS, ("store",)
        )
        self._owed = self._gauge("runs_owed", "Runs spooled until the run store is back.")
        self._owed_bytes = self._gauge("runs_owed_bytes", "Size of the spool.")
        self._lost = self._counter("runs_lost", "Runs that neither store nor spool could take.")
        self._deleted = self._counter(
            "runs_deleted", "Stored runs that were deleted, by cause.", ("cause",)
        )
        self._quota_refusals = self._counter(
            "quota_refusals", "Calls refused because a key's quota was used up.", ("quota",)
        )
        self._authentications = self._counter(
            "authentications", "Keys that were looked at, by what came of it.", ("outcome",)
        )
        self._catalog = self._gauge(
            "catalog_info", "Always 1; the digest of the catalog in use.", ("digest",)
        )
        self._completeness = self._gauge(
            "catalog_completeness_ratio", "Completeness of the catalog, 0 to 1."
        )
        self._catalog_entries = self._gauge("catalog_entries", "Entries of the catalog's sources.")
        self._catalog_time = self._gauge(
            "catalog_refreshed_timestamp_seconds",
            "When the catalog was last refreshed, seconds since 1970; 0 for the packaged one.",
        )
        self._refreshes = self._counter(
            "catalog_refreshes", "Refreshes of the catalog, by outcome.", ("outcome",)
        )
        self._certificate = self._gauge(
            "certificate_expiry_timestamp_seconds",
            "When the server's certificate ends, seconds since 1970.",
        )
        self._now = MomentaryCollector(_PREFIX)
        registry.register(self._now)
        self._ready = self._gauge("ready", "1 while new work should be sent here.")

    def exposition(self, accept: str) -> tuple[bytes, str]:
        """Return what /metrics answers, and its content type, for an Accept header."""
        encode, content_type = choose_encoder(accept)
        return encode(self._registry), content_type

    # Calls

    def call_began(self, transport: Transport, method: str) -> None:
        """A call of our services began; `method` is its path."""
        self._calls_in_flight.labels(transport, *_known(method)).inc()

    def call_ended(self, transport: Transport, method: str, code: str, seconds: float) -> None:
        """That call ended with the name of a status code."""
        service, name = _known(method)
        self._calls_in_flight.labels(transport, service, name).dec()
        self._calls.labels(transport, service, name, code).inc()
        self._call_seconds.labels(transport, service, name).observe(seconds)

    def call_refused(self, reason: str) -> None:
        """A call got an error with this `Reason`."""
        self._refused.labels(reason).inc()

    def unknown_method_called(self, transport: Transport) -> None:
        """A method was called that this release does not have."""
        self._calls.labels(transport, OTHER, OTHER, "UNIMPLEMENTED").inc()

    # Runs

    def first_button(self, seconds: float) -> None:
        """A run sent its first button, so long after its request came."""
        self._first_button.observe(seconds)

    def last_button(self, seconds: float) -> None:
        """A run sent its last button, so long after its request came."""
        self._last_button.observe(seconds)

    def run_resumed(self) -> None:
        """A stream began with a resume token."""
        self._resumed.inc()

    def run_ended(
        self,
        *,
        finished: bool,
        accepted: int,
        rejected: int,
        by_criterion: Iterable[tuple[Criterion, int]],
    ) -> None:
        """A run ended, with its summary sent or without, after so many candidates."""
        self._runs.labels("finished" if finished else "broken").inc()
        self._candidates.labels("accepted").inc(accepted)
        self._candidates.labels("rejected").inc(rejected)
        for criterion, count in by_criterion:
            self._failed_criteria.labels(criterion.value).inc(count)

    def review_failed(self) -> None:
        """An item of `ValidateButtons` met an error that nobody foresaw."""
        self._failed_reviews.inc()

    # The process

    def watch_pool(self, workers: int, tasks: Callable[[], int], window: Callable[[], int]) -> None:
        """From now on ask these how much the pool, and the windows of all runs, hold."""
        self._pool_workers.set(workers)
        self._pool_tasks.set_function(tasks)
        self._window.set_function(window)

    def watch_health(
        self, ready: Callable[[], bool], components: Callable[[], Mapping[str, str]]
    ) -> None:
        """From now on ask these how the replica is: each component's condition in one word."""
        self._ready.set_function(ready)
        self._now.components = components

    def loop_lagged(self, seconds: float) -> None:
        """The event loop was so late."""
        self._loop_lag.observe(seconds)

    def memory_ceiling(self, max_mb: int) -> None:
        """New work is refused above so many MiB; 0 for no ceiling."""
        self._ceiling.set(max_mb * 1_048_576)

    def calls_limit(self, method: str, calls: int) -> None:
        """More calls of a method at once, or of all together (`all`), are refused."""
        self._calls_limit.labels(method).set(calls)

    def certificate_loaded(self, ends: float) -> None:
        """A certificate is in use that ends at this time, seconds since 1970."""
        self._certificate.set(ends)

    # Stores

    def cache_asked(self, cache: str, outcome: CacheOutcome) -> None:
        """A cache (`specs`, `research`, ...) was asked."""
        self._cache_requests.labels(cache, outcome).inc()

    def cache_evicted(self, cache: str, entries: int = 1) -> None:
        """Entries of a cache made room for others."""
        self._cache_evictions.labels(cache).inc(entries)

    def watch_cache(
        self, cache: str, entries: Callable[[], int], size_bytes: Callable[[], int]
    ) -> None:
        """From now on ask these how full a cache in memory is."""
        self._now.caches[cache] = (entries, size_bytes)

    def store_called(self, store: str, seconds: float, *, failed: bool = False) -> None:
        """A store (`redis`, `runs`, `keys`, ...) was called, and took so long."""
        self._store_seconds.labels(store).observe(seconds)
        if failed:
            self._store_failures.labels(store).inc()

    def store_up(self, store: str, *, up: bool) -> None:
        """A store answers, or does not any more."""
        self._store_up.labels(store).set(up)
        self._store_failures.labels(store)

    def runs_owed(self, runs: int, size_bytes: int) -> None:
        """So many runs, of so many bytes, wait in the spool."""
        self._owed.set(runs)
        self._owed_bytes.set(size_bytes)

    def run_lost(self) -> None:
        """A run could neither be stored nor spooled."""
        self._lost.inc()

    def runs_deleted(self, cause: Literal["retention", "owner"], runs: int) -> None:
        """Stored runs were deleted."""
        self._deleted.labels(cause).inc(runs)

    # Access

    def quota_refused(self, quota: str) -> None:
        """A call was refused by a quota, named by its setting."""
        self._quota_refusals.labels(quota).inc()

    def authenticated(self, outcome: Authentication) -> None:
        """A caller's key was looked at."""
        self._authentications.labels(outcome).inc()

    # The catalog

    def catalog_loaded(
        self, digest: str, completeness: float, entries: int, refreshed: float = 0.0
    ) -> None:
        """A catalog is in use; `refreshed` is when it was fetched, seconds since 1970."""
        self._catalog.clear()
        self._catalog.labels(digest).set(1)
        self._completeness.set(completeness)
        self._catalog_entries.set(entries)
        self._catalog_time.set(refreshed)

    def catalog_refreshed(self, *, succeeded: bool) -> None:
        """A refresh of the catalog ended."""
        self._refreshes.labels("succeeded" if succeeded else "failed").inc()

    def _counter(
        self,
        name: str,
        meaning: str,
        labels: tuple[str, ...] = (),
        values: Iterable[tuple[str, ...]] = (),
    ) -> Counter:
        """Make a counter; with `values` its children are there, at 0, before anything happens."""
        counter = Counter(f"{_PREFIX}_{name}", meaning, labels, registry=self._registry)
        for value in values:
            counter.labels(*value)
        return counter

    def _gauge(self, name: str, meaning: str, labels: tuple[str, ...] = ()) -> Gauge:
        return Gauge(f"{_PREFIX}_{name}", meaning, labels, registry=self._registry)

    def _histogram(
        self, name: str, meaning: str, buckets: tuple[float, ...], labels: tuple[str, ...] = ()
    ) -> Histogram:
        return Histogram(
            f"{_PREFIX}_{name}", meaning, labels, buckets=buckets, registry=self._registry
        )


def _known(method: str) -> tuple[str, str]:
    return _METHODS.get(method, (OTHER, OTHER))
