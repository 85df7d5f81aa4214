"""What a process that analyses script after script relies on."""

import ast
import gc

import pytest

from revitron_grpc.analysis.types import STRING, Items, Mapping, Type

SCRIPT = """
def outer(item):
    def inner():
        return item
    return inner()


class Row(object):
    def text(self):
        return self.name


print(outer(1), Row().text())
"""


def trees() -> int:
    return sum(isinstance(one, ast.AST) for one in gc.get_objects())


def test_no_tree_outlives_its_analysis(judged):
    judged.script(SCRIPT)
    gc.collect()
    gc.disable()
    try:
        before = trees()
        judged.script(SCRIPT)
        assert trees() == before
    finally:
        gc.enable()


@pytest.mark.parametrize("of", [STRING, Items((STRING,)), Mapping(STRING, STRING)])
def test_types_have_no_hash_that_deep_nesting_could_overflow(of: Type):
    with pytest.raises(TypeError, match="unhashable"):
        hash(of)


def test_lists_nested_line_by_line_are_analysed(judged):
    nested = "x = {1: x}\n" * 2_000
    analysis = judged.script(f"x = 1\n{nested}def f(a):\n    return a\n\n\nf(x)\nf(x)\n")
    assert not analysis.findings
