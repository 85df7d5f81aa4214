"""Revitron in a simulated Revit: what its calls do, what they swallow, and where they fail."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from revitron_grpc.simulation.database import Database
from revitron_grpc.simulation.parameter_table import built_in_parameters
from revitron_grpc.vocabulary import Engine
from tests.simulation.two_doors import model, run

IRON_2, IRON_3 = Engine.IRONPYTHON_27, Engine.IRONPYTHON_34


def value(expression: str, database: Database | None = None, **options: object) -> object:
    """What an expression comes to; `doors` are the ids of the two doors."""
    script = f"""
        doors = revitron.Filter().byCategory("OST_Doors").noTypes().getElementIds()
        found = {expression}
    """
    result = run(script, database, **options)  # type: ignore[arg-type]
    assert (result.error, result.unknown) == ("", ""), result.trace
    return result.variables["found"]


@pytest.mark.parametrize("engine", [IRON_2, IRON_3])
@pytest.mark.parametrize("version", [2022, 2023, 2024])
def test_is_imported_before_revit_2025(version: int, engine: Engine) -> None:
    script = "found = [revitron.REVIT_VERSION, revitron.DOC.Title, revitron.APP.VersionNumber]"
    result = run(script, version=version, engine=engine)
    assert result.variables["found"] == [str(version), "Test", str(version)]


@pytest.mark.parametrize("version", [2025, 2026])
def test_cannot_be_imported_from_revit_2025_on(version: int) -> None:
    assert run("", version=version).error.startswith("OSError: Could not add reference")


def test_is_not_known_under_cpython() -> None:
    assert "revitron under CPython" in run("", engine=Engine.CPYTHON_3).unknown


def test_modules_have_the_classes_that_they_define_and_no_others() -> None:
    assert not run("from revitron.filter import Filter").error
    assert "cannot import name" in run("from revitron.filter import Fliter").error
    assert (
        run("revitron.Fliter").error == "AttributeError: 'module' object has no attribute 'Fliter'"
    )


def test_a_module_is_the_same_after_an_import_that_fails() -> None:
    result = run("""
        before = revitron
        try:
            from revitron import Fliter
        except ImportError:
            import revitron
        found = [revitron is before, revitron.DOC.Title]
    """)
    assert result.variables["found"] == [True, "Test"]


@pytest.mark.parametrize(
    "known", ["revitron.PDFExporter", "revitron.Document().synchronize", "_(1).traceHeight"]
)
def test_what_nobody_wrote_is_refused(known: str) -> None:
    known = known.replace("_(1)", "revitron.Room(revitron.DOC.ActiveView)")
    assert run(known).unknown.startswith("revitron.")


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ('_(doors[0]).get("ALL_MODEL_MARK")', "A1"),
        ('_(doors[0]).get("Mark")', "A1"),
        ('_(doors[0]).get("no such parameter")', ""),
        ('_(doors[0]).getParameter("no such parameter").getDouble()', 0.0),
        ('_(doors[0]).getParameter("no such parameter").hasValue()', None),
        ('_(doors[0]).getParameter("Mark").exists()', True),
        ('_(doors[0]).getFromType("FIRE_RATING")', "T30"),
        ('_(doors[0]).getFromType("no such parameter")', ""),
        ("_(doors[0]).getClassName()", "FamilyInstance"),
        ("_(doors[0]).getCategoryName()", "Doors"),
        ("_(doors[0]).isType()", False),
        ("_(_(doors[0]).element.GetTypeId()).isType()", True),
        ("_(revitron.DOC.GetElement(doors[0])).element.Id == doors[0]", True),
    ],
)
def test_elements_answer_by_identifier_and_by_shown_name(expression: str, expected: object) -> None:
    assert value(expression) == expected


def test_shown_names_are_those_of_this_revit() -> None:
    label = built_in_parameters()["ALL_MODEL_MARK"].de
    assert value(f"_(doors[0]).get({label!r})", model("de")) == "A1"
    assert value('_(doors[0]).get("Mark")', model("de")) == ""
    assert value('_(doors[0]).get("ALL_MODEL_MARK")', model("de")) == "A1"


def test_a_wrong_method_of_an_element_is_a_line_in_the_log() -> None:
    result = run("found = _(revitron.DOC.ActiveView).getNmae('x')")
    assert result.variables["found"] is None
    assert not result.error
    assert [entry.level for entry in result.outcome.log] == ["WARNING"]


def test_an_element_has_no_truth_that_is_known_in_ironpython_2() -> None:
    assert "IronPython 2.7" in run("bool(_(revitron.DOC.ActiveView))").unknown
    assert not run("bool(_(revitron.DOC.ActiveView))", engine=IRON_3).unknown


def test_an_element_that_a_colleague_holds_is_owned() -> None:
    database = model()
    database.is_workshared = True
    database.by_handle("door-1").data["owner"] = "colleague"
    assert value("[_(one).isNotOwned() for one in doors]", database) == [False, True]


def test_rooms_are_told_by_an_english_name() -> None:
    expression = '_(revitron.Filter().byCategory("OST_Rooms").noTypes().getElements()[0])'
    assert value(f"type({expression}).__name__") == "Room"
    assert value(f"type({expression}).__name__", model("de")) == "Element"


WRITE = """
    ids = revitron.Filter().byCategory("OST_Doors").noTypes().getElementIds()
    transaction = revitron.Transaction()
    found = _(ids[0]).set({name!r}, {new!r})
    transaction.commit()
