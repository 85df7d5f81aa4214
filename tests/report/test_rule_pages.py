"""A page for every rule, made from its one description."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from revitron_grpc.cli.commands import app
from revitron_grpc.report.rule_pages import rule_pages
from revitron_grpc.report.rule_texts import rule_texts
from revitron_grpc.rule_book import CODES

PAGES = Path(__file__).parents[2] / "docs" / "rules"
RUN = CliRunner()


def test_the_pages_in_the_repository_are_current() -> None:
    written = {page.name: page.read_text(encoding="utf-8") for page in PAGES.glob("*.md")}
    assert written == dict(rule_pages()), "revitron-grpc rules --pages docs/rules"


def test_every_rule_has_one() -> None:
    assert set(rule_texts()) == CODES
    assert set(rule_pages()) == {f"{code}.md" for code in CODES} | {"index.md"}


@pytest.mark.parametrize("code", sorted(CODES))
def test_a_page_says_all_there_is_to_say(code: str) -> None:
    text, page = rule_texts()[code], rule_pages()[f"{code}.md"]
    for part in (text.what, text.why, text.example, text.fix, text.title, f"`{code}`"):
        assert part
        assert part in page
    assert text.what.endswith(".")
    assert text.why.endswith(".")
    assert ("# noqa" in page) is code.startswith("RVT")


def test_the_command_lists_and_explains() -> None:
    listed = RUN.invoke(app, ["rules"])
    assert listed.exit_code == 0
    assert [line.split()[0] for line in listed.stdout.splitlines()] == sorted(CODES)
    one = RUN.invoke(app, ["rules", "rvt009"])
    assert one.stdout == rule_pages()["RVT009.md"]
    some = json.loads(RUN.invoke(app, ["rules", "RVT4", "BND001", "--format", "json"]).stdout)
    assert [row["code"] for row in some] == ["BND001", "RVT400", "RVT401", "RVT402", "RVT403"]
    assert some[0]["documentation"] == "docs/rules/BND001.md"


def test_an_unknown_code_is_a_usage_error() -> None:
    wrong = RUN.invoke(app, ["rules", "RVT999"])
    assert wrong.exit_code == 2


def test_pages_are_written(tmp_path: Path) -> None:
    assert RUN.invoke(app, ["rules", "--pages", str(tmp_path / "p")]).exit_code == 0
    assert {page.name for page in (tmp_path / "p").iterdir()} == set(rule_pages())
