"""Collectors that walk the whole model again and again."""

import ast

from revitron_grpc.analysis.checks.late import Late

_WEAK = frozenset(("WhereElementIsNotElementType", "WhereElementIsElementType"))
_READ = frozenset(("ToElements", "ToElementIds", "GetElementCount"))


def whole_model_findings(late: Late) -> None:
    """RVT302: in a loop, a collector of all elements or all types of the document."""
    made = {id(e.node): e.node for e in late.events if e.kind == "collector_in_loop"}
    if not made:
        return
    outer: dict[int, ast.Call] = {
        id(node.func.value): node
        for node in late.index.of(ast.Call)
        if isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Call)
    }
    iterated = {
        id(node.iter) for kind in (ast.For, ast.comprehension) for node in late.index.of(kind)
    }
    changing = _bound_in_loops(late)
    for first in made.values():
        if not isinstance(first, ast.Call) or len(first.args) != 1 or first.keywords:
            continue
        if any(isinstance(n, ast.Name) and n.id in changing for n in ast.walk(first.args[0])):
            continue  # Another document in each turn.
        node, weak = first, False
        while (above := outer.get(id(node))) is not None:
            name = above.func.attr if isinstance(above.func, ast.Attribute) else ""
            if name in _READ and weak:
                _report(late, first)
                break
            if name not in _WEAK:
                break
            node, weak = above, True
        else:
            if weak and id(node) in iterated:
                _report(late, first)


def _bound_in_loops(late: Late) -> set[str]:
    """Names that mean something else in another turn, and parameters."""
    return {
        node.id
        for kind in (ast.For, ast.While, ast.ListComp, ast.GeneratorExp, ast.SetComp, ast.DictComp)
        for loop in late.index.of(kind)
        for node in ast.walk(loop)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    } | {node.arg for node in late.index.of(ast.arg)}


def _report(late: Late, node: ast.AST) -> None:
    late.report(
        "RVT302",
        "every turn of this loop walks all elements of the model",
        node,
        symbol="Autodesk.Revit.DB.FilteredElementCollector",
        suggestion="collect once before the loop, by class or category",
    )
