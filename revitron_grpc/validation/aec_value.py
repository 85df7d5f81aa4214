"""The criterion aec_value: counted evidence that people want the tool."""

from math import log2

from revitron_grpc.validation.dossier import Dossier
from revitron_grpc.validation.verdict import CriterionScore, Evidence
from revitron_grpc.vocabulary import Criterion

_STEPS, _FAMILY, _ASKS = 0.5, 0.3, 0.2
_FULL_STEPS, _FULL_FAMILY, _FULL_ASKS = 3, 15, 2


def judge_aec_value(dossier: Dossier) -> CriterionScore:
    """0.5 x steps + 0.3 x family + 0.2 x asks, each part 0 to 1.

    steps: manual steps that the recipe lists for each repetition, full at 3: three steps for
    every door are a day's work. family: known tools of the same task family (a like action on
    things of a like kind), full at 15, by logarithm: that a task has tools at all says most.
    asks: findings of users that the tool answers, full at 2. The steps are the recipe's own word,
    so that they alone never reach more than 0.5.
    """
    recipe = dossier.candidate.loaded.recipe
    steps = len(recipe.value.by_hand.steps)
    family = dossier.known.family_size(dossier.function)
    asks = sorted({ask.finding for ask in recipe.value.user_asks})
    score = (
        _STEPS * min(1.0, steps / _FULL_STEPS)
        + _FAMILY * min(1.0, log2(1 + family) / log2(1 + _FULL_FAMILY))
        + _ASKS * min(1.0, len(asks) / _FULL_ASKS)
    )
    named = f" (finding {', '.join(map(str, asks))})" if asks else ""
    return CriterionScore(
        Criterion.AEC_VALUE,
        round(score, 4),
        (
            Evidence(
                f"manual steps saved for {recipe.value.by_hand.repeated_for}",
                "listed in the recipe, no outside source",
                steps,
            ),
            Evidence(
                "known tools of the same task family",
                f"{len(dossier.known)} known tools and native commands",
                family,
            ),
            Evidence(f"findings of users answered{named}", "facts on what users ask", len(asks)),
        ),
    )
