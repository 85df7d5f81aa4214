"""How big a script is, and what is known of the file before the walk, in one pass."""

import ast
from dataclasses import dataclass

from revitron_grpc.analysis.walk import Facts

_BRANCHES = (ast.If, ast.For, ast.While, ast.Try, ast.IfExp, ast.BoolOp, ast.comprehension)
_BLOCKS = (ast.If, ast.For, ast.While, ast.Try, ast.With, ast.FunctionDef, ast.ClassDef)
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


def survey(tree: ast.Module) -> tuple[Facts, Metrics]:
    """The facts that the walk needs, and the metrics but for the API symbols."""
    facts = Facts()
    facts.exported |= _EXPORTED
    statements = branches = functions = deepest = 0
    stack: list[tuple[ast.AST, int]] = [(tree, 0)]
    uses = facts.name_uses
    while stack:
        node, depth = stack.pop()
        if isinstance(node, ast.stmt):
            statements += 1
            if isinstance(node, _BLOCKS):
                depth += 1
                deepest = max(deepest, depth)
                if isinstance(node, _BRANCHES):
                    branches += 1
                if isinstance(node, ast.FunctionDef):
                    functions += 1
            elif isinstance(node, ast.Global):
                facts.global_names.update(node.names)
            elif isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
                facts.mutated.add(node.target.id)
        elif isinstance(node, ast.Name):
            if isinstance(node.ctx, ast.Load):
                uses[node.id] = uses.get(node.id, 0) + 1
        elif isinstance(node, ast.Attribute):
            if isinstance(node.ctx, ast.Store):
                stores = facts.attribute_stores
                stores[node.attr] = stores.get(node.attr, 0) + 1
            if node.attr == "ImportExtensions":
                facts.linq = True
            elif node.attr in _MUTATORS and isinstance(node.value, ast.Name):
                facts.mutated.add(node.value.id)
        elif isinstance(node, ast.Subscript):
            if isinstance(node.ctx, ast.Store) and isinstance(node.value, ast.Name):
                facts.mutated.add(node.value.id)
        elif isinstance(node, _BRANCHES):
            branches += 1
        for child in ast.iter_child_nodes(node):
            stack.append((child, depth))
    return facts, Metrics(statements, branches, functions, deepest)
