"""Rules beyond existence: each with scripts that have it, and with some that nearly have it."""

import pytest

from revitron_grpc.analysis.checks.lengths import LENGTHS
from revitron_grpc.vocabulary import Engine
from tests.analysis.conftest import PRELUDE, Judged

BARE = """\
from Autodesk.Revit.DB import *
from Autodesk.Revit.DB.Architecture import Room, RoomTag
doc = __revit__.ActiveUIDocument.Document
uidoc = __revit__.ActiveUIDocument
wall = FilteredElementCollector(doc).OfClass(Wall).FirstElement()
door = FilteredElementCollector(doc).OfClass(FamilyInstance).FirstElement()
room = doc.GetElement(wall.Id)
if not isinstance(room, Room):
    raise ValueError(room)
"""
EXISTENCE = frozenset(("RVT001", "RVT002", "RVT003", "RVT004", "RVT005"))


def found(judged: Judged, source: str, engine: Engine = Engine.IRONPYTHON_27) -> list[str]:
    """Code and line of each finding but those about existence, counted from the snippet's first."""
    before = BARE.count("\n")
    return [
        f"{one.rule}:{one.line - before}"
        for one in judged.script(BARE + source, engine).findings
        if one.rule not in EXISTENCE and one.line > before
    ]


def of(rule: str, *lines: int) -> list[str]:
    return [f"{rule}:{line}" for line in lines]


class TestUnreadableName:
    @pytest.mark.parametrize(
        "source",
        [
            "wall.WallType.Name",
            "for t in FilteredElementCollector(doc).OfClass(WallType):\n    x = t.Name",
            "if isinstance(room, Room):\n    x = room.Name",
            "door.Symbol.Name",
            (
                "rooms = FilteredElementCollector(doc).OfCategory(BuiltInCategory.OST_Rooms)\n"
                "for r in rooms.WhereElementIsNotElementType():\n    x = r.Name"
            ),
        ],
    )
    def test_is_an_error_in_ironpython(self, judged: Judged, source: str) -> None:
        assert found(judged, source) == of("RVT008", source.count("\n") + 1)
        assert found(judged, source, Engine.CPYTHON_3) == []

    @pytest.mark.parametrize(
        "source",
        [
            "wall.Name",
            "Element.Name.GetValue(wall.WallType)",
            "wall.WallType.Name = 'a'",
            "doc.GetElement(wall.GetTypeId()).Name",
            "wall.Category.Name",
            "doc.ActiveView.Name",
            "door.Symbol.Family.Name",
            "try:\n    x = wall.WallType.Name\nexcept AttributeError:\n    x = ''",
            "getattr(wall.WallType, 'Name', '')",
            "door.Symbol.FamilyName",
            (
                "for w in FilteredElementCollector(doc).OfCategory(BuiltInCategory.OST_Walls):\n"
                "    x = w.Name"
            ),
            "if hasattr(door.Symbol, 'Name'):\n    x = door.Symbol.Name",
        ],
    )
    def test_what_can_be_read_is_left_alone(self, judged: Judged, source: str) -> None:
        assert [one for one in found(judged, source) if one.startswith("RVT008")] == []

    def test_suggests_what_runs_everywhere(self, judged: Judged) -> None:
        finding = judged.script(BARE + "x = wall.WallType.Name").findings[-1]
        assert "Element.Name.GetValue(wall.WallType)" in finding.suggestion
        assert "SYMBOL_NAME_PARAM" in finding.suggestion


class TestUnknownClass:
    @pytest.mark.parametrize(
        "source",
        [
            "FilteredElementCollector(doc).OfClass(Room)",
            "FilteredElementCollector(doc).OfClass(Area)",
            "ElementClassFilter(RoomTag)",
            "FilteredElementCollector(doc).OfClass(Panel)",
            "FilteredElementCollector(doc).OfClass(ModelLine)",
        ],
    )
    def test_is_refused_by_the_database(self, judged: Judged, source: str) -> None:
        assert found(judged, source) == of("RVT009", 1)

    @pytest.mark.parametrize(
        "source",
        [
            "FilteredElementCollector(doc).OfClass(SpatialElement)",
            "FilteredElementCollector(doc).OfClass(CurveElement)",
            "FilteredElementCollector(doc).OfClass(RoomFilter)",
            "FilteredElementCollector(doc).OfClass(FamilyInstance)",
            "FilteredElementCollector(doc).OfClass(Wall)",
            "isinstance(room, Room)",
        ],
    )
    def test_classes_of_the_database_pass(self, judged: Judged, source: str) -> None:
        assert [one for one in found(judged, source) if one.startswith("RVT009")] == []


