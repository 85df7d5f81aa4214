"""What is known of Revit's built-in categories: display names, kind and what they can do.

The facts stand in `facts/categories.csv`, one row a member of `BuiltInCategory`; they are field
knowledge.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from types import MappingProxyType
from typing import Literal, cast, get_args

from revitron_grpc.catalog.load import packaged_catalog
from revitron_grpc.catalog.query import Catalog
from revitron_grpc.errors import Reason, RevitronGrpcError
from revitron_grpc.simulation.errors import NotSimulated
from revitron_grpc.simulation.parameter_table import Language

CategoryKind = Literal["Model", "Annotation", "Internal", "AnalyticalModel"]

_FILE = "categories.csv"
_ENUM = "Autodesk.Revit.DB.BuiltInCategory"
_FLAGS = ("allows_bound_parameters", "cuttable", "has_material_quantities")


@dataclass(frozen=True, slots=True)
class CategoryFacts:
    """One built-in category; `parent` is the category it is a subcategory of, or None.

    `kind` is a member of `CategoryType`.
    """

    name: str
    en: str
    de: str
    kind: CategoryKind
    allows_bound_parameters: bool
    cuttable: bool
    has_material_quantities: bool
    parent: str | None

    def label(self, language: Language) -> str:
        """Return the name that Revit shows for it in that language."""
        return self.de if language == "de" else self.en


@cache
def built_in_categories() -> Mapping[str, CategoryFacts]:
    """Return the known categories by their name in `BuiltInCategory`; read once."""
    text = (resources.files("revitron_grpc.simulation") / "facts" / _FILE).read_text("utf-8")
    rows = csv.DictReader(text.splitlines())
    return MappingProxyType({row["name"]: _facts(row) for row in rows})


@lru_cache(maxsize=4)
def categories_by_number(catalog: Catalog) -> Mapping[int, CategoryFacts]:
    """Return the known categories by their number, which is their id in every Revit version."""
    found: dict[int, CategoryFacts] = {}
    for facts in built_in_categories().values():
        for member in catalog.member_history(_ENUM, facts.name):
            if member.enum_value is not None:
                found.setdefault(member.enum_value, facts)
    return MappingProxyType(found)


@cache
def category_number(name: str) -> int:
    """Return the number of a built-in category; `NotSimulated` for one that is not in the table."""
    for number, facts in categories_by_number(packaged_catalog()).items():
        if facts.name == name:
            return number
    raise NotSimulated(f"BuiltInCategory.{name}")


def category_named(name: str) -> CategoryFacts:
    """Return a category by its name; `NotSimulated` for one that is not in the table."""
    found = built_in_categories().get(name)
    if found is None:
        raise NotSimulated(f"BuiltInCategory.{name}")
    return found


def category_numbered(number: int) -> CategoryFacts | None:
    """Return a category by its number, or None."""
    return categories_by_number(packaged_catalog()).get(number)


def _facts(row: Mapping[str, str]) -> CategoryFacts:
    flags = {row[flag] for flag in _FLAGS}
    if row["type"] not in get_args(CategoryKind) or not flags <= {"yes", "no"}:
        raise RevitronGrpcError(
            Reason.FACTS_UNREADABLE,
            f"{_FILE}, {row['name']}: type is one of {', '.join(get_args(CategoryKind))}, not "
            f"{row['type']!r}, and {', '.join(_FLAGS)} are yes or no",
        )
    return CategoryFacts(
        name=row["name"],
        en=row["en"],
        de=row["de"],
        kind=cast("CategoryKind", row["type"]),
        allows_bound_parameters=row["allows_bound_parameters"] == "yes",
        cuttable=row["cuttable"] == "yes",
        has_material_quantities=row["has_material_quantities"] == "yes",
        parent=row["parent"] or None,
    )
