"""The kernel of the simulation: classes by version, arguments, undo, imports, step limits."""

import threading
from concurrent.futures import ThreadPoolExecutor

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from revitron_grpc.catalog.load import load_data, packaged_catalog
from revitron_grpc.catalog.query import Catalog
from revitron_grpc.simulation.answers import Answers, Press
from revitron_grpc.simulation.apis import RevitApis
from revitron_grpc.simulation.behaviour import BEHAVIOURS
from revitron_grpc.simulation.database import Database
from revitron_grpc.simulation.running import RunResult, run_script
from revitron_grpc.simulation.samples import SampleModels
from revitron_grpc.simulation.session import Session
from revitron_grpc.vocabulary import Engine, RevitVersion

APIS = RevitApis(packaged_catalog())
SAMPLES = SampleModels()
IRON = Engine.IRONPYTHON_27
HEAD = "from pyrevit import DB, forms, revit, script\nfrom System.Collections.Generic import List\n"


def run(
    source: str,
    *,
    version: int = 2024,
    engine: Engine = IRON,
    model: str = "small-house",
    answers: Answers | None = None,
    steps: int = 200_000,
    sources: dict[str, str] | None = None,
) -> RunResult:
    with SAMPLES.lent(model) as database:
        session = Session(
            api=APIS.get(RevitVersion(version), engine),
            database=database,
            answers=answers or Answers(),
            sources=sources or {},
        )
        return run_script(session, HEAD + source, steps=steps)


def value(source: str, **options: object) -> object:
    """Run a script that ends with `found = ...` and return that."""
    result = run(source, **options)  # type: ignore[arg-type]
    assert not result.error, result.error + result.trace
    assert not result.unknown, result.unknown
    return result.variables["found"]


class TestVersions:
    @pytest.mark.parametrize(
        ("version", "member", "there"),
        [
            (2022, "IntegerValue", True),
            (2025, "IntegerValue", True),
            (2026, "IntegerValue", False),
            (2023, "Value", False),
            (2024, "Value", True),
        ],
    )
    def test_an_absent_member_is_absent(self, version: int, member: str, there: bool) -> None:
        assert value(f"found = hasattr(DB.ElementId(5), '{member}')", version=version) is there

    def test_an_absent_type_cannot_be_imported(self) -> None:
        source = "from Autodesk.Revit.DB import DisplayUnitType"
        assert "ImportError" in run(source, version=2024).error

    def test_an_overload_that_went_is_refused(self) -> None:
        source = "found = DB.FilterStringRule(DB.ParameterValueProvider(DB.ElementId(-1)), "
        source += "DB.FilterStringEquals(), 'a', True)"
        assert "TypeError" in run(source, version=2026).error

    def test_what_nobody_wrote_is_unknown_and_no_script_swallows_it(self) -> None:
        source = (
            "try:\n    DB.StructuralAsset.NoSuch\nexcept AttributeError:\n    pass\n"
            "try:\n    DB.Wall.GetValidSlantAngleRange\nexcept Exception:\n    pass\n"
        )
        result = run(source, version=2026)
        assert result.unknown or not result.error
        assert "AttributeError" not in result.error

    def test_a_version_of_which_too_little_is_known_is_not_simulated(self) -> None:
        data, _ = load_data()
        scraps = tuple(api for api in data.types if api.name != "Autodesk.Revit.UI.UIApplication")
        lacking = Catalog(msgspec.structs.replace(data, types=scraps), "digest")
        with SAMPLES.lent("small-house") as database:
            api = RevitApis(lacking).get(RevitVersion(2024), IRON)
            session = Session(api=api, database=database, answers=Answers())
            done = run_script(session, "print(1)")
        assert "a session of Revit 2024: the catalog lacks" in done.unknown
        assert done.error == ""

    def test_every_behaviour_is_a_type_of_the_api(self) -> None:
        catalog = packaged_catalog()
        APIS.get(RevitVersion(2024), IRON)
        assert [name for name in BEHAVIOURS if catalog.type(name) is None] == []

    def test_every_behaviour_has_names_of_the_api_alone(self) -> None:
        catalog = packaged_catalog()
        APIS.get(RevitVersion(2024), IRON)
        wrong = [
            f"{full_name}.{name}"
            for full_name, behaviour in BEHAVIOURS.items()
            for name in vars(behaviour)
            if name[0].isupper() and not catalog.member_history(full_name, name)
            if not any(
                catalog.member_history(full_name, f"{accessor}_{name}")
                for accessor in ("get", "set")
            )
        ]
        assert wrong == []


