"""Points and vectors, in feet: `XYZ` in space and `UV` on a surface.

Both are values that never change. Scripts use the members that have Revit's names; the behaviour
of other types uses the lower-case ones, which check nothing and are not seen by scripts.
"""

import math
from collections.abc import Iterable
from typing import NoReturn

from revitron_grpc.simulation.behaviour import behaves, static_property
from revitron_grpc.simulation.errors import revit_error

__all__ = ["TOLERANCE", "UV", "XYZ", "almost_equal", "finite"]

TOLERANCE = 1.0e-9
"""What Revit takes for zero when it compares vectors (`Application.VertexTolerance` is wider)."""


def finite(*numbers: float) -> None:
    """Refuse what Revit refuses as a coordinate or an angle.

    Raises Revit's `ArgumentException` for infinity and for what is not a number (documentation
    of `XYZ.ctor` and `Transform.CreateRotation`).
    """
    if not all(map(math.isfinite, numbers)):
        raise revit_error("ArgumentException", "The given value is not finite.")


def almost_equal(one: Iterable[float], other: Iterable[float], tolerance: float) -> bool:
    """Whether two rows of numbers differ by at most `tolerance` in each place."""
    return all(abs(a - b) <= tolerance for a, b in zip(one, other, strict=True))


def _is_number(value: object) -> bool:
    return isinstance(value, int | float)


def _no_such_coordinate(index: int) -> NoReturn:
    raise revit_error("ArgumentOutOfRangeException", f"There is no coordinate {index}.")


