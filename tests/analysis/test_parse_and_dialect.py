"""Reading Python 2 and 3, broken and hostile text; what the engine can run."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from revitron_grpc.analysis.parse import MAX_BYTES, parse
from revitron_grpc.vocabulary import Engine
from tests.analysis.conftest import PRELUDE, Judged

PYTHON2 = {
    "print statement": 'print "a", eid.IntegerValue',
    "except comma": "try:\n    pass\nexcept ValueError, error:\n    pass\neid.IntegerValue",
    "raise comma": "def f():\n    raise ValueError, 'a'\neid.IntegerValue",
    "backticks": "x = `1`\neid.IntegerValue",
    "not equal": "x = 1 <> 2\neid.IntegerValue",
    "octal and long": "x = 0777 + 5L\neid.IntegerValue",
    "exec": 'exec "a = 1"\neid.IntegerValue',
    "raw unicode": "x = ur'a'\neid.IntegerValue",
    "None as member": "x = DB.ViewDetailLevel.Undefined\ny = DB.StorageType.None\neid.IntegerValue",
    "tabs and spaces": "if wall:\n        x = 1\n\ty = 2\neid.IntegerValue",
}


@pytest.mark.parametrize("source", PYTHON2.values(), ids=PYTHON2.keys())
def test_python2_is_read_and_keeps_its_lines(judged: Judged, source: str) -> None:
    analysis = judged.script(PRELUDE + source + "\n")
    found = [(f.rule, f.line) for f in analysis.findings if f.rule != "RVT003"]
    assert found == [("RVT002", (PRELUDE + source).count("\n") + 1)]
    assert analysis.dialect.parses_as_python2


def test_one_bad_line_is_one_finding_and_the_rest_is_judged(judged: Judged) -> None:
    source = PRELUDE + "for w in [wall]\n    w.Id\nprint 'a'\neid.IntegerValue\n"
    found = [(f.rule, f.line) for f in judged.script(source).findings]
    assert found == [("RVT200", 7), ("RVT002", 10)]


HOSTILE = {
    "nul": "x = 1\0\ny = 2\n",
    "not utf-8": b"x = '\xff\xfe'\n",
    "too big": "#" * (MAX_BYTES + 1),
    "brackets": "(" * 10_000,
    "closed brackets": "(" * 10_000 + ")" * 10_000,
    "minus signs": "x = " + "-" * 100_000 + "1",
    "attributes": "x" + ".a" * 20_000,
    "sums": "x = " + "+".join(["1"] * 20_000),
    "calls": "f" + "()" * 20_000,
    "indents": "".join(" " * i + "if x:\n" for i in range(300)),
    "else-ifs": "if x: pass\n" + "elif x: pass\n" * 5_000,
    "prose": "Dear colleague,\nplease find attached the model.\n",
    "binary": bytes(range(256)) * 20,
}


@pytest.mark.parametrize("source", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("before", ["", "print 'a'\n"])
def test_hostile_text_is_findings_and_no_crash(
    judged: Judged, source: str | bytes, before: str
) -> None:
    text = before + source if isinstance(source, str) else before.encode() + source
    analysis = judged.script(text)
    assert all(finding.line >= 1 and finding.column >= 1 for finding in analysis.findings)
    assert any(finding.rule == "RVT200" for finding in analysis.findings)


def test_encodings_are_read(judged: Judged) -> None:
    latin = "# -*- coding: latin-1 -*-\nx = 'Wände'\n".encode("latin-1")
    assert judged.script(latin).findings == ()
    assert judged.script("\ufeffx = 'Wände'\r\n".encode()).findings == ()


@settings(max_examples=60)
@given(st.text(max_size=200) | st.binary(max_size=200))
def test_any_text_gives_positions_inside_it(source: str | bytes) -> None:
    parsed = parse(source)
    for problem in parsed.problems:
        assert problem.line >= 1
        assert problem.column >= 1


_PIECES = st.sampled_from(
    [
        "if HOST_APP.is_newer_than(2023):",
        "try:",
        "except:",
        "else:",
        "    eid.Value",
        "eid.IntegerValue",
        "print 'a'",
        "for x in doc:",
        "    return",
        "def f(a):",
        "x = 'äöü', eid.IntegerValue",
        "f(wall)",
        "class A(DB.Foo):",
        "x = [y for y in x if y]",
        "x = lambda a: a.Foo",
        "\tx = wall.Name",
        ")",
        "'''",
        "with revit.Transaction('x'):",
        "wall.Id.Foo = x = DB",
        "from Autodesk.Revit.DB import *",
        "global doc",
        "del x",
        "x += DB.XYZ.Zero[1:2]",
    ]
)


@settings(max_examples=60)
@given(lines=st.lists(_PIECES, max_size=12))
def test_any_mixture_of_lines_is_analysed(judged: Judged, lines: list[str]) -> None:
    source = PRELUDE + "\n".join(lines)
    count = source.count("\n") + 1
    for finding in judged.script(source).findings:
        assert 1 <= finding.line <= count
        assert finding.line <= finding.end_line
        assert 1 <= finding.column <= len(source.split("\n")[finding.line - 1]) + 1


def test_columns_count_characters(judged: Judged) -> None:
    source = PRELUDE + "x = 'Wände', eid.IntegerValue\n"
    (finding,) = judged.script(source).findings
    start = source.split("\n")[6].index("eid") + 1
    assert (finding.column, finding.end_column) == (start, start + len("eid.IntegerValue"))


CANNOT_RUN = [
    ('x = f"{1}"', Engine.IRONPYTHON_27, "RVT201"),
    ("x: int = 1", Engine.IRONPYTHON_27, "RVT201"),
    ("def f(a, *, b=1): pass", Engine.IRONPYTHON_27, "RVT201"),
    ("def f(a: int): pass", Engine.IRONPYTHON_27, "RVT201"),
    ("print('a', end='')", Engine.IRONPYTHON_27, "RVT201"),
    ("a, *b = 1, 2", Engine.IRONPYTHON_27, "RVT201"),
    ("if (n := 1): pass", Engine.IRONPYTHON_34, "RVT201"),
    ("async def f(): pass", Engine.IRONPYTHON_34, "RVT201"),
    ("x = 1_000", Engine.IRONPYTHON_34, "RVT201"),
    ("print 'a'", Engine.IRONPYTHON_34, "RVT202"),
    ("print 'a'", Engine.CPYTHON_3, "RVT202"),
    ("from pyrevit import forms", Engine.CPYTHON_3, "RVT203"),
]


@pytest.mark.parametrize(("source", "engine", "rule"), CANNOT_RUN)
def test_what_the_engine_cannot_run_is_an_error(
    judged: Judged, source: str, engine: Engine, rule: str
) -> None:
    found = [(f.rule, f.severity.value) for f in judged.script(source + "\n", engine).findings]
    assert found == [(rule, "error")]


@pytest.mark.parametrize(
    ("source", "engine"),
    [
        ('x = f"{1}"', Engine.IRONPYTHON_34),
        ('x = f"{1}"', Engine.CPYTHON_3),
        ("if (n := 1): pass", Engine.CPYTHON_3),
        ("print 'a'", Engine.IRONPYTHON_27),
        ("from __future__ import print_function\nprint('a', end='')", Engine.IRONPYTHON_27),
        ("from pyrevit import forms", Engine.IRONPYTHON_34),
    ],
)
def test_what_the_engine_can_run_is_fine(judged: Judged, source: str, engine: Engine) -> None:
    assert judged.script(source + "\n", engine).findings == ()


def test_dialect_says_what_parses(judged: Judged) -> None:
    both = judged.script("print('a')\n").dialect
    assert (both.parses_as_python2, both.parses_as_python3) == (True, True)
    old = judged.script("print 'a'\n").dialect
    assert (old.parses_as_python2, old.parses_as_python3) == (True, False)
    new = judged.script("x = f'{1}'\n").dialect
    assert (new.parses_as_python2, new.parses_as_python3) == (False, True)
    neither = judged.script("for x in\n").dialect
    assert (neither.parses_as_python2, neither.parses_as_python3) == (False, False)
