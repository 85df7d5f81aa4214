"""Sample models by name, built once and lent to one run at a time."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from revitron_grpc.simulation.database import Database
from revitron_grpc.simulation.models import SAMPLE_MODELS

_KEPT = 8
"""Built copies of one model that are kept: as many as threads use it at once."""


class SampleModels:
    """Lends sample models; one that comes back is as it was first, whatever a run did."""

    def __init__(self, builders: dict[str, Callable[[], Database]] | None = None) -> None:
        self._builders = SAMPLE_MODELS if builders is None else builders
        self._free: dict[str, list[Database]] = {}
        self._lock = threading.Lock()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all sample models."""
        return tuple(sorted(self._builders))

    @contextmanager
    def lent(self, name: str) -> Iterator[Database]:
        """Lend a model for one run; raises `KeyError` for a name that no model has."""
        builder = self._builders[name]
        with self._lock:
            free = self._free.setdefault(name, [])
            database = free.pop() if free else None
        if database is None:
            database = builder()
        try:
            yield database
        finally:
            database.restore()
            for linked in database.settings.get("links", {}).values():
                linked.restore()
            with self._lock:
                if len(free) < _KEPT:
                    free.append(database)
