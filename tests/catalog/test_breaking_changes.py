"""Every row of the list of breaking changes must follow from the catalog's own answers."""

from revitron_grpc.catalog.model import ApiType, Member, MemberKind, Presence, short_type_name
from revitron_grpc.catalog.query import Catalog
from revitron_grpc.vocabulary import RevitVersion
from tests.catalog.conftest import breaking_changes

ROWS = breaking_changes()


def _symbol(catalog: Catalog, row: dict[str, str]) -> Member | ApiType | None:
    if row["kind"] in {"class", "enum", "interface", "struct", "delegate"}:
        return catalog.type(row["name"])
    type_name, member_name = _split(row["name"])
    matches = [
        member
        for member in catalog.member_history(type_name, member_name)
        if member.declared_by == type_name and _parameters(member) == row["params"]
    ]
    return matches[0] if matches else None


def _split(name: str) -> tuple[str, str]:
    if name.endswith("..ctor"):
        return name.removesuffix("..ctor"), ".ctor"
    type_name, _, member_name = name.rpartition(".")
    return type_name, member_name


def _parameters(member: Member) -> str:
    if not member.parameters and member.kind is not MemberKind.CONSTRUCTOR:
        return ""
    return f"({', '.join(short_type_name(p.type) for p in member.parameters or ())})".replace(
        "()", ""
    )


def test_the_rows_are_there() -> None:
    assert len(ROWS) >= 150


def test_each_removed_overload_is_absent_and_was_present_before(catalog: Catalog) -> None:
    wrong = []
    for row in ROWS:
        symbol = _symbol(catalog, row)
        if row["removed_in"] and (
            symbol is None
            or symbol.presence(RevitVersion(int(row["removed_in"]))) is not Presence.ABSENT
            or symbol.versions[-1] != int(row["removed_in"]) - 1
        ):
            wrong.append(row["name"] + row["params"])
    assert wrong == []


def test_each_name_survives_exactly_where_another_overload_remains(catalog: Catalog) -> None:
    wrong = []
    for row in ROWS:
        if not row["removed_in"] or row["kind"] in {"class", "enum", "interface"}:
            continue
        version = RevitVersion(int(row["removed_in"]))
        type_name, member_name = _split(row["name"])
        own = [
            member
            for member in catalog.members(type_name, member_name, version)
            if member.declared_by == type_name
        ]
        if bool(own) != (row["name_survives"] == "yes"):
            wrong.append(row["name"])
        if own and catalog.member_presence(type_name, member_name, version) is not Presence.PRESENT:
            wrong.append(row["name"])
    assert wrong == []


def test_each_obsolete_symbol_is_still_there_and_flagged(catalog: Catalog) -> None:
    wrong = []
    for row in ROWS:
        symbol = _symbol(catalog, row)
        if not row["removed_in"] and (
            symbol is None
            or not symbol.obsolete_in
            or symbol.presence(catalog.versions[-1]) is not Presence.PRESENT
        ):
            wrong.append(row["name"])
    assert wrong == []


def test_each_stated_replacement_is_kept(catalog: Catalog) -> None:
    wrong = []
    for row in ROWS:
        symbol = _symbol(catalog, row)
        if row["replacement"] and (symbol is None or symbol.replacement != row["replacement"]):
            wrong.append(row["name"])
    assert wrong == []


def test_members_that_went_with_their_type_are_absent(catalog: Catalog) -> None:
    wrong = []
    for row in ROWS:
        if row["with_type"] == "yes":
            type_name, member_name = _split(row["name"])
            version = RevitVersion(int(row["removed_in"]))
            if catalog.member_presence(type_name, member_name, version) is not Presence.ABSENT:
                wrong.append(row["name"])
    assert wrong == []
