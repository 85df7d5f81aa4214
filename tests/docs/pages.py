"""The pages of the documentation as data: tables, code blocks, links and anchors."""

import itertools
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT = Path(__file__).parents[2]
_NOT_OURS = {".venv", ".tools", ".git", "out", "build", "dist"}
_MARKDOWN = MarkdownIt("commonmark").enable("table")


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block; `info` is what stands after the fence."""

    page: Path
    line: int
    info: str
    text: str

    @property
    def name(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line}"


def every_page() -> list[Path]:
    """All pages of the repository."""
    return sorted(
        path
        for path in ROOT.rglob("*.md")
        if not any(
            part in _NOT_OURS or part.startswith(".") for part in path.parts[len(ROOT.parts) :]
        )
    )


def blocks(page: Path, info: str) -> list[Block]:
    """The fenced blocks of a page with exactly this text after the fence."""
    return [
        Block(page, token.map[0] + 1, token.info.strip(), token.content)
        for token in _tokens(page)
        if token.type == "fence" and token.map and token.info.strip() == info
    ]


def commands(page: Path) -> Iterator[list[str]]:
    """Every `revitron-grpc` command in a block of a page, as its words."""
    for token in _tokens(page):
        if token.type == "fence":
            for line in token.content.replace("\\\n", " ").splitlines():
                words = _words(line.removeprefix("$ ")) if "revitron-grpc" in line else []
                if words[:1] == ["revitron-grpc"]:
                    yield words[1:]


def _words(line: str) -> list[str]:
    """The words of a shell's first command, up to a pipe or a file."""
    lexer = shlex.shlex(line, posix=True, punctuation_chars="|<>&;")
    lexer.whitespace_split = True
    return list(itertools.takewhile(lambda word: not set(word) <= set("|<>&;"), lexer))


def spans(page: Path) -> list[str]:
    """What is set as code in the sentences and tables of a page."""
    return [
        part.content
        for token in _tokens(page)
        if token.type == "inline"
        for part in token.children or ()
        if part.type == "code_inline"
    ]


def named_blocks(page: Path) -> Iterator[tuple[str, str]]:
    """Path and text of the blocks that are files: their info is a language and a path."""
    for token in _tokens(page):
        words = token.info.split()
        if token.type == "fence" and len(words) == 2:
            yield words[1], token.content


def table(page: Path, heading: str) -> list[list[str]]:
    """The body of the first table below a heading, as the text of its cells."""
    rows: list[list[str]] = []
    tokens = iter(_tokens(page))
    for token in tokens:
        if token.type == "heading_open" and next(tokens).content == heading:
            break
    else:
        raise AssertionError(f"{page.name} has no heading {heading!r}")
    for token in tokens:
        match token.type:
            case "heading_open" | "tbody_close":
                break
            case "tr_open":
                rows.append([])
            case "td_open":
                rows[-1].append(next(tokens).content)
    assert rows, f"{page.name} has no table below {heading!r}"
    return [row for row in rows if row]


def links(page: Path) -> Iterator[str]:
    """The targets of all links and pictures of a page."""
    for token in _tokens(page):
        for part in token.children or ():
            target = part.attrGet("href") or part.attrGet("src")
            if target is not None:
                yield str(target)


def anchors(page: Path) -> set[str]:
    """The names by which a link reaches a heading of a page."""
    tokens = _tokens(page)
    return {
        re.sub(r"[^\w\- ]", "", heading.content.lower()).replace(" ", "-")
        for opening, heading in itertools.pairwise(tokens)
        if opening.type == "heading_open"
    }


def code(cell: str) -> str:
    """The text of a cell that holds one piece of code."""
    return cell.strip("`")


def _tokens(page: Path) -> list[Token]:
    return _MARKDOWN.parse(page.read_text(encoding="utf-8"))
