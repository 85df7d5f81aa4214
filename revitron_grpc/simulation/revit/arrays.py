"""Revit's own arrays of geometry, from before generic collections: `CurveArray` and its like."""

from collections.abc import Iterable, Iterator
from typing import Any

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.errors import revit_error

__all__ = [
    "CurveArrArray",
    "CurveArray",
    "EdgeArray",
    "EdgeArrayArray",
    "FaceArray",
    "IntersectionResultArray",
    "seen_by_script",
]


def seen_by_script(owner: object, items: Iterable[Any]) -> Iterator[Any]:
    """Walk through values as the Revit version of their owner shows them to a script."""
    api = getattr(type(owner), "_api", None)
    return iter(items) if api is None else map(api.conversion.value, items)


class _Array:
    """The members that all of these arrays have."""

    def __init__(self, items: Iterable[Any] = ()) -> None:
        self._items = list(items)

    @property
    def Size(self) -> int:
        return len(self._items)

    @property
    def IsEmpty(self) -> bool:
        return not self._items

    def Append(self, item: Any) -> None:
        self._items.append(item)

    def Insert(self, item: Any, index: int) -> None:
        if not 0 <= index <= len(self._items):
            raise _no_such_index(index)
        self._items.insert(index, item)

    def Clear(self) -> None:
        self._items.clear()

    def get_Item(self, index: int) -> Any:
        if not 0 <= index < len(self._items):
            raise _no_such_index(index)
        return self._items[index]

    def set_Item(self, index: int, value: Any) -> None:
        if not 0 <= index < len(self._items):
            raise _no_such_index(index)
        self._items[index] = value

    def __getitem__(self, index: int) -> Any:
        return self.get_Item(index)

    def __setitem__(self, index: int, value: Any) -> None:
        self.set_Item(index, value)

    def __iter__(self) -> Iterator[Any]:
        return seen_by_script(self, self._items)


def _no_such_index(index: int) -> Exception:
    return revit_error("ArgumentOutOfRangeException", f"The array has no item {index}.")


@behaves("Autodesk.Revit.DB.CurveArray")
class CurveArray(_Array):
    """Curves, in the order of their adding."""


@behaves("Autodesk.Revit.DB.CurveArrArray")
class CurveArrArray(_Array):
    """Arrays of curves, as the profiles of openings are."""


@behaves("Autodesk.Revit.DB.IntersectionResultArray")
class IntersectionResultArray(_Array):
    """What was found where curves or faces meet."""


@behaves("Autodesk.Revit.DB.FaceArray")
class FaceArray(_Array):
    """The faces of a solid."""


@behaves("Autodesk.Revit.DB.EdgeArray")
class EdgeArray(_Array):
    """The edges of a solid or of one loop of a face."""


@behaves("Autodesk.Revit.DB.EdgeArrayArray")
class EdgeArrayArray(_Array):
    """The loops of a face."""
