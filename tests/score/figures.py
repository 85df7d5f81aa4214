"""The figures of `make score`: shares and areas under the curve, with bootstrap intervals."""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product
from statistics import fmean

RESAMPLES = 2000
_SEED = 20_260
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Estimate:
    """A figure with its 95 % interval."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.3f} [{self.low:.3f}, {self.high:.3f}]"


def share(hits: Sequence[bool]) -> Estimate:
    """The share of hits."""
    return _bootstrap(fmean(hits), lambda draw: fmean(draw(hits)))


def area_under_curve(higher: Sequence[float], lower: Sequence[float]) -> float:
    """The share of pairs in which one of the first is above one of the second; ties count half."""
    pairs = [(a > b) + (a == b) / 2 for a, b in product(higher, lower)]
    return fmean(pairs)


def separation(higher: Sequence[float], lower: Sequence[float]) -> Estimate:
    """The area under the ROC curve; both classes are drawn anew each time."""
    return _bootstrap(
        area_under_curve(higher, lower), lambda draw: area_under_curve(draw(higher), draw(lower))
    )


def word_overlap(one: str, other: str) -> float:
    """The words that two texts have in common, of all their words: the baseline to beat."""
    mine, theirs = (set(_WORD.findall(text.lower())) for text in (one, other))
    return len(mine & theirs) / (len(mine | theirs) or 1)


def _bootstrap(value: float, again: Callable[[Callable], float]) -> Estimate:
    generator = random.Random(_SEED)  # noqa: S311 - resampling, no secret
    drawn = sorted(
        again(lambda values: generator.choices(values, k=len(values))) for _ in range(RESAMPLES)
    )
    return Estimate(value, drawn[int(RESAMPLES * 0.025)], drawn[int(RESAMPLES * 0.975)])
