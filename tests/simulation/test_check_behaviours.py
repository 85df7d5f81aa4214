"""The button *Check behaviours*, clicked in a simulated Revit that differs in two rows."""

import csv
import io
import json

import pytest

from revitron_grpc.simulation.answers import Answer, Answers, Cancel, ChooseFile, Press
from revitron_grpc.simulation.database import Database
from revitron_grpc.simulation.library_sources import read_library
from revitron_grpc.simulation.outcome import PrintedTable
from revitron_grpc.simulation.running import RunResult, run_script
from revitron_grpc.simulation.session import Session
from tests.pyrevit_client.conftest import EXTENSION
from tests.simulation.behaviour_model import behaviour_model
from tests.simulation.behaviour_table import LIBRARY
from tests.simulation.pyrevit_run import api_of

BUTTON = EXTENSION / "RevitronGrpc.tab" / "Behaviours.panel" / "Check behaviours.pushbutton"


def sources() -> dict[str, str]:
    """The table with few rows: the simulation stops at one that is undecided, which Revit does not.

    Row 7.2 expects what Revit does not do, and 13.2 is made undecided.
    """
    found = read_library([LIBRARY])
    areas = "revit_behaviours.areas"
    rows = "[row for row in TABLE if row.number in ('7.1', '7.2', '13.2', '24.2', '33.1')]"
    found[areas] = found[areas].replace("sorted(TABLE,", f"sorted({rows},")
    changes = {
        "collectors": ('"more than 0: True"', '"more than 0: False"'),
        "elements": ('_ELEMENT_ID, "-1")', "_ELEMENT_ID, None)"),
    }
    for module, (before, after) in changes.items():
        name = f"revit_behaviours.{module}"
        assert before in found[name]
        found[name] = found[name].replace(before, after)
    return found


def click(*answers: Answer, database: Database | None = None) -> RunResult:
    session = Session(
        api=api_of(2025),
        database=database or behaviour_model(workshared=False),
        answers=Answers(answers),
        sources=sources(),
    )
    result = run_script(session, (BUTTON / "script.py").read_text(encoding="utf-8"))
    assert result.unknown == "", result.trace
    assert result.error == "", result.trace
    assert result.changes.none
    return result


def exported(name: str) -> str:
    result = click(Press("Yes"), Cancel(), ChooseFile((name,)))
    (content,) = result.outcome.files.values()
    return content.decode("utf-8")


def test_what_differs_is_shown() -> None:
    result = click(Press("Yes"), Cancel(), Cancel())
    assert "2 of 5 behaviours as expected." in "\n".join(result.outcome.texts)
    (table,) = (entry for entry in result.outcome.output if isinstance(entry, PrintedTable))
    assert [(row[0], row[2]) for row in table.rows] == [
        ("7.2", "differs"),
        ("13.2", "not decided yet"),
        ("24.2", "not applicable"),
    ]
    assert table.broken == ()
    assert result.outcome.files == {}


def test_the_differences_are_exported_with_what_they_depend_on() -> None:
    rows = list(csv.DictReader(io.StringIO(exported("differences.csv"))))
    assert [(row["number"], row["expected"], row["observed"]) for row in rows] == [
        ("7.2", "more than 0: False", "more than 0: True"),
        ("13.2", "", "-1"),
    ]
    for row in rows:
        assert row["revit"] == "2025"
        assert row["build"]
        assert row["language"]
        assert row["engine"]
        assert row["source"].startswith("https://")


def test_the_same_as_json_with_the_counts() -> None:
    found = json.loads(exported("differences.json"))
    assert [row["number"] for row in found["results"]] == ["7.2", "13.2"]
    assert found["counts"] == {
        "as expected": 2,
        "differs": 1,
        "not applicable": 1,
        "not decided yet": 1,
    }


def test_nothing_happens_unless_the_user_says_that_it_is_a_copy() -> None:
    result = click(Press("No"))
    assert result.outcome.output == []


@pytest.mark.parametrize("kind", ["is_family", "is_read_only"])
def test_it_does_not_start_where_nothing_can_be_tried(kind: str) -> None:
    database = behaviour_model(workshared=False)
    setattr(database, kind, True)
    result = click(database=database)
    assert result.outcome.output == []
    assert len(result.outcome.messages) == 1
