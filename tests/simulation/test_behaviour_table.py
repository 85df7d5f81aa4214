"""The table of behaviours is whole: all that was promised, each with a source."""

import re
from collections import Counter

import pytest

from tests.simulation.behaviour_table import PACKAGE, ROWS, replay

PROMISED = set(range(1, 46))
VERSIONS = range(2022, 2027)


def numbers() -> set[int]:
    return {int(row.number.split(".")[0]) for row in ROWS}


def test_every_promised_behaviour_has_a_row() -> None:
    assert numbers() >= PROMISED
    assert len(numbers() - PROMISED) >= 15


def test_no_number_is_used_twice() -> None:
    assert [n for n, count in Counter(row.number for row in ROWS).items() if count > 1] == []
    assert [n for n, count in Counter(row.title for row in ROWS).items() if count > 1] == []


@pytest.mark.parametrize("row", ROWS, ids=[row.number for row in ROWS])
def test_a_row_has_a_source_and_something_to_expect(row: object) -> None:
    source, expected = getattr(row, "source", ""), getattr(row, "expected", "")
    assert source == "field knowledge" or re.fullmatch(r"https://[\w.-]+/[^ ]+", source)
    assert expected is None or (isinstance(expected, str) and expected)
    # What experience alone says is no test.
    assert expected is not None or source == "field knowledge"


def test_every_module_is_read() -> None:
    shared = {"__init__", "areas", "replay", "table", "tools"}
    assert {path.stem for path in PACKAGE.glob("*.py")} == shared | {row.area for row in ROWS}


@pytest.mark.parametrize("version", VERSIONS)
def test_rows_that_follow_each_other_cover_every_version_once(version: int) -> None:
    concerned = {row.number for row in replay.rows_for(version)}
    assert len(concerned & {"13.3", "13.4"}) == 1
    assert len(concerned & {"13.5", "13.6"}) == 1
    assert len(concerned & {"28.2", "28.3"}) == 1
    assert len(concerned & {"29.1", "29.2"}) == 1
    assert len(concerned & {"29.3", "29.4"}) == 1
