"""Positions in the text as written: Python counts bytes, people and editors count characters."""

from dataclasses import replace

import msgspec

from revitron_grpc.analysis.findings import Finding
from revitron_grpc.analysis.references import ApiReference


def in_characters(finding: Finding, lines: list[str]) -> Finding:
    """Return the finding with columns in characters, inside the text.

    A line that was rewritten from Python 2 can be longer than the one as written.
    """
    line = min(finding.line, len(lines))
    end_line = min(finding.end_line, len(lines))
    column = _column(lines[line - 1], finding.column)
    end_column = _column(lines[end_line - 1], finding.end_column)
    if (line, end_line, column, end_column) == (
        finding.line,
        finding.end_line,
        finding.column,
        finding.end_column,
    ):
        return finding
    return replace(finding, line=line, end_line=end_line, column=column, end_column=end_column)


def reference_in_characters(reference: ApiReference, lines: list[str]) -> ApiReference:
    """Return the reference with its column in characters, inside the text."""
    line = min(reference.line, len(lines))
    column = _column(lines[line - 1], reference.column)
    if (line, column) == (reference.line, reference.column):
        return reference
    return msgspec.structs.replace(reference, line=line, column=column)


def _column(text: str, column: int) -> int:
    if text.isascii():
        return min(column, len(text) + 1)
    return len(text.encode("utf-8", "surrogatepass")[: column - 1].decode("utf-8", "ignore")) + 1
