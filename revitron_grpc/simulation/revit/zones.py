"""Zones of spaces.

Data of a zone: `name`, `default` (the zone of all spaces that nobody put into another one); of a
space: `zone`.
"""

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.revit.connectors import ElementSet
from revitron_grpc.simulation.revit.elements import Element

__all__ = ["SpaceSet", "Zone"]


@behaves("Autodesk.Revit.DB.Mechanical.SpaceSet")
class SpaceSet(ElementSet):
    """Spaces in no order that means anything."""


@behaves("Autodesk.Revit.DB.Mechanical.Zone")
class Zone(Element):
    """A zone of heating and cooling."""

    @property
    def IsDefaultZone(self) -> bool:
        return bool(self._data.get("default"))

    @property
    def Spaces(self) -> SpaceSet:
        number, database = self._record.id, self._database
        spaces = [one for one in database.of_kind("Space") if one.data.get("zone") == number]
        return SpaceSet.of(database, spaces)
