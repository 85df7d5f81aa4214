"""`Plane`, the one surface that is simulated."""

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.errors import revit_error
from revitron_grpc.simulation.revit.vectors import TOLERANCE, UV, XYZ

__all__ = ["Plane", "Surface", "axes_across"]


def axes_across(normal: XYZ) -> tuple[XYZ, XYZ]:
    """Return two unit vectors that make a right-handed frame with a unit normal.

    Revit chooses them "arbitrarily" (documentation of `Plane.CreateByNormalAndOrigin`): x and y
    for a normal that points up, a horizontal first vector for any other.
    """
    up = XYZ(0.0, 0.0, 1.0)
    across = up.cross(normal)
    x = across.unit() if across.length > TOLERANCE else XYZ(1.0, 0.0, 0.0)
    return x, normal.cross(x)


@behaves("Autodesk.Revit.DB.Surface")
class Surface:
    """What faces lie on."""

    @property
    def IsValidObject(self) -> bool:
        """Whether the object still lives: always, for a value."""
        return True

    def Dispose(self) -> None:
        """Do nothing: there is nothing to let go."""


@behaves("Autodesk.Revit.DB.Plane")
class Plane(Surface):
    """A plane with an origin and two axes; the normal is their vector product."""

    origin: XYZ
    normal: XYZ
    _x: XYZ
    _y: XYZ

    @staticmethod
    def of(origin: XYZ, x: XYZ, y: XYZ) -> "Plane":
        """Make a plane from its origin and two unit axes."""
        made = Plane()
        made.origin, made._x, made._y = origin, x, y
        made.normal = x.cross(y).unit()
        return made

    @classmethod
    def CreateByNormalAndOrigin(cls, normal: XYZ, origin: XYZ) -> "Plane":
        """Make a plane through a point, across a vector of any length but zero."""
        unit = normal.unit()
        if unit.IsZeroLength():
            raise revit_error("ArgumentOutOfRangeException", "normal has zero length.")
        return Plane.of(origin, *axes_across(unit))

    @classmethod
    def CreateByOriginAndBasis(cls, origin: XYZ, basisX: XYZ, basisY: XYZ) -> "Plane":
        """Make a plane from two unit vectors at right angles."""
        if not (basisX.IsUnitLength() and basisY.IsUnitLength()):
            raise revit_error("ArgumentOutOfRangeException", "A basis vector is not length 1.0.")
        if abs(basisX.dot(basisY)) > TOLERANCE:
            raise revit_error(
                "ArgumentsInconsistentException",
                "The vectors basisX and basisY are not perpendicular.",
            )
        return Plane.of(origin, basisX, basisY)

    @classmethod
    def CreateByThreePoints(cls, point1: XYZ, point2: XYZ, point3: XYZ) -> "Plane":
        """Make the plane through three points that are not on one line."""
        first, second = point2.minus(point1), point3.minus(point1)
        normal = first.cross(second)
        if normal.IsZeroLength():
            raise revit_error("ArgumentsInconsistentException", "The points lie on a line.")
        x, unit = first.unit(), normal.unit()
        return Plane.of(point1, x, unit.cross(x))

    @property
    def Origin(self) -> XYZ:
        """The point at (0, 0) of the plane."""
        return self.origin

    @property
    def Normal(self) -> XYZ:
        """The unit vector across the plane."""
        return self.normal

    @property
    def XVec(self) -> XYZ:
        """The first axis."""
        return self._x

    @property
    def YVec(self) -> XYZ:
        """The second axis."""
        return self._y

    def Project(self, point: XYZ) -> tuple[UV, float]:
        """Return where a point falls on the plane, and its distance in feet."""
        return UV(*self.on_plane(point)), abs(self.height(point))

    def height(self, point: XYZ) -> float:
        """Return how far a point lies from the plane, on the side of the normal positive."""
        return point.minus(self.origin).dot(self.normal)

    def on_plane(self, point: XYZ) -> tuple[float, float]:
        """Return a point's two coordinates on the plane."""
        offset = point.minus(self.origin)
        return offset.dot(self._x), offset.dot(self._y)

    def at(self, u: float, v: float) -> XYZ:
        """Return the point in space at two coordinates of the plane."""
        return self.origin.plus(self._x.times(u)).plus(self._y.times(v))
