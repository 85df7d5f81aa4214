"""`revitron.boundingbox` and `revitron.geometry`: boxes, faces, solids and curves."""

import math
from collections.abc import Iterator
from typing import Any

from revitron_grpc.simulation.revitron.library import db, of_revitron, revitron


@of_revitron("boundingbox")
class BoundingBox:
    """The extents of an element: those of its scope box, of a plan's crop, or its own.

    Fails for an element that could have a scope box but has none, in an English Revit.
    """

    def __init__(self, element: Any) -> None:
        wrapped = revitron()._(element)
        scope_box = wrapped.get("Scope Box")
        if scope_box:
            self.bbox = revitron()._(scope_box).getBbox().bbox
        elif wrapped.getClassName() == "ViewPlan":
            self.bbox = element.CropBox
        else:
            self.bbox = element.get_BoundingBox(None)

    @property
    def Min(self) -> Any:
        """The lowest corner; None without extents."""
        return getattr(self.bbox, "Min", None)

    @property
    def Max(self) -> Any:
        """The highest corner; None without extents."""
        return getattr(self.bbox, "Max", None)

    def containsXY(self, bbox2: Any) -> bool:
        """Tell whether another box lies in this one, seen from above."""
        other = bbox2.bbox if isinstance(bbox2, BoundingBox) else bbox2
        return self.hasPointXY(other.Min) and self.hasPointXY(other.Max)

    def getCenterPoint(self) -> Any:
        """Return the middle."""
        return (self.Min + self.Max) / 2

    def hasPointXY(self, point: Any) -> bool:
        """Tell whether a point lies in the box, seen from above."""
        low, high = self.bbox.Min, self.bbox.Max
        return low.X <= point.X <= high.X and low.Y <= point.Y <= high.Y


@of_revitron("geometry")
class Geometry:
    """The geometry of an element, its instances opened."""

    def __init__(self, element: Any) -> None:
        self._geometry = element.get_Geometry(db().Options())

    def getFaces(self) -> list[Any]:
        """Return the faces of all solids."""
        return [face for solid in self.getSolids() for face in solid.Faces]

    def getSolids(self) -> list[Any]:
        """Return the solids that have a volume."""
        return [item for item in self._items() if getattr(item, "Volume", 0)]

    def _items(self) -> Iterator[Any]:
        for part in self._geometry or ():
            if hasattr(part, "GetInstanceGeometry"):
                yield from part.GetInstanceGeometry()
            else:
                yield part

    def getCurves(self, curveType: str = "Line") -> list[Any]:
        """Return the curves of one class, in instances alone."""
        return [
            item
            for part in self._geometry
            if hasattr(part, "GetInstanceGeometry")
            for item in part.GetInstanceGeometry()
            if type(item).__name__ == curveType
        ]


@of_revitron("geometry")
class GeometryUtils:
    """Angles and polygons, seen from above."""

    @staticmethod
    def getAbsoluteAngleXY(base: Any, endpoint: Any) -> float:
        """Return the angle of a direction to the X axis in degrees, 0 to 360."""
        vector = endpoint - base
        angle = math.degrees(vector.AngleTo(db().XYZ(1, 0, vector.Z)))
        return 360 - angle if vector.Y < 0 else angle

    @staticmethod
    def getAngleXY(base: Any, reference: Any, endpoint: Any) -> float:
        """Return the angle between two directions in degrees, -180 to 180."""
        absolute = GeometryUtils.getAbsoluteAngleXY
        angle = absolute(base, reference) - absolute(base, endpoint)
        if angle > 180:
            angle -= 360
        return angle + 360 if angle < -180 else angle

    @staticmethod
    def getBoundaryPoints(boundary: Any) -> list[Any]:
        """Return the starts of all segments of a boundary."""
        return [segment.GetCurve().GetEndPoint(0) for loop in boundary for segment in loop]

    @staticmethod
    def polygonContainsPointXY(polygonPoints: Any, point: Any) -> bool:
        """Tell whether a point lies in a polygon; all of them must be at one height."""
        if any(round(one.Z, 3) != round(point.Z, 3) for one in polygonPoints):
            return False
        turned = sum(
            GeometryUtils.getAngleXY(point, polygonPoints[place - 1], polygonPoints[place])
            for place in range(len(polygonPoints))
        )
        return round(abs(turned)) == 360
