"""What IronPython shows of .NET in Python's own types."""

import ast
from typing import Any

import pytest

from revitron_grpc.simulation.builtins import script_builtins
from revitron_grpc.simulation.environment import GERMAN, Environment, in_environment
from revitron_grpc.simulation.errors import NotSimulated
from revitron_grpc.simulation.ironpython import imports_net, ironpython_semantics
from revitron_grpc.simulation.net.namespaces import net_module
from revitron_grpc.vocabulary import Engine


def value(expression: str, before: str = "import System") -> Any:
    return run(f"{before}\nresult = {expression}")["result"]


def run(source: str) -> dict[str, Any]:
    environment = Environment(engine=Engine.IRONPYTHON_34, culture=GERMAN)
    held = script_builtins(environment)
    held["__import__"] = lambda name, *_: net_module(name, environment)
    scope: dict[str, Any] = {"__builtins__": held, "__name__": "__main__"}
    tree = ast.parse(source)
    if imports_net(source):
        tree = ironpython_semantics(tree)
    with in_environment(environment):
        exec(compile(tree, "script.py", "exec", dont_inherit=True), scope)  # noqa: S102
    return scope


@pytest.mark.parametrize(
    ("expression", "result"),
    [
        ("'abc'.Contains('b')", True),
        ("'abc'.ToUpper()", "ABC"),
        ("'abc'.Length", 3),
        ("'abc'.Substring(1)", "bc"),
        ("'abc'.Substring(1, 1)", "b"),
        ("'abc'.Replace('b', None)", "ac"),
        ("list('a;b,c'.Split(';', ','))", ["a", "b", "c"]),
        ("' a '.Trim()", "a"),
        ("'a'.PadLeft(3, '0')", "00a"),
        ("'abc'.IndexOf('x')", -1),
        ("'abc'.Remove(1, 1)", "ac"),
        ("'abc'.Insert(1, 'x')", "axbc"),
        ("(1.5).ToString()", "1,5"),
        ("(1.5).ToString('F2')", "1,50"),
        ("(5).ToString()", "5"),
        ("True.ToString()", "True"),
        ("(5).Equals(5)", True),
        ("'a'.GetType().Name", "str"),
        ("System.Guid.Empty.ToString('N')", "0" * 32),
    ],
)
def test_texts_and_numbers_have_net_members(expression: str, result: object) -> None:
    assert value(expression) == result


def test_they_are_hidden_until_net_is_imported() -> None:
    with pytest.raises(AttributeError):
        value("'abc'.Contains('b')", "")


def test_what_net_refuses() -> None:
    with pytest.raises(TypeError, match="expected str, got int"):
        value("'abc'.Contains(1)")
    with pytest.raises(TypeError, match="null"):
        value("'abc'.StartsWith(None)")
    with pytest.raises(ValueError, match="within the string"):
        value("'abc'.Substring(4)")
    with pytest.raises(AttributeError, match="'int' object has no attribute 'Trim'"):
        value("(5).Trim()")
    with pytest.raises(NotSimulated):
        value("'abc'.IndexOf('c', 1)")


def test_system_exception_catches_pythons_exceptions() -> None:
    scope = run(
        "import System\n"
        "try:\n    {}['a']\nexcept System.Exception:\n    one = 'caught'\n"
        "try:\n    [][0]\nexcept (System.ArgumentException, System.Exception):\n"
        "    two = 'caught'\n"
        "try:\n    System.Guid('x')\nexcept System.FormatException as error:\n"
        "    three = error.Message\n"
    )
    assert (scope["one"], scope["two"]) == ("caught", "caught")
    assert scope["three"].startswith("Guid should contain")
    with pytest.raises(KeyError):
        run("import System\ntry:\n    {}['a']\nexcept System.ArgumentException:\n    pass\n")
