"""All nodes of a tree by their class, gathered in one pass that several readers share."""

import ast
from typing import TypeVar, cast

# Fields that never hold a node, or only one that says nothing by itself.
_LEAVES = frozenset(
    "ctx id attr kind op ops n s name arg asname module level lineno type_comment "
    "conversion is_async simple kwd_attrs rest type_ignores".split()
)


def _child_fields() -> dict[type[ast.AST], tuple[str, ...]]:
    fields: dict[type[ast.AST], tuple[str, ...]] = {}
    for one in vars(ast).values():
        if isinstance(one, type) and issubclass(one, ast.AST):
            fields[one] = tuple(name for name in one._fields if name not in _LEAVES)
    for one in (ast.Constant, ast.Global, ast.Nonlocal, ast.MatchSingleton):
        fields[one] = ()
    return fields


_FIELDS = _child_fields()

_Node = TypeVar("_Node", bound=ast.AST)


class NodeIndex:
    """Every node of a tree but operators and contexts, by class, in no particular order."""

    def __init__(self, nodes: dict[type[ast.AST], list[ast.AST]]) -> None:
        self._nodes = nodes

    def of(self, kind: type[_Node]) -> list[_Node]:
        """Return the nodes of exactly that class."""
        return cast("list[_Node]", self._nodes.get(kind, []))

    def count(self, kind: type[ast.AST]) -> int:
        """Count the nodes of that class and of classes derived from it."""
        return sum(len(nodes) for one, nodes in self._nodes.items() if issubclass(one, kind))


def nodes_by_class(tree: ast.Module) -> NodeIndex:
    """Gather the nodes of a tree in one pass."""
    found: dict[type[ast.AST], list[ast.AST]] = {}
    stack: list[ast.AST | None] = [tree]
    pop, push, extend = stack.pop, stack.append, stack.extend
    while stack:
        node = pop()
        if node is None:
            continue
        kind = node.__class__
        same = found.get(kind)
        if same is None:
            found[kind] = [node]
        else:
            same.append(node)
        for name in _FIELDS[kind]:
            value = getattr(node, name)
            if value.__class__ is list:
                extend(value)
            elif value is not None:
                push(value)
    return NodeIndex(found)
