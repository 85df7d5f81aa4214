import pytest
from hypothesis import given
from hypothesis import strategies as st

from revitron_grpc.catalog.load import packaged_catalog
from revitron_grpc.catalog.query import Catalog

DB = "Autodesk.Revit.DB."


@pytest.mark.parametrize(
    ("text", "best"),
    [
        ("ElementId.IntegerValue", DB + "ElementId.IntegerValue"),
        ("elementid.integervalue", DB + "ElementId.IntegerValue"),
        ("IntegerValue", DB + "ElementId.IntegerValue"),
        ("DB.ElementId", DB + "ElementId"),
        ("ElementId", DB + "ElementId"),
        (DB + "Wall.Flip", DB + "Wall.Flip"),
        ("Wall.Id", DB + "Element.Id"),
        ("WallType.Name", DB + "ElementType.Name"),
        ("get_BoundingBox", DB + "Element.BoundingBox"),
        ("OST_Walls", DB + "BuiltInCategory.OST_Walls"),
        ("AlignmentFailures", DB + "BuiltInFailures.AlignmentFailures"),
        ("pyrevit.forms.alert", "pyrevit.forms.alert"),
        ("forms.alert", "pyrevit.forms.alert"),
        ("revitron.Filter.byCategory", "revitron.Filter.byCategory"),
        ("ProgressBar.show_dialog", "pyrevit.forms.WPFWindow.show_dialog"),
        ("FilterdElementCollector", DB + "FilteredElementCollector"),
        ("ElementId.IntegrValue", DB + "ElementId.IntegerValue"),
    ],
)
def test_the_best_hit_is_what_was_meant(catalog: Catalog, text: str, best: str) -> None:
    assert catalog.search(text, 3)[0].full_name == best


def test_a_hit_answers_where_since_until_and_what_instead(catalog: Catalog) -> None:
    hit = catalog.search("ElementId.IntegerValue", 1)[0]
    assert (hit.kind, hit.signature) == ("property", "IntegerValue -> Int32")
    assert hit.versions == (2022, 2023, 2024, 2025)
    assert (hit.last_version, hit.removed_in, hit.obsolete_since) == (2025, 2026, 2024)
    assert hit.instead == DB + "ElementId.Value"
    assert hit.url is not None
    assert hit.score == 100.0


def test_a_renamed_enum_value_names_the_new_one(catalog: Catalog) -> None:
    hit = catalog.search("BuiltInParameter.UNIFORMAT_CODE", 1)[0]
    assert hit.kind == "enum value"
    assert hit.instead == DB + "BuiltInParameter.ASSEMBLY_CODE"


def test_an_unknown_version_is_not_a_removal(catalog: Catalog) -> None:
    hit = catalog.search("Infrastructure.Alignment", 1)[0]
    assert (hit.removed_in, hit.unknown_in) == (None, (2026,))


def test_a_flag_that_was_taken_back_is_not_shown(catalog: Catalog) -> None:
    assert catalog.search("MassLevelData", 1)[0].obsolete_since is None


def test_every_overload_is_a_hit(catalog: Catalog) -> None:
    hits = catalog.search("ElementId..ctor", 10)
    assert [hit.full_name for hit in hits] == [DB + "ElementId..ctor"] * 4


def test_the_limit_holds(catalog: Catalog) -> None:
    assert len(catalog.search("Create", 7)) == 7
    assert catalog.search("Create", 0) == ()
    assert catalog.search("  ", 5) == ()
    assert catalog.search("qqqqzzzzxxxx", 5) == ()


@given(st.text(max_size=300))
def test_any_text_is_answered_the_same_twice(text: str) -> None:
    catalog = packaged_catalog()
    assert catalog.search(text, 3) == catalog.search(text, 3)
