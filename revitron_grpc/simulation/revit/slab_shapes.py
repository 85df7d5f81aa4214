"""Floors and roofs that are bent by shape points.

Data of the slab: `shape_points`, points at its upper face as they were moved; without the key the
shape was never edited.
"""

from collections.abc import Iterator
from typing import Any

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.database import ElementRecord
from revitron_grpc.simulation.revit.arrays import seen_by_script
from revitron_grpc.simulation.revit.geometry import XYZ

__all__ = ["SlabShapeEditor", "SlabShapeVertex"]


@behaves("Autodesk.Revit.DB.SlabShapeVertex")
class SlabShapeVertex:
    """One point of the shape."""

    _position: XYZ

    @staticmethod
    def at(position: XYZ) -> "SlabShapeVertex":
        """Make the vertex of a point."""
        made = object.__new__(SlabShapeVertex)
        made._position = position
        return made

    @property
    def Position(self) -> XYZ:
        return self._position


@behaves("Autodesk.Revit.DB.SlabShapeVertexArray")
class SlabShapeVertexArray:
    """The points of a shape."""

    _items: list[SlabShapeVertex]

    @staticmethod
    def of(items: list[SlabShapeVertex]) -> "SlabShapeVertexArray":
        """Make the array."""
        made = object.__new__(SlabShapeVertexArray)
        made._items = items
        return made

    @property
    def Size(self) -> int:
        return len(self._items)

    @property
    def IsEmpty(self) -> bool:
        return not self._items

    def __iter__(self) -> Iterator[Any]:
        return seen_by_script(self, self._items)


@behaves("Autodesk.Revit.DB.SlabShapeEditor")
class SlabShapeEditor:
    """The shape points of one slab; read only here."""

    _slab: ElementRecord

    @staticmethod
    def of(slab: ElementRecord) -> "SlabShapeEditor":
        """Make the editor of a slab."""
        made = object.__new__(SlabShapeEditor)
        made._slab = slab
        return made

    @property
    def IsEnabled(self) -> bool:
        # Enabled means that the shape has been edited: documentation of the property.
        return "shape_points" in self._slab.data

    @property
    def SlabShapeVertices(self) -> SlabShapeVertexArray:
        points = self._slab.data.get("shape_points", ())
        return SlabShapeVertexArray.of([SlabShapeVertex.at(point) for point in points])
