"""What exists in which version, decided by types and overloads."""

import pytest

from tests.analysis.conftest import PRELUDE, Judged

ALL = (2022, 2023, 2024, 2025, 2026)

BROKEN = {
    "member by type": ("eid.IntegerValue", "RVT002", (2026,)),
    "member before it came": ("eid.Value", "RVT002", (2022, 2023)),
    "member that never was": ("wall.GetArea()", "RVT001", ALL),
    "type that never was": ("DB.Point3D(0, 0, 0)", "RVT001", ALL),
    "type that went": ("DB.BuiltInParameterGroup.PG_DATA", "RVT002", (2025, 2026)),
    "type in another namespace": ("from Autodesk.Revit.DB import Room", "RVT001", ALL),
    "enum value that never was": ("DB.BuiltInCategory.OST_Wall", "RVT001", ALL),
    "enum value renamed": ("DB.BuiltInParameter.UNIFORMAT_CODE", "RVT002", (2026,)),
    "constructor arity": ("DB.Color(255)", "RVT004", ALL),
    "method arity": ("DB.Viewport.Create(doc, eid, eid)", "RVT004", ALL),
    "overload that went": (
        "DB.FilterStringRule(provider, DB.FilterStringEquals(), 'a', True)",
        "RVT004",
        (2023, 2024, 2025, 2026),
    ),
    "instance method without an instance": (
        "DB.FilteredElementCollector.OfClass(DB.Wall)",
        "RVT004",
        ALL,
    ),
    "method of the document": (
        "doc.Create.NewFloor(a, b, c, True)",
        "RVT002",
        (2023, 2024, 2025, 2026),
    ),
    "in a loop over a collector": (
        "for w in DB.FilteredElementCollector(doc).OfClass(DB.Wall):\n    w.Id.IntegerValue",
        "RVT002",
        (2026,),
    ),
    "in a comprehension": (
        "x = [w.Id.IntegerValue for w in DB.FilteredElementCollector(doc).OfClass(DB.Wall)]",
        "RVT002",
        (2026,),
    ),
    "through a function of the file": (
        "def number(element):\n    return element.Id.IntegerValue\nnumber(wall)",
        "RVT002",
        (2026,),
    ),
    "through a function's result": (
        "def first():\n    return wall\nfirst().Id.IntegerValue",
        "RVT002",
        (2026,),
    ),
    "after unpacking": ("a, b = wall, eid\nb.IntegerValue", "RVT002", (2026,)),
    "through an index": ("ids = [eid]\nids[0].IntegerValue", "RVT002", (2026,)),
    "through a dictionary": ("ids = {'a': eid}\nids['a'].IntegerValue", "RVT002", (2026,)),
    "after isinstance": (
        "thing = pick()\nif isinstance(thing, DB.ElementId):\n    thing.IntegerValue",
        "RVT002",
        (2026,),
    ),
    "by getattr": ("getattr(eid, 'IntegerValue')", "RVT002", (2026,)),
    "in a set of Revit's own": (
        "for p in wall.Parameters:\n    p.Definition.ParameterGroup",
        "RVT002",
        (2025, 2026),
    ),
    "in a nested array": (
        "for loop in DB.CurveArrArray():\n    for curve in loop:\n        curve.Foo",
        "RVT001",
        ALL,
    ),
    "name missing in pyrevit": ("from pyrevit import scripts", "RVT006", ALL),
    "after a loop with a break": (
        "x = None\nfor i in [eid]:\n    x = i\n    break\nx.IntegerValue",
        "RVT002",
        (2026,),
    ),
    "pyrevit name": ("forms.select_view()", "RVT006", ALL),
    "revitron from 2025 on": ("import revitron", "RVT007", (2025, 2026)),
}


@pytest.mark.parametrize(("source", "rule", "years"), BROKEN.values(), ids=BROKEN.keys())
def test_break_is_an_error_in_exactly_its_versions(
    judged: Judged, source: str, rule: str, years: tuple[int, ...]
) -> None:
    assert judged.errors(source) == [(rule, years)]


