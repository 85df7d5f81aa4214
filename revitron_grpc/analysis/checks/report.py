"""How a check reports: only what is certain where it stands."""

import ast

from revitron_grpc.analysis.findings import Severity
from revitron_grpc.analysis.judge import Guard
from revitron_grpc.analysis.rules import RULES
from revitron_grpc.analysis.walk import Walk


def report(
    walk: Walk,
    rule: str,
    message: str,
    node: ast.AST,
    *,
    severity: Severity | None = None,
    symbol: str = "",
    mask: int = 0,
    suggestion: str = "",
) -> None:
    """Report at a node, with the rule's usual severity; nothing where a failure is caught.

    A line that no requested version can reach is not reported either.
    """
    if walk.silent or not walk.mask or walk.guard is not Guard.NONE:
        return
    walk.judge.report(
        rule,
        severity or RULES[rule].severity,
        message,
        node,
        symbol=symbol,
        mask=mask & walk.mask,
        suggestion=suggestion,
    )
