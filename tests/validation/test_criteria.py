from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revitron_grpc.analysis.cost import CostFacts
from revitron_grpc.analysis.findings import Severity
from revitron_grpc.analysis.metrics import Metrics
from revitron_grpc.analysis.safety import SafetyFacts
from revitron_grpc.analysis.walk import Unresolved
from revitron_grpc.catalog.similarity import ToolDescription, ToolIndex
from revitron_grpc.settings import DEFAULT_THRESHOLDS
from revitron_grpc.simulation.tested import TestedCandidate, TestedScenario
from revitron_grpc.validation.aec_value import judge_aec_value
from revitron_grpc.validation.api_compatibility import judge_api_compatibility
from revitron_grpc.validation.cost_class import CostClass, cost_class, cost_facts
from revitron_grpc.validation.implementation_complexity import (
    estimated_hours,
    judge_implementation_complexity,
)
from revitron_grpc.validation.innovation_score import judge_innovation_score
from revitron_grpc.validation.judge import Thresholds, judge
from revitron_grpc.validation.resource_requirements import judge_resource_requirements
from revitron_grpc.validation.technical_feasibility import judge_technical_feasibility
from revitron_grpc.validation.verdict import CriterionResult
from revitron_grpc.vocabulary import Criterion, Engine
from tests.validation.dossiers import (
    V2024,
    V2025,
    V2026,
    analysis,
    candidate,
    dossier,
    finding,
    live_run,
    reference,
)

AS_CONFIGURED = Thresholds(DEFAULT_THRESHOLDS, DEFAULT_THRESHOLDS)
COUNTS = st.integers(min_value=0, max_value=2_000)
LINES = st.integers(min_value=0, max_value=12).map(lambda n: tuple(range(1, n + 1)))


def failed(criterion: Criterion, found: CriterionResult) -> bool:
    return found.score.criterion is criterion and not found.passed


def test_all_seven_are_asked_in_order_even_where_one_is_off() -> None:
    off = Thresholds(DEFAULT_THRESHOLDS, {**DEFAULT_THRESHOLDS, Criterion.AEC_VALUE: None})
    verdict = judge(dossier(), off)
    assert [r.score.criterion for r in verdict.results] == list(Criterion)
    assert all(r.score.evidence for r in verdict.results)
    assert all(0.0 <= r.score.score <= 1.0 for r in verdict.results)


def test_a_good_candidate_passes_all(known: ToolIndex) -> None:
    found = judge(
        dossier(known, analysed=analysis(references=(reference(present=(V2024, V2025, V2026)),))),
        AS_CONFIGURED,
    )
    assert found.passed


def test_the_same_dossier_gives_the_same_verdict(known: ToolIndex) -> None:
    assert judge(dossier(known), AS_CONFIGURED) == judge(dossier(known), AS_CONFIGURED)


# technical_feasibility


def test_a_clean_script_that_ran_is_feasible() -> None:
    score = judge_technical_feasibility(dossier())
    assert score.score == 1.0
    told = " ".join(e.statement for e in score.evidence)
    assert "scenario numbers-doors in Revit 2026, ironpython27, model small-house: proven" in told
    assert "20 of 20 runs proven: scenarios numbers-doors, nothing-to-do" in told


def test_what_was_not_run_costs_a_tenth_and_says_so() -> None:
    score = judge_technical_feasibility(dossier(simulated=None))
    assert score.score == 0.9
    assert any("not run in simulation" in e.statement for e in score.evidence)


def test_what_the_simulation_does_not_know_is_not_held_against_a_script() -> None:
    score = judge_technical_feasibility(dossier(simulated=live_run(unknown="DB.Wall.Flip")))
    assert (score.score, score.rejection) == (0.9, "")
    assert any("not run to its end" in e.statement for e in score.evidence)


