"""The warnings of a model: those that a sample model declares, and those that follow from it.

A declared warning stands in `database.settings["warnings"]` and goes with its elements. Two marks
or numbers of the same text are found in what the model holds, so that a script that makes or
mends duplicates changes the warnings, and an undone one does not. `settings["deleted_warnings"]`
holds those that a failures preprocessor took away.
"""

from collections import defaultdict
from typing import Any

from revitron_grpc.catalog.load import packaged_catalog
from revitron_grpc.simulation.database import Database, ElementRecord
from revitron_grpc.simulation.parameter_table import built_in_parameters, number_of
from revitron_grpc.simulation.revit.failures import Failure, FailureMessage

# Values that should occur once within a category: marks, and the numbers of rooms, areas, spaces.
UNIQUE = ("ALL_MODEL_MARK", "ROOM_NUMBER")


def unique_parameters() -> dict[int, str]:
    """Return the parameters whose values should occur once, by their number."""
    catalog = packaged_catalog()
    found = {number_of(catalog, name): name for name in UNIQUE}
    return {number: name for number, name in found.items() if number is not None}


def duplicates(database: Database) -> list[Failure]:
    """Return a warning for each text that several elements of a category have."""
    found: list[Failure] = []
    for number, name in unique_parameters().items():
        holders: dict[tuple[Any, Any], list[int]] = defaultdict(list)
        for record in database.elements.values():
            value = record.values.get(number)
            if value and not record.data.get("is_type"):
                holders[record.data.get("category"), value].append(record.id)
        label = built_in_parameters()[name].label("de" if database.language == "de" else "en")
        found.extend(
            Failure("GeneralFailures.DuplicateValue", tuple(ids), values=(label,))
            for ids in holders.values()
            if len(ids) > 1
        )
    return found


def standing(database: Database) -> list[Failure]:
    """Return all warnings that stand in the model."""
    gone = database.settings.get("deleted_warnings", frozenset())
    declared = [
        warning
        for warning in database.settings.get("warnings", ())
        if all(number in database.elements for number in warning.elements)
    ]
    return [one for one in (*declared, *duplicates(database)) if one not in gone]


def delete(database: Database, warnings: list[Failure]) -> None:
    """Keep warnings out of the model, as a preprocessor does that deletes them."""
    if warnings:
        gone = database.settings.get("deleted_warnings", frozenset())
        database.write_setting("deleted_warnings", gone | frozenset(warnings))


def messages(database: Database) -> list[Any]:
    """Return the warnings that stand in the model as scripts see them."""
    return [FailureMessage.of(one, database) for one in standing(database)]


def declare(database: Database, kind: str, *records: ElementRecord, values: Any = ()) -> None:
    """Let a warning stand in a sample model."""
    made = Failure(kind, tuple(record.id for record in records), values=tuple(values))
    database.settings["warnings"] = (*database.settings.get("warnings", ()), made)
