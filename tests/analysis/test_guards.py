"""Which versions a guarded line is judged against."""

import pytest

from tests.analysis.conftest import Judged

GUARDED = {
    "is_newer_than": "if HOST_APP.is_newer_than(2023):\n    eid.Value\nelse:\n    eid.IntegerValue",
    "is_newer_than text": 'if HOST_APP.is_newer_than("2023"):\n    eid.Value',
    "or_equal": "if HOST_APP.is_newer_than(2024, or_equal=True):\n    eid.Value",
    "is_older_than": "if HOST_APP.is_older_than(2024):\n    eid.IntegerValue\nelse:\n    eid.Value",
    "is_exactly": "if HOST_APP.is_exactly(2024):\n    eid.Value",
    "version": "if HOST_APP.version >= 2024:\n    eid.Value",
    "not": "if not HOST_APP.is_newer_than(2025):\n    eid.IntegerValue",
    "number": "if int(app.VersionNumber) >= 2024:\n    eid.Value",
    "text": 'if doc.Application.VersionNumber == "2024":\n    eid.Value',
    "in a list": (
        'if app.VersionNumber in ("2022", "2023"):\n    eid.IntegerValue\nelse:\n    eid.Value'
    ),
    "mirrored": "if 2024 <= int(app.VersionNumber):\n    eid.Value",
    "chained": "if 2022 <= int(app.VersionNumber) < 2026:\n    eid.IntegerValue",
    "__revit__": "if int(__revit__.Application.VersionNumber) > 2023:\n    eid.Value",
    "flag": (
        "NEW = HOST_APP.is_newer_than(2023)\nif NEW:\n    eid.Value\nelse:\n    eid.IntegerValue"
    ),
    "year": "year = int(app.VersionNumber)\nif year < 2026:\n    eid.IntegerValue",
    "difference": "year = int(app.VersionNumber) - 2000\nif year < 26:\n    eid.IntegerValue",
    "last digits": "if int(app.VersionNumber[-2:]) < 26:\n    eid.IntegerValue",
    "function": (
        "def new():\n    return int(app.VersionNumber) > 2023\n"
        "if new():\n    eid.Value\nelse:\n    eid.IntegerValue"
    ),
    "flag in a function": (
        "NEW = HOST_APP.is_newer_than(2023)\n"
        "def number(i):\n    return i.Value if NEW else i.IntegerValue\nnumber(eid)"
    ),
    "and": "if wall and HOST_APP.is_newer_than(2023):\n    eid.Value",
    "and in one line": "x = HOST_APP.is_newer_than(2023) and eid.Value",
    "or of the rest": "x = HOST_APP.is_older_than(2024) or eid.Value",
    "early return": (
        "def number(i):\n    if HOST_APP.is_newer_than(2023):\n        return i.Value\n"
        "    return i.IntegerValue\nnumber(eid)"
    ),
    "early raise": "if HOST_APP.is_older_than(2024):\n    raise SystemExit\neid.Value",
    "continue": (
        "for i in [eid]:\n    if HOST_APP.is_older_than(2024):\n        continue\n    i.Value"
    ),
    "conditional expression": "x = eid.Value if HOST_APP.is_newer_than(2023) else eid.IntegerValue",
    "assert": "assert HOST_APP.is_newer_than(2023)\neid.Value",
    "hasattr": "if hasattr(eid, 'Value'):\n    eid.Value\nelse:\n    eid.IntegerValue",
    "hasattr of a namespace": (
        "if hasattr(DB, 'BuiltInParameterGroup'):\n    DB.BuiltInParameterGroup.PG_DATA\n"
        "else:\n    DB.GroupTypeId.Data"
    ),
    "hasattr flag": "NEW = hasattr(eid, 'Value')\nx = eid.Value if NEW else eid.IntegerValue",
    "in dir": "if 'Value' in dir(eid):\n    eid.Value\nelse:\n    eid.IntegerValue",
    "hasattr early return": (
        "def number(i):\n    if hasattr(i, 'Value'):\n        return i.Value\n"
        "    return i.IntegerValue\nnumber(eid)"
    ),
    "getattr with a default": (
        "x = getattr(eid, 'Value', None)\ny = getattr(eid, 'IntegerValue', None)"
    ),
    "attribute error": "try:\n    x = eid.Value\nexcept AttributeError:\n    x = eid.IntegerValue",
    "import error": (
        "try:\n    from Autodesk.Revit.DB import BuiltInParameterGroup\n"
        "except ImportError:\n    BuiltInParameterGroup = None"
    ),
    "fall-back after return": (
        "def number(i):\n    try:\n        return i.Value\n"
        "    except AttributeError:\n        pass\n"
        "    return i.IntegerValue\nnumber(eid)"
    ),
    "fall-back after a test": (
        "x = None\ntry:\n    x = eid.Value\nexcept Exception:\n    pass\n"
        "if x is None:\n    x = eid.IntegerValue"
    ),
    "flag from try": (
        "NEW = False\ntry:\n    eid.Value\n    NEW = True\nexcept AttributeError:\n    pass\n"
        "x = 1\nif not NEW:\n    x = eid.IntegerValue"
    ),
    "called in guarded branches only": (
        "def modern(i):\n    return i.Value\nif HOST_APP.is_newer_than(2023):\n    modern(eid)"
    ),
    "defined in a guarded branch": (
        "if HOST_APP.is_newer_than(2023):\n    def number(i):\n        return i.Value\n"
        "else:\n    def number(i):\n        return i.IntegerValue\nnumber(eid)"
    ),
    "year from the caller": (
        "def number(i, year):\n    if year >= 2024:\n        return i.Value\n"
        "    return i.IntegerValue\nnumber(eid, other())"
    ),
    "year as text from elsewhere": "if other() < '2026':\n    eid.IntegerValue",
    "year of another module": "if 2024 > other.YEAR:\n    eid.IntegerValue",
    "test not understood": "if app.VersionNumber in SUPPORTED:\n    eid.Value",
}


