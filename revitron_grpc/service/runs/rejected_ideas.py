"""Which ideas an owner rejected: now, for a new run, and when a run began, for a resumed one."""

from dataclasses import dataclass
from datetime import datetime
from threading import Lock

import structlog
from cachetools import LRUCache

from revitron_grpc.errors import StoreUnavailableError
from revitron_grpc.service.stores.store_calls import StoreCalls
from revitron_grpc.storage.runs import RunStore

# Owners whose rejections are remembered for when the store is away.
_MOST_OWNERS = 10_000
_UNCERTAIN = (
    "The database of the service is away: ideas that were rejected lately may be offered again."
)

_log = structlog.get_logger("revitron_grpc.runs")


@dataclass(frozen=True, slots=True)
class Rejections:
    """What an owner had rejected at one time; `notices` are for the caller."""

    ideas: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RememberedRun:
    """What is known of a run that is to be resumed.

    `possible` are the rejections with which it may have begun, the likeliest first; its plan digest
    says which it was. `created` is None if the store does not have it. `away` says why the store
    could not be read, "" if it could.
    """

    possible: tuple[tuple[str, ...], ...]
    created: datetime | None = None
    away: str = ""


UNKNOWN_RUN = RememberedRun(((),))
"""A run of a service that stores nothing: nobody rejected anything."""


class RejectedIdeas:
    """Asks the store, and remembers what it said."""

    def __init__(self, store: RunStore, calls: StoreCalls) -> None:
        self._store = store
        self._calls = calls
        self._known: LRUCache[str, tuple[str, ...]] = LRUCache(_MOST_OWNERS)
        self._guard = Lock()

    async def now(self, owner: str) -> Rejections:
        """Return what an owner does not want, as far as can be known; never fails."""
        try:
            return Rejections(await self._calls.call(lambda: self.read(owner)))
        except StoreUnavailableError as error:
            _log.warning("rejected ideas not read", owner=owner, reason=error.message)
            return Rejections(self._last_known(owner), (_UNCERTAIN,))

    async def of_run(self, run_id: str, owner: str) -> RememberedRun:
        """Return with which rejections a run of this owner may have begun; never fails."""
        known = self._last_known(owner)
        try:
            run = await self._calls.call(lambda: self._store.get(run_id))
            if run is not None and run.begun.owner == owner:
                return RememberedRun((run.begun.rejected_ideas,), run.begun.created)
            # Another replica may owe it to the store still.
            today = await self._calls.call(lambda: self.read(owner))
        except StoreUnavailableError as error:
            return RememberedRun(_distinct(known, ()), away=error.message)
        return RememberedRun(_distinct(known, today, ()))

    def read(self, owner: str) -> tuple[str, ...]:
        """Read what an owner does not want, in a thread, and remember it.

        Raises `StoreUnavailableError` where the store does not answer.
        """
        found = self._store.rejected_ideas(owner)
        with self._guard:
            self._known[owner] = found
        return found

    def _last_known(self, owner: str) -> tuple[str, ...]:
        with self._guard:
            return self._known.get(owner, ())


def _distinct(*possible: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    return tuple(dict.fromkeys(possible))
