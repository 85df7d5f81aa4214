"""Where a covered version and assemblies disagree, each kind of difference by itself."""

import msgspec
import pytest

from revitron_grpc.catalog.assembly_facts import VersionFacts
from revitron_grpc.catalog.load import load_data
from revitron_grpc.catalog.model import (
    ApiType,
    CatalogData,
    Member,
    MemberKind,
    Parameter,
    TypeKind,
)
from revitron_grpc.catalog.version_comparison import Comparison, DifferenceKind, compare
from revitron_grpc.vocabulary import RevitVersion
from tests.catalog.versions import ALL_ASSEMBLIES, shown

V2024, V2025 = RevitVersion(2024), RevitVersion(2025)
DB = "Autodesk.Revit.DB"
KINDS = DifferenceKind


@pytest.fixture(scope="module")
def data() -> CatalogData:
    return load_data()[0]


def member(name: str, **changes: object) -> Member:
    plain = Member(name, MemberKind.METHOD, f"{DB}.Thing", False, (V2025,), "System.Void")
    return msgspec.structs.replace(plain, **changes)


def api(*members: Member, **changes: object) -> ApiType:
    plain = ApiType(
        f"{DB}.Thing", TypeKind.CLASS, (V2025,), members, "System.Object", assembly="RevitAPI"
    )
    return msgspec.structs.replace(plain, **changes)


def compared(
    data: CatalogData,
    old: list[ApiType],
    new: list[ApiType],
    assemblies: frozenset[str] = ALL_ASSEMBLIES,
) -> Comparison:
    small = msgspec.structs.replace(data, types=tuple(old))
    return compare(small, VersionFacts(V2025, assemblies, "25.0.0.0", tuple(new)))


def told(comparison: Comparison) -> list[tuple[str, str, str, str]]:
    return [(d.kind, d.symbol, d.catalog, d.assembly) for d in comparison.differences]


def test_an_import_of_what_the_catalog_says_agrees(data: CatalogData) -> None:
    comparison = compare(data, shown(data, V2025))
    assert comparison.differences == ()
    assert comparison.types == 2686
    assert comparison.members > 30000
    assert comparison.left_out == 0


def test_what_only_one_of_them_has(data: CatalogData) -> None:
    other = api(name=f"{DB}.Other")
    comparison = compared(
        data,
        [api(member("Old"), member("Kept")), other],
        [
            api(member("New"), member("Kept")),
            api(name=f"{DB}.Third"),
        ],
    )
    assert told(comparison) == [
        (KINDS.ONLY_IN_CATALOG, f"{DB}.Other", "class", ""),
        (KINDS.ONLY_IN_CATALOG, f"{DB}.Thing.Old", "Old() -> Void", ""),
        (KINDS.ONLY_IN_ASSEMBLY, f"{DB}.Thing.New", "", "New() -> Void"),
        (KINDS.ONLY_IN_ASSEMBLY, f"{DB}.Third", "", "class"),
    ]
    assert (comparison.types, comparison.members, comparison.left_out) == (1, 1, 0)


def test_another_overload_is_a_member_of_its_own(data: CatalogData) -> None:
    by_name = member("Find", parameters=(Parameter("name", "System.String"),))
    by_id = member("Find", parameters=(Parameter("id", "System.Int64"),))
    assert told(compared(data, [api(by_name)], [api(by_id)])) == [
        (KINDS.ONLY_IN_CATALOG, f"{DB}.Thing.Find", "Find(String) -> Void", ""),
        (KINDS.ONLY_IN_ASSEMBLY, f"{DB}.Thing.Find", "", "Find(Int64) -> Void"),
    ]


