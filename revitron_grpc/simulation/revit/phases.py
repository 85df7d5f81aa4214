"""Phases in their order, and what an element is in one of them (behaviour 45).

`settings["phases"]` holds the ids of the phases, the earliest first.
"""

from collections.abc import Iterator
from typing import Any

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.database import INVALID, Database, ElementRecord
from revitron_grpc.simulation.errors import revit_error
from revitron_grpc.simulation.revit.filters import ElementFilter


def phase_ids(database: Database) -> list[int]:
    """Return the ids of the phases in their order; those that were combined are gone."""
    return [one for one in database.settings.get("phases", ()) if one in database.elements]


@behaves("Autodesk.Revit.DB.PhaseArray")
class PhaseArray:
    """The phases of a document in their order."""

    _database: Database

    @property
    def Size(self) -> int:
        return len(phase_ids(self._database))

    @property
    def IsEmpty(self) -> bool:
        return not phase_ids(self._database)

    def get_Item(self, index: int) -> ElementRecord | None:
        numbers = phase_ids(self._database)
        if not 0 <= index < len(numbers):
            raise revit_error("ArgumentOutOfRangeException", f"There is no phase {index}.")
        return self._database.get(numbers[index])

    def __getitem__(self, index: int) -> Any:
        return self.get_Item(index)

    def __len__(self) -> int:
        return self.Size

    def __iter__(self) -> Iterator[Any]:
        wrap = self._database.document._api.conversion.element
        return iter([wrap(self._database.elements[one]) for one in phase_ids(self._database)])


def phase_array(database: Database) -> Any:
    """Return the phases of a document."""
    made = object.__new__(PhaseArray)
    made.__dict__["_database"] = database
    return made


def phases_in_order(database: Database, created: int, demolished: int) -> bool:
    """Tell whether something may be demolished in a phase if it was created in another."""
    order = phase_ids(database)
    if created not in order or demolished not in order:
        return True
    return order.index(created) <= order.index(demolished)


def status_in(record: ElementRecord, phase: int) -> str:
    """Return what an element is in a phase: a name of `ElementOnPhaseStatus`."""
    order = phase_ids(record.database)
    created = record.data.get("created_phase", INVALID)
    demolished = record.data.get("demolished_phase", INVALID)
    if phase not in order:
        raise revit_error("ArgumentException", "The phaseId is not the id of a phase.")
    if created not in order:
        return "None"
    here, begin = order.index(phase), order.index(created)
    end = order.index(demolished) if demolished in order else len(order)
    if here < begin:
        return "Future"
    if here > end:
        return "Past"
    if here == end:
        return "Temporary" if begin == end else "Demolished"
    return "New" if here == begin else "Existing"


@behaves("Autodesk.Revit.DB.ElementPhaseStatusFilter")
class ElementPhaseStatusFilter(ElementFilter):
    """Passes elements by what they are in a phase."""

    def __init__(self, phaseId: Any, status: Any, inverted: bool = False) -> None:
        several = not hasattr(status, "number")
        self._statuses = frozenset(one.name for one in status) if several else {status.name}
        self._phase, self._inverted = phaseId.number, inverted

    def matches(self, record: ElementRecord) -> bool:
        return status_in(record, self._phase) in self._statuses
