"""The criterion resource_requirements: what the tool asks of Revit in a large model."""

from revitron_grpc.validation.cost_class import cost_class, cost_facts, cost_points
from revitron_grpc.validation.dossier import Dossier
from revitron_grpc.validation.verdict import CriterionScore, Evidence
from revitron_grpc.vocabulary import Criterion


def judge_resource_requirements(dossier: Dossier) -> CriterionScore:
    """1 - cost points, at least 0; `cost_class` says what counts how much.

    The cost is predicted from the script, not measured.
    """
    cost = dossier.analysis.cost
    points = cost_points(cost)
    return CriterionScore(
        Criterion.RESOURCE_REQUIREMENTS,
        round(max(0.0, 1.0 - points), 4),
        (
            Evidence(f"predicted cost class: {cost_class(cost)}", "analysis of the script", points),
            *(Evidence(fact, "analysis of the script") for fact in cost_facts(cost)),
        ),
    )
