"""Run the scenarios of recipes: for every Revit version, engine and flavour that they claim."""

from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from revitron_grpc.catalog.load import load_catalog
from revitron_grpc.catalog.query import Catalog
from revitron_grpc.generation.candidate import Candidate, candidates_of
from revitron_grpc.generation.render import ScriptRenderer
from revitron_grpc.proofs import proof_key
from revitron_grpc.recipes.library import LoadedRecipe, RecipeLibrary, load_packs
from revitron_grpc.simulation.apis import RevitApis
from revitron_grpc.simulation.proof import Proof, prove
from revitron_grpc.simulation.samples import SampleModels
from revitron_grpc.simulation.tested import TestedCandidate, TestedScenario
from revitron_grpc.vocabulary import Engine, Library, RevitVersion

REVITRON_UNTIL = 2024
"""The last Revit in which `import revitron` works (facts/pyrevit/revitron_api.json)."""


@dataclass(frozen=True, slots=True)
class ProofTask:
    """One scenario of one variant in one flavour, for all versions and engines, by name."""

    recipe: str
    variant: str
    library: Library
    scenario: str


@dataclass(frozen=True, slots=True)
class ProofRun:
    """One run of a scenario, and what it came to."""

    task: ProofTask
    key: str
    """The candidate's `proof_key`."""
    version: RevitVersion
    engine: Engine
    proof: Proof


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which runs are asked for; empty means all."""

    recipes: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()
    scenarios: tuple[str, ...] = ()
    libraries: tuple[Library, ...] = ()
    versions: tuple[RevitVersion, ...] = ()
    engines: tuple[Engine, ...] = ()
    observe: bool = False
    """Whether each proof also says what its run would fulfil."""


class RecipeTester:
    """Renders candidates and proves them; keeps one Revit for each version and engine."""

    def __init__(self, catalog: Catalog, library: RecipeLibrary) -> None:
        self._library = library
        self._versions = catalog.versions
        self._renderer = ScriptRenderer(library)
        self._apis = RevitApis(catalog)
        self._samples = SampleModels()

    def tasks(self, wanted: Wanted) -> list[ProofTask]:
        """Return what there is to prove, in order of recipe, variant, flavour and scenario."""
        return [
            ProofTask(loaded.id, variant.id, flavour, scenario.id)
            for loaded in self._library.recipes
            if not wanted.recipes or loaded.id in wanted.recipes
            for variant in loaded.recipe.variants
            if not wanted.variants or variant.id in wanted.variants
            for flavour in sorted(loaded.templates)
            if not wanted.libraries or flavour in wanted.libraries
            for scenario in loaded.scenarios_of(variant.id, flavour)
            if not wanted.scenarios or scenario.id in wanted.scenarios
        ]

    def prove(self, task: ProofTask, wanted: Wanted) -> list[ProofRun]:
        """Run one task in every version and engine that is claimed and asked for."""
        loaded = self._library.get(task.recipe)
        if loaded is None:
            raise KeyError(task.recipe)
        candidate = next(c for c in candidates_of(loaded) if c.variant.id == task.variant)
        scenario = next(s for s in loaded.scenarios if s.id == task.scenario)
        script = self._renderer.render(candidate, task.library)
        files = [(file.name, file.content) for file in loaded.files]
        key = proof_key(candidate, task.library, script)
        runs: list[ProofRun] = []
        for version in claimed_versions(candidate, task.library, self._versions):
            if wanted.versions and version not in wanted.versions:
                continue
            for engine in scenario.engines or loaded.recipe.engines:
                if wanted.engines and engine not in wanted.engines:
                    continue
                api = self._apis.get(version, engine)
                proof = prove(scenario, script, api, self._samples, files, observe=wanted.observe)
                runs.append(ProofRun(task, key, version, engine, proof))
        return runs


def claimed_versions(
    candidate: Candidate, library: Library, covered: Iterable[RevitVersion]
) -> list[RevitVersion]:
    """Return the versions that a candidate claims in a flavour."""
    ranges = [r for r in (candidate.loaded.recipe.revit, candidate.variant.revit) if r is not None]
    return [
        version
        for version in covered
        if all(held.holds_in(version) for held in ranges)
        and (library is not Library.REVITRON or version <= REVITRON_UNTIL)
    ]


def unproven(loaded: LoadedRecipe) -> list[str]:
    """Say what a recipe's scenarios leave open: each variant needs an effect and a nothing.

    A recipe that writes to the model needs for each variant a scenario of what is refused, and
    at least one scenario in a model of the second flavour.
    """
    missing: list[str] = []
    writes = loaded.recipe.writes == "model"
    wanted = ["effect", "nothing", *(["blocked"] if writes else [])]
    for variant in loaded.recipe.variants:
        for flavour in loaded.templates:
            proves = {s.proves.value for s in loaded.scenarios_of(variant.id, flavour)}
            missing += [
                f"{loaded.id}/{variant.id} ({flavour}) has no scenario that proves '{kind}'"
                for kind in wanted
                if kind not in proves
            ]
    if writes and not any(s.model.endswith("-second") for s in loaded.scenarios):
        missing.append(f"{loaded.id} has no scenario in a model of the second flavour")
    return missing


def tested_candidates(runs: Iterable[ProofRun]) -> dict[str, TestedCandidate]:
    """Sum up runs for the packaged table, by `proof_key`."""
    by_key: dict[str, list[ProofRun]] = {}
    for run in runs:
        by_key.setdefault(run.key, []).append(run)
    return {key: _summed_up(held) for key, held in by_key.items()}


def _summed_up(runs: list[ProofRun]) -> TestedCandidate:
    counts: dict[str, list[int]] = {}
    for run in runs:
        count = counts.setdefault(run.task.scenario, [0, 0])
        count[0] += run.proof.proven
        count[1] += 1
    return TestedCandidate(
        tuple(TestedScenario(name, *count) for name, count in sorted(counts.items())),
        tuple(sorted({run.version for run in runs})),
        tuple(sorted({str(run.engine) for run in runs})),
    )


_tester: RecipeTester | None = None


def _open(catalog: Path | None, packs: tuple[Path, ...]) -> None:
    # A process is one worker; the module is its only place to keep what it needs.
    global _tester
    _tester = RecipeTester(load_catalog(catalog), load_packs(packs))


def _prove(task: ProofTask, wanted: Wanted) -> list[ProofRun]:
    if _tester is None:
        raise RuntimeError("the process has no recipes")
    return _tester.prove(task, wanted)


def prove_all(
    tasks: list[ProofTask],
    wanted: Wanted,
    packs: tuple[Path, ...],
    *,
    jobs: int,
    catalog: Path | None = None,
) -> Iterable[list[ProofRun]]:
    """Prove tasks in `jobs` spawned processes and yield the runs of each in order."""
    with ProcessPoolExecutor(
        jobs, mp_context=get_context("spawn"), initializer=_open, initargs=(catalog, packs)
    ) as pool:
        pending: list[Any] = [pool.submit(_prove, task, wanted) for task in tasks]
        for future in pending:
            yield future.result()