@behaves("Autodesk.Revit.DB.XYZ")
class XYZ:
    """A point or a vector in feet. `==` compares objects, not coordinates, as in Revit."""

    __iter__ = None

    def __init__(self, x: float = 0.0, y: float = 0.0, z: float = 0.0) -> None:
        finite(x, y, z)
        self._x, self._y, self._z = float(x), float(y), float(z)

    Zero = static_property(lambda _: XYZ())
    BasisX = static_property(lambda _: XYZ(1.0, 0.0, 0.0))
    BasisY = static_property(lambda _: XYZ(0.0, 1.0, 0.0))
    BasisZ = static_property(lambda _: XYZ(0.0, 0.0, 1.0))

    @property
    def X(self) -> float:
        """The first coordinate in feet."""
        return self._x

    @property
    def Y(self) -> float:
        """The second coordinate in feet."""
        return self._y

    @property
    def Z(self) -> float:
        """The third coordinate in feet."""
        return self._z

    def get_Item(self, index: int) -> float:
        """Return the coordinate at 0, 1 or 2."""
        if index not in (0, 1, 2):
            _no_such_coordinate(index)
        return self.coordinates[index]

    def Add(self, source: "XYZ") -> "XYZ":
        """Return the sum of this vector and another."""
        return self.plus(source)

    def Subtract(self, source: "XYZ") -> "XYZ":
        """Return this vector less another."""
        return self.minus(source)

    def Multiply(self, value: float) -> "XYZ":
        """Return this vector times a number."""
        finite(value)
        return self.times(value)

    def Divide(self, value: float) -> "XYZ":
        """Return this vector divided by a number; zero is refused."""
        finite(value)
        if abs(value) < TOLERANCE:
            raise revit_error("ArgumentException", "The value is zero.")
        return self.times(1.0 / value)

    def Negate(self) -> "XYZ":
        """Return the opposite vector."""
        return self.times(-1.0)

    def DotProduct(self, source: "XYZ") -> float:
        """Return the scalar product."""
        return self.dot(source)

    def CrossProduct(self, source: "XYZ") -> "XYZ":
        """Return the vector product."""
        return self.cross(source)

    def TripleProduct(self, middle: "XYZ", right: "XYZ") -> float:
        """Return the volume that three vectors span."""
        return self.dot(middle.cross(right))

    def GetLength(self) -> float:
        """Return the length in feet."""
        return self.length

    def DistanceTo(self, source: "XYZ") -> float:
        """Return the distance to another point in feet."""
        return self.minus(source).length

    def Normalize(self) -> "XYZ":
        """Return the vector of length one, or zero where this one is almost zero."""
        return self.unit()

    def AngleTo(self, source: "XYZ") -> float:
        """Return the angle to another vector, in 0 to pi."""
        return math.atan2(self.cross(source).length, self.dot(source))

    def AngleOnPlaneTo(self, right: "XYZ", normal: "XYZ") -> float:
        """Return the angle to another vector seen against a normal, in 0 to 2 pi."""
        axis = normal.unit()
        if axis.IsZeroLength():
            raise revit_error("ArgumentException", "The normal has zero length.")
        one = self.minus(axis.times(self.dot(axis)))
        other = right.minus(axis.times(right.dot(axis)))
        angle = math.atan2(one.cross(other).dot(axis), one.dot(other))
        return angle if angle >= 0.0 else angle + 2.0 * math.pi

    def IsAlmostEqualTo(self, source: "XYZ", tolerance: float = TOLERANCE) -> bool:
        """Whether another vector is the same within a tolerance in feet."""
        if tolerance < 0.0:
            raise revit_error("ArgumentException", "The tolerance is negative.")
        return almost_equal(self.coordinates, source.coordinates, tolerance)

    def IsUnitLength(self) -> bool:
        """Whether the length is one."""
        return abs(self.length - 1.0) < TOLERANCE

    def IsZeroLength(self) -> bool:
        """Whether the length is zero."""
        return self.length < TOLERANCE

    def ToString(self) -> str:
        """Return the coordinates with nine places, as Revit prints them."""
        return f"({self._x:.9f}, {self._y:.9f}, {self._z:.9f})"

    def __str__(self) -> str:
        return self.ToString()

    def __repr__(self) -> str:
        return f"XYZ{self.coordinates}"

    def __getitem__(self, index: int) -> float:
        return self.get_Item(index)

    def __add__(self, other: object) -> "XYZ":
        return self.Add(other) if isinstance(other, XYZ) else NotImplemented

    def __sub__(self, other: object) -> "XYZ":
        return self.Subtract(other) if isinstance(other, XYZ) else NotImplemented

    def __mul__(self, value: float) -> "XYZ":
        return self.Multiply(value) if _is_number(value) else NotImplemented

    def __rmul__(self, value: float) -> "XYZ":
        return self.Multiply(value) if _is_number(value) else NotImplemented

    def __truediv__(self, value: float) -> "XYZ":
        return self.Divide(value) if _is_number(value) else NotImplemented

    def __neg__(self) -> "XYZ":
        return self.Negate()

    @property
    def coordinates(self) -> tuple[float, float, float]:
        """The three numbers."""
        return self._x, self._y, self._z

    @property
    def length(self) -> float:
        """The length in feet."""
        return math.hypot(self._x, self._y, self._z)

    def plus(self, other: "XYZ") -> "XYZ":
        """Return the sum."""
        return XYZ(self._x + other._x, self._y + other._y, self._z + other._z)

    def minus(self, other: "XYZ") -> "XYZ":
        """Return the difference."""
        return XYZ(self._x - other._x, self._y - other._y, self._z - other._z)

    def times(self, value: float) -> "XYZ":
        """Return the vector times a number."""
        return XYZ(self._x * value, self._y * value, self._z * value)

    def dot(self, other: "XYZ") -> float:
        """Return the scalar product."""
        return self._x * other._x + self._y * other._y + self._z * other._z

    def cross(self, other: "XYZ") -> "XYZ":
        """Return the vector product."""
        return XYZ(
            self._y * other._z - self._z * other._y,
            self._z * other._x - self._x * other._z,
            self._x * other._y - self._y * other._x,
        )

    def unit(self) -> "XYZ":
        """Return the vector of length one, or zero."""
        length = self.length
        return XYZ() if length < TOLERANCE else self.times(1.0 / length)


