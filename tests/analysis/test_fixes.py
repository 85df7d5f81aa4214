"""Replacements keep the script, make the finding go, and touch nothing else."""

import ast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from revitron_grpc.analysis.analyser import AnalysisOptions, analyse
from revitron_grpc.analysis.findings import Edit, Finding, Severity
from revitron_grpc.analysis.fixes import SAME_MEANING
from revitron_grpc.analysis.forge_types import FAMILIES
from revitron_grpc.analysis.mend import Mended, edited, found_with_fixes, mend
from revitron_grpc.analysis.resolve import ApiView
from revitron_grpc.analysis.script_text import ScriptText
from revitron_grpc.catalog.load import packaged_catalog
from revitron_grpc.catalog.model import MemberKind, Presence
from revitron_grpc.vocabulary import Engine, revit_versions
from tests.recipes.python27 import parse_as_python27

CATALOG = packaged_catalog()
PRELUDE = """\
from pyrevit import revit, DB
doc = revit.doc
wall = DB.FilteredElementCollector(doc).OfClass(DB.Wall).FirstElement()
floor = DB.FilteredElementCollector(doc).OfClass(DB.Floor).FirstElement()
eid = wall.Id
"""
CHOICE = 'eid.Value if hasattr(eid, "Value") else eid.IntegerValue'

FIXED = {
    "number of an id": ("2024-2026", "print(eid.IntegerValue)", "print(eid.Value)"),
    "number of an id, obsolete only": ("2024-2025", "x = eid.IntegerValue", "x = eid.Value"),
    "number of an id in all versions": (
        "2022-2026",
        "print(eid.IntegerValue)",
        f"print({CHOICE})",
    ),
    "number of an id in all versions, within an expression": (
        "2022-2026",
        "x = 1 + eid.IntegerValue",
        f"x = 1 + ({CHOICE})",
    ),
    "in a Python 2 statement": ("2024-2026", "print eid.IntegerValue", "print eid.Value"),
    "after letters of two bytes": (
        "2024-2026",
        "print(u'Größe', eid.IntegerValue)",
        "print(u'Größe', eid.Value)",
    ),
    "through a call": (
        "2026",
        "x = doc.GetElement(eid).Id.IntegerValue",
        "x = doc.GetElement(eid).Id.Value",
    ),
    "over two lines": ("2026", "x = (eid\n     .IntegerValue)", "x = (eid\n     .Value)"),
    "twice in one line": (
        "2026",
        "x = eid.IntegerValue + eid.IntegerValue",
        "x = eid.Value + eid.Value",
    ),
    "a property that is a method now, and what its type makes known": (
        "2026",
        "floor.SlabShapeEditor.DrawPoint(DB.XYZ())",
        "floor.GetSlabShapeEditor().AddPoint(DB.XYZ())",
    ),
    "an enum value renamed": (
        "2026",
        "p = DB.BuiltInParameter.UNIFORMAT_CODE",
        "p = DB.BuiltInParameter.ASSEMBLY_CODE",
    ),
    "an enum value renamed, in all versions": (
        "2025-2026",
        "p = DB.BuiltInParameter.UNIFORMAT_CODE",
        (
            "p = (DB.BuiltInParameter.ASSEMBLY_CODE"
            ' if hasattr(DB.BuiltInParameter, "ASSEMBLY_CODE")'
            " else DB.BuiltInParameter.UNIFORMAT_CODE)"
        ),
    ),
    "a type in a namespace of its own": ("2022-2026", "x = DB.Room", "x = DB.Architecture.Room"),
    "a group handed over": (
        "2024-2026",
        "doc.ParameterBindings.Insert(d, b, DB.BuiltInParameterGroup.PG_IDENTITY_DATA)",
        "doc.ParameterBindings.Insert(d, b, DB.GroupTypeId.IdentityData)",
    ),
    "a group compared": (
        "2024-2026",
        "ok = thing.Definition.ParameterGroup == DB.BuiltInParameterGroup.PG_DATA",
        "ok = thing.Definition.GetGroupTypeId() == DB.GroupTypeId.Data",
    ),
    "a group imported by name": (
        "2025-2026",
        (
            "from Autodesk.Revit.DB import BuiltInParameterGroup\n"
            "doc.ParameterBindings.Insert(d, b, BuiltInParameterGroup.PG_DATA)"
        ),
        (
            "from Autodesk.Revit.DB import GroupTypeId\n"
            "doc.ParameterBindings.Insert(d, b, GroupTypeId.Data)"
        ),
    ),
    "a parameter type": (
        "2022-2026",
        "o = DB.ExternalDefinitionCreationOptions('a', DB.ParameterType.YesNo)",
        "o = DB.ExternalDefinitionCreationOptions('a', DB.SpecTypeId.Boolean.YesNo)",
    ),
    "a unit": (
        "2022-2026",
        "x = DB.UnitUtils.ConvertToInternalUnits(3, DB.DisplayUnitType.DUT_MILLIMETERS)",
        "x = DB.UnitUtils.ConvertToInternalUnits(3, DB.UnitTypeId.Millimeters)",
    ),
}
LEFT_ALONE = {
    "a receiver that costs something, in all versions": (
        "2022-2026",
        "x = doc.GetElement(eid).Id.IntegerValue",
    ),
    "another type's member of the same name": ("2026", "x = wall.WorksetId.IntegerValue"),
    "behind a guard": ("2022-2026", "x = eid.Value if hasattr(eid, 'Value') else eid.IntegerValue"),
    "a name in a text": ("2026", "x = getattr(eid, 'IntegerValue')"),
    "a group kept for later": ("2024-2026", "group = DB.BuiltInParameterGroup.PG_DATA"),
    "a group that has no counterpart": (
        "2024-2026",
        "doc.ParameterBindings.Insert(d, b, DB.BuiltInParameterGroup.INVALID)",
    ),
    "an imported group of which one use stays": (
        "2025-2026",
        (
            "from Autodesk.Revit.DB import BuiltInParameterGroup\n"
            "doc.ParameterBindings.Insert(d, b, BuiltInParameterGroup.PG_DATA)\n"
            "later = BuiltInParameterGroup.PG_DATA"
        ),
    ),
    "a call that takes no ForgeTypeId": ("2026", "f(DB.DisplayUnitType.DUT_MILLIMETERS)"),
    "neither name in one of the versions": (
        "2024-2026",
        "from Autodesk.Revit import UI\nx = UI.PostableCommand.OperatingSchedules",
    ),
    "a measure that is another one now": (
        "2023-2026",
        "x = DB.Structure.RebarBarType.Create(doc).BarDiameter",
    ),
}


