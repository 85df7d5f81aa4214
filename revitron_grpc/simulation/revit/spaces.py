"""Spaces: what was specified for them, what Revit computed, and what stands in them.

Specified and computed values are stored as parameters; actual ones are the sums of what stands in
the space. Data besides: `outdoor_air` (cubic feet a second), `air_changes` of it an hour, and
`reflectances` of ceiling, walls and floor. `people_by` is a name of `OccupancyUnit`, `loads_by` one
of `BaseLoadOn`: while the space type decides, the parameters are read-only.
"""

from collections.abc import Callable
from typing import Any

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.computed import computed, locks
from revitron_grpc.simulation.database import ElementRecord
from revitron_grpc.simulation.revit.electrical import load_of
from revitron_grpc.simulation.revit.geometry import XYZ
from revitron_grpc.simulation.revit.ports import ports_of
from revitron_grpc.simulation.revit.rooms import Enclosed, holds, room_at
from revitron_grpc.simulation.revit.stored import store, stored

__all__ = ["Space"]

_KINDS = ("Space",)
_REFLECTANCES = (0.75, 0.5, 0.2)
"""Of ceiling, walls and floor, as Revit gives them to a new space (field knowledge)."""


def _inside(space: ElementRecord, category: str) -> list[ElementRecord]:
    """Return the families of a category in a space, of its phase."""
    lift = XYZ(0.0, 0.0, 0.1)
    return [
        record
        for record in space.database.of_kind("FamilyInstance")
        if record.data.get("category") == category
        and record.data.get("point") is not None
        and holds(space, record.data["point"].plus(lift))
    ]


def _flow(space: ElementRecord, asked: str) -> float:
    """Return what the terminals of one kind of air in a space give together."""
    return sum(
        stored(terminal, "RBS_DUCT_FLOW_PARAM", 0.0)
        for terminal in _inside(space, "OST_DuctTerminal")
        if any(port.asks == asked for port in ports_of(terminal).values())
    )


@computed("ROOM_ACTUAL_SUPPLY_AIRFLOW_PARAM", kinds=_KINDS)
def _supply(record: ElementRecord) -> float:
    return _flow(record, "SupplyAir")


@computed("ROOM_ACTUAL_RETURN_AIRFLOW_PARAM", kinds=_KINDS)
def _return(record: ElementRecord) -> float:
    return _flow(record, "ReturnAir")


@computed("ROOM_ACTUAL_EXHAUST_AIRFLOW_PARAM", kinds=_KINDS)
def _exhaust(record: ElementRecord) -> float:
    return _flow(record, "ExhaustAir")


@computed("ROOM_ACTUAL_LIGHTING_LOAD_PARAM", kinds=_KINDS)
def _lighting(record: ElementRecord) -> float:
    return sum(map(load_of, _inside(record, "OST_LightingFixtures")))


@computed("ROOM_ACTUAL_POWER_LOAD_PARAM", kinds=_KINDS)
def _power(record: ElementRecord) -> float:
    return sum(map(load_of, _inside(record, "OST_ElectricalFixtures")))


@locks("ROOM_NUMBER_OF_PEOPLE_PARAM", kinds=_KINDS)
def _people_follow_type(record: ElementRecord) -> bool:
    return record.data.get("people_by", "BySpaceType") != "NumberOfPeople"


@locks("ROOM_DESIGN_LIGHTING_LOAD_PARAM", "ROOM_DESIGN_POWER_LOAD_PARAM", kinds=_KINDS)
def _loads_follow_type(record: ElementRecord) -> bool:
    return record.data.get("loads_by", "kBySpaceType") != "kUseEnteredLoad"


def _number(parameter: str) -> property:
    """Return a property that reads a stored number; 0 where none was given."""

    def read(space: Any) -> float:
        return stored(space._record, parameter, 0.0)

    return property(read)


def _specified(parameter: str) -> property:
    """Return a property that reads and sets a stored number."""

    def read(space: Any) -> float:
        return stored(space._record, parameter, 0.0)

    def write(space: Any, value: float) -> None:
        store(space._record, parameter, float(value))

    return property(read, write)


def _summed(function: Callable[[ElementRecord], float]) -> property:
    """Return a property that sums up what stands in the space."""

    def read(space: Any) -> float:
        return function(space._record)

    return property(read)


@behaves("Autodesk.Revit.DB.Mechanical.Space")
class Space(Enclosed):
    """A space of the building services."""

    DesignSupplyAirflow = _specified("ROOM_DESIGN_SUPPLY_AIRFLOW_PARAM")
    DesignReturnAirflow = _specified("ROOM_DESIGN_RETURN_AIRFLOW_PARAM")
    DesignExhaustAirflow = _specified("ROOM_DESIGN_EXHAUST_AIRFLOW_PARAM")
    DesignHeatingLoad = _specified("ROOM_DESIGN_HEATING_LOAD_PARAM")
    DesignCoolingLoad = _specified("ROOM_DESIGN_COOLING_LOAD_PARAM")
    DesignLightingLoad = _specified("ROOM_DESIGN_LIGHTING_LOAD_PARAM")
    DesignPowerLoad = _specified("ROOM_DESIGN_POWER_LOAD_PARAM")
    NumberofPeople = _specified("ROOM_NUMBER_OF_PEOPLE_PARAM")
    CalculatedHeatingLoad = _number("ROOM_CALCULATED_HEATING_LOAD_PARAM")
    CalculatedCoolingLoad = _number("ROOM_CALCULATED_COOLING_LOAD_PARAM")
    CalculatedSupplyAirflow = _number("ROOM_CALCULATED_SUPPLY_AIRFLOW_PARAM")
    AverageEstimatedIllumination = _number("RBS_ELEC_ROOM_AVERAGE_ILLUMINATION")
    ActualSupplyAirflow = _summed(_supply)
    ActualReturnAirflow = _summed(_return)
    ActualExhaustAirflow = _summed(_exhaust)
    ActualLightingLoad = _summed(_lighting)
    ActualPowerLoad = _summed(_power)

    def IsPointInSpace(self, point: XYZ) -> bool:
        return holds(self._record, point)

    @property
    def Room(self) -> ElementRecord | None:
        data = self._data
        if "room" in data:
            return self._other("room")
        if data.get("point") is None:
            return None
        return room_at(self._database, data["point"].plus(XYZ(0.0, 0.0, 0.1)))

    @property
    def Zone(self) -> ElementRecord | None:
        # A space that nobody put into a zone is in the default one (field knowledge).
        if "zone" in self._data:
            return self._other("zone")
        zones = self._database.of_kind("Zone")
        return next((zone for zone in zones if zone.data.get("default")), None)

    @property
    def Occupiable(self) -> bool:
        return bool(stored(self._record, "SPACE_IS_OCCUPIABLE", 1))

    @property
    def Plenum(self) -> bool:
        return bool(stored(self._record, "SPACE_IS_PLENUM", 0))

    @property
    def OccupancyUnit(self) -> str:
        return self._data.get("people_by", "BySpaceType")

    @property
    def OutdoorAirflow(self) -> float:
        return self._data.get("outdoor_air", 0.0)

    @property
    def AirChangesPerHour(self) -> float:
        return self._data.get("air_changes", 0.0)

    @property
    def CeilingReflectance(self) -> float:
        return self._data.get("reflectances", _REFLECTANCES)[0]

    @property
    def WallReflectance(self) -> float:
        return self._data.get("reflectances", _REFLECTANCES)[1]

    @property
    def FloorReflectance(self) -> float:
        return self._data.get("reflectances", _REFLECTANCES)[2]
