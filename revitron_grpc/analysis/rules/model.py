"""RVT1xx: transactions, and what happens to the model."""

from revitron_grpc.analysis.findings import Severity
from revitron_grpc.analysis.rules.rule import Rule

RULES = (
    Rule(
        "RVT100",
        "Transaction in a loop",
        Severity.WARNING,
        "A transaction is started inside a loop.",
        "Each turn becomes an undo step of its own, and each commit regenerates the model.",
        "for e in elements:\n    with revit.Transaction('x'): ...",
        "Open one transaction around the loop.",
    ),
)