FINE = {
    "another type keeps the member": "DB.WorksetId(1).IntegerValue",
    "a subclass may have it": "doc.GetElement(eid).WallType",
    "unknown receiver": "thing = pick()\nthing.IntegerValue",
    "from .NET": "wall.ToString(); wall.GetType(); wall.GetHashCode(); wall.Equals(eid)",
    "disposable": "t = DB.Transaction(doc, 'x')\nt.Dispose()",
    "enum from .NET": (
        "from System import Enum\nEnum.GetValues(DB.BuiltInCategory)\n"
        "DB.BuiltInCategory.OST_Walls.ToString()\nDB.BuiltInCategory.OST_Walls.value__"
    ),
    "keyword sets a property": "DB.SaveAsOptions(OverwriteExistingFile=True)",
    "method through its class": "DB.XYZ.DistanceTo(DB.XYZ.Zero, DB.XYZ.BasisX)",
    "property descriptor": "DB.Element.Name.GetValue(wall)\nDB.Element.Name.__get__(wall)",
    "indexed property": "wall.get_BoundingBox(None); wall.BoundingBox[doc.ActiveView]",
    "indexer of parameters": "wall.Parameter[DB.BuiltInParameter.ALL_MODEL_MARK].AsString()",
    "linq": (
        "import clr, System\nclr.ImportExtensions(System.Linq)\n"
        "DB.FilteredElementCollector(doc).OfClass(DB.Wall).Count()"
    ),
    "generic list": (
        "from System.Collections.Generic import List\nids = List[DB.ElementId]([eid])\n"
        "ids.Add(eid)\nuidoc.Selection.SetElementIds(ids)"
    ),
    "one of several": "x = wall\nif pick():\n    x = DB.WorksetId(1)\nx.IntegerValue",
    "nested type": "DB.SpecTypeId.String.Text",
    "out parameter left out": (
        "ok, value = DB.UnitFormatUtils.TryParse(doc.GetUnits(), DB.SpecTypeId.Length, '1')"
    ),
    "starred arguments": "DB.Color(*rgb)",
    "enum arithmetic": "DB.ViewDetailLevel.Fine | DB.ViewDetailLevel.Coarse",
    "none as enum value": "DB.StorageType.None",
    "int for Int64": "DB.ElementId(5)",
    "python side of selection": "revit.get_selection().elements\nrevit.get_selection().element_ids",
    "list that was filled elsewhere": "found = [wall]\nfound.append(pick())\nfound[0].Foo",
    "bound before a break": (
        "found = ()\nfor w in DB.FilteredElementCollector(doc).OfClass(DB.ViewSheet):\n"
        "    if pick(w):\n        found = w\n        break\n    else:\n        continue\n"
        "DB.ElementTransformUtils.CopyElements(found, ids, doc.ActiveView, None, None)"
    ),
    "bound under conditions by pyRevit": "from pyrevit.userconfig import user_config",
    "a generator's result": "def some():\n    yield eid\n    return wall\nsome().IntegerValue",
    "after an exit": "import sys\nsys.exit()\neid.IntegerValue",
}


@pytest.mark.parametrize("source", FINE.values(), ids=FINE.keys())
def test_no_false_alarm(judged: Judged, source: str) -> None:
    found = [one for one in judged.snippet(source) if one[1] != "info" or one[0] == "RVT002"]
    assert found == []


def test_enum_rename_is_suggested(judged: Judged) -> None:
    findings = judged.script(PRELUDE + "DB.BuiltInParameter.UNIFORMAT_CODE").findings
    assert "ASSEMBLY_CODE" in findings[0].suggestion


def test_replacement_and_link_are_given(judged: Judged) -> None:
    (finding,) = judged.script(PRELUDE + "eid.IntegerValue").findings
    assert "ElementId.Value" in finding.suggestion
    assert finding.symbol == "Autodesk.Revit.DB.ElementId.IntegerValue"
    assert finding.documentation_url.startswith("https://")
    assert (finding.line, finding.column, finding.end_column) == (7, 1, 17)


