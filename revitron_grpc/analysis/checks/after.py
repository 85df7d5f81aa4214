"""All checks that run after the walk."""

import ast
from collections.abc import Sequence

from revitron_grpc.analysis.checks.changes import live_collector_findings, write_findings
from revitron_grpc.analysis.checks.collectors import whole_model_findings
from revitron_grpc.analysis.checks.late import Late
from revitron_grpc.analysis.checks.net_collections import collection_findings
from revitron_grpc.analysis.checks.transactions import (
    commit_findings,
    exits_of,
    transaction_findings,
)
from revitron_grpc.analysis.findings import Finding, Severity
from revitron_grpc.analysis.judge import Judge
from revitron_grpc.analysis.nodes import NodeIndex
from revitron_grpc.analysis.walk import Event

_WANTED = frozenset(
    "transaction write live_collector collector_in_loop python_collection "
    "room_without_phase".split()
)


def late_findings(
    tree: ast.Module,
    index: NodeIndex,
    events: Sequence[Event],
    judge: Judge,
    lines: list[str],
) -> list[Finding]:
    """What the events of a walk tell once the whole script was seen."""
    kinds = {event.kind for event in events} & _WANTED
    if not kinds:
        return []
    broken = frozenset(one.line for one in judge.findings if one.severity is not Severity.INFO)
    late = Late(tree, index, events, judge.path, "\n".join(lines), broken)
    if "transaction" in kinds:
        late.exits = exits_of(index)
        transaction_findings(late)
        commit_findings(late)
    if "write" in kinds:
        write_findings(late)
    if "live_collector" in kinds:
        live_collector_findings(late)
    if "python_collection" in kinds:
        collection_findings(late)
    if "collector_in_loop" in kinds:
        whole_model_findings(late)
    if "room_without_phase" in kinds:
        _rooms(late)
    return late.findings


def _rooms(late: Late) -> None:
    """RVT112: `door.FromRoom` without `[phase]`."""
    indexed = {id(node.value) for node in late.index.of(ast.Subscript)}
    for event in late.events:
        if event.kind == "room_without_phase" and id(event.node) not in indexed:
            late.report(
                "RVT112",
                f"{event.detail} without a phase is the room of the last phase",
                event.node,
                symbol=f"Autodesk.Revit.DB.FamilyInstance.{event.detail}",
                suggestion=f"{event.detail}[phase]",
            )
