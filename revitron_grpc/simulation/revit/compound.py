"""Layered structures of walls, floors, roofs and ceilings, and the types that have them.

The type's data holds `layers`, a tuple of `Layer` from the exterior or the top, and `shells`, how
many shell layers lie before and behind the core. What scripts get are copies (behaviour 16).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.computed import computed
from revitron_grpc.simulation.database import INVALID, ElementRecord
from revitron_grpc.simulation.errors import revit_error
from revitron_grpc.simulation.revit.elements import ElementType
from revitron_grpc.simulation.revit.materials import ThermalAsset
from revitron_grpc.simulation.revit.stored import store, stored

__all__ = [
    "CompoundStructure",
    "CompoundStructureLayer",
    "HostObjAttributes",
    "Layer",
    "thickness_of",
]

_FUNCTIONS = ("Interior", "Exterior", "Foundation", "Retaining", "Soffit", "Coreshaft")


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer: what it is for (`MaterialFunctionAssignment`), its width in feet, its material."""

    function: str
    width: float
    material: int = INVALID
    caps: bool = True
    deck_profile: int = INVALID

    def shown_parts(self) -> list[str | float | int]:
        """Return what a scenario says of it."""
        return [self.function, self.width, self.material]


def thickness_of(type_record: ElementRecord | None) -> float:
    """Return the width of all layers of a type in feet."""
    layers = () if type_record is None else type_record.data.get("layers", ())
    return sum(layer.width for layer in layers)


@behaves("Autodesk.Revit.DB.CompoundStructureLayer")
class CompoundStructureLayer:
    """A copy of one layer, which can be changed."""

    def __init__(self, *given: Any) -> None:
        self._id = 0
        match given:
            case (CompoundStructureLayer() as other,):
                self._layer, self._id = other._layer, other._id
            case (width, function, material):
                self._layer = Layer(function.name, float(width), material.number)
            case _:
                self._layer = Layer("None", 0.0)

    @staticmethod
    def of(layer: Layer, number: int) -> "CompoundStructureLayer":
        """Make the copy of a layer that stands at that place."""
        made = CompoundStructureLayer()
        made._layer, made._id = layer, number
        return made

    @property
    def Width(self) -> float:
        return self._layer.width

    @Width.setter
    def Width(self, value: float) -> None:
        _check_width(value)
        self._layer = replace(self._layer, width=float(value))

    @property
    def Function(self) -> str:
        return self._layer.function

    @Function.setter
    def Function(self, value: Any) -> None:
        self._layer = replace(self._layer, function=value.name)

    @property
    def MaterialId(self) -> int:
        return self._layer.material

    @MaterialId.setter
    def MaterialId(self, value: Any) -> None:
        self._layer = replace(self._layer, material=value.number)

    @property
    def LayerCapFlag(self) -> bool:
        return self._layer.caps

    @LayerCapFlag.setter
    def LayerCapFlag(self, value: bool) -> None:
        self._layer = replace(self._layer, caps=value)

    @property
    def DeckProfileId(self) -> int:
        return self._layer.deck_profile

    @property
    def LayerId(self) -> int:
        return self._id

    @property
    def IsValidObject(self) -> bool:
        return True

    def Dispose(self) -> None:
        return None


def _check_width(value: float) -> None:
    if value < 0.0:
        raise revit_error("ArgumentOutOfRangeException", "The layer width is negative.")


