"""A run's result follows from its plan, however it is driven."""

import gc
import weakref
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from threading import Event

import pytest

from revitron_grpc.bundles.icons import draw_icon
from revitron_grpc.button_spec import ButtonSpec
from revitron_grpc.catalog.load import packaged_catalog
from revitron_grpc.generation.plan import PlannedCandidate
from revitron_grpc.generation.request import GenerationRequest, OwnTool
from revitron_grpc.pipeline import Pipeline
from revitron_grpc.pool import JudgePool
from revitron_grpc.recipes.library import CORE_PACK, packaged_library
from revitron_grpc.run import Accepted, Rejected, Run
from revitron_grpc.settings import ValidationSettings
from revitron_grpc.vocabulary import Category, Criterion, Discipline, Engine, RevitVersion
from revitron_grpc.workshop import Task, Workshop

VERSIONS = tuple(RevitVersion(year) for year in range(2022, 2027))
REQUEST = GenerationRequest(40, tuple(Category), VERSIONS)


@contextmanager
def pipeline(
    workshop: Workshop,
    *,
    workers: int = 2,
    window: int = 4,
    settings: ValidationSettings | None = None,
) -> Iterator[Pipeline]:
    pool = JudgePool(workshop, "thread", workers)
    try:
        yield Pipeline(
            workshop, pool, settings or ValidationSettings(), window=window, release="test"
        )
    finally:
        pool.close()


def drive(run: Run) -> list[Accepted | Rejected]:
    events = []
    while (future := run.next_future()) is not None:
        events.append(run.settle(future.result()))
    return events


def accepted(events: list[Accepted | Rejected]) -> list[ButtonSpec]:
    return [event.spec for event in events if isinstance(event, Accepted)]


@pytest.mark.parametrize(("workers", "window"), [(1, 1), (2, 4), (8, 32)])
def test_threads_and_window_change_nothing(workshop: Workshop, workers: int, window: int) -> None:
    with pipeline(workshop, workers=1, window=4) as one:
        expected = drive(one.open(REQUEST))
    with pipeline(workshop, workers=workers, window=window) as other:
        assert drive(other.open(REQUEST)) == expected


def test_the_count_is_divided_over_the_categories(workshop: Workshop) -> None:
    with pipeline(workshop) as line:
        specs = accepted(drive(line.open(REQUEST)))
    assert len(specs) == 40
    assert [sum(s.category is c for s in specs) for c in Category] == [8] * 5


def test_no_idea_name_or_script_comes_twice(workshop: Workshop) -> None:
    with pipeline(workshop) as line:
        specs = accepted(drive(line.open(REQUEST)))
    for values in (
        [spec.id for spec in specs],
        [spec.name.lower().replace(" ", "") for spec in specs],
        [spec.code.script for spec in specs],
    ):
        assert len(set(values)) == len(values)


def test_all_seven_criteria_are_answered_with_evidence(workshop: Workshop) -> None:
    with pipeline(workshop) as line:
        events = drive(line.open(REQUEST))
    for event in events:
        results = event.spec.verdict.results
        assert [r.score.criterion for r in results] == list(Criterion)
        assert all(r.score.evidence for r in results)


def test_what_cannot_be_met_is_stated_and_never_padded(workshop: Workshop) -> None:
    request = replace(
        REQUEST, count=1000, categories=(Category.SELECTION,), disciplines=(Discipline.FACADE,)
    )
    with pipeline(workshop) as line:
        run = line.open(request)
        events = drive(run)
        outcome = run.summary().categories[0]
    specs = accepted(events)
    assert 0 < len(specs) < 1000
    assert all(Discipline.FACADE in spec.disciplines for spec in specs)
    assert all(spec.category is Category.SELECTION for spec in specs)
    assert outcome.accepted == len(specs)
    assert "candidates fit the request" in outcome.shortage_reason


def test_an_own_tool_displaces_its_twin_though_it_has_other_words(workshop: Workshop) -> None:
    request = replace(
        REQUEST,
        count=20,
        categories=(Category.SELECTION,),
        brief="doors weaker than their wall",
    )
    own = OwnTool(
        "Leaf rating audit",
        "Highlights each door leaf with a lower fire resistance than the partition it sits in.",
    )
    with pipeline(workshop) as line:
        before = drive(line.open(request))
        after = drive(line.open(replace(request, existing_tools=(own,))))
    twin = "Doors weaker than their wall"
    assert twin in [spec.title for spec in accepted(before)]
    assert twin not in [spec.title for spec in accepted(after)]
    rejected = [e for e in after if isinstance(e, Rejected) and e.spec.title == twin]
    assert "Leaf rating audit" in rejected[0].reason


