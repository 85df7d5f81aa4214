"""All that the criteria look at."""

from dataclasses import dataclass, field

from revitron_grpc.analysis.analyser import Analysis
from revitron_grpc.catalog.similarity import ToolFunction, ToolIndex, ToolMatch
from revitron_grpc.generation.candidate import Candidate
from revitron_grpc.validation.description import function_of_candidate
from revitron_grpc.vocabulary import Engine, Library, RevitVersion

RELATED_TOOLS = 12
"""How many of the nearest known tools are looked at."""


@dataclass(frozen=True, slots=True)
class Dossier:
    """A rendered and analysed candidate with what it is judged against.

    Nothing in it belongs to one caller or one run, so that a verdict can be used again. `known`
    are the packaged tools; `function` and `nearest` are found when the dossier is made: what the
    candidate does, and the known tools nearest to it, best first.
    """

    candidate: Candidate
    script: str
    flavour: Library
    analysis: Analysis
    versions: tuple[RevitVersion, ...]
    engine: Engine
    known: ToolIndex
    function: ToolFunction = field(init=False)
    nearest: tuple[ToolMatch, ...] = field(init=False)

    def __post_init__(self) -> None:
        function = function_of_candidate(self.candidate)
        object.__setattr__(self, "function", function)
        object.__setattr__(self, "nearest", self.known.nearest(function, RELATED_TOOLS))
