"""Curtain walls: the grid, and its panels and mullions, which name the wall as their `host`."""

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.database import ElementRecord
from revitron_grpc.simulation.revit.curves import Curve
from revitron_grpc.simulation.revit.families import FamilyInstance

__all__ = ["CurtainGrid", "Mullion"]


@behaves("Autodesk.Revit.DB.CurtainGrid")
class CurtainGrid:
    """The panels and mullions of a curtain wall, which name it as their host."""

    _wall: ElementRecord

    @staticmethod
    def of(wall: ElementRecord) -> "CurtainGrid":
        """Make the grid of a curtain wall."""
        made = CurtainGrid()
        made._wall = wall
        return made

    def GetPanelIds(self) -> list[int]:
        return self._hosted("OST_CurtainWallPanels", "OST_Doors", "OST_Windows")

    def GetMullionIds(self) -> list[int]:
        return self._hosted("OST_CurtainWallMullions")

    @property
    def NumPanels(self) -> int:
        return len(self.GetPanelIds())

    def _hosted(self, *categories: str) -> list[int]:
        return [
            other.id
            for other in self._wall.database.elements.values()
            if other.data.get("host") == self._wall.id and other.data.get("category") in categories
        ]


@behaves("Autodesk.Revit.DB.Mullion")
class Mullion(FamilyInstance):
    """A mullion; `curve` of its data is its line, already cut at others that run through."""

    @property
    def LocationCurve(self) -> Curve | None:
        curve = self._database.derived_data(self._record).get("curve")
        return None if curve is None else curve.copy()
