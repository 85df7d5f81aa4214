"""What a candidate does, in the form in which tools are compared."""

from revitron_grpc.catalog.similarity import ToolDescription
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
