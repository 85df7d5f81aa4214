"""How well a candidate fits a brief: words that matter, weighted by how rare they are."""

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from threading import local

import snowballstemmer

_WORD = re.compile(r"[^\W\d_]{2,}")
_STOP_WORDS = frozenset(
    "a an and are as at be by for from has have in into is it its of on or that the their them "
    "this to was we with want need like some all any our us you your please tool tools button "
    "buttons revit pyrevit".split()
)
_stemmers = local()


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Return the stem of an English word; other languages pass through nearly unchanged."""
    # The stemmer keeps its word in itself, so that each thread needs one of its own.
    if not hasattr(_stemmers, "english"):
        _stemmers.english = snowballstemmer.stemmer("english")
    return str(_stemmers.english.stemWord(word))


def words_of(text: str) -> list[tuple[str, str]]:
    """Return the words that carry meaning, each with its stem, in order of the text."""
    words = (match.group().lower() for match in _WORD.finditer(text))
    return [(word, stem(word)) for word in words if word not in _STOP_WORDS]


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a candidate fits, 0 to 1, and which words of the brief it has."""

    score: float
    matched_words: tuple[str, ...]


NO_FIT = Fit(0.0, ())


class BriefMatcher:
    """Scores candidates against a brief.

    `texts` gives, for each candidate, its words by weight: a title's word says more than one of
    a tooltip. A word counts by its inverse document frequency over the candidates, so that
    "room" decides less than "terrazzo"; the score is the share of the brief's weight that the
    candidate has, damped by how strongly it has it.
    """

    def __init__(self, texts: Iterable[Iterable[tuple[str, float]]]) -> None:
        self._weights: list[dict[str, float]] = []
        documents: Counter[str] = Counter()
        for fields in texts:
            weights: dict[str, float] = {}
            for text, weight in fields:
                for _, stemmed in words_of(text):
                    weights[stemmed] = max(weights.get(stemmed, 0.0), weight)
            self._weights.append(weights)
            documents.update(weights.keys())
        total = max(1, len(self._weights))
        self._rarity = {word: math.log(1 + total / n) for word, n in documents.items()}

    @property
    def words(self) -> Iterator[Collection[str]]:
        """The stems of each candidate's words, in the order of `texts`."""
        return (weights.keys() for weights in self._weights)

    def fits(self, brief: str) -> list[Fit]:
        """Return the fit of every candidate, in their order."""
        wanted: dict[str, str] = {}
        for word, stemmed in words_of(brief):
            if stemmed in self._rarity:
                wanted.setdefault(stemmed, word)
        total = sum(self._rarity[stemmed] for stemmed in wanted)
        if not total:
            return [NO_FIT] * len(self._weights)
        return [self._fit(weights, wanted, total) for weights in self._weights]

    def _fit(self, weights: dict[str, float], wanted: dict[str, str], total: float) -> Fit:
        score = 0.0
        matched: list[str] = []
        for stemmed, word in wanted.items():
            weight = weights.get(stemmed)
            if weight is not None:
                score += self._rarity[stemmed] * weight
                matched.append(word)
        # A long brief names many things; a tool that serves a third of it serves it well.
        return (
            Fit(round(min(1.0, math.sqrt(score / total)), 4), tuple(matched)) if score else NO_FIT
        )
