"""`[tool.revitron]` and `revitron.yaml`: where they are found, and what is wrong with them."""

from pathlib import Path

import pytest

from revitron_grpc.errors import InvalidInputError, Reason
from revitron_grpc.project_settings import (
    ProjectSettings,
    find_project_settings,
    load_project_settings,
)
from revitron_grpc.vocabulary import Engine

TOML = """
[tool.revitron]
select = ["RVT", "BND"]
ignore = ["RVT301"]
revit = "2024-2026"
engine = "ironpython34"

[tool.revitron.per-path-ignores]
"lib/" = ["RVT4"]
"""


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_the_table_of_pyproject(tmp_path: Path) -> None:
    file = write(tmp_path / "pyproject.toml", TOML)
    script = write(tmp_path / "A.extension" / "lib" / "x.py", "")
    found = find_project_settings(script)
    assert found.path == file
    assert found.revit == (2024, 2025, 2026)
    assert found.engine is Engine.IRONPYTHON_34
    assert found.selection.wants("RVT001", str(script))
    assert not found.selection.wants("RVT301", str(script))
    assert not found.selection.wants("RVT400", str(script))
    assert found.selection.wants("RVT400", str(tmp_path / "script.py"))


def test_yaml_beside_it_counts_first_and_the_nearest_file_counts_alone(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", TOML)
    write(tmp_path / "revitron.yaml", "ignore: [RVT402]\nrevit: 2025\n")
    write(tmp_path / "in" / "pyproject.toml", "[tool.ruff]\nline-length = 100\n")
    found = find_project_settings(tmp_path / "in")
    assert found.path == tmp_path / "revitron.yaml"
    assert found.revit == (2025,)
    assert found.selection.wants("RVT301")
    assert not found.selection.wants("RVT402")


def test_without_any_file_everything_is_reported(tmp_path: Path) -> None:
    found = find_project_settings(tmp_path)
    if found.path is None:
        assert found == ProjectSettings()
    assert ProjectSettings().selection.wants("RVT001")


def test_an_empty_file_ends_the_search(tmp_path: Path) -> None:
    write(tmp_path / "revitron.yaml", "ignore: [RVT]\n")
    write(tmp_path / "in" / "revitron.yaml", "# nothing\n")
    assert find_project_settings(tmp_path / "in").selection.wants("RVT001")


def test_a_file_extends_another(tmp_path: Path) -> None:
    write(
        tmp_path / "office" / "revitron.yaml",
        "select: [RVT0]\nignore: [RVT003]\nrevit: [2024, '2025-2026']\n"
        "per-path-ignores:\n  lib/: [RVT001]\n",
    )
    file = write(
        tmp_path / "mine" / "revitron.yaml",
        "extend: ../office/revitron.yaml\nextend-select: [RVT4]\nextend-ignore: [RVT402]\n",
    )
    found = load_project_settings(file)
    wanted = {
        c for c in ("RVT001", "RVT003", "RVT100", "RVT400", "RVT402") if found.selection.wants(c)
    }
    assert wanted == {"RVT001", "RVT400"}
    assert found.revit == (2024, 2025, 2026)
    # Patterns stay relative to the file that they stand in.
    assert not found.selection.wants("RVT001", str(tmp_path / "office" / "lib" / "a.py"))
    assert found.selection.wants("RVT001", str(tmp_path / "mine" / "lib" / "a.py"))


def test_what_is_added_to_everything_outweighs_what_is_ignored(tmp_path: Path) -> None:
    file = write(tmp_path / "revitron.yaml", "extend-select: [RVT301]\nignore: [RVT3]\n")
    selection = load_project_settings(file).selection
    assert [selection.wants(code) for code in ("RVT301", "RVT300", "BND001")] == [True, False, True]


@pytest.mark.parametrize(
    ("name", "text", "key", "told"),
    [
        ("revitron.yaml", "selct: [RVT]", "selct", "did you mean select?"),
        ("revitron.yaml", "per_path_ignores: {}", "per_path_ignores", "per-path-ignores?"),
        ("revitron.yaml", "colour: red", "colour", "allowed here: engine, extend"),
        ("revitron.yaml", "ignore: [RVT05]", "ignore", "did you mean RVT0"),
        ("revitron.yaml", "per-path-ignores: {lib/: [Q1]}", "per-path-ignores.lib/", "no rule"),
        ("revitron.yaml", "revit: last", "revit", "'last' is no year or range such as"),
        ("revitron.yaml", "engine: jython", "engine", "ironpython27"),
        ("revitron.yaml", "select: RVT", "select", "list"),
        ("revitron.yaml", "- RVT", "", "must hold keys"),
        ("revitron.yaml", "a: [", "", "cannot be read as YAML"),
        ("revitron.yaml", "!!python/object/apply:os.system [ls]", "", "cannot be read as YAML"),
        ("revitron.yaml", "extend: none.yaml", "", "does not exist"),
        ("revitron.yaml", "extend: revitron.yaml", "extend", "leads back"),
        ("pyproject.toml", "[tool.revitron", "", "cannot be read as TOML"),
        ("pyproject.toml", "[tool.revitron]\nselct = []", "selct", "did you mean select?"),
        ("pyproject.toml", "[tool]\nrevitron = 3", "", "must hold keys"),
        ("pyproject.toml", "[tool.ruff]", "", "has no table [tool.revitron]"),
    ],
)
def test_a_wrong_file_is_named_with_what_would_be_right(
    tmp_path: Path, name: str, text: str, key: str, told: str
) -> None:
    file = write(tmp_path / name, text)
    with pytest.raises(InvalidInputError) as raised:
        load_project_settings(file)
    assert raised.value.reason is Reason.INVALID_CONFIGURATION
    violation = raised.value.violations[0]
    assert str(tmp_path) in violation.field
    assert violation.field.endswith(key)
    assert told in violation.description