@behaves("Autodesk.Revit.DB.UV")
class UV:
    """A point or a vector on a surface, in the surface's parameters."""

    __iter__ = None

    def __init__(self, u: float = 0.0, v: float = 0.0) -> None:
        finite(u, v)
        self._u, self._v = float(u), float(v)

    Zero = static_property(lambda _: UV())
    BasisU = static_property(lambda _: UV(1.0, 0.0))
    BasisV = static_property(lambda _: UV(0.0, 1.0))

    @property
    def U(self) -> float:
        """The first coordinate."""
        return self._u

    @property
    def V(self) -> float:
        """The second coordinate."""
        return self._v

    def get_Item(self, index: int) -> float:
        """Return the coordinate at 0 or 1."""
        if index not in (0, 1):
            _no_such_coordinate(index)
        return self.coordinates[index]

    def Add(self, source: "UV") -> "UV":
        """Return the sum of this vector and another."""
        return UV(self._u + source._u, self._v + source._v)

    def Subtract(self, source: "UV") -> "UV":
        """Return this vector less another."""
        return UV(self._u - source._u, self._v - source._v)

    def Multiply(self, value: float) -> "UV":
        """Return this vector times a number."""
        return UV(self._u * value, self._v * value)

    def Divide(self, value: float) -> "UV":
        """Return this vector divided by a number; zero is refused."""
        finite(value)
        if abs(value) < TOLERANCE:
            raise revit_error("ArgumentException", "The value is zero.")
        return UV(self._u / value, self._v / value)

    def Negate(self) -> "UV":
        """Return the opposite vector."""
        return UV(-self._u, -self._v)

    def DotProduct(self, source: "UV") -> float:
        """Return the scalar product."""
        return self._u * source._u + self._v * source._v

    def CrossProduct(self, source: "UV") -> float:
        """Return the area that two vectors span, with its sign."""
        return self._u * source._v - self._v * source._u

    def GetLength(self) -> float:
        """Return the length."""
        return math.hypot(self._u, self._v)

    def DistanceTo(self, source: "UV") -> float:
        """Return the distance to another point."""
        return math.hypot(self._u - source._u, self._v - source._v)

    def Normalize(self) -> "UV":
        """Return the vector of length one, or zero where this one is almost zero."""
        length = math.hypot(self._u, self._v)
        return UV() if length < TOLERANCE else UV(self._u / length, self._v / length)

    def IsAlmostEqualTo(self, source: "UV", tolerance: float = TOLERANCE) -> bool:
        """Whether another vector is the same within a tolerance."""
        if tolerance < 0.0:
            raise revit_error("ArgumentException", "The tolerance is negative.")
        return almost_equal(self.coordinates, source.coordinates, tolerance)

    def IsUnitLength(self) -> bool:
        """Whether the length is one."""
        return abs(math.hypot(self._u, self._v) - 1.0) < TOLERANCE

    def IsZeroLength(self) -> bool:
        """Whether the length is zero."""
        return math.hypot(self._u, self._v) < TOLERANCE

    def ToString(self) -> str:
        """Return the coordinates with nine places, as Revit prints them."""
        return f"({self._u:.9f}, {self._v:.9f})"

    def __str__(self) -> str:
        return self.ToString()

    def __repr__(self) -> str:
        return f"UV{self.coordinates}"

    def __getitem__(self, index: int) -> float:
        return self.get_Item(index)

    def __add__(self, other: object) -> "UV":
        return self.Add(other) if isinstance(other, UV) else NotImplemented

    def __sub__(self, other: object) -> "UV":
        return self.Subtract(other) if isinstance(other, UV) else NotImplemented

    def __mul__(self, value: float) -> "UV":
        return self.Multiply(value) if _is_number(value) else NotImplemented

    def __rmul__(self, value: float) -> "UV":
        return self.Multiply(value) if _is_number(value) else NotImplemented

    def __truediv__(self, value: float) -> "UV":
        return self.Divide(value) if _is_number(value) else NotImplemented

    def __neg__(self) -> "UV":
        return self.Negate()

    @property
    def coordinates(self) -> tuple[float, float]:
        """The two numbers."""
        return self._u, self._v
