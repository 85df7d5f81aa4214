"""A script for IronPython 2.7 means here what it means there."""

import ast
from typing import Any

import pytest

from revitron_grpc.simulation.builtins import script_builtins
from revitron_grpc.simulation.environment import Environment
from revitron_grpc.simulation.errors import NotSimulated
from revitron_grpc.simulation.python2 import divides_truly, python2_semantics
from revitron_grpc.vocabulary import Engine


def run(source: str, engine: Engine = Engine.IRONPYTHON_27) -> dict[str, Any]:
    tree = ast.parse(source)
    if engine is Engine.IRONPYTHON_27:
        tree = python2_semantics(tree, true_division=divides_truly(source))
    scope: dict[str, Any] = {"__builtins__": _builtins(engine), "__name__": "__main__"}
    exec(compile(tree, "script.py", "exec", dont_inherit=True), scope)  # noqa: S102
    return scope


def _builtins(engine: Engine) -> dict[str, Any]:
    held = script_builtins(Environment(engine=engine))
    held["__import__"] = __import__
    return held


def value(expression: str, engine: Engine = Engine.IRONPYTHON_27) -> Any:
    return run(f"result = {expression}", engine)["result"]


def test_whole_numbers_divide_to_whole_numbers() -> None:
    assert value("7 / 2") == 3
    assert value("-7 / 2") == -4
    assert value("7 / 2.0") == 3.5
    assert value("7 / 2", Engine.IRONPYTHON_34) == 3.5
    assert run("from __future__ import division\nresult = 7 / 2\nx = 7\nx /= 2")["x"] == 3.5


def test_divisions_in_place_evaluate_their_target_once() -> None:
    scope = run(
        "calls = []\n"
        "class Box(object):\n"
        "    size = 7\n"
        "box = Box()\n"
        "def of():\n"
        "    calls.append(1)\n"
        "    return box\n"
        "of().size /= 2\n"
        "items = {'a': 9}\n"
        "items['a'] /= 2\n"
        "n = 5\n"
        "n /= 2\n"
    )
    assert (scope["box"].size, scope["items"]["a"], scope["n"], scope["calls"]) == (3, 4, 2, [1])


def test_dictionaries_give_lists_and_iterators() -> None:
    scope = run(
        "d = {'b': 1, 'a': 2}\n"
        "keys = d.keys()\n"
        "keys.sort()\n"
        "first = d.values()[0]\n"
        "pairs = [k for k, v in d.iteritems()]\n"
        "numbers = list(d.itervalues())\n"
        "has = d.has_key('a')\n"
        "class Own(object):\n"
        "    def keys(self):\n"
        "        return 'own'\n"
        "    def has_key(self, key):\n"
        "        return 'asked'\n"
        "own = Own().keys(), Own().has_key(1)\n"
    )
    assert scope["keys"] == ["a", "b"]
    assert (scope["first"], scope["pairs"], scope["numbers"]) == (1, ["b", "a"], [1, 2])
    assert scope["has"] is True
    assert scope["own"] == ("own", "asked")


@pytest.mark.parametrize("call", ["{}.iteritems()", "{}.has_key(1)", "xrange(2)", "unicode('a')"])
def test_python_3_has_none_of_it(call: str) -> None:
    for engine in (Engine.IRONPYTHON_34, Engine.CPYTHON_3):
        with pytest.raises((AttributeError, NameError)):
            value(call, engine)


def test_functions_give_lists() -> None:
    assert value("map(None, [1, 2], [3])") == [(1, 3), (2, None)]
    assert value("map(lambda x: x + 1, (1, 2))[0]") == 2
    assert value("filter(None, [0, 1])") == [1]
    assert value("filter(lambda c: c != 'a', 'abc')") == "bc"
    assert value("zip([1], [2])[0]") == (1, 2)
    assert value("range(3)") == [0, 1, 2]
    assert value("reduce(lambda a, b: a + b, [1, 2, 3])") == 6


def test_halves_round_away_from_zero_to_a_float() -> None:
    assert [value(f"round({number})") for number in (0.5, 1.5, 2.5, -0.5, 2.4)] == [1, 2, 3, -1, 2]
    assert isinstance(value("round(2.5)"), float)
    assert value("round(2.675, 2)") == 2.68
    assert value("round(0.125, 2)") == 0.13
    assert value("round(2.5)", Engine.IRONPYTHON_34) == 2


