"""The workshared office with warnings, and with a snapshot of former ones that is kept in it.

Faults on purpose: doors 1 and 2 share a mark, doors 3 and 4 another, and so do the two rooms a
number. The snapshot of all elements, of 23 February 2026, holds the warning about doors 1 and 2
and one about elements that are gone; those of the other scopes hold only such a one.
"""

from revitron_grpc.catalog.load import packaged_catalog
from revitron_grpc.simulation.database import Database
from revitron_grpc.simulation.models.coordination import workshared_office
from revitron_grpc.simulation.parameter_table import number_of
from revitron_grpc.simulation.revit.elements import unique_id
from revitron_grpc.simulation.revit.failure_definitions import FailureDefinitionId
from revitron_grpc.simulation.revit.storage import SchemaFacts

_SNAPSHOT = SchemaFacts(
    "3f0c7c52-8a1e-4f0b-9d5c-6f2f6a5b1c47",
    "WarningSnapshot",
    (("Scope", str), ("Day", str), ("Warnings", str)),
)
_SAME = "GeneralFailures.DuplicateValue"
_VALUES = {
    "door-1": ("ALL_MODEL_MARK", "D1"),
    "door-2": ("ALL_MODEL_MARK", "D1"),
    "door-3": ("ALL_MODEL_MARK", "D3"),
    "door-4": ("ALL_MODEL_MARK", "D3"),
    "room-left": ("ROOM_NUMBER", "7"),
    "room-right": ("ROOM_NUMBER", "7"),
}


def kept_warnings(*, second: bool = False) -> Database:
    """Build the model."""
    database = workshared_office(second=second)
    for handle, (parameter, value) in _VALUES.items():
        number = number_of(packaged_catalog(), parameter)
        if number is None:
            raise KeyError(parameter)
        database.by_handle(handle).values[number] = value
    cause = str(FailureDefinitionId.of(_SAME).Guid)
    doors = sorted(unique_id(database.by_handle(handle)) for handle in ("door-1", "door-2"))
    values = {
        "Scope": "all",
        "Day": "2026-02-23",
        "Warnings": "\n".join((f"{cause} gone-1 gone-2", " ".join((cause, *doors)))),
    }
    database.transaction = "Build"
    for scope in ("structure", "services", "rooms"):
        gone = {"Scope": scope, "Day": "2026-02-16", "Warnings": f"{cause} gone-1 gone-2"}
        database.add(
            "Autodesk.Revit.DB.ExtensibleStorage.DataStorage",
            f"snapshot-{scope}",
            entities={_SNAPSHOT.guid: gone},
        )
    database.add(
        "Autodesk.Revit.DB.ExtensibleStorage.DataStorage",
        "snapshot",
        entities={_SNAPSHOT.guid: values},
    )
    database.settings["schemas"] = {_SNAPSHOT.guid: _SNAPSHOT}
    database.seal()
    return database
