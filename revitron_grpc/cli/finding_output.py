"""What `validate` prints: findings or the table of buttons, in the format that was asked for."""

import io
from enum import StrEnum
from pathlib import Path

from rich.console import Console
from rich.table import Table

from revitron_grpc import __version__
from revitron_grpc.catalog.query import Catalog
from revitron_grpc.cli.judging import Judgement
from revitron_grpc.report.button_matrix import (
    ButtonMatrix,
    Outcome,
    button_matrix,
    cell_told,
    matrix_csv,
    matrix_json,
    matrix_markdown,
    totals_told,
)
from revitron_grpc.report.finding_json import json_array, json_line
from revitron_grpc.report.findings_text import finding_text
from revitron_grpc.report.github_commands import workflow_command
from revitron_grpc.report.rule_texts import rule_texts
from revitron_grpc.report.sarif import sarif_log
from revitron_grpc.vocabulary import RevitVersion

_STYLES = {Outcome.OK: "green", Outcome.BREAKS: "bold red", Outcome.UNKNOWN: "yellow"}


class FindingFormat(StrEnum):
    """How findings, or the table of `--statistics`, are printed."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"
    SARIF = "sarif"
    GITHUB = "github"
    CSV = "csv"
    MARKDOWN = "markdown"


OF_FINDINGS = frozenset(FindingFormat) - {FindingFormat.CSV, FindingFormat.MARKDOWN}
OF_STATISTICS = frozenset(
    {FindingFormat.TEXT, FindingFormat.JSON, FindingFormat.CSV, FindingFormat.MARKDOWN}
)


def findings_told(
    done: Judgement,
    form: FindingFormat,
    catalog: Catalog,
    versions: tuple[RevitVersion, ...],
) -> str:
    """The findings in a format for programs."""
    root = Path.cwd()
    match form:
        case FindingFormat.JSON:
            return json_array(done.findings)
        case FindingFormat.JSONL:
            return "".join(json_line(finding) for finding in done.findings)
        case FindingFormat.GITHUB:
            return "".join(workflow_command(finding, root) for finding in done.findings)
        case FindingFormat.SARIF:
            return sarif_log(
                done.findings,
                rules=rule_texts(),
                lines=done.lines,
                root=root,
                versions=versions,
                release=__version__,
                catalog=catalog.digest,
            )
        case _:
            raise ValueError(f"{form} is no format for findings")


def tell_findings(done: Judgement, console: Console) -> None:
    """The findings for people."""
    for finding in done.findings:
        for line in finding_text(finding, done.lines.get(finding.path, [])):
            console.print(line)


def statistics(done: Judgement, versions: tuple[RevitVersion, ...]) -> ButtonMatrix:
    """The table of buttons by version."""
    return button_matrix(done.judged_buttons(), versions)


def statistics_told(matrix: ButtonMatrix, form: FindingFormat) -> str:
    """The table in a format for programs and documents."""
    match form:
        case FindingFormat.JSON:
            return matrix_json(matrix)
        case FindingFormat.CSV:
            return matrix_csv(matrix)
        case FindingFormat.MARKDOWN:
            titles = {code: text.title for code, text in rule_texts().items()}
            return matrix_markdown(matrix, titles)
        case _:
            raise ValueError(f"{form} is no format for the table of buttons")


def tell_statistics(matrix: ButtonMatrix, console: Console) -> None:
    """The table for people, and below it the rules."""
    table = Table(box=None, pad_edge=False)
    table.add_column("Button", overflow="fold")
    for version in matrix.versions:
        table.add_column(str(version), no_wrap=True)
    table.add_column("Rules")
    for row in matrix.rows:
        cells = [f"[{_STYLES[cell.outcome]}]{cell_told(cell)}[/]" for cell in row.cells]
        table.add_row(row.name.replace("[", "\\["), *cells, " ".join(row.rules))
    table.add_section()
    table.add_row(f"{len(matrix.rows)} in all", *totals_told(matrix), "", style="bold")
    console.print(table)
    if not matrix.rules:
        return
    titles = rule_texts()
    console.print()
    rules = Table(box=None, pad_edge=False)
    for name in ("Rule", "Severity", "Findings", "Buttons", "About"):
        rules.add_column(name, justify="right" if name in ("Findings", "Buttons") else "left")
    for code, severity, count, buttons in matrix.rules:
        title = titles[code].title if code in titles else ""
        rules.add_row(code, severity, str(count), str(buttons), title)
    console.print(rules)


def plain(tell: "io.StringIO") -> Console:
    """A console that writes text without colours, for a file."""
    return Console(file=tell, highlight=False, soft_wrap=True, width=240, color_system=None)