@pytest.mark.parametrize("source", GUARDED.values(), ids=GUARDED.keys())
def test_guarded_line_is_no_error(judged: Judged, source: str) -> None:
    assert judged.errors(source) == []


NOT_ENOUGH = {
    "one version too many": ("if HOST_APP.is_newer_than(2022):\n    eid.Value", (2023,)),
    "wrong branch": (
        "if HOST_APP.is_newer_than(2023):\n    eid.IntegerValue",
        (2026,),
    ),
    "after the guard": ("if HOST_APP.is_newer_than(2023):\n    pass\neid.Value", (2022, 2023)),
    "another exception": (
        "try:\n    eid.Value\nexcept ValueError:\n    pass",
        (2022, 2023),
    ),
    "a number, no year": ("if other() > 2019:\n    eid.Value", (2022, 2023)),
    "an unknown year too low": ("if other() >= 2023:\n    eid.Value", (2023,)),
    "only finally": ("try:\n    eid.Value\nfinally:\n    pass", (2022, 2023)),
    "or is no guard": ("if wall or HOST_APP.is_newer_than(2023):\n    eid.Value", (2022, 2023)),
    "handler fails as well": (
        "try:\n    DB.BuiltInParameterGroup.PG_DATA\nexcept AttributeError:\n    eid.IntegerValue",
        (2026,),
    ),
}


@pytest.mark.parametrize(("source", "years"), NOT_ENOUGH.values(), ids=NOT_ENOUGH.keys())
def test_what_the_guard_leaves_open_is_an_error(
    judged: Judged, source: str, years: tuple[int, ...]
) -> None:
    assert judged.errors(source) == [("RVT002", years)]


def test_in_a_broad_try_a_break_is_only_an_info(judged: Judged) -> None:
    assert judged.snippet("try:\n    eid.Value\nexcept:\n    pass") == [
        ("RVT002", "info", (2022, 2023))
    ]


def test_api_that_never_was_is_a_warning_inside_a_try(judged: Judged) -> None:
    found = judged.snippet("try:\n    wall.GetArea()\nexcept:\n    pass")
    assert [(rule, severity) for rule, severity, _ in found] == [("RVT001", "warning")]


def test_guarded_references_say_so(judged: Judged) -> None:
    from tests.analysis.conftest import PRELUDE

    source = PRELUDE + "if HOST_APP.is_newer_than(2023):\n    eid.Value\n"
    (reference,) = [r for r in judged.script(source).references if r.symbol.endswith("Id.Value")]
    assert reference.guarded
    assert reference.judged_in == (2024, 2025, 2026)
    assert reference.absent_in == ()
