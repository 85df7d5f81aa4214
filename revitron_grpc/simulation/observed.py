"""What a run did, in the terms in which a scenario says what it expects."""

import re
from typing import Any

from revitron_grpc.catalog.load import packaged_catalog
from revitron_grpc.simulation.changes import Changes, ElementChange
from revitron_grpc.simulation.database import Database, ElementRecord
from revitron_grpc.simulation.outcome import Outcome, PrintedTable
from revitron_grpc.simulation.parameter_table import parameters_by_number
from revitron_grpc.simulation.running import RunResult
from revitron_grpc.simulation.unit_format import UnitsState

_DIGITS = 4
_NUMBER = re.compile(r"(?<![\w.,-])-?\d+(?![\w.]|,\d)")
_FIRST_ID = 100_000


def parameter_name(database: Database, number: int) -> str:
    """Return a parameter's name: of `BuiltInParameter`, or of the project parameter."""
    if number > 0:
        record = database.get(number)
        return record.data.get("name", str(number)) if record is not None else str(number)
    facts = parameters_by_number(packaged_catalog()).get(number)
    return facts.name if facts is not None else str(number)


def plain(value: Any) -> Any:
    """Return a value as YAML can hold it: rounded numbers, points as lists, the rest as text."""
    if isinstance(value, bool) or value is None or isinstance(value, int | str):
        return value
    if isinstance(value, float):
        return round(value, _DIGITS) + 0.0
    if isinstance(value, tuple | list | set | frozenset):
        items = [plain(item) for item in value]
        return sorted(items, key=str) if isinstance(value, set | frozenset) else items
    if hasattr(value, "X") and hasattr(value, "Z"):
        return [plain(value.X), plain(value.Y), plain(value.Z)]
    if hasattr(value, "Min") and hasattr(value, "Max"):
        return [plain(value.Min), plain(value.Max)]
    if hasattr(value, "BasisX"):
        return [plain(value.Origin), plain(value.BasisX), plain(value.BasisY)]
    if hasattr(value, "GetEndPoint"):
        return [plain(value.GetEndPoint(0)), plain(value.GetEndPoint(1))]
    return str(value)


def changed_values(database: Database, change: ElementChange) -> dict[str, list[Any]]:
    """Return before and after of one element, by parameter name or `data.KEY`."""
    found = {
        parameter_name(database, number): [named(database, before), named(database, after)]
        for number, (before, after) in change.values.items()
    }
    for key, (before, after) in change.data.items():
        found[f"data.{key}"] = [named(database, before), named(database, after)]
    return found


def everything_changed(database: Database, changes: Changes) -> dict[str, dict[str, list[Any]]]:
    """Return what changed by handle; units of the document itself stand under `document`."""
    found = {change.record.handle: changed_values(database, change) for change in changes.changed}
    if "units" in changes.settings:
        found["document"] = _changed_units(*changes.settings["units"])
    if "worksets" in changes.settings:
        names = [[workset.name for workset in one or ()] for one in changes.settings["worksets"]]
        found.setdefault("document", {})["worksets"] = names
    return found


def _changed_units(before: UnitsState | None, after: UnitsState) -> dict[str, list[Any]]:
    first = before or UnitsState(metric=after.metric)
    formats = {spec: (first.format_of(spec), after.format_of(spec)) for spec in after.formats}
    return {
        f"units.{spec}": [f"{one.unit} {one.accuracy:g}" for one in pair]
        for spec, pair in sorted(formats.items())
        if pair[0] != pair[1]
    }


def named(database: Database, value: Any) -> Any:
    """Replace ids of elements of this model by their handles, those of new ones by their names."""
    if type(value) is int and value > _FIRST_ID:
        record = database.get(value)
        new = record is not None and record.handle.startswith("new-") and record.data.get("name")
        return f"@new {new}" if new else f"@{_handle_there_or_gone(database, value)}"
    parts = getattr(value, "shown_parts", None)
    if parts is not None:
        value = parts()
    if isinstance(value, dict):
        value = [[key, held] for key, held in value.items()]
    if isinstance(value, set | frozenset):
        return sorted((named(database, item) for item in value), key=str)
    if isinstance(value, tuple | list):
        return [named(database, item) for item in value]
    return plain(value)


def _handle_there_or_gone(database: Database, number: int) -> str:
    """Return the handle of an element, also of one that the run deleted; else the number."""
    record = database.get(number)
    if record is not None:
        return record.handle
    gone = (
        e.record.handle for e in database.journal if e.where == "remove" and e.record.id == number
    )
    return next(gone, str(number))


def simple_class(record: ElementRecord) -> str:
    """Return the last part of an element's class."""
    return record.kind.rpartition(".")[2]


def observed(database: Database, result: RunResult, start: tuple[int, ...]) -> dict[str, Any]:
    """Return the `expect` part of a scenario that this run would fulfil; for whoever writes one.

    `start` is the selection before the run.
    """
    changes: Changes = result.changes
    found: dict[str, Any] = {}
    changed = everything_changed(database, changes)
    if changed:
        found["changed"] = changed
    if changes.created:
        counts: dict[str, int] = {}
        for record in changes.created:
            counts[simple_class(record)] = counts.get(simple_class(record), 0) + 1
        found["created"] = [{"class": name, "count": n} for name, n in sorted(counts.items())]
    if changes.deleted:
        found["deleted"] = sorted(record.handle for record in changes.deleted)
    outcome = result.outcome
    if outcome.selection != start:
        found["selected"] = sorted(handle_of(database, number) for number in outcome.selection)
    if changes.transactions:
        found["transactions"] = list(changes.transactions)
    if outcome.texts:
        found["says"] = list(outcome.texts)
    if outcome.tables:
        found["tables"] = [
            {"title": t.title, "rows": len(t.rows), "exactly": rows_with_handles(database, t)}
            for t in outcome.tables
        ]
    if outcome.files:
        found["files"] = {name: text.splitlines() for name, text in written_texts(outcome).items()}
    return found


def rows_with_handles(database: Database, table: PrintedTable) -> list[list[str]]:
    """Return a table's cells; ids of linked elements as `@handle`, deleted ones among them."""
    shown: list[list[str]] = []
    for row, links in zip(table.rows, table.links, strict=True):
        names = {str(number): f"@{_handle_there_or_gone(database, number)}" for number in links}
        shown.append([_renamed(cell, names) for cell in row])
    return shown


def _renamed(cell: str, names: dict[str, str]) -> str:
    """Replace whole numbers in a cell by their names."""
    return _NUMBER.sub(lambda found: names.get(found[0], found[0]), cell)


def handle_of(database: Database, number: int) -> str:
    """Return the handle of an element by its id; the number where the element is gone."""
    record = database.get(number)
    return record.handle if record is not None else str(number)


def written_texts(outcome: Outcome) -> dict[str, str]:
    """Return the texts of the files that a run wrote, by file name without folders."""
    return {
        path.replace("\\", "/").rpartition("/")[2]: content.decode("utf-8-sig", "replace")
        for path, content in outcome.files.items()
    }