class TestPythonCollection:
    @pytest.mark.parametrize(
        "source",
        [
            "uidoc.Selection.SetElementIds([wall.Id])",
            "uidoc.Selection.SetElementIds([w.Id for w in walls])",
            "ids = []\nids.append(wall.Id)\nuidoc.Selection.SetElementIds(ids)",
            "uidoc.Selection.SetElementIds(list(x))",
            "ElementMulticategoryFilter([BuiltInCategory.OST_Walls])",
            "ElementTransformUtils.CopyElements(doc, (wall.Id,), XYZ.Zero)",
            "doc.ActiveView.IsolateElementsTemporary([wall.Id])",
        ],
    )
    def test_ironpython_refuses_it(self, judged: Judged, source: str) -> None:
        last = source.count("\n") + 1
        assert of("RVT010", last)[0] in found(judged, source)

    @pytest.mark.parametrize(
        "source",
        [
            "uidoc.Selection.SetElementIds(List[ElementId]([wall.Id]))",
            "ids = [wall.Id]\nids = List[ElementId](ids)\nuidoc.Selection.SetElementIds(ids)",
            "def show(ids):\n    uidoc.Selection.SetElementIds(ids)\nids = [1]\nshow(ids)",
            "uidoc.Selection.SetElementIds(uidoc.Selection.GetElementIds())",
            "LogicalAndFilter([ElementClassFilter(Wall), ElementClassFilter(Floor)])",
            "CurveLoop.Create([line])",
            "XYZ(*[1, 2, 3])",
            "uidoc.Selection.SetElementIds(chosen or [])",
        ],
    )
    def test_what_ironpython_converts_passes(self, judged: Judged, source: str) -> None:
        assert [one for one in found(judged, source) if one.startswith("RVT010")] == []

    def test_pythonnet_is_not_judged(self, judged: Judged) -> None:
        source = "uidoc.Selection.SetElementIds([wall.Id])"
        assert found(judged, source, Engine.CPYTHON_3) == []


class TestChangeOutsideOfATransaction:
    @pytest.mark.parametrize(
        "source",
        [
            "doc.Delete(wall.Id)",
            "wall.LookupParameter('x').Set(1)",
            "if wall:\n    ElementTransformUtils.MoveElement(doc, wall.Id, XYZ.Zero)",
        ],
    )
    def test_at_module_level_is_an_error(self, judged: Judged, source: str) -> None:
        assert found(judged, source) == of("RVT101", source.count("\n") + 1)

    @pytest.mark.parametrize(
        "source",
        [
            "t = Transaction(doc, 'x')\nt.Start()\ndoc.Delete(wall.Id)\nt.Commit()",
            "import office\noffice.open_transaction()\ndoc.Delete(wall.Id)",
            "def f():\n    doc.Delete(wall.Id)",
            "def f():\n    doc.Delete(wall.Id)\nf()",
            "try:\n    doc.Delete(wall.Id)\nexcept Exception:\n    pass",
            "doc.Save()",
            "options = OverrideGraphicSettings()\noptions.SetHalftone(True)",
            "uidoc.Selection.SetElementIds(ids)",
        ],
    )
    def test_what_may_stand_in_one_is_left_alone(self, judged: Judged, source: str) -> None:
        assert [one for one in found(judged, source) if one.startswith("RVT101")] == []


START = "t = Transaction(doc, 'x')\nt.Start()\n"


class TestTransactionLeftOpen:
    @pytest.mark.parametrize(
        ("source", "line"),
        [
            (START + "doc.Delete(wall.Id)\n", 2),
            (
                "def f(a):\n" + "    t = Transaction(doc, 'x')\n    t.Start()\n    if a:\n"
                "        return 1\n    t.Commit()\n",
                5,
            ),
            (START + "if wall:\n    t.GetStatus()\nelse:\n    pass\n", 2),
        ],
    )
    def test_on_a_certain_way_is_reported_there(
        self, judged: Judged, source: str, line: int
    ) -> None:
        assert [one for one in found(judged, source) if "RVT102" in one] == of("RVT102", line)

    @pytest.mark.parametrize(
        "source",
        [
            START + "t.Commit()",
            START + "t.RollBack()",
            START + "close(t)",
            START + "self.t = t",
            START + "def done():\n    t.Commit()\ndone()",
            START + "if wall:\n    t.Commit()\nelse:\n    t.RollBack()",
            START + "if wall:\n    t.Commit()",
            "t = Transaction(doc, 'x')\nif wall:\n    t.Start()\nif wall:\n    t.Commit()",
            START + "try:\n    doc.Delete(wall.Id)\nfinally:\n    t.Commit()",
            START
            + "try:\n    doc.Delete(wall.Id)\n    t.Commit()\nexcept Exception:\n    t.RollBack()",
            (
                "def f():\n    t = Transaction(doc, 'x')\n    t.Start()\n    try:\n"
                "        return 1\n    finally:\n        t.Commit()"
            ),
            "def f(t):\n    t = t or Transaction(doc, 'x')\n    t.Start()\n    return t",
            "with Transaction(doc, 'x') as t:\n    t.Start()\n    doc.Delete(wall.Id)",
            "for w in walls:\n    t = Transaction(doc, 'x')\n    t.Start()\n    t.Commit()",
            START + "raise ValueError(1)",
            START + "while True:\n    if wall:\n        t.Commit()\n        break",
        ],
    )
    def test_where_it_may_be_closed_nothing_is_said(self, judged: Judged, source: str) -> None:
        assert [one for one in found(judged, source) if "RVT102" in one] == []


