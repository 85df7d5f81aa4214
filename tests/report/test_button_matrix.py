"""Which button breaks in which version, counted and sorted."""

import csv
import io
import json
from dataclasses import replace

from markdown_it import MarkdownIt

from revitron_grpc.analysis.findings import Severity
from revitron_grpc.report.button_matrix import (
    ButtonMatrix,
    Cell,
    JudgedButton,
    Outcome,
    button_matrix,
    cell_told,
    matrix_csv,
    matrix_json,
    matrix_markdown,
    totals_told,
)
from revitron_grpc.vocabulary import RevitVersion
from tests.report.findings import BREAK, VERSIONS, WARNING

SYNTAX = replace(BREAK, rule="RVT200", revit_versions=(), symbol="")
PERHAPS = replace(BREAK, severity=Severity.INFO)


def matrix(*buttons: JudgedButton) -> ButtonMatrix:
    return button_matrix(buttons, VERSIONS)


def test_what_breaks_most_comes_first() -> None:
    table = matrix(
        JudgedButton("b fine", ()),
        JudgedButton("a fine", (WARNING,)),
        JudgedButton("one version", (BREAK, BREAK)),
        JudgedButton("more lines", (BREAK, BREAK, BREAK)),
        JudgedButton("all versions", (SYNTAX,)),
    )
    assert [row.name for row in table.rows] == [
        "all versions",
        "more lines",
        "one version",
        "a fine",
        "b fine",
    ]
    assert table.rows[0].cells == (Cell(1), Cell(1), Cell(1))
    assert table.rows[2].cells == (Cell(0), Cell(0), Cell(2))
    assert table.rows[2].rules == ("RVT002",)
    assert totals_told(table) == ["1 breaks", "1 breaks", "3 break"]


def test_what_may_break_is_unknown() -> None:
    table = matrix(
        JudgedButton("in a broad try", (PERHAPS,)),
        JudgedButton("no source says", (), {RevitVersion(2025): 3}),
        JudgedButton("breaks anyway", (BREAK,), {RevitVersion(2026): 1}),
    )
    outcomes = {row.name: [cell.outcome for cell in row.cells] for row in table.rows}
    ok, unknown, breaks = Outcome.OK, Outcome.UNKNOWN, Outcome.BREAKS
    assert outcomes == {
        "breaks anyway": [ok, ok, breaks],
        "in a broad try": [ok, ok, unknown],
        "no source says": [ok, unknown, ok],
    }
    assert totals_told(table) == ["0 break", "0 break, 1 unknown", "1 breaks, 1 unknown"]
    assert [cell_told(cell) for cell in table.rows[2].cells] == ["ok", "unknown (3)", "ok"]


def test_rules_by_severity_then_count() -> None:
    table = matrix(
        JudgedButton("a", (SYNTAX, BREAK, BREAK, WARNING)), JudgedButton("b", (BREAK, WARNING))
    )
    assert table.rules == (
        ("RVT002", Severity.ERROR, 3, 2),
        ("RVT200", Severity.ERROR, 1, 1),
        ("RVT403", Severity.WARNING, 2, 2),
    )


def test_the_table_as_json() -> None:
    told = json.loads(matrix_json(matrix(JudgedButton("Größe", (BREAK,)))))
    assert told["revit_versions"] == [2024, 2025, 2026]
    assert told["buttons"][0]["versions"]["2026"] == {
        "outcome": "breaks",
        "breaks": 1,
        "unknown": 0,
    }
    assert told["rules"] == [{"rule": "RVT002", "severity": "error", "findings": 1, "buttons": 1}]


def test_the_table_as_csv() -> None:
    text = matrix_csv(matrix(JudgedButton('a, "b"', (BREAK,)), JudgedButton("=1+1", ())))
    assert list(csv.reader(io.StringIO(text))) == [
        ["button", "2024", "2025", "2026", "rules"],
        ['a, "b"', "ok", "ok", "breaks (1)", "RVT002"],
        ["'=1+1", "ok", "ok", "ok", ""],
    ]


def test_the_table_as_markdown() -> None:
    text = matrix_markdown(matrix(JudgedButton("a | b", (BREAK,))), {"RVT002": "Missing"})
    html = MarkdownIt("commonmark").enable("table").render(text)
    assert html.count("<table>") == 2
    assert html.count("<tr>") == 5
    assert "<td>a | b</td>" in html
    assert "<td>1 buttons</td>" in html
    assert "<td>Missing</td>" in html


def test_no_buttons_is_an_empty_table() -> None:
    assert matrix().rows == ()
    assert totals_told(matrix()) == ["0 break"] * 3
