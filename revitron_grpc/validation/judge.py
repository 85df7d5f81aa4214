"""All seven criteria on one candidate."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from revitron_grpc.validation.aec_value import judge_aec_value
from revitron_grpc.validation.api_compatibility import judge_api_compatibility
from revitron_grpc.validation.dossier import Dossier
from revitron_grpc.validation.duplicate_check import judge_duplicate_check
from revitron_grpc.validation.implementation_complexity import judge_implementation_complexity
from revitron_grpc.validation.innovation_score import judge_innovation_score
from revitron_grpc.validation.resource_requirements import judge_resource_requirements
from revitron_grpc.validation.technical_feasibility import judge_technical_feasibility
from revitron_grpc.validation.verdict import (
    CriterionResult,
    CriterionScore,
    Evidence,
    Verdict,
)
from revitron_grpc.vocabulary import Criterion

CRITERIA: Mapping[Criterion, Callable[[Dossier], CriterionScore]] = {
    Criterion.TECHNICAL_FEASIBILITY: judge_technical_feasibility,
    Criterion.DUPLICATE_CHECK: judge_duplicate_check,
    Criterion.AEC_VALUE: judge_aec_value,
    Criterion.IMPLEMENTATION_COMPLEXITY: judge_implementation_complexity,
    Criterion.API_COMPATIBILITY: judge_api_compatibility,
    Criterion.INNOVATION_SCORE: judge_innovation_score,
    Criterion.RESOURCE_REQUIREMENTS: judge_resource_requirements,
}
"""The formula of each criterion."""

RESEARCHED = frozenset((Criterion.DUPLICATE_CHECK, Criterion.AEC_VALUE, Criterion.INNOVATION_SCORE))
"""The criteria that compare with tools that exist; without research they have no answer."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The bars of a run. An applied threshold of None means that the check is off."""

    defaults: Mapping[Criterion, float]
    applied: Mapping[Criterion, float | None]

    def __hash__(self) -> int:
        return hash((tuple(self.defaults.items()), tuple(self.applied.items())))


def judge(dossier: Dossier, thresholds: Thresholds) -> Verdict:
    """Ask all seven questions, always, in the order of `Criterion`.

    A check that is switched off is asked too: its score and evidence stand in the spec, it only
    decides nothing. Only what compares with tools that exist has no answer without research.
    """
    return Verdict(
        tuple(
            CriterionResult(
                score=_score(criterion, dossier),
                threshold=thresholds.applied[criterion],
                default_threshold=thresholds.defaults[criterion],
            )
            for criterion in Criterion
        )
    )


def _score(criterion: Criterion, dossier: Dossier) -> CriterionScore:
    if criterion in RESEARCHED and not dossier.researched:
        evidence = Evidence("not judged: compared with no tool that exists", "research is off")
        return CriterionScore(criterion, 0.0, (evidence,))
    return CRITERIA[criterion](dossier)
