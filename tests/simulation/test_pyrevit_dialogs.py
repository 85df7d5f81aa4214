"""`pyrevit.forms` in simulation: what dialogs return for what the user answers."""

import datetime

import pytest

from revitron_grpc.simulation.answers import Cancel
from revitron_grpc.simulation.api import RevitApi
from revitron_grpc.simulation.outcome import Message, Toast
from revitron_grpc.vocabulary import Engine
from tests.simulation.pyrevit_run import api_of, failing, run, value


def test_a_plain_message_needs_no_answer() -> None:
    ran = run('result = forms.alert("Nothing to do.", title="Doors", sub_msg="None found.")')
    assert ran.variables["result"] is True
    assert ran.outcome.messages == [
        Message("Nothing to do.", "Doors", "None found.", ("OK",), "OK")
    ]
    assert [shown.describe() for shown in ran.outcome.dialogs] == [
        'forms.alert asks "Doors" / "Nothing to do." and offers "OK"'
    ]


def test_a_message_with_exitscript_ends_the_script() -> None:
    ran = run('forms.alert("Select something.", exitscript=True)\nresult = 1')
    assert ran.outcome.exited
    assert "result" not in ran.variables


@pytest.mark.parametrize(
    ("call", "answer", "expected"),
    [
        ('forms.alert("?", yes=True, no=True)', {"press": "Yes"}, True),
        ('forms.alert("?", yes=True, no=True)', {"press": "No"}, False),
        ('forms.alert("?", cancel=True)', {"cancel": True}, False),
        ('forms.alert("?", ok=False, retry=True, cancel=True)', {"press": "Retry"}, True),
        ('forms.alert("?", options=["Rename", "Delete"])', {"choose": "Delete"}, "Delete"),
        ('forms.alert("?", options=["Rename", "Delete"])', {"cancel": True}, False),
    ],
)
def test_what_a_message_returns(call: str, answer: object, expected: object) -> None:
    assert value(f"result = {call}", answer) == expected


def test_no_ends_the_script_where_it_shall() -> None:
    ran = run('forms.alert("Go on?", yes=True, no=True, exitscript=True)', {"press": "No"})
    assert ran.outcome.exited
    ran = run('forms.alert("Go on?", yes=True, no=True, exitscript=True)', {"press": "Yes"})
    assert not ran.outcome.exited


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ([], "no answer is left"),
        ([{"press": "Ok"}], '"Ok" is not offered'),
        ([{"cancel": True}], "cannot be closed"),
        ([{"press": "Yes", "asks": "Delete"}], "is for a dialog that asks"),
    ],
)
def test_a_question_that_the_scenario_does_not_answer_stops_the_run(
    answers: list[object], told: str
) -> None:
    script = 'try:\n    forms.alert("Go on?", yes=True, no=True)\nexcept Exception:\n    pass'
    error = failing(script, *answers)
    assert told in error
    assert '"Go on?" and offers "Yes", "No"' in error


def test_answers_that_no_dialog_asked_for_are_told() -> None:
    assert run("result = 1", {"cancel": True}).outcome.unused_answers == (Cancel(),)


ITEMS = """
class Door(object):
    def __init__(self, mark):
        self.mark = mark
doors = [Door("D1"), Door("D2"), Door("D3")]
"""


def test_one_item_of_a_list_comes_back_as_it_was_given() -> None:
    call = 'result = forms.SelectFromList.show(doors, name_attr="mark").mark'
    assert value(ITEMS + call, {"choose": "D2"}) == "D2"


def test_ticked_items_come_back_unwrapped_and_in_their_order() -> None:
    call = """
options = [forms.TemplateListItem(d, checked=True, name_attr="mark") for d in doors]
chosen = forms.SelectFromList.show(options, multiselect=True, button_name="Rename")
result = [d.mark for d in chosen], [o.state for o in options], isinstance(chosen[0], Door)
"""
    ticked = {"tick": ["D3", "D1"], "press": "Rename"}
    assert value(ITEMS + call, ticked) == (["D1", "D3"], [True, False, True], True)
    # Pressing the button leaves the ticks as the script set them.
    assert value(ITEMS + call, {"press": "Rename"})[0] == ["D1", "D2", "D3"]


def test_a_list_can_end_in_nothing_or_be_cancelled() -> None:
    call = 'result = forms.SelectFromList.show(doors, multiselect=True, name_attr="mark")'
    assert value(ITEMS + call, {"tick": "none"}) == []
    assert value(ITEMS + call, {"cancel": True}) is None
    ran = run('forms.SelectFromList.show(["A"], exitscript=True)', {"cancel": True})
    assert ran.outcome.exited


def test_all_states_come_back_where_the_script_asks_for_them() -> None:
    call = """
options = forms.SelectFromList.show(
    ["A", "B"], multiselect=True, return_all=True)
result = [(o.item, bool(o)) for o in options]
"""
    assert value(call, {"tick": ["B"]}) == [("A", False), ("B", True)]


def test_groups_of_a_list_are_all_offered() -> None:
    call = """
result = forms.SelectFromList.show(
    {"Plans": ["P1"], "Sections": ["S1", "S2"]}, multiselect=True, default_group="Sections")
"""
    assert value(call, {"tick": ["S2", "P1"]}) == ["P1", "S2"]
    # The button "Check All" sees the group that is shown.
    assert value(call, {"tick": "all"}) == ["S1", "S2"]


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ({"choose": "Level 9"}, '"Level 9" is not in the list'),
        ({"press": "OK"}, 'there is no button "OK", but "Select"'),
        ({"tick": "all"}, "does not fit"),
    ],
)
def test_what_a_list_does_not_offer_cannot_be_chosen(answer: object, told: str) -> None:
    assert told in failing('forms.SelectFromList.show(["Level 1"], title="Level")', answer)


