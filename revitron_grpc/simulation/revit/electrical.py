"""Circuits, and what panels and devices tell of them.

Data of a circuit: `system_type` (a name of `ElectricalSystemType`), `circuit_type` (a name of
`CircuitType`), `phases` (the phases that it is on, such as "A" or "ABC": one pole each), `elements`
(ids of what it feeds) and `base` (id of its panel). Number, load name, rating, voltage, length,
voltage drop and load classification are stored as parameters. Data of a device: `load`, its
apparent load in volt-amperes; that of a panel is the sum of what it feeds.
"""

import math
from typing import Any

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.computed import computed
from revitron_grpc.simulation.database import INVALID, Database, ElementRecord
from revitron_grpc.simulation.revit.mep_models import (
    MEPModel,
    gives_electrical_systems,
    model_for,
)
from revitron_grpc.simulation.revit.stored import store, stored
from revitron_grpc.simulation.revit.systems import MEPSystem

__all__ = ["VOLT_AMPERE", "ElectricalEquipment", "ElectricalSystem", "load_of"]

VOLT_AMPERE = 1.0 / 0.3048**2
"""One volt-ampere, watt or volt in Revit's own unit: feet are inside of it."""
_DB = "Autodesk.Revit.DB"
_KIND = f"{_DB}.Electrical.ElectricalSystem"
_POWER = "PowerCircuit"


def _circuits(database: Database) -> list[ElementRecord]:
    return list(database.of_kind("ElectricalSystem"))


def _fed_by(panel: ElementRecord) -> list[ElementRecord]:
    return [one for one in _circuits(panel.database) if one.data.get("base") == panel.id]


@gives_electrical_systems
def _systems_of(record: ElementRecord, assigned: bool) -> list[ElementRecord]:
    # Of a panel the systems are those that feed it and those that it feeds; the assigned ones
    # are the latter alone (field knowledge).
    fed = _fed_by(record)
    if assigned:
        return fed
    feeding = [
        one for one in _circuits(record.database) if record.id in one.data.get("elements", ())
    ]
    return feeding + [one for one in fed if one not in feeding]


# Loads


def _served(circuit: ElementRecord) -> list[ElementRecord]:
    found = map(circuit.database.get, circuit.data.get("elements", ()))
    return [record for record in found if record is not None]


def _phases_of(circuit: ElementRecord) -> str:
    return circuit.data.get("phases", "A")


def load_of(device: ElementRecord) -> float:
    """Return the apparent load of a device in Revit's own unit; of a panel, what it feeds."""
    return sum(_device_loads(device, "A", frozenset()).values())


def _device_loads(device: ElementRecord, phases: str, above: frozenset[int]) -> dict[str, float]:
    fed = _fed_by(device)
    loads = dict.fromkeys("ABC", 0.0)
    if fed and device.id not in above:
        for circuit in fed:
            for phase, load in _loads(circuit, above | {device.id}).items():
                loads[phase] += load
        return loads
    for phase in phases:
        loads[phase] += device.data.get("load", 0.0) * VOLT_AMPERE / len(phases)
    return loads


def _loads(circuit: ElementRecord, above: frozenset[int] = frozenset()) -> dict[str, float]:
    """Return the apparent load of a circuit on each phase; loads of three poles are balanced."""
    loads = dict.fromkeys("ABC", 0.0)
    if circuit.data.get("system_type", _POWER) != _POWER:
        return loads
    for device in _served(circuit):
        for phase, load in _device_loads(device, _phases_of(circuit), above).items():
            loads[phase] += load
    return loads


@computed("RBS_ELEC_APPARENT_LOAD", kinds=("ElectricalSystem",))
def _apparent_load(record: ElementRecord) -> float:
    return sum(_loads(record).values())


@computed("RBS_ELEC_APPARENT_LOAD_PHASEA", kinds=("ElectricalSystem",))
def _load_a(record: ElementRecord) -> float:
    return _loads(record)["A"]


@computed("RBS_ELEC_APPARENT_LOAD_PHASEB", kinds=("ElectricalSystem",))
def _load_b(record: ElementRecord) -> float:
    return _loads(record)["B"]


@computed("RBS_ELEC_APPARENT_LOAD_PHASEC", kinds=("ElectricalSystem",))
def _load_c(record: ElementRecord) -> float:
    return _loads(record)["C"]


