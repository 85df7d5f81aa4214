"""Python lists, sets and tuples where .NET wants a collection of its own."""

import ast

from revitron_grpc.analysis.checks.late import Late

_WRITTEN = (ast.List, ast.ListComp, ast.Set, ast.SetComp, ast.Tuple, ast.GeneratorExp)
_MAKERS = frozenset(("list", "set", "tuple", "sorted", "frozenset", "map", "filter"))


def collection_findings(late: Late) -> None:
    """RVT010, for arguments that are certainly Python's."""
    names: dict[str, bool] | None = None
    for event in late.events:
        if event.kind != "python_collection" or not event.certain:
            continue
        node = event.node
        if isinstance(node, ast.Name):
            if names is None:
                names = _names_of_python_collections(late)
            python = names.get(node.id, False)
        else:
            python = _is_python(node, late)
        if python:
            symbol, _, item = event.detail.partition("|")
            text = ast.unparse(node) if isinstance(node, ast.expr) else ""
            short = text if 0 < len(text) <= 40 else "..."
            late.report(
                "RVT010",
                "a Python collection is no .NET ICollection: IronPython raises TypeError",
                node,
                symbol=symbol,
                suggestion=f"List[{item}]({short}), after "
                "`from System.Collections.Generic import List`",
            )


def _is_python(node: ast.AST, late: Late) -> bool:
    if isinstance(node, _WRITTEN):
        return True
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in _MAKERS
        and not any(one.name == node.func.id for one in late.index.of(ast.FunctionDef))
    )


def _names_of_python_collections(late: Late) -> dict[str, bool]:
    """Names that are bound in this file to Python's own collections and to nothing else."""
    found: dict[str, bool] = {}
    right: set[int] = set()
    for node in late.index.of(ast.Assign):
        for target in node.targets:
            if isinstance(target, ast.Name):
                right.add(id(target))
                python = _is_python(node.value, late)
                found[target.id] = found.get(target.id, True) and python
    # A loop, a parameter, an import or a tuple may bind it to anything.
    for node in late.index.of(ast.Name):
        if isinstance(node.ctx, ast.Store | ast.Del) and id(node) not in right:
            found[node.id] = False
    for node in late.index.of(ast.arg):
        found[node.arg] = False
    for kind in (ast.Import, ast.ImportFrom):
        for node in late.index.of(kind):
            for alias in node.names:
                found[(alias.asname or alias.name).partition(".")[0]] = False
    return found
