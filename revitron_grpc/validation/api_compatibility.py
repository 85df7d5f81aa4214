"""The criterion api_compatibility: API references that exist in every requested version."""

from revitron_grpc.validation.dossier import Dossier
from revitron_grpc.validation.verdict import CriterionScore, Evidence
from revitron_grpc.vocabulary import Criterion, RevitVersion

# Names beyond this number are counted, not listed.
_LISTED = 8


def judge_api_compatibility(dossier: Dossier) -> CriterionScore:
    """Share of (reference, version) pairs that are proven present, or absent but guarded.

    One reference that is known to be missing and not guarded rejects, whatever the threshold.
    An unknown one lowers the score and never rejects. A script without references scores 1:
    there is nothing that could be missing.
    """
    proven = guarded = 0
    unknown: list[tuple[str, RevitVersion]] = []
    missing: list[tuple[str, RevitVersion]] = []
    for reference in dossier.analysis.references:
        for version in reference.judged_in:
            if version in reference.absent_in:
                if reference.guarded:
                    guarded += 1
                else:
                    missing.append((reference.symbol, version))
            elif version in reference.present_in:
                proven += 1
            else:
                unknown.append((reference.symbol, version))
    total = proven + guarded + len(unknown) + len(missing)
    facts = "API facts of the catalog"
    evidence = [
        Evidence("pairs of reference and version", "analysis of the script", total),
        Evidence("proven present", facts, proven),
        Evidence("absent, but guarded in the script", facts, guarded),
        Evidence(_listed("unknown", unknown), facts, len(unknown)),
        Evidence(_listed("known to be missing, not guarded", missing), facts, len(missing)),
    ]
    return CriterionScore(
        Criterion.API_COMPATIBILITY,
        round((proven + guarded) / total, 4) if total else 1.0,
        tuple(evidence),
        _listed("does not exist and is not guarded", missing) if missing else "",
    )


def _listed(what: str, pairs: list[tuple[str, RevitVersion]]) -> str:
    if not pairs:
        return what
    versions: dict[str, list[RevitVersion]] = {}
    for symbol, version in sorted(set(pairs)):
        versions.setdefault(symbol, []).append(version)
    named = [f"{symbol} in {', '.join(map(str, found))}" for symbol, found in versions.items()]
    more = f" and {len(named) - _LISTED} more" if len(named) > _LISTED else ""
    return f"{what}: {'; '.join(named[:_LISTED])}{more}"
