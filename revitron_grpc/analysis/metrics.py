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
    "appendleft extendleft discard".split()
)
_GROWING = frozenset("append extend insert add update setdefault appendleft extendleft".split())
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
        name = node.attr
        if node.ctx.__class__ is ast.Load:
            facts.attribute_uses[name] = facts.attribute_uses.get(name, 0) + 1
        elif isinstance(node.value, ast.Name) and node.value.id == "self":
            facts.self_stores.setdefault(name, []).append(node.lineno)
        else:
            facts.foreign_stores.add(name)
        if name in _MUTATORS:
            _note_mutated(facts, node.value, grows=name in _GROWING)
        elif name == "ImportExtensions":
            facts.linq = True
        elif name == "__dict__":
            facts.sets_attributes = True
    facts.sets_attributes |= "setattr" in uses or "vars" in uses
    for node in index.of(ast.Subscript):
        if node.ctx.__class__ is not ast.Load:
            _note_mutated(facts, node.value, grows=node.ctx.__class__ is ast.Store)
    for node in index.of(ast.AugAssign):
        _note_mutated(facts, node.target, grows=True)
    for node in index.of(ast.ClassDef):
        for base in node.bases:
            named = getattr(base, "id", None) or getattr(base, "attr", "")
            facts.derived_from.add(named)
    for node in (*index.of(ast.FunctionDef), *index.of(ast.AsyncFunctionDef)):
        facts.function_names[node.name] = facts.function_names.get(node.name, 0) + 1
    for node in index.of(ast.Global):
        facts.global_names.update(node.names)
    return facts, Metrics(
        statements=index.count(ast.stmt),
        branches=sum(len(index.of(kind)) for kind in _BRANCHES),
        functions=len(index.of(ast.FunctionDef)) + len(index.of(ast.AsyncFunctionDef)),
        max_depth=_depth(tree),
    )


def _note_mutated(facts: Facts, node: ast.expr, *, grows: bool) -> None:
    if isinstance(node, ast.Name):
        facts.mutated.add(node.id)
        if grows:
            facts.growth_sites.setdefault(node.id, []).append(node.lineno)
    elif isinstance(node, ast.Attribute):
        facts.mutated_attributes.add(node.attr)


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
