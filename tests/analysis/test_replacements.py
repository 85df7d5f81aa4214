"""What is said instead of API that is gone: it must hold in every requested version."""

import ast

import pytest

from revitron_grpc.analysis.analyser import AnalysisOptions, analyse
from revitron_grpc.analysis.replacements import REPLACEMENTS, instead_of
from revitron_grpc.analysis.resolve import ApiView
from revitron_grpc.catalog.load import packaged_catalog
from revitron_grpc.vocabulary import Engine, RevitVersion
from tests.analysis.conftest import PRELUDE, Judged


def view(*years: int) -> ApiView:
    return ApiView(packaged_catalog(), tuple(RevitVersion(year) for year in years))


@pytest.mark.parametrize(
    ("years", "told"),
    [
        ((2024, 2025, 2026), "write element_id.Value"),
        ((2022, 2023), "write element_id.IntegerValue"),
        ((2022, 2026), "pyrevit.compat import get_elementid_value_func"),
    ],
)
def test_the_advice_depends_on_the_versions(years: tuple[int, ...], told: str) -> None:
    assert told in instead_of(view(*years), "Autodesk.Revit.DB.ElementId.IntegerValue")


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("eid.IntegerValue", "get_elementid_value_func"),
        ("DB.BuiltInParameterGroup.PG_DATA", "GroupTypeId"),
        ("DB.ParameterType.Text", "SpecTypeId"),
        ("DB.DisplayUnitType.DUT_METERS", "UnitTypeId"),
        ("doc.Create.NewFloor(a, b, c, True)", "Floor.Create("),
        ("doc.ActiveView.ViewName", "view.Name"),
    ],
)
def test_a_finding_says_it(judged: Judged, source: str, told: str) -> None:
    found = [one.suggestion for one in judged.script(PRELUDE + source).findings]
    assert any(told in one for one in found), found


@pytest.mark.parametrize("symbol", sorted(REPLACEMENTS))
def test_something_holds_in_all_versions(symbol: str) -> None:
    full = "Autodesk.Revit." + (symbol if symbol.startswith("Creation.") else f"DB.{symbol}")
    assert instead_of(view(2022, 2023, 2024, 2025, 2026), full)


def test_what_pyrevit_is_asked_for_exists() -> None:
    api = packaged_catalog().python_api
    assert api.entry("pyrevit.compat.get_elementid_value_func") is not None


def test_the_replacement_passes_the_judge() -> None:
    source = (
        PRELUDE + "from pyrevit.compat import get_elementid_value_func\n"
        "value = get_elementid_value_func()(eid)\n"
    )
    ast.parse(source)
    years = tuple(RevitVersion(year) for year in range(2022, 2027))
    options = AnalysisOptions(years, Engine.IRONPYTHON_27)
    assert analyse(source, packaged_catalog(), options).findings == ()