"""


def test_setting_changes_a_parameter() -> None:
    database = model()
    result = run(WRITE.format(name="ALL_MODEL_MARK", new="C3"), database)
    assert not result.error
    assert value('_(doors[0]).get("Mark")', database) == "C3"


def test_setting_a_read_only_parameter_does_nothing_and_says_nothing() -> None:
    result = run(WRITE.format(name="ELEM_CATEGORY_PARAM", new="C3"))
    assert not result.error
    assert not result.changes.changed
    assert not result.outcome.texts


def test_setting_a_missing_parameter_needs_a_shared_parameter_file() -> None:
    result = run(WRITE.format(name="Office code", new="C3"))
    assert not result.error
    assert not result.changes.changed
    assert len(result.outcome.texts) == 2


@pytest.mark.parametrize(
    ("chain", "count"),
    [
        ('byCategory("OST_Doors").noTypes()', 2),
        ('byCategory("OST_Doors").onlyTypes()', 1),
        ('byCategory("OST_Doors")', 3),
        ('byCategory("Doors").noTypes()', 2),
        ('byCategory("Sheets").noTypes()', 1),
        ('byClass("Level")', 2),
        ("byClass(revitron.DB.FamilySymbol)", 1),
        ('byCategory("OST_Doors").noTypes().byRegex("Mark", "^b")', 1),
        ('byCategory("OST_Doors").noTypes().byRegex("Mark", "Z")', 2),
        ('byCategory("OST_Doors").byStringEquals("Mark", "B2")', 1),
        ('byCategory("OST_Doors").noTypes().byStringEquals("Mark", "B2", True)', 1),
        ('byCategory("OST_Doors").byStringContains("Mark", "2")', 1),
        ('byCategory("OST_Doors").byStringBeginsWith("Mark", "A")', 1),
        ('byCategory("OST_Doors").byStringEndsWith("Mark", "1")', 1),
        ('byCategory("OST_Doors").byStringEqualsOneInCsv("Mark", "A1, B2")', 2),
        ('byCategory("OST_Doors").noTypes().byNumberIsGreater("Sill Height", 1.5)', 1),
        ('byCategory("OST_Doors").noTypes().byNumberIsEqual("Sill Height", 1.0005)', 1),
    ],
)
def test_filters_keep_what_they_say(chain: str, count: int) -> None:
    assert value(f"len(revitron.Filter().{chain}.getElements())") == count
    assert value(f"len(revitron.Filter().{chain}.getElementIds())") == count


@pytest.mark.parametrize(
    "chain", ['byCategory("Dooors")', 'byStringEquals("Maark", "B2")', 'byRegex("Mark", "Z")']
)
def test_filters_that_make_no_sense_keep_everything(chain: str) -> None:
    database = model()
    assert value(f"len(revitron.Filter().{chain}.getElements())", database) == len(
        database.elements
    )


def test_a_german_revit_knows_categories_by_german_names() -> None:
    counted = "len(revitron.Filter().byCategory({!r}).noTypes().getElements())"
    for name in ("Türen", "Doors", "OST_Doors"):
        assert value(counted.format(name), model("de")) == 2
    label = built_in_parameters()["ALL_MODEL_MARK"].de
    for name, count in ((label, 1), ("Mark", 3)):
        chain = f'byCategory("OST_Doors").byStringEquals({name!r}, "B2").getElements()'
        assert value(f"len(revitron.Filter().{chain})", model("de")) == count


def test_an_empty_scope_is_everything_with_a_warning() -> None:
    database = model()
    result = run("found = len(revitron.Filter([]).getElements())", database)
    assert result.variables["found"] == len(database.elements)
    assert [entry.level for entry in result.outcome.log] == ["WARNING"]


def test_a_scope_of_elements_is_filtered_within() -> None:
    assert value("len(revitron.Filter([revitron.DOC.GetElement(doors[1])]).getElements())") == 1


def test_filters_by_class_need_python_2() -> None:
    script = "revitron.Filter().byClass(revitron.DB.Level)"
    assert run(script, engine=IRON_3).error == "NameError: name 'basestring' is not defined"


def test_a_transaction_is_named_as_the_button_and_commits_after_an_exception() -> None:
    result = run("""
        ids = revitron.Filter().byCategory("OST_Doors").noTypes().getElementIds()
        with revitron.Transaction() as held:
            _(ids[0]).set("Mark", "C3")
            inner = revitron.Transaction()
            _(ids[1]).set("Mark", "D4")
            inner.rollback()
            raise ValueError(held)
    """)
    assert result.error == "ValueError: None"
    assert list(result.changes.transactions) == ["Tool"]
    assert [one.record.handle for one in result.changes.changed] == ["door-1"]


def test_a_group_is_one_undo_step() -> None:
    result = run("""
        ids = revitron.Filter().byCategory("OST_Doors").noTypes().getElementIds()
        with revitron.TransactionGroup():
            for element_id in ids:
                with revitron.Transaction():
                    _(element_id).set("Mark", "C3")
    """)
    assert not result.error
    assert len(result.changes.changed) == 2
    assert list(result.changes.transactions) == ["Tool"]


def test_the_selection_is_read_and_set() -> None:
    database = model()
    result = run(
        """
        found = [one.Id for one in revitron.Selection.get()]
        revitron.Selection.set([revitron.Selection.first().GetTypeId()])
        """,
        database,
        selected=("door-2",),
    )
    assert [one.number for one in result.variables["found"]] == [database.by_handle("door-2").id]
    assert result.outcome.selection == (database.by_handle("door-type").id,)
    assert run("revitron.Selection.first()").error.startswith("IndexError")


def test_another_document_stands_in_for_a_while() -> None:
    result = run("""
        other = object()
        with revitron.Document(other):
            within = revitron.DOC
        found = [within is other, revitron.DOC.Title]
    """)
    assert result.variables["found"] == [True, "Test"]


def test_runs_at_once_have_documents_of_their_own() -> None:
    script = """
        for turn in range(200):
            with revitron.Document(revitron.DOC):
                found = revitron.Filter().byCategory("OST_Doors").noTypes().getElements()
        found = [revitron.DOC.Title, len(found)]
    """
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(run, [script] * 8))
    assert [one.variables["found"] for one in results] == [["Test", 2]] * 8


def test_views_on_sheets_are_listed() -> None:
    result = run("""
        class ViewSheet(object):
            def GetAllPlacedViews(self):
                return [revitron.DOC.ActiveView.Id]

        sheets = [ViewSheet(), revitron.DOC.ActiveView]
        found = [(one.sheet is sheets[0], one.view.Id == one.id)
                 for one in revitron.ViewSheetList(sheets).get()]
    """)
    assert result.variables["found"] == [(True, True)]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ('revitron.String.sanitize("Tür (EG) - 1")', "Tuer_EG-_1"),
        (
            ("revitron.GeometryUtils.getAbsoluteAngleXY(revitron.DB.XYZ(0, 0, 0), "
            "revitron.DB.XYZ(0, -1, 0))"),
            270.0,
        ),
        ('revitron.Date.diffMin("2026-01-01 10:00:00", "2026-01-01 10:01:30")', 1.5),
        ("revitron.AttrDict({'a': 1}).a", 1),
        ('revitron.Unit.convertToInternalUnit("304.8", revitron.DB.UnitTypeId.Millimeters)', 1.0),
        (
            ("revitron.ParameterTemplate(revitron.DOC.GetElement(doors[0]), "
            '"{Mark}_{%PROJECT_NUMBER%}").render()'),
            "A1_0001",
        ),
        (("revitron.GeometryUtils.getAngleXY(*[revitron.DB.XYZ(*p) for p in "
         "((0, 0, 0), (1, 0, 0), (0, 1, 0))])"), -90.0),
    ],
)  # fmt: skip
def test_small_tools(expression: str, expected: object) -> None:
    assert value(expression) == (
        pytest.approx(expected) if isinstance(expected, float) else expected
    )
