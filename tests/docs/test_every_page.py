"""What holds for every page of the repository."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from revitron_grpc.button_spec import PROOF_STATEMENT
from tests.docs.commands import parse
from tests.docs.pages import ROOT, anchors, commands, every_page, links

PAGES = every_page()
NAMES = [str(page.relative_to(ROOT)) for page in PAGES]


def prose(page: Path) -> str:
    """The text of a page in lower case, without emphasis and line breaks."""
    return " ".join(re.sub(r"[*_>]", "", page.read_text(encoding="utf-8")).lower().split())


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    for link in links(page):
        if re.match(r"[a-z]+:", link):
            assert link.startswith("https://"), link
            continue
        path, _, anchor = unquote(link).partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.is_relative_to(ROOT), link
        assert target.exists(), link
        if anchor:
            assert anchor in anchors(target), link


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_no_page_claims_more_than_is_proven(page: Path) -> None:
    text = prose(page)
    for claim in ("tested in revit", "works in revit"):
        assert claim not in text


@pytest.mark.parametrize("name", ["contract.md", "command-line.md", "recipes.md"])
def test_a_page_for_users_says_what_is_proven(name: str) -> None:
    assert PROOF_STATEMENT.lower().rstrip(".") in prose(ROOT / "docs" / name)


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_every_command_is_one(page: Path) -> None:
    for words in commands(page):
        parse(words)
