import re
from pathlib import Path

from revitron_grpc.catalog.similarity import DUPLICATE_LIMIT
from revitron_grpc.settings import DEFAULT_THRESHOLDS

PAGE = (Path(__file__).parents[2] / "docs" / "criteria.md").read_text(encoding="utf-8")


def test_the_page_shows_the_thresholds_in_force() -> None:
    rows = re.findall(r"^\| `(\w+)` \| ([\d.]+) \|", PAGE, re.MULTILINE)
    assert {name: float(value) for name, value in rows} == {
        str(criterion): value for criterion, value in DEFAULT_THRESHOLDS.items()
    }


def test_the_page_names_the_limit_in_force() -> None:
    assert f"`DUPLICATE_LIMIT` = {DUPLICATE_LIMIT}" in PAGE
