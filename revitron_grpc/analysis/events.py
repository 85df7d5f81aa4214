"""Findings about transactions, performance and security, from what the walk noted."""

from collections.abc import Iterable

from revitron_grpc.analysis.findings import Finding
from revitron_grpc.analysis.judge import place
from revitron_grpc.analysis.rules import RULES
from revitron_grpc.analysis.walk import Event

_RULES = {
    "transaction_in_loop": ("RVT100", "a transaction is started in each turn of this loop"),
    "unfiltered_collector": ("RVT300", "the collector has no filter: Revit refuses to read it"),
    "collector_in_loop": ("RVT301", "a collector is made in each turn of this loop"),
    "code_from_text": ("RVT400", "runs text as code"),
    "process": ("RVT401", "starts another program"),
    "network": ("RVT402", "uses the network"),
    "file_deletion": ("RVT403", "deletes files"),
}


def event_findings(events: Iterable[Event], path: str) -> list[Finding]:
    """One finding for each event that a rule is about."""
    findings: dict[tuple[str, int, int], Finding] = {}
    for event in events:
        known = _RULES.get(event.kind)
        if known is None:
            continue
        code, message = known
        line, column, end_line, end_column = place(event.node)
        text = f"{message}: {event.detail}" if event.detail else message
        findings[code, line, column] = Finding(
            code,
            RULES[code].severity,
            text,
            path,
            line,
            column,
            end_line,
            end_column,
            event.detail,
            suggestion=RULES[code].fix,
        )
    return list(findings.values())
