"""What checks need that run after the walk: its events, the tree, and a way to report."""

import ast
from collections.abc import Sequence
from dataclasses import dataclass, field

from revitron_grpc.analysis.findings import Finding, Severity
from revitron_grpc.analysis.judge import place
from revitron_grpc.analysis.nodes import NodeIndex
from revitron_grpc.analysis.rules import RULES
from revitron_grpc.analysis.walk import Event


@dataclass(slots=True)
class Late:
    """One script after its walk. `exits` are the calls that end the script, by id of their node."""

    tree: ast.Module
    index: NodeIndex
    events: Sequence[Event]
    path: str
    text: str
    broken: frozenset[int]
    """Lines that fail already for what does not exist there."""
    exits: set[int] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)

    def report(
        self,
        rule: str,
        message: str,
        node: ast.AST,
        *,
        severity: Severity | None = None,
        symbol: str = "",
        suggestion: str = "",
    ) -> None:
        """Report at a node, with the rule's usual severity."""
        line, column, end_line, end_column = place(node)
        self.findings.append(
            Finding(
                rule,
                severity or RULES[rule].severity,
                message,
                self.path,
                line,
                column,
                end_line,
                end_column,
                symbol,
                suggestion=suggestion,
            )
        )
