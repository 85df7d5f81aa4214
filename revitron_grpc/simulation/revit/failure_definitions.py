"""Kinds of failures: the ids in `BuiltInFailures`, and what is known of those that we raise."""

import uuid
from dataclasses import dataclass
from typing import Any

from revitron_grpc.catalog.load import packaged_catalog
from revitron_grpc.catalog.model import MemberKind
from revitron_grpc.simulation.behaviour import behaves, static_property
from revitron_grpc.simulation.errors import NotSimulated
from revitron_grpc.simulation.net.values import Guid

_OUTER = "Autodesk.Revit.DB.BuiltInFailures"
_ID = "Autodesk.Revit.DB.FailureDefinitionId"

WARNING, ERROR = "Warning", "Error"


@dataclass(frozen=True, slots=True)
class FailureKind:
    """What is known of one kind of failure; texts in the two languages of sample models.

    `name` is that of a property in `BuiltInFailures`: `GeneralFailures.DuplicateValue`.
    """

    name: str
    severity: str
    en: str
    de: str
    ungroups: bool = False
    """Whether it can be resolved by taking the group instances apart."""

    def text(self, language: str, *values: str) -> str:
        """Return the message, with what it names filled in."""
        return (self.de if language == "de" else self.en).format(*values)


# Severities and the sense of the texts are from the pages of BuiltInFailures' properties.
KINDS = {
    kind.name: kind
    for kind in (
        FailureKind(
            "GeneralFailures.DuplicateValue",
            WARNING,
            'Elements have duplicate "{}" values.',
            'Elemente haben doppelte "{}"-Werte.',
        ),
        FailureKind(
            "RoomFailures.RoomNotEnclosed",
            WARNING,
            "{} is not in a properly enclosed region",
            "{} befindet sich nicht in einem richtig umschlossenen Bereich",
        ),
        FailureKind(
            "RoomFailures.RoomsInSameRegionRooms",
            WARNING,
            "Multiple rooms are in the same enclosed region.",
            "Mehrere Räume befinden sich im selben umschlossenen Bereich.",
        ),
        FailureKind(
            "OverlapFailures.DuplicateInstances",
            WARNING,
            "There are identical instances in the same place.",
            "Identische Exemplare befinden sich an derselben Stelle.",
        ),
        FailureKind(
            "OverlapFailures.WallsOverlap",
            WARNING,
            "Highlighted walls overlap.",
            "Die markierten Wände überlappen sich.",
        ),
        FailureKind(
            "OverlapFailures.WallRoomSeparationOverlap",
            WARNING,
            "A wall and a room separation line overlap.",
            "Eine Wand und eine Raumtrennlinie überlappen sich.",
        ),
        FailureKind(
            "GroupFailures.AtomViolationWhenOnePlaceInstance",
            WARNING,
            "A group has been changed outside group edit mode. The change is being allowed "
            "because there is only one instance of the type.",
            "Eine Gruppe wurde außerhalb des Bearbeitungsmodus geändert. Die Änderung ist "
            "zulässig, da der Typ nur ein Exemplar hat.",
        ),
        FailureKind(
            "GroupFailures.AtomViolationWhenMultiPlacedInstances",
            ERROR,
            "Changes to groups are allowed only in group edit mode.",
            "Änderungen an Gruppen sind nur im Bearbeitungsmodus zulässig.",
            ungroups=True,
        ),
        FailureKind(
            "EditingFailures.OwnedByOther",
            ERROR,
            "Can't edit the element until '{}' resaves the element to central and relinquishes "
            "it and you Reload Latest.",
            "Das Element kann nicht bearbeitet werden, bis '{}' es mit der Zentraldatei "
            "synchronisiert und freigibt.",
        ),
        FailureKind(
            "EditingFailures.OutOfDateElements",
            ERROR,
            "You must Reload Latest before editing the element.",
            "Vor dem Bearbeiten des Elements muss der aktuelle Stand geladen werden.",
        ),
    )
}


def kind_named(name: str) -> FailureKind:
    """Return what is known of a kind; raises `NotSimulated` for one that we never raise."""
    kind = KINDS.get(name)
    if kind is None:
        raise NotSimulated(f"the severity of BuiltInFailures.{name}")
    return kind


@behaves(_ID)
class FailureDefinitionId:
    """The id of a kind of failure; compares by value."""

    _name: str

    @classmethod
    def of(cls, name: str) -> Any:
        """Return the id of a kind by its name in `BuiltInFailures`."""
        made = object.__new__(cls)
        made.__dict__["_name"] = name
        return made

    @property
    def Guid(self) -> Guid:
        # Revit's own GUIDs are not published; this one is lasting and its own for each kind, which
        # is all that a script can rely on.
        return Guid(str(uuid.uuid5(uuid.NAMESPACE_OID, self._name)))

    def Equals(self, obj: object) -> bool:
        return self == obj

    def GetHashCode(self) -> int:
        # Not Python's own hash, which differs from run to run.
        return sum(ord(letter) * 31**place for place, letter in enumerate(self._name)) % 2**31

    def __eq__(self, other: object) -> bool:
        return isinstance(other, FailureDefinitionId) and other._name == self._name

    def __hash__(self) -> int:
        return self.GetHashCode()


def _register() -> None:
    """Write a class with static ids for each type nested in `BuiltInFailures`."""
    behaves(_OUTER)(type("BuiltInFailures", (), {"__doc__": "Kinds of failures by area."}))
    catalog = packaged_catalog()
    for name in sorted(catalog.subtypes("System.Object")):
        found = catalog.type(name)
        if found is None or not name.startswith(f"{_OUTER}."):
            continue
        area = found.name.removeprefix(f"{_OUTER}.")
        ids = {
            member.name: static_property(_reader(f"{area}.{member.name}"))
            for member in found.members
            if member.kind is MemberKind.PROPERTY
        }
        behaves(found.name)(type(found.simple_name, (), {"__doc__": f"Failures: {area}.", **ids}))


def _reader(name: str) -> Any:
    return lambda _: FailureDefinitionId.of(name)


_register()
