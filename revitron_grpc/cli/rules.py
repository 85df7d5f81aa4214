"""`revitron-grpc rules`: the rules of the judge, and what each is about."""

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from revitron_grpc.analysis.rules import page_of
from revitron_grpc.analysis.selection import unknown_code
from revitron_grpc.cli.terminal import told_errors
from revitron_grpc.errors import FieldViolation, InvalidInputError, Reason
from revitron_grpc.report.rule_pages import rule_pages
from revitron_grpc.report.rule_texts import RuleText, rule_texts


class RuleFormat(StrEnum):
    """How rules are printed."""

    TEXT = "text"
    JSON = "json"


def rules(
    codes: Annotated[
        list[str] | None,
        typer.Argument(metavar="[CODE]...", help="Codes or beginnings of codes; all if left out."),
    ] = None,
    form: Annotated[
        RuleFormat,
        typer.Option("--format", help="text for people (Markdown for a single rule), or json."),
    ] = RuleFormat.TEXT,
    pages: Annotated[
        Path | None,
        typer.Option(help="Write the page of every rule, and an index, into this folder."),
    ] = None,
) -> None:
    """List the rules, or explain one."""
    with told_errors():
        texts = rule_texts()
        wanted = [code.strip().upper() for code in codes or ()]
        for code in wanted:
            problem = unknown_code(code, texts)
            if problem:
                raise InvalidInputError(Reason.INVALID_REQUEST, (FieldViolation("CODE", problem),))
    if pages is not None:
        pages.mkdir(parents=True, exist_ok=True)
        for name, text in rule_pages().items():
            (pages / name).write_text(text, encoding="utf-8", newline="\n")
        return
    chosen = [
        text
        for code, text in sorted(texts.items())
        if not wanted or "ALL" in wanted or any(code.startswith(one) for one in wanted)
    ]
    if form is RuleFormat.JSON:
        print(json.dumps([_as_json(one) for one in chosen], ensure_ascii=False, indent=2))
    elif len(chosen) == 1:
        print(rule_pages()[f"{chosen[0].code}.md"], end="")
    else:
        width = max(len(one.severity) for one in chosen)
        for one in chosen:
            print(f"{one.code}  {one.severity:<{width}}  {one.title}")


def _as_json(text: RuleText) -> dict[str, str]:
    return {
        "code": text.code,
        "title": text.title,
        "severity": text.severity.value,
        "what": text.what,
        "why": text.why,
        "example": text.example,
        "fix": text.fix,
        "documentation": page_of(text.code),
    }
