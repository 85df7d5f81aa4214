"""`# noqa` comments, as ruff and flake8 read them."""

import re
from collections.abc import Iterable

from revitron_grpc.analysis.findings import Finding

_NOQA = re.compile(
    r"#\s*noqa(?P<codes>\s*:\s*(?P<list>[A-Z]+[0-9]+(?:[,\s]+[A-Z]+[0-9]+)*))?", re.IGNORECASE
)


def without_silenced(findings: Iterable[Finding], lines: list[str]) -> tuple[Finding, ...]:
    """The findings whose first line does not silence them."""
    kept: list[Finding] = []
    for finding in findings:
        text = lines[finding.line - 1] if finding.line <= len(lines) else ""
        match = _NOQA.search(text) if "noqa" in text.lower() else None
        if match is None:
            kept.append(finding)
            continue
        listed = match.group("list")
        if listed is None:
            continue
        codes = {code.upper() for code in re.split(r"[,\s]+", listed)}
        if finding.rule not in codes:
            kept.append(finding)
    return tuple(kept)