@behaves("Autodesk.Revit.DB.CompoundStructure")
class CompoundStructure:
    """A copy of a type's layers; `SetCompoundStructure` puts it back."""

    _layers: tuple[Layer, ...]
    _shells: tuple[int, int]
    _structural = INVALID
    _variable = INVALID

    @staticmethod
    def of(layers: Iterable[Layer], shells: tuple[int, int] | None = None) -> "CompoundStructure":
        """Make a structure; without a core given it is all that lies between the finishes."""
        made = object.__new__(CompoundStructure)
        made._layers = tuple(layers)
        made._shells = _shells_of(made._layers) if shells is None else shells
        return made

    @classmethod
    def CreateSimpleCompoundStructure(cls, layers: Iterable[Any]) -> "CompoundStructure":
        made = CompoundStructure.of(layer._layer for layer in layers)
        if not made._layers:
            raise revit_error("ArgumentException", "layers is empty.")
        made._shells = (0, 0)
        return made

    @classmethod
    def CreateSingleLayerCompoundStructure(cls, *given: Any) -> "CompoundStructure":
        function, width, material = given[-3:]
        _check_width(width)
        layer = Layer(function.name, float(width), material.number)
        return CompoundStructure.of([layer], (0, 0))

    def GetLayers(self) -> list[CompoundStructureLayer]:
        return [CompoundStructureLayer.of(layer, n) for n, layer in enumerate(self._layers)]

    def SetLayers(self, layers: Iterable[Any]) -> None:
        self._layers = tuple(layer._layer for layer in layers)

    def SetLayer(self, layerIdx: int, layer: Any) -> None:
        self._replace(layerIdx, layer._layer)

    def DeleteLayer(self, layerIdx: int) -> bool:
        self._at(layerIdx)
        if len(self._layers) == 1:
            return False
        self._layers = self._layers[:layerIdx] + self._layers[layerIdx + 1 :]
        return True

    @property
    def LayerCount(self) -> int:
        return len(self._layers)

    @property
    def IsEmpty(self) -> bool:
        return not self._layers

    @property
    def IsVerticallyCompound(self) -> bool:
        return False

    def IsVerticallyHomogeneous(self) -> bool:
        return True

    def GetWidth(self) -> float:
        return sum(layer.width for layer in self._layers)

    def GetLayerWidth(self, layerIdx: int) -> float:
        return self._at(layerIdx).width

    def SetLayerWidth(self, layerIdx: int, width: float) -> None:
        _check_width(width)
        self._replace(layerIdx, replace(self._at(layerIdx), width=float(width)))

    def GetLayerFunction(self, layerIdx: int) -> str:
        return self._at(layerIdx).function

    def SetLayerFunction(self, layerIdx: int, function: Any) -> None:
        self._replace(layerIdx, replace(self._at(layerIdx), function=function.name))

    def GetMaterialId(self, layerIdx: int) -> int:
        return self._at(layerIdx).material

    def SetMaterialId(self, layerIdx: int, materialId: Any) -> None:
        self._replace(layerIdx, replace(self._at(layerIdx), material=materialId.number))

    def GetFirstCoreLayerIndex(self) -> int:
        return self._shells[0]

    def GetLastCoreLayerIndex(self) -> int:
        return len(self._layers) - 1 - self._shells[1]

    def IsCoreLayer(self, layerIdx: int) -> bool:
        self._at(layerIdx)
        return self.GetFirstCoreLayerIndex() <= layerIdx <= self.GetLastCoreLayerIndex()

    def GetNumberOfShellLayers(self, shellLayerType: Any) -> int:
        return self._shells[0 if shellLayerType.name == "Exterior" else 1]

    def SetNumberOfShellLayers(self, shellLayerType: Any, numLayers: int) -> None:
        if numLayers < 0 or numLayers >= len(self._layers):
            raise revit_error("ArgumentOutOfRangeException", "numLayers is out of range.")
        before, behind = self._shells
        exterior = shellLayerType.name == "Exterior"
        self._shells = (numLayers, behind) if exterior else (before, numLayers)

    @property
    def StructuralMaterialIndex(self) -> int:
        return self._structural

    @StructuralMaterialIndex.setter
    def StructuralMaterialIndex(self, value: int) -> None:
        self._structural = value

    @property
    def VariableLayerIndex(self) -> int:
        return self._variable

    @VariableLayerIndex.setter
    def VariableLayerIndex(self, value: int) -> None:
        self._variable = value

    @property
    def IsValidObject(self) -> bool:
        return True

    def Dispose(self) -> None:
        return None

    def _at(self, index: int) -> Layer:
        if not 0 <= index < len(self._layers):
            raise revit_error("ArgumentOutOfRangeException", "The layer index is out of range.")
        return self._layers[index]

    def _replace(self, index: int, layer: Layer) -> None:
        self._at(index)
        self._layers = (*self._layers[:index], layer, *self._layers[index + 1 :])