def test_an_item_with_a_name_of_its_own() -> None:
    call = """
class Option(forms.TemplateListItem):
    @property
    def name(self):
        return "No. {}".format(self.item)
result = forms.SelectFromList.show([Option(1), Option(2)])
"""
    assert value(call, {"choose": "No. 2"}) == 2


def test_a_list_item_shows_what_it_wraps() -> None:
    call = """
item = forms.TemplateListItem(doors[0], name_attr="mark")
result = str(item), item.mark, bool(item), item.checked, "D1" in item, item.unwrap() is doors[0]
"""
    assert value(ITEMS + call) == ("D1", "D1", False, False, True, True)


def test_commands_and_switches() -> None:
    call = 'result = forms.CommandSwitchWindow.show(["Rows", "Columns"], message="Order by")'
    assert value(call, {"press": "Columns", "asks": "Order by"}) == "Columns"
    assert value(call, {"cancel": True}) is None
    call = 'result = forms.CommandSwitchWindow.show(["Go"], switches=["All", "Links"])'
    answer = {"tick": ["Links"], "press": "Go"}
    assert value(call, answer) == ("Go", {"All": False, "Links": True})
    assert '"Rows" is not offered' in failing(call, {"press": "Rows"})


def test_texts_dates_and_numbers() -> None:
    call = 'result = forms.ask_for_string(default="5", prompt="Width")'
    assert value(call, {"type": 7}) == "7"
    assert value(call, {"press": "OK"}) == "5"
    assert value(call, {"cancel": True}) is None
    assert value('result = forms.ask_for_one_item(["A", "B"])', {"choose": "B"}) == "B"
    assert value("result = forms.ask_for_date()", {"type": "2024-05-31"}) == datetime.datetime(
        2024, 5, 31
    )
    assert value("result = forms.ask_for_number_slider(min=2, max=9)", {"type": 4}) == 4.0
    assert "is not between 2 and 9" in failing(
        "forms.ask_for_number_slider(min=2, max=9)", {"type": 40}
    )
    assert "is reserved" in failing('forms.ask_for_unique_string(["A"])', {"type": "A"})


def test_files_to_save_and_to_open() -> None:
    call = 'result = forms.save_file(file_ext="csv", default_name="doors.csv")'
    assert value(call, {"file": "list"}).endswith("\\list.csv")
    assert value(call, {"press": "Save"}).endswith("\\doors.csv")
    assert value(call, {"file": "D:\\out.txt"}) == "D:\\out.txt"
    assert value(call, {"cancel": True}) is None
    assert "there is no file" in failing('forms.pick_file(file_ext="csv")', {"file": "a.csv"})


def test_bars_and_notifications() -> None:
    ran = run(
        """
with forms.ProgressBar(title="{value} of {max_value}", cancellable=True) as bar:
    bar.update_progress(1, 3)
    result = bar.cancelled, bar.new_value, bar.title
with forms.WarningBar(title="Pick"):
    forms.toast("Done", title="Doors")
"""
    )
    assert ran.variables["result"] == (False, 1, "{value} of {max_value}")
    assert ran.outcome.toasts == [Toast("Done", "Doors")]


def test_checks_of_the_document() -> None:
    ran = run("result = forms.check_workshared(), forms.check_modeldoc(), forms.check_selection()")
    assert ran.variables["result"] == (False, True, False)
    assert ran.outcome.texts == (
        "Model is not workshared.",
        "At least one element must be selected.",
    )


def test_windows_of_a_scripts_own_are_not_simulated() -> None:
    assert "pyrevit.forms.WPFWindow" in failing('forms.WPFWindow("ui.xaml")')


@pytest.mark.parametrize("call", ['SelectFromList.show(["A"])', 'alert("Hello")', "nonsense()"])
def test_the_dialogs_do_not_exist_under_cpython(call: str) -> None:
    api: RevitApi = api_of(2024, Engine.CPYTHON_3)
    error = failing(f"forms.{call}", {"choose": "A"}, api=api)
    assert error.startswith("PyRevitCPythonNotSupported")


def test_checks_of_the_view() -> None:
    ran = run(
        """
result = forms.check_modelview(revit.active_view), forms.check_modelview(None)
other = forms.select_open_docs()
"""
    )
    assert ran.variables["result"] == (True, False)
    assert ran.variables["other"] is None
    assert ran.outcome.texts[0] == "Active view must be a model view."
    assert ran.outcome.texts[1].startswith("Only one active document is found.")


def test_folders_balloons_and_defaults() -> None:
    assert value("result = forms.pick_folder()", {"file": "D:\\Out"}) == "D:\\Out"
    ask = "import datetime\nresult = forms.ask_for_date(default={})"
    assert value(ask.format("datetime.datetime(2024, 1, 2, 3)"), {"press": "OK"}) == (
        datetime.datetime(2024, 1, 2)
    )
    assert value(ask.format("None"), {"press": "OK"}) is None
    assert run('forms.show_balloon("Doors", "Done")').outcome.toasts == [Toast("Done", "Doors")]
