"""Colours, fill patterns, and overrides of how elements are drawn in a view.

Overrides are a copy until they are set (behaviour 16). Data of a fill pattern: `fill` (a `Fill`).
"""

from dataclasses import dataclass
from typing import Any

from revitron_grpc.simulation.behaviour import behaves, static_property
from revitron_grpc.simulation.database import INVALID, ElementRecord
from revitron_grpc.simulation.errors import revit_error
from revitron_grpc.simulation.revit.elements import Element

_DEFAULTS: dict[str, Any] = {
    "Halftone": False,
    "Transparency": 0,
    "DetailLevel": "Undefined",
    "ProjectionLineColor": None,
    "ProjectionLineWeight": INVALID,
    "ProjectionLinePatternId": INVALID,
    "CutLineColor": None,
    "CutLineWeight": INVALID,
    "CutLinePatternId": INVALID,
}
for _side in ("SurfaceForeground", "SurfaceBackground", "CutForeground", "CutBackground"):
    _DEFAULTS[f"{_side}PatternColor"] = None
    _DEFAULTS[f"{_side}PatternId"] = INVALID
    _DEFAULTS[f"Is{_side}PatternVisible"] = True


@behaves("Autodesk.Revit.DB.Color")
class Color:
    """A colour of three parts from 0 to 255; the invalid one overrides nothing."""

    def __init__(self, red: int, green: int, blue: int) -> None:
        if not all(0 <= part <= 255 for part in (red, green, blue)):
            raise revit_error("ArgumentOutOfRangeException", "A colour's parts are 0 to 255.")
        self.__dict__["_parts"] = (int(red), int(green), int(blue))

    _parts: tuple[int, int, int] | None

    @classmethod
    def of(cls, parts: tuple[int, int, int] | None) -> Any:
        """Return a colour; the invalid one for None."""
        made = object.__new__(Color)
        made.__dict__["_parts"] = parts
        return made

    def _part(self, place: int) -> int:
        if self._parts is None:
            raise revit_error("InvalidOperationException", "The colour is invalid.")
        return self._parts[place]

    @property
    def Red(self) -> int:
        return self._part(0)

    @property
    def Green(self) -> int:
        return self._part(1)

    @property
    def Blue(self) -> int:
        return self._part(2)

    @property
    def IsValid(self) -> bool:
        return self._parts is not None

    InvalidColorValue = static_property(lambda _: Color.of(None))

    def shown_parts(self) -> list[int]:
        """Return what a scenario says of it."""
        return list(self._parts or ())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Color) and other._parts == self._parts

    def __hash__(self) -> int:
        return hash(self._parts)


@behaves("Autodesk.Revit.DB.OverrideGraphicSettings")
class OverrideGraphicSettings:
    """What is drawn in another way than the view says."""

    _values: dict[str, Any]

    def __init__(self, overrideGraphicSettings: Any = None) -> None:
        held = {} if overrideGraphicSettings is None else overrideGraphicSettings._values
        self.__dict__["_values"] = dict(held)

    @classmethod
    def of(cls, values: dict[str, Any]) -> Any:
        """Return overrides with these values."""
        made = object.__new__(OverrideGraphicSettings)
        made.__dict__["_values"] = dict(values)
        return made

    def value(self, name: str) -> Any:
        """Return one of the overrides, or its default."""
        return self._values.get(name, _DEFAULTS[name])

    def set(self, name: str, value: Any) -> Any:
        """Set one of the overrides, and return the object as Revit's setters do."""
        nothing = isinstance(value, Color) and not value.IsValid
        if nothing or value == _DEFAULTS[name]:
            self._values.pop(name, None)
        else:
            self._values[name] = value
        return self

    InvalidPenNumber = static_property(lambda _: INVALID)

    @property
    def IsValidObject(self) -> bool:
        return True

    def Dispose(self) -> None:
        """Nothing is held."""

    def SetSurfaceTransparency(self, transparency: int) -> Any:
        if not 0 <= transparency <= 100:
            raise revit_error("ArgumentException", "Transparency must be 0 to 100.")
        return self.set("Transparency", transparency)

    def SetProjectionLineWeight(self, lineWeight: int) -> Any:
        return self.set("ProjectionLineWeight", _weight(lineWeight))

    def SetCutLineWeight(self, lineWeight: int) -> Any:
        return self.set("CutLineWeight", _weight(lineWeight))


def _weight(number: int) -> int:
    if number != INVALID and not 1 <= number <= 16:
        raise revit_error("ArgumentException", "Line weights are 1 to 16, or -1.")
    return number


def _readable(name: str) -> property:
    if name.endswith("Color"):
        return property(lambda self: self.value(name) or Color.of(None))
    return property(lambda self: self.value(name))


def _settable(name: str) -> Any:
    def setter(self: OverrideGraphicSettings, value: Any) -> Any:
        if name.endswith("Id"):
            value = value.number
        elif name == "DetailLevel":
            value = value.name
        return self.set(name, value)

    return setter


for _name in _DEFAULTS:
    setattr(OverrideGraphicSettings, _name, _readable(_name))
    _setter = f"Set{_name.removeprefix('Is')}"
    if not hasattr(OverrideGraphicSettings, _setter) and _name != "Transparency":
        setattr(OverrideGraphicSettings, _setter, _settable(_name))


@dataclass(frozen=True, slots=True)
class Fill:
    """A fill pattern; `target` is a name of `FillPatternTarget`."""

    name: str
    target: str = "Drafting"
    solid: bool = False


@behaves("Autodesk.Revit.DB.FillPattern")
class FillPattern:
    """The description of a fill pattern; a copy."""

    _fill: Fill

    @classmethod
    def of(cls, fill: Fill) -> "FillPattern":
        """Make the object of a fill pattern."""
        made = object.__new__(FillPattern)
        made.__dict__["_fill"] = fill
        return made

    @property
    def Name(self) -> str:
        return self._fill.name

    @property
    def IsSolidFill(self) -> bool:
        return self._fill.solid

    @property
    def Target(self) -> str:
        return self._fill.target

    @property
    def IsValidObject(self) -> bool:
        return True


@behaves("Autodesk.Revit.DB.FillPatternElement")
class FillPatternElement(Element):
    """A fill pattern of the model."""

    def GetFillPattern(self) -> FillPattern:
        return FillPattern.of(self._data["fill"])

    @classmethod
    def GetFillPatternElementByName(
        cls, document: Any, target: Any, name: str
    ) -> ElementRecord | None:
        for record in document._database.of_kind("FillPatternElement"):
            fill: Fill = record.data["fill"]
            if fill.name == name and fill.target == target.name:
                return record
        return None
