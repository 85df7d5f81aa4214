"""The simulated Revit does what the table of behaviours says, row by row."""

from typing import Any

import pytest

from revitron_grpc.vocabulary import Engine
from tests.simulation.behaviour_run import observe
from tests.simulation.behaviour_table import ROWS, replay

# Rows about worksharing need a workshared model; row 64.1 needs the other one.
WORKSHARED = frozenset(("24.2", "44.1", "44.2", "44.3"))
OLDEST, NEWEST = 2022, 2026


def versions(row: Any) -> list[int]:
    """The oldest and the newest Revit version that a row concerns."""
    return sorted({max(row.since, OLDEST), min(row.until, NEWEST)})


DECIDED = [
    pytest.param(row.number, version, row.expected, id=f"{row.number}-{version}")
    for row in ROWS
    for version in versions(row)
    if row.expected is not None
]
UNDECIDED = [row.number for row in ROWS if row.expected is None]


def observed(number: str, version: int, engine: Engine) -> str:
    result = observe(number, version, engine, workshared=number in WORKSHARED)
    assert result.unknown == "", result.trace
    assert result.error == "", result.trace
    assert result.changes.none, "an observation takes back all that it did"
    return result.variables["seen"]


@pytest.mark.parametrize(("number", "version", "expected"), DECIDED)
def test_the_simulation_behaves_as_expected(number: str, version: int, expected: str) -> None:
    assert observed(number, version, Engine.IRONPYTHON_27) == expected


@pytest.mark.parametrize("number", [row.number for row in ROWS if row.area == "dotnet"])
def test_what_depends_on_python_holds_in_python_3_too(number: str) -> None:
    (row,) = (row for row in ROWS if row.number == number)
    assert observed(number, NEWEST, Engine.IRONPYTHON_34) == row.expected


@pytest.mark.parametrize("number", UNDECIDED)
def test_the_simulation_refuses_to_guess_what_is_undecided(number: str) -> None:
    assert observe(number, NEWEST).unknown


@pytest.mark.parametrize("version", range(OLDEST, NEWEST + 1))
def test_every_version_has_rows_of_every_number(version: int) -> None:
    numbers = {row.number.split(".")[0] for row in replay.rows_for(version)}
    assert numbers == {row.number.split(".")[0] for row in ROWS}
