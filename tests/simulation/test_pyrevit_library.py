"""pyRevit's output, settings, transactions and picks in simulation, and the edges of it."""

import pytest

from revitron_grpc.simulation.answers import Answers, read_answers
from revitron_grpc.simulation.outcome import LogEntry, Outcome, OutputKind, PrintedText
from revitron_grpc.simulation.running import run_script
from tests.simulation.pyrevit_run import HEAD, a_session, api_of, failing, run, value

PLAN = "plan = revit.active_view\noutput = script.get_output()\n"


def test_the_output_window_keeps_what_it_shows() -> None:
    ran = run(
        PLAN
        + """
print("Hello")
output.print_md("**Plan** {}".format(output.linkify(plan.Id, "P_1")))
output.print_table([[output.linkify(plan.Id), 2.5]], columns=["Id", "Area"], title="Plans",
                   formats=["", "{} m"])
"""
    )
    number = ran.variables["plan"].Id.number
    table = ran.outcome.tables[0]
    assert ran.outcome.texts == ("Hello", "**Plan** P_1")
    assert (table.title, table.columns) == ("Plans", ("Id", "Area"))
    assert (table.rows, table.links) == (((str(number), "2.5 m"),), ((number,),))
    assert ran.outcome.links == (number,)


def test_a_table_without_rows_fails_as_in_pyrevit() -> None:
    assert "ValueError" in failing(PLAN + 'output.print_table([], columns=["A"])')


def test_a_link_to_too_many_elements_is_dead() -> None:
    ran = run(PLAN + "output.print_md(output.linkify([plan.Id] * 200))")
    assert ran.outcome.links == ()
    ran = run(PLAN + "output.print_md(output.linkify([plan.Id] * 50))")
    assert len(ran.outcome.output[0].links) == 50


def test_only_ids_make_a_link() -> None:
    assert "UnboundLocalError" in failing(PLAN + "output.linkify(plan)")


def test_the_log_is_shown_from_warnings_on() -> None:
    ran = run('log = script.get_logger()\nlog.info("a")\nlog.error("b %s", 1)')
    assert ran.outcome.log == [LogEntry("INFO", "a"), LogEntry("ERROR", "b 1")]
    shown = ran.outcome.output[0]
    assert isinstance(shown, PrintedText)
    assert (shown.kind, shown.text.endswith("b 1")) == (OutputKind.LOG, True)
    assert len(ran.outcome.output) == 1


def test_settings_that_are_saved_are_there_in_the_next_run() -> None:
    session = a_session()
    ask = "config = script.get_config()\n"
    kept = ask + 'config.set_option("Limit", (1, 2))\nscript.save_config()'
    lost = ask + 'config.limit = 9\nconfig.set_option("other", 1)'
    read = ask + 'result = config.get_option("limit", 0), config.has_option("other")'
    for source in (kept, lost, read):
        session.outcome, session.answers = Outcome(), Answers(read_answers([]))
        ran = run_script(session, HEAD + source)
        assert ran.error == "", ran.trace
    # What JSON makes of a tuple is a list; what nobody saved is gone.
    assert ran.variables["result"] == ([1, 2], False)


def test_a_setting_without_default_must_be_there() -> None:
    assert "AttributeError" in failing('script.get_config().get_option("limit")')
    assert value('result = script.get_config().get_option("limit", "")') == ""
    refused = failing('script.get_config().set_option("view", revit.active_view)')
    assert refused.startswith("PyRevitException")


CHANGE = """
level = DB.FilteredElementCollector(revit.doc).OfClass(DB.Level).FirstElement()
before = level.Pinned
"""


def test_a_transaction_commits_at_the_end_of_its_block() -> None:
    ran = run(
        CHANGE
        + """
with revit.Transaction("Pin", log_errors=False) as step:
    level.Pinned = not before
result = str(step.status), level.Pinned != before
"""
    )
    assert ran.variables["result"] == ("Committed", True)
    assert ran.changes.transactions == ("Pin",)


@pytest.mark.parametrize("kind", ["Transaction", "DryTransaction", "TransactionGroup"])
def test_an_error_in_the_block_rolls_back_and_goes_on(kind: str) -> None:
    failure = "" if kind == "DryTransaction" else "raise ValueError('stop')"
    inner = "with revit.Transaction('Inner'):" if kind == "TransactionGroup" else "if True:"
    ran = run(
        CHANGE
        + f"""
try:
    with revit.{kind}("Pin"):
        {inner}
            level.Pinned = not before
        {failure}
    result = "ended"
except ValueError:
    result = "failed"
same = level.Pinned == before
"""
    )
    assert ran.variables["result"] == ("ended" if kind == "DryTransaction" else "failed")
    assert ran.variables["same"]
    assert ran.changes.none
    logged = [entry.level for entry in ran.outcome.log]
    assert logged == ([] if kind == "DryTransaction" else ["ERROR"])