@pytest.mark.parametrize(
    ("before", "after", "kind", "said"),
    [
        ({"returns": "A.B"}, {"returns": "A.C"}, KINDS.RETURNS, ("A.B", "A.C")),
        ({"settable": True}, {"settable": False}, KINDS.SETTABLE, ("yes", "no")),
        ({"obsolete_in": (V2025,)}, {}, KINDS.OBSOLETE, ("yes", "no")),
        (
            {"parameters": (Parameter("x", "A.B", "out"), Parameter("y", "A.B"))},
            {"parameters": (Parameter("x", "A.B", "ref"), Parameter("y", "A.B"))},
            KINDS.PASSED,
            ("out, ", "ref, "),
        ),
    ],
)
def test_the_same_member_in_another_form(
    data: CatalogData,
    before: dict[str, object],
    after: dict[str, object],
    kind: DifferenceKind,
    said: tuple[str, str],
) -> None:
    comparison = compared(data, [api(member("Do", **before))], [api(member("Do", **after))])
    assert told(comparison) == [(kind, f"{DB}.Thing.Do", *said)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"returns": "Tuple<A.B>"}, {"returns": "System.Tuple<A.B>"}),
        ({"settable": None}, {"settable": False}),
        (
            {"parameters": (Parameter("x", "A.B[]"),)},
            {"parameters": (Parameter("items", "A.B[]", "params"),)},
        ),
        ({"unknown_in": (V2025,), "versions": (V2024,)}, {"returns": "A.B"}),
    ],
)
def test_what_is_spelled_otherwise_or_not_known_is_no_difference(
    data: CatalogData, before: dict[str, object], after: dict[str, object]
) -> None:
    kept = [member("One"), member("Two")]
    comparison = compared(
        data, [api(member("Do", **before), *kept)], [api(member("Do", **after), *kept)]
    )
    assert told(comparison) == []


def test_the_number_of_an_enum_value(data: CatalogData) -> None:
    def value(number: int, **changes: object) -> Member:
        kind = {"kind": MemberKind.FIELD, "static": True, "returns": f"{DB}.Thing"}
        return member("Value", enum_value=number, **kind, **changes)

    obsolete = value(2, obsolete_in=(V2025,))
    old, new = api(value(1), kind=TypeKind.ENUM), api(obsolete, kind=TypeKind.ENUM)
    assert told(compared(data, [old], [new])) == [(KINDS.ENUM_VALUE, f"{DB}.Thing.Value", "1", "2")]


@pytest.mark.parametrize(
    ("before", "after", "kind", "said"),
    [
        ({"kind": TypeKind.CLASS}, {"kind": TypeKind.STRUCT}, KINDS.KIND, ("class", "struct")),
        ({"base": "A.B"}, {"base": "A.C"}, KINDS.BASE, ("A.B", "A.C")),
        ({"interfaces": ("A.I",)}, {}, KINDS.INTERFACE, ("A.I", "")),
        ({}, {"interfaces": ("A.I",)}, KINDS.INTERFACE, ("", "A.I")),
        ({"obsolete_in": (V2025,)}, {}, KINDS.OBSOLETE, ("yes", "no")),
    ],
)
def test_the_same_type_in_another_form(
    data: CatalogData,
    before: dict[str, object],
    after: dict[str, object],
    kind: DifferenceKind,
    said: tuple[str, str],
) -> None:
    assert told(compared(data, [api(**before)], [api(**after)])) == [(kind, f"{DB}.Thing", *said)]


def test_an_interface_that_comes_through_another_type_is_no_difference(data: CatalogData) -> None:
    generic = "System.Collections.Generic.IEnumerator<A.B>"
    base = api(name=f"{DB}.Base", interfaces=(generic,))
    derived = {"base": f"{DB}.Base"}
    again = (generic, "System.Collections.IEnumerator", "System.IDisposable")
    comparison = compared(data, [base, api(**derived)], [base, api(**derived, interfaces=again)])
    assert told(comparison) == []


def test_what_the_assemblies_do_not_speak_for_is_left_out(data: CatalogData) -> None:
    other = api(name=f"{DB}.Other", assembly="RevitAPIIFC")
    unknown = api(name=f"{DB}.Vague", versions=(V2024,), unknown_in=(V2025,))
    new = [api(), api(member("Do"), name=f"{DB}.Vague")]
    comparison = compared(data, [api(), other, unknown], new, frozenset({"RevitAPI"}))
    assert told(comparison) == []
    assert (comparison.types, comparison.left_out) == (1, 2)
