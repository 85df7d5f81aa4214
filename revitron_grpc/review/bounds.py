"""How long a report may be: a script of 1 MiB can hold 100,000 mistakes and names of any length."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from revitron_grpc.analysis.findings import Finding
from revitron_grpc.button_spec import ApiRequirement

MAX_FINDINGS = 2_000
MAX_REQUIREMENTS = 1_000
MAX_NOTES = 20
MAX_TEXT = 400
"""Characters of one message, symbol or suggestion. A report with all of these at their limits is
under the 4 MiB that a gRPC client takes by default."""


def bounded_text(text: str) -> str:
    """Return a text of at most 400 characters that UTF-8 can write, lone surrogates replaced."""
    if len(text) > MAX_TEXT:
        text = text[: MAX_TEXT - 3] + "..."
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def bounded_finding(finding: Finding) -> Finding:
    """Return the finding with its texts bounded."""
    texts = finding.message, finding.symbol, finding.suggestion
    bounded = tuple(map(bounded_text, texts))
    if bounded == texts:
        return finding
    message, symbol, suggestion = bounded
    return replace(finding, message=message, symbol=symbol, suggestion=suggestion)


def bounded_requirements(found: Sequence[ApiRequirement]) -> tuple[ApiRequirement, ...]:
    """Return the first 1,000 requirements with their texts bounded."""
    return tuple(
        replace(one, symbol=bounded_text(one.symbol), replacement=bounded_text(one.replacement))
        for one in found[:MAX_REQUIREMENTS]
    )


def bounded_notes(notes: Iterable[str]) -> tuple[str, ...]:
    """Return the first 20 different notes, and how many more there are."""
    told = [bounded_text(note) for note in dict.fromkeys(notes)]
    if len(told) <= MAX_NOTES:
        return tuple(told)
    return (*told[:MAX_NOTES], f"and {len(told) - MAX_NOTES} more")