def test_a_transaction_in_a_transaction_is_a_sub_transaction() -> None:
    ran = run(
        CHANGE
        + """
with revit.Transaction("Outer"):
    with revit.Transaction("Inner") as inner:
        level.Pinned = not before
    result = inner.name
"""
    )
    assert ran.variables["result"] is None
    assert ran.changes.transactions == ("Outer",)


def test_the_selection() -> None:
    ran = run(
        CHANGE
        + """
selection = revit.get_selection()
empty = selection.is_empty
selection.set_to([revit.active_view, level])
again = revit.get_selection()
result = (empty, len(again), again.first.Id == revit.active_view.Id, level in again,
          [e.Id == level.Id for e in again.include(DB.Level)], again.only_views().last.Name)
"""
    )
    assert ran.variables["result"] == (True, 2, True, True, [True], "Level 1")
    assert len(ran.outcome.selection) == 2


def test_picked_elements() -> None:
    assert value("result = revit.pick_element('A view').Name", {"pick": "plan-1"}) == "Level 1"
    assert value("result = revit.pick_element()", {"cancel": True}) is None
    picked = "result = [e.Name for e in revit.pick_elements()]"
    assert value(picked, {"pick": ["plan-1", "plan-2"]}) == ["Level 1", "Level 2"]
    assert value("result = revit.pick_elements()", {"pick": []}) is None
    assert 'no element "plan-9"' in failing("revit.pick_element()", {"pick": "plan-9"})
    one_by_one = "result = [e.Name for e in revit.get_picked_elements()]"
    assert value(one_by_one, {"pick": "plan-2"}, {"cancel": True}) == ["Level 2"]


def test_the_application() -> None:
    ask = """
result = (HOST_APP.version, HOST_APP.is_newer_than(2022), HOST_APP.is_newer_than(2024),
          HOST_APP.is_newer_than("2024", or_equal=True), HOST_APP.is_older_than(2025),
          HOST_APP.is_exactly(2024), HOST_APP.doc.Title == revit.doc.Title,
          EXEC_PARAMS.config_mode)
"""
    assert value(ask) == (2024, True, False, True, True, True, True, False)
    assert value("result = HOST_APP.version", api=api_of(2026)) == 2026
    assert value("result = EXEC_PARAMS.config_mode", shift_click=True) is True


def test_variables_clipboard_and_pages() -> None:
    ran = run(
        """
script.set_envvar("DOORS", 3)
result = script.get_envvar("DOORS"), script.get_envvar("OTHER")
script.clipboard_copy("text")
script.open_url("example.com")
script.exit()
result = None
"""
    )
    assert ran.variables["result"] == (3, None)
    assert ran.outcome.clipboard == "text"
    assert ran.outcome.opened == ["http://example.com"]
    assert ran.outcome.exited


def test_a_name_that_pyrevit_has_not_is_absent_and_one_that_is_not_written_says_so() -> None:
    assert "has no attribute 'select_doors'" in failing("forms.select_doors()")
    assert "ImportError" in failing("from pyrevit.forms import select_doors")
    assert "pyrevit.forms.SearchPrompt" in failing("forms.SearchPrompt.show([])")
    assert "pyrevit.revit.query.get_history" in failing("revit.query.get_history(None)")
    assert "make_bar_chart" in failing("script.get_output().make_bar_chart()")
    assert "has no attribute 'print_pdf'" in failing("script.get_output().print_pdf()")


def test_modules_of_one_run_are_not_those_of_another() -> None:
    run("script.mine = 1")
    assert "has no attribute 'mine'" in failing("script.mine")


def test_what_pyrevit_takes_over_from_elsewhere() -> None:
    taken = "from pyrevit import framework\nresult = framework.List[str](['a']).Count"
    assert value(taken) == 1
    helper = "from pyrevit.compat import get_elementid_value_func\n"
    read = helper + "result = get_elementid_value_func()(revit.active_view.Id)"
    assert value(read) == value(read, api=api_of(2022))


def test_what_the_output_window_remembers_of_itself() -> None:
    ran = run(
        PLAN
        + """
first = output.get_title(), output.get_width(), output.get_height()
output.set_title("Doors")
output.resize(400, 300)
output.set_width(500)
second = output.get_title(), output.get_width(), output.get_height()
result = first[0] == EXEC_PARAMS.command_name, first[1] > 0, second
output.insert_divider()
output.open_url("https://example.com")
output.log_error("wrong")
output.show()
"""
    )
    assert ran.variables["result"] == (True, True, ("Doors", 500, 300))
    assert ran.outcome.opened == ["https://example.com"]
    assert ran.outcome.log == [LogEntry("ERROR", "wrong")]
    assert ran.outcome.texts == ("-----",)


