"""`Curve`, what lines and arcs have in common. Lengths in feet, angles in radians.

What each member refuses is in the documentation of that member in Revit's API reference.
"""

from typing import Any

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.errors import NotSimulated, revit_error
from revitron_grpc.simulation.revit.transforms import Transform
from revitron_grpc.simulation.revit.vectors import TOLERANCE, UV, XYZ, finite

__all__ = [
    "SHORT_CURVE",
    "Curve",
    "GeometryObject",
    "IntersectionResult",
    "long_enough",
]

SHORT_CURVE = 0.00256026455729167
"""`Application.ShortCurveTolerance` in feet, about 0.78 mm (field knowledge)."""


@behaves("Autodesk.Revit.DB.GeometryObject")
class GeometryObject:
    """What a model's shapes are made of."""

    @property
    def GraphicsStyleId(self) -> int:
        return -1

    @property
    def IsElementGeometry(self) -> bool:
        return False

    @property
    def Visibility(self) -> str:
        return "Visible"


@behaves("Autodesk.Revit.DB.IntersectionResult")
class IntersectionResult:
    """A point that was found on a curve or a face."""

    def __init__(self) -> None:
        self._point, self._uv = XYZ(), UV()
        self._parameter = self._distance = 0.0

    @staticmethod
    def of(
        point: XYZ, parameter: float = 0.0, distance: float = 0.0, uv: UV | None = None
    ) -> "IntersectionResult":
        made = IntersectionResult()
        made._point, made._parameter, made._distance = point, parameter, distance
        made._uv = uv or UV()
        return made

    @property
    def XYZPoint(self) -> XYZ:
        return self._point

    @property
    def Parameter(self) -> float:
        return self._parameter

    @property
    def Distance(self) -> float:
        return self._distance

    @property
    def UVPoint(self) -> UV:
        return self._uv


