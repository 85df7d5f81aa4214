"""Python 2's own syntax rewritten for an engine with Python 3: what RVT202 is about."""

from dataclasses import replace

from revitron_grpc.analysis.findings import Edit, Finding, Fix
from revitron_grpc.analysis.parse import python3_text

_LARGEST = 160_000
"""Characters; Python 2's grammar reads 80,000 a second."""


def python3_fix(finding: Finding, lines: list[str]) -> Finding | None:
    """The finding with the edits that make the whole script Python 3; None where that fails.

    Print statements, `except X, e`, `exec`, `raise`, backticks, `<>`, octal and long numbers. What
    differs in silence, such as the division of whole numbers, stays as it is written.
    """
    if finding.rule != "RVT202" or sum(map(len, lines)) > _LARGEST:
        return None
    text = python3_text("\n".join(lines))
    if text is None:
        return None
    rewritten = text.split("\n")
    if len(rewritten) != len(lines):
        return None
    edits = tuple(
        _edit(number, old, new)
        for number, (old, new) in enumerate(zip(lines, rewritten, strict=True), start=1)
        if old != new
    )
    if not edits:
        return None
    return replace(finding, fix=Fix("Write it in Python 3", edits))


def _edit(line: int, old: str, new: str) -> Edit:
    """The piece of a line that differs."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    tail = 0
    while tail < min(len(old), len(new)) - start and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    end = len(old) - tail
    return Edit(line, start + 1, line, end + 1, new[start : len(new) - tail])
