"""Which candidates a run tries, and in which order."""

from dataclasses import replace
from itertools import islice

import pytest

from revitron_grpc.generation.candidate import Candidate
from revitron_grpc.generation.plan import Plan, PlannedCandidate, Planner, per_recipe_limit
from revitron_grpc.generation.profile import Profiles
from revitron_grpc.generation.request import GenerationRequest, LibraryChoice
from revitron_grpc.recipes.library import packaged_library
from revitron_grpc.vocabulary import Category, Discipline, Engine, Library, RevitVersion

VERSIONS = tuple(RevitVersion(v) for v in range(2022, 2027))
REQUEST = GenerationRequest(250, tuple(Category), VERSIONS)


@pytest.fixture(scope="module")
def planner() -> Planner:
    profiles = Profiles(packaged_library(), lambda _: 0.5)
    return Planner(profiles, ("catalog", "recipes", "release"))


def anything(_: object) -> bool:
    return True


def order(plan: Plan) -> list[str]:
    return [planned.candidate.key for planned in plan.candidates(anything, anything)]


def first(plan: Plan, count: int) -> list[PlannedCandidate]:
    return list(islice(plan.candidates(anything, anything), count))


def text(candidate: Candidate) -> str:
    return f"{candidate.variant.title} {candidate.variant.tooltip}".lower()


def test_the_same_request_gives_the_same_plan(planner: Planner) -> None:
    assert planner.plan(REQUEST).digest == planner.plan(REQUEST).digest
    assert order(planner.plan(REQUEST)) == order(planner.plan(REQUEST))


@pytest.mark.parametrize(
    "other",
    [
        replace(REQUEST, brief="doors"),
        replace(REQUEST, count=249),
        replace(REQUEST, seed=1),
        replace(REQUEST, engine=Engine.IRONPYTHON_34),
        replace(REQUEST, library=LibraryChoice.PYREVIT),
        replace(REQUEST, revit_versions=VERSIONS[1:]),
    ],
)
def test_whatever_decides_the_result_changes_the_digest(
    planner: Planner, other: GenerationRequest
) -> None:
    assert planner.plan(other).digest != planner.plan(REQUEST).digest


def test_rejected_ideas_are_left_out_and_the_digest_says_so(planner: Planner) -> None:
    before = planner.plan(REQUEST)
    unwanted = [p.candidate.id for p in islice(before.candidates(anything, anything), 3)][1:]
    plan = planner.plan(replace(REQUEST, rejected_ideas=tuple(sorted(unwanted))))
    offered = {p.candidate.id for p in plan.candidates(anything, anything)}
    assert offered
    assert not offered & set(unwanted)
    assert plan.digest != before.digest
    assert plan.digest == planner.digest(plan.request)
    (told,) = [e for e in plan.exclusions if "rejected" in e.reason]
    assert told.candidates == 2
    # An idea that is no longer in the library is not counted, but the digest has it.
    unknown = planner.plan(replace(REQUEST, rejected_ideas=("0" * 16,)))
    assert not [e for e in unknown.exclusions if "rejected" in e.reason]
    assert unknown.digest not in (plan.digest, before.digest)


def test_circumstances_change_the_digest(planner: Planner) -> None:
    other = Planner(Profiles(packaged_library(), lambda _: 0.5), ("another catalog",))
    assert other.plan(REQUEST).digest != planner.plan(REQUEST).digest


def test_categories_take_turns(planner: Planner) -> None:
    assert {p.candidate.category for p in first(planner.plan(REQUEST), 5)} == set(Category)


def test_a_category_that_is_full_is_passed_over_without_changing_the_others(
    planner: Planner,
) -> None:
    plan = planner.plan(REQUEST)
    everything = list(plan.candidates(anything, anything))
    without = list(plan.candidates(lambda category: category is not Category.ANALYSIS, anything))
    assert [p.candidate.key for p in without] == [
        p.candidate.key for p in everything if p.candidate.category is not Category.ANALYSIS
    ]


def test_a_brief_brings_its_tools_to_the_front(planner: Planner) -> None:
    brief = replace(REQUEST, brief="room data for a hospital, door schedules")
    with_brief = first(planner.plan(brief), 15)
    without = first(planner.plan(REQUEST), 15)

    def about(found: list[PlannedCandidate]) -> int:
        return sum("room" in text(p.candidate) or "door" in text(p.candidate) for p in found)

    assert about(with_brief) >= 10
    assert about(with_brief) > about(without)
    assert all(p.fit.score == 0 for p in without)


def test_a_brief_rejects_nothing(planner: Planner) -> None:
    brief = replace(REQUEST, brief="zzz qqq wholly unknown words")
    assert sorted(order(planner.plan(brief))) == sorted(order(planner.plan(REQUEST)))


def test_a_request_for_mep_alone_brings_mep_tools(planner: Planner) -> None:
    plan = planner.plan(replace(REQUEST, disciplines=(Discipline.MEP,)))
    planned = list(plan.candidates(anything, anything))
    assert planned
    assert all(Discipline.MEP in p.candidate.disciplines for p in planned)
    assert any("disciplines" in exclusion.reason for exclusion in plan.exclusions)


def test_neighbours_within_a_category_come_from_different_recipes(planner: Planner) -> None:
    plan = planner.plan(replace(REQUEST, categories=(Category.SELECTION,)))
    recipes = [p.candidate.loaded.id for p in first(plan, 10)]
    assert len(set(recipes)) == 10


def test_another_seed_gives_another_order_of_the_same_candidates(planner: Planner) -> None:
    other = order(planner.plan(replace(REQUEST, seed=7)))
    assert other != order(planner.plan(REQUEST))
    assert sorted(other) == sorted(order(planner.plan(REQUEST)))


def test_cpython_says_what_was_left_out(planner: Planner) -> None:
    plan = planner.plan(replace(REQUEST, engine=Engine.CPYTHON_3))
    assert any("cpython3" in exclusion.reason for exclusion in plan.exclusions)


def test_revitron_is_refused_for_versions_in_which_it_cannot_be_imported(
    planner: Planner,
) -> None:
    plan = planner.plan(replace(REQUEST, library=LibraryChoice.REVITRON))
    assert order(plan) == []
    assert plan.exclusions


@pytest.mark.parametrize(
    ("count", "recipes", "limit"),
    [(1, 120, 1), (83, 120, 1), (84, 120, 2), (250, 120, 3), (1000, 120, 12), (250, 119, 6)],
)
def test_the_limit_per_recipe_grows_with_the_count(count: int, recipes: int, limit: int) -> None:
    assert per_recipe_limit(count, recipes) == limit


def test_quotas_add_up(planner: Planner) -> None:
    plan = planner.plan(replace(REQUEST, count=7))
    assert sum(plan.quotas.values()) == 7
    assert max(plan.quotas.values()) - min(plan.quotas.values()) <= 1


def test_revitron_is_for_ironpython_alone() -> None:
    library = packaged_library()
    some = next(one for one in library.recipes if Library.REVITRON in one.templates)
    both = some.recipe.model_copy(update={"engines": list(Engine)})
    library = replace(library, recipes=(replace(some, recipe=both),))
    planner = Planner(Profiles(library, lambda _: 0.5), ("catalog",))
    old = replace(REQUEST, revit_versions=VERSIONS[:3])
    flavours = {
        engine: first(planner.plan(replace(old, engine=engine)), 1)[0].flavour for engine in Engine
    }
    assert flavours == {
        Engine.IRONPYTHON_27: Library.REVITRON,
        Engine.IRONPYTHON_34: Library.REVITRON,
        Engine.CPYTHON_3: Library.PYREVIT,
    }
