"""Every shape of a member that an assembly can show, as the catalog describes it."""

from collections.abc import Mapping

import pytest

from revitron_grpc.catalog.assembly_facts import VersionFacts, read_version
from revitron_grpc.catalog.model import ApiType, Member, Parameter, TypeKind
from revitron_grpc.vocabulary import RevitVersion
from tests.catalog.mono import made_up_revit

DB = "Autodesk.Revit.DB"
REVIT_2027 = RevitVersion(2027)


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> VersionFacts:
    return read_version(made_up_revit(tmp_path_factory.mktemp("revit")), REVIT_2027)


@pytest.fixture(scope="module")
def types(facts: VersionFacts) -> Mapping[str, ApiType]:
    return {api.name.removeprefix(f"{DB}."): api for api in facts.types}


def told(member: Member) -> str:
    """Everything that a member says in one line, so that a test shows what it expects."""
    words = ["static"] if member.static else []
    words += [member.kind, member.name.removeprefix(f"{DB}.")]
    if member.parameters is not None and (member.kind in ("method", "constructor")):
        words.append(f"({', '.join(map(passed, member.parameters))})")
    elif member.parameters:
        words.append(f"[{', '.join(map(passed, member.parameters))}]")
    if member.returns is not None:
        words.append(f"-> {member.returns}".replace(f"{DB}.", ""))
    if member.kind == "property":
        words.append("get" * member.gettable + "set" * bool(member.settable))
    words += ["default"] if member.default_indexer else []
    words += [" ".join(member.accessors)] if member.accessors else []
    words += [f"generic {member.generic}"] if member.generic else []
    words += [f"= {member.enum_value}"] if member.enum_value is not None else []
    if member.obsolete_in:
        words.append(f"obsolete {member.obsolete_since} {member.replacement}".replace(f"{DB}.", ""))
    return " ".join(words)


def passed(parameter: Parameter) -> str:
    text = f"{parameter.modifier} {parameter.type} {parameter.name}".strip()
    return text.replace(f"{DB}.", "") + ("?" if parameter.optional else "")


def lines(api: ApiType) -> list[str]:
    return [told(member) for member in api.members]


def test_the_types_are_the_public_ones_below_revit(facts: VersionFacts) -> None:
    names = {api.name: api.kind for api in facts.types}
    expected = {
        **dict.fromkeys(("IHasArea", "INamed"), TypeKind.INTERFACE),
        **dict.fromkeys(("BuiltInParameter", "Wide", "Tiny"), TypeKind.ENUM),
        **dict.fromkeys(("ElementId", "Element", "Element.Options"), TypeKind.CLASS),
        **dict.fromkeys(("Wall", "OldWall", "Shape", "Shapes", "Parameter"), TypeKind.CLASS),
        **dict.fromkeys(("Bag", "Bag.Shelf", "ElementBag"), TypeKind.CLASS),
        **dict.fromkeys(("XYZ", "Element.Options.Range"), TypeKind.STRUCT),
        "Element.Options.Detail": TypeKind.ENUM,
        "Chooser": TypeKind.DELEGATE,
    }
    assert names == {
        **{f"{DB}.{name}": kind for name, kind in expected.items()},
        "Autodesk.Revit.Exceptions.ApplicationException": TypeKind.CLASS,
        "Autodesk.Revit.UI.Result": TypeKind.ENUM,
        "Autodesk.Revit.UI.IExternalCommand": TypeKind.INTERFACE,
        "Autodesk.Revit.UI.UIWall": TypeKind.CLASS,
    }


def test_members_of_a_class(types: Mapping[str, ApiType]) -> None:
    assert lines(types["Element"]) == [
        "method Address (System.Int32* at) -> System.Void*",
        (
            "method Anything (System.Object it, System.IntPtr handle, System.Decimal amount, "
            "System.Object[] rest) -> System.Object"
        ),
        "method As () -> T generic 1",
        "event Changed -> System.EventHandler<System.EventArgs>",
        "property Comment -> System.String get",
        "static field Count -> System.Int32",
        "static method Create (Element.Options options, Element.Options.Detail detail) -> Element",
        "static event Created -> System.Action<Element,System.Int32[]>",
        "method Dispose () -> System.Void",
        "method Forgotten () -> System.Void obsolete None None",
        "method Grid (System.Int32[][] jagged, System.String[,] table) -> System.Int32[,,]",
        "property Id -> ElementId get",
        "field Index -> System.Int32",
        "property Item [BuiltInParameter which] -> Parameter get default get_Item",
        (
            "property Item [System.String name, System.Int32 place] -> Parameter getset "
            "default get_Item set_Item"
        ),
        (
            "method Move (System.Double x, System.Double y) -> System.Void obsolete 2027 "
            "Element.Relocate"
        ),
        "method Move (ref XYZ by) -> System.Void",
        "method Move (params XYZ[] path) -> System.Void",
        "property Name -> System.String getset",
        (
            "method Pairs (TM0 key, "
            "System.Collections.Generic.List<System.Collections.Generic.List<TM1>> "
            "lists, out System.Nullable<"
            "TM1> last) -> System.Collections.Generic.IDictionary<K,"
            "System.Collections.Generic.IList<V[]>> generic 2"
        ),
        "static field Prefix -> System.String",
        "method Relocate (XYZ to, System.Boolean copy?, System.String why?) -> System.Void",
        "method Rename (System.String name) -> System.Void obsolete None Element.Rename",
        "method Rename (System.String name, System.Boolean force) -> System.Void",
        "property Secret -> System.String set",
        "method Slot (XYZ place) -> System.Int32",
    ]