def test_a_scenario_that_is_not_fulfilled_rejects() -> None:
    found = dossier(simulated=live_run(failures=("door-1: no number",)))
    score = judge_technical_feasibility(found)
    assert score.score == 0.0
    assert "scenario numbers-doors not fulfilled in simulation: door-1" in score.rejection


def test_packaged_runs_count_by_their_share() -> None:
    half = TestedCandidate((TestedScenario("a", 5, 10),), (2024,), ("ironpython27",))
    assert judge_technical_feasibility(dossier(tested=half)).score == 0.975
    none = judge_technical_feasibility(dossier(tested=None))
    assert none.score == 0.95
    assert any("no packaged runs" in e.statement for e in none.evidence)


@pytest.mark.parametrize(
    ("engine", "python2", "python3", "rejected"),
    [
        (Engine.IRONPYTHON_27, False, True, True),
        (Engine.IRONPYTHON_27, True, False, False),
        (Engine.IRONPYTHON_34, True, False, True),
        (Engine.CPYTHON_3, False, True, False),
    ],
)
def test_a_script_must_parse_for_its_engine(
    engine: Engine, python2: bool, python3: bool, rejected: bool
) -> None:
    found = dossier(analysed=analysis(python2=python2, python3=python3), engine=engine)
    assert bool(judge_technical_feasibility(found).rejection) is rejected


def test_errors_reject_whatever_the_threshold() -> None:
    found = dossier(analysed=analysis(findings=(finding("RVT201", Severity.ERROR),)))
    none = dict.fromkeys(Criterion, 0.0)
    verdict = judge(found, Thresholds(DEFAULT_THRESHOLDS, none))
    assert [r.score.criterion for r in verdict.failed] == [Criterion.TECHNICAL_FEASIBILITY]
    assert "RVT201 in line 3" in verdict.failed[0].score.rejection


def test_what_one_version_lacks_is_left_to_api_compatibility() -> None:
    found = dossier(analysed=analysis(findings=(finding("RVT002", Severity.ERROR),)))
    assert judge_technical_feasibility(found).score == 1.0


@pytest.mark.parametrize(
    ("rule", "lost"), [("RVT100", 0.1), ("RVT210", 0.1), ("RVT402", 0.0), ("RVT300", 0.0)]
)
def test_only_warnings_on_transactions_and_engines_cost(rule: str, lost: float) -> None:
    found = dossier(analysed=analysis(findings=(finding(rule, Severity.WARNING),)))
    assert judge_technical_feasibility(found).score == pytest.approx(1.0 - lost)


def test_unresolved_names_lower_the_score() -> None:
    names = tuple(Unresolved("name", f"n{n}", n, 1) for n in range(1, 6))
    found = dossier(analysed=replace(analysis(), unresolved=names))
    assert judge_technical_feasibility(found).score == 0.75


@pytest.mark.parametrize(
    ("safety", "writes", "score"),
    [
        (SafetyFacts(True, (5,), (5,), ()), "model", 0.7),
        (SafetyFacts(True, (5,), (5,), (("revit.Transaction", 9),)), "model", 1.0),
        (SafetyFacts(True, (5,), (), (("revit.Transaction", 4),)), "selection", 0.7),
        (SafetyFacts(True, (5,), (5,), ()), "nothing", 0.4),
    ],
)
def test_changes_need_a_transaction_and_a_declaration(
    safety: SafetyFacts, writes: str, score: float
) -> None:
    found = dossier(of=candidate(writes=writes), analysed=analysis(safety=safety))
    assert judge_technical_feasibility(found).score == pytest.approx(score)


@given(st.integers(0, 20), st.integers(0, 20))
def test_more_warnings_never_raise_the_score(fewer: int, more: int) -> None:
    def score(count: int) -> float:
        warnings = (finding("RVT100", Severity.WARNING),) * count
        return judge_technical_feasibility(dossier(analysed=analysis(findings=warnings))).score

    assert score(max(fewer, more)) <= score(min(fewer, more))


# api_compatibility


