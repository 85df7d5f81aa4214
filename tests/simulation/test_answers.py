"""Scripted answers to dialogs: what a scenario may write, and what does not fit a dialog."""

import pytest

from revitron_grpc.errors import InvalidInputError
from revitron_grpc.simulation.answers import (
    Answers,
    Cancel,
    Choose,
    ChooseFile,
    Dialog,
    NoAnswer,
    Pick,
    PickPoint,
    Press,
    Tick,
    TypeText,
    answer_text,
    read_answers,
)

LEVELS = Dialog("forms.SelectFromList", title="Which level?", choices=("Level 1", "Level 2"))


def test_every_answer_is_read_from_plain_data() -> None:
    read = read_answers(
        [
            {"choose": "Level 1"},
            {"tick": ["Door 1", 102], "press": "Select", "asks": "doors"},
            {"tick": "all"},
            {"type": 2.5},
            {"press": "Yes"},
            {"file": "doors.csv"},
            {"pick": ["door_1", 4711]},
            {"point": [0, 1.5, 2]},
            {"cancel": True, "offers": "Level 1"},
        ]
    )
    assert read == (
        Choose("Level 1"),
        Tick(("Door 1", "102"), "Select", "doors"),
        Tick("all"),
        TypeText("2.5"),
        Press("Yes"),
        ChooseFile(("doors.csv",)),
        Pick(("door_1", 4711)),
        PickPoint((0.0, 1.5, 2.0)),
        Cancel(offers="Level 1"),
    )
    assert Answers(read[-1:]).take(LEVELS) == read[-1]
    assert [answer_text(answer) for answer in read[:2]] == [
        "choose: Level 1",
        "tick: ['Door 1', '102']",
    ]


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ({"press": True}, "write it in quotes"),
        ({"choose": "A", "type": "B"}, "exactly one of"),
        ({"chose": "A"}, "exactly one of"),
        ({"choose": "A", "ask": "B"}, "may have asks"),
        ("Level 1", "is not a mapping"),
        ({"cancel": False}, "only be true"),
        ({"point": [1, 2]}, "three numbers"),
        ({"pick": [1.5]}, "handles or element ids"),
    ],
)
def test_an_answer_that_cannot_be_read_is_told_with_its_place(entry: object, told: str) -> None:
    with pytest.raises(InvalidInputError, match=told) as raised:
        read_answers([{"choose": "A"}, entry])
    assert [violation.field for violation in raised.value.violations] == ["answers[1]"]


def test_answers_are_taken_in_their_order() -> None:
    answers = Answers([Choose("Level 2"), Cancel(), Choose("Level 1")])
    assert answers.take(LEVELS, Choose) == Choose("Level 2")
    assert answers.take(LEVELS, Choose) == Cancel()
    assert answers.left == (Choose("Level 1"),)


def test_a_dialog_without_an_answer_tells_what_it_asks_and_offers() -> None:
    with pytest.raises(NoAnswer, match=r'"Which level.*offers "Level 1", "Level 2"'):
        Answers().take(LEVELS, Choose)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (TypeText("Level 1"), 'type: "Level 1".*does not fit'),
        (Choose("Level 1", asks="Which room"), 'is for a dialog that asks "Which room"'),
        (Choose("Level 2", offers="Level 2"), 'dialog that offers "Level 2" first'),
    ],
)
def test_an_answer_that_does_not_fit_stops_the_run(answer: Choose | TypeText, told: str) -> None:
    with pytest.raises(NoAnswer, match=told):
        Answers([answer]).take(LEVELS, Choose)


def test_no_script_can_swallow_a_missing_answer() -> None:
    assert not issubclass(NoAnswer, Exception)
