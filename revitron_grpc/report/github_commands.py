"""Findings as GitHub workflow commands, which show them beside the lines of a pull request.

The syntax is GitHub's "Workflow commands for GitHub Actions": `::error file=...,line=...::text`,
with `%`, line ends, and in properties also `:` and `,` written as `%XX`.
"""

from pathlib import Path

from revitron_grpc.analysis.findings import Finding, Severity
from revitron_grpc.report.places import relative_path

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def workflow_command(finding: Finding, root: Path) -> str:
    """The finding as one line; its path relative to `root`, the folder of the checkout."""
    properties = {"file": relative_path(finding.path, root) or finding.path}
    if finding.line:
        properties["line"] = str(finding.line)
        properties["endLine"] = str(finding.end_line)
        if finding.line == finding.end_line:
            # GitHub takes columns within one line only; its last column is inclusive.
            properties["col"] = str(finding.column)
            properties["endColumn"] = str(max(finding.end_column - 1, finding.column))
    properties["title"] = finding.rule
    told = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    text = finding.message
    if finding.suggestion:
        text += f"\n{finding.suggestion}"
    return f"::{_COMMANDS[finding.severity]} {told}::{_data(text)}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
