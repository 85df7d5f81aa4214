"""Where two curves meet: lines and arcs, as far as they lie in one plane."""

import math

from revitron_grpc.simulation.errors import NotSimulated
from revitron_grpc.simulation.revit.arrays import IntersectionResultArray
from revitron_grpc.simulation.revit.curves import Arc, Curve, IntersectionResult, Line
from revitron_grpc.simulation.revit.vectors import TOLERANCE, UV, XYZ

__all__ = ["meet"]

_NEAR = 1e-7


def meet(one: Curve, other: Curve) -> tuple[str, IntersectionResultArray | None]:
    """Return Revit's `SetComparisonResult` by name, and the common points if there are any."""
    if isinstance(one, Line) and isinstance(other, Line) and _parallel(one, other):
        return _parallel_lines(one, other)
    points = [point for point in _candidates(one, other) if _on(one, point) and _on(other, point)]
    if not points:
        return "Disjoint", None
    return "Overlap", _results(one, other, points)


def _results(one: Curve, other: Curve, points: list[XYZ]) -> IntersectionResultArray:
    found = IntersectionResultArray()
    for point in points:
        first, second = one.project(point).Parameter, other.project(point).Parameter
        found.Append(IntersectionResult.of(point, first, 0.0, UV(first, second)))
    return found


def _parallel(one: Line, other: Line) -> bool:
    return one.direction.cross(other.direction).length < TOLERANCE


def _parallel_lines(one: Line, other: Line) -> tuple[str, IntersectionResultArray | None]:
    if other.at(other.nearest(one.origin)).minus(one.origin).length > _NEAR:
        return "Disjoint", None
    first, second = one._bounds, other._bounds
    if first is None or second is None:
        # "Subset: a line entirely within the unbound line passed as argument", and the other
        # way round: documentation of Curve.Intersect.
        if first is second:
            return "Equal", None
        return ("Superset" if first is None else "Subset"), None
    ends = sorted(one.nearest(point) for point in (other.start(), other.end()))
    if max(abs(ends[0] - first[0]), abs(ends[1] - first[1])) < _NEAR:
        return "Equal", None
    if ends[0] > first[1] + _NEAR or ends[1] < first[0] - _NEAR:
        return "Disjoint", None
    if abs(ends[0] - first[1]) <= _NEAR or abs(ends[1] - first[0]) <= _NEAR:
        # "Subset: the inputs are parallel lines with only one common intersection point."
        common = one.at(first[1] if abs(ends[0] - first[1]) <= _NEAR else first[0])
        return "Subset", _results(one, other, [common])
    raise NotSimulated("Autodesk.Revit.DB.Curve.Intersect of lines that cover one another partly")


def _on(curve: Curve, point: XYZ) -> bool:
    return curve.project(point).Distance < _NEAR


def _candidates(one: Curve, other: Curve) -> list[XYZ]:
    """Return where the unbound curves may meet."""
    match one, other:
        case Line(), Line():
            return _crossing(one, other)
        case Line(), Arc():
            return _line_and_circle(one, other)
        case Arc(), Line():
            return _line_and_circle(other, one)
        case Arc(), Arc():
            return _two_circles(one, other)
    raise NotSimulated("Autodesk.Revit.DB.Curve.Intersect of these kinds of curves")


def _crossing(one: Line, other: Line) -> list[XYZ]:
    across = one.direction.cross(other.direction)
    between = other.origin.minus(one.origin)
    return [one.at(between.cross(other.direction).dot(across) / across.dot(across))]


def _line_and_circle(line: Line, arc: Arc) -> list[XYZ]:
    normal = arc.Normal
    slope = line.direction.dot(normal)
    height = arc.centre.minus(line.origin).dot(normal)
    if abs(slope) > TOLERANCE:
        return [line.at(height / slope)]
    if abs(height) > _NEAR:
        return []
    middle = line.nearest(arc.centre)
    distance = line.at(middle).minus(arc.centre).length
    return [line.at(middle + step) for step in _half_chord(arc.radius, distance)]


def _half_chord(radius: float, distance: float) -> list[float]:
    """Return both ways along the chord of a circle at a distance from its centre."""
    if abs(radius - distance) < _NEAR:
        return [0.0]
    if distance > radius:
        return []
    half = math.sqrt(radius**2 - distance**2)
    return [-half, half]


def _two_circles(one: Arc, other: Arc) -> list[XYZ]:
    between = other.centre.minus(one.centre)
    distance = between.length
    tilted = one.Normal.cross(other.Normal).length > TOLERANCE
    if tilted or abs(between.dot(one.Normal)) > _NEAR:
        raise NotSimulated("Autodesk.Revit.DB.Curve.Intersect of arcs in two planes")
    if distance < _NEAR:
        if abs(one.radius - other.radius) < _NEAR:
            raise NotSimulated("Autodesk.Revit.DB.Curve.Intersect of arcs of one circle")
        return []
    along = between.times(1.0 / distance)
    foot = (distance**2 + one.radius**2 - other.radius**2) / (2.0 * distance)
    side = one.Normal.cross(along)
    middle = one.centre.plus(along.times(foot))
    return [middle.plus(side.times(step)) for step in _half_chord(one.radius, abs(foot))]
