"""Findings for people: place, code and message, the line with a caret, what to write instead."""

from collections.abc import Iterator

from rich.text import Text

from revitron_grpc.analysis.findings import Finding, Severity
from revitron_grpc.report.source_lines import source_line

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
_FRAME = "blue"


def finding_text(finding: Finding, lines: list[str]) -> Iterator[Text]:
    """The lines of one finding, styled; `lines` are those of its source."""
    style = _STYLES[finding.severity]
    head = Text(finding.path, style="bold")
    if finding.line:
        head.append(f":{finding.line}:{finding.column}")
    head.append(": ")
    head.append(finding.rule, style=style)
    if finding.fix is not None:
        head.append(" [*]", style="cyan")
    head.append(f" {finding.message}", style="not bold")
    if finding.revit_versions:
        years = ", ".join(map(str, finding.revit_versions))
        head.append(f" [Revit {years}]", style="not bold")
    yield head
    shown = source_line(finding, lines)
    margin = " " * len(str(finding.line)) if shown is not None else ""
    if shown is not None:
        yield Text(f"{margin} |", style=_FRAME)
        yield Text.assemble((f"{shown.number} | ", _FRAME), shown.text)
        yield Text.assemble((f"{margin} | ", _FRAME), (shown.carets, style))
    if finding.suggestion:
        yield Text.assemble((f"{margin} = ", _FRAME), ("help: ", "bold"), finding.suggestion)
