"""`ForgeTypeId` and the classes whose static properties give one: specs, units, symbols, groups.

A type id looks like `autodesk.unit.unit:millimeters-1.0.1`. Name and kind are as Revit has them;
namespaces and versions are those of Revit 2022 and later as far as they are known, and nothing
should rest on them.
"""

import csv
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Any

from revitron_grpc.simulation.behaviour import behaves, static_property
from revitron_grpc.simulation.errors import revit_error
from revitron_grpc.simulation.parameter_table import Language
from revitron_grpc.simulation.unit_table import specs, units

_FILE = "groups.csv"
_DB = "Autodesk.Revit.DB"
_DISCIPLINE_NAMESPACES = {
    "common": "autodesk.spec.aec",
    "electrical": "autodesk.spec.aec.electrical",
    "energy": "autodesk.spec.aec.energy",
    "hvac": "autodesk.spec.aec.hvac",
    "piping": "autodesk.spec.aec.piping",
    "structural": "autodesk.spec.aec.structural",
}
_PLAIN_SPECS = {
    "Boolean.YesNo": "autodesk.spec:spec.bool-1.0.0",
    "Int.Integer": "autodesk.spec:spec.int64-2.0.0",
    "Int.NumberOfPoles": "autodesk.spec.aec:numberOfPoles-2.0.0",
    "String.Text": "autodesk.spec:spec.string-2.0.0",
    "String.MultilineText": "autodesk.spec.aec:multilineText-2.0.0",
    "String.Url": "autodesk.spec.string:url-2.0.0",
    "Reference.Material": "autodesk.spec.aec:material-1.0.0",
    "Reference.Image": "autodesk.spec.aec:image-1.0.0",
    "Reference.FillPattern": "autodesk.spec.aec:fillPattern-1.0.0",
    "Reference.LoadClassification": "autodesk.spec.aec.electrical:loadClassification-1.0.0",
}
_LABELS_OF_PLAIN_SPECS = {
    "Boolean.YesNo": ("Yes/No", "Ja/Nein"),
    "Int.Integer": ("Integer", "Ganzzahl"),
    "Int.NumberOfPoles": ("Number of Poles", "Anzahl Pole"),
    "String.Text": ("Text", "Text"),
    "String.MultilineText": ("Multiline Text", "Mehrzeiliger Text"),
    "String.Url": ("URL", "URL"),
    "Reference.Material": ("Material", "Material"),
    "Reference.Image": ("Image", "Bild"),
    "Reference.FillPattern": ("Fill Pattern", "Füllmuster"),
    "Reference.LoadClassification": ("Load Classification", "Lastklassifizierung"),
}


@cache
def parameter_groups() -> Mapping[str, tuple[str, str]]:
    """Return the names of `GroupTypeId` with their headings in English and German, "" unknown."""
    text = (resources.files("revitron_grpc.simulation") / "facts" / _FILE).read_text("utf-8")
    rows = csv.DictReader(text.splitlines())
    return {row["name"]: (row["en"], row["de"]) for row in rows}


@cache
def symbols() -> Mapping[str, str]:
    """Return the text of each known member of `SymbolTypeId`."""
    return dict(symbol for unit in units().values() for symbol in unit.symbols)


def _lower(name: str) -> str:
    return name[0].lower() + name[1:]


def spec_type_id(name: str) -> str:
    """Return the type id of a member of `SpecTypeId`; "" for ""."""
    if not name:
        return ""
    plain = _PLAIN_SPECS.get(name)
    if plain is not None:
        return plain
    facts = specs().get(name)
    namespace = _DISCIPLINE_NAMESPACES[facts.discipline if facts else "structural"]
    return f"{namespace}:{_lower(name)}-2.0.0"


def unit_type_id(name: str) -> str:
    """Return the type id of a member of `UnitTypeId`."""
    return f"autodesk.unit.unit:{_lower(name)}-1.0.1"


def symbol_type_id(name: str) -> str:
    """Return the type id of a member of `SymbolTypeId`; "" for none."""
    return f"autodesk.unit.symbol:{_lower(name)}-1.0.1" if name else ""


def group_type_id(name: str) -> str:
    """Return the type id of a member of `GroupTypeId`; "" for the group "Other"."""
    return f"autodesk.parameter.group:{_lower(name)}-1.0.0" if name else ""


def parameter_type_id(name: str) -> str:
    """Return the type id of a built-in parameter by its name in `BuiltInParameter`."""
    words = name.lower().split("_")
    return f"autodesk.revit.parameter:{words[0]}{''.join(w.title() for w in words[1:])}-1.0.0"


