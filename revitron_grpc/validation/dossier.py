"""All that the criteria look at."""

from dataclasses import dataclass

from revitron_grpc.analysis.analyser import Analysis
from revitron_grpc.catalog.similarity import ToolFunction, ToolIndex, ToolMatch
from revitron_grpc.generation.candidate import Candidate
from revitron_grpc.simulation.tested import LiveRun, TestedCandidate
from revitron_grpc.validation.description import function_of_candidate
from revitron_grpc.vocabulary import Engine, Library, RevitVersion

RELATED_TOOLS = 12
"""How many of the nearest known tools are looked at."""


@dataclass(frozen=True, slots=True)
class Dossier:
    """A rendered and analysed candidate with what it is judged against.

    Nothing in it belongs to one caller or one run, so that a verdict can be used again. `known`
    are the packaged tools, `nearest` those of them that do nearly the same, best first; neither
    says anything where `researched` is false: then nothing was compared with tools that exist.
    """

    candidate: Candidate
    script: str
    flavour: Library
    analysis: Analysis
    versions: tuple[RevitVersion, ...]
    engine: Engine
    known: ToolIndex
    nearest: tuple[ToolMatch, ...]
    researched: bool = True
    simulated: LiveRun | None = None
    """The effect scenario, run for this candidate; None where the recipe has none."""
    tested: TestedCandidate | None = None
    """The packaged runs of this very recipe, values and script; None where there are none."""

    @property
    def function(self) -> ToolFunction:
        """What the candidate does."""
        return function_of_candidate(self.candidate)


def nearest_known(candidate: Candidate, known: ToolIndex) -> tuple[ToolMatch, ...]:
    """Return the known tools nearest to what a candidate does, best first."""
    return known.nearest(function_of_candidate(candidate), RELATED_TOOLS)