def test_operators_and_explicit_implementations(types: Mapping[str, ApiType]) -> None:
    assert lines(types["ElementId"]) == [
        "constructor .ctor (System.Int64 id)",
        "constructor .ctor (BuiltInParameter parameterId)",
        "method Equals (System.Object obj) -> System.Boolean",
        "method GetHashCode () -> System.Int32",
        "static property InvalidElementId -> ElementId get",
        "static method TryParse (System.String idStr, out ElementId id) -> System.Boolean",
        "property Value -> System.Int64 get",
        "static method op_Equality (ElementId first, ElementId second) -> System.Boolean",
        "static method op_Explicit (ElementId id) -> System.String",
        "static method op_Implicit (ElementId id) -> System.Int64",
        "static method op_Inequality (ElementId first, ElementId second) -> System.Boolean",
    ]


def test_values_of_enums_by_number(types: Mapping[str, ApiType]) -> None:
    assert lines(types["BuiltInParameter"]) == [
        "static field FRESH_PARAMETER_2027 -> BuiltInParameter = -1999999",
        "static field ALL_MODEL_MARK -> BuiltInParameter = -1001203",
        (
            "static field ALL_MODEL_MARK_BEFORE -> BuiltInParameter = -1001203 obsolete 2027 "
            "BuiltInParameter.ALL_MODEL_MARK"
        ),
        "static field INVALID -> BuiltInParameter = -1",
    ]
    assert lines(types["Wide"]) == [
        "static field None -> Wide = 0",
        "static field Top -> Wide = 9223372036854775808",
        "static field Most -> Wide = 18446744073709551615",
    ]
    assert lines(types["Tiny"]) == [
        "static field Low -> Tiny = -128",
        "static field High -> Tiny = 127",
    ]


def test_generic_types_stand_under_their_plain_name(types: Mapping[str, ApiType]) -> None:
    assert lines(types["Bag"]) == [
        "constructor .ctor ()",
        "method Add (T item) -> System.Void",
        "method GetEnumerator () -> System.Collections.Generic.IEnumerator<T>",
        "property Item [System.Int32 at] -> T get default get_Item",
        "method Turn (T from, System.Func<T,TM0> how) -> U generic 1",
    ]
    assert lines(types["Bag.Shelf"]) == [
        "constructor .ctor ()",
        "method Beside (T item) -> System.Collections.Generic.IDictionary<T,Bag.Shelf<T>>",
    ]
    assert types["ElementBag"].base == f"{DB}.Bag<{DB}.Element>"


def test_structs_and_delegates(types: Mapping[str, ApiType]) -> None:
    assert lines(types["XYZ"]) == [
        "constructor .ctor (System.Double x, System.Double y, System.Double z)",
        "property Item [System.Int32 idx] -> System.Double get default get_Item",
        "field X -> System.Double",
        "field Y -> System.Double",
        "field Z -> System.Double",
    ]
    assert lines(types["Chooser"]) == []


def test_bases_interfaces_and_what_a_type_is(types: Mapping[str, ApiType]) -> None:
    assert types["Element"].interfaces == ("System.IDisposable",)  # the other one is internal
    assert types["Wall"].base == f"{DB}.Element"
    assert types["Wall"].interfaces == (f"{DB}.INamed", f"{DB}.IHasArea")
    assert types["INamed"].base is None
    assert types["Shape"].abstract
    assert not types["Shape"].static
    assert types["Shapes"].static
    assert not types["Shapes"].abstract
    assert types["Element.Options.Range"].outer == f"{DB}.Element.Options"


def test_an_obsolete_type(types: Mapping[str, ApiType]) -> None:
    old = types["OldWall"]
    assert old.obsolete_in == (REVIT_2027,)
    assert (old.obsolete_since, old.replacement) == (2027, f"{DB}.Wall")
    assert types["Wall"].obsolete_in == ()


def test_each_type_names_its_assembly(facts: VersionFacts) -> None:
    assert facts.assemblies == {"RevitAPI", "RevitAPIUI"}
    assert facts.build == "27.0.4.0"
    for api in facts.types:
        ui = api.name.startswith("Autodesk.Revit.UI.")
        assert api.assembly == ("RevitAPIUI" if ui else "RevitAPI")
        assert api.versions == (REVIT_2027,)


def test_an_interface_of_another_assembly_is_kept_if_it_is_known(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    _, ui = made_up_revit(tmp_path_factory.mktemp("ui"))
    facts = read_version([ui], REVIT_2027, [f"{DB}.INamed"])
    wall = next(api for api in facts.types if api.name.endswith("UIWall"))
    assert wall.interfaces == (f"{DB}.INamed",)
