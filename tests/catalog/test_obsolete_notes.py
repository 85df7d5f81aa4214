"""What an obsolete note says: the year, and the name to use instead if it exists."""

import pytest

from revitron_grpc.catalog.obsolete_notes import KnownNames, stated_year

DB = "Autodesk.Revit.DB"
NAMES = KnownNames(
    {
        f"{DB}.Element": {"Move", "Relocate", "LevelId"},
        f"{DB}.Wall": {"Create", ".ctor", "Flip"},
        f"{DB}.Mechanical.Duct": {"Create"},
        f"{DB}.Structure.Duct": {"Make"},
        f"{DB}.Level": set(),
    },
    {f"{DB}.Wall": f"{DB}.Element", f"{DB}.Element": "System.Object"},
)


@pytest.mark.parametrize(
    ("note", "year"),
    [
        ("This property is deprecated in Revit 2024 and may be removed later.", 2024),
        ("Obsolete since Autodesk Revit 2026.", 2026),
        ("This is obsolete. It appeared in 2019.", None),
        ("Use Wall.Create of 2023", None),
        ("", None),
    ],
)
def test_the_year_is_the_one_since_when(note: str, year: int | None) -> None:
    assert stated_year(note) == year


@pytest.mark.parametrize(
    ("note", "instead"),
    [
        (
            "This is deprecated in Revit 2024. Please use the `Relocate` method.",
            "Element.Relocate",
        ),
        ("Use Element::LevelId property instead", "Element.LevelId"),
        ("It has been replaced by Autodesk.Revit.DB.Wall.Create(Document, Level).", "Wall.Create"),
        ("Call Wall.Relocate(XYZ) instead.", "Element.Relocate"),
        ("DB.Wall.Flip() can be used instead.", "Wall.Flip"),
        ("Use Structure.Duct.Make instead of Mechanical.Duct.Create", "Structure.Duct.Make"),
        ("Use the other overload of Move.", "Element.Move"),
        ("Please use levelId.", None),
        ("Use NothingOfThatName instead.", None),
        ("This method is obsolete.", None),
    ],
)
def test_a_member_is_replaced_by_the_first_name_that_exists(note: str, instead: str | None) -> None:
    expected = None if instead is None else f"{DB}.{instead}"
    assert NAMES.replacement(note, f"{DB}.Element", "Move") == expected


def test_another_constructor_takes_the_place_of_a_constructor() -> None:
    note = "Use the constructor that takes a level."
    assert NAMES.replacement(note, f"{DB}.Wall", ".ctor") == f"{DB}.Wall..ctor"


def test_a_type_is_replaced_by_a_type() -> None:
    assert NAMES.replacement("Use Wall instead.", f"{DB}.OldWall") == f"{DB}.Wall"
    assert NAMES.replacement("Wall is obsolete; use Level.", f"{DB}.Wall") == f"{DB}.Level"


def test_of_two_types_of_one_name_only_that_beside_is_meant() -> None:
    assert NAMES.replacement("Use Duct.", f"{DB}.Other") is None
    assert NAMES.replacement("Use Duct.", f"{DB}.Structure.Pipe") == f"{DB}.Structure.Duct"
