"""Whether beams and braces join at their ends.

Data: `unjoined`, the ends (0 and 1) at which joins are not allowed.
"""

from typing import Any

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.errors import revit_error

__all__ = ["StructuralFramingUtils"]


@behaves("Autodesk.Revit.DB.Structure.StructuralFramingUtils")
class StructuralFramingUtils:
    """Joins at the ends of framing."""

    @classmethod
    def IsJoinAllowedAtEnd(cls, familyInstance: Any, end: int) -> bool:
        _check(familyInstance, end)
        return end not in familyInstance._data.get("unjoined", ())

    @classmethod
    def AllowJoinAtEnd(cls, familyInstance: Any, end: int) -> None:
        _check(familyInstance, end)
        left = (e for e in familyInstance._data.get("unjoined", ()) if e != end)
        familyInstance._write("unjoined", tuple(left))

    @classmethod
    def DisallowJoinAtEnd(cls, familyInstance: Any, end: int) -> None:
        _check(familyInstance, end)
        ends = {*familyInstance._data.get("unjoined", ()), end}
        familyInstance._write("unjoined", tuple(sorted(ends)))


def _check(instance: Any, end: int) -> None:
    # "The input familyInstance is not of a structural framing type": documentation.
    if instance._data.get("category") != "OST_StructuralFraming":
        raise revit_error(
            "ArgumentException", "The input familyInstance is not of a structural framing type."
        )
    if end not in (0, 1):
        raise revit_error("ArgumentOutOfRangeException", "end must be 0 or 1.")
