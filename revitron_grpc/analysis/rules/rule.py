"""What a rule is."""

from dataclasses import dataclass

from revitron_grpc.analysis.findings import Severity


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its stable code, the severity it usually has, and what a page about it says."""

    code: str
    title: str
    severity: Severity
    what: str
    why: str
    example: str
    fix: str
