"""Filters by parameter: which elements rules pass, and what Revit asks for in which version."""

import pytest

from tests.simulation.two_doors import model, run

_BEFORE = """
from Autodesk.Revit import DB
document = __revit__.ActiveUIDocument.Document
BIP, F = DB.BuiltInParameter, DB.ParameterFilterRuleFactory
MARK, NOTE, SILL, RATING, NUMBER = [DB.ElementId(one) for one in (
    BIP.ALL_MODEL_MARK, BIP.ALL_MODEL_INSTANCE_COMMENTS, BIP.INSTANCE_SILL_HEIGHT_PARAM,
    BIP.FIRE_RATING, BIP.ROOM_NUMBER)]
TYPE = DB.ElementId(BIP.ELEM_TYPE_PARAM)
provider = DB.ParameterValueProvider
def passing(rules, inverted=False, category="OST_Doors"):
    found = DB.FilteredElementCollector(document)
    found = found.OfCategory(getattr(DB.BuiltInCategory, category)).WhereElementIsNotElementType()
    return [one.get_Parameter(BIP.ALL_MODEL_MARK).AsString()
            for one in found.WherePasses(DB.ElementParameterFilter(rules, inverted))]
"""


def passing(arguments: str, version: int = 2024) -> object:
    """The marks of the doors that pass, or the error that comes of it."""
    result = run(f"found = passing({arguments})", version=version, before=_BEFORE)
    return result.error.partition(":")[0] or result.unknown or result.variables["found"]


@pytest.mark.parametrize(
    ("arguments", "marks"),
    [
        ('F.CreateEqualsRule(MARK, "A1")', ["A1"]),
        ('F.CreateNotEqualsRule(MARK, "A1")', ["B2"]),
        ('F.CreateEqualsRule(MARK, "A1"), True', ["B2"]),
        ('F.CreateContainsRule(MARK, "2")', ["B2"]),
        ('F.CreateNotContainsRule(MARK, "2")', ["A1"]),
        ('F.CreateBeginsWithRule(MARK, "A")', ["A1"]),
        ('F.CreateNotBeginsWithRule(MARK, "A")', ["B2"]),
        ('F.CreateEndsWithRule(MARK, "2")', ["B2"]),
        ('F.CreateNotEndsWithRule(MARK, "2")', ["A1"]),
        ("F.CreateEqualsRule(SILL, 2.0005, 0.001)", ["B2"]),
        ("F.CreateGreaterRule(SILL, 1.9995, 0.001)", []),
        ("F.CreateGreaterRule(SILL, 1.0, 0.001)", ["B2"]),
        ("F.CreateGreaterOrEqualRule(SILL, 2.0005, 0.001)", ["B2"]),
        ("F.CreateLessRule(SILL, 2.0, 0.001)", ["A1"]),
        ("F.CreateLessOrEqualRule(SILL, 1.9995, 0.001)", ["A1", "B2"]),
        ("F.CreateHasValueParameterRule(MARK)", ["A1", "B2"]),
        ("F.CreateHasNoValueParameterRule(MARK)", []),
        ("F.CreateHasValueParameterRule(NOTE)", []),
        ("F.CreateHasNoValueParameterRule(NOTE)", ["A1", "B2"]),
        ('F.CreateEndsWithRule(MARK, "A")', []),
        ('DB.FilterStringRule(provider(MARK), DB.FilterStringEquals(), "B2")', ["B2"]),
        ("DB.FilterDoubleRule(provider(SILL), DB.FilterNumericLess(), 1.5, 0.1)", ["A1"]),
    ],
)
def test_rules_pass_what_they_say(arguments: str, marks: list[str]) -> None:
    assert passing(arguments) == marks


def test_all_rules_of_a_filter_must_pass() -> None:
    both = 'List[DB.FilterRule]([F.CreateContainsRule(MARK, "{}"), F.CreateEqualsRule(MARK, "A1")])'
    before = _BEFORE + "from System.Collections.Generic import List\n"
    for sought, marks in (("A", ["A1"]), ("B", [])):
        result = run(f"found = passing({both.format(sought)})", before=before)
        assert result.variables["found"] == marks


def test_ids_are_compared() -> None:
    database = model()
    kind = database.by_handle("door-type").id
    for number, marks in ((kind, ["A1", "B2"]), (kind + 1, [])):
        assert passing(f"F.CreateEqualsRule(TYPE, DB.ElementId({number}))") == marks


def test_elements_without_the_parameter_or_with_another_kind_of_value_do_not_pass() -> None:
    assert passing('F.CreateEqualsRule(NUMBER, "T30")') == []
    assert passing('F.CreateEqualsRule(SILL, "1")') == []


def test_a_parameter_of_the_type_counts_for_its_instances() -> None:
    assert passing('F.CreateEqualsRule(RATING, "T30")') == ["A1", "B2"]
    assert passing('F.CreateEqualsRule(RATING, "T90")') == []


@pytest.mark.parametrize(
    "doubtful",
    ['F.CreateNotEqualsRule(NUMBER, "T30")', 'F.CreateEqualsRule(NUMBER, "T30"), True'],
)
def test_nothing_is_said_of_what_inverse_rules_do_without_the_parameter(doubtful: str) -> None:
    assert "inverted filter rule" in str(passing(doubtful))


def test_case_matters_where_revit_2022_is_told_so() -> None:
    rule = 'F.CreateEqualsRule(MARK, "a1", {})'
    assert passing(rule.format(True), 2022) == []
    assert passing(rule.format(False), 2022) == ["A1"]
    assert passing(rule.format(True), 2023) == ["A1"]


@pytest.mark.parametrize(
    ("rule", "first", "last"),
    [
        ('DB.FilterStringRule(provider(MARK), DB.FilterStringEquals(), "A1")', 2022, 2026),
        ('DB.FilterStringRule(provider(MARK), DB.FilterStringEquals(), "A1", True)', 2022, 2022),
        ('F.CreateEqualsRule(MARK, "A1")', 2023, 2026),
        ('F.CreateEqualsRule(MARK, "A1", True)', 2022, 2025),
    ],
)
def test_rules_are_made_as_each_version_takes_them(rule: str, first: int, last: int) -> None:
    for version in range(2022, 2027):
        expected: object = ["A1"] if first <= version <= last else "TypeError"
        assert passing(rule, version) == expected
