"""`Line`: straight, with two ends or none."""

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.errors import revit_error
from revitron_grpc.simulation.revit.curve import Curve, long_enough
from revitron_grpc.simulation.revit.transforms import Transform
from revitron_grpc.simulation.revit.vectors import XYZ

__all__ = ["Line"]


@behaves("Autodesk.Revit.DB.Line")
class Line(Curve):
    """A straight line; its raw parameter is the distance from its origin in feet."""

    origin: XYZ
    direction: XYZ

    @staticmethod
    def between(start: XYZ, end: XYZ) -> "Line":
        """Make the line from one point to another, as short as it may be."""
        offset = end.minus(start)
        made = Line()
        made.origin, made.direction = start, offset.unit()
        made._bounds = (0.0, offset.length)
        return made

    @classmethod
    def CreateBound(cls, endpoint1: XYZ, endpoint2: XYZ) -> "Line":
        long_enough(endpoint2.minus(endpoint1).length)
        return Line.between(endpoint1, endpoint2)

    @classmethod
    def CreateUnbound(cls, origin: XYZ, direction: XYZ) -> "Line":
        if direction.IsZeroLength():
            raise revit_error("ArgumentOutOfRangeException", "direction has zero length.")
        made = Line()
        made.origin, made.direction = origin, direction.unit()
        return made

    @property
    def Origin(self) -> XYZ:
        return self.origin

    @property
    def Direction(self) -> XYZ:
        return self.direction

    def at(self, parameter: float) -> XYZ:
        return self.origin.plus(self.direction.times(parameter))

    def derivatives(self, parameter: float) -> tuple[XYZ, XYZ]:
        return self.direction, XYZ()

    def nearest(self, point: XYZ) -> float:
        return point.minus(self.origin).dot(self.direction)

    def speed(self) -> float:
        return 1.0

    def mapped(self, transform: Transform) -> "Line":
        made = Line()
        made.origin = transform.OfPoint(self.origin)
        made.direction = transform.OfVector(self.direction).unit()
        return made

    def CreateReversed(self) -> "Line":
        if self._bounds is not None:
            return Line.between(self.end(), self.start())
        return Line.CreateUnbound(self.origin, self.direction.times(-1.0))

    def CreateOffset(self, offsetDist: float, referenceVector: XYZ) -> "Line":
        side = self.direction.cross(referenceVector).unit()
        if side.IsZeroLength():
            raise revit_error(
                "ArgumentsInconsistentException", "The vector is parallel to the line."
            )
        made = self.mapped(Transform.of(side.times(offsetDist)))
        made._bounds = self._bounds
        return made