def test_one_unguarded_missing_reference_rejects_although_the_threshold_is_0() -> None:
    many = tuple(
        reference(present=(V2024, V2025, V2026), symbol=f"Autodesk.Revit.DB.T{n}")
        for n in range(99)
    )
    missing = reference(present=(V2024, V2025), absent=(V2026,))
    found = dossier(analysed=analysis(references=(*many, missing)))
    verdict = judge(found, Thresholds(DEFAULT_THRESHOLDS, dict.fromkeys(Criterion, 0.0)))
    assert [r.score.criterion for r in verdict.failed] == [Criterion.API_COMPATIBILITY]
    assert "ElementId.IntegerValue in 2026" in verdict.failed[0].score.rejection


def test_a_guarded_missing_reference_costs_nothing() -> None:
    guarded = reference(present=(V2024, V2025), absent=(V2026,), guarded=True)
    score = judge_api_compatibility(dossier(analysed=analysis(references=(guarded,))))
    assert (score.score, score.rejection) == (1.0, "")


def test_unknown_lowers_is_listed_and_never_rejects() -> None:
    unknown = reference(present=(V2024, V2025), unknown=(V2026,))
    score = judge_api_compatibility(dossier(analysed=analysis(references=(unknown,))))
    assert score.score == 0.6667
    assert not score.rejection
    assert any("IntegerValue in 2026" in e.statement for e in score.evidence)


def test_nothing_used_is_nothing_missing() -> None:
    assert judge_api_compatibility(dossier()).score == 1.0


@given(st.lists(st.sampled_from(["present", "guarded", "unknown"]), max_size=30))
def test_only_what_is_known_to_be_missing_rejects(kinds: list[str]) -> None:
    made = {
        "present": reference(present=(V2024,)),
        "guarded": reference(absent=(V2024,), guarded=True),
        "unknown": reference(unknown=(V2024,)),
    }
    score = judge_api_compatibility(
        dossier(analysed=analysis(references=tuple(made[kind] for kind in kinds)))
    )
    assert not score.rejection
    assert score.score == (round(1 - kinds.count("unknown") / len(kinds), 4) if kinds else 1.0)


# implementation_complexity


@given(COUNTS, COUNTS, COUNTS, COUNTS)
def test_more_of_anything_never_raises_the_score(s: int, b: int, a: int, more: int) -> None:
    def score(metrics: Metrics) -> float:
        return judge_implementation_complexity(dossier(analysed=analysis(metrics=metrics))).score

    base = score(Metrics(s, b, 1, 1, a))
    assert score(Metrics(s + more, b, 1, 1, a)) <= base
    assert score(Metrics(s, b + more, 1, 1, a)) <= base
    assert score(Metrics(s, b, 1, 1, a + more)) <= base


@pytest.mark.parametrize(
    ("metrics", "score"),
    [(Metrics(), 1.0), (Metrics(300, 75, 9, 4, 50), 0.6), (Metrics(900, 300, 9, 4, 99), 0.0)],
)
def test_the_score_falls_with_size(metrics: Metrics, score: float) -> None:
    found = judge_implementation_complexity(dossier(analysed=analysis(metrics=metrics)))
    assert found.score == score


def test_hours_are_counted_in_halves_and_grow() -> None:
    assert estimated_hours(Metrics()) == 1.0
    assert estimated_hours(Metrics(60, 12, 4, 3, 20)) == 5.5
    assert estimated_hours(Metrics(61, 13, 4, 3, 60)) > 5.5


# resource_requirements


def test_nothing_slow_is_light() -> None:
    assert judge_resource_requirements(dossier()).score == 1.0
    assert cost_class(CostFacts()) is CostClass.LIGHT
    assert cost_facts(CostFacts()) == ("nothing slow was seen",)


