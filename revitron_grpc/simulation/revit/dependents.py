"""Which elements go when one is deleted (behaviour 14)."""

from revitron_grpc.simulation.database import ElementRecord

# Keys of data whose element cannot outlive the one that it names.
_BINDS = (
    "host", "group", "view", "super", "level", "gen_level", "sheet", "tagged", "primary_view",
    "area_scheme", "type", "viewed", "marks_view", "revision", "of_family",
)  # fmt: skip


def dependents_of(record: ElementRecord) -> list[ElementRecord]:
    """Return all elements that Revit deletes together with `record`, without itself.

    Doors go with their wall, plans and rooms with their level, tags and dimensions with what
    they name, instances with their type.
    """
    found: dict[int, ElementRecord] = {record.id: record}
    waiting = [record]
    while waiting:
        here = waiting.pop()
        for other in here.database.elements.values():
            if other.id not in found and _bound(other, here.id):
                found[other.id] = other
                waiting.append(other)
    del found[record.id]
    return list(found.values())


def _bound(record: ElementRecord, number: int) -> bool:
    data = record.data
    for key in _BINDS:
        held = data.get(key)
        if held == number and held is not None:
            return True
        if type(held) is tuple and number in held:
            return True
    return number in data.get("references", ())
