"""Ids: `ElementId`, which compares by value, and what stands behind it (behaviour 13)."""

from typing import Any

from revitron_grpc.simulation.behaviour import behaves, static_property
from revitron_grpc.simulation.database import INVALID
from revitron_grpc.simulation.enums import NetEnum


@behaves("Autodesk.Revit.DB.ElementId")
class ElementId:
    """An id: `number` is -1 for the invalid one and negative for built-in categories."""

    def __init__(self, number: Any) -> None:
        self.__dict__["number"] = number.number if isinstance(number, NetEnum) else int(number)

    number: int

    InvalidElementId = static_property(lambda _: INVALID)

    @property
    def IntegerValue(self) -> int:
        return self.number

    @property
    def Value(self) -> int:
        return self.number

    def Compare(self, id: "ElementId") -> int:
        return (self.number > id.number) - (self.number < id.number)

    def Equals(self, obj: object) -> bool:
        return self == obj

    def GetHashCode(self) -> int:
        return self.number

    def ToString(self) -> str:
        return str(self.number)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ElementId) and self.number == other.number

    def __hash__(self) -> int:
        return hash(self.number)

    def __lt__(self, other: "ElementId") -> bool:
        return self.number < other.number

    def __gt__(self, other: "ElementId") -> bool:
        return self.number > other.number

    def __le__(self, other: "ElementId") -> bool:
        return self.number <= other.number

    def __ge__(self, other: "ElementId") -> bool:
        return self.number >= other.number

    def __str__(self) -> str:
        return str(self.number)

    def __repr__(self) -> str:
        return f"<Autodesk.Revit.DB.ElementId object [{self.number}]>"
