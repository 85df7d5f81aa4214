"""Boxes along axes, in feet: `BoundingBoxXYZ`, `BoundingBoxUV` and `Outline`."""

from collections.abc import Iterable
from itertools import product
from typing import NoReturn

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.errors import revit_error
from revitron_grpc.simulation.revit import transforms
from revitron_grpc.simulation.revit.vectors import UV, XYZ

__all__ = ["BoundingBoxUV", "BoundingBoxXYZ", "Outline", "box_around"]


def _no_such_bound(index: int) -> NoReturn:
    raise revit_error("ArgumentOutOfRangeException", f"There is no bound {index}.")


@behaves("Autodesk.Revit.DB.BoundingBoxXYZ")
class BoundingBoxXYZ:
    """A box in the axes of a transform. It can be changed, so elements hand out copies."""

    def __init__(self) -> None:
        # "Extents of (-100, -100, -100) to (100, 100, 100)": documentation of the constructor.
        self._min, self._max = XYZ(-100.0, -100.0, -100.0), XYZ(100.0, 100.0, 100.0)
        self._transform = transforms.Transform()
        self._enabled = True
        self._off: frozenset[tuple[int, int]] = frozenset()

    @staticmethod
    def of(
        minimum: XYZ, maximum: XYZ, transform: transforms.Transform | None = None
    ) -> "BoundingBoxXYZ":
        """Make a box from two corners."""
        made = BoundingBoxXYZ()
        made._min, made._max = minimum, maximum
        made._transform = transforms.Transform(transform)
        return made

    @property
    def Min(self) -> XYZ:
        """The corner with the smallest coordinates, in the box's own axes."""
        return self._min

    @Min.setter
    def Min(self, value: XYZ) -> None:
        self._min = value

    @property
    def Max(self) -> XYZ:
        """The corner with the largest coordinates, in the box's own axes."""
        return self._max

    @Max.setter
    def Max(self, value: XYZ) -> None:
        self._max = value

    @property
    def Transform(self) -> transforms.Transform:
        """From the axes of the box to those of the model; a copy."""
        return transforms.Transform(self._transform)

    @Transform.setter
    def Transform(self, value: transforms.Transform) -> None:
        self._transform = transforms.Transform(value)

    @property
    def Enabled(self) -> bool:
        """Whether the box as a whole counts."""
        return self._enabled

    @Enabled.setter
    def Enabled(self, value: bool) -> None:
        self._enabled = value

    @property
    def IsSet(self) -> bool:
        """Whether each smallest coordinate is at most the largest (Revit 2023 and later)."""
        return _ordered(self._min, self._max)

    def get_Bounds(self, bound: int) -> XYZ:
        """Return the corner 0 (`Min`) or 1 (`Max`)."""
        if bound not in (0, 1):
            _no_such_bound(bound)
        return (self._min, self._max)[bound]

    def set_Bounds(self, bound: int, value: XYZ) -> None:
        """Replace the corner 0 (`Min`) or 1 (`Max`)."""
        if bound == 0:
            self._min = value
        elif bound == 1:
            self._max = value
        else:
            _no_such_bound(bound)

    def get_BoundEnabled(self, bound: int, dim: int) -> bool:
        """Whether the bound 0 or 1 counts in the direction 0, 1 or 2."""
        return (bound, dim) not in self._off

    def set_BoundEnabled(self, bound: int, dim: int, value: bool) -> None:
        """Switch the bound 0 or 1 on or off in the direction 0, 1 or 2."""
        if bound not in (0, 1) or dim not in (0, 1, 2):
            _no_such_bound(bound)
        self._off = self._off - {(bound, dim)} if value else self._off | {(bound, dim)}

    def get_MinEnabled(self, dim: int) -> bool:
        """Whether the smallest coordinate counts in the direction 0, 1 or 2."""
        return self.get_BoundEnabled(0, dim)

    def set_MinEnabled(self, dim: int, value: bool) -> None:
        """Switch the smallest coordinate on or off in the direction 0, 1 or 2."""
        self.set_BoundEnabled(0, dim, value)

    def get_MaxEnabled(self, dim: int) -> bool:
        """Whether the largest coordinate counts in the direction 0, 1 or 2."""
        return self.get_BoundEnabled(1, dim)

    def set_MaxEnabled(self, dim: int, value: bool) -> None:
        """Switch the largest coordinate on or off in the direction 0, 1 or 2."""
        self.set_BoundEnabled(1, dim, value)

    def corners(self) -> list[XYZ]:
        """Return the eight corners in the axes of the model."""
        pairs = zip(self._min.coordinates, self._max.coordinates, strict=True)
        return [self._transform.OfPoint(XYZ(*corner)) for corner in product(*pairs)]

    def copy(self) -> "BoundingBoxXYZ":
        """Return another box of the same size and place."""
        made = BoundingBoxXYZ.of(self._min, self._max, self._transform)
        made._enabled, made._off = self._enabled, self._off
        return made


def box_around(points: Iterable[XYZ]) -> BoundingBoxXYZ | None:
    """Return the smallest box along the model's axes that holds the points; None without any."""
    rows = [point.coordinates for point in points]
    if not rows:
        return None
    columns = list(zip(*rows, strict=True))
    return BoundingBoxXYZ.of(XYZ(*map(min, columns)), XYZ(*map(max, columns)))


