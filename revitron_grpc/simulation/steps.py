"""A limit on the steps of a script, built into its syntax tree.

Each turn of a loop, each call of a function and each item of a comprehension counts as one step.
A thread cannot be stopped from outside in Python, so the script stops itself.
"""

import ast
from collections.abc import Callable

from revitron_grpc.analysis.nodes import nodes_by_class
from revitron_grpc.simulation.errors import StepLimitReached

STEP = "__step__"
"""The name of the counting function in the script's builtins."""


def with_steps(tree: ast.Module) -> ast.Module:
    """Return the tree with a count at every place that can run again and again; changes it."""
    # All nodes are found before the first one is changed.
    nodes = nodes_by_class(tree)
    for kind in (ast.For, ast.While, ast.FunctionDef, ast.AsyncFunctionDef):
        for node in nodes.of(kind):
            _count_in(node.body)
    for node in nodes.of(ast.Lambda):
        here = node.body
        # `step()` gives None, so the lambda's own value is what counts.
        node.body = ast.copy_location(ast.BoolOp(ast.Or(), [_call(here), here]), here)
    for node in nodes.of(ast.comprehension):
        here = node.iter
        negated = ast.UnaryOp(ast.Not(), _call(here))
        node.ifs.insert(0, ast.copy_location(negated, here))
    return tree


def _count_in(body: list[ast.stmt]) -> None:
    first = body[0]
    count = ast.copy_location(ast.Expr(_call(first)), first)
    # A docstring stays the first statement.
    at = int(isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant))
    body.insert(at if len(body) > at else 0, count)


def _call(at: ast.AST) -> ast.expr:
    name = ast.copy_location(ast.Name(STEP, ast.Load()), at)
    return ast.copy_location(ast.Call(name, [], []), at)


def counter(limit: int) -> Callable[[], None]:
    """Return the function that counts; raises `StepLimitReached` after `limit` steps."""
    left = limit

    def step() -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise StepLimitReached(
                f"the script took more than {limit:,} steps; it loops without an end, or does "
                "far more than the sample model gives reason for"
            )

    return step
