"""One run: candidates in the order of the plan, judged in the pool, settled one by one.

A bounded window of candidates is judged at a time, and what is judged is settled in the order of
the plan, so that the result depends on nothing but the plan, however many workers there are.

A caller drives a run without ever blocking in it::

    while (future := run.next_future()) is not None:
        spec = future.result()              # or: await asyncio.wrap_future(future)
        event = run.settle(spec)
"""

import time
from collections import Counter, deque
from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, replace
from itertools import islice
from threading import Lock

from revitron_grpc.button_spec import ButtonSpec, Ranking, proof_statement
from revitron_grpc.catalog.similarity import ToolDescription
from revitron_grpc.generation.plan import Plan, PlannedCandidate
from revitron_grpc.pool import JudgePool
from revitron_grpc.stage_times import Stage, StageTimes
from revitron_grpc.validation.judge import Thresholds
from revitron_grpc.validation.own_tools import OwnTools
from revitron_grpc.validation.run_duplicates import RunDuplicates
from revitron_grpc.validation.verdict import CriterionResult, Verdict
from revitron_grpc.vocabulary import Category, Criterion
from revitron_grpc.workshop import Task


@dataclass(frozen=True, slots=True)
class Accepted:
    """A spec passed; `ordinal` counts the accepted ones from 1."""

    ordinal: int
    spec: ButtonSpec


@dataclass(frozen=True, slots=True)
class Rejected:
    """A candidate failed; `reason` says why in one sentence."""

    spec: ButtonSpec
    reason: str


@dataclass(frozen=True, slots=True)
class CategoryOutcome:
    """What became of one category; `shortage_reason` is empty when nothing is missing."""

    category: Category
    wanted: int
    accepted: int
    rejected: int
    shortage_reason: str


@dataclass(frozen=True, slots=True)
class RunSummary:
    """The end of a run."""

    accepted: int
    rejected: int
    rejected_by_criterion: tuple[tuple[Criterion, int], ...]
    categories: tuple[CategoryOutcome, ...]
    criteria_coverage: float
    recipes: int
    proof_statement: str


