"""Project locations: where a model lies on its site, and where true north is.

Data: `name`, `east_west`, `north_south`, `elevation` (feet) and `angle` (radians, counter-clockwise
from project north to true north) of the model's origin in shared coordinates.
"""

from typing import Any

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.database import ElementRecord
from revitron_grpc.simulation.errors import NotSimulated
from revitron_grpc.simulation.revit.elements import Element
from revitron_grpc.simulation.revit.geometry import XYZ, Transform

__all__ = ["ProjectLocation", "ProjectPosition"]

_KEYS = ("east_west", "north_south", "elevation", "angle")


@behaves("Autodesk.Revit.DB.ProjectPosition")
class ProjectPosition:
    """A place in shared coordinates, in feet, and the angle to true north in radians."""

    def __init__(self, *parts: Any) -> None:
        if len(parts) == 1:
            parts = tuple(parts[0]._parts)
        self._parts = [float(part) for part in parts]

    @staticmethod
    def of(*parts: float) -> "ProjectPosition":
        """Return the position with these four values."""
        return ProjectPosition(*parts)

    @property
    def EastWest(self) -> float:
        return self._parts[0]

    @EastWest.setter
    def EastWest(self, value: float) -> None:
        self._parts[0] = float(value)

    @property
    def NorthSouth(self) -> float:
        return self._parts[1]

    @NorthSouth.setter
    def NorthSouth(self, value: float) -> None:
        self._parts[1] = float(value)

    @property
    def Elevation(self) -> float:
        return self._parts[2]

    @Elevation.setter
    def Elevation(self, value: float) -> None:
        self._parts[2] = float(value)

    @property
    def Angle(self) -> float:
        return self._parts[3]

    @Angle.setter
    def Angle(self, value: float) -> None:
        self._parts[3] = float(value)

    @property
    def IsValidObject(self) -> bool:
        return True

    def Dispose(self) -> None:
        return None


@behaves("Autodesk.Revit.DB.ProjectLocation")
class ProjectLocation(Element):
    """A named place of the model on its site."""

    def GetProjectPosition(self, point: XYZ) -> ProjectPosition:
        east, north, up, angle = _held(self._record)
        # Shared coordinates are the model's, turned by the angle, then moved (field knowledge).
        turned = Transform.CreateRotation(XYZ(0.0, 0.0, 1.0), angle).OfPoint(point)
        return ProjectPosition.of(east + turned.X, north + turned.Y, up + turned.Z, angle)

    def SetProjectPosition(self, point: XYZ, position: ProjectPosition) -> None:
        angle = position.Angle
        turned = Transform.CreateRotation(XYZ(0.0, 0.0, 1.0), angle).OfPoint(point)
        moved = (
            position.EastWest - turned.X,
            position.NorthSouth - turned.Y,
            position.Elevation - turned.Z,
            angle,
        )
        for key, value in zip(_KEYS, moved, strict=True):
            self._write(key, value)

    # A location is an `Instance` in Revit; what its transforms mean is documented nowhere.

    def GetTransform(self) -> Transform:
        raise NotSimulated("Autodesk.Revit.DB.ProjectLocation.GetTransform")

    def GetTotalTransform(self) -> Transform:
        raise NotSimulated("Autodesk.Revit.DB.ProjectLocation.GetTotalTransform")


def _held(record: ElementRecord) -> tuple[float, float, float, float]:
    east, north, up, angle = (record.data.get(key, 0.0) for key in _KEYS)
    return east, north, up, angle
