"""The criterion duplicate_check: no tool that exists already does the same."""

from revitron_grpc.catalog.similarity import DUPLICATE_LIMIT, ToolMatch
from revitron_grpc.validation.dossier import Dossier
from revitron_grpc.validation.verdict import CriterionScore, Evidence
from revitron_grpc.vocabulary import Criterion


def judge_duplicate_check(dossier: Dossier) -> CriterionScore:
    """1 while the nearest known tool is under `DUPLICATE_LIMIT`, else 1 - its similarity.

    The caller's own tools and those of the run are added by `RunDuplicates`.
    """
    among = f"{len(dossier.known)} known tools and native commands"
    return duplicate_score(dossier.nearest[:1], among, "nearest known tool", ())


def duplicate_score(
    nearest: tuple[ToolMatch, ...], among: str, role: str, before: tuple[Evidence, ...]
) -> CriterionScore:
    """Score the nearest tool of one group of tools; `before` is the evidence so far."""
    if not nearest:
        evidence = Evidence(f"{role}: none does anything similar", among, 0.0)
        return CriterionScore(Criterion.DUPLICATE_CHECK, 1.0, (*before, evidence))
    match = nearest[0]
    evidence = Evidence(
        f"{role}: '{match.tool.title}' ({match.tool.source or 'source not named'}), "
        f"limit {DUPLICATE_LIMIT}; {match.reason}",
        among,
        match.similarity,
    )
    same = match.similarity >= DUPLICATE_LIMIT
    return CriterionScore(
        Criterion.DUPLICATE_CHECK,
        round(1.0 - match.similarity, 4) if same else 1.0,
        (*before, evidence),
    )
