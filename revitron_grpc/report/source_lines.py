"""The line of a source that a finding is about, with a caret below the place."""

import unicodedata
from dataclasses import dataclass

from rich.cells import cell_len

from revitron_grpc.analysis.findings import Finding

_WIDEST = 120
"""Cells of a line that are shown; of a longer one the part around the place."""
_BEFORE = 40
_TAB = "    "
_CUT = "..."


@dataclass(frozen=True, slots=True)
class SourceLine:
    """What is shown of a line; `carets` stands below it, blanks first."""

    number: int
    text: str
    carets: str


def source_line(finding: Finding, lines: list[str]) -> SourceLine | None:
    """The first line of a finding; None where it is about no line, or about an empty one.

    Tabs become four blanks; what a terminal would act upon becomes `?`.
    """
    if not 0 < finding.line <= len(lines):
        return None
    line = lines[finding.line - 1]
    if not line.strip():
        return None
    start = min(finding.column - 1, len(line))
    end = finding.end_column - 1 if finding.end_line == finding.line else len(line.rstrip())
    end = max(min(end, len(line)), start)
    before, there, after = (_shown(part) for part in (line[:start], line[start:end], line[end:]))
    if cell_len(before) > _WIDEST - _BEFORE:
        before = _CUT + before[-_BEFORE:]
    room = max(_WIDEST - len(before), _BEFORE)
    if len(there) > room:
        there, after = there[:room] + _CUT, ""
    elif len(there) + len(after) > room:
        after = after[: room - len(there)] + _CUT
    carets = " " * cell_len(before) + "^" * max(cell_len(there), 1)
    return SourceLine(finding.line, (before + there + after).rstrip(), carets)


def split_lines(text: str) -> list[str]:
    """The lines of a source as findings count them, whichever of the three line ends it has."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _shown(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        c if unicodedata.category(c)[0] != "C" else "?" for c in text.replace("\t", _TAB)
    )