def _shells_of(layers: tuple[Layer, ...]) -> tuple[int, int]:
    """Return how many layers lie before and behind the first and last structural one."""
    core = [n for n, layer in enumerate(layers) if layer.function.startswith("Structur")]
    return (core[0], len(layers) - 1 - core[-1]) if core else (0, 0)


@behaves("Autodesk.Revit.DB.HostObjAttributes")
class HostObjAttributes(ElementType):
    """A type of wall, floor, roof or ceiling."""

    def GetCompoundStructure(self) -> CompoundStructure | None:
        data = self._data
        if data.get("layers") is None:
            return None
        made = CompoundStructure.of(data["layers"], data.get("shells"))
        made._structural = data.get("structural_layer", INVALID)
        made._variable = data.get("variable_layer", INVALID)
        return made

    def SetCompoundStructure(self, compoundStructure: Any) -> None:
        self._database.check_writable()
        if compoundStructure is None or "layers" not in self._data:
            raise revit_error("ArgumentException", "The type cannot have this compound structure.")
        self._write("layers", compoundStructure._layers)
        self._write("shells", compoundStructure._shells)
        self._write("structural_layer", compoundStructure._structural)
        self._write("variable_layer", compoundStructure._variable)


@behaves("Autodesk.Revit.DB.WallType")
class WallType(HostObjAttributes):
    """A wall type; `wall_kind` of its data is Basic, Curtain or Stacked."""

    @property
    def Kind(self) -> str:
        return self._data.get("wall_kind", "Basic")

    @property
    def Width(self) -> float:
        return thickness_of(self._record)

    @property
    def Function(self) -> str:
        return _FUNCTIONS[stored(self._record, "FUNCTION_PARAM", 0)]

    @Function.setter
    def Function(self, value: Any) -> None:
        store(self._record, "FUNCTION_PARAM", value.number)


@behaves("Autodesk.Revit.DB.FloorType")
class FloorType(HostObjAttributes):
    """A floor type."""

    @property
    def IsFoundationSlab(self) -> bool:
        return self._data.get("category") == "OST_StructuralFoundation"


@behaves("Autodesk.Revit.DB.CeilingType")
class CeilingType(HostObjAttributes):
    """A ceiling type."""


@behaves("Autodesk.Revit.DB.RoofType")
class RoofType(HostObjAttributes):
    """A roof type."""


@computed("WALL_ATTR_WIDTH_PARAM", kinds=("WallType",))
@computed("FLOOR_ATTR_THICKNESS_PARAM", kinds=("FloorType",))
@computed("FLOOR_ATTR_DEFAULT_THICKNESS_PARAM", kinds=("FloorType",))
@computed("ROOF_ATTR_DEFAULT_THICKNESS_PARAM", kinds=("RoofType",))
@computed("CEILING_THICKNESS", kinds=("CeilingType",))
def _thickness(record: ElementRecord) -> float:
    return thickness_of(record)


@computed("ANALYTICAL_THERMAL_RESISTANCE", kinds=("WallType", "FloorType", "RoofType"))
def _resistance(record: ElementRecord) -> float | None:
    # Of the layers alone, without surfaces; field knowledge. What a layer without a thermal asset
    # adds is not known here, so that then the stored value counts.
    total = 0.0
    for layer in record.data.get("layers") or ():
        material = record.database.get(layer.material)
        asset_id = INVALID if material is None else material.data.get("thermal_asset", INVALID)
        held = record.database.get(asset_id)
        asset = None if held is None else held.data.get("asset")
        conductivity = asset.ThermalConductivity if isinstance(asset, ThermalAsset) else 0.0
        if conductivity > 0.0:
            total += layer.width / conductivity
        elif layer.width > 0.0:
            return None
    return total or None


@computed("ANALYTICAL_HEAT_TRANSFER_COEFFICIENT", kinds=("WallType", "FloorType", "RoofType"))
def _heat_transfer(record: ElementRecord) -> float | None:
    resistance = _resistance(record)
    return None if resistance is None else 1.0 / resistance
