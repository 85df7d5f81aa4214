"""The criterion innovation_score: the distance of the tool to what exists."""

from revitron_grpc.validation.dossier import RELATED_TOOLS, Dossier
from revitron_grpc.validation.verdict import CriterionScore, Evidence
from revitron_grpc.vocabulary import Criterion

_RELATED = 0.4
_DISTANCE, _ROOM = 0.75, 0.25


def judge_innovation_score(dossier: Dossier) -> CriterionScore:
    """0.75 x (1 - similarity of the nearest known tool) + 0.25 x (1 - r / 12).

    r is how many of the 12 nearest known tools have a similarity of at least 0.4: a field in
    which a dozen tools do something alike is no new one.
    """
    among = f"{len(dossier.known)} known tools and native commands"
    similarity = dossier.nearest[0].similarity if dossier.nearest else 0.0
    nearest = f": '{dossier.nearest[0].tool.title}'" if dossier.nearest else ": none"
    related = sum(match.similarity >= _RELATED for match in dossier.nearest)
    score = _DISTANCE * (1.0 - similarity) + _ROOM * (1.0 - related / RELATED_TOOLS)
    return CriterionScore(
        Criterion.INNOVATION_SCORE,
        round(score, 4),
        (
            Evidence(f"similarity of the nearest known tool{nearest}", among, similarity),
            Evidence(
                f"known tools with a similarity of at least {_RELATED} "
                f"(of the {RELATED_TOOLS} nearest)",
                among,
                related,
            ),
        ),
    )