def _ordered(minimum: XYZ, maximum: XYZ) -> bool:
    pairs = zip(minimum.coordinates, maximum.coordinates, strict=True)
    return all(low <= high for low, high in pairs)


@behaves("Autodesk.Revit.DB.BoundingBoxUV")
class BoundingBoxUV:
    """A rectangle in the parameters of a surface."""

    def __init__(
        self, min_u: float = 0.0, min_v: float = 0.0, max_u: float = 0.0, max_v: float = 0.0
    ) -> None:
        self._min, self._max = UV(min_u, min_v), UV(max_u, max_v)

    @property
    def Min(self) -> UV:
        """The corner with the smallest coordinates."""
        return self._min

    @Min.setter
    def Min(self, value: UV) -> None:
        self._min = value

    @property
    def Max(self) -> UV:
        """The corner with the largest coordinates."""
        return self._max

    @Max.setter
    def Max(self, value: UV) -> None:
        self._max = value

    def get_Bounds(self, bound: int) -> UV:
        """Return the corner 0 (`Min`) or 1 (`Max`)."""
        if bound not in (0, 1):
            _no_such_bound(bound)
        return (self._min, self._max)[bound]

    @property
    def IsSet(self) -> bool:
        """Whether the smallest coordinates are at most the largest."""
        return self._min.U <= self._max.U and self._min.V <= self._max.V

    def Dispose(self) -> None:
        """Do nothing: there is nothing to let go."""


@behaves("Autodesk.Revit.DB.Outline")
class Outline:
    """A box along the model's axes, as bounding-box filters take it."""

    def __init__(self, minimum: "XYZ | Outline", maximum: XYZ | None = None) -> None:
        if isinstance(minimum, Outline):
            self._min, self._max = minimum._min, minimum._max
        elif maximum is not None:
            self._min, self._max = minimum, maximum

    @property
    def MinimumPoint(self) -> XYZ:
        """The corner with the smallest coordinates."""
        return self._min

    @MinimumPoint.setter
    def MinimumPoint(self, value: XYZ) -> None:
        self._min = value

    @property
    def MaximumPoint(self) -> XYZ:
        """The corner with the largest coordinates."""
        return self._max

    @MaximumPoint.setter
    def MaximumPoint(self, value: XYZ) -> None:
        self._max = value

    @property
    def IsEmpty(self) -> bool:
        """Whether a smallest coordinate is above the largest; such a box holds nothing.

        Field knowledge: filters refuse such an outline, which a turned box easily gives.
        """
        return not _ordered(self._min, self._max)

    @property
    def IsValidObject(self) -> bool:
        """Whether the object still lives: always, for a value."""
        return True

    def Dispose(self) -> None:
        """Do nothing: there is nothing to let go."""

    def AddPoint(self, point: XYZ) -> None:
        """Grow until the point is inside."""
        rows = [self._min.coordinates, self._max.coordinates, point.coordinates]
        if self.IsEmpty:
            rows = rows[2:]
        columns = list(zip(*rows, strict=True))
        self._min, self._max = XYZ(*map(min, columns)), XYZ(*map(max, columns))

    def Contains(self, point: XYZ, tolerance: float) -> bool:
        """Whether a point is inside, or outside by at most `tolerance` feet."""
        return self.holds(point.coordinates, tolerance)

    def ContainsOtherOutline(self, otherOutline: "Outline", tolerance: float) -> bool:
        """Whether another box is wholly inside, within `tolerance` feet."""
        return self.holds(otherOutline._min.coordinates, tolerance) and self.holds(
            otherOutline._max.coordinates, tolerance
        )

    def Intersects(self, outline: "Outline", tolerance: float) -> bool:
        """Whether another box meets this one, or lies at most `tolerance` feet away."""
        if self.IsEmpty or outline.IsEmpty:
            return False
        return all(
            low <= other_high + tolerance and other_low <= high + tolerance
            for low, high, other_low, other_high in zip(
                self._min.coordinates,
                self._max.coordinates,
                outline._min.coordinates,
                outline._max.coordinates,
                strict=True,
            )
        )

    def GetDiagonalLength(self) -> float:
        """Return the distance between the two corners; 0 for an empty outline."""
        return 0.0 if self.IsEmpty else self._max.minus(self._min).length

    def IsScaleValid(self, scale: float) -> bool:
        """Whether a scale is above zero."""
        return scale > 0.0

    def Scale(self, scale: float) -> None:
        """Grow or shrink around the centre."""
        if not self.IsScaleValid(scale):
            raise revit_error("ArgumentException", "The scale must be greater than zero.")
        centre = self._min.plus(self._max).times(0.5)
        half = self._max.minus(self._min).times(scale / 2.0)
        self._min, self._max = centre.minus(half), centre.plus(half)

    def holds(self, point: tuple[float, float, float], tolerance: float = 0.0) -> bool:
        """Whether three coordinates are inside."""
        return not self.IsEmpty and all(
            low - tolerance <= value <= high + tolerance
            for low, value, high in zip(
                self._min.coordinates, point, self._max.coordinates, strict=True
            )
        )