@behaves("Autodesk.Revit.DB.ForgeTypeId")
class ForgeTypeId:
    """An id of a spec, a unit, a symbol, a group, a discipline or a parameter.

    Ids are equal when they name the same, whatever the version at their end.
    """

    def __init__(self, typeId: str = "") -> None:
        self._id = typeId

    @property
    def TypeId(self) -> str:
        return self._id

    @TypeId.setter
    def TypeId(self, value: str) -> None:
        self._id = value

    @property
    def IsValidObject(self) -> bool:
        return True

    @property
    def _name(self) -> str:
        return self._id.rpartition("-")[0] or self._id

    def Empty(self) -> bool:
        return not self._id

    def Clear(self) -> "ForgeTypeId":
        self._id = ""
        return self

    def NameEquals(self, other: "ForgeTypeId") -> bool:
        return self._name == other._name

    def StrictlyEquals(self, other: "ForgeTypeId") -> bool:
        return self._id == other._id

    def Equals(self, obj: object) -> bool:
        return self == obj

    def GetHashCode(self) -> int:
        # Not Python's hash of text, which differs from run to run.
        return sum(place * ord(sign) for place, sign in enumerate(self._name, 1)) & 0x7FFFFFFF

    def ToString(self) -> str:
        return "Autodesk.Revit.DB.ForgeTypeId"

    def Dispose(self) -> None:
        """Free what Revit holds; here nothing."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ForgeTypeId) and self._name == other._name

    def __hash__(self) -> int:
        return self.GetHashCode()

    def __lt__(self, other: "ForgeTypeId") -> bool:
        return self._id < other._id


@cache
def _named(kind: str) -> dict[str, str]:
    """Map the name part of type ids to the member's name; kinds: spec, unit, symbol, group."""
    make: Any
    if kind == "spec":
        names = [*specs(), *_PLAIN_SPECS]
        make = spec_type_id
    elif kind == "unit":
        names, make = list(units()), unit_type_id
    elif kind == "symbol":
        names, make = list(symbols()), symbol_type_id
    else:
        names, make = list(parameter_groups()), group_type_id
    return {make(name).rpartition("-")[0]: name for name in names}


def name_of(kind: str, type_id: ForgeTypeId | None) -> str | None:
    """Return the member that a type id stands for; None if it is none of that kind."""
    return None if type_id is None else _named(kind).get(type_id._name)


def required(kind: str, type_id: ForgeTypeId | None, argument: str) -> str:
    """Return what `name_of` does; Revit's `ArgumentException` where it is None."""
    if type_id is None:
        raise revit_error("ArgumentNullException", f"The input argument {argument} is null.")
    name = name_of(kind, type_id)
    if name is None:
        raise revit_error("ArgumentException", f"{argument} is not a {kind} identifier.")
    return name


def spec_label(name: str, language: Language) -> str:
    """Return what Revit calls a spec."""
    facts = specs().get(name)
    if facts is not None:
        return facts.label(language)
    english, german = _LABELS_OF_PLAIN_SPECS[name]
    return german if language == "de" else english


def group_label(name: str, language: Language) -> str | None:
    """Return the heading of a group of parameters; None where it is not known."""
    if not name:
        return "Sonstige" if language == "de" else "Other"
    return parameter_groups()[name][1 if language == "de" else 0] or None


def _register(full_name: str, names: Iterable[str], make: Callable[[str], str]) -> None:
    def getter(name: str) -> Any:
        return static_property(lambda _: ForgeTypeId(make(name)))

    members: dict[str, Any] = {name: getter(name) for name in names}
    simple = full_name.rpartition(".")[2]
    behaves(full_name)(type(simple, (), {**members, "__module__": __name__}))


_register(f"{_DB}.UnitTypeId", units(), unit_type_id)
_register(f"{_DB}.SymbolTypeId", symbols(), symbol_type_id)
_register(f"{_DB}.GroupTypeId", parameter_groups(), group_type_id)
_register(f"{_DB}.SpecTypeId", specs(), spec_type_id)


def _register_nested(kind: str) -> None:
    names = [name.partition(".")[2] for name in _PLAIN_SPECS if name.startswith(f"{kind}.")]
    _register(f"{_DB}.SpecTypeId.{kind}", names, lambda name: spec_type_id(f"{kind}.{name}"))


for _kind in ("Boolean", "Int", "String", "Reference"):
    _register_nested(_kind)
