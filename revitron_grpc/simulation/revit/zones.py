"""Zones of spaces.

Data of a zone: `name`, `default` (the zone of all spaces that nobody put into another one); of a
space: `zone`.
"""

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.revit.elements import Element

__all__ = ["Zone"]


@behaves("Autodesk.Revit.DB.Mechanical.Zone")
class Zone(Element):
    """A zone of heating and cooling."""

    @property
    def IsDefaultZone(self) -> bool:
        return bool(self._data.get("default"))