def test_the_levels_of_the_log() -> None:
    ran = run(
        """
log = script.get_logger()
before = log.has_errors()
log.debug("hidden")
log.warning("shown")
log.success("shown too")
log.set_quiet_mode()
log.error("hidden too")
log.critical("shown as well")
log.reset_level()
result = before, log.has_errors(), log.is_enabled_for(30), log.is_enabled_for(20)
"""
    )
    assert ran.variables["result"] == (False, True, True, False)
    assert [text.rpartition("] ")[2] for text in ran.outcome.texts] == [
        "shown",
        "shown too",
        "shown as well",
    ]


def test_files_that_pyrevit_writes_and_reads() -> None:
    ran = run(
        r"""
folder = script.get_script_path()
path = script.get_bundle_file("rooms.json")
script.dump_json({"a": [1]}, path)
script.dump_csv([["a", 1], ["b", 2]], "C:\\rooms.csv")
result = (path == folder + "\\rooms.json", script.load_json(path),
          script.load_csv("C:\\rooms.csv"), script.get_bundle_name() in folder)
"""
    )
    assert ran.variables["result"] == (True, {"a": [1]}, [["a", "1"], ["b", "2"]], True)
    assert sorted(path.rpartition("\\")[2] for path in ran.outcome.files) == [
        "rooms.csv",
        "rooms.json",
    ]


def test_sections_of_the_settings() -> None:
    ask = """
config = script.get_config()
config.set_option("a", 1)
below = config.add_subsection("doors")
below.width = 2
names = config.has_subsection("doors"), [one.subheader for one in config.get_subsections()]
removed = config.remove_option("A"), config.remove_option("A")
other = script.get_config("Other")
other.x = None
again = script.get_config("Other", reload=True).has_option("x")
result = names, removed, other.header, again
"""
    assert value(ask) == ((True, ["doors"]), (True, False), "Other", False)


def test_the_settings_of_a_command_can_be_reset() -> None:
    session = a_session(remembered={"Limit": 5})
    read = "result = script.get_config().get_option('limit', 0)"
    assert run_script(session, HEAD + read).variables["result"] == 5
    assert run_script(session, HEAD + "script.reset_config()").error == ""
    assert run_script(session, HEAD + read).variables["result"] == 0


def test_a_group_assimilates_and_a_decorated_function_runs_in_a_transaction() -> None:
    ran = run(
        CHANGE
        + """
@revit.carryout("Pin it")
def pin():
    level.Pinned = not before
    return 7
with revit.TransactionGroup("All") as group:
    result = pin(), group.name, group.has_started(), group.has_ended()
result += (level.Pinned != before,)
"""
    )
    assert ran.variables["result"] == (7, "All", True, False, True)
    assert len(ran.changes.changed) == 1


def test_errors_are_logged_only_where_wanted() -> None:
    quiet = "with revit.Transaction('T', log_errors=False):\n    raise ValueError('stop')"
    result = run_script(a_session(), HEAD + quiet)
    assert result.error == "ValueError: stop"
    assert result.outcome.log == []


def test_more_of_the_selection() -> None:
    ask = (
        CHANGE
        + """
selection = revit.get_selection()
selection.append([level])
selection.append([revit.active_view.Id])
kept = [len(selection.exclude(DB.Level)), len(selection.no_views()), len(selection)]
wrong = None
try:
    selection.set_to(["text"])
except Exception as raised:
    wrong = type(raised).__name__
selection.clear()
result = kept, wrong, revit.get_selection().is_empty
"""
    )
    assert value(ask) == ([1, 1, 2], "PyRevitException", True)


def test_small_things_that_scripts_take_from_pyrevit() -> None:
    ask = """
from pyrevit import coreutils, compat, versionmgr
result = (list(coreutils.pairwise([1, 2, 3, 4])), list(coreutils.pairwise([1, 2, 3], step=1)),
          coreutils.get_enum_value(DB.StorageType, "double") == DB.StorageType.Double,
          str(coreutils.get_enum_none(DB.StorageType)), compat.PY3, compat.IRONPY, compat.NETCORE,
          "{a} {b}".format(**{"a": 1, "b": 2}), script.get_pyrevit_version().get_formatted())
"""
    expected = (
        [(1, 2), (3, 4)], [(1, 2), (2, 3)], True, "None", False, True, False, "1 2", "5.1.0",
    )  # fmt: skip
    assert value(ask, pyrevit_version="5.1.0") == expected


def test_questions_to_the_document() -> None:
    ask = """
level = revit.query.get_elements_by_class(DB.Level)[0]
levels = revit.query.get_elements_by_categories([DB.BuiltInCategory.OST_Levels])
result = (revit.query.get_name(level), len(levels), revit.query.get_worksets_names(),
          revit.query.get_element_workset(level), revit.query.model_has_workset("A"))
"""
    assert value(ask) == ("Level 1", 2, [], None, False)


def test_a_module_that_is_not_written_says_so_and_leaves_the_others_as_they_are() -> None:
    assert "pyrevit.loader" in failing("from pyrevit.loader import sessionmgr")
    ask = """
script.mine = 1
try:
    from pyrevit import doors
except ImportError:
    from pyrevit import script as again
result = again.mine
"""
    assert value(ask) == 1
