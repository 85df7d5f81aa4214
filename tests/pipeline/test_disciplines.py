"""A request limited to one discipline: all that there honestly is, and why it is not more."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from revitron_grpc.generation.candidate import candidates_of
from revitron_grpc.generation.request import GenerationRequest
from revitron_grpc.pipeline import Pipeline
from revitron_grpc.pool import JudgePool
from revitron_grpc.run import Accepted, Rejected, RunSummary
from revitron_grpc.settings import ValidationSettings
from revitron_grpc.vocabulary import Category, Discipline, RevitVersion
from revitron_grpc.workshop import Workshop

VERSIONS = tuple(RevitVersion(year) for year in range(2022, 2027))
PER_RECIPE = 3
_FIT = re.compile(r"^(\d+) candidates fit the request")
_REJECTED = re.compile(r"(\d+) of them were rejected")
_HELD_BACK = re.compile(r"(\d+) stand behind the limit of 3 for one recipe")


@pytest.fixture(scope="module")
def line(workshop: Workshop) -> Iterator[Pipeline]:
    pool = JudgePool(workshop, "thread", 2)
    yield Pipeline(workshop, pool, ValidationSettings(), window=4, release="test")
    pool.close()


def run_of(
    line: Pipeline, disciplines: tuple[Discipline, ...]
) -> tuple[list[Accepted | Rejected], RunSummary]:
    run = line.open(GenerationRequest(250, tuple(Category), VERSIONS, disciplines=disciplines))
    events: list[Accepted | Rejected] = []
    while (future := run.next_future()) is not None:
        events.append(run.settle(future.result()))
    return events, run.summary()


def number(pattern: re.Pattern[str], text: str) -> int:
    found = pattern.search(text)
    return int(found[1]) if found else 0


def test_a_default_run_stands_on_84_recipes_and_fills_every_category(line: Pipeline) -> None:
    events, summary = run_of(line, ())
    recipes = Counter(e.spec.origin.recipe for e in events if isinstance(e, Accepted))
    assert summary.accepted == 250
    assert [outcome.accepted for outcome in summary.categories] == [50] * 5
    assert not any(outcome.shortage_reason for outcome in summary.categories)
    assert len(recipes) >= 84
    assert max(recipes.values()) <= PER_RECIPE


@pytest.mark.parametrize("discipline", list(Discipline))
def test_one_discipline_gets_what_there_is_and_hears_why_it_is_not_more(
    line: Pipeline, workshop: Workshop, discipline: Discipline
) -> None:
    events, summary = run_of(line, (discipline,))
    specs = [e.spec for e in events if isinstance(e, Accepted)]
    assert len(specs) >= 10
    assert all(discipline in spec.disciplines for spec in specs)
    assert max(Counter(spec.origin.recipe for spec in specs).values()) <= PER_RECIPE
    fitting = Counter(
        candidate.category
        for loaded in workshop.library.recipes
        for candidate in candidates_of(loaded)
        if discipline in candidate.disciplines
    )
    for outcome in summary.categories:
        accepted = sum(spec.category is outcome.category for spec in specs)
        assert outcome.accepted == accepted
        if accepted == outcome.wanted:
            assert not outcome.shortage_reason
            continue
        # Every candidate that fits is delivered or accounted for.
        said = outcome.shortage_reason
        assert number(_FIT, said) == fitting[outcome.category]
        assert accepted + number(_REJECTED, said) + number(_HELD_BACK, said) == number(_FIT, said)
