"""What happens at the end of a transaction: checks, failure handling, and the decision.

An error that nobody resolves shows a dialog in Revit; here the user always cancels it, so that
the transaction is rolled back without an exception (behaviour 4).
"""

from collections.abc import Sequence
from typing import Any

from revitron_grpc.simulation.database import INVALID, Database, ElementRecord, Entry
from revitron_grpc.simulation.errors import NotSimulated
from revitron_grpc.simulation.revit import warnings
from revitron_grpc.simulation.revit.failure_definitions import ERROR
from revitron_grpc.simulation.revit.failures import Failure, FailuresAccessor
from revitron_grpc.simulation.revit.ownership import owner_of

# A preprocessor that resolves and resolves without an end hangs Revit; we stop it.
_ROUNDS = 20


def committed(database: Database, mark: int, name: str, options: Any) -> bool:
    """Handle the failures of the changes since `mark`; tell whether they stay.

    Warnings that a preprocessor deletes are kept out of the model; resolutions are carried out
    and the checks begin anew.
    """
    posted = list(database.settings.pop("posted_failures", ()))
    for _ in range(_ROUNDS):
        entries = database.journal[mark:]
        failures = [*posted, *errors_of(database, entries), *new_warnings(database, entries)]
        preprocessor = options.GetFailuresPreprocessor()
        if not failures or preprocessor is None:
            return not _has_error(failures)
        accessor = database.document._api.promote(
            FailuresAccessor.of(database, failures, name, options)
        )
        answer = preprocessor.PreprocessFailures(accessor)
        accessor.close()
        warnings.delete(database, accessor.deleted)
        posted = [one for one in posted if one in accessor.left]
        if answer is None or answer.name == "ProceedWithRollBack":
            return False
        if answer.name == "Continue" or not accessor.resolved:
            return not _has_error(accessor.left)
        for failure in accessor.resolved:
            _ungroup(database, failure)
    raise NotSimulated("a failures preprocessor that never comes to an end")


def _has_error(failures: Sequence[Failure]) -> bool:
    return any(one.severity == ERROR for one in failures)


def errors_of(database: Database, journal: Sequence[Entry]) -> list[Failure]:
    """Return what fails: elements of colleagues, out of date ones, members of groups.

    What was made, grouped or moved as a whole in the same transaction is nobody else's.
    """
    entries = [entry for entry in journal if entry.record is not None]
    own = {e.record.id for e in entries if e.where == "add"}
    own |= {e.record.id for e in entries if e.where == "data" and e.key == "group"}
    touched: dict[int, ElementRecord] = {}
    for entry in entries:
        if entry.where != "add" and entry.record.id not in own:
            touched.setdefault(entry.record.id, entry.record)
    found: list[Failure] = []
    for record in touched.values():
        owner = owner_of(record)
        if owner and owner != database.user:
            found.append(Failure("EditingFailures.OwnedByOther", (record.id,), values=(owner,)))
        elif record.data.get("out_of_date"):
            found.append(Failure("EditingFailures.OutOfDateElements", (record.id,)))
    changed: dict[int, list[int]] = {}
    for entry in entries:
        group = entry.record.data.get("group", INVALID)
        if entry.record.id not in touched or group == INVALID or group in touched or group in own:
            continue
        if entry.where == "remove" or entry.key not in entry.record.data.get("varies", ()):
            changed.setdefault(group, []).append(entry.record.id)
    found.extend(_group_failure(database, group, ids) for group, ids in changed.items())
    return found


def _group_failure(database: Database, group: int, members: list[int]) -> Failure:
    record = database.get(group)
    kind = record.data.get("type", INVALID) if record is not None else INVALID
    instances = [one for one in database.of_kind("Group") if one.data.get("type") == kind]
    which = "OnePlaceInstance" if len(instances) < 2 else "MultiPlacedInstances"
    elements = tuple(dict.fromkeys(members))
    return Failure(f"GroupFailures.AtomViolationWhen{which}", elements, (group,))


def new_warnings(database: Database, entries: Sequence[Entry]) -> list[Failure]:
    """Return the warnings that these changes bring about."""
    unique = warnings.unique_parameters()
    touched = {
        e.record.id
        for e in entries
        if e.where == "add" or (e.where == "values" and e.key in unique)
    }
    if not touched:
        return []
    gone = database.settings.get("deleted_warnings", frozenset())
    return [
        one
        for one in warnings.duplicates(database)
        if one not in gone and touched.intersection(one.elements)
    ]


def _ungroup(database: Database, failure: Failure) -> None:
    """Take apart the group instances that a failure concerns."""
    for number in failure.additional:
        group = database.get(number)
        if group is None:
            continue
        for member in group.data.get("members", ()):
            record = database.get(member)
            if record is not None:
                database.write(record, "group", INVALID)
        database.remove(group)