def mended(source: bytes, years: str, engine: Engine = Engine.IRONPYTHON_27) -> Mended:
    view = ApiView(CATALOG, tuple(revit_versions(years)))
    return mend(source, view, lambda text: found(text, view, engine))


def found(source: bytes, view: ApiView, engine: Engine) -> tuple[Finding, ...]:
    return analyse(source, CATALOG, AnalysisOptions(view.versions, engine), view).findings


def grave(source: bytes, years: str, engine: Engine = Engine.IRONPYTHON_27) -> list[Finding]:
    view = ApiView(CATALOG, tuple(revit_versions(years)))
    return [f for f in found(source, view, engine) if f.severity is not Severity.INFO]


@pytest.mark.parametrize(("years", "before", "after"), FIXED.values(), ids=FIXED)
def test_a_fix_replaces_and_the_finding_is_gone(years: str, before: str, after: str) -> None:
    done = mended((PRELUDE + before).encode(), years)
    assert done.source.decode() == PRELUDE + after
    assert done.applied
    left = {(f.rule, f.symbol) for f in grave(done.source, years)}
    assert not left & {(f.rule, f.symbol) for f in done.applied}
    assert not [f for f in grave(done.source, years) if f.rule.startswith("RVT00")]


@pytest.mark.parametrize(("_", "before", "after"), FIXED.values(), ids=FIXED)
def test_what_a_fix_writes_is_python_2_and_3(_: str, before: str, after: str) -> None:
    if not before.startswith("print eid"):
        ast.parse(after)
    parse_as_python27(after + "\n")


@pytest.mark.parametrize(("years", "source"), LEFT_ALONE.values(), ids=LEFT_ALONE)
def test_what_is_not_sure_is_left_alone(years: str, source: str) -> None:
    text = (PRELUDE + source).encode()
    done = mended(text, years)
    assert done.source is text
    assert not done.applied


def test_python_2_becomes_python_3_for_its_engines_only() -> None:
    text = b"import sys\ntry:\n    print 'a', 1,\nexcept ValueError, e:\n\tprint `e` <> 010\n"
    assert mended(text, "2026").source is text
    for engine in (Engine.CPYTHON_3, Engine.IRONPYTHON_34):
        done = mended(text, "2026", engine)
        ast.parse(done.source)
        assert done.source == (
            b"import sys\ntry:\n    print('a', 1, end=' ')\nexcept ValueError as e:\n"
            b"\tprint(repr(e) != 0o10)\n"
        )
        assert not grave(done.source, "2026", engine)


def test_raw_unicode_texts_have_no_counterpart() -> None:
    text = b"print ur'\\n'\n"
    assert mended(text, "2026", Engine.CPYTHON_3).source is text


def test_both_dialect_and_api_are_mended() -> None:
    text = (PRELUDE + "print eid.IntegerValue\n").encode()
    done = mended(text, "2026", Engine.CPYTHON_3)
    assert done.source.endswith(b"print(eid.Value)\n")


def test_a_choice_is_not_put_into_a_format_string() -> None:
    text = (PRELUDE + 'print(f"{eid.IntegerValue}")\n').encode()
    assert mended(text, "2022-2026", Engine.CPYTHON_3).source is text


