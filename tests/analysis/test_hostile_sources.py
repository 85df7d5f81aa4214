"""Whatever the bytes: findings, never an error, in bounded steps."""

import ast
from pathlib import Path
from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from revitron_grpc import recipes
from revitron_grpc.analysis.walk import MAX_WORK
from tests.analysis.conftest import Judged

TEMPLATES = sorted(Path(recipes.__file__).parent.rglob("script.py.j2"))
NAMES = "\n".join(f"n{i} = {i}" for i in range(20_000)) + "\n"
_FUZZ = settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
BOMBS = {
    "brackets": "(" * 100_000,
    "attributes": "from pyrevit import revit\nx = revit.doc" + ".ActiveView" * 60_000,
    "calls": "x = f" + "()" * 200_000,
    "operators": "x = " + "-" * 90_000 + "1",
    "a long number": "x = " + "9" * 400_000,
    "a long text": 'x = "' + "a" * 900_000 + '"',
    "formatted text": "x = f'" + "{a}" * 100_000 + "'",
    "branches among many names": NAMES + "if x: y = 1\n" * 8_000,
    "loops among many names": NAMES + "for x in y: z = 1\n" * 8_000,
    "tries among many names": NAMES + "try: z = 1\nexcept: pass\n" * 8_000,
    "comprehensions among many names": NAMES + "[x for x in y]\n" * 8_000,
    "tests among many names": NAMES + "x = a and b\n" * 8_000,
    "lambdas among many names": NAMES + "x = lambda a: a\n" * 8_000,
    "no text": b"\x00" * 500_000,
    "no encoding": b"\xff\xfe" * 200_000,
    "backslashes": "\\\n" * 200_000,
}


@pytest.mark.parametrize("source", BOMBS.values(), ids=BOMBS.keys())
def test_a_bomb_is_answered(judged: Judged, source: str | bytes) -> None:
    judged.script(source)


def test_a_script_of_too_many_branches_says_so_and_keeps_what_it_found(judged: Judged) -> None:
    source = "from pyrevit import revit\nrevit.doc.Foo\n" + NAMES
    many = MAX_WORK // 20_000 + 1
    findings = judged.script(source + "if x: y = 1\n" * many).findings
    assert [(f.rule, f.severity.value) for f in findings] == [
        ("RVT200", "warning"),
        ("RVT001", "error"),
    ]


@pytest.mark.parametrize(
    "one",
    [
        "def f{0}(): pass\n",
        "class C{0}(object):\n def __init__(self): self.a{0} = 1\n def f(self): self.a{0}\n",
    ],
    ids=["functions", "classes"],
)
def test_a_script_of_too_many_definitions_says_so(judged: Judged, one: str) -> None:
    findings = judged.script("".join(one.format(i) for i in range(4_000))).findings
    assert [(f.rule, f.severity.value) for f in findings] == [("RVT200", "warning")]


def test_no_more_findings_are_kept_than_anybody_reads(judged: Judged) -> None:
    source = "from pyrevit import revit\n" + "revit.doc.Foo\n" * 5_000
    assert len(judged.script(source).findings) == 2_000


@_FUZZ
@given(source=st.binary(max_size=400))
def test_any_bytes_are_answered(judged: Judged, source: bytes) -> None:
    judged.script(source)


@settings(_FUZZ, max_examples=15)
@given(data=st.data())
def test_mutated_scripts_are_answered(judged: Judged, data: st.DataObject) -> None:
    lines = data.draw(st.sampled_from(TEMPLATES)).read_text(encoding="utf-8").split("\n")
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(lines) - 1))
        other = data.draw(st.integers(0, len(lines) - 1))
        match data.draw(st.sampled_from("drop double swap cut indent insert".split())):
            case "drop":
                del lines[place : place + 3]
                lines = lines or [""]
            case "double":
                lines.insert(place, lines[min(other, len(lines) - 1)])
            case "swap":
                lines[place], lines[other] = lines[other], lines[place]
            case "cut":
                lines[place] = lines[place][: data.draw(st.integers(0, 40))]
            case "indent":
                lines[place] = data.draw(st.sampled_from(["\t", "    ", " "])) + lines[place]
            case _:
                pieces = ["print x", "self.a = self", "x.append(x)", "x = {x: x}", ")", "global x"]
                lines[place] += data.draw(st.sampled_from(pieces))
    judged.script("\n".join(lines))


_NAMES = st.sampled_from("x y items doc DB self f C".split())
_EXPRESSIONS = st.recursive(
    _NAMES | st.sampled_from(["[]", "{}", "1", "'a'", "None", "revit.doc", "DB.ElementId"]),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["Id", "Value", "append", "items", "x"])).map(".".join),
        st.tuples(inner, inner).map("{0[0]}({0[1]})".format),
        st.tuples(inner, inner).map("{0[0]}[{0[1]}]".format),
        st.tuples(inner, inner).map("[{0[0]} for x in {0[1]}]".format),
        st.tuples(inner, inner, inner).map("({0[0]} if {0[1]} else {0[2]})".format),
        st.tuples(inner, inner).map("(lambda x: {0[0]})({0[1]})".format),
        st.tuples(inner, inner).map("{{{0[0]}: {0[1]}}}".format),
    ),
    max_leaves=6,
)
_SIMPLE = st.one_of(
    st.tuples(_NAMES, _EXPRESSIONS).map("{0[0]} = {0[1]}".format),
    st.tuples(_NAMES, _EXPRESSIONS).map("{0[0]}.x = {0[1]}".format),
    st.tuples(_NAMES, _EXPRESSIONS).map("{0[0]} += {0[1]}".format),
    _EXPRESSIONS,
    _EXPRESSIONS.map("return {}".format),
)
_BLOCKS = st.recursive(
    _SIMPLE,
    lambda inner: st.tuples(
        st.sampled_from(
            [
                "if x.Id:",
                "for x in items:",
                "while f(x):",
                "def f(x, y=doc):",
                "class C(object):",
                "class C(C):",
                "def __init__(self, x):",
                "with revit.Transaction('a') as x:",
            ]
        ),
        st.lists(inner, min_size=1, max_size=3),
    ).map(lambda one: one[0] + "\n" + "\n".join(f"    {line}" for line in _lines(one[1]))),
    max_leaves=8,
)


def _lines(blocks: list[str]) -> list[str]:
    return [line for block in blocks for line in block.split("\n")]


@_FUZZ
@given(blocks=st.lists(_BLOCKS, min_size=1, max_size=6))
def test_strange_programs_are_answered(judged: Judged, blocks: list[str]) -> None:
    source = "from pyrevit import DB, revit\nitems = []\n" + "\n".join(blocks) + "\n"
    analysis = judged.script(source)
    try:
        ast.parse(source)
    except SyntaxError:
        return
    assert not any(f.rule == "RVT200" for f in analysis.findings)


def test_a_line_of_many_numbers_costs_by_its_length(judged: Judged) -> None:
    def seconds(count: int) -> float:
        begun = process_time()
        judged.script("x = [" + "1, " * count + "]\n")
        return process_time() - begun

    # Eight times as long: eight times the work, and not sixty-four times.
    assert min(seconds(160_000) for _ in range(2)) < 24 * min(seconds(20_000) for _ in range(3))
