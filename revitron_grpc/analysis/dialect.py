"""Which Python a script is written in, and whether the engine speaks it."""

import ast
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from revitron_grpc.analysis.findings import Finding, Severity
from revitron_grpc.analysis.judge import place
from revitron_grpc.analysis.nodes import NodeIndex
from revitron_grpc.analysis.parse import ParsedSource
from revitron_grpc.vocabulary import Engine


@dataclass(frozen=True, slots=True)
class Construct:
    """A piece of syntax that some Python lacks: what, since which Python 3, and where."""

    what: str
    since: tuple[int, int]
    node: ast.AST


_Check = Callable[[Any], list[Construct]]


@dataclass(frozen=True, slots=True)
class Dialect:
    """What can parse the script, and the constructs that Python 2.7 or 3.4 cannot."""

    parses_as_python2: bool
    parses_as_python3: bool
    newer: tuple[Construct, ...] = ()
    python2_line: int = 0
    """The first line that only Python 2 can read; 0 where there is none."""


def dialect_of(parsed: ParsedSource, index: NodeIndex) -> Dialect:
    """The dialect of a parsed script."""
    newer = tuple(_constructs(parsed, index))
    readable = not parsed.problems
    return Dialect(
        parses_as_python2=readable and not newer,
        parses_as_python3=readable and not parsed.python2,
        newer=newer,
        python2_line=parsed.python2_line,
    )


def dialect_findings(dialect: Dialect, engine: Engine, path: str) -> list[Finding]:
    """What the requested engine cannot read."""
    findings: list[Finding] = []
    if engine is not Engine.CPYTHON_3:
        known = (2, 7) if engine is Engine.IRONPYTHON_27 else (3, 4)
        name = "IronPython 2.7" if engine is Engine.IRONPYTHON_27 else "IronPython 3.4"
        for construct in dialect.newer:
            # IronPython 3.4 took over formatted strings from Python 3.6, and nothing else.
            if construct.since <= known or (
                known == (3, 4) and isinstance(construct.node, ast.JoinedStr)
            ):
                continue
            line, column, end_line, end_column = place(construct.node)
            findings.append(
                Finding(
                    "RVT201",
                    Severity.ERROR,
                    f"{name} has no {construct.what}",
                    path,
                    line,
                    column,
                    end_line,
                    end_column,
                )
            )
    if engine is not Engine.IRONPYTHON_27 and dialect.python2_line:
        line = dialect.python2_line
        findings.append(
            Finding(
                "RVT202",
                Severity.ERROR,
                "this is Python 2: a Python 3 engine does not start the script",
                path,
                line,
                1,
                line,
                1,
            )
        )
    return findings


def _constructs(parsed: ParsedSource, index: NodeIndex) -> list[Construct]:
    found: list[Construct] = []
    lines = parsed.lines
    prints = any(
        isinstance(node, ast.ImportFrom)
        and node.module == "__future__"
        and any(alias.name == "print_function" for alias in node.names)
        for node in parsed.tree.body
    )
    for kind, check in _CHECKS.items():
        for node in index.of(kind):
            found += check(node)
    if not prints and not parsed.python2:
        for node in index.of(ast.Call):
            if node.keywords and isinstance(node.func, ast.Name) and node.func.id == "print":
                found.append(Construct("print() with keywords", (3, 0), node))
    # One encoding a line: a line may hold a hundred thousand numbers.
    encoded: dict[int, bytes] = {}
    for node in index.of(ast.Constant):
        if node.value.__class__ in (int, float):
            line = encoded.get(node.lineno)
            if line is None:
                line = encoded[node.lineno] = lines[node.lineno - 1].encode()
            text = line[node.col_offset : node.end_col_offset]
            if b"_" in text and text[:1].isdigit():
                found.append(Construct("underscores in numbers", (3, 6), node))
    found.sort(key=lambda one: place(one.node))
    return found


def _function(node: ast.FunctionDef | ast.AsyncFunctionDef) -> list[Construct]:
    found: list[Construct] = []
    if isinstance(node, ast.AsyncFunctionDef):
        found.append(Construct("async functions", (3, 5), node))
    arguments = node.args
    annotated = [
        one
        for one in (
            *arguments.posonlyargs,
            *arguments.args,
            *arguments.kwonlyargs,
            arguments.vararg,
            arguments.kwarg,
        )
        if one is not None and one.annotation is not None
    ]
    if annotated or node.returns is not None:
        found.append(Construct("annotations", (3, 0), annotated[0] if annotated else node))
    return found + _arguments(arguments, node)


def _arguments(arguments: ast.arguments, node: ast.AST) -> list[Construct]:
    found: list[Construct] = []
    if arguments.kwonlyargs:
        found.append(Construct("keyword-only parameters", (3, 0), arguments.kwonlyargs[0]))
    if arguments.posonlyargs:
        found.append(Construct("positional-only parameters", (3, 8), node))
    return found


def _lambda(node: ast.Lambda) -> list[Construct]:
    return _arguments(node.args, node)


def _class(node: ast.ClassDef) -> list[Construct]:
    return [Construct("class keywords", (3, 0), node)] if node.keywords else []


def _raise(node: ast.Raise) -> list[Construct]:
    return [Construct("raise ... from", (3, 0), node)] if node.cause is not None else []


def _matrix(node: ast.BinOp) -> list[Construct]:
    return [Construct("@ operator", (3, 5), node)] if isinstance(node.op, ast.MatMult) else []


def _unpacked(node: ast.AST) -> list[Construct]:
    elements = getattr(node, "elts", ())
    starred = [one for one in elements if isinstance(one, ast.Starred)]
    if not starred:
        return []
    stored = isinstance(getattr(node, "ctx", None), ast.Store)
    return [Construct("starred items", (3, 0) if stored else (3, 5), starred[0])]


def _dictionary(node: ast.Dict) -> list[Construct]:
    return [Construct("** in dictionaries", (3, 5), node)] if None in node.keys else []


def _always(what: str, since: tuple[int, int]) -> _Check:
    return lambda node: [Construct(what, since, node)]


_CHECKS: dict[type[ast.AST], _Check] = {
    ast.FunctionDef: _function,
    ast.AsyncFunctionDef: _function,
    ast.Lambda: _lambda,
    ast.ClassDef: _class,
    ast.Raise: _raise,
    ast.BinOp: _matrix,
    ast.Tuple: _unpacked,
    ast.List: _unpacked,
    ast.Set: _unpacked,
    ast.Dict: _dictionary,
    ast.JoinedStr: _always("f-strings", (3, 6)),
    ast.AnnAssign: _always("annotations of variables", (3, 6)),
    ast.Nonlocal: _always("nonlocal", (3, 0)),
    ast.YieldFrom: _always("yield from", (3, 3)),
    ast.NamedExpr: _always("assignment expressions", (3, 8)),
    ast.Await: _always("await", (3, 5)),
    ast.AsyncFor: _always("async for", (3, 5)),
    ast.AsyncWith: _always("async with", (3, 5)),
    ast.Match: _always("match", (3, 10)),
}
