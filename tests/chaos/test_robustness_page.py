"""docs/robustness.md names what there is."""

import re

from tests.chaos.main import PROTECTIONS, VARIANTS
from tests.chaos.scenarios import SCENARIOS
from tests.docs.pages import ROOT, table

PAGE = ROOT / "docs" / "robustness.md"


def test_every_scenario_has_its_command() -> None:
    commands = [row[-1].strip("`") for row in table(PAGE, "Robustness")]
    assert commands == [f"make chaos SCENARIO={name}" for name in SCENARIOS]


def test_every_variant_and_every_protection_is_named() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert set(re.findall(r"VARIANT=(\w+)", text)) == set(VARIANTS) - {"h2c"}
    assert set(re.findall(r"WITHOUT=([\w-]+)", text)) == set(PROTECTIONS)
