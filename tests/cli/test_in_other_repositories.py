"""The GitHub Action and the pre-commit hooks: their form, and what they run."""

import json
import os
import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from pre_commit.clientlib import load_manifest

ROOT = Path(__file__).parents[2]
ACTION = ROOT / "action.yml"
HOOKS = ROOT / ".pre-commit-hooks.yaml"
BREAKS = "from pyrevit import revit\nprint(revit.doc.ActiveView.Id.IntegerValue)\n"
MENDED = BREAKS.replace("IntegerValue", "Value")
SCRIPT = "My.extension/My.tab/T.panel/Number it.pushbutton/script.py"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    script = tmp_path / SCRIPT
    script.parent.mkdir(parents=True)
    script.write_text(BREAKS, encoding="utf-8")
    return tmp_path


def schema(name: str) -> dict[str, Any]:
    """A schema of schemastore.org, as check-jsonschema carries it."""
    folder = files("check_jsonschema") / "builtin_schemas" / "vendor"
    return json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))


def action() -> dict[str, Any]:
    return yaml.safe_load(ACTION.read_text(encoding="utf-8"))


def environment(**more: str) -> dict[str, str]:
    """The variables of a step, with the command where an installation puts it."""
    return {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        **more,
    }


def step(repository: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """Run the last step of the action with its defaults and these inputs."""
    described = action()
    last = described["runs"]["steps"][-1]
    given = {name: one["default"] for name, one in described["inputs"].items()}
    given |= {name.replace("_", "-"): value for name, value in inputs.items()}
    variables = {
        name: given[value.removeprefix("${{ inputs.").removesuffix(" }}")]
        for name, value in last["env"].items()
    }
    script = repository.parent / "step.sh"
    script.write_text(last["run"], encoding="utf-8")
    bash = shutil.which("bash")
    assert bash is not None
    return subprocess.run(
        # As GitHub starts a step whose shell is bash.
        [bash, "--noprofile", "--norc", "-eo", "pipefail", script],
        cwd=repository,
        env=environment(GITHUB_STEP_SUMMARY=str(repository / "summary.md"), **variables),
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )


class TestAction:
    def test_is_an_action(self) -> None:
        jsonschema.validate(action(), schema("github-actions"))

    def test_every_input_reaches_the_step_that_runs(self) -> None:
        described = action()
        told = {
            value for one in described["runs"]["steps"] for value in one.get("env", {}).values()
        }
        told |= set(described["runs"]["steps"][0]["with"].values())
        assert told == {f"${{{{ inputs.{name} }}}}" for name in described["inputs"]}

    def test_no_input_is_pasted_into_a_script(self) -> None:
        assert not [one for one in action()["runs"]["steps"] if "${{" in one.get("run", "")]

    def test_findings_stand_beside_the_lines(self, repository: Path) -> None:
        done = step(repository, revit="2024-2026", sarif="toolbar.sarif", select="RVT")
        assert done.returncode == 1, done.stderr
        assert done.stdout.startswith(f"::error file={SCRIPT},line=2,")
        results = json.loads((repository / "toolbar.sarif").read_text())["runs"][0]["results"]
        assert [one["ruleId"] for one in results] == ["RVT002"]
        assert "breaks (1)" in (repository / "summary.md").read_text()

    def test_the_step_may_pass(self, repository: Path) -> None:
        quiet = {"statistics": "false", "select": "RVT"}
        assert step(repository, fail_on="never", **quiet).returncode == 0
        assert not (repository / "summary.md").exists()

    def test_paths_are_lines_and_no_part_of_the_script(self, repository: Path) -> None:
        paths = f"{Path(SCRIPT).parent}\n$(touch owned)\n"
        done = step(repository, paths=paths, statistics="false")
        assert done.returncode == 2
        assert "$(touch owned): does not exist" in done.stderr
        assert not (repository / "owned").exists()


class TestHooks:
    def test_are_hooks(self) -> None:
        hooks = load_manifest(str(HOOKS))
        assert [hook["id"] for hook in hooks] == ["revitron-grpc-validate", "revitron-grpc-fix"]
        for hook in hooks:
            assert hook["additional_dependencies"] == [".[cli]"]

    @pytest.mark.parametrize(("index", "code"), [(0, 1), (1, 0)])
    def test_run_on_the_files_of_a_commit(self, repository: Path, index: int, code: int) -> None:
        hook = load_manifest(str(HOOKS))[index]
        done = subprocess.run(
            [*hook["entry"].split(), "--revit", "2024-2026", SCRIPT],
            cwd=repository,
            env=environment(),
            capture_output=True,
            text=True,
            timeout=100,
            check=False,
        )
        assert done.returncode == code, done.stderr
        text = (repository / SCRIPT).read_text(encoding="utf-8")
        assert text == (MENDED if index else BREAKS)
