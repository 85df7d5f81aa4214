"""Plan a run: which candidates are tried, in which order.

The order is a function of the plan digest alone. Categories take turns, so that the first
buttons already show all of them; within a category candidates are ranked by fit, value and
novelty and diversified by maximal marginal relevance, so that neighbours differ.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from revitron_grpc.generation.brief import Fit
from revitron_grpc.generation.candidate import Candidate
from revitron_grpc.generation.profile import Profile, Profiles
from revitron_grpc.generation.request import GenerationRequest, LibraryChoice
from revitron_grpc.vocabulary import Category, Discipline, Engine, Library, RevitVersion

# `import revitron` raises IOError from this version on (facts: version_findings,
# import-excel-interop).
REVITRON_FAILS_FROM = RevitVersion(2025)

# Up to three candidates of one recipe may stand in a run of 250; six while a library is small.
_PER_RECIPE_OF_250 = 3
_PER_RECIPE_OF_250_WHILE_SMALL = 6
_SMALL_LIBRARY = 120

# Relevance with a brief: the brief decides; value and novelty break ties. Without one, value and
# novelty decide. The last share is the seed's.
_WITH_BRIEF = (0.75, 0.15, 0.10)
_WITHOUT_BRIEF = (0.0, 0.55, 0.45)
_SEED_SHARE = 0.02
# Maximal marginal relevance: how much being like a candidate already planned costs.
_LIKENESS_COST = 0.35
_SAME_RECIPE_LIKENESS = 0.6

_REJECTED = "you rejected them before"


@dataclass(frozen=True, slots=True)
class PlannedCandidate:
    """A candidate in its place, with the flavour of its script and how it was ranked."""

    candidate: Candidate
    flavour: Library
    flavour_reason: str
    fit: Fit
    value: float
    novelty: float


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Candidates that were left out before planning, and why."""

    reason: str
    candidates: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run will try. `quotas` gives the specs wanted of each category."""

    request: GenerationRequest
    digest: str
    quotas: dict[Category, int]
    exclusions: tuple[Exclusion, ...]
    per_recipe: int
    _eligible: dict[Category, list[tuple[Profile, Fit, Library, str]]]

    def available(self, category: Category) -> int:
        """Return how many candidates of a category can be tried."""
        return len(self._eligible.get(category, ()))

    def candidates(
        self, wanted: Callable[[Category], bool], room_for: Callable[[str], bool]
    ) -> Iterator[PlannedCandidate]:
        """Yield candidates lazily, categories taking turns.

        `wanted` says whether a category still needs candidates, `room_for` whether a recipe may
        still have one accepted; both only ever change from true to false. What is passed over
        would not be accepted, and a recipe that is passed over uses up its category's turn, so
        that the order of all others never depends on how far ahead of the acceptance this runs.
        """
        queues = {
            category: _diversified(self._eligible.get(category, []), self.request)
            for category in self.quotas
        }
        while queues:
            for category in list(queues):
                planned = next(queues[category], None) if wanted(category) else None
                if planned is None:
                    del queues[category]
                elif room_for(planned.candidate.loaded.id):
                    yield planned


class Planner:
    """Makes plans over the candidates of one library."""

    def __init__(self, profiles: Profiles, circumstances: tuple[str, ...]) -> None:
        """`circumstances` names whatever else decides a result: digests, release, settings."""
        self._profiles = profiles
        self._circumstances = circumstances

    def plan(self, request: GenerationRequest) -> Plan:
        """Return the plan of a request; the same request gives the same plan."""
        fits = self._profiles.matcher.fits(request.brief)
        eligible: dict[Category, list[tuple[Profile, Fit, Library, str]]] = {
            category: [] for category in request.categories
        }
        left_out: dict[str, int] = {}
        rejected = frozenset(request.rejected_ideas)
        for profile, fit in zip(self._profiles.all, fits, strict=True):
            if profile.candidate.category not in eligible:
                continue
            if profile.candidate.id in rejected:
                left_out[_REJECTED] = left_out.get(_REJECTED, 0) + 1
                continue
            reason = _exclusion(profile.candidate, request)
            flavour = None if reason else _flavour(profile.candidate, request)
            if flavour is None:
                reason = reason or "has no template for the requested library"
                left_out[reason] = left_out.get(reason, 0) + 1
                continue
            eligible[profile.candidate.category].append((profile, fit, *flavour))
        return Plan(
            request=request,
            digest=self.digest(request),
            quotas=_quotas(request),
            exclusions=tuple(Exclusion(r, left_out[r]) for r in sorted(left_out)),
            per_recipe=per_recipe_limit(request.count, self._profiles.recipes),
            _eligible=eligible,
        )

    def digest(self, request: GenerationRequest) -> str:
        """Return the plan digest of a request: it names everything that decides the result."""
        canonical = json.dumps(
            {
                "count": request.count,
                "categories": request.categories,
                "revit": request.revit_versions,
                "pyrevit": request.pyrevit_version,
                "disciplines": request.disciplines,
                "brief": request.brief,
                "existing": [(t.title, t.description, t.path) for t in request.existing_tools],
                "engine": request.engine,
                "library": request.library,
                "thresholds": request.thresholds,
                "seed": request.seed,
                "rejected": request.rejected_ideas,
                "circumstances": self._circumstances,
            },
            sort_keys=True,
            ensure_ascii=True,
        )
        return hashlib.sha256(canonical.encode()).hexdigest()


def per_recipe_limit(count: int, recipes: int) -> int:
    """Return how many candidates of one recipe may be accepted in a run.

    `recipes` is the size of the library.

    >>> per_recipe_limit(250, 80), per_recipe_limit(250, 120), per_recipe_limit(10, 120)
    (6, 3, 1)
    """
    share = _PER_RECIPE_OF_250 if recipes >= _SMALL_LIBRARY else _PER_RECIPE_OF_250_WHILE_SMALL
    return max(1, -(-share * count // 250))


def _quotas(request: GenerationRequest) -> dict[Category, int]:
    share, rest = divmod(request.count, len(request.categories))
    return {
        category: share + (1 if position < rest else 0)
        for position, category in enumerate(request.categories)
    }


def _exclusion(candidate: Candidate, request: GenerationRequest) -> str:
    recipe = candidate.loaded.recipe
    if request.engine not in recipe.engines:
        return f"does not run on {request.engine} (pyrevit.forms does not exist under CPython)"
    versions = [v for v in request.revit_versions if not candidate.revit.holds_in(v)]
    if versions:
        return f"does not hold in Revit {', '.join(map(str, versions))}"
    if request.disciplines and not _serves(candidate, request.disciplines):
        return "serves none of the requested disciplines"
    if request.pyrevit_version and _older(request.pyrevit_version, recipe.pyrevit_min):
        return f"needs pyRevit {recipe.pyrevit_min}"
    return ""


def _serves(candidate: Candidate, disciplines: tuple[Discipline, ...]) -> bool:
    return any(discipline in disciplines for discipline in candidate.disciplines)


def _older(version: str, minimum: str) -> bool:
    def numbers(text: str) -> list[int]:
        return [int(part) for part in text.split(".")]

    return numbers(version) < numbers(minimum)


def _flavour(candidate: Candidate, request: GenerationRequest) -> tuple[Library, str] | None:
    has_revitron = Library.REVITRON in candidate.libraries
    runs = request.engine is not Engine.CPYTHON_3
    holds = runs and all(version < REVITRON_FAILS_FROM for version in request.revit_versions)
    if request.library is LibraryChoice.PYREVIT:
        return Library.PYREVIT, "pyRevit was asked for"
    if request.library is LibraryChoice.REVITRON:
        return (Library.REVITRON, "Revitron was asked for") if has_revitron and holds else None
    if has_revitron and holds:
        return Library.REVITRON, "Revitron holds in all requested Revit versions"
    if has_revitron and not runs:
        return Library.PYREVIT, "Revitron is written for IronPython"
    if has_revitron:
        return Library.PYREVIT, "`import revitron` fails on Revit 2025 and later"
    return Library.PYREVIT, "pyRevit and the Revit API work in every version"


def _diversified(
    eligible: list[tuple[Profile, Fit, Library, str]], request: GenerationRequest
) -> Iterator[PlannedCandidate]:
    shares = _WITH_BRIEF if request.brief.strip() else _WITHOUT_BRIEF
    remaining = []
    for profile, fit, flavour, reason in eligible:
        relevance = (
            shares[0] * fit.score
            + shares[1] * profile.value
            + shares[2] * profile.novelty
            + _SEED_SHARE * _seeded(request.seed, profile.candidate.id)
        )
        remaining.append([relevance, 0.0, profile, fit, flavour, reason])
    # A library is in order of id, so that equal scores are decided alike on every replica.
    while remaining:
        best = max(
            range(len(remaining)),
            key=lambda i: remaining[i][0] - _LIKENESS_COST * remaining[i][1],
        )
        _, _, profile, fit, flavour, reason = remaining.pop(best)
        for item in remaining:
            item[1] = max(item[1], _likeness(profile, item[2]))
        yield PlannedCandidate(
            profile.candidate, flavour, reason, fit, profile.value, profile.novelty
        )


def _likeness(one: Profile, other: Profile) -> float:
    overlap = (one.words & other.words).bit_count() / ((one.words | other.words).bit_count() or 1)
    if one.candidate.loaded.id == other.candidate.loaded.id:
        return max(_SAME_RECIPE_LIKENESS, overlap)
    return overlap


def _seeded(seed: int, candidate_id: str) -> float:
    digest = hashlib.sha256(f"{seed}:{candidate_id}".encode()).digest()
    return int.from_bytes(digest[:4], "big") / 2**32
