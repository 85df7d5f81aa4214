"""Wire types, distribution systems and voltages of the electrical settings.

Data: `in_use`, whether circuits, devices or settings hold on to it; of a distribution system
`phase` (an `ElectricalPhase`), `line_to_line` and `line_to_ground` (ids of voltages).
"""

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.database import ElementRecord
from revitron_grpc.simulation.revit.elements import ElementType

__all__ = ["DistributionSysType", "VoltageType", "WireType"]

_DB = "Autodesk.Revit.DB.Electrical"


class _Setting(ElementType):
    @property
    def IsInUse(self) -> bool:
        return bool(self._data.get("in_use"))


@behaves(f"{_DB}.WireType")
class WireType(_Setting):
    """A type of wires."""


@behaves(f"{_DB}.VoltageType")
class VoltageType(_Setting):
    """A voltage with its limits."""


@behaves(f"{_DB}.DistributionSysType")
class DistributionSysType(_Setting):
    """How power is distributed: phases and voltages."""

    @property
    def ElectricalPhase(self) -> str:
        return self._data.get("phase", "ThreePhase")

    @property
    def VoltageLineToLine(self) -> ElementRecord | None:
        return self._other("line_to_line")

    @property
    def VoltageLineToGround(self) -> ElementRecord | None:
        return self._other("line_to_ground")