class TestEndInsideATransaction:
    @pytest.mark.parametrize(
        ("source", "line"),
        [
            (
                "import sys\n"
                + START
                + "doc.Delete(wall.Id)\nif wall:\n    sys.exit()\nt.Commit()",
                6,
            ),
            ("from pyrevit import script\n" + START + "script.exit()", 4),
            (
                (
                    "from pyrevit import revit, script\nwith revit.Transaction('x'):\n"
                    "    doc.Delete(wall.Id)\n    if wall:\n        script.exit()"
                ),
                5,
            ),
            (
                (
                    "from pyrevit import revit, forms\nwith revit.Transaction('x'):\n"
                    "    doc.Delete(wall.Id)\n    forms.alert('no', exitscript=True)"
                ),
                4,
            ),
        ],
    )
    def test_loses_what_was_done(self, judged: Judged, source: str, line: int) -> None:
        assert [one for one in found(judged, source) if "RVT103" in one] == of("RVT103", line)

    @pytest.mark.parametrize(
        "source",
        [
            "import sys\n" + START + "t.Commit()\nsys.exit()",
            (
                "from pyrevit import revit, script\nwith revit.Transaction('x'):\n"
                "    if wall:\n        script.exit()\n    doc.Delete(wall.Id)"
            ),
            (
                "from pyrevit import revit, forms\nwith revit.Transaction('x'):\n"
                "    doc.Delete(wall.Id)\n    forms.alert('sure?', exitscript=True, yes=True)"
            ),
            "import sys\n" + START + "if wall:\n    t.RollBack()\n    sys.exit()\nt.Commit()",
        ],
    )
    def test_before_or_after_it_is_fine(self, judged: Judged, source: str) -> None:
        assert [one for one in found(judged, source) if "RVT103" in one] == []


class TestCommitStatus:
    def test_thrown_away_is_an_info(self, judged: Judged) -> None:
        assert found(judged, START + "t.Commit()") == of("RVT104", 3)

    @pytest.mark.parametrize(
        "end", ["status = t.Commit()", "if t.Commit() != TransactionStatus.Committed:\n    pass"]
    )
    def test_looked_at_is_fine(self, judged: Judged, end: str) -> None:
        assert found(judged, START + end) == []


class TestLiveCollector:
    @pytest.mark.parametrize(
        ("body", "severity"),
        [
            ("doc.Delete(w.Id)", "error"),
            ("if w.Pinned:\n        doc.Delete(w.Id)", "warning"),
            ("with a:\n        doc.Delete(w.Id)", "error"),
        ],
    )
    def test_elements_come_or_go_under_it(self, judged: Judged, body: str, severity: str) -> None:
        source = START + f"for w in FilteredElementCollector(doc).OfClass(Wall):\n    {body}\n"
        findings = judged.script(BARE + source + "t.Commit()").findings
        assert [(one.rule, str(one.severity)) for one in findings if one.rule == "RVT105"] == [
            ("RVT105", severity)
        ]

    @pytest.mark.parametrize(
        "loop",
        [
            (
                "for w in FilteredElementCollector(doc).OfClass(Wall).ToElements():\n"
                "    doc.Delete(w.Id)"
            ),
            "for w in list(FilteredElementCollector(doc).OfClass(Wall)):\n    doc.Delete(w.Id)",
            "for w in FilteredElementCollector(doc):\n    doc.Delete(w.Id)\n    raise",
            (
                "for w in FilteredElementCollector(doc).OfClass(Wall):\n"
                "    if w.Pinned:\n        doc.Delete(w.Id)\n        break"
            ),
            "for w in FilteredElementCollector(doc).OfClass(Wall):\n    w.Pinned = True",
            "for w in FilteredElementCollector(doc).OfClass(Wall):\n    ids.append(w.Id)",
            (
                "for w in FilteredElementCollector(doc).OfClass(Wall):\n"
                "    def f():\n        doc.Delete(w.Id)"
            ),
        ],
    )
    def test_lists_and_other_changes_pass(self, judged: Judged, loop: str) -> None:
        assert [
            one for one in found(judged, START + loop + "\nt.Commit()") if "RVT105" in one
        ] == []


