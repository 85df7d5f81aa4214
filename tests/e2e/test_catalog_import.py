"""A new Revit comes in: from assemblies to scripts that are judged and generated for it."""

import json
from pathlib import Path

from revitron_grpc.catalog.file_format import write_catalog
from revitron_grpc.catalog.load import load_data
from revitron_grpc.catalog.version_merge import with_version
from revitron_grpc.vocabulary import RevitVersion
from tests.catalog.mono import made_up_revit
from tests.catalog.versions import shown
from tests.e2e.conftest import run

SCRIPT = """\
from Autodesk.Revit import DB
from pyrevit import revit

print(DB.BuiltInParameter.FRESH_PARAMETER_2027)
wall = DB.Wall.Create(DB.ElementId(1))
wall.Move(1.0, 2.0)
wall.Relocate(DB.XYZ(0, 0, 0))
for found in DB.FilteredElementCollector(revit.doc):
    print(found.Name)
"""


def test_from_the_assemblies_to_a_script_that_is_judged(tmp_path: Path) -> None:
    revit = made_up_revit(tmp_path)
    done = run("catalog", "import", *revit, "--version", "2027", cwd=tmp_path)
    assert done.code == 0, done.err
    assert "Revit 2027 from RevitAPI, RevitAPIUI 27.0.4.0: 24 types" in done.out
    assert "is this Revit's own RevitAPI.dll?" in done.err
    new = ("--catalog", "catalog-2027.bin")
    info = run("catalog", "info", "--json", *new, cwd=tmp_path)
    assert json.loads(info.out)["revit_versions"] == [2022, 2023, 2024, 2025, 2026, 2027]
    told = run("catalog", "search", "Element.Move", *new, cwd=tmp_path)
    assert "obsolete since 2027" in told.out
    assert "instead: Autodesk.Revit.DB.Element.Relocate" in told.out
    gone = run("catalog", "search", "Wall.Flip", *new, cwd=tmp_path)
    assert "in 2022, 2023, 2024, 2025, 2026; removed in 2027" in gone.out
    (tmp_path / "script.py").write_text(SCRIPT, "utf-8")
    options = ("--revit", "2026-2027", "--format", "json")
    judged = run("validate", "script.py", *new, *options, cwd=tmp_path)
    assert judged.code == 1, judged.err
    failing = {
        (row["line"], row["symbol"].rpartition(".")[2]): row["revit_versions"]
        for row in json.loads(judged.out)
        if row["severity"] == "error"
    }
    assert failing == {
        (4, "FRESH_PARAMETER_2027"): [2026],
        (5, "Create"): [2026],
        (6, "Move"): [2026],
        (7, "Relocate"): [2026],
        (8, "FilteredElementCollector"): [2027],
    }


def test_buttons_are_generated_for_the_new_version(tmp_path: Path) -> None:
    data, _ = load_data()
    full = tmp_path / "full.bin"
    write_catalog(full, with_version(data, shown(data, RevitVersion(2026), RevitVersion(2027))))
    done = run("generate", "--count", "2", "--revit", "2027", "--catalog", full)
    assert done.code == 0, done.err
    assert "for Revit 2027" in done.err
    assert "2 of 2 buttons" in done.out
