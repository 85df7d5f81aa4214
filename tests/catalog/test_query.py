"""The traps that the facts' README names, asked of the packaged catalog."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revitron_grpc.catalog.load import packaged_catalog
from revitron_grpc.catalog.model import MemberKind, Presence, TypeKind
from revitron_grpc.catalog.query import Catalog
from revitron_grpc.vocabulary import RevitVersion

DB = "Autodesk.Revit.DB."
V2022, V2023, V2024, V2025, V2026 = (RevitVersion(year) for year in range(2022, 2027))
V2027 = RevitVersion(2027)
PRESENT, ABSENT, UNKNOWN = Presence.PRESENT, Presence.ABSENT, Presence.UNKNOWN


def test_the_catalog_holds_what_the_facts_count(catalog: Catalog) -> None:
    assert catalog.versions == (V2022, V2023, V2024, V2025, V2026)
    assert len(catalog.types) == 2766
    assert sum(len(api.members) for api in catalog.types) == 31982
    assert len(catalog.tools) == 687
    assert sum(tool.group for tool in catalog.tools) == 93
    assert len(catalog.native_commands) == 595


# Members by type and version


@pytest.mark.parametrize(
    ("type_name", "member", "version", "presence"),
    [
        ("ElementId", "IntegerValue", V2025, PRESENT),
        ("ElementId", "IntegerValue", V2026, ABSENT),
        ("WorksetId", "IntegerValue", V2026, PRESENT),
        ("ElementId", "Value", V2023, ABSENT),
        ("ElementId", "Value", V2024, PRESENT),
        ("Wall", "Id", V2026, PRESENT),
        ("Wall", "ToString", V2026, PRESENT),
        ("Wall", "Tostring", V2026, ABSENT),
        ("BuiltInCategory", "HasFlag", V2026, PRESENT),
        ("BuiltInParameterGroup", "PG_DATA", V2024, PRESENT),
        ("BuiltInParameterGroup", "PG_DATA", V2025, ABSENT),
        ("FamilyInstance", "get_FromRoom", V2026, PRESENT),
        ("Wall", "get_BoundingBox", V2022, PRESENT),
        ("Wall", "set_BoundingBox", V2022, UNKNOWN),
        ("Wall", "get_Name", V2022, UNKNOWN),
        ("Wall", "get_Nonsense", V2022, ABSENT),
        ("BuiltInFailures", "AlignmentFailures", V2024, PRESENT),
        ("AlternateUnits", "None", V2024, PRESENT),
        ("Wall", "Id", V2027, UNKNOWN),
    ],
)
def test_a_member_is_judged_by_type_and_version(
    catalog: Catalog, type_name: str, member: str, version: RevitVersion, presence: Presence
) -> None:
    assert catalog.member_presence(DB + type_name, member, version) is presence


def test_what_is_unknown_is_never_absent(catalog: Catalog) -> None:
    for api in catalog.types:
        for version in api.unknown_in:
            assert catalog.type_presence(api.name, version) is UNKNOWN
            assert catalog.member_presence(api.name, "MadeUp", version) is UNKNOWN
        for member in api.members:
            for version in member.unknown_in:
                presence = catalog.member_presence(api.name, member.name, version)
                assert presence is not ABSENT, member.full_name
                assert member in catalog.members(api.name, member.name, version)


def test_nothing_is_said_of_a_type_that_a_version_hardly_covers(catalog: Catalog) -> None:
    assert catalog.type_presence(DB + "IFC.IFCFile", V2026) is PRESENT
    assert catalog.member_presence(DB + "IFC.IFCFile", "MadeUp", V2026) is UNKNOWN
    assert catalog.member_presence(DB + "IFC.IFCFile", "MadeUp", V2025) is ABSENT


def test_the_base_of_each_version_decides_what_is_inherited(catalog: Catalog) -> None:
    item, owner = "Autodesk.Revit.UI.PushButtonData", "Autodesk.Revit.UI.ItemData"
    assert owner not in catalog.ancestors(item, V2024)
    assert owner in catalog.ancestors(item, V2025)
    (before,) = catalog.members(item, "ToolTip", V2024)
    (after,) = catalog.members(item, "ToolTip", V2025)
    assert before.declared_by == "Autodesk.Revit.UI.RibbonItemData"
    assert after.declared_by == owner
    assert catalog.overloads_in_all(item, "ToolTip", catalog.versions) == (after,)
    assert catalog.replacement("Autodesk.Revit.UI.RibbonItemData", "ToolTip") == f"{owner}.ToolTip"


def test_an_overload_may_go_while_its_name_stays(catalog: Catalog) -> None:
    factory, name = DB + "ParameterFilterRuleFactory", "CreateContainsRule"
    assert catalog.member_presence(factory, name, V2026) is PRESENT
    assert len(catalog.members(factory, name, V2025)) == 2
    (left,) = catalog.members(factory, name, V2026)
    assert left.parameters is not None
    assert [parameter.type for parameter in left.parameters] == [
        DB + "ElementId",
        "System.String",
    ]
    # The one of 2022 is gone in 2026 and the one of 2026 came in 2023.
    assert catalog.overloads_in_all(factory, name, (V2022, V2026)) == ()
    assert catalog.overloads_in_all(factory, name, (V2023, V2026)) == (left,)
    assert catalog.overloads_in_all(factory, name, ()) == ()


def test_the_int_constructor_of_element_id_is_gone(catalog: Catalog) -> None:
    def taking(version: RevitVersion) -> set[str]:
        return {
            parameter.type
            for member in catalog.members(DB + "ElementId", ".ctor", version)
            for parameter in member.parameters or ()
        }

    assert "System.Int32" in taking(V2025)
    assert taking(V2026) == {
        "System.Int64",
        DB + "BuiltInCategory",
        DB + "BuiltInParameter",
    }


def test_constructors_are_not_inherited(catalog: Catalog) -> None:
    derived, base = DB + "BindingMap", DB + "DefinitionBindingMap"
    assert catalog.is_subtype(derived, base, V2024)
    assert catalog.members(base, ".ctor", V2024) != ()
    assert catalog.members(derived, ".ctor", V2024) == ()
    assert catalog.member_presence(derived, ".ctor", V2024) is ABSENT
    assert ".ctor" not in {member.name for member in catalog.all_members(derived, V2024)}
    assert ".ctor" in {member.name for member in catalog.all_members(base, V2024)}


def test_an_indexed_property_is_found_under_its_accessors(catalog: Catalog) -> None:
    plain, indexed = catalog.members(DB + "FamilyInstance", "FromRoom", V2024)
    assert (plain.indexer, indexed.indexer) == (False, True)
    assert catalog.members(DB + "FamilyInstance", "get_FromRoom", V2024) == (indexed,)
    overloads = catalog.members(DB + "Wall", "Parameter", V2024)
    assert catalog.members(DB + "Wall", "get_Parameter", V2024) == overloads
    assert [overload.parameters[0].type for overload in overloads if overload.parameters] == [
        DB + "BuiltInParameter",
        DB + "Definition",
        "System.Guid",
    ]
    (default,) = catalog.members(DB + "XYZ", "Item", V2024)
    assert default.default_indexer


def test_the_nearest_declaration_comes_first(catalog: Catalog) -> None:
    own, inherited = catalog.members(DB + "WallType", "Name", V2024)
    assert (own.declared_by, own.gettable, own.settable) == (DB + "ElementType", False, True)
    assert (inherited.declared_by, inherited.gettable) == (DB + "Element", True)


def test_a_result_type_may_differ_by_version(catalog: Catalog) -> None:
    (insulation,) = catalog.members(DB + "Electrical.WireType", "Insulation", V2026)
    assert insulation.returns_in(V2026) == DB + "ElementId"
    assert insulation.returns_in(V2025) == DB + "Electrical.InsulationType"
    (view_id,) = catalog.members(DB + "Viewport", "ViewId", V2026)
    assert (view_id.settable_in(V2022), view_id.settable_in(V2023)) == (False, True)


def test_a_subtype_may_have_what_the_base_has_not(catalog: Catalog) -> None:
    element = DB + "Element"
    assert catalog.member_presence(element, "Flip", V2026) is ABSENT
    assert catalog.some_subtype_has(element, "Flip", V2026) is PRESENT
    assert catalog.some_subtype_has(element, "MadeUp", V2026) is ABSENT
    assert catalog.some_subtype_has(element, "Flip", V2027) is UNKNOWN
    assert catalog.some_subtype_has(DB + "ElementId", "Value", V2026) is ABSENT
    assert catalog.some_subtype_has("System.String", "Length", V2026) is UNKNOWN


def test_an_uncovered_subtype_may_have_anything(catalog: Catalog) -> None:
    server = DB + "ExternalService.IExternalServer"
    assert catalog.some_subtype_has(server, "MadeUp", V2025) is ABSENT
    assert catalog.some_subtype_has(server, "MadeUp", V2026) is UNKNOWN


def test_a_few_types_of_dotnet_are_known(catalog: Catalog) -> None:
    iterator = "System.Collections.IEnumerator"
    assert catalog.member_presence(iterator, "MoveNext", V2024) is PRESENT
    assert catalog.member_presence(iterator, "ToString", V2024) is PRESENT
    assert catalog.member_presence(iterator, "MadeUp", V2024) is ABSENT
    assert catalog.member_presence("System.String", "MadeUp", V2024) is UNKNOWN
    (current,) = catalog.members(
        "System.Collections.Generic.IEnumerator<Autodesk.Revit.DB.Curve>", "Current", V2024
    )
    assert current.returns == DB + "Curve"


def test_an_event_and_a_method_of_dotnet_are_told_apart(catalog: Catalog) -> None:
    (changed,) = catalog.members(
        "Autodesk.Revit.ApplicationServices.Application", "DocumentOpened", V2024
    )
    assert changed.kind is MemberKind.EVENT
    (enumerator,) = catalog.members(DB + "ParameterSet", "GetEnumerator", V2024)[:1]
    assert enumerator.kind is MemberKind.METHOD


# Types


def test_types_are_found_by_full_and_simple_name(catalog: Catalog) -> None:
    nested = catalog.type(DB + "BuiltInFailures.AlignmentFailures")
    assert nested is not None
    assert nested.outer == DB + "BuiltInFailures"
    assert nested.namespace == "Autodesk.Revit.DB"
    assert nested not in catalog.types_in_namespace("Autodesk.Revit.DB")
    assert catalog.type("Autodesk.Revit.DB") is None
    names = [api.name for api in catalog.types_named("Document")]
    assert names == ["Autodesk.Revit.Creation.Document", DB + "Document"]
    assert catalog.types_named("Nowhere") == ()


def test_namespaces_are_known(catalog: Catalog) -> None:
    assert catalog.namespace_exists("Autodesk.Revit")
    assert catalog.namespace_exists("Autodesk.Revit.DB.Structure.StructuralSections")
    assert not catalog.namespace_exists("Autodesk.Revit.DB.Wall")
    kinds = {api.kind for api in catalog.types_in_namespace("Autodesk.Revit.UI.Selection")}
    assert TypeKind.INTERFACE in kinds


@pytest.mark.parametrize(
    ("name", "version", "presence"),
    [
        (DB + "BuiltInParameterGroup", V2024, PRESENT),
        (DB + "BuiltInParameterGroup", V2025, ABSENT),
        (DB + "Infrastructure.Alignment", V2026, UNKNOWN),
        (DB + "MadeUp", V2024, ABSENT),
        (DB + "ATFTranslationServiceData", V2024, UNKNOWN),
        ("Autodesk.Revit.Utility.Asset", V2024, ABSENT),
        ("Autodesk.Windows.RibbonControl", V2024, UNKNOWN),
        ("System.String", V2024, UNKNOWN),
        (DB + "Wall", V2027, UNKNOWN),
    ],
)
def test_a_type_is_judged_by_version(
    catalog: Catalog, name: str, version: RevitVersion, presence: Presence
) -> None:
    assert catalog.type_presence(name, version) is presence


def test_the_hierarchy_goes_up_and_down(catalog: Catalog) -> None:
    assert catalog.ancestors(DB + "Wall", V2024) == (
        DB + "HostObject",
        DB + "Element",
        "System.IDisposable",
        "System.Object",
    )
    assert catalog.is_subtype(DB + "Wall", DB + "Element", V2024)
    assert catalog.is_subtype(DB + "Wall", DB + "Wall", V2024)
    assert not catalog.is_subtype(DB + "Element", DB + "Wall", V2024)
    assert DB + "Wall" in catalog.subtypes(DB + "Element")
    assert DB + "Element" not in catalog.subtypes(DB + "Element")
    assert catalog.subtypes("Made.Up") == frozenset()
    derived = "System.Collections.Generic.IEnumerable<Autodesk.Revit.DB.Curve>"
    assert DB + "CurveLoop" in catalog.subtypes(derived)
    assert catalog.ancestors(DB + "CurveLoop", V2024)[-2:] == (
        "System.Collections.IEnumerable",
        "System.Object",
    )


# Enums, replacements, links


def test_a_renamed_enum_value_keeps_its_number(catalog: Catalog) -> None:
    parameters = DB + "BuiltInParameter"
    assert catalog.member_presence(parameters, "UNIFORMAT_CODE", V2026) is ABSENT
    assert catalog.enum_renamed(parameters, "UNIFORMAT_CODE", V2026) == "ASSEMBLY_CODE"
    assert catalog.enum_renamed(parameters, "UNIFORMAT_CODE", V2025) is None
    assert catalog.enum_renamed(parameters, "MADE_UP", V2025) is None
    (old,) = catalog.enum_members_by_value(parameters, -1002500, V2025)
    (new,) = catalog.enum_members_by_value(parameters, -1002500, V2026)
    assert (old.name, new.name) == ("UNIFORMAT_CODE", "ASSEMBLY_CODE")
    assert catalog.replacement(parameters, "UNIFORMAT_CODE") == f"{parameters}.ASSEMBLY_CODE"


def test_aliases_of_a_number_are_all_found(catalog: Catalog) -> None:
    numbers: dict[int, int] = {}
    enum = catalog.type(DB + "BuiltInParameter")
    assert enum is not None
    for member in enum.members:
        if member.enum_value is not None and V2024 in member.versions:
            numbers[member.enum_value] = numbers.get(member.enum_value, 0) + 1
    number, count = max(numbers.items(), key=lambda item: item[1])
    assert count > 1
    assert len(catalog.enum_members_by_value(enum.name, number, V2024)) == count


def test_replacements_are_stated(catalog: Catalog) -> None:
    assert catalog.replacement(DB + "ElementId", "IntegerValue") == DB + "ElementId.Value"
    assert catalog.replacement(DB + "BuiltInParameterGroup") == DB + "GroupTypeId"
    assert catalog.replacement(DB + "BuiltInParameterGroup", "PG_DATA") == DB + "GroupTypeId"
    assert catalog.replacement(DB + "Wall", "Flip") is None
    assert catalog.replacement(DB + "Wall") is None


def test_names_of_2017_are_known_to_be_gone(catalog: Catalog) -> None:
    assert catalog.gone_before(DB + "DisplayUnitType")
    assert catalog.gone_before(DB + "DisplayUnitType", "DUT_METERS")
    assert catalog.gone_before(DB + "View", "ViewName")
    assert not catalog.gone_before(DB + "View")
    assert not catalog.gone_before(DB + "Wall", "ViewName")


def test_links_lead_to_the_newest_version_that_has_it(catalog: Catalog) -> None:
    (gone,) = catalog.members(DB + "ElementId", "IntegerValue", V2025)
    assert catalog.documentation_url(gone) == (
        "https://www.revitapidocs.com/2025/f7074647-9521-0f64-d2e2-eb2401aace85.htm"
    )
    wall = catalog.type(DB + "Wall")
    (category,) = catalog.members(DB + "BuiltInCategory", "OST_Walls", V2026)
    categories = catalog.type(DB + "BuiltInCategory")
    assert wall is not None
    assert categories is not None
    assert catalog.documentation_url(wall) == (f"https://www.revitapidocs.com/2026/{wall.guid}.htm")
    assert catalog.documentation_url(category) == catalog.documentation_url(categories)


def test_native_commands_are_the_postable_ones(catalog: Catalog) -> None:
    commands = {command.name: command for command in catalog.native_commands}
    assert commands["AcquireCoordinates"].title == "Acquire Coordinates"
    assert commands["AcquireCoordinates"].value == 33863
    assert commands["AddInsManager"].versions == (V2026,)


# Invariants

_CATALOG = packaged_catalog()
_TYPES = st.sampled_from(_CATALOG.types)
_VERSIONS = st.sampled_from(_CATALOG.versions)


@given(_TYPES, _VERSIONS, st.data())
def test_presence_and_members_agree(api, version, data) -> None:
    members = _CATALOG.all_members(api.name, version)
    names = sorted({member.name for member in members}) or ["Nothing"]
    name = data.draw(st.sampled_from(names))
    found = _CATALOG.members(api.name, name, version)
    presence = _CATALOG.member_presence(api.name, name, version)
    if api.presence(version) is not PRESENT:
        assert presence is api.presence(version)
    elif any(member.presence(version) is PRESENT for member in found):
        assert presence is PRESENT
    else:
        assert presence is UNKNOWN


@given(_TYPES, _VERSIONS)
def test_what_a_type_has_its_ancestors_subtypes_have(api, version) -> None:
    for ancestor in _CATALOG.ancestors(api.name, version):
        assert api.name in _CATALOG.subtypes(ancestor) or ancestor.startswith("System.")
        for member in api.members:
            if member.presence(version) is PRESENT and _CATALOG.type(ancestor) is not None:
                answer = _CATALOG.some_subtype_has(ancestor, member.name, version)
                assert answer is PRESENT


@given(st.text(max_size=40), st.text(max_size=40), _VERSIONS)
def test_made_up_names_never_raise_and_never_exist(type_name, member_name, version) -> None:
    assert _CATALOG.member_presence(f"X{type_name}", member_name, version) is UNKNOWN
    assert _CATALOG.members(f"X{type_name}", member_name, version) == ()
    assert _CATALOG.type(f"X{type_name}") is None
