"""How big a script is, and what is known of the file before the walk, in one pass."""

import ast
from dataclasses import dataclass

from revitron_grpc.analysis.nodes import NodeIndex
from revitron_grpc.analysis.walk import Facts

_BRANCHES = (ast.If, ast.For, ast.While, ast.Try, ast.IfExp, ast.BoolOp, ast.comprehension)
_BLOCKS = frozenset(
    (
        ast.If,
        ast.For,
        ast.While,
        ast.Try,
        ast.ExceptHandler,
        ast.With,
        ast.FunctionDef,
        ast.ClassDef,
    )
)
_MUTATORS = frozenset(
    "append extend insert add update pop remove clear sort reverse setdefault popitem "
    "appendleft discard".split()
)
_EXPORTED = frozenset(("__selfinit__", "__invoke__", "main_hook"))


@dataclass(frozen=True, slots=True)
class Metrics:
    """Counts of statements, branching nodes, functions and distinct API symbols; block depth."""

    statements: int = 0
    branches: int = 0
    functions: int = 0
    max_depth: int = 0
    api_symbols: int = 0


def survey(tree: ast.Module, index: NodeIndex) -> tuple[Facts, Metrics]:
    """Return the facts that the walk needs, and the metrics but for the API symbols."""
    facts = Facts()
    facts.exported |= _EXPORTED
    uses = facts.name_uses
    for node in index.of(ast.Name):
        if node.ctx.__class__ is ast.Load:
            uses[node.id] = uses.get(node.id, 0) + 1
    for node in index.of(ast.Attribute):
        if node.attr == "ImportExtensions":
            facts.linq = True
        elif node.attr in _MUTATORS and isinstance(node.value, ast.Name):
            facts.mutated.add(node.value.id)
    for node in index.of(ast.Subscript):
        if node.ctx.__class__ is not ast.Load and isinstance(node.value, ast.Name):
            facts.mutated.add(node.value.id)
    for node in index.of(ast.AugAssign):
        if isinstance(node.target, ast.Name):
            facts.mutated.add(node.target.id)
    for node in index.of(ast.Global):
        facts.global_names.update(node.names)
    return facts, Metrics(
        statements=index.count(ast.stmt),
        branches=sum(len(index.of(kind)) for kind in _BRANCHES),
        functions=len(index.of(ast.FunctionDef)) + len(index.of(ast.AsyncFunctionDef)),
        max_depth=_depth(tree),
    )


def _depth(tree: ast.Module) -> int:
    deepest = 0
    stack: list[tuple[ast.AST, int]] = [(tree, 0)]
    while stack:
        node, depth = stack.pop()
        deepest = max(deepest, depth)
        for name in ("body", "orelse", "finalbody", "handlers"):
            for child in getattr(node, name, ()):
                if child.__class__ in _BLOCKS:
                    # `elif` and `except` are no deeper than what they belong to.
                    level = child.__class__ is not ast.ExceptHandler and not (
                        name == "orelse" and isinstance(child, ast.If)
                    )
                    stack.append((child, depth + level))
    return deepest
