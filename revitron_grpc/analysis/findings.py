"""What the analysis says about one place of a script."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from revitron_grpc.vocabulary import RevitVersion


class Severity(StrEnum):
    """How sure and how bad: an error is certain, a warning probable, an info worth knowing."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Edit:
    """A piece of the text as written and what takes its place; the end is exclusive.

    Lines and columns count from 1, columns in characters. An empty piece is an insertion.
    """

    line: int
    column: int
    end_line: int
    end_column: int
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """A replacement that keeps what the script does and makes the finding go."""

    title: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One statement about one place. Lines and columns count from 1.

    `revit_versions` are the requested versions in which the line fails; empty where the finding
    has nothing to do with a version. `fix` is filled in by analysis/fixes.py, for who asks.
    """

    rule: str
    severity: Severity
    message: str
    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    symbol: str = ""
    revit_versions: tuple[RevitVersion, ...] = ()
    suggestion: str = ""
    documentation_url: str = ""
    fix: Fix | None = None


def by_position(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings from top to bottom; those of one place by rule, symbol and message."""
    return tuple(
        sorted(
            findings, key=lambda f: (f.line, f.column, f.rule, f.symbol, f.message, f.end_column)
        )
    )
