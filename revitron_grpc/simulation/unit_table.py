"""What is known of units and of the specs that are measured in them.

The facts stand in `facts/units.csv` (a row a member of `UnitTypeId`) and `facts/specs.csv` (a row
a measurable member of `SpecTypeId`). A unit's `si` is its size in SI units, `dimensions` the
powers of length (L), mass (M), time (T), current (I), temperature (K; D for differences of
temperature), plane angle (R), luminous intensity (J) and currency (C). Revit counts length in
feet and all others in SI units, so that any unit with length in it is a power of 0.3048 away from
SI: one watt is 10.76 inside (behaviour 23). `shape` marks slopes that are no multiple of the
ratio: `tangent` (degrees) and `inverse` (1 : ratio).
"""

import csv
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

from revitron_grpc.simulation.parameter_table import Language

FOOT = 0.3048
"""One foot in metres."""


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """One unit; `symbols` are pairs of a `SymbolTypeId` name and its text, the usual first."""

    name: str
    dimensions: str
    factor: float
    offset: float
    shape: str
    en: str
    de: str
    symbols: tuple[tuple[str, str], ...]

    def to_internal(self, value: float) -> float:
        """Return a value of this unit in Revit's internal unit."""
        match self.shape:
            case "tangent":
                return math.tan(math.radians(value))
            case "inverse":
                return math.inf if value == 0 else 1.0 / value
            case _:
                return (value + self.offset) * self.factor

    def from_internal(self, value: float) -> float:
        """Return an internal value in this unit."""
        match self.shape:
            case "tangent":
                return math.degrees(math.atan(value))
            case "inverse":
                return math.inf if value == 0 else 1.0 / value
            case _:
                return value / self.factor - self.offset

    def label(self, language: Language) -> str:
        """Return the unit's name; in English where the German one is not known."""
        return self.de if language == "de" and self.de else self.en

    def symbol(self, name: str) -> str | None:
        """Return the text of one of the unit's symbols; None where it has no such symbol."""
        return dict(self.symbols).get(name)


@dataclass(frozen=True, slots=True)
class DefaultFormat:
    """How new documents show a spec: unit, accuracy in that unit, symbol (or "" for none)."""

    unit: str
    accuracy: float
    symbol: str


@dataclass(frozen=True, slots=True)
class SpecFacts:
    """One measurable spec. `dimensions` decides which units are valid for it."""

    name: str
    discipline: str
    metric: DefaultFormat
    imperial: DefaultFormat
    en: str
    de: str

    @property
    def dimensions(self) -> str:
        """The dimensions of the units that measure it."""
        return units()[self.metric.unit].dimensions

    def label(self, language: Language) -> str:
        """Return the name that Revit shows for it in that language."""
        return self.de if language == "de" and self.de else self.en

    def takes(self, unit: UnitFacts) -> bool:
        """Tell whether a unit can measure this spec.

        Ratios without dimensions are told apart: slopes are no plain numbers.
        """
        if unit.dimensions != self.dimensions:
            return False
        if self.dimensions != "1" or self.name == "Custom":
            return True
        return unit.name in (_SLOPES if self.name.endswith("Slope") else _RATIOS)


_RATIOS = frozenset(("Fixed", "General", "Percentage", "PerMille", "Pi"))
_SLOPES = frozenset(
    (
        "OneToRatio",
        "PerMille",
        "Percentage",
        "RatioTo1",
        "RatioTo10",
        "RatioTo12",
        "RiseDividedBy1000Millimeters",
        "RiseDividedBy10Feet",
        "RiseDividedBy120Inches",
        "RiseDividedBy12Inches",
        "RiseDividedBy1Foot",
        "SlopeDegrees",
    )
)


@cache
def units() -> Mapping[str, UnitFacts]:
    """Return all units by their name in `UnitTypeId`; read once."""
    return MappingProxyType({row["name"]: _unit(row) for row in _rows("units.csv")})


@cache
def specs() -> Mapping[str, SpecFacts]:
    """Return the measurable specs by their name in `SpecTypeId`; read once."""
    return MappingProxyType({row["name"]: _spec(row) for row in _rows("specs.csv")})


def _rows(file: str) -> Iterable[Mapping[str, str]]:
    text = (resources.files("revitron_grpc.simulation") / "facts" / file).read_text("utf-8")
    return csv.DictReader(text.splitlines())


def _unit(row: Mapping[str, str]) -> UnitFacts:
    lengths = 0
    for dimension in row["dimensions"].split():
        if dimension[0] == "L":
            lengths = int(dimension[1:] or "1")
    symbols = (one.partition(":") for one in row["symbols"].split())
    return UnitFacts(
        name=row["name"],
        dimensions=row["dimensions"],
        factor=float(row["si"]) / FOOT**lengths,
        offset=float(row["offset"]),
        shape=row["shape"],
        en=row["en"],
        de=row["de"],
        symbols=tuple((name, text) for name, _, text in symbols),
    )


def _spec(row: Mapping[str, str]) -> SpecFacts:
    return SpecFacts(
        name=row["name"],
        discipline=row["discipline"],
        metric=_format(row["metric"]),
        imperial=_format(row["imperial"]),
        en=row["en"],
        de=row["de"],
    )


def _format(text: str) -> DefaultFormat:
    unit, accuracy, *symbol = text.split()
    return DefaultFormat(unit, float(accuracy), symbol[0] if symbol else "")
