"""Chains of curves: `CurveLoop`, its plane, its area and whether a point lies within."""

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.errors import NotSimulated, revit_error
from revitron_grpc.simulation.revit import transforms
from revitron_grpc.simulation.revit.arrays import seen_by_script
from revitron_grpc.simulation.revit.curves import Arc, Curve, Line, plane_of
from revitron_grpc.simulation.revit.planes import Plane
from revitron_grpc.simulation.revit.vectors import XYZ

__all__ = ["CurveLoop", "area_within", "rectangle"]

# `Application.VertexTolerance` in feet (field knowledge): nearer points are one point to Revit.
_SAME_POINT = 0.0005233832795


@behaves("Autodesk.Revit.DB.CurveLoop")
class CurveLoop:
    """Curves, each of which begins where the one before it ends."""

    def __init__(self) -> None:
        self._curves: list[Curve] = []

    @staticmethod
    def of(curves: Iterable[Curve]) -> "CurveLoop":
        """Make a loop from curves that follow one another."""
        made = CurveLoop()
        for curve in curves:
            made.append(curve)
        return made

    @staticmethod
    def polygon(points: Sequence[XYZ]) -> "CurveLoop":
        """Make the closed loop of lines through points."""
        ends = [*points[1:], points[0]]
        return CurveLoop.of(Line.between(a, b) for a, b in zip(points, ends, strict=True))

    @classmethod
    def Create(cls, curves: Iterable[Curve]) -> "CurveLoop":
        return CurveLoop.of(curves)

    @classmethod
    def CreateViaCopy(cls, original: "CurveLoop") -> "CurveLoop":
        return CurveLoop.of(curve.copy() for curve in original._curves)

    @classmethod
    def CreateViaTransform(
        cls, curveLoop: "CurveLoop", transform: transforms.Transform
    ) -> "CurveLoop":
        return curveLoop.mapped(transform)

    @classmethod
    def CreateViaOffset(cls, original: "CurveLoop", offsetDist: float, normal: XYZ) -> "CurveLoop":
        if not isinstance(offsetDist, int | float):
            raise NotSimulated("Autodesk.Revit.DB.CurveLoop.CreateViaOffset with many distances")
        return _offset(original, offsetDist, normal)

    def Append(self, curve: Curve) -> None:
        self.append(curve)

    def append(self, curve: Curve) -> None:
        """Add a curve at the end; it must begin where the last one ends."""
        if self._curves and curve.start().minus(self._curves[-1].end()).length > _SAME_POINT:
            raise revit_error("ArgumentException", "The input curve makes the loop not contiguous.")
        self._curves.append(curve)

    @property
    def IsValidObject(self) -> bool:
        return True

    def Dispose(self) -> None:
        return None

    def __iter__(self) -> Iterator[Curve]:
        return seen_by_script(self, self.curves())

    def GetCurveLoopIterator(self) -> "CurveLoopIterator":
        return CurveLoopIterator.over(self.curves())

    def NumberOfCurves(self) -> int:
        return len(self._curves)

    def IsOpen(self) -> bool:
        if not self._curves or not self._curves[0].IsBound:
            return not self._curves
        return self._curves[0].start().minus(self._curves[-1].end()).length > _SAME_POINT

    def GetExactLength(self) -> float:
        return sum(curve.Length for curve in self._curves)

    def HasPlane(self) -> bool:
        return plane_of(self._curves) is not None

    def GetPlane(self) -> Plane:
        plane = plane_of(self._curves)
        if plane is None:
            raise revit_error("InvalidOperationException", "The curve loop is not planar.")
        return plane

    def IsCounterclockwise(self, normal: XYZ) -> bool:
        return self.GetPlane().normal.dot(normal) > 0.0

    def Flip(self) -> None:
        self._curves = [curve.CreateReversed() for curve in reversed(self._curves)]

    def Transform(self, transform: transforms.Transform) -> None:
        self._curves = self.mapped(transform)._curves

    def IsRectangular(self, plane: Plane) -> bool:
        return self._sides(plane) is not None

    def GetRectangularWidth(self, plane: Plane) -> float:
        return self._side(plane, 0)

    def GetRectangularHeight(self, plane: Plane) -> float:
        return self._side(plane, 1)

    def _side(self, plane: Plane, index: int) -> float:
        sides = self._sides(plane)
        if sides is None:
            raise revit_error("InvalidOperationException", "The curve loop is not a rectangle.")
        return sides[index]

    def _sides(self, plane: Plane) -> tuple[float, float] | None:
        """Return the sides of a rectangle along the plane's axes; None for any other shape."""
        lines = [curve for curve in self._curves if isinstance(curve, Line)]
        if len(lines) != 4 or len(self._curves) != 4 or self.IsOpen():
            return None
        if any(abs(a.direction.dot(b.direction)) > 1e-9 for a, b in pairwise(lines)):
            return None
        corners = [plane.on_plane(line.start()) for line in lines]
        width, height = (max(c) - min(c) for c in zip(*corners, strict=True))
        return width, height

    def curves(self) -> list[Curve]:
        """Return clones of the curves."""
        return [curve.copy() for curve in self._curves]

    def points(self) -> list[XYZ]:
        """Return points along the closed loop, the first one not again at the end."""
        return [point for curve in self._curves for point in curve.points()[:-1]]

    def mapped(self, transform: transforms.Transform) -> "CurveLoop":
        """Return the loop elsewhere."""
        return CurveLoop.of(curve.mapped_with_bounds(transform) for curve in self._curves)

    def reversed(self) -> "CurveLoop":
        """Return the loop the other way round."""
        return CurveLoop.of(curve.CreateReversed() for curve in reversed(self._curves))

    def area_vector(self) -> XYZ:
        """Return the area within as a vector across it, exact for lines and arcs."""
        total, first = XYZ(), self._curves[0].points()[0]
        for curve in self._curves:
            points = curve.points()
            start, end = points[0].minus(first), points[-1].minus(first)
            total = total.plus(start.cross(end).times(0.5))
            if isinstance(curve, Arc):
                angle = (curve.length() or 0.0) / curve.radius
                segment = 0.5 * curve.radius**2 * (angle - math.sin(angle))
                total = total.plus(curve.Normal.times(segment))
        return total


