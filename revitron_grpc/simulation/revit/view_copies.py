"""Copies of views, and free names for new ones."""

from typing import Any

from revitron_grpc.simulation.database import Database, ElementRecord

# What a copy of a view without its details does not take along.
_LEFT_BEHIND = frozenset(("overrides", "hidden", "temporary_modes", "owner", "group"))


def copied(record: ElementRecord, name: str, **data: Any) -> ElementRecord:
    """Make a view like another, under a name of its own."""
    kept = {key: value for key, value in record.data.items() if key not in _LEFT_BEHIND}
    made = record.database.add(record.kind, **{**kept, "name": name, **data})
    made.values.update(record.values)
    return made


def free_view_name(database: Database, view_type: str, start: str) -> str:
    """Return the first name of a numbered row that no view of a type has."""
    taken = {
        one.data.get("name")
        for one in database.elements.values()
        if one.data.get("view_type") == view_type
    }
    return next(
        name for name in (f"{start}{n}" for n in range(1, len(taken) + 2)) if name not in taken
    )