@pytest.mark.parametrize(
    ("cost", "points", "kind"),
    [
        (CostFacts(geometry_calls=(1, 2)), 0.1, CostClass.LIGHT),
        (CostFacts(geometry_calls=(1, 2, 3, 4, 5)), 0.15, CostClass.MODERATE),
        (CostFacts(nested_element_loops=(4,), collectors_in_loops=(5,)), 0.25, CostClass.MODERATE),
        (CostFacts(unfiltered_collectors=(4,)), 0.35, CostClass.HEAVY),
        (CostFacts(transactions_in_loops=(4, 9)), 0.5, CostClass.HEAVY),
        (CostFacts(unfiltered_collectors=tuple(range(9))), 1.0, CostClass.HEAVY),
    ],
)
def test_cost_points_and_classes(cost: CostFacts, points: float, kind: CostClass) -> None:
    score = judge_resource_requirements(dossier(analysed=analysis(cost=cost)))
    assert score.score == pytest.approx(1.0 - points)
    assert cost_class(cost) is kind
    assert failed(Criterion.RESOURCE_REQUIREMENTS, CriterionResult(score, 0.7, 0.7)) is (
        kind is CostClass.HEAVY
    )


def test_the_facts_name_the_lines_costliest_first() -> None:
    facts = cost_facts(CostFacts(geometry_calls=(8,), transactions_in_loops=(3, 4)))
    assert facts == ("transaction in a loop: 2 (line 3, 4)", "geometry call: 1 (line 8)")


@given(LINES, LINES, LINES, LINES, LINES)
def test_more_cost_never_raises_the_score(
    unfiltered: tuple[int, ...],
    loops: tuple[int, ...],
    nested: tuple[int, ...],
    geometry: tuple[int, ...],
    transactions: tuple[int, ...],
) -> None:
    cost = CostFacts((), unfiltered, loops, nested, geometry, transactions)
    score = judge_resource_requirements(dossier(analysed=analysis(cost=cost))).score
    for kind in ("unfiltered_collectors", "geometry_calls", "transactions_in_loops"):
        more = replace(cost, **{kind: (*getattr(cost, kind), 99)})
        found = judge_resource_requirements(dossier(analysed=analysis(cost=more)))
        assert found.score <= score


# aec_value and innovation_score

FAMILY = ToolIndex(ToolDescription(f"Select doors {n}") for n in range(6))


@pytest.mark.parametrize(
    ("known", "steps", "asks", "passes"),
    [
        (ToolIndex(), 12, 0, False),
        (ToolIndex(), 2, 2, False),
        (FAMILY, 2, 0, False),
        (FAMILY, 3, 0, True),
        (ToolIndex(), 3, 2, True),
    ],
)
def test_value_needs_steps_and_a_source(
    known: ToolIndex, steps: int, asks: int, passes: bool
) -> None:
    score = judge_aec_value(dossier(known, of=candidate(steps=steps, asks=asks)))
    assert (score.score >= DEFAULT_THRESHOLDS[Criterion.AEC_VALUE]) is passes


def test_the_recipes_own_word_counts_at_most_half() -> None:
    assert judge_aec_value(dossier(of=candidate(steps=12))).score == 0.5


def test_findings_of_users_are_named() -> None:
    score = judge_aec_value(dossier(of=candidate(asks=2)))
    assert any("finding 1, 2" in e.statement for e in score.evidence)


def test_a_tool_far_from_all_others_is_new() -> None:
    assert judge_innovation_score(dossier()).score == 1.0


def test_a_twin_in_a_crowd_is_not_new() -> None:
    twins = ToolIndex(ToolDescription("Weak doors", candidate().variant.does.effect) for _ in "ab")
    crowd = ToolIndex(
        ToolDescription("Weak doors", candidate().variant.does.effect) for _ in range(12)
    )
    alone, crowded = judge_innovation_score(dossier(twins)), judge_innovation_score(dossier(crowd))
    assert crowded.score < alone.score < DEFAULT_THRESHOLDS[Criterion.INNOVATION_SCORE]
