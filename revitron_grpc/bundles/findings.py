"""What a check says about one folder or file of an extension."""

from dataclasses import dataclass

from revitron_grpc.analysis.findings import Severity


@dataclass(frozen=True, slots=True)
class BundleFinding:
    """One statement about one place; `path` is relative to the extension, `.` is its root."""

    rule: str
    severity: Severity
    message: str
    path: str
    suggestion: str = ""
