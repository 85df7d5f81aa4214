"""Which buttons break in which Revit version: the table for a meeting."""

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from revitron_grpc.analysis.findings import Finding, Severity
from revitron_grpc.vocabulary import RevitVersion

_POSSIBLE = frozenset({"RVT001", "RVT002", "RVT004", "RVT006", "RVT007"})
"""Rules of API that may be missing: below an error nothing certain is said."""


class Outcome(StrEnum):
    """What is known of one button in one version."""

    OK = "ok"
    BREAKS = "breaks"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Cell:
    """One button in one version: lines that break there, places of which it is not known."""

    breaks: int = 0
    unknown: int = 0

    @property
    def outcome(self) -> Outcome:
        """The word for the cell."""
        if self.breaks:
            return Outcome.BREAKS
        return Outcome.UNKNOWN if self.unknown else Outcome.OK


@dataclass(frozen=True, slots=True)
class JudgedButton:
    """A button, script or lib module with all that was found in it.

    `undecided` counts, by version, the API references of which the facts do not say whether they
    exist.
    """

    name: str
    findings: tuple[Finding, ...]
    undecided: Mapping[RevitVersion, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ButtonRow:
    """One line of the table; `rules` are those that say why it breaks."""

    name: str
    cells: tuple[Cell, ...]
    rules: tuple[str, ...]

    @property
    def breaks(self) -> int:
        """In how many versions it breaks."""
        return sum(cell.outcome is Outcome.BREAKS for cell in self.cells)


@dataclass(frozen=True, slots=True)
class ButtonMatrix:
    """The whole table: what breaks in most versions first, then by name; rules by count."""

    versions: tuple[RevitVersion, ...]
    rows: tuple[ButtonRow, ...]
    rules: tuple[tuple[str, Severity, int, int], ...]
    """Code, worst severity, findings, buttons concerned."""

    def totals(self) -> tuple[Counter[Outcome], ...]:
        """How many buttons are what in each version."""
        return tuple(
            Counter(row.cells[index].outcome for row in self.rows)
            for index in range(len(self.versions))
        )


def button_matrix(
    buttons: Iterable[JudgedButton], versions: tuple[RevitVersion, ...]
) -> ButtonMatrix:
    """Count by button and version.

    An error that names no versions, such as a syntax error, breaks all of them. Unknown is where
    something may break: inside a `try` that catches all, or API of which no source says whether
    the version has it.
    """
    rows: list[ButtonRow] = []
    by_rule: dict[str, list[tuple[Severity, str]]] = {}
    for button in buttons:
        breaks: Counter[RevitVersion] = Counter()
        unknown: Counter[RevitVersion] = Counter(button.undecided)
        why: Counter[str] = Counter()
        for finding in button.findings:
            by_rule.setdefault(finding.rule, []).append((finding.severity, button.name))
            if finding.severity is Severity.ERROR:
                breaks.update(finding.revit_versions or versions)
                why[finding.rule] += 1
            elif finding.rule in _POSSIBLE:
                unknown.update(finding.revit_versions)
        rows.append(
            ButtonRow(
                button.name,
                tuple(Cell(breaks[version], unknown[version]) for version in versions),
                tuple(sorted(why)),
            )
        )
    rows.sort(key=lambda r: (-r.breaks, -sum(c.breaks for c in r.cells), r.name))
    order = {severity: index for index, severity in enumerate(Severity)}
    rules = [
        (
            code,
            min((severity for severity, _ in found), key=order.__getitem__),
            len(found),
            len({name for _, name in found}),
        )
        for code, found in by_rule.items()
    ]
    rules.sort(key=lambda r: (order[r[1]], -r[2], r[0]))
    return ButtonMatrix(versions, tuple(rows), tuple(rules))


def matrix_json(matrix: ButtonMatrix) -> str:
    """The table as JSON: versions, buttons with an outcome for each version, rules."""
    table = {
        "revit_versions": list(matrix.versions),
        "buttons": [
            {
                "button": row.name,
                "versions": {
                    str(version): {
                        "outcome": cell.outcome,
                        "breaks": cell.breaks,
                        "unknown": cell.unknown,
                    }
                    for version, cell in zip(matrix.versions, row.cells, strict=True)
                },
                "rules": list(row.rules),
            }
            for row in matrix.rows
        ],
        "rules": [
            {"rule": code, "severity": severity, "findings": count, "buttons": buttons}
            for code, severity, count, buttons in matrix.rules
        ],
    }
    return json.dumps(table, ensure_ascii=False, indent=2) + "\n"


def matrix_csv(matrix: ButtonMatrix) -> str:
    """The table of buttons as CSV, a column a version, for a spreadsheet."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(["button", *map(str, matrix.versions), "rules"])
    for row in matrix.rows:
        cells = [cell_told(cell) for cell in row.cells]
        # A spreadsheet takes a text that begins so for a formula.
        name = f"'{row.name}" if row.name.startswith(("=", "+", "-", "@")) else row.name
        writer.writerow([name, *cells, " ".join(row.rules)])
    return target.getvalue()


def matrix_markdown(matrix: ButtonMatrix, titles: Mapping[str, str]) -> str:
    """Both tables as Markdown; `titles` are those of the rules by code."""
    years = [str(version) for version in matrix.versions]
    lines = [_row(["Button", *years, "Rules"]), _row(["---"] * (len(years) + 2))]
    lines += [
        _row([row.name, *(cell_told(cell) for cell in row.cells), " ".join(row.rules)])
        for row in matrix.rows
    ]
    lines += [
        _row([f"{len(matrix.rows)} buttons", *totals_told(matrix), ""]),
        "",
        _row(["Rule", "Severity", "Findings", "Buttons", "About"]),
        _row(["---"] * 5),
    ]
    lines += [
        _row([code, severity, str(count), str(buttons), titles.get(code, "")])
        for code, severity, count, buttons in matrix.rules
    ]
    return "\n".join(lines) + "\n"


def totals_told(matrix: ButtonMatrix) -> list[str]:
    """For each version how many buttons break, and of how many it is not known."""
    told: list[str] = []
    for count in matrix.totals():
        text = f"{count[Outcome.BREAKS]} break" if count[Outcome.BREAKS] != 1 else "1 breaks"
        if count[Outcome.UNKNOWN]:
            text += f", {count[Outcome.UNKNOWN]} unknown"
        told.append(text)
    return told


def cell_told(cell: Cell) -> str:
    """The word for a cell with its count."""
    match cell.outcome:
        case Outcome.BREAKS:
            return f"breaks ({cell.breaks})"
        case Outcome.UNKNOWN:
            return f"unknown ({cell.unknown})"
        case _:
            return "ok"


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