class TestArguments:
    def test_a_python_list_is_no_icollection(self) -> None:
        source = "revit.uidoc.Selection.SetElementIds([DB.ElementId(3)])"
        assert "TypeError: expected ICollection[ElementId], got list" in run(source).error

    def test_wrong_number_of_arguments(self) -> None:
        assert "takes 0 or 3 arguments (2 given)" in run("DB.XYZ(1, 2)").error

    def test_an_enum_is_no_integer(self) -> None:
        source = "DB.FilteredElementCollector(revit.doc).OfCategory(-2000011)"
        assert "TypeError" in run(source).error

    def test_results_are_of_the_version_s_own_classes(self) -> None:
        source = "found = isinstance(DB.XYZ(1, 2, 3).Add(DB.XYZ.BasisX), DB.XYZ)"
        assert value(source) is True

    def test_ids_compare_by_value_and_wrappers_do_not(self) -> None:
        source = (
            "first = revit.doc.GetElement(revit.doc.ActiveView.Id)\n"
            "second = revit.doc.GetElement(revit.doc.ActiveView.Id)\n"
            "found = (first.Id == second.Id, first is second, len(set([first.Id, second.Id])))"
        )
        assert value(source) == (True, False, 1)


class TestRunning:
    def test_the_model_is_as_before_after_a_run(self) -> None:
        source = (
            "doors = DB.FilteredElementCollector(revit.doc).OfClass(DB.FamilyInstance)\n"
            "with revit.Transaction('Delete'):\n"
            "    revit.doc.Delete(List[DB.ElementId]([d.Id for d in doors.ToElements()]))\n"
        )
        with SAMPLES.lent("small-house") as database:
            before = {number: dict(r.data) for number, r in database.elements.items()}
            session = Session(api=APIS.get(RevitVersion(2024), IRON), database=database)
            result = run_script(session, HEAD + source)
            assert result.changes.deleted
            database.restore()
            assert {number: dict(r.data) for number, r in database.elements.items()} == before
            assert list(database.elements) == sorted(database.elements)

    def test_a_transaction_left_open_loses_its_changes(self) -> None:
        source = (
            "t = DB.Transaction(revit.doc, 'Open')\nt.Start()\n"
            "revit.doc.ProjectInformation.Pinned = True\n"
        )
        result = run(source)
        assert "left" not in result.error
        assert "'Open' open" in result.error
        assert result.changes.none

    def test_an_endless_loop_ends(self) -> None:
        for source in (
            "while True:\n    pass",
            "def f():\n    f2()\ndef f2():\n    pass\nfor i in iter(int, 1):\n    f()",
            "found = [i for i in iter(int, 1)]",
            "f = lambda: 0\nfound = sum(f() for _ in iter(int, 1))",
        ):
            assert "more than 1,000 steps" in run(source, steps=1000).error

    def test_a_script_that_swallows_everything_is_ended_all_the_same(self) -> None:
        source = "while True:\n    try:\n        pass\n    except Exception:\n        pass"
        assert "steps" in run(source, steps=1000).error

    def test_a_trace_names_the_lines_of_the_whole_script(self) -> None:
        source = "import math\n\n\ndef f():\n    return math.nothing\n\n\n\n\n"
        source += "def g():\n    return f()\n\n\ng()\n"
        result = run(source)
        # Two lines of imports stand before.
        assert [f"line {n}" in result.trace for n in (7, 13, 16)] == [True] * 3

    @pytest.mark.parametrize(
        "source",
        [
            'text = """one\n\n\ntwo"""\n\n\nfound = text.count(\'\\n\')',
            "def f(\n    a=1,\n\n\n):\n    return a\n\n\nfound = f() + 2",
            "if True:\n    found = 3\n\n\nelse:\n    found = 4\n",
        ],
    )
    def test_blank_lines_inside_of_a_statement_do_not_cut_it(self, source: str) -> None:
        assert value(source) == 3

    def test_a_syntax_error_is_told_with_its_line(self) -> None:
        assert "SyntaxError in line 3" in run("def f(:\n    pass").error

    def test_unused_answers_and_missing_ones_are_told(self) -> None:
        result = run("forms.alert('hello')", answers=Answers([Press("Yes")]))
        assert result.outcome.unused_answers == (Press("Yes"),)
        assert "no answer is left" in run("forms.alert('Sure?', yes=True, no=True)").error

    def test_several_scripts_run_at_once_in_threads(self) -> None:
        source = (
            "rooms = DB.FilteredElementCollector(revit.doc).OfClass(DB.SpatialElement)\n"
            "found = sorted(DB.Element.Name.GetValue(room) for room in rooms)\n"
            "import math\nmath.pi = {}\n"
            "assert math.pi == {}\n"
        )
        start = threading.Barrier(4)

        def one(number: int) -> object:
            start.wait(10)
            return [value(source.format(number, number), version=2022 + number) for _ in range(3)]

        with ThreadPoolExecutor(4) as pool:
            results = list(pool.map(one, range(4)))
        assert all(result == results[0] for result in results)