@behaves("Autodesk.Revit.DB.Curve")
class Curve(GeometryObject):
    """A curve with a raw parameter; without bounds it has no ends.

    It can be changed (`MakeBound`), so elements hand out clones.
    """

    _bounds: tuple[float, float] | None = None

    # What each kind of curve knows of itself; the rest follows from it.

    def at(self, parameter: float) -> XYZ:
        """Return the point at a raw parameter."""
        raise NotImplementedError

    def derivatives(self, parameter: float) -> tuple[XYZ, XYZ]:
        """Return the first and the second derivative at a raw parameter."""
        raise NotImplementedError

    def nearest(self, point: XYZ) -> float:
        """Return the raw parameter nearest to a point, whatever the bounds."""
        raise NotImplementedError

    def mapped(self, transform: Transform) -> "Curve":
        """Return the curve elsewhere, with the same raw parameters as far as lengths allow."""
        raise NotImplementedError

    def speed(self) -> float:
        """Return how many feet one unit of the raw parameter is."""
        raise NotImplementedError

    def period(self) -> float | None:
        """Return after which raw parameter the curve repeats itself."""
        return None

    def copy(self) -> "Curve":
        """Return another curve of the same shape."""
        made = self.mapped(Transform())
        made._bounds = self._bounds
        return made

    def bounds(self) -> tuple[float, float]:
        """Return the raw parameters of both ends; an unbound curve raises Revit's exception."""
        if self._bounds is None:
            raise revit_error(
                "ArgumentException", "curve is unbound and does not have start and end points."
            )
        return self._bounds

    def start(self) -> XYZ:
        """Return the point where a bound curve begins."""
        return self.at(self.bounds()[0])

    def end(self) -> XYZ:
        """Return the point where a bound curve ends."""
        return self.at(self.bounds()[1])

    def length(self) -> float | None:
        """Return the length in feet; None for what has no end."""
        if self._bounds is not None:
            return (self._bounds[1] - self._bounds[0]) * self.speed()
        period = self.period()
        return None if period is None else period * self.speed()

    # Revit's members.

    @property
    def IsBound(self) -> bool:
        return self._bounds is not None

    @property
    def IsCyclic(self) -> bool:
        return self.period() is not None

    @property
    def IsClosed(self) -> bool:
        return self._bounds is None and self.period() is not None

    @property
    def Period(self) -> float:
        period = self.period()
        if period is None:
            raise revit_error("InvalidOperationException", "The curve is not cyclic.")
        return period

    @property
    def Length(self) -> float:
        length = self.length()
        if length is None:
            raise NotSimulated("Autodesk.Revit.DB.Curve.Length of an unbound line")
        return length

    @property
    def ApproximateLength(self) -> float:
        return self.Length

    @property
    def Reference(self) -> None:
        return None

    def GetEndPoint(self, index: int) -> XYZ:
        return self.at(self.GetEndParameter(index))

    def GetEndParameter(self, index: int) -> float:
        bounds = self.bounds()
        if index not in (0, 1):
            raise revit_error(
                "ArgumentException",
                "index must be 0 for the start of the curve or 1 for the end.",
            )
        return bounds[index]

    def ComputeNormalizedParameter(self, rawParameter: float) -> float:
        start, end = self.bounds()
        return (rawParameter - start) / (end - start)

    def ComputeRawParameter(self, normalizedParameter: float) -> float:
        start, end = self.bounds()
        return start + normalizedParameter * (end - start)

    def Evaluate(self, parameter: float, normalized: bool) -> XYZ:
        return self.at(self._raw(parameter, normalized))

    def ComputeDerivatives(self, parameter: float, normalized: bool) -> Transform:
        raw = self._raw(parameter, normalized)
        first, second = self.derivatives(raw)
        return Transform.of(self.at(raw), first, second, first.cross(second))

    def _raw(self, parameter: float, normalized: bool) -> float:
        finite(parameter)
        if not normalized:
            return parameter
        if self._bounds is None:
            raise revit_error(
                "ArgumentOutOfRangeException",
                "The curve cannot be evaluated as normalized because it is unbound.",
            )
        if not -TOLERANCE <= parameter <= 1.0 + TOLERANCE:
            raise revit_error(
                "ArgumentOutOfRangeException",
                "The parameter is not a valid value for normalized evaluation.",
            )
        start, end = self._bounds
        return start + parameter * (end - start)

    def IsInside(self, parameter: float) -> bool:
        if self._bounds is None:
            return True
        start, end = self._bounds
        return start - TOLERANCE <= parameter <= end + TOLERANCE

    def Project(self, point: XYZ) -> IntersectionResult:
        return self.project(point)

    def Distance(self, point: XYZ) -> float:
        return self.project(point).Distance

    def project(self, point: XYZ) -> IntersectionResult:
        """Return the nearest point between the bounds."""
        parameter = self.nearest(point)
        if self._bounds is not None:
            start, end = self._bounds
            period = self.period()
            if period is not None:
                parameter = start + (parameter - start) % period
            if not start <= parameter <= end:
                parameter = min(self._bounds, key=lambda bound: self.at(bound).minus(point).length)
        found = self.at(parameter)
        return IntersectionResult.of(found, parameter, found.minus(point).length)

    def Clone(self) -> "Curve":
        return self.copy()

    def CreateReversed(self) -> "Curve":
        raise NotSimulated(f"Autodesk.Revit.DB.Curve.CreateReversed of {type(self).__name__}")

    def CreateTransformed(self, transform: Transform) -> "Curve":
        if not transform.IsConformal:
            raise revit_error("ArgumentException", "transform is not conformal.")
        return self.mapped_with_bounds(transform)

    def mapped_with_bounds(self, transform: Transform) -> "Curve":
        """Return the curve elsewhere, as long as the transform makes it."""
        made = self.mapped(transform)
        if self._bounds is not None:
            # A line's parameter is its length, which a scale changes; an arc's is an angle.
            factor = 1.0 if self.period() is not None else transform.get_Basis(0).length
            made._bounds = (self._bounds[0] * factor, self._bounds[1] * factor)
        return made

    def MakeBound(self, startParameter: float, endParameter: float) -> None:
        if startParameter >= endParameter:
            raise revit_error(
                "ArgumentException", "The start parameter must be less than the end parameter."
            )
        long_enough((endParameter - startParameter) * self.speed())
        self._bounds = (startParameter, endParameter)

    def MakeUnbound(self) -> None:
        self._bounds = None

    def Tessellate(self) -> list[XYZ]:
        return self.points()

    def points(self) -> list[XYZ]:
        """Return points along the curve from its start to its end."""
        start, end = self.bounds()
        return [self.at(start), self.at(end)]

    def Intersect(self, curve: "Curve", results: Any = None) -> str:
        from revitron_grpc.simulation.revit.intersections import meet

        verdict, found = meet(self, curve)
        if results is not None:
            if not hasattr(results, "Value"):
                raise NotSimulated("Autodesk.Revit.DB.Curve.Intersect with a result option")
            results.Value = found
        return verdict


def long_enough(length: float) -> None:
    """Refuse a curve that is too short for Revit."""
    if length < SHORT_CURVE:
        raise revit_error(
            "ArgumentsInconsistentException",
            "Curve length is too small for Revit's tolerance "
            "(as identified by Application.ShortCurveTolerance).",
        )
