"""What scripts see of the other Python files of their extension."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from revitron_grpc.analysis import library_modules
from revitron_grpc.analysis.analyser import AnalysisOptions, analyse
from revitron_grpc.analysis.library_modules import ExtensionLibrary
from revitron_grpc.vocabulary import Engine
from tests.analysis.conftest import VERSIONS, Judged

WALLS = """\
from pyrevit import revit, DB
doc = revit.doc
def first_wall():
    return DB.FilteredElementCollector(doc).OfClass(DB.Wall).FirstElement()
def first_id():
    return first_wall().Id
class Office(object):
    pass
"""
FAILS_IN_2026 = [("RVT002", 2)]


def found(judged: Judged, source: str, files: dict[str, str], path: str = "") -> list[object]:
    where = path or "My.tab/My.panel/My.pushbutton/script.py"
    analysis = judged.script(source, files=files, path=where)
    return [(f.rule, f.line) for f in analysis.findings if f.rule != "RVT003"]


@pytest.mark.parametrize(
    "imported",
    [
        "from office.walls import first_id",
        "from office.walls import first_id as again; first_id = again",
        "from office.walls import *",
        "import office.walls; first_id = office.walls.first_id",
        "import office.walls as w; first_id = w.first_id",
        "from office import walls; first_id = walls.first_id",
        "from office import first_id",
    ],
)
def test_every_form_of_import_gives_types(judged: Judged, imported: str) -> None:
    files = {"lib/office/__init__.py": "from .walls import first_id\n"}
    files["lib/office/walls.py"] = WALLS
    assert found(judged, f"{imported}\nfirst_id().IntegerValue\n", files) == FAILS_IN_2026


@pytest.mark.parametrize(
    "where",
    [
        "lib/walls.py",
        "My.tab/lib/walls.py",
        "My.tab/My.panel/lib/walls.py",
        "My.tab/My.panel/My.pushbutton/lib/walls.py",
        "My.tab/My.panel/My.pushbutton/walls.py",
    ],
)
def test_lib_folders_of_all_levels_are_on_the_path(judged: Judged, where: str) -> None:
    source = "from walls import first_id\nfirst_id().IntegerValue\n"
    assert found(judged, source, {where: WALLS}) == FAILS_IN_2026


def test_the_lib_of_another_bundle_is_not_on_the_path(judged: Judged) -> None:
    files = {"My.tab/My.panel/Other.pushbutton/lib/walls.py": WALLS}
    assert found(judged, "import walls\nwalls.first_id().IntegerValue\n", files) == [("RVT005", 1)]


def test_library_extensions_are_on_the_path_of_every_script(judged: Judged) -> None:
    library = ExtensionLibrary(
        judged.view, Engine.IRONPYTHON_27, {"Office.lib/walls.py": WALLS}, ("Office.lib",)
    )
    analysis = analyse(
        "import walls\nwalls.first_id().IntegerValue\n",
        judged.catalog,
        AnalysisOptions(VERSIONS, Engine.IRONPYTHON_27),
        judged.view,
        library.for_script("A.tab/B.panel/C.pushbutton/script.py"),
    )
    assert [f.rule for f in analysis.findings] == ["RVT002"]


@pytest.mark.parametrize(
    "imported",
    [
        "from .walls import first_id",
        "from . import walls; first_id = walls.first_id",
        "from ..office.walls import first_id",
        "from walls import first_id",  # Python 2 looks into the module's own package first
    ],
)
def test_relative_imports_between_modules(judged: Judged, imported: str) -> None:
    files = {"lib/office/__init__.py": "", "lib/office/walls.py": WALLS}
    files["lib/office/rooms.py"] = f"{imported}\nroom_id = first_id()\n"
    source = "from office.rooms import room_id\nroom_id.IntegerValue\n"
    assert found(judged, source, files) == FAILS_IN_2026


def test_circular_imports_end_and_keep_what_is_bound_before(judged: Judged) -> None:
    files = {
        "lib/a.py": "from pyrevit import revit\ndoc = revit.doc\nimport b\nvalue = b.value\n",
        "lib/b.py": "import a\nvalue = a.doc.ActiveView.Id\ndef late():\n    return a.value\n",
    }
    assert found(judged, "import a\na.value.IntegerValue\n", files) == FAILS_IN_2026
    assert found(judged, "import b\nb.late().IntegerValue\nb.nothing.Foo\n", files) == []


def test_results_do_not_depend_on_which_script_comes_first(judged: Judged) -> None:
    files = {
        "lib/a.py": "import b\nfrom pyrevit import revit\nvalue = revit.doc\nother = b.value\n",
        "lib/b.py": "import a\nvalue = a.value.ActiveView\n",
    }
    one, two = "import a\na.other.Foo\na.value.Foo\n", "import b\nb.value.Foo\n"
    orders = ((one, two), (two, one))
    results = []
    for order in orders:
        library = ExtensionLibrary(judged.view, Engine.IRONPYTHON_27, files)
        options = AnalysisOptions(VERSIONS, Engine.IRONPYTHON_27)
        by_source = {
            source: analyse(
                source, judged.catalog, options, judged.view, library.for_script("x/script.py")
            ).findings
            for source in order
        }
        results.append(by_source)
    assert results[0] == results[1]


def test_threads_may_share_a_library(judged: Judged) -> None:
    library = ExtensionLibrary(judged.view, Engine.IRONPYTHON_27, {"lib/walls.py": WALLS})
    options = AnalysisOptions(VERSIONS, Engine.IRONPYTHON_27)
    source = "import walls\nwalls.first_id().IntegerValue\n"

    def run(_: int) -> int:
        own = library.for_script("a/script.py")
        return len(analyse(source, judged.catalog, options, judged.view, own).findings)

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(run, range(16))) == {1}


def test_each_module_is_read_once(judged: Judged, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[object] = []
    real = library_modules.parse
    monkeypatch.setattr(library_modules, "parse", lambda text: read.append(text) or real(text))
    files = {"lib/walls.py": WALLS, "A.tab/script.py": "print(1)", "lib/notes.txt": "no"}
    library = ExtensionLibrary(judged.view, Engine.IRONPYTHON_27, files)
    options = AnalysisOptions(VERSIONS, Engine.IRONPYTHON_27)
    for name in ("a", "b", "c"):
        own = library.for_script(f"{name}/script.py")
        analyse("import walls\nwalls.doc\n", judged.catalog, options, judged.view, own)
    assert read == [WALLS]


def test_modules_beyond_the_limit_are_unknown(
    judged: Judged, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library_modules, "MAX_MODULE_BYTES", 10)
    source = "from walls import first_id\nfirst_id().IntegerValue\n"
    assert found(judged, source, {"lib/walls.py": WALLS}) == []


def test_a_broken_module_gives_what_can_be_read(judged: Judged) -> None:
    files = {"lib/walls.py": WALLS + "def broken(:\n    pass\n", "lib/bad.py": b"\xff\x00("}
    source = "from walls import first_id\nfirst_id().IntegerValue\nimport bad\nbad.x.y\n"
    assert found(judged, source, files) == FAILS_IN_2026


def test_a_long_chain_of_modules_is_followed_or_left_alone(judged: Judged) -> None:
    files = {f"lib/m{i:03}.py": f"from m{i + 1:03} import doc\n" for i in range(400)}
    files["lib/m400.py"] = "from pyrevit import revit\ndoc = revit.doc\n"
    assert found(judged, "from m400 import doc\ndoc.Foo\n", files) == [("RVT001", 2)]
    assert found(judged, "from m000 import doc\ndoc.Foo\n", files) == []


def test_a_flag_of_a_module_guards_like_one_of_the_script(judged: Judged) -> None:
    files = {"lib/flags.py": "from pyrevit import HOST_APP\nNEW = HOST_APP.is_newer_than(2025)\n"}
    source = (
        "from flags import NEW\nfrom pyrevit import revit\nview = revit.doc.ActiveView\n"
        "if NEW:\n    print(view.Id.Value)\nelse:\n    print(view.Id.IntegerValue)\n"
    )
    assert found(judged, source, files) == []
