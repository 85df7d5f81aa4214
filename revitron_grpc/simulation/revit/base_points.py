"""Survey point, project base point and internal origin.

Data: `position` (XYZ in the model), `shared` (XYZ in shared coordinates; without it what the
active location makes of the position), `survey` (whether it is the survey point).
"""

from typing import Any

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.database import ElementRecord
from revitron_grpc.simulation.errors import NotSimulated
from revitron_grpc.simulation.revit.elements import Element
from revitron_grpc.simulation.revit.geometry import XYZ

__all__ = ["BasePoint"]


@behaves("Autodesk.Revit.DB.BasePoint")
class BasePoint(Element):
    """A point of reference of a project."""

    @property
    def IsShared(self) -> bool:
        return bool(self._data.get("survey"))

    @property
    def Position(self) -> XYZ:
        return self._data["position"]

    @property
    def SharedPosition(self) -> XYZ:
        return self._data["shared"]

    @classmethod
    def GetSurveyPoint(cls, document: Any) -> ElementRecord:
        return _point(document, survey=True)

    @classmethod
    def GetProjectBasePoint(cls, document: Any) -> ElementRecord:
        return _point(document, survey=False)


def _point(document: Any, *, survey: bool) -> ElementRecord:
    for record in document._database.of_kind("BasePoint"):
        if bool(record.data.get("survey")) == survey:
            return record
    # Every project has both in Revit; a sample model has them only where they matter.
    raise NotSimulated("a base point of a sample model that has none")
