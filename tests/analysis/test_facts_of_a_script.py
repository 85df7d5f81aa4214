"""Metrics, cost, safety, imports; and that the same script always gives the same analysis."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from revitron_grpc.analysis.rules import RULES
from tests.analysis.conftest import PRELUDE, Judged

DOCUMENT = Path(__file__).parents[2] / "docs" / "analysis.md"


def lines(source: str) -> str:
    return PRELUDE + source


def test_metrics_count_what_stands_there(judged: Judged) -> None:
    source = "def f(a):\n    if a:\n        for b in a:\n            print(b)\n    return a\n"
    metrics = judged.script(source).metrics
    assert (metrics.statements, metrics.branches, metrics.functions, metrics.max_depth) == (
        5,
        2,
        1,
        3,
    )
    assert metrics.api_symbols == 0


def test_cost_facts_name_lines(judged: Judged) -> None:
    source = lines(
        "DB.FilteredElementCollector(doc).ToElements()\n"
        "walls = DB.FilteredElementCollector(doc).OfClass(DB.Wall)\n"
        "for w in walls:\n"
        "    for v in DB.FilteredElementCollector(doc).OfClass(DB.View):\n"
        "        w.get_Geometry(DB.Options())\n"
        "    with revit.Transaction('x'):\n"
        "        pass\n"
    )
    cost = judged.script(source).cost
    assert cost.unfiltered_collectors == (7,)
    assert cost.collectors_in_loops == (10,)
    assert cost.nested_element_loops == (10,)
    assert cost.geometry_calls == (11,)
    assert cost.transactions_in_loops == (12,)


@pytest.mark.parametrize(
    ("source", "writes", "unguarded"),
    [
        ("wall.LookupParameter('Mark').AsString()\n", (), ()),
        ("wall.LookupParameter('Mark').Set('1')\n", (7,), (7,)),
        ("with revit.Transaction('x'):\n    wall.LookupParameter('Mark').Set('1')\n", (8,), ()),
        ("t = DB.Transaction(doc, 'x')\nt.Start()\ndoc.Delete(eid)\nt.Commit()\n", (9,), ()),
        (
            "t = DB.Transaction(doc, 'x')\nt.Start()\nt.Commit()\ndoc.Delete(eid)\n",
            (10,),
            (10,),
        ),
        (
            "def f():\n    doc.Delete(eid)\nwith revit.Transaction('x'):\n    f()\n",
            (8,),
            (),
        ),
        ("def f():\n    doc.Delete(eid)\nf()\n", (8,), (8,)),
        ("def f():\n    doc.Delete(eid)\nlater(f)\n", (8,), ()),
        ("uidoc.Selection.SetElementIds(ids)\n", (), ()),
        ("o = DB.OverrideGraphicSettings()\no.SetHalftone(True)\n", (), ()),
        ("with revit.Transaction('x'):\n    doc.ActiveView.Name = 'a'\n", (8,), ()),
    ],
)
def test_writes_and_transactions_are_seen(
    judged: Judged, source: str, writes: tuple[int, ...], unguarded: tuple[int, ...]
) -> None:
    safety = judged.script(lines(source)).safety
    assert safety.write_lines == writes
    assert safety.unguarded_writes == unguarded
    assert safety.writes == bool(writes)


@pytest.mark.parametrize(
    ("source", "rule"),
    [
        ("import urllib2", "RVT402"),
        ("from System.Net import WebClient", "RVT402"),
        ("import subprocess\nsubprocess.call(['a'])", "RVT401"),
        ("import os\nos.startfile('a')", "RVT401"),
        ("from os import remove\nremove('a')", "RVT403"),
        ("import shutil\nshutil.rmtree('a')", "RVT403"),
        ("eval(open_text())", "RVT400"),
        ("from System.IO import File\nFile.Delete('a')", "RVT403"),
        ("from System.Diagnostics import Process\nProcess.Start('a')", "RVT401"),
        ("DB.FilteredElementCollector(revit.doc).ToElements()", "RVT300"),
        ("for x in y:\n    DB.FilteredElementCollector(doc).OfClass(DB.Wall)", "RVT301"),
        ("for x in y:\n    with revit.Transaction('x'):\n        pass", "RVT100"),
    ],
)
def test_rules_about_effects(judged: Judged, source: str, rule: str) -> None:
    found = {f.rule for f in judged.script("from pyrevit import DB, revit\n" + source).findings}
    assert found == {rule}


def test_nothing_is_said_of_harmless_calls(judged: Judged) -> None:
    source = "import os, ast\nos.path.join('a', 'b')\nast.literal_eval('1')\neval('1')\n"
    source += "from pyrevit import DB, revit\nview = revit.active_view\n"
    source += "DB.FilteredElementCollector(revit.doc, view.Id).ToElements()\n"
    assert judged.script(source).findings == ()


def test_same_analysis_in_any_number_of_threads(judged: Judged) -> None:
    source = PRELUDE + "x = eid.IntegerValue\nwall.Foo\nprint '\\d'\n" * 5
    alone = judged.script(source)
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda _: judged.script(source), range(16)))
    assert all(repr(one) == repr(alone) for one in together)


def test_documented_table_of_rules_is_the_registry() -> None:
    rows = [
        tuple(cell.strip() for cell in line.strip().strip("|").split("|"))
        for line in DOCUMENT.read_text("utf-8").splitlines()
        if line.startswith("| RVT")
    ]
    assert rows == [(rule.code, rule.title, rule.severity.value) for rule in RULES.values()]


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES.keys())
def test_rule_is_described(rule: object) -> None:
    from revitron_grpc.analysis.rules import Rule

    assert isinstance(rule, Rule)
    assert all((rule.title, rule.what, rule.why, rule.example, rule.fix))
    assert not rule.title.endswith(".")
