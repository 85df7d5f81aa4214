"""The pytest plugin as a stranger uses it: through pytest, on their own bundle."""

import pytest

pytest_plugins = ["pytester"]

BUTTON = """
from pyrevit import DB, forms, revit
import office

doors = DB.FilteredElementCollector(revit.doc).OfCategory(DB.BuiltInCategory.OST_Doors)
doors = list(doors.WhereElementIsNotElementType())
if not doors:
    forms.alert("This model has no doors.", exitscript=True)
with revit.Transaction("Mark doors"):
    for number, door in enumerate(doors, 1):
        mark = door.get_Parameter(DB.BuiltInParameter.ALL_MODEL_MARK)
        mark.Set(office.PREFIX + str(number))
forms.alert("{} doors marked".format(len(doors)))
"""


@pytest.fixture
def extension(pytester: pytest.Pytester) -> pytest.Pytester:
    bundle = pytester.path / "Office.extension/Office.tab/Doors.panel/Mark.pushbutton"
    bundle.mkdir(parents=True)
    (bundle / "script.py").write_text(BUTTON, encoding="utf-8")
    library = pytester.path / "Office.extension/lib"
    library.mkdir()
    (library / "office.py").write_text('PREFIX = "D"\n', encoding="utf-8")
    return pytester


def outcomes(pytester: pytest.Pytester, test: str) -> pytest.RunResult:
    pytester.makepyfile(test)
    return pytester.runpytest_subprocess("-q", "-p", "no:cacheprovider")


def test_a_button_is_run_on_a_sample_model(extension: pytest.Pytester) -> None:
    found = outcomes(
        extension,
        """
        BUTTON = "Office.extension/Office.tab/Doors.panel/Mark.pushbutton"

        def test_marks(revit_model, run_button):
            run = run_button(BUTTON, revit_model("small-house", revit=2025))
            assert run.changed["door-1"]["ALL_MODEL_MARK"][1] == "D1"
            assert run.transactions == ["Mark doors"]
            assert "doors marked" in run.messages[0]

        def test_nothing_to_do(revit_model, run_button):
            run = run_button(BUTTON, revit_model("empty-project"))
            assert run.unchanged and run.messages == ["This model has no doors."]
        """,
    )
    found.assert_outcomes(passed=2)


def test_an_error_fails_the_test_and_names_the_line(extension: pytest.Pytester) -> None:
    script = extension.path / "broken.py"
    script.write_text("from pyrevit import revit\nrevit.doc.Title2\n", encoding="utf-8")
    found = outcomes(
        extension,
        """
        def test_broken(run_button):
            run_button("broken.py")
        """,
    )
    found.assert_outcomes(failed=1)
    found.stdout.fnmatch_lines(["*AttributeError*Title2*", "*line 2*"])


def test_an_endless_script_is_ended(extension: pytest.Pytester) -> None:
    (extension.path / "endless.py").write_text("while True:\n    pass\n", encoding="utf-8")
    found = outcomes(
        extension,
        """
        def test_endless(run_button):
            run = run_button("endless.py", fails=True)
            assert "steps" in run.error
        """,
    )
    found.assert_outcomes(passed=1)


def test_limits_on_time_and_memory(extension: pytest.Pytester) -> None:
    # One long call in C cannot count steps: the process is what ends it.
    (extension.path / "slow.py").write_text("x = 7 ** (10 ** 8)\n", encoding="utf-8")
    (extension.path / "eat.py").write_text("x = bytearray(3 * 10 ** 9)\n", encoding="utf-8")
    found = outcomes(
        extension,
        """
        def test_slow(run_button):
            run = run_button("slow.py", fails=True, seconds=6)
            assert "6 seconds" in run.error

        def test_eating(run_button):
            run = run_button("eat.py", fails=True, megabytes=800)
            assert "800 MB" in run.error or "MemoryError" in run.error
        """,
    )
    found.assert_outcomes(passed=2)


def test_a_handle_that_is_not_there_is_named(extension: pytest.Pytester) -> None:
    (extension.path / "empty.py").write_text("x = 1\n", encoding="utf-8")
    found = outcomes(
        extension,
        """
        def test_handle(revit_model, run_button):
            model = revit_model("small-house").set("door-77", ALL_MODEL_MARK="1")
            run_button("empty.py", model)
        """,
    )
    found.assert_outcomes(failed=1)
    found.stdout.fnmatch_lines(["*small-house*door-77*"])
