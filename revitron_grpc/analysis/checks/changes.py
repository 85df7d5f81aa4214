"""Changes of the model where Revit refuses them: without a transaction, under a live collector."""

import ast
import re

from revitron_grpc.analysis.checks.late import Late
from revitron_grpc.analysis.findings import Severity
from revitron_grpc.analysis.walk import Event

_OPENS = re.compile(r"transaction|carryout|undoable|revitron|subtrans|unitofwork", re.IGNORECASE)
"""Words of anything that opens a transaction, or hands the work to what may."""
_CERTAIN = re.compile(
    r"Autodesk\.Revit\.(DB\.(Parameter\.Set|Document\.Delete|ElementTransformUtils\.\w+)"
    r"|Creation\.(Document|ItemFactoryBase)\.New\w+)"
)
_ADDS_OR_REMOVES = re.compile(
    r"Autodesk\.Revit\.(DB\.(Document\.Delete|ElementTransformUtils\.Copy\w+|\w+\.Duplicate\w*)"
    r"|Creation\.(Document|ItemFactoryBase)\.New\w+)|.*\.(Create|Place)$"
)


def write_findings(late: Late) -> None:
    """RVT101: a change at module level in a script that knows no transaction of any kind."""
    writes = [
        event
        for event in late.events
        if event.kind == "write"
        and event.certain
        and event.line not in late.broken
        and _CERTAIN.fullmatch(event.detail)
    ]
    if not writes or _OPENS.search(late.text):
        return
    inside = _in_functions(late)
    for event in writes:
        if id(event.node) not in inside:
            late.report(
                "RVT101",
                f"{_short(event.detail)} outside of a transaction raises "
                "ModificationOutsideTransactionException",
                event.node,
                symbol=event.detail,
                suggestion="with revit.Transaction('What the user sees in Undo'): ...",
            )


def live_collector_findings(late: Late) -> None:
    """RVT105: elements come or go while a collector is being read."""
    loops = {id(event.node) for event in late.events if event.kind == "live_collector"}
    if not loops:
        return
    writes = {
        id(event.node): event
        for event in late.events
        if event.kind == "write" and _ADDS_OR_REMOVES.fullmatch(event.detail)
    }
    if not writes:
        return
    for node in late.index.of(ast.For):
        if id(node) in loops:
            _in_loop(late, node, node.body, writes, certain=True)


def _in_loop(
    late: Late, loop: ast.For, body: list[ast.stmt], writes: dict[int, Event], *, certain: bool
) -> None:
    leaves = bool(body) and isinstance(body[-1], ast.Break | ast.Return | ast.Raise)
    if leaves:
        return
    for statement in body:
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Try):
            continue
        inner = [
            block
            for name in ("body", "orelse")
            if isinstance(block := getattr(statement, name, None), list)
        ]
        if inner:
            for block in inner:
                conditional = not isinstance(statement, ast.With)
                _in_loop(late, loop, block, writes, certain=certain and not conditional)
            continue
        for node in ast.walk(statement):
            event = writes.get(id(node))
            if event is not None:
                late.report(
                    "RVT105",
                    f"{_short(event.detail)} while the collector of line {loop.lineno} is read: "
                    "its next step raises InvalidOperationException",
                    node,
                    severity=Severity.ERROR if certain and event.certain else Severity.WARNING,
                    symbol=event.detail,
                    suggestion="iterate list(collector.ToElementIds())",
                )


def _in_functions(late: Late) -> set[int]:
    return {
        id(inner)
        for kind in (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
        for node in late.index.of(kind)
        for inner in ast.walk(node)
    }


def _short(symbol: str) -> str:
    return ".".join(symbol.rsplit(".", 2)[-2:])
