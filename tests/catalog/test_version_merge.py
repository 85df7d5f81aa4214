"""A catalog with one more version answers of it what was imported, and of the others as before."""

import msgspec
import pytest

from revitron_grpc.catalog.assembly_facts import VersionFacts
from revitron_grpc.catalog.file_format import decode, encode
from revitron_grpc.catalog.load import load_data
from revitron_grpc.catalog.model import (
    ApiType,
    CatalogData,
    GoneType,
    Member,
    MemberKind,
    Parameter,
    Presence,
    SourceKind,
    TypeKind,
)
from revitron_grpc.catalog.query import Catalog
from revitron_grpc.catalog.version_merge import with_version
from revitron_grpc.vocabulary import RevitVersion
from tests.catalog.versions import ALL_ASSEMBLIES, shown

DB = "Autodesk.Revit.DB"
V2025, V2026, V2027 = RevitVersion(2025), RevitVersion(2026), RevitVersion(2027)


@pytest.fixture(scope="module")
def data() -> CatalogData:
    return load_data()[0]


@pytest.fixture(scope="module")
def main_only(data: CatalogData) -> CatalogData:
    """The same, from the two assemblies alone that most people will import."""
    main = frozenset({"RevitAPI", "RevitAPIUI"})
    return with_version(data, shown(data, V2026, V2027, main))


@pytest.fixture(scope="module")
def next_year(data: CatalogData) -> CatalogData:
    """The catalog with a Revit 2027 that has what 2026 has."""
    return with_version(data, shown(data, V2026, V2027))


def member(name: str, **changes: object) -> Member:
    plain = Member(name, MemberKind.METHOD, f"{DB}.Thing", False, (V2027,), "System.Void")
    return msgspec.structs.replace(plain, **changes)


def api(name: str, *members: Member, **changes: object) -> ApiType:
    full = f"{DB}.{name}"
    owned = tuple(msgspec.structs.replace(one, declared_by=full) for one in members)
    plain = ApiType(full, TypeKind.CLASS, (V2027,), owned, "System.Object", assembly="RevitAPI")
    return msgspec.structs.replace(plain, **changes)


def facts(*types: ApiType, assemblies: frozenset[str] = ALL_ASSEMBLIES) -> VersionFacts:
    return VersionFacts(V2027, assemblies, "27.0.0.0", types)


def small(*types: ApiType, versions: tuple[RevitVersion, ...] = (V2025, V2026)) -> CatalogData:
    """A catalog of a few types."""
    whole = load_data()[0]
    return msgspec.structs.replace(
        whole, versions=versions, types=types, gone=(), undocumented=(), sources=()
    )


def known(*members: Member, name: str = "Thing", **changes: object) -> ApiType:
    now = [msgspec.structs.replace(one, versions=(V2025, V2026)) for one in members]
    return api(name, *now, **{"versions": (V2025, V2026), **changes})


def merged(data: CatalogData, new: VersionFacts) -> Catalog:
    return Catalog(with_version(data, new), "digest")


def test_a_version_replaced_by_itself_changes_nothing(data: CatalogData) -> None:
    new = with_version(data, shown(data, V2025))
    assert len(new.types) == len(data.types)
    for before, after in zip(data.types, new.types, strict=True):
        # Of a few types the facts do not name the assembly, an import does.
        named = msgspec.structs.replace(before, assembly=before.assembly or after.assembly)
        assert after == named


