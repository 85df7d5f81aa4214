"""Who holds which element of a workshared model (behaviour 44).

`data["owner"]` is who held an element when the model was opened; `settings["borrowed"]` holds the
ids of those that the user of the run took over since. Taking over is not part of the journal: it
is no change of the model, and Revit keeps it after an undo.
"""

from revitron_grpc.simulation.database import Database, ElementRecord


def owner_of(record: ElementRecord) -> str:
    """Return who holds an element; empty for nobody."""
    database = record.database
    if record.id in database.settings.get("borrowed", ()):
        return database.user
    return record.data.get("owner", "")


def take(database: Database, numbers: set[int]) -> None:
    """Let the user of the run hold these elements."""
    held = database.settings.get("borrowed", frozenset())
    database.settings["borrowed"] = held | frozenset(numbers)


def borrow(database: Database, mark: int) -> None:
    """Let the user hold what nobody held and the changes since `mark` touched."""
    if database.is_workshared:
        touched = [e.record for e in database.journal[mark:] if e.record is not None]
        take(database, {record.id for record in touched if not owner_of(record)})