class Run:
    """One request on its way through the pipeline.

    Driven by one thread at a time; `cancel` may come from another one at any moment.
    """

    def __init__(
        self,
        plan: Plan,
        pool: JudgePool,
        thresholds: Thresholds,
        window: int,
        *,
        research: bool = True,
        times: StageTimes | None = None,
    ) -> None:
        """Without `research` a candidate is compared with no other, those of the run included."""
        self.plan = plan
        self.times = times
        self.accepted = 0
        self._all_simulated = True
        self.rejected = 0
        self.judged = 0
        self._pool = pool
        self._thresholds = thresholds
        self._window = window
        self._research = research
        self._tally = _Tally(plan.quotas, plan.per_recipe)
        # The tally is asked, not this run, or the two would keep each other for the collector.
        self._candidates: Iterator[PlannedCandidate] = plan.candidates(
            self._tally.wants, self._tally.has_room_for
        )
        self._lock = Lock()
        self._pending: deque[tuple[PlannedCandidate, Future[ButtonSpec]]] = deque()
        self._settling: PlannedCandidate | None = None
        own = OwnTools(
            ToolDescription(t.title, t.description, source="your tools", path=t.path)
            for t in (plan.request.existing_tools if research else ())
        )
        self._duplicates = RunDuplicates(own)
        self._rejected_by_category: Counter[Category] = Counter()
        self._rejected_by_criterion: Counter[Criterion] = Counter()
        self._failed_by_category: dict[Category, Counter[Criterion]] = {}

    def next_future(self) -> "Future[ButtonSpec] | None":
        """Fill the window and return the future whose spec must be settled next; None at the end.

        Each future must be settled before the next one is asked for.
        """
        with self._lock:
            while len(self._pending) < self._window:
                planned = next(self._candidates, None)
                if planned is None:
                    break
                self._pending.append((planned, self._judged(planned)))
            while self._pending:
                planned, future = self._pending.popleft()
                if self._still_wanted(planned):
                    self._settling = planned
                    return future
                future.cancel()
            return None

    def settle(self, spec: ButtonSpec) -> Accepted | Rejected:
        """Decide about the spec of the future that was handed out last."""
        planned, self._settling = self._settling, None
        if planned is None:
            raise RuntimeError("settle() needs a future from next_future() first")
        self.judged += 1
        verdict = spec.verdict
        if self._research:
            verdict = self._duplicates.amend(planned.candidate, verdict)
        spec = replace(spec, verdict=verdict, ranking=_ranking(planned))
        if verdict.passed:
            return self._accept(planned, spec)
        return self._reject(planned, spec)

    def sample(self, count: int) -> Iterator[Task]:
        """Yield the first tasks of a run that is not to be driven."""
        return (self._task(planned) for planned in islice(self._candidates, count))

    def cancel(self) -> None:
        """Drop what is queued for this run; what is in work ends by itself within one spec."""
        with self._lock:
            while self._pending:
                self._pending.popleft()[1].cancel()
            self._candidates = iter(())

    @property
    def in_window(self) -> int:
        """Candidates that are queued, in work, or wait for their turn to be settled."""
        return len(self._pending)

    @property
    def rejected_by_criterion(self) -> tuple[tuple[Criterion, int], ...]:
        """How many candidates failed each criterion that somebody failed, so far."""
        return tuple(
            (criterion, self._rejected_by_criterion[criterion])
            for criterion in Criterion
            if self._rejected_by_criterion[criterion]
        )

    def summary(self) -> RunSummary:
        """Return what came of the run; call it when there is no further future."""
        return RunSummary(
            accepted=self.accepted,
            rejected=self.rejected,
            rejected_by_criterion=self.rejected_by_criterion,
            categories=tuple(self._outcome(category) for category in self.plan.quotas),
            # All seven run on every candidate; what is switched off is left out of the share.
            criteria_coverage=round(
                sum(self._thresholds.applied[c] is not None for c in Criterion) / len(Criterion), 4
            ),
            recipes=len(self._tally.of_recipe),
            proof_statement=proof_statement(
                [c for c in Criterion if self._thresholds.applied[c] is None],
                simulated=self._all_simulated,
            ),
        )

    def _judged(self, planned: PlannedCandidate) -> "Future[ButtonSpec]":
        times = self.times
        if times is None:
            return self._pool.submit(self._task(planned))
        began = time.perf_counter()
        future = self._pool.submit(self._task(planned))
        future.add_done_callback(lambda _: times.add(Stage.JUDGE, time.perf_counter() - began))
        return future

    def _task(self, planned: PlannedCandidate) -> Task:
        request = self.plan.request
        return Task(
            candidate_key=planned.candidate.key,
            flavour=planned.flavour,
            flavour_reason=planned.flavour_reason,
            versions=request.revit_versions,
            engine=request.engine,
            thresholds=self._thresholds,
        )

    def _still_wanted(self, planned: PlannedCandidate) -> bool:
        candidate = planned.candidate
        return self._tally.wants(candidate.category) and self._tally.has_room_for(
            candidate.loaded.id
        )

    def _accept(self, planned: PlannedCandidate, spec: ButtonSpec) -> Accepted:
        self.accepted += 1
        ran = spec.testing_strategy.scenarios
        self._all_simulated &= bool(ran) and all(scenario.passed for scenario in ran)
        if self._research:
            self._duplicates.accept(planned.candidate)
        self._tally.count(spec.category, planned.candidate.loaded.id)
        return Accepted(self.accepted, spec)

    def _reject(self, planned: PlannedCandidate, spec: ButtonSpec) -> Rejected:
        self.rejected += 1
        category = planned.candidate.category
        self._rejected_by_category[category] += 1
        failed = self._failed_by_category.setdefault(category, Counter())
        for result in spec.verdict.failed:
            self._rejected_by_criterion[result.score.criterion] += 1
            failed[result.score.criterion] += 1
        return Rejected(spec, rejection_reason(spec.verdict))

    def _outcome(self, category: Category) -> CategoryOutcome:
        wanted, accepted = self.plan.quotas[category], self._tally.of_category[category]
        rejected = self._rejected_by_category[category]
        reason = ""
        if accepted < wanted:
            available = self.plan.available(category)
            reason = f"{available} candidates fit the request"
            if rejected:
                causes = self._failed_by_category[category].most_common()
                told = ", ".join(f"{criterion} {count}" for criterion, count in causes)
                reason += f", {rejected} of them were rejected ({told})"
            beyond = available - accepted - rejected
            if beyond:
                reason += (
                    f", {beyond} stand behind the limit of {self.plan.per_recipe} for one recipe"
                )
        return CategoryOutcome(category, wanted, accepted, rejected, reason)


class _Tally:
    """How many were accepted of each category and recipe, and whether more are wanted."""

    def __init__(self, quotas: Mapping[Category, int], per_recipe: int) -> None:
        self.of_category: Counter[Category] = Counter()
        self.of_recipe: Counter[str] = Counter()
        self._quotas = quotas
        self._per_recipe = per_recipe

    def wants(self, category: Category) -> bool:
        return self.of_category[category] < self._quotas[category]

    def has_room_for(self, recipe_id: str) -> bool:
        return self.of_recipe[recipe_id] < self._per_recipe

    def count(self, category: Category, recipe_id: str) -> None:
        self.of_category[category] += 1
        self.of_recipe[recipe_id] += 1


def rejection_reason(verdict: Verdict) -> str:
    """Say in one sentence why a candidate was rejected."""
    return "; ".join(f"{r.score.criterion}: {_why(r)}" for r in verdict.failed)


def _why(result: CriterionResult) -> str:
    score = result.score
    if score.rejection:
        return score.rejection
    # The evidence with the greatest number is the nearest twin, or what weighed most.
    decisive = max(score.evidence, key=lambda e: e.value or 0.0).statement
    return f"scores {score.score:.2f}, needs {result.threshold:.2f}; {decisive}"


def _ranking(planned: PlannedCandidate) -> Ranking:
    return Ranking(planned.fit.score, planned.value, planned.novelty, planned.fit.matched_words)
