import csv
import gzip
import json
from pathlib import Path

import pytest

from revitron_grpc.catalog.load import packaged_catalog
from revitron_grpc.catalog.query import Catalog

HERE = Path(__file__).parent
FACTS = HERE.parents[1].parent / "shared" / "facts"


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return packaged_catalog()


def breaking_changes() -> list[dict[str, str]]:
    """The whole list where the facts stand beside the checkout, else the sample of it here."""
    full = FACTS / "revit_api" / "breaking_changes.csv"
    source = full if full.is_file() else HERE / "breaking_changes.csv"
    with source.open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


@pytest.fixture
def small_facts(tmp_path: Path) -> Path:
    """A facts directory with a handful of entries, every optional key used once."""
    root = tmp_path / "facts"
    (root / "revit_api").mkdir(parents=True)
    (root / "pyrevit").mkdir()
    lines = [json.dumps(api) for api in _TYPES]
    with gzip.open(root / "revit_api" / "revit_api.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    for name, value in {
        "revit_api/gone_before_2022.json": {
            "types": ["Autodesk.Revit.DB.Old"],
            "members": {"Autodesk.Revit.DB.Thing": ["Gone"]},
        },
        "pyrevit/existing_tools.json": _TOOLS,
        "pyrevit/pyrevit_api.json": _PYREVIT,
        "pyrevit/revitron_api.json": _REVITRON,
    }.items():
        (root / name).write_text(json.dumps(value), "utf-8")
    return root


_TYPES = [
    {
        "name": "Autodesk.Revit.DB.Thing",
        "kind": "class",
        "base": "Autodesk.Revit.DB.Base",
        "base_was": {"2024": "System.Windows.Controls.UserControl"},
        "interfaces": ["System.IDisposable"],
        "guid": "00000000-0000-0000-0000-000000000001",
        "in": ["2024", "2025"],
        "obsolete_in": [],
        "members": [
            {
                "name": "Size",
                "kind": "property",
                "static": False,
                "ret": "System.Int64",
                "was": {"2024": {"ret": "System.Int32", "settable": False}},
                "params": [],
                "settable": True,
                "indexer": False,
                "guid": "00000000-0000-0000-0000-000000000002",
                "in": ["2024", "2025"],
                "obsolete_in": ["2025"],
            },
            {
                "name": "Move",
                "kind": "method",
                "static": False,
                "ret": "System.Void",
                "was": {"2024": {"params": ["by"]}},
                "params": [
                    {"name": "vector", "type": "Autodesk.Revit.DB.Hidden", "optional": True}
                ],
                "guid": None,
                "in": ["2024"],
                "unknown_in": ["2025"],
                "obsolete_in": [],
            },
        ],
    },
    {
        "name": "Autodesk.Revit.DB.Base",
        "kind": "class",
        "base": "System.Object",
        "interfaces": [],
        "guid": None,
        "in": ["2024", "2025"],
        "obsolete_in": [],
        "members": [],
    },
]
_TOOLS = {
    "sources": [{"source": "somebody/tools", "commit": None, "tools": 1, "groups": 1}],
    "tools": [
        {
            "source": "somebody/tools",
            "title": "Align",
            "path_or_id": "A.tab/B.panel/Align.pushbutton",
            "kind": "pushbutton",
            "name": "Align",
            "tab": "A",
            "panel": "B",
            "context": {"any": ["selection", "active-plan-view"]},
            "min_revit_version": "2023",
        },
        {
            "source": "somebody/tools",
            "title": "More",
            "path_or_id": "A.tab/B.panel/More.pulldown",
            "kind": "pulldown",
            "name": "More",
            "tab": "A",
            "panel": "B",
            "group": True,
        },
    ],
}
_PYREVIT = {
    "source": {"version": "6.0"},
    "modules_not_read": ["coreutils/hidden.py"],
    "forms_stubs_under_cpython": ["ProgressBar"],
    "builtins": [{"name": "__revit__", "type": "X", "engines": ["ironpython", "cpython"]}],
    "script_globals": [{"name": "__title__", "bundle_key": "title"}],
    "engine_lib_packages": {"pyrevitlib": ["rpw"], "site-packages": ["six"]},
    "newer_than_this_source": {"note": "later", "pyrevit.forms": ["ask_anything"]},
    "not_covered": ["pyrevit.coreutils.markdown, emoji", "per-release presence"],
    "entries": [
        {
            "name": "pyrevit.forms.alert",
            "kind": "function",
            "params": [
                {
                    "name": "msg",
                    "kind": "positional_or_keyword",
                    "default": {"value": None},
                    "doc_type": "str",
                }
            ],
            "returns": "boolean",
        },
        {"name": "pyrevit.revit.Thing", "kind": "class", "bases": ["object"], "exported": False},
        {"name": "pyrevit.revit.Picked", "kind": "class", "bases": ["dict"], "exported": False},
        {"name": "pyrevit.revit.pick", "kind": "function", "params": [], "returns": "list[Thing]"},
        {"name": "pyrevit.revit.pick_all", "kind": "function", "params": [], "returns": "Picked"},
        {"name": "pyrevit.revit.iter_all", "kind": "function", "params": [], "returns": "DB.Wall"},
    ],
}
_REVITRON = {
    "source": {"version": "0.4", "commit": "abc"},
    "modules": {"revitron": {}},
    "return_types": {"_note": "by hand", "revitron.Filter.noTypes": "revitron.Filter (self)"},
    "version_findings": [
        {
            "id": "excel",
            "names": ["revitron (whole package)"],
            "revit": {"2024": "ok", "2025": "fails"},
            "certainty": "high",
            "evidence": ["a file", "https://example.org/1"],
        }
    ],
    "entries": [
        {"name": "revitron.Filter", "kind": "class", "bases": ["object"], "params": []},
        {
            "name": "revitron.Filter.noTypes",
            "kind": "method",
            "owner": "revitron.Filter",
            "params": [],
        },
    ],
}