def test_different_types_can_be_sorted() -> None:
    assert value("sorted([3, None, 'a', 1])") == [None, 1, 3, "a"]
    assert value("sorted([1, 3, 2], cmp=lambda a, b: cmp(b, a))") == [3, 2, 1]
    assert value("min([3, None])") is None
    assert value("max([3, None, 'a'])") == "a"
    scope = run("items = [2, None, 1]\nitems.sort()\nnames = ['b', 'a']\nnames.sort(cmp=cmp)")
    assert (scope["items"], scope["names"]) == ([None, 1, 2], ["a", "b"])
    with pytest.raises(TypeError):
        value("sorted([3, None])", Engine.CPYTHON_3)


def test_encoded_text_is_text() -> None:
    assert value("'T\\xfcr'.encode('utf-8')") == "T\xc3\xbcr"
    assert value("'T\\xc3\\xbcr'.decode('utf-8')") == "T\xfcr"
    assert value("'a'.encode('utf-8')", Engine.IRONPYTHON_34) == b"a"


def test_a_caught_exception_outlives_its_handler() -> None:
    source = (
        "try:\n    raise ValueError('x')\nexcept ValueError as error:\n    pass\n"
        "result = str(error)"
    )
    assert run(source)["result"] == "x"
    with pytest.raises(NameError):
        run(source, Engine.IRONPYTHON_34)


def test_exceptions_have_a_message() -> None:
    source = (
        "try:\n    raise ValueError('x')\nexcept ValueError as error:\n    result = error.message"
    )
    assert run(source)["result"] == "x"
    with pytest.raises(AttributeError):
        run(source, Engine.IRONPYTHON_34)


def test_classes_keep_python_2s_special_methods() -> None:
    scope = run(
        "class Point:\n"
        "    def __nonzero__(self):\n"
        "        return False\n"
        "    def __div__(self, other):\n"
        "        return 'half'\n"
        "    def __eq__(self, other):\n"
        "        return True\n"
        "class Counter(object):\n"
        "    def __iter__(self):\n"
        "        return self\n"
        "    def next(self):\n"
        "        raise StopIteration\n"
        "class Kind(type):\n"
        "    pass\n"
        "class Made(object):\n"
        "    __metaclass__ = Kind\n"
        "result = bool(Point()), Point() / 2, len({Point(): 1}), list(Counter())\n"
        "kind = type(Made) is Kind\n"
        "first = iter([5]).next()\n"
    )
    assert scope["result"] == (False, "half", 1, [])
    assert scope["kind"]
    assert scope["first"] == 5


@pytest.mark.parametrize("engine", Engine)
def test_what_leaves_the_run_is_refused(engine: Engine) -> None:
    for call in ("eval('1')", "exec('1')", "compile('1', '', 'eval')", "input()"):
        with pytest.raises(NotSimulated):
            value(call, engine)
    with pytest.raises(FileNotFoundError):
        value("open('pyproject.toml')", engine)
    with pytest.raises(SystemExit):
        value("exit()", engine)


def test_files_of_python_2_hold_bytes() -> None:
    scope = run(
        "with open('x.csv', 'wb') as out:\n"
        "    out.write('a\\xfc\\n')\n"
        "with open('x.csv') as held:\n"
        "    back = held.read()\n"
    )
    assert scope["back"] == "a\xfc\n"


def test_each_engine_has_its_names() -> None:
    assert value("isinstance('a', basestring) and isinstance(u'a', unicode)")
    assert value("cmp(1, 2)") == -1
    for engine, name in (
        (Engine.IRONPYTHON_27, "FileNotFoundError"),
        (Engine.IRONPYTHON_34, "RecursionError"),
        (Engine.CPYTHON_3, "cmp"),
    ):
        with pytest.raises(NameError):
            value(name, engine)


def test_print_goes_to_the_runs_output() -> None:
    printed: list[str] = []
    held = script_builtins(Environment(write=printed.append))
    exec("print('a', 1, sep='-')", {"__builtins__": held})  # noqa: S102
    assert printed == ["a-1\n"]
