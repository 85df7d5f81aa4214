"""Admission: which calls this replica takes on, and what it tells the others.

Limits count accepted calls, here and not in the proxy. Everything that starts work for a caller
goes through `Admission.admit`, from the gRPC port and from the side port alike; health never
does, so that it is answered when a limit is hit.
"""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum
from typing import Any
from weakref import WeakKeyDictionary

from revitron_grpc.errors import Reason, RevitronGrpcError
from revitron_grpc.settings import ServerSettings


def draining() -> RevitronGrpcError:
    """Return what calls are told that a replica which ends does not take, or cuts off."""
    return RevitronGrpcError(
        Reason.DRAINING, "this replica is shutting down; another one will serve the call"
    )


class Work(StrEnum):
    """What a call asks for; each has a limit of its own."""

    RUN = "generation run"
    VALIDATION = "validation"
    LOOKUP = "lookup"


class Admission:
    """Counts the calls in flight by kind of work; belongs to one event loop."""

    def __init__(self, settings: ServerSettings) -> None:
        self._limits = {
            Work.RUN: settings.max_concurrent_runs,
            Work.VALIDATION: settings.max_concurrent_validations,
            # A lookup ends in a moment, so the limit on all calls is enough.
            Work.LOOKUP: settings.max_concurrent_calls,
        }
        self._most = settings.max_concurrent_calls
        self._in_flight: Counter[Work] = Counter()
        self._shortage = ""
        self._draining = False
        # The task of each call, and the id of the key with which it came.
        self._tasks: dict[asyncio.Task[Any], str] = {}
        self._cut_off: WeakKeyDictionary[asyncio.Task[Any], RevitronGrpcError] = WeakKeyDictionary()
        self._idle = asyncio.Event()
        self._idle.set()

    @contextmanager
    def admit(self, work: Work, key_id: str = "") -> Iterator[None]:
        """Count one call for the length of the block; `key_id` names the key that let it in.

        Raises `RevitronGrpcError`: DRAINING while the replica shuts down, OVERLOADED at a limit
        or while there is a shortage. Both tell the caller when to come back.
        """
        self._check(work)
        self._in_flight[work] += 1
        self._idle.clear()
        try:
            with self.hold(key_id):
                yield
        finally:
            self._in_flight[work] -= 1
            if not self._in_flight.total():
                self._idle.set()

    @contextmanager
    def hold(self, key_id: str) -> Iterator[None]:
        """Know of a call that counts nowhere, such as reflection, so that it can be cut off."""
        task = asyncio.current_task()
        if task is not None:
            self._tasks[task] = key_id
        try:
            yield
        finally:
            if task is not None:
                self._tasks.pop(task, None)

    def in_flight(self, work: Work) -> int:
        """Calls of this kind that are under way."""
        return self._in_flight[work]

    def report_shortage(self, reason: str) -> None:
        """Refuse new work for this reason until it is reported as empty; calls under way go on."""
        self._shortage = reason

    def refuse_new_work(self) -> None:
        """Refuse new work for good, as DRAINING; calls under way go on."""
        self._draining = True

    async def wait_until_idle(self, seconds: float) -> bool:
        """Wait at most so long until no call is under way, and say whether it came to that."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._idle.wait(), seconds)
        return self._idle.is_set()

    def keys_in_flight(self) -> set[str]:
        """The ids of the keys with which calls under way were let in."""
        return {key_id for key_id in self._tasks.values() if key_id}

    def cut_calls_off(
        self, why: RevitronGrpcError | None = None, *, key_id: str | None = None
    ) -> int:
        """Cancel the calls that are still under way, or those of one key; returns how many.

        `why_cut_off` then says in each of them that it was us, and what its caller is told: that
        the replica ends, if nothing else is given.
        """
        told = why or draining()
        cut = [task for task, key in self._tasks.items() if key_id is None or key == key_id]
        for task in cut:
            self._cut_off[task] = told
            task.cancel()
        return len(cut)

    @property
    def cuts_this_off(self) -> bool:
        """Whether the call of the current task is being cut off by us."""
        return asyncio.current_task() in self._cut_off

    def why_cut_off(self) -> RevitronGrpcError | None:
        """Say why the call of the current task was cut off, once; None if it was not us."""
        task = asyncio.current_task()
        return None if task is None else self._cut_off.pop(task, None)

    def _check(self, work: Work) -> None:
        if self._draining:
            raise draining()
        if self._shortage:
            raise RevitronGrpcError(
                Reason.OVERLOADED, f"this replica takes no new work: {self._shortage}"
            )
        limit = self._limits[work]
        if self._in_flight[work] >= limit:
            raise RevitronGrpcError(
                Reason.OVERLOADED,
                f"{limit} {work.value}s are in flight, the most that this replica admits",
            )
        if self._in_flight.total() >= self._most:
            raise RevitronGrpcError(
                Reason.OVERLOADED,
                f"{self._most} calls are in flight, the most that this replica admits",
            )
