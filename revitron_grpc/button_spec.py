"""A button spec: a candidate that passed, with its evidence.

The eight elements and all that goes with them, as the contract names them
(`protos/revitron_grpc/v1/button_spec.proto` says what each field means and its limits).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from revitron_grpc.recipes.library import BundleFile
from revitron_grpc.validation.cost_class import CostClass
from revitron_grpc.validation.verdict import Verdict
from revitron_grpc.vocabulary import Category, Criterion, Discipline, Engine, Library, RevitVersion

_END = "not run in your Revit; try it on a detached copy."
_FACTS = "Proven against the API facts of every requested Revit version"
PROOF_STATEMENT = f"{_FACTS} and in simulation; {_END}"
"""What a reader may rely on. No text of this project claims more."""
NOT_SIMULATED_STATEMENT = f"{_FACTS}; not proven in simulation; {_END}"
"""The same for a tool whose recipe has no scenario, or one that the simulation cannot run."""


def proof_statement(switched_off: Sequence[Criterion], *, simulated: bool = True) -> str:
    """Say what is proven where these checks decided nothing; the whole statement if none.

    Without `simulated` the tool, or one of them, was not run in simulation.
    """
    whole = PROOF_STATEMENT if simulated else NOT_SIMULATED_STATEMENT
    if not switched_off:
        return whole
    if len(switched_off) == len(Criterion):
        return f"NOT VALIDATED: every check was switched off, nothing is proven; {_END}"
    lead = f"NOT FULLY VALIDATED: switched off were {', '.join(switched_off)}. "
    if Criterion.API_COMPATIBILITY not in switched_off:
        return lead + whole
    ran = "proven in simulation" if simulated else "not proven in simulation"
    return f"{lead}Not proven against the API facts; {ran}; {_END}"


class Effect(StrEnum):
    """What a tool changes."""

    READS = "nothing"
    SELECTS = "selection"
    WRITES_FILE = "file"
    WRITES_MODEL = "model"


class Compatibility(StrEnum):
    """Whether a script holds in one Revit version."""

    COMPATIBLE = "compatible"
    COMPATIBLE_AS_FAR_AS_KNOWN = "compatible_as_far_as_known"
    INCOMPATIBLE = "incompatible"


@dataclass(frozen=True, slots=True)
class LocalizedText:
    """Title and tooltip in one language."""

    locale: str
    title: str
    tooltip: str


@dataclass(frozen=True, slots=True)
class Placement:
    """Panel and group on the ribbon."""

    panel: str
    group: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Recipe, variant and values; each value as JSON."""

    recipe: str
    recipe_digest: str
    variant: str
    parameters: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ApiRequirement:
    """One symbol that the script uses, with the requested versions that have it."""

    symbol: str
    kind: str
    uses: int
    first_line: int
    present_in: tuple[RevitVersion, ...]
    absent_in: tuple[RevitVersion, ...]
    unknown_in: tuple[RevitVersion, ...]
    obsolete_in: tuple[RevitVersion, ...]
    guarded: bool
    replacement: str
    documentation_url: str


@dataclass(frozen=True, slots=True)
class ImplementationComplexity:
    """Measured size; the effort by hand in hours."""

    statements: int
    branches: int
    functions: int
    max_depth: int
    api_symbols: int
    estimated_hours: float


@dataclass(frozen=True, slots=True)
class Dependency:
    """Something to install, from which version on, and why."""

    name: str
    min_version: str
    reason: str


@dataclass(frozen=True, slots=True)
class VersionVerdict:
    """What is known about one Revit version."""

    revit_version: RevitVersion
    compatibility: Compatibility
    references_proven: int
    references_unknown: int
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ErrorHandling:
    """A situation and what the script does then."""

    situation: str
    behaviour: str


@dataclass(frozen=True, slots=True)
class ScenarioRun:
    """A scenario that was run in simulation for this spec, and whether it was fulfilled."""

    name: str
    revit_version: RevitVersion
    passed: bool
    expectation: str


@dataclass(frozen=True, slots=True)
class TestingStrategy:
    """What was checked, the scenarios that ran, and the steps to try it by hand."""

    manual_steps: tuple[str, ...]
    automatic_checks: tuple[str, ...]
    scenarios: tuple[ScenarioRun, ...] = ()

    # The name is the contract's; this tells pytest that it is no test.
    __test__ = False


@dataclass(frozen=True, slots=True)
class PerformanceConsiderations:
    """The predicted cost class, the facts behind it, and a note for users."""

    cost_class: CostClass
    facts: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class ButtonCode:
    """The files of the button."""

    script: str
    bundle_yaml: str
    icon_png: bytes
    icon_dark_png: bytes
    files: tuple[BundleFile, ...]


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A criterion that faced less than the default; no threshold means switched off."""

    criterion: Criterion
    default_threshold: float
    applied_threshold: float | None


@dataclass(frozen=True, slots=True)
class Ranking:
    """How the planner ranked the candidate."""

    fit: float
    value: float
    novelty: float
    matched_words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ButtonSpec:
    """A complete design of a button; everything but its place in the run."""

    id: str
    name: str
    title: str
    tooltip: str
    localizations: tuple[LocalizedText, ...]
    category: Category
    disciplines: tuple[Discipline, ...]
    users: tuple[str, ...]
    problem: str
    placement: Placement
    context: tuple[str, ...]
    effect: Effect
    engine: Engine
    library: Library
    library_reason: str
    origin: Origin
    api_requirements: tuple[ApiRequirement, ...]
    implementation_complexity: ImplementationComplexity
    dependencies: tuple[Dependency, ...]
    revit_compatibility: tuple[VersionVerdict, ...]
    testing_strategy: TestingStrategy
    error_handling: tuple[ErrorHandling, ...]
    performance: PerformanceConsiderations
    code: ButtonCode
    verdict: Verdict
    relaxations: tuple[Relaxation, ...]
    ranking: Ranking
    proof_statement: str = PROOF_STATEMENT
