"""Duplicates among the caller's own tools and within one run."""

from dataclasses import replace

from revitron_grpc.catalog.similarity import ToolIndex
from revitron_grpc.generation.candidate import Candidate
from revitron_grpc.validation.description import description_of, function_of_candidate
from revitron_grpc.validation.duplicate_check import duplicate_score
from revitron_grpc.validation.own_tools import OwnTools
from revitron_grpc.validation.verdict import CriterionResult, Verdict
from revitron_grpc.vocabulary import Criterion

__all__ = ["RunDuplicates", "description_of"]


class RunDuplicates:
    """What a run knows beside the packaged tools. Used by one thread, in the run's order."""

    def __init__(self, own: OwnTools) -> None:
        self._own = own
        self._run = ToolIndex()

    def amend(self, candidate: Candidate, verdict: Verdict) -> Verdict:
        """Add the nearest own tool and the nearest of the run to the duplicate check.

        Whichever of the three is nearest decides the score. No other criterion changes.
        """
        own = self._own.nearest(candidate)
        groups = (
            (
                (own,) if own else (),
                f"{len(self._own)} tools of yours",
                "nearest of your own tools",
            ),
            (
                self._run.nearest(function_of_candidate(candidate)),
                f"{len(self._run)} accepted before",
                "nearest in this run",
            ),
        )
        results: list[CriterionResult] = []
        for result in verdict.results:
            score = result.score
            if score.criterion is Criterion.DUPLICATE_CHECK:
                for nearest, among, role in groups:
                    found = duplicate_score(nearest, among, role, score.evidence)
                    worse = found if found.score < score.score else score
                    score = replace(worse, evidence=found.evidence)
                result = replace(result, score=score)
            results.append(result)
        return Verdict(tuple(results))

    def accept(self, candidate: Candidate) -> None:
        """Make an accepted candidate part of the run."""
        self._run.add(description_of(candidate), function_of_candidate(candidate))
