"""What the planner knows of every candidate before any request: text, value, novelty."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from revitron_grpc.generation.brief import BriefMatcher
from revitron_grpc.generation.candidate import Candidate, candidates_of
from revitron_grpc.recipes.library import RecipeLibrary

# Steps by hand at which the counted value of a tool is taken as full.
_FULL_VALUE_STEPS = 6


@dataclass(frozen=True, slots=True)
class Profile:
    """A candidate with what ranks it: value and novelty 0 to 1.

    `words` has a bit for each stem of the candidate's texts, so that planning can compare many
    candidates; the bits mean the same within one `Profiles`.
    """

    candidate: Candidate
    value: float
    novelty: float
    words: int


class Profiles:
    """The profiles of all candidates of a library, made once and shared by all runs."""

    def __init__(self, library: RecipeLibrary, novelty: Callable[[Candidate], float]) -> None:
        bits: dict[str, int] = {}
        candidates = [c for loaded in library.recipes for c in candidates_of(loaded)]
        self.matcher = BriefMatcher(_texts(candidate) for candidate in candidates)
        self.all: tuple[Profile, ...] = tuple(
            Profile(
                candidate,
                value=_counted_value(candidate),
                novelty=round(novelty(candidate), 4),
                words=_bits_of(words, bits),
            )
            for candidate, words in zip(candidates, self.matcher.words, strict=True)
        )
        self.recipes = len(library.recipes)


def _bits_of(words: Iterable[str], bits: dict[str, int]) -> int:
    found = 0
    for word in words:
        found |= 1 << bits.setdefault(word, len(bits))
    return found


def _counted_value(candidate: Candidate) -> float:
    value = candidate.loaded.recipe.value
    counted = len(value.by_hand.steps) + len(value.user_asks)
    return round(min(1.0, counted / _FULL_VALUE_STEPS), 4)


def _texts(candidate: Candidate) -> Iterable[tuple[str, float]]:
    variant, recipe = candidate.variant, candidate.loaded.recipe
    yield variant.title, 1.0
    yield variant.does.object, 1.0
    yield " ".join(candidate.keywords), 0.8
    yield variant.does.effect, 0.6
    yield variant.tooltip, 0.5
    yield candidate.problem, 0.4
    yield " ".join(d.replace("_", " ") for d in candidate.disciplines), 0.4
    yield " ".join(recipe.users), 0.3
