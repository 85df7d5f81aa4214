"""What `recipes test` tells: progress, what is not proven and why, and the counts."""

from pathlib import Path
from typing import Any

import yaml
from rich.progress import track

from revitron_grpc.catalog.load import packaged_catalog
from revitron_grpc.cli.terminal import err, out
from revitron_grpc.errors import FieldViolation, InvalidInputError, Reason
from revitron_grpc.proofs import write_table
from revitron_grpc.recipe_tests import (
    ProofRun,
    RecipeTester,
    Wanted,
    prove_all,
    tested_candidates,
    unproven,
)
from revitron_grpc.recipes.library import RecipeLibrary

# Scenario runs that go through one process: below that a second process costs more than it saves.
_FEW = 12


def known_recipes(library: RecipeLibrary, wanted: list[str]) -> tuple[str, ...]:
    """Check ids of recipes; raises `InvalidInputError` that names those that do not exist."""
    unknown = [
        FieldViolation("recipe", f"'{name}' is no recipe; see `revitron-grpc recipes list`")
        for name in wanted
        if library.get(name) is None
    ]
    if unknown:
        raise InvalidInputError(Reason.INVALID_REQUEST, tuple(unknown))
    return tuple(wanted)


class RecipeTestReport:
    """Runs what is wanted and keeps what it came to."""

    def __init__(self, library: RecipeLibrary, wanted: Wanted) -> None:
        self._library = library
        self._wanted = wanted
        self._runs: list[ProofRun] = []
        self._failed: list[ProofRun] = []
        self._count = 0
        self._tools = 0
        chosen = [r for r in library.recipes if not wanted.recipes or r.id in wanted.recipes]
        narrowed = wanted.variants or wanted.scenarios or wanted.libraries
        self._missing = [] if narrowed else [m for loaded in chosen for m in unproven(loaded)]

    @property
    def proven(self) -> bool:
        """Whether all runs proved what they promise and no scenario is missing."""
        return not self._failed and not self._missing and self._count > 0

    def run(self, packs: tuple[Path, ...], jobs: int) -> None:
        """Run everything, with a bar on a terminal."""
        tester = RecipeTester(packaged_catalog(), self._library)
        tasks = tester.tasks(self._wanted)
        self._tools = len({(task.recipe, task.variant) for task in tasks})
        results = (
            (tester.prove(task, self._wanted) for task in tasks)
            if jobs == 1 or len(tasks) < _FEW
            else prove_all(tasks, self._wanted, packs, jobs=jobs)
        )
        bar = track(
            results, "Running scenarios", len(tasks), console=err, disable=not err.is_terminal
        )
        for runs in bar:
            for run in runs:
                self._count += 1
                self._runs.append(run)
                if self._wanted.observe:
                    self._print_seen(run)
                if not run.proof.proven:
                    self._failed.append(run)

    def write(self, path: Path) -> None:
        """Write the results as the table that is packaged with the recipes."""
        write_table(path, tested_candidates(self._runs), packaged_catalog())

    def print(self) -> None:
        """Print what is not proven and the counts."""
        for run in self._failed:
            task = run.task
            out.print(
                f"{task.recipe}/{task.variant} {task.scenario} "
                f"({task.library}, Revit {run.version}, {run.engine})",
                markup=False,
            )
            if run.proof.unknown:
                out.print(f"  not simulated: {run.proof.unknown}", markup=False)
            for failure in run.proof.failures:
                out.print(f"  {failure}", markup=False)
            if run.proof.trace:
                out.print(_indented(run.proof.trace), markup=False)
        for missing in self._missing:
            out.print(missing, markup=False)
        out.print(f"{self._count} runs of {self._tools} tools: {self._verdict()}", markup=False)

    def _verdict(self) -> str:
        if not self._count:
            return "nothing to run; no scenario fits what was asked for"
        parts = [f"{len(self._failed)} not proven" if self._failed else "all proven"]
        if self._missing:
            parts.append(f"{len(self._missing)} scenarios missing")
        return ", ".join(parts)

    def as_json(self) -> dict[str, Any]:
        """Return counts and failures as plain data."""
        return {
            "runs": self._count,
            "tools": self._tools,
            "missing": self._missing,
            "failed": [
                {
                    "recipe": run.task.recipe,
                    "variant": run.task.variant,
                    "scenario": run.task.scenario,
                    "library": run.task.library,
                    "revit_version": run.version,
                    "engine": run.engine,
                    "unknown": run.proof.unknown,
                    "failures": list(run.proof.failures),
                }
                for run in self._failed
            ],
        }

    def _print_seen(self, run: ProofRun) -> None:
        task = run.task
        out.print(
            f"# {task.recipe}/{task.variant} {task.scenario} ({task.library}, "
            f"Revit {run.version}, {run.engine})",
            markup=False,
        )
        shown = yaml.safe_dump(
            {"expect": run.proof.seen}, allow_unicode=True, sort_keys=False, width=100
        )
        out.print(shown, markup=False)


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.rstrip().splitlines())
