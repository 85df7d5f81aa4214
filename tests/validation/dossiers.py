"""Candidates, analyses and dossiers for tests, made in code."""

from typing import Any

from revitron_grpc.analysis.analyser import Analysis
from revitron_grpc.analysis.cost import CostFacts
from revitron_grpc.analysis.dialect import Dialect
from revitron_grpc.analysis.findings import Finding, Severity
from revitron_grpc.analysis.metrics import Metrics
from revitron_grpc.analysis.references import ApiReference, ReferenceKind
from revitron_grpc.analysis.safety import SafetyFacts
from revitron_grpc.catalog.similarity import ToolIndex
from revitron_grpc.generation.candidate import Candidate
from revitron_grpc.recipes.library import LoadedRecipe
from revitron_grpc.recipes.schema import Recipe
from revitron_grpc.simulation.proof import Proof
from revitron_grpc.simulation.tested import LiveRun, TestedCandidate, TestedScenario
from revitron_grpc.validation.dossier import Dossier, nearest_known
from revitron_grpc.vocabulary import Engine, Library, RevitVersion

V2024, V2025, V2026 = RevitVersion(2024), RevitVersion(2025), RevitVersion(2026)

DOORS = (
    "Doors weaker than their wall",
    "select",
    "door",
    "Selects doors whose fire rating is lower than the fire rating of their host wall.",
)
WINDOWS = (
    "Windows weaker than their wall",
    "select",
    "window",
    "Selects windows whose fire rating is lower than the fire rating of their host wall.",
)


def candidate(
    does: tuple[str, str, str, str] = DOORS,
    *,
    steps: int = 3,
    asks: int = 0,
    writes: str = "selection",
) -> Candidate:
    title, verb, thing, effect = does
    raw: dict[str, Any] = {
        "id": "a-recipe",
        "category": "selection_and_filtering",
        "problem": "Somebody has to look at every element of the model by hand.",
        "users": ["BIM manager"],
        "disciplines": ["architecture"],
        "keywords": ["one", "two", "three"],
        "value": {
            "by_hand": {
                "steps": [f"Step number {n} of the work." for n in range(1, steps + 1)],
                "repeated_for": "every door",
            },
            "user_asks": [
                {"finding": n, "how": "It answers the question."} for n in range(1, asks + 1)
            ],
        },
        "writes": writes,
        "place": {"panel": "Check"},
        "icon": {"subject": "door", "action": "select"},
        "errors": [
            {"situation": "The model is empty.", "behaviour": "The script says so and ends."},
            {"situation": "A dialog is cancelled.", "behaviour": "The script ends in silence."},
        ],
        "performance": "One pass over the doors of the model.",
        "manual_test": ["Open a model with doors.", "Press the button and look."],
        "variants": [
            {
                "id": "a-variant",
                "title": title,
                "tooltip": f"{effect} A tooltip of some length.",
                "does": {"verb": verb, "object": thing, "effect": effect},
            }
        ],
    }
    recipe = Recipe.model_validate(raw)
    loaded = LoadedRecipe(recipe, {Library.PYREVIT: ""}, (), (), "digest")
    return Candidate(loaded, recipe.variants[0])


def analysis(
    *,
    findings: tuple[Finding, ...] = (),
    references: tuple[ApiReference, ...] = (),
    python2: bool = True,
    python3: bool = True,
    metrics: Metrics | None = None,
    cost: CostFacts | None = None,
    safety: SafetyFacts | None = None,
) -> Analysis:
    return Analysis(
        findings=findings,
        references=references,
        imports=(),
        dialect=Dialect(parses_as_python2=python2, parses_as_python3=python3),
        metrics=metrics or Metrics(60, 12, 4, 3, 20),
        cost=cost or CostFacts(),
        safety=safety or SafetyFacts(),
        unresolved=(),
        unknown_receivers=(),
    )


def live_run(failures: tuple[str, ...] = (), unknown: str = "") -> LiveRun:
    """Make the run of an effect scenario."""
    proof = Proof("numbers-doors", "Two doors get a number.", failures, unknown, {})
    return LiveRun(V2026, Engine.IRONPYTHON_27, "small-house", proof)


PROVEN_RUN = live_run()
ALL_TESTED = TestedCandidate(
    (TestedScenario("numbers-doors", 10, 10), TestedScenario("nothing-to-do", 10, 10)),
    (2022, 2026),
    ("ironpython27", "ironpython34"),
)


def dossier(
    known: ToolIndex | None = None,
    *,
    of: Candidate | None = None,
    analysed: Analysis | None = None,
    engine: Engine = Engine.IRONPYTHON_27,
    simulated: LiveRun | None = PROVEN_RUN,
    tested: TestedCandidate | None = ALL_TESTED,
) -> Dossier:
    made, index = of or candidate(), known or ToolIndex()
    return Dossier(
        candidate=made,
        script="pass\n",
        flavour=Library.PYREVIT,
        analysis=analysed or analysis(),
        versions=(V2024, V2025, V2026),
        engine=engine,
        known=index,
        nearest=nearest_known(made, index),
        simulated=simulated,
        tested=tested,
    )


def reference(
    *,
    present: tuple[RevitVersion, ...] = (),
    absent: tuple[RevitVersion, ...] = (),
    unknown: tuple[RevitVersion, ...] = (),
    guarded: bool = False,
    symbol: str = "Autodesk.Revit.DB.ElementId.IntegerValue",
) -> ApiReference:
    return ApiReference(
        symbol=symbol,
        kind=ReferenceKind.MEMBER,
        line=1,
        column=1,
        guarded=guarded,
        judged_in=tuple(sorted((*present, *absent, *unknown))),
        present_in=present,
        absent_in=absent,
        unknown_in=unknown,
        obsolete_in=(),
    )


def finding(rule: str, severity: Severity) -> Finding:
    return Finding(rule, severity, "a message", "script.py", 3, 1, 3, 5)
