"""What the rules want to know of a script's text, by its syntax tree alone.

The full analysis of scripts is :mod:`revitron_grpc.analysis`; here it is enough to see whether
a file is Python 3 and what it imports. A text that Python 3 cannot parse says nothing.
"""

import ast
from collections.abc import Iterator

from revitron_grpc.analysis.parse import python3_tree

_NODES_OF_PYTHON_3: dict[type[ast.AST], str] = {
    ast.JoinedStr: "an f-string",
    ast.AnnAssign: "a variable annotation",
    ast.NamedExpr: "the walrus operator",
    ast.Nonlocal: "nonlocal",
    ast.AsyncFunctionDef: "async",
    ast.Await: "await",
    ast.YieldFrom: "yield from",
    ast.Match: "match",
    ast.MatMult: "the @ operator",
}


def parsed(text: str) -> ast.Module | None:
    """Parse a text as Python 3; None where it is not, or is nested too deep."""
    try:
        return python3_tree(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def only_in_python3(tree: ast.Module) -> tuple[str, int] | None:
    """Find the first syntax that Python 2.7 lacks: its name and its line."""
    found = [
        (line, name)
        for node in ast.walk(tree)
        for name, line in [(_python3_syntax(node), getattr(node, "lineno", 0))]
        if name
    ]
    if not found:
        return None
    line, name = min(found)
    return name, line


def _python3_syntax(node: ast.AST) -> str:
    if isinstance(node, ast.FunctionDef):
        if node.args.kwonlyargs:
            return "a keyword-only parameter"
        if node.args.posonlyargs:
            return "a positional-only parameter"
        if node.returns is not None or any(arg.annotation for arg in node.args.args):
            return "an annotation"
        return ""
    if isinstance(node, ast.Raise) and node.cause is not None:
        return "raise from"
    if isinstance(node, ast.ClassDef) and node.keywords:
        return "a keyword in a class statement"
    if isinstance(node, ast.Starred) and isinstance(node.ctx, ast.Store):
        return "a starred target"
    return _NODES_OF_PYTHON_3.get(type(node), "")


def absolute_imports(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Yield the top-level module of each import and its line; not those inside a `try`."""
    guarded = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.Try)
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in guarded:
            continue
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name.split(".")[0], node.lineno
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module.split(".")[0], node.lineno


def imports_module(tree: ast.Module, wanted: str) -> bool:
    """Whether a module is imported by its dotted name, in any of the three ways."""
    package, _, last = wanted.rpartition(".")
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            if any(alias.name == wanted for alias in node.names):
                return True
        elif isinstance(node, ast.ImportFrom) and (
            node.module == wanted
            or (node.module == package and any(alias.name == last for alias in node.names))
        ):
            return True
    return False
