"""The run store: what was generated, for whom, and what they thought of it.

All writes may be repeated and may come late, in any order and from any replica: what is known of a
run only grows. Of two states the later one counts, and FINISHED counts for good.
"""

from datetime import datetime
from enum import StrEnum
from typing import Protocol

import msgspec


class RunState(StrEnum):
    """What became of a run."""

    RUNNING = "running"
    """It is under way, or its stream broke and may be resumed."""
    FINISHED = "finished"
    """It ended with a summary."""
    CANCELLED = "cancelled"
    """Its caller went away; a resumed one is RUNNING again."""
    FAILED = "failed"
    """It ended with an error."""


class Verdict(StrEnum):
    """What its user does with a button."""

    NONE = "none"
    KEEP = "keep"
    REJECT = "reject"


class BegunRun(msgspec.Struct, frozen=True, kw_only=True, tag="begun"):
    """A run as it began.

    `created` is when it was accepted, as far as the replica that resumes it knows, and `resumed`
    when that was. `request` is the contract's message without existing tools and token;
    `rejected_ideas` are the ids of the ideas that its owner had rejected, in order, which the plan
    digest covers.
    """

    run_id: str
    owner: str
    plan_digest: str
    created: datetime
    resumed: datetime | None = None
    request: bytes
    rejected_ideas: tuple[str, ...] = ()


class RunButton(msgspec.Struct, frozen=True):
    """A button that a run delivered; `ordinal` counts from 1."""

    ordinal: int
    idea_id: str
    title: str
    category: str


class EndedRun(msgspec.Struct, frozen=True, kw_only=True, tag="ended"):
    """A run whose call has ended, with all that is known of it, in case its beginning got lost.

    `state` RUNNING stands for a stream that the service itself broke off. `summary` is the
    contract's message, None unless the state is FINISHED.
    """

    run: BegunRun
    state: RunState
    ended: datetime
    summary: bytes | None = None
    buttons: tuple[RunButton, ...] = ()


class Rating(msgspec.Struct, frozen=True, kw_only=True):
    """What an owner thinks of an idea; `stars` are 1 to 5."""

    verdict: Verdict
    changed: datetime
    stars: int | None = None
    comment: str = ""


class StoredRun(msgspec.Struct, frozen=True, kw_only=True):
    """A run as it stands in the store; `ratings` are its owner's, by id of the idea."""

    begun: BegunRun
    state: RunState
    ended: datetime | None = None
    summary: bytes | None = None
    buttons: tuple[RunButton, ...] = ()
    ratings: dict[str, Rating] = msgspec.field(default_factory=dict)


class RunFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which runs are meant: `owner` None for everybody's, no `states` for all."""

    owner: str | None
    states: tuple[RunState, ...] = ()
    created_after: datetime | None = None
    created_before: datetime | None = None


class RunPlace(msgspec.Struct, frozen=True):
    """Where a run stands in a list: the next page begins behind it."""

    created: datetime
    run_id: str


class Deleted(msgspec.Struct, frozen=True):
    """How much was deleted."""

    runs: int
    ratings: int


class RunStore(Protocol):
    """Where runs are kept. Synchronous; may be used from several threads.

    Each method raises `StoreUnavailableError` where the store does not answer, and has changed
    nothing then.
    """

    def begin(self, run: BegunRun) -> None:
        """Store that a run began, or goes on after its stream broke."""
        ...

    def finish(self, run: EndedRun) -> None:
        """Store how a run ended, and what it delivered."""
        ...

    def get(self, run_id: str) -> StoredRun | None:
        """Return a run with its buttons and their ratings, None if there is none."""
        ...

    def list(self, wanted: RunFilter, limit: int, after: RunPlace | None = None) -> list[StoredRun]:
        """Return runs, newest first, without buttons and ratings, at most `limit`."""
        ...

    def rate(self, owner: str, idea_id: str, rating: Rating) -> Rating:
        """Store what an owner thinks of an idea, unless a later rating is known; returns that."""
        ...

    def rejected_ideas(self, owner: str) -> tuple[str, ...]:
        """Return the ids of the ideas that an owner does not want again, in order."""
        ...

    def delete_run(self, run_id: str) -> bool:
        """Delete a run with its buttons; ratings stay. Says whether there was one."""
        ...

    def delete_before(self, moment: datetime, limit: int) -> int:
        """Delete runs that were accepted before, the oldest first, at most `limit`."""
        ...

    def delete_owner(self, owner: str) -> Deleted:
        """Delete all that belongs to an owner: runs, buttons, ratings."""
        ...

    def close(self) -> None:
        """Let go of the connections."""
        ...


def encoded(record: BegunRun | EndedRun) -> bytes:
    """Return a record as JSON, for a store that is away."""
    return msgspec.json.encode(record)


def save(store: RunStore, record: bytes) -> None:
    """Write a record that was `encoded` to a store.

    Raises `StoreUnavailableError` where it does not answer, `msgspec.DecodeError` for what is no
    record of this release.
    """
    match msgspec.json.decode(record, type=BegunRun | EndedRun):
        case BegunRun() as begun:
            store.begin(begun)
        case EndedRun() as ended:
            store.finish(ended)


def place_of(run: StoredRun) -> RunPlace:
    """Return where a run stands in a list."""
    return RunPlace(run.begun.created, run.begun.run_id)
