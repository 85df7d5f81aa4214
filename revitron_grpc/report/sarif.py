"""Findings as SARIF 2.1.0 (OASIS), which code-scanning services and editors read."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from revitron_grpc.analysis.findings import Finding, Fix, Severity
from revitron_grpc.report.places import relative_uri
from revitron_grpc.report.rule_texts import RuleText
from revitron_grpc.vocabulary import RevitVersion

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
FINGERPRINT = "revitronFinding/v1"
_ROOT = "%SRCROOT%"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_Json = dict[str, object]


def sarif_log(
    findings: Iterable[Finding],
    *,
    rules: Mapping[str, RuleText],
    lines: Mapping[str, list[str]],
    root: Path,
    versions: tuple[RevitVersion, ...],
    release: str,
    catalog: str,
) -> str:
    """All findings as one log with one run.

    `lines` are the lines of the sources by path, `root` is what paths are relative to, `release`
    and `catalog` name the program and the digest of its facts. Fingerprints depend on the rule,
    the symbol, the path and the text of the line, not on its number: a finding keeps its own
    while lines above it come and go.
    """
    findings = list(findings)
    codes = sorted({finding.rule for finding in findings})
    places = {code: index for index, code in enumerate(codes)}
    seen: dict[str, int] = {}
    results: list[_Json] = []
    for finding in findings:
        uri = relative_uri(finding.path, root)
        print_ = _fingerprint(finding, uri or finding.path, lines.get(finding.path, []), seen)
        results.append(_result(finding, places[finding.rule], _artifact(finding, uri), print_))
    log: _Json = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "revitron-grpc",
                        "version": release,
                        "rules": [_rule(code, rules.get(code)) for code in codes],
                        "properties": {"revitVersions": list(versions), "catalog": catalog},
                    }
                },
                "automationDetails": {
                    "id": f"revitron-grpc/{'-'.join(map(str, versions))}/",
                    "description": {"text": f"Judged for Revit {', '.join(map(str, versions))}"},
                },
                "originalUriBaseIds": {
                    _ROOT: {"description": {"text": "The folder in which the command was run."}}
                },
                "columnKind": "unicodeCodePoints",
                "invocations": [{"executionSuccessful": True}],
                "results": results,
            }
        ],
    }
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _rule(code: str, text: RuleText | None) -> _Json:
    if text is None:
        return {"id": code}
    told = f"{text.what}\n\n{text.why}"
    markdown = told
    if text.example:
        told += f"\n\nExample: {text.example}"
        markdown += f"\n\nExample:\n\n```python\n{text.example}\n```"
    if text.fix:
        told += f"\n\nInstead: {text.fix}"
        fence = "```"
        markdown += f"\n\nInstead:\n\n{fence}\n{text.fix}\n{fence}"
    return {
        "id": code,
        "name": "".join(word.capitalize() for word in _words(text.title)) or code,
        "shortDescription": {"text": text.title},
        "fullDescription": {"text": f"{text.what} {text.why}"},
        "help": {"text": told, "markdown": markdown},
        "defaultConfiguration": {"level": _LEVELS[text.severity]},
        "properties": {"tags": ["revit", code[:4].lower() + "xx"]},
    }


def _words(title: str) -> list[str]:
    return "".join(c if c.isalnum() and c.isascii() else " " for c in title).split()


def _artifact(finding: Finding, uri: str | None) -> _Json:
    if uri is not None:
        return {"uri": uri, "uriBaseId": _ROOT}
    return {"uri": Path(finding.path).absolute().as_uri()}


def _result(finding: Finding, rule: int, artifact: _Json, fingerprint: str) -> _Json:
    location: _Json = {"artifactLocation": artifact}
    if finding.line:
        location["region"] = {
            "startLine": finding.line,
            "startColumn": finding.column,
            "endLine": finding.end_line,
            "endColumn": finding.end_column,
        }
    text = finding.message
    if finding.suggestion:
        text += f"\n{finding.suggestion}"
    properties: _Json = {"revitVersions": list(finding.revit_versions)}
    if finding.symbol:
        properties["symbol"] = finding.symbol
    if finding.documentation_url:
        properties["documentationUrl"] = finding.documentation_url
    result: _Json = {
        "ruleId": finding.rule,
        "ruleIndex": rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": text},
        "locations": [{"physicalLocation": location}],
        "partialFingerprints": {FINGERPRINT: fingerprint},
        "properties": properties,
    }
    if finding.fix is not None:
        result["fixes"] = [_fix(finding.fix, artifact)]
    return result


def _fix(fix: Fix, artifact: _Json) -> _Json:
    return {
        "description": {"text": fix.title},
        "artifactChanges": [
            {
                "artifactLocation": artifact,
                "replacements": [
                    {
                        "deletedRegion": {
                            "startLine": edit.line,
                            "startColumn": edit.column,
                            "endLine": edit.end_line,
                            "endColumn": edit.end_column,
                        },
                        "insertedContent": {"text": edit.text},
                    }
                    for edit in fix.edits
                ],
            }
        ],
    }


def _fingerprint(finding: Finding, where: str, lines: list[str], seen: dict[str, int]) -> str:
    text = lines[finding.line - 1].strip() if 0 < finding.line <= len(lines) else finding.message
    parts = "\0".join((finding.rule, finding.symbol, where, text))
    digest = hashlib.sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    # Equal lines are told apart by their order.
    seen[digest] = seen.get(digest, 0) + 1
    return f"{digest}:{seen[digest]}"