def test_a_raised_threshold_rejects_and_says_why(workshop: Workshop) -> None:
    request = replace(REQUEST, count=5, thresholds=((Criterion.IMPLEMENTATION_COMPLEXITY, 1.0),))
    with pipeline(workshop) as line:
        run = line.open(request)
        events = drive(run)
    rejected = [event for event in events if isinstance(event, Rejected)]
    assert rejected
    assert "implementation_complexity" in rejected[0].reason
    counted = dict(run.summary().rejected_by_criterion)
    assert counted[Criterion.IMPLEMENTATION_COMPLEXITY] == len(rejected)


def test_a_lowered_threshold_and_a_check_that_is_off_leave_a_mark(workshop: Workshop) -> None:
    settings = ValidationSettings(disabled=[Criterion.INNOVATION_SCORE])
    request = replace(REQUEST, count=5, thresholds=((Criterion.AEC_VALUE, 0.1),))
    with pipeline(workshop, settings=settings) as line:
        run = line.open(request)
        spec = accepted(drive(run))[0]
    marks = {mark.criterion: mark.applied_threshold for mark in spec.relaxations}
    assert marks == {Criterion.AEC_VALUE: 0.1, Criterion.INNOVATION_SCORE: None}
    assert run.summary().criteria_coverage < 1


def test_less_than_the_service_asks_for_is_a_mark_even_above_the_default(
    workshop: Workshop,
) -> None:
    settings = ValidationSettings(thresholds={Criterion.AEC_VALUE: 0.9})
    request = replace(REQUEST, count=5, thresholds=((Criterion.AEC_VALUE, 0.75),))
    with pipeline(workshop, settings=settings) as line:
        spec = accepted(drive(line.open(request)))[0]
    assert [(m.default_threshold, m.applied_threshold) for m in spec.relaxations] == [(0.9, 0.75)]


def test_a_full_run_carries_no_mark(workshop: Workshop) -> None:
    with pipeline(workshop) as line:
        run = line.open(replace(REQUEST, count=5))
        assert all(not spec.relaxations for spec in accepted(drive(run)))
    assert run.summary().criteria_coverage == 1


def test_no_more_of_a_recipe_than_the_limit(workshop: Workshop) -> None:
    with pipeline(workshop) as line:
        specs = accepted(drive(line.open(REQUEST)))
    recipes = [spec.origin.recipe for spec in specs]
    assert max(map(recipes.count, recipes)) == 1


def test_the_window_bounds_what_is_in_work(workshop: Workshop) -> None:
    class CountingPool(JudgePool):
        most = 0

        def submit(self, task: object) -> "Future[ButtonSpec]":
            future = super().submit(task)  # type: ignore[arg-type]
            type(self).most = max(type(self).most, self.outstanding)
            return future

    pool = CountingPool(workshop, "thread", 2)
    try:
        line = Pipeline(workshop, pool, ValidationSettings(), window=3, release="test")
        drive(line.open(replace(REQUEST, count=10)))
    finally:
        pool.close()
    assert CountingPool.most <= 3


def test_the_first_spec_is_ready_before_the_last_is_planned(workshop: Workshop) -> None:
    with pipeline(workshop, window=4) as line:
        run = line.open(REQUEST)
        planned = 0
        candidates = run._candidates

        def counted() -> Iterator[PlannedCandidate]:
            nonlocal planned
            for candidate in candidates:
                planned += 1
                yield candidate

        run._candidates = counted()
        future = run.next_future()
        assert future is not None
        assert isinstance(run.settle(future.result()), Accepted | Rejected)
        assert planned == 4
        run.cancel()


def test_a_cancelled_run_leaves_nothing_behind() -> None:
    # A workshop of its own: with what others had judged, all would be done at once.
    fresh = Workshop(packaged_catalog(), packaged_library())
    with pipeline(fresh, workers=1, window=16) as line:
        run = line.open(REQUEST)
        future = run.next_future()
        assert future is not None
        run.settle(future.result())
        assert line.pool.outstanding > 2
        run.cancel()
        # One may be in work; the others were dropped, not worked off.
        assert line.pool.outstanding <= 1
        assert run.next_future() is None
        line.pool.submit(_any_task(line)).result()
        assert line.pool.outstanding <= 1


