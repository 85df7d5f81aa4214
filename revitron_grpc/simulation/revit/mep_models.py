"""The MEP side of families: fittings, equipment, terminals, devices.

Data of an instance: `ports` (see the module of that name); of its type `part_type`, a name of
`PartType`.
"""

from collections.abc import Callable
from typing import Any

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.database import ElementRecord
from revitron_grpc.simulation.revit.connectors import ConnectorManager
from revitron_grpc.simulation.revit.families import provides_mep_model
from revitron_grpc.simulation.revit.owned import Owned
from revitron_grpc.simulation.revit.ports import ports_of

__all__ = ["MEPModel", "gives_electrical_systems", "model_for"]

_DB = "Autodesk.Revit.DB"


@behaves(f"{_DB}.MEPModel")
class MEPModel(Owned):
    """What a family is to services."""

    @classmethod
    def of(cls, record: ElementRecord) -> Any:
        """Return the model of an instance."""
        made = object.__new__(cls)
        made.__dict__["_held"] = record
        return made

    @property
    def ConnectorManager(self) -> Any:
        # A family of an MEP category that was drawn without connectors has no manager.
        return ConnectorManager.of(self._record) if ports_of(self._record) else None

    @property
    def IsValidObject(self) -> bool:
        return self._held.alive

    def GetElectricalSystems(self) -> list[ElementRecord]:
        return [system for give in _electrical for system in give(self._record, False)]

    def GetAssignedElectricalSystems(self) -> list[ElementRecord]:
        return [system for give in _electrical for system in give(self._record, True)]


_electrical: list[Callable[[ElementRecord, bool], list[ElementRecord]]] = []


def gives_electrical_systems(
    function: Callable[[ElementRecord, bool], list[ElementRecord]],
) -> Callable[[ElementRecord, bool], list[ElementRecord]]:
    """Register what finds the circuits of a device; with True those that a panel feeds."""
    _electrical.append(function)
    return function


@behaves(f"{_DB}.Mechanical.MechanicalFitting")
class MechanicalFitting(MEPModel):
    """An elbow, a tee, a transition of pipes or ducts."""

    @property
    def PartType(self) -> str:
        kind = self._other("type")
        return "Undefined" if kind is None else kind.data.get("part_type", "Undefined")


@behaves(f"{_DB}.Mechanical.MechanicalEquipment")
class MechanicalEquipment(MEPModel):
    """A unit that feeds or uses air or water."""


@behaves(f"{_DB}.Electrical.LightingFixture")
class LightingFixture(MEPModel):
    """A lamp."""


@behaves(f"{_DB}.Electrical.LightingDevice")
class LightingDevice(MEPModel):
    """A switch."""


_MODELS: dict[str, type[MEPModel]] = {
    "OST_PipeFitting": MechanicalFitting,
    "OST_DuctFitting": MechanicalFitting,
    "OST_MechanicalEquipment": MechanicalEquipment,
    "OST_LightingFixtures": LightingFixture,
    "OST_LightingDevices": LightingDevice,
    **dict.fromkeys(
        (
            "OST_CableTrayFitting",
            "OST_CommunicationDevices",
            "OST_ConduitFitting",
            "OST_DataDevices",
            "OST_DuctAccessory",
            "OST_DuctTerminal",
            "OST_ElectricalFixtures",
            "OST_FireAlarmDevices",
            "OST_NurseCallDevices",
            "OST_PipeAccessory",
            "OST_PlumbingFixtures",
            "OST_SecurityDevices",
            "OST_Sprinklers",
            "OST_TelephoneDevices",
        ),
        MEPModel,
    ),
}


def model_for(category: str, model: type[MEPModel]) -> None:
    """Let families of a category have this model."""
    _MODELS[category] = model


@provides_mep_model
def _mep_model(record: ElementRecord) -> Any:
    model = _MODELS.get(record.data.get("category", ""))
    if model is None:
        return MEPModel.of(record) if record.data.get("ports") else None
    return model.of(record)