class TestComparedElements:
    @pytest.mark.parametrize(
        "source",
        [
            "door.Host == wall",
            "doc.GetElement(wall.Id) is wall",
            "wall != door.Host",
            "doc.ActiveView == uidoc.ActiveView",
        ],
    )
    def test_a_fresh_wrapper_equals_nothing(self, judged: Judged, source: str) -> None:
        assert found(judged, "x = " + source) == of("RVT110", 1)

    @pytest.mark.parametrize(
        "source",
        [
            "wall.Id == door.Id",
            "wall is None",
            "wall == door",
            "door.Host is None",
            "[a for a in walls for b in walls if a is not b]",
            "wall.Document == doc",
            "wall.Category == door.Category",
            "self.host == wall",
        ],
    )
    def test_ids_and_names_pass(self, judged: Judged, source: str) -> None:
        assert found(judged, "x = " + source) == []


class TestDisplayNames:
    @pytest.mark.parametrize(
        "source",
        [
            "wall.LookupParameter('Comments')",
            "wall.GetParameters('Mark')",
            "doc.Settings.Categories.get_Item('Walls')",
            "wall.Category.Name == 'Structural Columns'",
            "'Walls' != wall.Category.Name",
        ],
    )
    def test_english_names_are_an_info(self, judged: Judged, source: str) -> None:
        assert found(judged, "x = " + source) == of("RVT111", 1)

    @pytest.mark.parametrize(
        "source",
        [
            "wall.LookupParameter('Office Number')",
            "wall.LookupParameter(name)",
            "wall.get_Parameter(BuiltInParameter.ALL_MODEL_MARK)",
            "doc.Settings.Categories.get_Item(BuiltInCategory.OST_Walls)",
            "wall.Category.Name == 'My Office Things'",
            "doc.ActiveView.Name == 'Walls'",
        ],
    )
    def test_own_names_pass(self, judged: Judged, source: str) -> None:
        assert found(judged, "x = " + source) == []


class TestRoomOfADoor:
    @pytest.mark.parametrize("source", ["door.FromRoom", "door.ToRoom.Number"])
    def test_without_a_phase(self, judged: Judged, source: str) -> None:
        assert found(judged, "x = " + source) == of("RVT112", 1)

    @pytest.mark.parametrize(
        "source", ["door.FromRoom[phase]", "door.get_ToRoom(phase)", "thing.FromRoom", "door.Room"]
    )
    def test_with_one(self, judged: Judged, source: str) -> None:
        assert found(judged, "x = " + source) == []


class TestNet8:
    @pytest.mark.parametrize(
        "source",
        [
            "import clr\nclr.AddReference('Microsoft.Office.Interop.Excel')",
            "import clr\nfrom Microsoft.Office.Interop import Excel",
            (
                "import clr\nfrom System.Runtime.InteropServices import Marshal\n"
                "x = Marshal.GetActiveObject('Excel.Application')"
            ),
        ],
    )
    def test_what_net_8_lacks(self, judged: Judged, source: str) -> None:
        findings = [one for one in judged.script(source).findings if one.rule == "RVT204"]
        assert [one.line for one in findings] == [source.count("\n") + 1]
        assert findings[0].revit_versions == (2025, 2026)

    @pytest.mark.parametrize(
        "source",
        [
            "import clr\nclr.AddReference('RevitAPI')",
            (
                "from pyrevit import HOST_APP\nimport clr\nif HOST_APP.is_older_than(2025):\n"
                "    clr.AddReference('Microsoft.Office.Interop.Excel')"
            ),
            (
                "import clr\ntry:\n    clr.AddReference('Microsoft.Office.Interop.Excel')\n"
                "except Exception:\n    pass"
            ),
            "from System.Runtime.InteropServices import Marshal\nMarshal.ReleaseComObject(x)",
        ],
    )
    def test_guarded_or_harmless(self, judged: Judged, source: str) -> None:
        assert [one for one in judged.script(source).findings if one.rule == "RVT204"] == []

    def test_requests_concerns_ironpython_only(self, judged: Judged) -> None:
        def rules(engine: Engine) -> set[str]:
            return {one.rule for one in judged.script("import requests", engine).findings}

        assert "RVT204" in rules(Engine.IRONPYTHON_27)
        assert "RVT204" not in rules(Engine.CPYTHON_3)