def test_the_same_api_a_year_later_gives_the_same_answers(
    data: CatalogData, next_year: CatalogData
) -> None:
    before = Catalog(data, "before")
    after = Catalog(next_year, "after")
    assert after.versions == (*before.versions, V2027)
    for one in before.types:
        name = one.name
        if before.type_presence(name, V2026) is Presence.UNKNOWN:
            # All assemblies were imported, and they do not have what no source showed.
            assert after.type_presence(name, V2027) is not Presence.PRESENT
            continue
        assert after.type_presence(name, V2027) is before.type_presence(name, V2026), name
        assert after.ancestors(name, V2027) == before.ancestors(name, V2026), name
        for version in before.versions:
            assert after.type_presence(name, version) is before.type_presence(name, version)
        for one_name in {found.name for found in one.members}:
            was = before.member_presence(name, one_name, V2026)
            now = after.member_presence(name, one_name, V2027)
            assert now is was or was is Presence.UNKNOWN, f"{name}.{one_name}"
            if was is Presence.PRESENT:
                signatures = [
                    {found.signature for found in catalog.members(name, one_name, version)}
                    for catalog, version in ((before, V2026), (after, V2027))
                ]
                assert signatures[1] <= signatures[0], f"{name}.{one_name}"


def test_the_file_holds_what_was_merged(next_year: CatalogData) -> None:
    content, digest = encode(next_year)
    assert decode(content, "x") == (next_year, digest)


def test_the_source_tells_the_assemblies_and_what_they_leave_open(
    data: CatalogData, main_only: CatalogData
) -> None:
    source = next(one for one in main_only.sources if one.revit_version == V2027)
    assert source.name == "Revit API 2027"
    assert source.version == "27.0.0.0 (RevitAPI, RevitAPIUI)"
    assert 0.98 < source.completeness < 1
    assert [one for one in main_only.sources if one.revit_version != V2027] == list(data.sources)


def test_a_type_of_an_assembly_that_was_not_imported_is_unknown(main_only: CatalogData) -> None:
    catalog = Catalog(main_only, "digest")
    outside = [
        one.name
        for one in main_only.types
        if one.assembly == "RevitAPIIFC" and one.presence(V2026) is Presence.PRESENT
    ]
    assert len(outside) > 20
    for name in outside:
        assert catalog.type_presence(name, V2027) is Presence.UNKNOWN
        assert catalog.member_presence(name, "NoSuchMember", V2027) is Presence.UNKNOWN
    assert catalog.type_presence(f"{DB}.Wall", V2027) is Presence.PRESENT


def test_what_was_gone_stays_gone_in_an_assembly_that_was_not_imported() -> None:
    old = known(name="Old", versions=(V2025,), assembly="RevitAPIIFC")
    catalog = merged(small(known(), old), facts(api("Thing"), assemblies=frozenset({"RevitAPI"})))
    assert catalog.type_presence(f"{DB}.Old", V2027) is Presence.ABSENT


def test_a_type_whose_assembly_no_fact_names_is_gone_only_if_its_namespace_was_imported() -> None:
    lost = known(name="Lost", assembly=None)
    only_ui = frozenset({"RevitAPIUI"})
    data = small(known(), lost)
    assert merged(data, facts(api("Thing"))).type_presence(lost.name, V2027) is Presence.ABSENT
    unsure = merged(data, facts(assemblies=only_ui))
    assert unsure.type_presence(lost.name, V2027) is Presence.UNKNOWN
    assert unsure.type_presence(f"{DB}.Thing", V2027) is Presence.UNKNOWN


def test_a_member_that_its_type_does_not_have_is_gone_and_its_other_overload_is_not() -> None:
    by_name = member("Find", parameters=())
    old = known(by_name, member("Flip"))
    number = (Parameter("id", "System.Int64"),)
    catalog = merged(small(old), facts(api("Thing", member("Find", parameters=number))))
    thing = f"{DB}.Thing"
    assert catalog.member_presence(thing, "Flip", V2027) is Presence.ABSENT
    assert catalog.member_presence(thing, "Find", V2027) is Presence.PRESENT
    assert catalog.overloads_in_all(thing, "Find", (V2026, V2027)) == ()
    assert catalog.member_presence(thing, "Flip", V2026) is Presence.PRESENT


