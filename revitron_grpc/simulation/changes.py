"""What a run changed in a model: elements created, deleted, changed, and by which transactions."""

from dataclasses import dataclass, field
from typing import Any

from revitron_grpc.simulation.database import MISSING, Database, ElementRecord

# Settings that a user would call a change of the model; the rest is the session's bookkeeping.
_TOLD = frozenset(
    (
        "units",
        "worksets",
    )
)


@dataclass(frozen=True, slots=True)
class ElementChange:
    """One element that is there before and after, and differs.

    `data` and `values` hold before and after by key; `values` by parameter id.
    """

    record: ElementRecord
    data: dict[str, tuple[Any, Any]]
    values: dict[int, tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class Changes:
    """The difference between a model before and after a run."""

    created: tuple[ElementRecord, ...] = ()
    deleted: tuple[ElementRecord, ...] = ()
    changed: tuple[ElementChange, ...] = ()
    transactions: tuple[str, ...] = ()
    settings: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    """What belongs to the document and not to an element, before and after, by key."""

    @property
    def none(self) -> bool:
        """Whether the model is as it was."""
        return not (self.created or self.deleted or self.changed or self.settings)


def changes_of(database: Database) -> Changes:
    """Return what the journal of a database comes to."""
    created: dict[int, ElementRecord] = {}
    deleted: dict[int, ElementRecord] = {}
    first: dict[tuple[int, str, Any], Any] = {}
    records: dict[int, ElementRecord] = {}
    for entry in database.journal[database.baseline :]:
        record = entry.record
        if record is None:
            continue
        records[record.id] = record
        if entry.where == "add":
            created[record.id] = record
        elif entry.where == "remove":
            if record.id in created:
                del created[record.id]
            else:
                deleted[record.id] = record
        else:
            first.setdefault((record.id, entry.where, entry.key), entry.before)
    changed: dict[int, ElementChange] = {}
    for (number, where, key), before in first.items():
        if number in created or number in deleted or not records[number].alive:
            continue
        record = records[number]
        held = record.data if where == "data" else record.values
        before = None if before is MISSING else before
        after = held.get(key)
        if before == after:
            continue
        change = changed.setdefault(number, ElementChange(record, {}, {}))
        (change.data if where == "data" else change.values)[key] = (before, after)
    return Changes(
        tuple(created.values()),
        tuple(deleted.values()),
        tuple(changed.values()),
        tuple(database.committed),
        _settings_changed(database),
    )


def _settings_changed(database: Database) -> dict[str, tuple[Any, Any]]:
    first: dict[str, Any] = {}
    for entry in database.journal[database.baseline :]:
        if entry.where == "settings" and entry.key in _TOLD:
            first.setdefault(entry.key, None if entry.before is MISSING else entry.before)
    held = database.settings
    return {key: (was, held.get(key)) for key, was in first.items() if was != held.get(key)}