@computed("RBS_ELEC_APPARENT_CURRENT_PARAM", kinds=("ElectricalSystem",))
def _apparent_current(record: ElementRecord) -> float:
    voltage = stored(record, "RBS_ELEC_VOLTAGE", 0.0)
    if voltage <= 0.0:
        return 0.0
    # The voltage of three poles is that between two of them.
    factor = math.sqrt(3.0) if len(_phases_of(record)) == 3 else 1.0
    return _apparent_load(record) / (factor * voltage)


@computed("RBS_ELEC_NUMBER_OF_POLES", kinds=("ElectricalSystem",))
def _poles(record: ElementRecord) -> int:
    return len(_phases_of(record))


# Names and numbers


def _panel_name(circuit: ElementRecord) -> str:
    panel = circuit.database.get(circuit.data.get("base", INVALID))
    return "" if panel is None else stored(panel, "RBS_ELEC_PANEL_NAME", "")


@computed("RBS_ELEC_CIRCUIT_PANEL_PARAM")
def _panel_of(record: ElementRecord) -> str:
    if record.kind == _KIND:
        return _panel_name(record)
    return ",".join(_panel_name(one) for one in _feeding(record))


@computed("RBS_ELEC_CIRCUIT_NUMBER")
def _number_of(record: ElementRecord) -> str | None:
    if record.kind == _KIND:
        return None
    # A device on several circuits shows all their numbers, parted by commas (field knowledge).
    return ",".join(stored(one, "RBS_ELEC_CIRCUIT_NUMBER", "") for one in _feeding(record))


def _feeding(device: ElementRecord) -> list[ElementRecord]:
    return [one for one in _circuits(device.database) if device.id in one.data.get("elements", ())]


@behaves(_KIND)
class ElectricalSystem(MEPSystem):
    """A circuit: of power, data, fire alarm and so on."""

    def _shown_name(self) -> str:
        # The name of a circuit is its number (field knowledge).
        return self.CircuitNumber

    @property
    def SystemType(self) -> str:
        return self._data.get("system_type", _POWER)

    @property
    def CircuitType(self) -> str:
        return self._data.get("circuit_type", "Circuit")

    @property
    def CircuitNumber(self) -> str:
        return stored(self._record, "RBS_ELEC_CIRCUIT_NUMBER", "")

    @property
    def PanelName(self) -> str:
        return _panel_name(self._record)

    @property
    def LoadName(self) -> str:
        return stored(self._record, "RBS_ELEC_CIRCUIT_NAME", "")

    @LoadName.setter
    def LoadName(self, value: str) -> None:
        store(self._record, "RBS_ELEC_CIRCUIT_NAME", value)

    @property
    def PolesNumber(self) -> int:
        return _poles(self._record)

    @property
    def ApparentLoad(self) -> float:
        return _apparent_load(self._record)

    @property
    def ApparentLoadPhaseA(self) -> float:
        return _load_a(self._record)

    @property
    def ApparentLoadPhaseB(self) -> float:
        return _load_b(self._record)

    @property
    def ApparentLoadPhaseC(self) -> float:
        return _load_c(self._record)

    @property
    def ApparentCurrent(self) -> float:
        return _apparent_current(self._record)

    @property
    def Rating(self) -> float:
        return stored(self._record, "RBS_ELEC_CIRCUIT_RATING_PARAM", 0.0)

    @Rating.setter
    def Rating(self, value: float) -> None:
        store(self._record, "RBS_ELEC_CIRCUIT_RATING_PARAM", float(value))

    @property
    def Voltage(self) -> float:
        return stored(self._record, "RBS_ELEC_VOLTAGE", 0.0)

    @property
    def VoltageDrop(self) -> float:
        return stored(self._record, "RBS_ELEC_VOLTAGE_DROP_PARAM", 0.0)

    @property
    def Length(self) -> float:
        return stored(self._record, "RBS_ELEC_CIRCUIT_LENGTH_PARAM", 0.0)

    @property
    def IsValid(self) -> bool:
        return True

    @property
    def IsMultipleNetwork(self) -> bool:
        return False


@behaves(f"{_DB}.Electrical.ElectricalEquipment")
class ElectricalEquipment(MEPModel):
    """A panel, a transformer."""

    @property
    def MaxNumberOfCircuits(self) -> int:
        return stored(self._record, "RBS_ELEC_MAX_POLE_BREAKERS", 0)

    @property
    def DistributionSystem(self) -> ElementRecord | None:
        number: Any = stored(self._record, "RBS_FAMILY_CONTENT_DISTRIBUTION_SYSTEM", INVALID)
        return self._database.get(number)


model_for("OST_ElectricalEquipment", ElectricalEquipment)
