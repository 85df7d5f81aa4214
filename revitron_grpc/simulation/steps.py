"""A limit on the steps of a script, built into its syntax tree.

Each turn of a loop, each call of a function and each item of a comprehension counts as one step.
A thread cannot be stopped from outside in Python, so the script stops itself.
"""

import ast
from collections.abc import Callable

from revitron_grpc.simulation.errors import StepLimitReached

STEP = "__step__"
"""The name of the counting function in the script's builtins."""


class _Stepping(ast.NodeTransformer):
    def _counted(self, node: ast.AST) -> ast.AST:
        self.generic_visit(node)
        body: list[ast.stmt] = node.body  # type: ignore[attr-defined]
        call = ast.copy_location(ast.Expr(_call(body[0])), body[0])
        # A docstring stays the first statement.
        first = body[0]
        at = int(isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant))
        body.insert(at if len(body) > at else 0, call)
        return node

    def visit_For(self, node: ast.For) -> ast.AST:
        return self._counted(node)

    def visit_While(self, node: ast.While) -> ast.AST:
        return self._counted(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        return self._counted(node)

    def visit_Lambda(self, node: ast.Lambda) -> ast.AST:
        self.generic_visit(node)
        # `step()` gives None, so the lambda's own value is what counts.
        test = ast.BoolOp(ast.Or(), [_call(node.body), node.body])
        node.body = ast.copy_location(test, node.body)
        return node

    def visit_comprehension(self, node: ast.comprehension) -> ast.AST:
        self.generic_visit(node)
        here = node.iter
        negated = ast.UnaryOp(ast.Not(), _call(here))
        node.ifs.insert(0, ast.copy_location(negated, here))
        return node


def _call(at: ast.AST) -> ast.expr:
    name = ast.copy_location(ast.Name(STEP, ast.Load()), at)
    return ast.copy_location(ast.Call(name, [], []), at)


def with_steps(tree: ast.Module) -> ast.Module:
    """Return the tree with a count at every place that can run again and again; changes it."""
    return ast.fix_missing_locations(_Stepping().visit(tree))


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