def _any_task(line: Pipeline):
    return next(line.open(replace(REQUEST, count=1)).sample(1))


def test_spawned_processes_give_the_same_result(workshop: Workshop) -> None:
    request = replace(REQUEST, count=5)
    with pipeline(workshop) as threads:
        expected = drive(threads.open(request))
    pool = JudgePool(workshop, "process", 2, packs=(CORE_PACK,))
    try:
        line = Pipeline(workshop, pool, ValidationSettings(), window=4, release="test")
        line.warm_up()
        assert drive(line.open(request)) == expected
    finally:
        pool.close()


def test_cpython_gets_only_what_needs_no_dialog(workshop: Workshop) -> None:
    with pipeline(workshop) as line:
        run = line.open(replace(REQUEST, engine=Engine.CPYTHON_3))
        specs = accepted(drive(run))
    assert run.plan.exclusions
    assert not [s for s in specs if "forms." in s.code.script]


def test_what_was_judged_is_not_judged_again(monkeypatch: pytest.MonkeyPatch) -> None:
    fresh = Workshop(packaged_catalog(), packaged_library())
    judged: list[Task] = []
    judge = fresh._judge

    def counting(task: Task) -> ButtonSpec:
        judged.append(task)
        return judge(task)

    monkeypatch.setattr(fresh, "_judge", counting)
    request = replace(REQUEST, count=5)
    with pipeline(fresh, workers=1) as line:
        first = drive(line.open(request))
        before = set(judged)
        judged.clear()
        assert drive(line.open(request)) == first
        # How far the window ran ahead may differ; what was judged is not judged again.
        assert len(before) >= 5
        assert not before & set(judged)
        other = replace(request, thresholds=((Criterion.AEC_VALUE, 0.5),))
        assert len(drive(line.open(other))) <= len(judged)


def test_a_service_warms_up_without_keeping_what_it_judged() -> None:
    fresh = Workshop(packaged_catalog(), packaged_library())
    with pipeline(fresh) as line:
        line.warm_up()
        assert not fresh._judged


def test_a_run_of_a_warm_service_draws_no_icon() -> None:
    fresh = Workshop(packaged_catalog(), packaged_library())
    with pipeline(fresh) as line:
        line.warm_up()
        drawn = draw_icon.cache_info().misses
        drive(line.open(replace(REQUEST, count=20)))
    assert draw_icon.cache_info().misses == drawn


def test_each_candidate_is_compared_with_all_accepted_before(workshop: Workshop) -> None:
    with pipeline(workshop) as line:
        specs = accepted(drive(line.open(replace(REQUEST, count=10))))
    for before, spec in enumerate(specs):
        score = next(
            r.score for r in spec.verdict.results if r.score.criterion is Criterion.DUPLICATE_CHECK
        )
        assert f"{before} accepted before" in {e.source for e in score.evidence}


def test_what_is_kept_of_judged_candidates_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("revitron_grpc.workshop._JUDGED", 3)
    fresh = Workshop(packaged_catalog(), packaged_library())
    with pipeline(fresh) as line:
        drive(line.open(replace(REQUEST, count=10)))
    assert len(fresh._judged) == 3


@pytest.mark.parametrize("driven", [0, 1, 3])
def test_a_run_is_gone_when_nobody_holds_it(workshop: Workshop, driven: int) -> None:
    with pipeline(workshop, window=1) as line:
        run = line.open(REQUEST)
        for _ in range(driven):
            future = run.next_future()
            assert future is not None
            run.settle(future.result())
        gone = weakref.ref(run)
        gc.collect()
        gc.disable()
        try:
            del run
            assert gone() is None
        finally:
            gc.enable()


def test_a_cancel_from_another_thread_stops_a_run_that_is_being_driven() -> None:
    fresh = Workshop(packaged_catalog(), packaged_library())
    with pipeline(fresh, workers=2, window=8) as line:
        run = line.open(REQUEST)
        with ThreadPoolExecutor(1) as driver:
            third = Event()
            driven = driver.submit(_drive_until_cancelled, run, third)
            third.wait(20)
            run.cancel()
            assert driven.result(20) < 40
        assert line.pool.outstanding <= 2


def _drive_until_cancelled(run: Run, third: Event) -> int:
    while (future := run.next_future()) is not None:
        run.settle(future.result())
        if run.judged == 3:
            third.set()
    return run.judged
