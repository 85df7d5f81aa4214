"""The facts about built-in parameters and categories fit the catalog and each other."""

import csv
import re
from collections import defaultdict
from importlib import resources

import pytest

from revitron_grpc.catalog.load import packaged_catalog
from revitron_grpc.catalog.model import ApiType
from revitron_grpc.simulation.category_table import built_in_categories, categories_by_number
from revitron_grpc.simulation.parameter_table import (
    BuiltInParameterFacts,
    built_in_parameters,
    number_of,
    parameters_by_number,
)

CATALOG = packaged_catalog()
DB = "Autodesk.Revit.DB"


def enum_names(name: str) -> set[str]:
    api = CATALOG.type(f"{DB}.{name}")
    assert isinstance(api, ApiType)
    return {member.name for member in api.members}


@pytest.mark.parametrize("file", ["parameters.csv", "categories.csv"])
def test_a_table_names_each_thing_once_and_in_order(file: str) -> None:
    text = (resources.files("revitron_grpc.simulation") / "facts" / file).read_text("utf-8")
    names = [row["name"] for row in csv.DictReader(text.splitlines())]
    assert names == sorted(set(names))


def test_every_parameter_is_in_the_catalog_with_a_number() -> None:
    assert {name for name in built_in_parameters() if number_of(CATALOG, name) is None} == set()


def test_names_of_one_number_tell_the_same() -> None:
    told: dict[int | None, set[tuple[object, ...]]] = defaultdict(set)
    for facts in built_in_parameters().values():
        one = (facts.holds, facts.spec, facts.read_only, facts.on, facts.choices)
        told[number_of(CATALOG, facts.name)].add(one)
    assert {number: facts for number, facts in told.items() if len(facts) > 1} == {}


@pytest.mark.parametrize(
    ("old", "new"),
    [("UNIFORMAT_CODE", "ASSEMBLY_CODE"), ("DOOR_WIDTH", "FURNITURE_WIDTH")],
)
def test_a_parameter_is_found_by_its_number_under_each_of_its_names(old: str, new: str) -> None:
    number = number_of(CATALOG, old)
    assert number == number_of(CATALOG, new)
    assert number is not None
    assert parameters_by_number(CATALOG)[number].en == built_in_parameters()[new].en


def test_specs_and_groups_are_members_of_revit() -> None:
    specs = enum_names("SpecTypeId") | {
        f"{nested}.{name}"
        for nested in ("Boolean", "Int", "String", "Reference")
        for name in enum_names(f"SpecTypeId.{nested}")
    }
    table = built_in_parameters().values()
    assert {facts.spec for facts in table if facts.spec} <= specs
    assert {facts.group for facts in table if facts.group} <= enum_names("GroupTypeId")


NESTED_SPEC_HOLDS = {
    "Boolean": {"Integer"},
    "Int": {"Integer"},
    "String": {"String"},
    "Reference": {"ElementId"},
}


def test_the_spec_fits_what_is_stored() -> None:
    for facts in built_in_parameters().values():
        if not facts.spec:
            assert facts.holds in ("Integer", "ElementId"), facts.name
        elif "." in facts.spec:
            assert facts.holds in NESTED_SPEC_HOLDS[facts.spec.partition(".")[0]], facts.name
        else:
            assert facts.holds == "Double", facts.name


def test_choices_belong_to_numbers_without_a_spec() -> None:
    for facts in built_in_parameters().values():
        if facts.choices:
            assert (facts.holds, facts.spec) == ("Integer", ""), facts.name
            numbers = [choice.number for choice in facts.choices]
            assert len(numbers) == len(set(numbers)), facts.name
            assert all(choice.en and choice.de for choice in facts.choices), facts.name


def test_where_a_parameter_is_names_classes_and_categories() -> None:
    categories = enum_names("BuiltInCategory")
    for facts in built_in_parameters().values():
        assert facts.on, facts.name
        for entry in facts.on:
            name = entry.removeprefix("type:")
            known = name in categories if name.startswith("OST_") else CATALOG.types_named(name)
            assert known, f"{facts.name}: {entry}"


def test_display_names_are_there_and_trimmed() -> None:
    for facts in (*built_in_parameters().values(), *built_in_categories().values()):
        for label in (facts.en, facts.de):
            assert re.fullmatch(r"\S(.*\S)?", label), facts.name


def is_on(name: str, *classes: str, category: str | None = None, is_type: bool = False) -> bool:
    facts = built_in_parameters()[name]
    assert isinstance(facts, BuiltInParameterFacts)
    return facts.is_on(frozenset(classes), category, is_type=is_type)


def test_a_parameter_is_on_the_elements_of_its_classes_and_categories() -> None:
    door = ("FamilyInstance", "Element")
    assert is_on("ALL_MODEL_MARK", *door, category="OST_Doors")
    assert is_on("INSTANCE_SILL_HEIGHT_PARAM", *door, category="OST_Doors")
    assert not is_on("INSTANCE_SILL_HEIGHT_PARAM", *door, category="OST_Furniture")
    assert not is_on("ALL_MODEL_MARK", "Room", "SpatialElement", "Element", category="OST_Rooms")


def test_type_parameters_are_on_types_alone() -> None:
    symbol = ("FamilySymbol", "ElementType", "Element")
    door = ("FamilyInstance", "Element")
    assert is_on("DOOR_WIDTH", *symbol, category="OST_Doors", is_type=True)
    assert not is_on("DOOR_WIDTH", *door, category="OST_Doors")
    assert not is_on("ALL_MODEL_MARK", *symbol, category="OST_Doors", is_type=True)


def test_choices_are_told_in_both_languages() -> None:
    choice = built_in_parameters()["VIEW_DETAIL_LEVEL"].choice(3)
    assert choice is not None
    assert (choice.label("en"), choice.label("de")) == ("Fine", "Fein")
    assert built_in_parameters()["VIEW_DETAIL_LEVEL"].choice(9) is None


def test_every_category_and_every_parent_is_in_the_catalog() -> None:
    categories = enum_names("BuiltInCategory")
    table = built_in_categories()
    assert set(table) <= categories
    for facts in table.values():
        assert facts.parent is None or facts.parent in table, facts.name


def test_a_category_is_found_by_its_number() -> None:
    walls = categories_by_number(CATALOG)[-2000011]
    assert (walls.name, walls.label("en"), walls.label("de")) == ("OST_Walls", "Walls", "Wände")
    assert walls.allows_bound_parameters
    assert walls.cuttable
    assert walls.kind == "Model"