class TestImports:
    def test_modules_of_the_own_extension(self) -> None:
        sources = {
            "office": "from office.names import PREFIX\nfrom . import names\n",
            "office.names": "PREFIX = 'A'\n",
        }
        assert value("import office\nfound = office.PREFIX", sources=sources) == "A"

    def test_a_module_that_is_not_there(self) -> None:
        assert "ImportError" in run("import numpy_of_the_office").error

    def test_nothing_of_this_computer_can_be_reached(self) -> None:
        source = "import os\nfound = os.path.exists('/etc/passwd') or os.path.exists('C:/Windows')"
        assert value(source) is False
        assert run("open('/etc/passwd').read()").error
        for name in ("subprocess", "socket", "ctypes", "importlib"):
            result = run(f"import {name}\n{name}.x")
            assert result.error or result.unknown, name

    def test_star_imports_bring_what_the_script_reads(self) -> None:
        source = "from Autodesk.Revit.DB import *\nfound = XYZ.BasisX.X"
        assert value(source) == 1.0


@given(st.lists(st.tuples(st.sampled_from("awrd"), st.integers(0, 4)), max_size=30))
def test_undo_returns_to_any_mark(deeds: list[tuple[str, int]]) -> None:
    database = Database()
    database.transaction = "build"
    for number in range(3):
        database.add("Wall", f"w{number}", name=str(number))
    database.seal()
    database.transaction = "t"
    marks: list[tuple[int, dict[int, dict[str, object]]]] = []

    def state() -> dict[int, dict[str, object]]:
        return {n: {**r.data, "values": dict(r.values)} for n, r in database.elements.items()}

    for deed, number in deeds:
        marks.append((len(database.journal), state()))
        records = list(database.elements.values())
        if deed == "a":
            database.add("Wall", name=str(number))
        elif records:
            record = records[number % len(records)]
            if deed == "w":
                database.write(record, "name", f"x{number}")
            elif deed == "r":
                database.write_value(record, -number, number)
            else:
                database.remove(record)
    for mark, before in reversed(marks):
        database.undo_to(mark)
        assert state() == before