class TestCollectorWithoutAFilter:
    @pytest.mark.parametrize(
        "source",
        [
            "c = FilteredElementCollector(doc)\nc.ToElements()",
            "c = FilteredElementCollector(doc)\nfor e in c:\n    pass",
        ],
    )
    def test_is_refused(self, judged: Judged, source: str) -> None:
        assert found(judged, source) == of("RVT300", 2)

    @pytest.mark.parametrize(
        "source",
        [
            "c = FilteredElementCollector(doc)\nc.OfClass(Wall)\nc.ToElements()",
            "c = FilteredElementCollector(doc)\nc.OfClass(Wall)\nfor e in c:\n    e.Width",
            "c = FilteredElementCollector(doc)\nif wall:\n    c.OfClass(Wall)\nx = list(c)",
        ],
    )
    def test_may_get_its_filter_in_a_line_of_its_own(self, judged: Judged, source: str) -> None:
        assert found(judged, source) == []


class TestWholeModelInALoop:
    @pytest.mark.parametrize(
        "tail",
        [
            ".WhereElementIsNotElementType().ToElements()",
            ".WhereElementIsElementType().ToElementIds()",
        ],
    )
    def test_each_turn_walks_everything(self, judged: Judged, tail: str) -> None:
        source = f"for a in b:\n    x = FilteredElementCollector(doc){tail}"
        assert "RVT302:2" in found(judged, source)

    @pytest.mark.parametrize(
        "line",
        [
            "FilteredElementCollector(doc).OfClass(Wall).WhereElementIsNotElementType().ToElements()",
            "FilteredElementCollector(doc, v.Id).WhereElementIsNotElementType().ToElements()",
            "FilteredElementCollector(v).WhereElementIsNotElementType().ToElements()",
            "FilteredElementCollector(doc).WhereElementIsNotElementType().OfClass(Wall).ToElements()",
        ],
    )
    def test_a_class_or_a_view_is_enough(self, judged: Judged, line: str) -> None:
        assert [
            one for one in found(judged, f"for v in b:\n    x = {line}") if "RVT302" in one
        ] == []


def test_unreachable_lines_are_not_judged(judged: Judged) -> None:
    source = "if HOST_APP.is_older_than(2020):\n    x = wall.WallType.Name\n"
    assert "RVT008" not in {one.rule for one in judged.script(PRELUDE + source).findings}


def test_a_finding_leads_to_a_page(judged: Judged) -> None:
    source = BARE + "x = wall.WallType.Name\ny = wall.Id.IntegerValue\n"
    urls = {one.rule: one.documentation_url for one in judged.script(source).findings}
    assert urls["RVT008"] == "docs/rules/RVT008.md"
    assert urls["RVT002"].startswith("https://www.revitapidocs.com/")


class TestWholeNumberForALength:
    @pytest.mark.parametrize(
        "source",
        [
            "wall.get_Parameter(BuiltInParameter.WALL_BASE_OFFSET).Set(3)",
            "wall.get_Parameter(BuiltInParameter.WALL_USER_HEIGHT_PARAM).Set(0)",
            "wall.Parameter[BuiltInParameter.WALL_TOP_OFFSET].Set(2)",
        ],
    )
    def test_is_told(self, judged: Judged, source: str) -> None:
        assert "RVT113:1" in found(judged, "x = " + source)

    @pytest.mark.parametrize(
        "source",
        [
            "wall.get_Parameter(BuiltInParameter.WALL_BASE_OFFSET).Set(3.0)",
            "wall.get_Parameter(BuiltInParameter.WALL_BASE_OFFSET).Set(height)",
            "wall.get_Parameter(BuiltInParameter.WALL_ATTR_ROOM_BOUNDING).Set(1)",
            "wall.LookupParameter('Offset').Set(3)",
            "thing.get_Parameter(BuiltInParameter.WALL_BASE_OFFSET).Put(3)",
        ],
    )
    def test_what_may_hold_something_else_is_left_alone(self, judged: Judged, source: str) -> None:
        assert "RVT113:1" not in found(judged, "x = " + source)

    def test_every_name_is_a_built_in_parameter(self, judged: Judged) -> None:
        known = judged.catalog.type("Autodesk.Revit.DB.BuiltInParameter")
        assert known is not None
        assert {member.name for member in known.members} >= LENGTHS
