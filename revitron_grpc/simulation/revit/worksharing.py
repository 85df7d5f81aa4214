"""Worksets, and who holds what (behaviour 44).

`settings["worksets"]` holds the worksets as `WorksetFacts`, `settings["active_workset"]` the number
of the active one; `data["workset"]` of an element is the number of its workset.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from revitron_grpc.simulation.behaviour import behaves, static_property
from revitron_grpc.simulation.database import Database
from revitron_grpc.simulation.errors import revit_error
from revitron_grpc.simulation.names import PROHIBITED
from revitron_grpc.simulation.revit.ownership import owner_of, take

INVALID_WORKSET = 0
"""The number of `WorksetId.InvalidWorksetId`, and of all elements without worksharing."""


@dataclass(frozen=True, slots=True)
class WorksetFacts:
    """One workset; `kind` is a name of `WorksetKind`, `owner` empty where nobody holds it."""

    number: int
    name: str
    kind: str = "UserWorkset"
    owner: str = ""
    is_open: bool = True
    visible: bool = True
    is_default: bool = False


def worksets(database: Database) -> list[WorksetFacts]:
    """Return the worksets of a document."""
    return list(database.settings.get("worksets", ()))


def workset_numbered(database: Database, number: int) -> WorksetFacts | None:
    """Return the workset of that number, or None."""
    return next((one for one in worksets(database) if one.number == number), None)


@behaves("Autodesk.Revit.DB.WorksetId")
class WorksetId:
    """The id of a workset; compares by value and keeps `IntegerValue` (behaviour 13)."""

    def __init__(self, id: int) -> None:
        self.__dict__["number"] = id

    number: int

    InvalidWorksetId = static_property(lambda _: workset_id(INVALID_WORKSET))

    @property
    def IntegerValue(self) -> int:
        return self.number

    def Equals(self, obj: object) -> bool:
        return self == obj

    def GetHashCode(self) -> int:
        return self.number

    def ToString(self) -> str:
        return str(self.number)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, WorksetId) and other.number == self.number

    def __lt__(self, other: "WorksetId") -> bool:
        return self.number < other.number

    def __gt__(self, other: "WorksetId") -> bool:
        return self.number > other.number

    def __hash__(self) -> int:
        return self.number

    def __str__(self) -> str:
        return str(self.number)


def workset_id(number: int) -> Any:
    """Return the id of a workset."""
    return WorksetId(number)


@behaves("Autodesk.Revit.DB.WorksetPreview")
class WorksetPreview:
    """What is known of a workset without its document."""

    _facts: WorksetFacts
    _database: Database

    @property
    def Id(self) -> Any:
        return workset_id(self._facts.number)

    @property
    def Name(self) -> str:
        return self._facts.name

    @property
    def Owner(self) -> str:
        return self._facts.owner

    @property
    def IsDefaultWorkset(self) -> bool:
        return self._facts.is_default

    @property
    def IsValidObject(self) -> bool:
        return True


@behaves("Autodesk.Revit.DB.Workset")
class Workset(WorksetPreview):
    """A workset of a document."""

    @classmethod
    def of(cls, database: Database, facts: WorksetFacts) -> Any:
        """Return the object for a workset."""
        made = object.__new__(Workset)
        made.__dict__.update(_facts=facts, _database=database)
        return made

    @property
    def Kind(self) -> str:
        return self._facts.kind

    @property
    def IsEditable(self) -> bool:
        return self._facts.owner == self._database.user

    @property
    def IsOpen(self) -> bool:
        return self._facts.is_open

    @property
    def IsVisibleByDefault(self) -> bool:
        return self._facts.visible

    @classmethod
    def Create(cls, document: Any, name: str) -> Any:
        database = document._database
        _check_workshared(database)
        _check_workset_name(database, name)
        number = 1 + max((one.number for one in worksets(database)), default=0)
        facts = WorksetFacts(number, name, owner=database.user)
        database.write_setting("worksets", (*worksets(database), facts))
        return Workset.of(database, facts)


def _check_workshared(database: Database) -> None:
    if not database.is_workshared:
        raise revit_error("ArgumentException", "document is not a workshared document.")


def _check_workset_name(database: Database, name: str) -> None:
    if not name.strip():
        raise revit_error("ArgumentException", "name is an empty string or only whitespace.")
    if any(character in PROHIBITED for character in name):
        raise revit_error("ArgumentException", "name cannot include prohibited characters.")
    if any(one.name == name for one in worksets(database) if one.kind == "UserWorkset"):
        raise revit_error("ArgumentException", "The given workset name is already in use.")


@behaves("Autodesk.Revit.DB.WorksetTable")
class WorksetTable:
    """The worksets of one document."""

    _database: Database

    def GetActiveWorksetId(self) -> Any:
        return workset_id(self._database.settings.get("active_workset", INVALID_WORKSET))

    def SetActiveWorksetId(self, worksetId: Any) -> None:
        if workset_numbered(self._database, worksetId.number) is None:
            raise revit_error("ArgumentException", "There is no workset of that id.")
        self._database.settings["active_workset"] = worksetId.number

    def GetWorkset(self, id: Any) -> Any:
        facts = workset_numbered(self._database, id.number)
        return None if facts is None else Workset.of(self._database, facts)

    @classmethod
    def IsWorksetNameUnique(cls, aDoc: Any, name: str) -> bool:
        found = worksets(aDoc._database)
        return all(one.name != name for one in found if one.kind == "UserWorkset")

    @classmethod
    def RenameWorkset(cls, aDoc: Any, worksetId: Any, name: str) -> None:
        database = aDoc._database
        _check_workshared(database)
        _check_workset_name(database, name)
        changed = tuple(
            replace(one, name=name) if one.number == worksetId.number else one
            for one in worksets(database)
        )
        database.write_setting("worksets", changed)


def workset_table(database: Database) -> Any:
    """Return the table of a document's worksets."""
    made = object.__new__(WorksetTable)
    made.__dict__["_database"] = database
    return made


