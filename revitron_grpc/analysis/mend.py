"""Apply fixes to a script, byte for byte elsewhere, and look whether the findings are gone."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from revitron_grpc.analysis.findings import Edit, Finding, Severity
from revitron_grpc.analysis.fixes import with_fixes
from revitron_grpc.analysis.python3_syntax import python3_fix
from revitron_grpc.analysis.resolve import ApiView
from revitron_grpc.analysis.script_text import ScriptText

MAX_ROUNDS = 5
"""A fix can lay open another one; so often it is looked again."""
_MAX_SINGLE = 60
"""Fixes of one round that are tried one by one where they do not hold together."""
_LINE_END = re.compile(r"\r\n|\r|\n")
_COOKIE = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
_BOM = b"\xef\xbb\xbf"

Analyse = Callable[[bytes], Sequence[Finding]]
"""What is found in a source: the same analysis as for a report, selection and all."""


@dataclass(frozen=True, slots=True)
class Mended:
    """A script with its fixes applied; `source` is the very same where there were none."""

    source: bytes
    applied: tuple[Finding, ...]


def found_with_fixes(
    source: bytes, findings: Iterable[Finding], view: ApiView
) -> tuple[Finding, ...]:
    """The findings of a source, each with its fix where there is a safe one."""
    findings = tuple(findings)
    text = _decoded(source)
    if text is None or not findings:
        return findings
    script = ScriptText(text[0])
    fixed = with_fixes(findings, script, view)
    return tuple(python3_fix(finding, script.lines) or finding for finding in fixed)


def mend(source: bytes, view: ApiView, analyse: Analyse) -> Mended:
    """Apply every safe fix until there is none left, at most five rounds.

    A fix is kept only if its finding is gone after it and no error or warning has come up that is
    not fixed in its turn; otherwise the text stays as it was there.
    """
    applied: list[Finding] = []
    findings = tuple(analyse(source))
    for _ in range(MAX_ROUNDS):
        fixable = [f for f in found_with_fixes(source, findings, view) if f.fix is not None]
        attempt = _Attempt(source, findings, view, analyse)
        kept = _without_overlap(fixable)
        changed = attempt.with_fixes(kept)
        if changed is None:
            kept = attempt.that_hold(fixable[:_MAX_SINGLE])
            changed = attempt.with_fixes(kept)
        if changed is None:
            break
        source, findings = changed
        applied += kept
    return Mended(source, tuple(applied))


@dataclass(frozen=True, slots=True)
class _Attempt:
    """One round: a text, what was found in it, and a look at what it becomes."""

    source: bytes
    findings: tuple[Finding, ...]
    view: ApiView
    analyse: Analyse

    def with_fixes(self, fixed: Sequence[Finding]) -> tuple[bytes, tuple[Finding, ...]] | None:
        """The text with fixes and what is found in it then; None if that is no better."""
        edits = dict.fromkeys(e for f in fixed if f.fix is not None for e in f.fix.edits)
        changed = edited(self.source, edits)
        if changed is None or changed == self.source:
            return None
        after = tuple(self.analyse(changed))
        return (changed, after) if self._better(fixed, changed, after) else None

    def that_hold(self, fixable: Sequence[Finding]) -> list[Finding]:
        """The fixes that hold together, taken one after the other."""
        kept: list[Finding] = []
        for finding in fixable:
            wider = _without_overlap([*kept, finding])
            if len(wider) > len(kept) and self.with_fixes(wider) is not None:
                kept = wider
        return kept

    def _better(self, fixed: Sequence[Finding], changed: bytes, after: tuple[Finding, ...]) -> bool:
        had, has = Counter(map(_key, self.findings)), Counter(map(_key, after))
        if any(has[key] > had[key] - count for key, count in Counter(map(_key, fixed)).items()):
            return False
        new = {key for key, count in has.items() if count > had[key]}
        # What only comes to light, because a type is known now, is fixed in its turn.
        return not any(
            f.severity is not Severity.INFO and f.fix is None and _key(f) in new
            for f in (found_with_fixes(changed, after, self.view) if new else ())
        )


def _without_overlap(fixable: Sequence[Finding]) -> list[Finding]:
    """The fixes from the first on that can be made at once; equal edits are one."""
    taken: list[Edit] = []
    kept: list[Finding] = []
    for finding in fixable:
        edits = [] if finding.fix is None else [e for e in finding.fix.edits if e not in taken]
        if not any(_overlap(edit, other) for edit in edits for other in taken):
            taken += edits
            kept.append(finding)
    return kept


def _key(finding: Finding) -> tuple[str, Severity, str, str]:
    return finding.rule, finding.severity, finding.symbol, finding.message


def edited(source: bytes, edits: Iterable[Edit]) -> bytes | None:
    """The source with edits made; None if it cannot be read and written without loss."""
    decoded = _decoded(source)
    if decoded is None:
        return None
    text, encoding, bom = decoded
    starts = [0, *(match.end() for match in _LINE_END.finditer(text))]
    for edit in sorted(edits, key=lambda e: (e.line, e.column), reverse=True):
        begin = starts[edit.line - 1] + edit.column - 1
        end = starts[edit.end_line - 1] + edit.end_column - 1
        text = text[:begin] + edit.text + text[end:]
    try:
        return bom + text.encode(encoding)
    except UnicodeEncodeError:
        return None


def _decoded(source: bytes) -> tuple[str, str, bytes] | None:
    """Text, encoding and byte order mark; None where writing it back would change a byte."""
    bom = _BOM if source.startswith(_BOM) else b""
    body = source[len(bom) :]
    encoding = "utf-8"
    for line in body.split(b"\n", 2)[:2]:
        match = _COOKIE.match(line)
        if match and not bom:
            encoding = match.group(1).decode("ascii")
            break
    try:
        text = body.decode(encoding)
        same = text.encode(encoding) == body
    except (UnicodeError, LookupError):
        return None
    return (text, encoding, bom) if same else None


def _overlap(one: Edit, other: Edit) -> bool:
    return (one.line, one.column) < (other.end_line, other.end_column) and (
        (other.line, other.column) < (one.end_line, one.end_column)
    )
