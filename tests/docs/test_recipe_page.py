"""The worked example of the page on recipes: its slips, and what it says of scenarios."""

from pathlib import Path

import pytest
import yaml

from revitron_grpc.simulation.answers import _KINDS, read_answers
from tests.docs.conftest import Command
from tests.docs.pages import ROOT, blocks, named_blocks

PAGE = ROOT / "docs" / "recipes.md"
SCRIPT = Path("office-pack", "selection_and_filtering", "outside-of-rooms", "script.py.j2")
SLIP, WORK_LEFT_OUT = (block.text for block in blocks(PAGE, "text"))


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """The page's files, as a reader has written them."""
    for path, text in named_blocks(PAGE):
        target = tmp_path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return tmp_path


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_slip_is_told_as_the_page_says(example: Path, command: Command) -> None:
    change(example / SCRIPT, "{{ fine | py }}", "{{ fein | py }}")
    done = command(["revitron-grpc", "recipes", "list", "--recipes", "office-pack"], example)
    assert done.returncode == 2
    # The terminal breaks long lines.
    assert done.stdout.split() == SLIP.split()


def test_a_scenario_fails_when_the_work_is_not_done(example: Path, command: Command) -> None:
    change(example / SCRIPT, "revit.get_selection().set_to(found)\n", "")
    words = "recipes test outside-of-rooms --recipes office-pack --revit 2026 --engine ironpython34"
    done = command(["revitron-grpc", *words.split()], example)
    assert done.returncode == 1
    assert done.stdout.split() == WORK_LEFT_OUT.split()


def test_every_kind_of_answer_is_shown() -> None:
    shown = [
        yaml.safe_load(block.text) for block in blocks(PAGE, "yaml") if "answers:" in block.text
    ]
    answers = [one for page in shown if isinstance(page, dict) for one in page.get("answers", ())]
    assert len(read_answers(answers)) == len(answers)
    assert {kind for one in answers for kind in one} >= set(_KINDS)
