"""Insulation and lining: elements of their own around a pipe, duct or fitting.

Data: `host` (what they are put on), `thickness` in feet; deleting the host takes them along.
"""

from typing import Any

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.computed import computed, mirrors
from revitron_grpc.simulation.database import INVALID, Database, ElementRecord
from revitron_grpc.simulation.errors import revit_error
from revitron_grpc.simulation.revit.mep import MEPCurve
from revitron_grpc.simulation.revit.ports import system_of

__all__ = ["InsulationLiningBase", "layers_on"]

_PIPING = ("OST_PipeCurves", "OST_FlexPipeCurves", "OST_PipeFitting", "OST_PipeAccessory")
_AIR = ("OST_DuctCurves", "OST_FlexDuctCurves", "OST_DuctFitting", "OST_DuctAccessory")
_INSULATION = ("PipeInsulation", "DuctInsulation")
_LINING = ("DuctLining",)

for _name in ("RBS_INSULATION_THICKNESS_FOR_PIPE", "RBS_INSULATION_THICKNESS_FOR_DUCT"):
    mirrors(_name, "thickness", default=0.0, kinds=_INSULATION)
mirrors("RBS_LINING_THICKNESS_FOR_DUCT", "thickness", default=0.0, kinds=_LINING)


def layers_on(database: Database, number: int, kinds: tuple[str, ...]) -> list[ElementRecord]:
    """Return the insulation or lining that an element carries."""
    by_host = database.once("insulation by host", lambda: _by_host(database))
    return [one for one in by_host.get(number, ()) if one.kind.rpartition(".")[2] in kinds]


def _by_host(database: Database) -> dict[int, list[ElementRecord]]:
    found: dict[int, list[ElementRecord]] = {}
    for record in database.of_kind(*_INSULATION, *_LINING):
        found.setdefault(record.data.get("host", INVALID), []).append(record)
    return found


@behaves("Autodesk.Revit.DB.InsulationLiningBase")
class InsulationLiningBase(MEPCurve):
    """What lies around or inside of a run."""

    @property
    def HostElementId(self) -> int:
        return self._data.get("host", INVALID)

    @property
    def Thickness(self) -> float:
        return self._data.get("thickness", 0.0)

    @Thickness.setter
    def Thickness(self, value: float) -> None:
        _check_thickness(value)
        self._write("thickness", value)

    @property
    def MEPSystem(self) -> ElementRecord | None:
        host = self._other("host")
        return None if host is None else system_of(host)

    @classmethod
    def GetInsulationIds(cls, document: Any, elementId: Any) -> list[int]:
        return _ids(document, elementId, _INSULATION)

    @classmethod
    def GetLiningIds(cls, document: Any, elementId: Any) -> list[int]:
        return _ids(document, elementId, _LINING)


def _ids(document: Any, element_id: Any, kinds: tuple[str, ...]) -> list[int]:
    database = document._database
    if database.get(element_id.number) is None:
        raise revit_error("ArgumentException", "The element does not exist in the document.")
    return [one.id for one in layers_on(database, element_id.number, kinds)]


def _check_thickness(value: float) -> None:
    if value <= 0.0:
        raise revit_error("ArgumentOutOfRangeException", "The thickness must be greater than 0.")


@behaves("Autodesk.Revit.DB.Plumbing.PipeInsulation")
class PipeInsulation(InsulationLiningBase):
    """Insulation around pipes and their fittings."""

    @classmethod
    def Create(
        cls, document: Any, pipeId: Any, pipeInsulationTypeId: Any, thickness: float
    ) -> ElementRecord:
        return _create(document, pipeId, pipeInsulationTypeId, thickness, "Plumbing.PipeInsulation")


@behaves("Autodesk.Revit.DB.Mechanical.DuctInsulation")
class DuctInsulation(InsulationLiningBase):
    """Insulation around ducts and their fittings."""

    @classmethod
    def Create(
        cls, document: Any, ductId: Any, ductInsulationTypeId: Any, thickness: float
    ) -> ElementRecord:
        return _create(
            document, ductId, ductInsulationTypeId, thickness, "Mechanical.DuctInsulation"
        )


@behaves("Autodesk.Revit.DB.Mechanical.DuctLining")
class DuctLining(InsulationLiningBase):
    """Lining inside of ducts and their fittings."""


_CATEGORIES = {
    "Plumbing.PipeInsulation": ("OST_PipeInsulations", _PIPING),
    "Mechanical.DuctInsulation": ("OST_DuctInsulations", _AIR),
}


def _create(document: Any, host_id: Any, type_id: Any, thickness: float, kind: str) -> Any:
    database: Database = document._database
    database.check_writable()
    _check_thickness(thickness)
    category, hosts = _CATEGORIES[kind]
    host = database.get(host_id.number)
    if host is None or host.data.get("category") not in hosts:
        raise revit_error("ArgumentException", "The element cannot be the host of insulation.")
    # "The host already has insulation": the documentation of both methods.
    if layers_on(database, host.id, _INSULATION):
        raise revit_error("ArgumentException", "The element already has insulation.")
    return database.add(
        f"Autodesk.Revit.DB.{kind}",
        category=category,
        host=host.id,
        type=type_id.number,
        thickness=thickness,
    )


@computed("RBS_REFERENCE_INSULATION_THICKNESS")
def _insulation(record: ElementRecord) -> float:
    return _thickest(record, _INSULATION)


@computed("RBS_REFERENCE_LINING_THICKNESS")
def _lining(record: ElementRecord) -> float:
    return _thickest(record, _LINING)


def _thickest(record: ElementRecord, kinds: tuple[str, ...]) -> float:
    layers = layers_on(record.database, record.id, kinds)
    return max((one.data.get("thickness", 0.0) for one in layers), default=0.0)


@computed("RBS_REFERENCE_INSULATION_TYPE")
def _insulation_type(record: ElementRecord) -> str | None:
    for one in layers_on(record.database, record.id, _INSULATION):
        kind = record.database.get(one.data.get("type", INVALID))
        if kind is not None:
            return kind.data.get("name")
    return None
