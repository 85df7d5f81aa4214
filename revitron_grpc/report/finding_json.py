"""Findings as JSON: the keys of the contract first, in its order, what came later behind them."""

import json
from collections.abc import Iterable

from revitron_grpc.analysis.findings import Finding, Fix


def as_json(finding: Finding) -> dict[str, object]:
    """The finding as an object.

    `revit_versions` are the versions in which the line fails; `line` and `column` are 0 where a
    finding is about a whole file or folder; ends are exclusive; `fix` is null or the edits that
    `--fix` would make.
    """
    return {
        "path": finding.path,
        "line": finding.line,
        "column": finding.column,
        "rule": finding.rule,
        "severity": finding.severity,
        "symbol": finding.symbol,
        "revit_versions": list(finding.revit_versions),
        "message": finding.message,
        "end_line": finding.end_line,
        "end_column": finding.end_column,
        "suggestion": finding.suggestion,
        "documentation_url": finding.documentation_url,
        "fix": None if finding.fix is None else _fix(finding.fix),
    }


def json_array(findings: Iterable[Finding]) -> str:
    """All findings as one JSON array, for a program that reads the whole."""
    rows = [as_json(finding) for finding in findings]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def json_line(finding: Finding) -> str:
    """One finding as one line of JSON, for a program that reads while it is written."""
    return json.dumps(as_json(finding), ensure_ascii=False) + "\n"


def _fix(fix: Fix) -> dict[str, object]:
    return {
        "title": fix.title,
        "edits": [
            {
                "line": edit.line,
                "column": edit.column,
                "end_line": edit.end_line,
                "end_column": edit.end_column,
                "text": edit.text,
            }
            for edit in fix.edits
        ],
    }