def test_similar_member_is_suggested(judged: Judged) -> None:
    (finding,) = judged.script(PRELUDE + "wall.LookupParameters('Mark')").findings
    assert finding.suggestion == "did you mean LookupParameter?"


def test_references_count_uses_and_versions(judged: Judged) -> None:
    analysis = judged.script(PRELUDE + "eid.IntegerValue\neid.IntegerValue\n")
    (reference,) = [r for r in analysis.references if r.symbol.endswith("IntegerValue")]
    assert reference.uses == 2
    assert reference.line == 7
    assert reference.present_in == (2022, 2023, 2024, 2025)
    assert reference.absent_in == (2026,)
    assert reference.obsolete_in == (2024, 2025)
    assert not reference.guarded


def test_undefined_name_is_unresolved(judged: Judged) -> None:
    analysis = judged.script(PRELUDE + "print(nowhere)\n")
    (one,) = analysis.unresolved
    assert (one.kind, one.name, one.line) == ("name", "nowhere", 7)


def test_star_import_resolves_at_the_use(judged: Judged) -> None:
    analysis = judged.script("from Autodesk.Revit.DB import *\nx = BuiltInParameterGroup.PG_DATA\n")
    (finding,) = analysis.findings
    assert (finding.rule, finding.line, finding.revit_versions) == ("RVT002", 2, (2025, 2026))


def test_unknown_module_is_a_warning(judged: Judged) -> None:
    source = "import os, json, clr\nimport office_tools\nfrom System.IO import File\n"
    found = [(f.rule, f.severity.value, f.line) for f in judged.script(source).findings]
    assert found == [("RVT005", "warning", 2)]


def test_noqa_silences_its_line_and_rule(judged: Judged) -> None:
    for comment, count in (("# noqa", 0), ("# noqa: RVT002", 0), ("# noqa: RVT001", 1), ("", 1)):
        assert len(judged.snippet(f"eid.IntegerValue  {comment}\n")) == count


def test_pairs_of_a_net_dictionary_are_no_keys(judged: Judged) -> None:
    source = (
        "kind = DB.FilteredElementCollector(doc).OfClass(DB.RevitLinkType).FirstElement()\n"
        "for pair in kind.GetPhaseMap():\n    print(pair.Key, pair.Value)\n"
    )
    assert judged.errors(source) == []
    broken = source + "kind.GetPhaseMap()[eid].IntegerValue\n"
    assert judged.errors(broken) == [("RVT002", (2026,))]


def test_a_member_is_present_where_every_subtype_that_knows_it_has_it(judged: Judged) -> None:
    source = (
        PRELUDE + "for thing in DB.FilteredElementCollector(doc)"
        ".OfCategoryId(kind):\n"
        "    thing.GetBoundarySegments(None)\n    thing.Area\n"
    )
    references = {r.symbol: r for r in judged.script(source).references}
    exact = references["Autodesk.Revit.DB.SpatialElement.GetBoundarySegments"]
    assert (exact.kind, exact.present_in) == ("member", ALL)
    # Areas and rooms have one in every year, a generic zone of the analysis only from 2026 on.
    several = references["Autodesk.Revit.DB.Element.Area"]
    assert (several.kind, several.present_in) == ("subtype_member", (2026,))
    assert several.unknown_in == (2022, 2023, 2024, 2025)


def test_a_member_that_some_subtype_lost_stays_unknown(judged: Judged) -> None:
    source = PRELUDE + "element = doc.GetElement(eid)\nelement.GetAnalyticalModel()\n"
    references = [r for r in judged.script(source).references if "GetAnalyticalModel" in r.symbol]
    assert [2026 in r.present_in for r in references] == [False]


def test_members_of_a_reflected_type_are_those_of_system_type(judged: Judged) -> None:
    source = "import clr\nof = clr.GetClrType(DB.Wall)\nof.GetProperties()\n"
    assert judged.errors(source) == []
    found = source + "DB.FilteredElementCollector(doc).OfClass(of).FirstElement().Foo\n"
    assert [rule for rule, _ in judged.errors(found)] == ["RVT001"]