def test_a_member_that_a_base_type_has_now_moved_there() -> None:
    data = small(known(member("Flip")), known(name="Base"))
    new = facts(api("Thing", base=f"{DB}.Base"), api("Base", member("Flip")))
    catalog = merged(data, new)
    assert catalog.member_presence(f"{DB}.Thing", "Flip", V2027) is Presence.PRESENT
    (moved,) = (one for one in catalog.types if one.name == f"{DB}.Thing")
    assert moved.members[0].moved_to == f"{DB}.Base"
    assert moved.base_in(V2026) == "System.Object"
    assert moved.base_in(V2027) == f"{DB}.Base"


def test_what_changed_is_told_by_version() -> None:
    before = member(
        "Size",
        kind=MemberKind.PROPERTY,
        returns="System.Int32",
        settable=True,
        parameters=(Parameter("place", "System.Int32"),),
    )
    after = msgspec.structs.replace(
        before,
        returns="System.Int64",
        settable=False,
        parameters=(Parameter("at", "System.Int32"),),
        obsolete_in=(V2027,),
        obsolete_since=2027,
        replacement=f"{DB}.Thing.Length",
    )
    catalog = merged(small(known(before)), facts(api("Thing", after)))
    (size,) = catalog.members(f"{DB}.Thing", "Size", V2027)
    assert [size.returns_in(one) for one in (V2026, V2027)] == ["System.Int32", "System.Int64"]
    assert [size.settable_in(one) for one in (V2025, V2027)] == [True, False]
    assert [size.parameters_in(one)[0].name for one in (V2026, V2027)] == ["place", "at"]  # type: ignore[index]
    assert size.obsolete_in == (V2027,)
    assert size.obsolete_since == 2027
    assert catalog.replacement(f"{DB}.Thing", "Size") == f"{DB}.Thing.Length"


def test_an_older_version_does_not_change_what_the_newest_is_like() -> None:
    old = RevitVersion(2024)
    before = member("Size", returns="System.Int16", versions=(old,), gettable=False)
    now = member("Size", returns="System.Int32")
    new = VersionFacts(old, ALL_ASSEMBLIES, "", (api("Thing", before, versions=(old,)),))
    catalog = Catalog(with_version(small(known(now)), new), "digest")
    (size,) = catalog.members(f"{DB}.Thing", "Size", V2026)
    assert (size.returns, size.returns_in(old)) == ("System.Int32", "System.Int16")
    assert size.versions == (old, V2025, V2026)
    assert size.gettable


def test_a_renamed_enum_value_is_found_by_its_number() -> None:
    def value(name: str, number: int) -> Member:
        return member(
            name,
            kind=MemberKind.FIELD,
            static=True,
            returns=f"{DB}.Thing",
            enum_value=number,
            parameters=(),
        )

    data = small(known(value("Old", 7), value("Kept", 8), kind=TypeKind.ENUM))
    new = api("Thing", value("New", 7), value("Kept", 9), kind=TypeKind.ENUM)
    catalog = merged(data, facts(new))
    thing = f"{DB}.Thing"
    assert catalog.enum_renamed(thing, "Old", V2027) == "New"
    assert catalog.replacement(thing, "Old") == f"{thing}.New"
    # A name whose number changed is one value, with the number of the newest version.
    assert [one.name for one in catalog.enum_members_by_value(thing, 9, V2027)] == ["Kept"]
    assert [one.name for one in catalog.type(thing).members] == ["Old", "Kept", "New"]  # type: ignore[union-attr]


def test_what_is_new_was_absent_where_its_surroundings_were_covered() -> None:
    catalog = merged(small(known()), facts(api("Thing", member("Fresh")), api("Newcomer")))
    assert catalog.member_presence(f"{DB}.Thing", "Fresh", V2026) is Presence.ABSENT
    assert catalog.type_presence(f"{DB}.Newcomer", V2026) is Presence.ABSENT
    assert catalog.type_presence(f"{DB}.Newcomer", V2027) is Presence.PRESENT


