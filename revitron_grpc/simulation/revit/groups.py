"""Groups, their types and members (behaviour 43).

`data["members"]` of a group are the ids of its members, whose `data["group"]` is the group;
`data["varies"]` of a member holds what may differ from instance to instance.
"""

from collections.abc import Iterator
from typing import Any

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.database import INVALID, Database, ElementRecord
from revitron_grpc.simulation.errors import revit_error
from revitron_grpc.simulation.revit.elements import Element, ElementType, move
from revitron_grpc.simulation.revit.geometry import XYZ

_CATEGORY = "OST_IOSModelGroups"


@behaves("Autodesk.Revit.DB.Group")
class Group(Element):
    """One placed group."""

    def GetMemberIds(self) -> list[int]:
        return list(self._data.get("members", ()))

    @property
    def GroupType(self) -> ElementRecord | None:
        return self._other("type")

    @GroupType.setter
    def GroupType(self, value: Any) -> None:
        self.ChangeTypeId(value.Id)

    def UngroupMembers(self) -> list[int]:
        record = self._record
        database = record.database
        database.check_writable()
        members = [one for one in record.data.get("members", ()) if one in database.elements]
        for number in members:
            database.write(database.elements[number], "group", INVALID)
        database.remove(record)
        return members


@behaves("Autodesk.Revit.DB.GroupSet")
class GroupSet:
    """The instances of a type of groups."""

    _records: list[ElementRecord]

    @property
    def Size(self) -> int:
        return len(self._records)

    @property
    def IsEmpty(self) -> bool:
        return not self._records

    def Contains(self, item: Any) -> bool:
        return item._record in self._records

    def __iter__(self) -> Iterator[Any]:
        return iter([one.database.document._api.conversion.element(one) for one in self._records])


@behaves("Autodesk.Revit.DB.GroupType")
class GroupType(ElementType):
    """What the instances of a group share."""

    @property
    def Groups(self) -> Any:
        made = object.__new__(GroupSet)
        made.__dict__["_records"] = instances_of(self._record)
        return made


def instances_of(kind: ElementRecord) -> list[ElementRecord]:
    """Return the groups of a type."""
    return [one for one in kind.database.of_kind("Group") if one.data.get("type") == kind.id]


def new_group(database: Database, numbers: list[int]) -> ElementRecord:
    """Group elements: `ItemFactoryBase.NewGroup`."""
    database.check_writable()
    members = [database.get(number) for number in numbers]
    if not members or any(one is None for one in members):
        raise revit_error("ArgumentException", "The elements to group are none, or not there.")
    records = [one for one in members if one is not None]
    if any(one.data.get("group", INVALID) != INVALID for one in records):
        raise revit_error("InvalidOperationException", "An element is a member of another group.")
    word = "Gruppe" if database.language == "de" else "Group"
    taken = {one.data.get("name") for one in database.of_kind("GroupType")}
    name = next(f"{word} {i}" for i in range(1, len(taken) + 2) if f"{word} {i}" not in taken)
    kind = database.add("GroupType", category=_CATEGORY, name=name, is_type=True)
    return _placed(kind, records, _middle(records))


def place_group(kind: ElementRecord, location: XYZ) -> ElementRecord:
    """Place a further instance of a type: `ItemFactoryBase.PlaceGroup`."""
    database = kind.database
    database.check_writable()
    first = next(iter(instances_of(kind)), None)
    if first is None:
        raise revit_error("ArgumentException", "The group type has no instance to copy.")
    shift = location - first.data["point"]
    copies: list[ElementRecord] = []
    for number in first.data["members"]:
        member = database.elements[number]
        copy = database.add(member.kind, **{**member.data, "group": INVALID})
        copy.values.update(member.values)
        move(copy, shift)
        copies.append(copy)
    return _placed(kind, copies, location)


def _placed(kind: ElementRecord, members: list[ElementRecord], point: XYZ) -> ElementRecord:
    group = kind.database.add(
        "Group",
        category=_CATEGORY,
        name=kind.data["name"],
        type=kind.id,
        members=tuple(one.id for one in members),
        point=point,
    )
    for member in members:
        kind.database.write(member, "group", group.id)
    return group


def _middle(records: list[ElementRecord]) -> XYZ:
    """Return the point in the middle of what elements stand on, at the lowest height."""
    points: list[XYZ] = []
    for one in records:
        curve = one.data.get("curve")
        if curve is not None:
            points.extend((curve.GetEndPoint(0), curve.GetEndPoint(1)))
        elif one.data.get("point") is not None:
            points.append(one.data["point"])
    if not points:
        return XYZ(0.0, 0.0, 0.0)
    x, y = ((min(at) + max(at)) / 2 for at in ([p.X for p in points], [p.Y for p in points]))
    return XYZ(x, y, min(p.Z for p in points))