def rectangle(width: float, depth: float, centre: XYZ | None = None) -> CurveLoop:
    """Make a level rectangle around a point, seen from above to the left."""
    x, y, z = (centre or XYZ()).coordinates
    signs = ((-1, -1), (1, -1), (1, 1), (-1, 1))
    return CurveLoop.polygon([XYZ(x + a * width / 2, y + b * depth / 2, z) for a, b in signs])


def area_within(loops: Sequence[CurveLoop]) -> float:
    """Return the area of a face: the largest loop less all the others."""
    areas = sorted((loop.area_vector().length for loop in loops), reverse=True)
    return areas[0] - sum(areas[1:]) if areas else 0.0


def _offset(loop: CurveLoop, distance: float, normal: XYZ) -> CurveLoop:
    """Move each line of a closed polygon to its right by `distance` feet."""
    if any(not isinstance(curve, Line) for curve in loop._curves) or loop.IsOpen():
        raise NotSimulated("Autodesk.Revit.DB.CurveLoop.CreateViaOffset of arcs or open loops")
    lines = [curve for curve in loop._curves if isinstance(curve, Line)]
    unit, corners = normal.unit(), list[XYZ]()
    for before, after in zip([lines[-1], *lines[:-1]], lines, strict=True):
        first, second = before.direction.cross(unit), after.direction.cross(unit)
        share = 1.0 + first.dot(second)
        if share < 1e-9:
            raise revit_error("InvalidOperationException", "The curve loop cannot be offset so.")
        corners.append(after.start().plus(first.plus(second).times(distance / share)))
    return CurveLoop.polygon(corners)


@behaves("Autodesk.Revit.DB.CurveLoopIterator")
class CurveLoopIterator:
    """A walk through the curves of a loop; `MoveNext` comes before the first `Current`."""

    _curves: list[Curve]
    _place = -1

    @staticmethod
    def over(curves: list[Curve]) -> "CurveLoopIterator":
        made = CurveLoopIterator()
        made._curves = curves
        return made

    @property
    def Current(self) -> Curve:
        if not 0 <= self._place < len(self._curves):
            raise revit_error("InvalidOperationException", "The iterator is at no curve.")
        return self._curves[self._place]

    def MoveNext(self) -> bool:
        self._place += 1
        return self._place < len(self._curves)

    def Reset(self) -> None:
        self._place = -1

    @property
    def IsValidObject(self) -> bool:
        return True

    def Dispose(self) -> None:
        return None