@behaves("Autodesk.Revit.DB.WorksetFilter")
class WorksetFilter:
    """The base of filters for worksets."""

    _inverted = False

    @property
    def Inverted(self) -> bool:
        return self._inverted


@behaves("Autodesk.Revit.DB.WorksetKindFilter")
class WorksetKindFilter(WorksetFilter):
    """Passes worksets of a kind."""

    def __init__(self, worksetKind: Any, inverted: bool = False) -> None:
        self._kind, self._inverted = worksetKind.name, inverted

    @property
    def WorksetKind(self) -> str:
        return self._kind

    def passes(self, facts: WorksetFacts) -> bool:
        """Tell whether a workset passes."""
        return (facts.kind == self._kind) != self._inverted


@behaves("Autodesk.Revit.DB.FilteredWorksetCollector")
class FilteredWorksetCollector:
    """Finds worksets; no filter is needed."""

    def __init__(self, document: Any) -> None:
        self._database = document._database
        self._filters: list[Any] = []

    def OfKind(self, worksetKind: Any) -> Any:
        return self.WherePasses(WorksetKindFilter(worksetKind))

    def WherePasses(self, filter: Any) -> Any:
        self._filters.append(filter)
        return self

    def _found(self) -> list[WorksetFacts]:
        every = worksets(self._database)
        return [one for one in every if all(test.passes(one) for test in self._filters)]

    def ToWorksets(self) -> list[Any]:
        return [Workset.of(self._database, one) for one in self._found()]

    def ToWorksetIds(self) -> list[Any]:
        return [workset_id(one.number) for one in self._found()]

    def FirstWorkset(self) -> Any:
        return next(iter(self.ToWorksets()), None)

    def FirstWorksetId(self) -> Any:
        return next(iter(self.ToWorksetIds()), workset_id(INVALID_WORKSET))

    def __iter__(self) -> Iterator[Any]:
        promote = self._database.document._api.promote
        return iter([promote(one) for one in self.ToWorksets()])

    def Dispose(self) -> None:
        """Nothing is held."""


@behaves("Autodesk.Revit.DB.WorksharingTooltipInfo")
class WorksharingTooltipInfo:
    """Who made, changed and holds an element."""

    _told: dict[str, Any]

    @property
    def Owner(self) -> str:
        return self._told["owner"]

    @property
    def Creator(self) -> str:
        return self._told["creator"]

    @property
    def LastChangedBy(self) -> str:
        return self._told["changed_by"]

    def GetRequesters(self) -> list[str]:
        return list(self._told["requesters"])

    def Dispose(self) -> None:
        """Nothing is held."""


@behaves("Autodesk.Revit.DB.WorksharingUtils")
class WorksharingUtils:
    """What a workshared model knows of its elements; cached, so that it may be out of date."""

    @classmethod
    def GetCheckoutStatus(cls, document: Any, elementId: Any) -> str:
        record = document._database.get(elementId.number)
        owner = "" if record is None else owner_of(record)
        if not owner:
            return "NotOwned"
        return "OwnedByCurrentUser" if owner == document._database.user else "OwnedByOtherUser"

    @classmethod
    def GetModelUpdatesStatus(cls, document: Any, elementId: Any) -> str:
        database = document._database
        record = database.get(elementId.number)
        if record is None or record.data.get("deleted_in_central"):
            return "DeletedInCentral"
        if any(e.where == "add" and e.record is record for e in database.journal):
            return "NotYetInCentral"
        return "UpdatedInCentral" if record.data.get("out_of_date") else "CurrentWithCentral"

    @classmethod
    def GetWorksharingTooltipInfo(cls, document: Any, elementId: Any) -> Any:
        database = document._database
        record = database.get(elementId.number)
        data = {} if record is None else record.data
        made = object.__new__(WorksharingTooltipInfo)
        made.__dict__["_told"] = {
            "owner": "" if record is None else owner_of(record),
            "creator": data.get("creator", database.user),
            "changed_by": data.get("changed_by", database.user),
            "requesters": data.get("requesters", ()),
        }
        return made

    @classmethod
    def CheckoutElements(cls, document: Any, elementsToCheckout: Any, *_: Any) -> list[int]:
        database = document._database
        _check_workshared(database)
        records = [database.get(one.number) for one in elementsToCheckout]
        if any(record is None for record in records):
            raise revit_error(
                "ArgumentException",
                "One or more elements in elementsToCheckout do not exist in the document.",
            )
        free = {one.id for one in records if one and owner_of(one) in ("", database.user)}
        take(database, free)
        return [one.number for one in elementsToCheckout if one.number in free]
