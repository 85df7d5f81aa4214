"""Reinforcement: bars, their types, and what a concrete member holds.

Data of everything that reinforces: `host` (id). Of a set of bars besides: `quantity`, `bar_length`
(one bar, feet), `box`. Of a bar type: `diameter` (feet), `model_diameter`. Materials say
`material_class`, such as Concrete.
"""

from typing import Any

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.computed import computed, mirrors
from revitron_grpc.simulation.database import INVALID, ElementRecord
from revitron_grpc.simulation.revit.elements import Element, ElementType
from revitron_grpc.simulation.revit.stored import stored

__all__ = ["Rebar", "RebarBarType", "RebarHostData"]

_CONCRETE = frozenset(("Concrete", "PrecastConcrete"))
_FAMILY_HOSTS = frozenset(
    ("OST_StructuralFraming", "OST_StructuralColumns", "OST_StructuralFoundation")
)
_LAYERED_HOSTS = frozenset(("Wall", "Floor", "WallFoundation"))

mirrors("REBAR_ELEM_QUANTITY_OF_BARS", "quantity", default=1, kinds=("Rebar",))


@behaves("Autodesk.Revit.DB.Structure.RebarBarType")
class RebarBarType(ElementType):
    """A bar of one diameter and steel."""

    @property
    def BarNominalDiameter(self) -> float:
        return self._data["diameter"]

    @property
    def BarModelDiameter(self) -> float:
        # With its ribs a bar is thicker than its name; sample models say where it matters.
        return self._data.get("model_diameter", self._data["diameter"])

    @property
    def BarDiameter(self) -> float:
        return self.BarNominalDiameter


@behaves("Autodesk.Revit.DB.Structure.RebarShape")
class RebarShape(ElementType):
    """How bars are bent; `rebar_style` of its data is a `RebarStyle`."""

    @property
    def RebarStyle(self) -> str:
        return self._data.get("rebar_style", "Standard")


class _Reinforcement(Element):
    """What lies in a host."""

    def GetHostId(self) -> int:
        return self._data.get("host", INVALID)


@behaves("Autodesk.Revit.DB.Structure.Rebar")
class Rebar(_Reinforcement):
    """A set of equal bars."""

    @property
    def Quantity(self) -> int:
        return self._data.get("quantity", 1)

    @property
    def NumberOfBarPositions(self) -> int:
        return self._data.get("quantity", 1)

    @property
    def TotalLength(self) -> float:
        return _total_length(self._record)

    @property
    def ScheduleMark(self) -> str:
        return stored(self._record, "REBAR_ELEM_SCHEDULE_MARK", "")

    def GetShapeId(self) -> int:
        return stored(self._record, "REBAR_SHAPE", INVALID)

    def GetAllRebarShapeIds(self) -> list[int]:
        # Free-form bars have several shapes; the others have the one of their parameter.
        return list(self._data.get("shapes", (self.GetShapeId(),)))


@behaves("Autodesk.Revit.DB.Structure.AreaReinforcement")
class AreaReinforcement(_Reinforcement):
    """Bars that Revit lays over an area."""


@behaves("Autodesk.Revit.DB.Structure.PathReinforcement")
class PathReinforcement(_Reinforcement):
    """Bars that Revit lays along a path."""


@behaves("Autodesk.Revit.DB.Structure.RebarContainer")
class RebarContainer(_Reinforcement):
    """Bars of several kinds as one element."""


class _Fabric(Element):
    """What is made of fabric."""

    @property
    def HostId(self) -> int:
        return self._data.get("host", INVALID)


@behaves("Autodesk.Revit.DB.Structure.FabricArea")
class FabricArea(_Fabric):
    """An area that Revit covers with sheets."""


@behaves("Autodesk.Revit.DB.Structure.FabricSheet")
class FabricSheet(_Fabric):
    """One sheet of fabric."""


@behaves("Autodesk.Revit.DB.Structure.RebarHostData")
class RebarHostData:
    """What a member holds; None for an element that never holds bars."""

    _host: ElementRecord

    @classmethod
    def GetRebarHostData(cls, host: Any) -> "RebarHostData | None":
        record = host._record
        kind, category = record.kind.rpartition(".")[2], record.data.get("category")
        if kind not in _LAYERED_HOSTS and not (
            kind == "FamilyInstance" and category in _FAMILY_HOSTS
        ):
            return None
        made = RebarHostData()
        made._host = record
        return made

    def IsValidHost(self) -> bool:
        # "Concrete or precast concrete" for families; for walls and slabs their structural layers
        # decide (documentation of valid rebar hosts). Whether they must be marked as structural
        # too is doubtful; here they need not.
        record = self._host
        database = record.database
        kind = database.get(record.data.get("type", INVALID))
        if kind is None:
            return False
        if record.kind.endswith(".FamilyInstance"):
            family = database.get(kind.data.get("of_family", INVALID))
            return family is not None and family.data.get("structural_material") in _CONCRETE
        materials = (database.get(layer.material) for layer in kind.data.get("layers", ()))
        return any(
            one is not None and one.data.get("material_class") in _CONCRETE for one in materials
        )

    @property
    def IsValidObject(self) -> bool:
        return self._host.alive

    def Dispose(self) -> None:
        return None

    def GetRebarsInHost(self) -> list[ElementRecord]:
        return self._held_by_host("Rebar")

    def GetAreaReinforcementsInHost(self) -> list[ElementRecord]:
        return self._held_by_host("AreaReinforcement")

    def GetPathReinforcementsInHost(self) -> list[ElementRecord]:
        return self._held_by_host("PathReinforcement")

    def GetFabricAreasInHost(self) -> list[ElementRecord]:
        return self._held_by_host("FabricArea")

    def GetFabricSheetsInHost(self) -> list[ElementRecord]:
        return self._held_by_host("FabricSheet")

    def GetRebarContainersInHost(self) -> list[ElementRecord]:
        return self._held_by_host("RebarContainer")

    def _held_by_host(self, kind: str) -> list[ElementRecord]:
        host = self._host
        return [one for one in host.database.of_kind(kind) if one.data.get("host") == host.id]


def _total_length(record: ElementRecord) -> float:
    data = record.database.derived_data(record)
    return data.get("quantity", 1) * data.get("bar_length", 0.0)


@computed("REBAR_ELEM_TOTAL_LENGTH", kinds=("Rebar",))
def _length_of_all(record: ElementRecord) -> float:
    return _total_length(record)


@computed("REBAR_ELEM_LENGTH", kinds=("Rebar",))
def _length_of_one(record: ElementRecord) -> float:
    return record.database.derived_data(record).get("bar_length", 0.0)


@computed("REBAR_ELEM_HOST_MARK", kinds=("Rebar",))
def _host_mark(record: ElementRecord) -> str | None:
    host = record.database.get(record.data.get("host", INVALID))
    return None if host is None else stored(host, "ALL_MODEL_MARK")