def test_what_is_new_was_unknown_where_they_were_not() -> None:
    hidden = known(member("Seen"), versions=(V2025,), unknown_in=(V2026,))
    catalog = merged(small(hidden), facts(api("Thing", member("Fresh")), api("Newcomer")))
    assert catalog.member_presence(f"{DB}.Thing", "Fresh", V2026) is Presence.UNKNOWN
    assert catalog.type_presence(f"{DB}.Newcomer", V2026) is Presence.UNKNOWN
    assert catalog.type_presence(f"{DB}.Newcomer", V2025) is Presence.ABSENT


def test_what_is_new_in_a_type_that_was_hardly_covered_was_unknown() -> None:
    hidden = {"versions": (V2025,), "unknown_in": (V2026,)}
    old = known(member("One"), member("Two"), member("Three"))
    members = [msgspec.structs.replace(one, **hidden) for one in old.members[:2]]
    data = small(msgspec.structs.replace(old, members=(*members, old.members[2])))
    new = api("Thing", *(member(name) for name in ("One", "Two", "Three", "Fresh")))
    catalog = merged(data, facts(new))
    assert catalog.member_presence(f"{DB}.Thing", "Fresh", V2026) is Presence.UNKNOWN
    assert catalog.member_presence(f"{DB}.Thing", "Fresh", V2025) is Presence.ABSENT


def test_a_type_that_was_only_mentioned_stays_unknown_before() -> None:
    data = msgspec.structs.replace(small(known()), undocumented=(f"{DB}.Hidden",))
    catalog = merged(data, facts(api("Thing"), api("Hidden", member("Do"))))
    assert catalog.type_presence(f"{DB}.Hidden", V2026) is Presence.UNKNOWN
    assert catalog.type_presence(f"{DB}.Hidden", V2027) is Presence.PRESENT


def test_a_name_that_is_back_is_no_longer_gone() -> None:
    gone = (
        GoneType(f"{DB}.Back", whole=True),
        GoneType(f"{DB}.Away", whole=True),
        GoneType(f"{DB}.Thing", whole=False, members=("Again", "Never")),
    )
    data = msgspec.structs.replace(small(known()), gone=gone)
    catalog = merged(data, facts(api("Thing", member("Again")), api("Back")))
    assert not catalog.gone_before(f"{DB}.Back")
    assert catalog.gone_before(f"{DB}.Away")
    assert not catalog.gone_before(f"{DB}.Thing", "Again")
    assert catalog.gone_before(f"{DB}.Thing", "Never")


def test_what_is_not_known_of_a_member_is_filled_in() -> None:
    vague = member("Create", parameters=None)
    outs = (Parameter("id", "System.Int64", "out"),)
    data = small(known(vague, member("Read", parameters=(Parameter("id", "System.Int64"),))))
    new = api("Thing", member("Create", parameters=outs), member("Read", parameters=outs))
    catalog = merged(data, facts(new))
    for name in ("Create", "Read"):
        (found,) = catalog.members(f"{DB}.Thing", name, V2027)
        assert found.parameters == outs
        assert found.versions == (V2025, V2026, V2027)


def test_a_replaced_version_keeps_pages_and_what_the_assemblies_do_not_speak_for(
    data: CatalogData,
) -> None:
    new = with_version(data, shown(data, V2026, assemblies=frozenset({"RevitAPIUI"})))
    before = {one.name: one for one in data.types}
    for one in new.types:
        if one.assembly not in ("RevitAPIUI", None):
            assert one == before[one.name], one.name
        assert one.guid == before[one.name].guid
    source = next(one for one in new.sources if one.revit_version == V2026)
    assert source.kind is SourceKind.REVIT_ASSEMBLY


def test_links_lead_to_the_newest_version_that_has_pages(next_year: CatalogData) -> None:
    catalog = Catalog(next_year, "digest")
    wall = catalog.type(f"{DB}.Wall")
    assert wall is not None
    assert "/2026/" in (catalog.documentation_url(wall) or "")
    fresh = merged(small(known()), facts(api("Thing"), api("Newcomer", guid="x")))
    newcomer = fresh.type(f"{DB}.Newcomer")
    assert newcomer is not None
    assert fresh.documentation_url(newcomer) is None
