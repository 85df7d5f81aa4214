"""What is known of Revit's built-in parameters: storage, spec, where they are, display names.

The facts stand in `facts/parameters.csv`, one row a name of `BuiltInParameter`; they are field
knowledge, and `note` marks what is doubtful. Columns: name, holds (the storage type), spec (a
member of `SpecTypeId`, with its nested class: `Boolean.YesNo`; empty for ids and choices),
read_only, on (see `BuiltInParameterFacts.is_on`), en and de (the display names), group (a member
of `GroupTypeId`), choices (`number:English/German` of a parameter that holds one of a fixed
list), note.
"""

import csv
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from types import MappingProxyType
from typing import Literal, cast, get_args

from revitron_grpc.catalog.query import Catalog
from revitron_grpc.errors import Reason, RevitronGrpcError

Storage = Literal["Double", "Integer", "String", "ElementId", "None"]
Language = Literal["en", "de"]

_FILE = "parameters.csv"
_ENUM = "Autodesk.Revit.DB.BuiltInParameter"
_TYPE_PREFIX = "type:"


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a parameter that holds a number from a fixed list, and how it is shown."""

    number: int
    en: str
    de: str

    def label(self, language: Language) -> str:
        """Return what Revit shows for it in that language."""
        return self.de if language == "de" else self.en


@dataclass(frozen=True, slots=True)
class BuiltInParameterFacts:
    """One built-in parameter.

    `name` is a member of `BuiltInParameter`; several names can share one number, with equal
    facts. `read_only` is what holds in general: circumstances (a view template, a wall's top
    constraint) can add to it.
    """

    name: str
    holds: Storage
    spec: str
    read_only: bool
    on: tuple[str, ...]
    en: str
    de: str
    group: str
    choices: tuple[Choice, ...] = ()
    note: str = ""

    def label(self, language: Language) -> str:
        """Return the name that Revit shows for it in that language."""
        return self.de if language == "de" else self.en

    def choice(self, number: int) -> Choice | None:
        """Return the choice of that number; None where the number or all choices are unknown."""
        return next((choice for choice in self.choices if choice.number == number), None)

    def is_on(self, classes: Collection[str], category: str | None, *, is_type: bool) -> bool:
        """Tell whether an element has this parameter.

        `classes` are the simple names of the element's class and of all that it derives from,
        `category` is its built-in category (`OST_Doors`). A plain entry of `on` (`Wall`,
        `OST_Doors`, `Element`) stands for elements that are no types, `type:WallType` and
        `type:OST_Doors` for types alone. `Family` is no type.
        """
        for entry in self.on:
            of_types = entry.startswith(_TYPE_PREFIX)
            wanted = entry.removeprefix(_TYPE_PREFIX)
            if of_types == is_type and (wanted in classes or wanted == category):
                return True
        return False


@cache
def built_in_parameters() -> Mapping[str, BuiltInParameterFacts]:
    """Return the known parameters by their name in `BuiltInParameter`; read once."""
    text = (resources.files("revitron_grpc.simulation") / "facts" / _FILE).read_text("utf-8")
    rows = csv.DictReader(text.splitlines())
    return MappingProxyType({row["name"]: _facts(row) for row in rows})


@lru_cache(maxsize=4)
def parameters_by_number(catalog: Catalog) -> Mapping[int, BuiltInParameterFacts]:
    """Return the known parameters by their number, which is their id in every Revit version.

    Names of one number have equal facts; the one first in the alphabet is kept.
    """
    known = built_in_parameters()
    found: dict[int, BuiltInParameterFacts] = {}
    for name in sorted(known):
        number = number_of(catalog, name)
        if number is not None:
            found.setdefault(number, known[name])
    return MappingProxyType(found)


@lru_cache(maxsize=8192)
def number_of(catalog: Catalog, name: str) -> int | None:
    """Return the number of a built-in parameter; None where the catalog does not know it."""
    history = catalog.member_history(_ENUM, name)
    return next((one.enum_value for one in history if one.enum_value is not None), None)


def _facts(row: Mapping[str, str]) -> BuiltInParameterFacts:
    if row["holds"] not in get_args(Storage) or row["read_only"] not in ("yes", "no"):
        raise RevitronGrpcError(
            Reason.FACTS_UNREADABLE,
            f"{_FILE}, {row['name']}: holds is one of {', '.join(get_args(Storage))} "
            f"and read_only yes or no, not {row['holds']!r} and {row['read_only']!r}",
        )
    return BuiltInParameterFacts(
        name=row["name"],
        holds=cast("Storage", row["holds"]),
        spec=row["spec"],
        read_only=row["read_only"] == "yes",
        on=tuple(row["on"].split()),
        en=row["en"],
        de=row["de"],
        group=row["group"],
        choices=tuple(_choice(one) for one in row["choices"].split("|") if one),
        note=row["note"],
    )


def _choice(text: str) -> Choice:
    number, _, labels = text.partition(":")
    english, _, german = labels.partition("/")
    return Choice(int(number), english, german)
