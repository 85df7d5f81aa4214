"""What a candidate does, in the form in which tools are compared."""

from functools import lru_cache

from revitron_grpc.catalog.similarity import ToolDescription, ToolFunction, function_of
from revitron_grpc.generation.candidate import Candidate


def description_of(candidate: Candidate) -> ToolDescription:
    """Return what a candidate says that it does; the script decides nothing here."""
    does = candidate.variant.does
    return ToolDescription(
        title=candidate.variant.title,
        description=does.effect,
        verb=does.verb,
        object=does.object,
        source="this run",
        path=candidate.key,
    )


def function_of_candidate(candidate: Candidate) -> ToolFunction:
    """Return what a candidate does; remembered, since every run asks for the same ones."""
    return _function(description_of(candidate))


@lru_cache(maxsize=4096)
def _function(description: ToolDescription) -> ToolFunction:
    return function_of(description)
