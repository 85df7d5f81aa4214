"""Materials and how much of them is in an element.

Data of a material: `name`, `transparency`, `shininess` and `smoothness` (0 to 100), `color` (red,
green, blue), `material_class`, `structural_asset` and `thermal_asset` (ids of property sets). A
property set holds its `asset`, a `StructuralAsset` or a `ThermalAsset`.
"""

from typing import Any

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.database import INVALID, ElementRecord
from revitron_grpc.simulation.errors import revit_error
from revitron_grpc.simulation.revit.elements import Element
from revitron_grpc.simulation.revit.graphics import Color
from revitron_grpc.simulation.revit.modelling import check_new_name

__all__ = ["Material", "PropertySetElement", "StructuralAsset", "ThermalAsset"]


@behaves("Autodesk.Revit.DB.Material")
class Material(Element):
    """A material."""

    @classmethod
    def Create(cls, document: Any, name: str) -> int:
        database = document._database
        database.check_writable()
        check_new_name(database, "Material", name)
        return database.add("Material", category="OST_Materials", name=name).id

    def Duplicate(self, name: str) -> ElementRecord:
        self._database.check_writable()
        check_new_name(self._database, "Material", name)
        record = self._record
        made = self._database.add(record.kind, **{**record.data, "name": name})
        made.values.update(record.values)
        return made

    @property
    def Transparency(self) -> int:
        return self._data.get("transparency", 0)

    @Transparency.setter
    def Transparency(self, value: int) -> None:
        self._write("transparency", _share(value, "Transparency", 100))

    @property
    def Shininess(self) -> int:
        return self._data.get("shininess", 64)

    @Shininess.setter
    def Shininess(self, value: int) -> None:
        self._write("shininess", _share(value, "Shininess", 128))

    @property
    def Smoothness(self) -> int:
        return self._data.get("smoothness", 50)

    @Smoothness.setter
    def Smoothness(self, value: int) -> None:
        self._write("smoothness", _share(value, "Smoothness", 100))

    @property
    def Color(self) -> Any:
        return Color(*self._data.get("color", (120, 120, 120)))

    @Color.setter
    def Color(self, value: Any) -> None:
        self._write("color", (value.Red, value.Green, value.Blue))

    @property
    def MaterialClass(self) -> str:
        return self._data.get("material_class", "Generic")

    @MaterialClass.setter
    def MaterialClass(self, value: str) -> None:
        self._write("material_class", value)

    @property
    def StructuralAssetId(self) -> int:
        return self._data.get("structural_asset", INVALID)

    @property
    def ThermalAssetId(self) -> int:
        return self._data.get("thermal_asset", INVALID)

    def SetMaterialAspectByPropertySet(self, aspect: Any, propertySetId: Any) -> None:
        found = self._database.get(propertySetId.number)
        if found is None or not found.kind.endswith(".PropertySetElement"):
            raise revit_error("ArgumentException", "propertySetId is no property set element.")
        self._write(_aspect(aspect), found.id)

    def ClearMaterialAspect(self, aspect: Any) -> None:
        self._write(_aspect(aspect), INVALID)


def _aspect(aspect: Any) -> str:
    return "thermal_asset" if aspect.name == "Thermal" else "structural_asset"


def _share(value: int, name: str, most: int) -> int:
    if not 0 <= value <= most:
        raise revit_error("ArgumentOutOfRangeException", f"{name} must be 0 to {most}.")
    return int(value)


@behaves("Autodesk.Revit.DB.PropertySetElement")
class PropertySetElement(Element):
    """The structural or thermal asset of materials; what scripts get of it are copies."""

    @classmethod
    def Create(cls, document: Any, asset: Any) -> ElementRecord:
        database = document._database
        database.check_writable()
        return database.add("PropertySetElement", name=asset.Name, asset=asset.copy())

    def GetThermalAsset(self) -> Any:
        return self._asset(ThermalAsset)

    def SetThermalAsset(self, thermalAsset: Any) -> None:
        self._write("asset", thermalAsset.copy())

    def GetStructuralAsset(self) -> Any:
        return self._asset(StructuralAsset)

    def SetStructuralAsset(self, structuralAsset: Any) -> None:
        self._write("asset", structuralAsset.copy())

    def _asset(self, kind: type["_Asset"]) -> Any:
        asset = self._data.get("asset")
        return asset.copy() if isinstance(asset, kind) else None


class _Asset:
    """What both kinds of asset share: a name and a density in Revit's unit."""

    _name: str
    _numbers: dict[str, float]

    @classmethod
    def of(cls, name: str, **numbers: float) -> Any:
        """Make an asset; `numbers` are Revit's member names in Revit's internal units."""
        made = object.__new__(cls)
        made._name, made._numbers = name, dict(numbers)
        return made

    def copy(self) -> Any:
        """Return a copy that can be changed."""
        return self.of(self._name, **self._numbers)

    @property
    def Name(self) -> str:
        return self._name

    @property
    def IsValidObject(self) -> bool:
        return True

    def Dispose(self) -> None:
        return None


def _number(name: str) -> Any:
    """Make a property for a number that is 0 until it is set, and never below."""

    def read(self: Any) -> float:
        return self._numbers.get(name, 0.0)

    def write(self: Any, value: float) -> None:
        if value < 0.0:
            raise revit_error("ArgumentOutOfRangeException", f"{name} must not be negative.")
        self._numbers = {**self._numbers, name: float(value)}

    return property(read, write)


@behaves("Autodesk.Revit.DB.ThermalAsset")
class ThermalAsset(_Asset):
    """How a material conducts and stores heat."""

    def __init__(self, name: str, thermalMaterialType: Any) -> None:
        self._name, self._numbers = name, {}

    ThermalConductivity = _number("ThermalConductivity")
    SpecificHeat = _number("SpecificHeat")
    Density = _number("Density")
    Emissivity = _number("Emissivity")
    Permeability = _number("Permeability")
    Porosity = _number("Porosity")


@behaves("Autodesk.Revit.DB.StructuralAsset")
class StructuralAsset(_Asset):
    """How a material carries loads."""

    def __init__(self, name: str, structuralAssetClass: Any) -> None:
        self._name, self._numbers = name, {}

    Density = _number("Density")
    ConcreteCompression = _number("ConcreteCompression")
    MinimumYieldStress = _number("MinimumYieldStress")
    MinimumTensileStrength = _number("MinimumTensileStrength")
