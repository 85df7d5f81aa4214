"""`Arc`: a part of a circle, or a whole one."""

import math

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.errors import NotSimulated, revit_error
from revitron_grpc.simulation.revit.curve import Curve, long_enough
from revitron_grpc.simulation.revit.planes import Plane
from revitron_grpc.simulation.revit.transforms import Transform
from revitron_grpc.simulation.revit.vectors import TOLERANCE, XYZ, finite

__all__ = ["Arc"]

_LONGEST_RADIUS = 30000.0
_FULL_TURN = 2.0 * math.pi


@behaves("Autodesk.Revit.DB.Arc")
class Arc(Curve):
    """A part of a circle or, without bounds, a whole one; its raw parameter is the angle."""

    centre: XYZ
    radius: float
    x: XYZ
    y: XYZ

    @staticmethod
    def of(centre: XYZ, radius: float, x: XYZ, y: XYZ, bounds: tuple[float, float] | None) -> "Arc":
        """Make an arc from its circle, two unit axes and the angles at its ends."""
        made = Arc()
        made.centre, made.radius, made.x, made.y = centre, radius, x, y
        made._bounds = bounds
        return made

    @classmethod
    def Create(cls, *arguments: object) -> "Arc":
        match arguments:
            case (Plane() as plane, float() | int() as radius, *angles):
                return _arc(plane.origin, radius, angles, plane.XVec, plane.YVec)
            case (XYZ() as end0, XYZ() as end1, XYZ() as middle):
                return _arc_through(end0, end1, middle)
            case (XYZ() as centre, float() | int() as radius, start, end, XYZ() as x, XYZ() as y):
                if not (x.IsUnitLength() and y.IsUnitLength()):
                    raise revit_error("ArgumentOutOfRangeException", "An axis is not length 1.0.")
                if abs(x.dot(y)) > TOLERANCE:
                    raise revit_error(
                        "ArgumentsInconsistentException",
                        "The vectors xAxis and yAxis are not perpendicular.",
                    )
                return _arc(centre, radius, [start, end], x, y)
        raise NotSimulated("this overload of Autodesk.Revit.DB.Arc.Create")

    @property
    def Center(self) -> XYZ:
        return self.centre

    @property
    def Radius(self) -> float:
        return self.radius

    @property
    def Normal(self) -> XYZ:
        return self.x.cross(self.y)

    @property
    def XDirection(self) -> XYZ:
        return self.x

    @property
    def YDirection(self) -> XYZ:
        return self.y

    def _on_unit_circle(self, angle: float) -> XYZ:
        return self.x.times(math.cos(angle)).plus(self.y.times(math.sin(angle)))

    def at(self, parameter: float) -> XYZ:
        return self.centre.plus(self._on_unit_circle(parameter).times(self.radius))

    def derivatives(self, parameter: float) -> tuple[XYZ, XYZ]:
        first = self._on_unit_circle(parameter + math.pi / 2.0).times(self.radius)
        return first, self._on_unit_circle(parameter).times(-self.radius)

    def nearest(self, point: XYZ) -> float:
        offset = point.minus(self.centre)
        across, up = offset.dot(self.x), offset.dot(self.y)
        if math.hypot(across, up) < TOLERANCE:
            raise revit_error(
                "InvalidOperationException", "The input point is the center of the arc."
            )
        return math.atan2(up, across)

    def speed(self) -> float:
        return self.radius

    def period(self) -> float:
        return _FULL_TURN

    def mapped(self, transform: Transform) -> "Arc":
        x, y = transform.OfVector(self.x), transform.OfVector(self.y)
        centre, radius = transform.OfPoint(self.centre), self.radius * x.length
        return Arc.of(centre, radius, x.unit(), y.unit(), None)

    def CreateReversed(self) -> "Arc":
        bounds = None if self._bounds is None else (-self._bounds[1], -self._bounds[0])
        return Arc.of(self.centre, self.radius, self.x, self.y.times(-1.0), bounds)

    def CreateOffset(self, offsetDist: float, referenceVector: XYZ) -> "Arc":
        outwards = self.Normal.dot(referenceVector)
        radius = self.radius + math.copysign(offsetDist, offsetDist * outwards)
        if abs(outwards) < TOLERANCE or radius <= 0.0:
            raise revit_error("InvalidOperationException", "The arc cannot be offset so.")
        return Arc.of(self.centre, radius, self.x, self.y, self._bounds)

    def points(self) -> list[XYZ]:
        start, end = self._bounds or (0.0, _FULL_TURN)
        # Revit does not say how fine it is; a chord for each 7.5 degrees keeps areas to 0.3 %.
        count = max(2, math.ceil((end - start) / math.radians(7.5)))
        return [self.at(start + (end - start) * step / count) for step in range(count + 1)]


def _arc(centre: XYZ, radius: float, angles: list[object], x: XYZ, y: XYZ) -> Arc:
    start, end = (float(a) for a in angles if isinstance(a, int | float))
    finite(radius, start, end)
    if not 0.0 < radius <= _LONGEST_RADIUS:
        raise revit_error(
            "ArgumentOutOfRangeException",
            "The given value for radius must be greater than 0 and no more than 30000 feet.",
        )
    if start >= end:
        raise revit_error(
            "ArgumentsInconsistentException", "Start angle must be less than end angle."
        )
    long_enough((end - start) * radius)
    # "If the angle range is equal to or greater than 2 * PI, the curve will be automatically
    # converted to an unbounded circle": documentation of Arc.Create.
    whole = end - start >= _FULL_TURN - TOLERANCE
    return Arc.of(centre, radius, x, y, None if whole else (start, end))


def _arc_through(end0: XYZ, end1: XYZ, middle: XYZ) -> Arc:
    """Make the arc from one end to the other by way of a point between."""
    to_end, to_middle = end1.minus(end0), middle.minus(end0)
    # Seen so that the way from the first end over the middle turns to the left.
    normal = to_middle.cross(to_end)
    if normal.length < TOLERANCE:
        raise revit_error("ArgumentsInconsistentException", "The points lie on a line.")
    square = normal.dot(normal)
    outward = to_end.times(to_middle.dot(to_middle)).minus(to_middle.times(to_end.dot(to_end)))
    from_end0 = outward.cross(normal).times(0.5 / square)
    centre, unit = end0.plus(from_end0), normal.unit()
    x = from_end0.times(-1.0).unit()
    y = unit.cross(x)
    last = end1.minus(centre)
    angle = math.atan2(last.dot(y), last.dot(x)) % _FULL_TURN
    radius = from_end0.length
    long_enough(angle * radius)
    return Arc.of(centre, radius, x, y, (0.0, angle))
