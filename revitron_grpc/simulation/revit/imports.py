"""Drawings of other programs, linked or imported.

Data of an instance: `type`, `linked`, `transform`, and `view` where it shows in one view only.
"""

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.revit.elements import Element, ElementType
from revitron_grpc.simulation.revit.geometry import Transform

__all__ = ["CADLinkType", "ImportInstance"]


@behaves("Autodesk.Revit.DB.ImportInstance")
class ImportInstance(Element):
    """A drawing in its place."""

    @property
    def IsLinked(self) -> bool:
        return bool(self._data.get("linked"))

    def GetTransform(self) -> Transform:
        return self._data.get("transform") or Transform.Identity

    def GetTotalTransform(self) -> Transform:
        return self.GetTransform()


@behaves("Autodesk.Revit.DB.CADLinkType")
class CADLinkType(ElementType):
    """A linked or imported drawing."""