WRITTEN = {
    "windows line ends": ("", "\r\n", "utf-8"),
    "old line ends": ("", "\r", "utf-8"),
    "byte order mark": ("", "\n", "utf-8-sig"),
    "cookie": ("# -*- coding: cp1252 -*-\n", "\n", "cp1252"),
}


@pytest.mark.parametrize(("head", "line_end", "encoding"), WRITTEN.values(), ids=WRITTEN)
def test_every_other_byte_stays(head: str, line_end: str, encoding: str) -> None:
    body = head + PRELUDE + "x = u'\xe4'  \n\tif_tab = 1\nif x:\n\tprint(eid.IntegerValue)\t# \xf6"
    body = body.replace("\tif_tab = 1\n", "")
    before = body.replace("\n", line_end).encode(encoding)
    done = mended(before, "2026")
    assert done.source == before.replace(b"IntegerValue", b"Value")


def test_a_file_that_cannot_be_written_back_is_left_alone() -> None:
    text = (PRELUDE + "x = u'\xe4'\nprint(eid.IntegerValue)\n").encode("latin-1")
    assert mended(text, "2026").source is text


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from(
            [
                "print(eid.IntegerValue)",
                "print eid.IntegerValue",
                "if eid.IntegerValue:",
                "\tx = 1",
                "x = 'ä' * eid.IntegerValue",
                "# 中",
                "(",
                "except X, e:",
                "\x0c",
            ]
        ),
        max_size=6,
    ),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["2026", "2022-2026"]),
)
def test_mending_never_makes_it_worse(lines: list[str], line_end: str, years: str) -> None:
    source = (PRELUDE + "\n".join(lines)).replace("\n", line_end).encode()
    done = mended(source, years)
    assert len(grave(done.source, years)) <= len(grave(source, years)) - len(done.applied)
    if not done.applied:
        assert done.source is source
    assert mended(done.source, years).source == done.source


def test_a_fix_that_makes_it_worse_is_not_kept() -> None:
    """The second analysis decides, whatever the fix promised."""
    view = ApiView(CATALOG, tuple(revit_versions("2026")))
    text = (PRELUDE + "print(eid.IntegerValue)\n").encode()

    def worse(source: bytes) -> tuple[Finding, ...]:
        here = found(source, view, Engine.IRONPYTHON_27)
        new = Finding("RVT100", Severity.WARNING, "new", "script.py", 1, 1, 1, 1)
        return (*here, new) if source != text else here

    assert mend(text, view, worse).source is text


def test_a_name_is_edited_only_where_it_stands() -> None:
    text = ScriptText("x = eid.IntegerValue + aIntegerValue")
    assert text.name_before(1, 21, "IntegerValue", "Value") == Edit(1, 9, 1, 21, "Value")
    for line, end in ((1, 20), (1, 37), (2, 21), (1, 3)):
        assert text.name_before(line, end, "IntegerValue", "Value") is None
    other = ScriptText("x = eid.AnotherValue")
    assert other.name_before(1, 21, "IntegerValue", "Value") is None


def test_edits_that_cannot_be_encoded_are_refused() -> None:
    assert edited(b"\xff", []) is None


def test_members_of_the_same_meaning_agree_with_the_facts() -> None:
    for symbol, new in SAME_MEANING.items():
        owner, _, old = symbol.rpartition(".")
        name = new.removesuffix("()")
        assert CATALOG.replacement(owner, old) == f"{owner}.{name}"
        was, now = CATALOG.member_history(owner, old)[0], CATALOG.member_history(owner, name)[0]
        assert was.static == now.static
        assert [p.type for p in was.parameters or ()] == [p.type for p in now.parameters or ()]
        assert (was.kind is not now.kind) == new.endswith("()")
        if was.kind is MemberKind.PROPERTY:
            assert not was.settable
        assert was.returns == now.returns or (was.returns, now.returns) == (
            "System.Int32",
            "System.Int64",
        )


def test_every_value_with_a_row_is_a_property_in_all_versions() -> None:
    for family in FAMILIES.values():
        for name in family.names.values():
            nested, _, last = f"Autodesk.Revit.DB.{family.instead}.{name}".rpartition(".")
            for version in CATALOG.versions:
                assert CATALOG.member_presence(nested, last, version) is Presence.PRESENT, name


def test_a_fix_can_be_looked_at_before() -> None:
    source = (PRELUDE + "print(eid.IntegerValue)\n").encode()
    view = ApiView(CATALOG, tuple(revit_versions("2026")))
    findings = found_with_fixes(source, found(source, view, Engine.IRONPYTHON_27), view)
    fix = next(f.fix for f in findings if f.fix is not None)
    assert fix.title == "Replace IntegerValue by Value"
    assert edited(source, fix.edits) == source.replace(b"IntegerValue", b"Value")
