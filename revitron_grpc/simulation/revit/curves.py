"""The curves of the simulation, gathered under one name, and the plane that holds some of them."""

from collections.abc import Sequence

from revitron_grpc.simulation.revit.arcs import Arc
from revitron_grpc.simulation.revit.curve import (
    SHORT_CURVE,
    Curve,
    GeometryObject,
    IntersectionResult,
)
from revitron_grpc.simulation.revit.lines import Line
from revitron_grpc.simulation.revit.planes import Plane, axes_across
from revitron_grpc.simulation.revit.vectors import XYZ

__all__ = [
    "SHORT_CURVE",
    "Arc",
    "Curve",
    "GeometryObject",
    "IntersectionResult",
    "Line",
    "plane_of",
]


def plane_of(curves: Sequence[Curve]) -> Plane | None:
    """Return the plane that holds all curves, seen so that they turn to the left; else None."""
    points = [point for curve in curves for point in curve.points()]
    if len(points) < 3:
        return None
    first = points[0]
    # Newell's sum: the normal of the polygon, whose length is twice its area.
    normal = XYZ()
    for here, there in zip(points, [*points[1:], first], strict=True):
        normal = normal.plus(here.minus(first).cross(there.minus(first)))
    unit = normal.unit()
    if unit.IsZeroLength():
        return None
    plane = Plane.of(first, *axes_across(unit))
    return plane if all(abs(plane.height(point)) < 1e-6 for point in points) else None
