"""The content of one simulated document: elements as plain records, and a journal of changes.

The journal serves three ends: roll-back as Revit does it, the diff that a scenario asserts, and
the return of a sample model to its first state, so that the next run need not build it again.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from revitron_grpc.simulation.errors import revit_error

INVALID = -1
"""The number of the invalid element id."""


class ElementRecord:
    """One element: `kind` is its type's full name, `data` what its members tell.

    Values in `data` and `values` are never changed in place, so that the journal can hold them.
    `values` holds what parameters store, by parameter id: numbers in Revit's internal units, text,
    or the number of an element id.
    """

    __slots__ = ("alive", "data", "database", "handle", "id", "kind", "values")

    def __init__(self, database: "Database", number: int, kind: str, handle: str) -> None:
        self.database = database
        self.id = number
        self.kind = kind
        self.handle = handle
        self.data: dict[str, Any] = {}
        self.values: dict[int, Any] = {}
        self.alive = True

    def __repr__(self) -> str:
        return f"<{self.kind.rpartition('.')[2]} {self.handle} {self.id}>"


@dataclass(frozen=True, slots=True)
class Entry:
    """One step of the journal: what was there before.

    `where` is data, values, add, remove or settings; `record` is None for settings.
    """

    where: str
    record: Any
    key: Any = None
    before: Any = None


MISSING: Any = object()
"""Stands in the journal for a key that was not there."""


@dataclass
class Database:
    """All elements of a document, and what is open on it."""

    title: str = "Sample"
    path: str = ""
    language: str = "en"
    is_linked: bool = False
    is_read_only: bool = False
    is_workshared: bool = False
    is_family: bool = False
    user: str = "author"
    elements: dict[int, ElementRecord] = field(default_factory=dict)
    settings: dict[str, Any] = field(default_factory=dict)
    """What belongs to the document and not to an element: units, active view, project position."""
    journal: list[Entry] = field(default_factory=list)
    transaction: str | None = None
    parts: int = 0
    """How many sub-transactions are open, one inside the other."""
    groups: list[str] = field(default_factory=list)
    """Names of the transaction groups that are open, the outermost first."""
    committed: list[str] = field(default_factory=list)
    """Names of the transactions that were committed, in order."""
    next_id: int = 100_001
    stale: dict[int, dict[str, Any]] = field(default_factory=dict)
    """Data of changed elements as derived values still see it (behaviour 5)."""
    stale_values: dict[int, dict[int, Any]] = field(default_factory=dict)
    """The same of what parameters store."""
    document: Any = None
    """The Document object of the run that holds this database."""
    generation: int = 0
    """Counts elements added and removed."""
    baseline: int = 0
    """Where in the journal the run begins; before it are a scenario's own preparations."""
    sealed_settings: dict[str, Any] = field(default_factory=dict)
    found: dict[str, tuple[int, Any]] = field(default_factory=dict)
    """What was looked for among all elements, and the generation in which it was found."""

    # Reading

    def once(self, key: str, look: Callable[[], Any]) -> Any:
        """Return what `look` finds among the elements; it looks again once one came or went."""
        held = self.found.get(key)
        if held is None or held[0] != self.generation:
            held = self.found[key] = (self.generation, look())
        return held[1]

    def get(self, number: int) -> ElementRecord | None:
        """Return the element of that id, or None."""
        return self.elements.get(number)

    def of_kind(self, *kinds: str) -> Iterator[ElementRecord]:
        """Return the elements whose simple or full type name is one of `kinds`."""
        for record in list(self.elements.values()):
            if record.kind in kinds or record.kind.rpartition(".")[2] in kinds:
                yield record

    def by_handle(self, handle: str) -> ElementRecord:
        """Return the element that a sample model calls `handle`; raises `KeyError`."""
        for record in self.elements.values():
            if record.handle == handle:
                return record
        raise KeyError(handle)

    def derived_data(self, record: ElementRecord) -> dict[str, Any]:
        """Return the data that derived values are made from: as of the last regeneration."""
        return self.stale.get(record.id, record.data) if self.stale else record.data

    def derived_values(self, record: ElementRecord) -> dict[int, Any]:
        """Return what parameters stored at the last regeneration."""
        if not self.stale_values:
            return record.values
        return self.stale_values.get(record.id, record.values)

    # Writing

    def check_writable(self) -> None:
        """Raise what Revit raises where nothing may be changed now."""
        if self.transaction is None:
            raise revit_error(
                "ModificationOutsideTransactionException",
                "Attempt to modify the model outside of transaction.",
            )

    def add(self, kind: str, handle: str = "", **data: Any) -> ElementRecord:
        """Create an element; `kind` is the full or simple name of a type in Autodesk.Revit.DB."""
        self.check_writable()
        full = kind if kind.startswith("Autodesk.") else f"Autodesk.Revit.DB.{kind}"
        number = self.next_id
        self.next_id += 1
        record = ElementRecord(self, number, full, handle or f"new-{number}")
        record.data.update(data)
        self.elements[number] = record
        self.generation += 1
        self.journal.append(Entry("add", record))
        self.stale[number] = {}
        return record

    def remove(self, record: ElementRecord) -> None:
        """Delete one element, without what depends on it."""
        self.check_writable()
        del self.elements[record.id]
        record.alive = False
        self.generation += 1
        self.journal.append(Entry("remove", record))

    def write(self, record: ElementRecord, key: str, value: Any) -> None:
        """Set one piece of an element's data; nothing happens where it is the same."""
        self.check_writable()
        before = record.data.get(key, MISSING)
        if before is value:
            return
        if record.id not in self.stale:
            self.stale[record.id] = dict(record.data)
        self.journal.append(Entry("data", record, key, before))
        record.data[key] = value

    def write_value(self, record: ElementRecord, parameter: int, value: Any) -> None:
        """Set what a parameter stores."""
        self.check_writable()
        before = record.values.get(parameter, MISSING)
        if record.id not in self.stale_values:
            self.stale_values[record.id] = dict(record.values)
        self.journal.append(Entry("values", record, parameter, before))
        record.values[parameter] = value

    def write_setting(self, key: str, value: Any) -> None:
        """Set something of the document itself, so that it can be taken back."""
        self.check_writable()
        before = self.settings.get(key, MISSING)
        self.journal.append(Entry("settings", None, key, before))
        self.settings[key] = value

    def regenerate(self) -> None:
        """Bring derived values up to date."""
        self.stale.clear()
        self.stale_values.clear()

    # Undo

    def undo_to(self, mark: int) -> None:
        """Take back all entries of the journal from `mark` on."""
        while len(self.journal) > mark:
            entry = self.journal.pop()
            record = entry.record
            if entry.where == "settings":
                _put_back(self.settings, entry)
            elif entry.where == "add":
                self.elements.pop(record.id, None)
                record.alive = False
                self.generation += 1
            elif entry.where == "remove":
                self.elements[record.id] = record
                record.alive = True
                self.generation += 1
            else:
                _put_back(record.data if entry.where == "data" else record.values, entry)
        self.regenerate()

    def seal(self) -> None:
        """Take what is there as the first state: the end of building a sample model."""
        self.journal.clear()
        self.committed.clear()
        self.regenerate()
        self.transaction = None
        self.sealed_settings = dict(self.settings)

    def restore(self) -> None:
        """Return to the first state, whatever a run did or left open."""
        removed = any(entry.where == "remove" for entry in self.journal)
        self.undo_to(0)
        if removed:
            # Elements that came back stand at the end; collectors give them in order of id.
            self.elements = dict(sorted(self.elements.items()))
        self.settings = dict(self.sealed_settings)
        self.next_id = 1 + max(self.elements, default=100_000)
        self.baseline = 0
        self.transaction = None
        self.parts = 0
        self.groups.clear()
        self.committed.clear()
        self.document = None


def _put_back(held: dict[Any, Any], entry: Entry) -> None:
    if entry.before is MISSING:
        held.pop(entry.key, None)
    else:
        held[entry.key] = entry.before
