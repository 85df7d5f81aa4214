"""The page about each rule, and the index of all: Markdown made from the one description of it."""

import ast
from collections.abc import Mapping

from revitron_grpc.analysis.rules import BLOCKS, page_of
from revitron_grpc.report.rule_texts import RuleText, rule_texts

INDEX = "index.md"
_ABOUT_FOLDERS = "BND"
_BLOCKS = {**BLOCKS, _ABOUT_FOLDERS: "Bundles and extensions"}


def rule_pages() -> Mapping[str, str]:
    """The text of each page of docs/rules by its file name, the index included."""
    texts = rule_texts()
    pages = {page_of(code).rpartition("/")[2]: _page(text) for code, text in texts.items()}
    return {INDEX: _index(texts), **pages}


def _page(text: RuleText) -> str:
    silence = (
        f"Add `# noqa: {text.code}` to the line, or list"
        if not text.code.startswith(_ABOUT_FOLDERS)
        else "List"
    )
    return f"""# {text.code}: {text.title}

{_SEVERITIES[text.severity.value]}

## What it finds

{text.what}

## Why it matters

{text.why}

## Example

{_fenced(text.example, text.code)}

## What to do instead

{_fenced(text.fix, text.code)}

## How to silence it

{silence} `{text.code}` under `ignore` in
[`[tool.revitron]` or `revitron.yaml`](../analysis.md#which-rules-are-reported), or under
`per-path-ignores` for some folders.

[All rules]({INDEX})
"""


_SEVERITIES = {
    "error": "Usually an **error**: certain, and the line or the button fails.",
    "warning": "Usually a **warning**: probable, or certain and not fatal.",
    "info": "Usually an **info**: worth knowing; it does not change the exit code.",
}


def _fenced(text: str, code: str) -> str:
    about_folders = code.startswith(_ABOUT_FOLDERS)
    python = not about_folders and _is_python(text)
    if not python and " " in text and text.endswith("."):
        return text
    return f"```{'python' if python else 'text'}\n{text}\n```"


def _is_python(text: str) -> bool:
    try:
        ast.parse(text)
    except SyntaxError:
        return False
    return True


def _index(texts: Mapping[str, RuleText]) -> str:
    parts = [
        "# Rules",
        "",
        "What `revitron-grpc validate` and `ValidateButtons` look for.",
        "`revitron-grpc rules CODE` prints one of these pages.",
    ]
    for prefix, title in _BLOCKS.items():
        listed = [text for code, text in sorted(texts.items()) if code.startswith(prefix)]
        digits = "xx" if len(prefix) == len("RVT0") else "0xx"
        parts += ["", f"## {prefix}{digits}: {title}", "", "| code | title | usual severity |"]
        parts += ["|---|---|---|"]
        parts += [
            f"| [{one.code}]({one.code}.md) | {one.title} | {one.severity} |" for one in listed
        ]
    return "\n".join(parts) + "\n"
