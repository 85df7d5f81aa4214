from revitron_grpc.catalog.similarity import DUPLICATE_LIMIT, ToolDescription, ToolIndex
from revitron_grpc.settings import DEFAULT_THRESHOLDS
from revitron_grpc.validation.duplicate_check import judge_duplicate_check
from revitron_grpc.validation.judge import Thresholds, judge
from revitron_grpc.validation.own_tools import OwnTools
from revitron_grpc.validation.run_duplicates import RunDuplicates
from revitron_grpc.validation.verdict import CriterionResult, Verdict
from revitron_grpc.vocabulary import Criterion
from tests.validation.dossiers import DOORS, WINDOWS, candidate, dossier

AS_CONFIGURED = Thresholds(DEFAULT_THRESHOLDS, DEFAULT_THRESHOLDS)
PARAPHRASE = ToolDescription(
    "Fire check of doors",
    "highlights doors with a lower fire resistance than the wall they sit in",
    source="your tools",
)


def duplicate_check(verdict: Verdict) -> CriterionResult:
    return next(r for r in verdict.results if r.score.criterion is Criterion.DUPLICATE_CHECK)


def test_a_new_tool_is_no_duplicate_of_the_known_ones(known: ToolIndex) -> None:
    score = judge_duplicate_check(dossier(known))
    assert score.score == 1.0
    assert score.evidence[0].value is not None
    assert score.evidence[0].value < DUPLICATE_LIMIT


def test_a_published_tool_is_named_as_the_twin(known: ToolIndex) -> None:
    again = candidate(
        ("Filters out", "delete", "view filter", "Deletes view filters that no view uses.")
    )
    score = judge_duplicate_check(dossier(known, of=again))
    assert score.score < 1.0 - DUPLICATE_LIMIT + 0.0001
    assert "Unused" in score.evidence[0].statement
    assert not score.rejection


def test_a_paraphrase_among_the_callers_tools_displaces_the_candidate() -> None:
    run = RunDuplicates(OwnTools([PARAPHRASE]))
    verdict = run.amend(candidate(), judge(dossier(), AS_CONFIGURED))
    result = duplicate_check(verdict)
    assert not result.passed
    assert any("Fire check of doors" in e.statement for e in result.score.evidence)
    assert any(e.statement.startswith("nearest of your own tools") for e in result.score.evidence)


def test_another_object_is_not_displaced() -> None:
    run = RunDuplicates(OwnTools([PARAPHRASE]))
    verdict = run.amend(candidate(WINDOWS), judge(dossier(of=candidate(WINDOWS)), AS_CONFIGURED))
    assert duplicate_check(verdict).passed


def test_what_was_accepted_counts_from_then_on() -> None:
    run = RunDuplicates(OwnTools())
    verdict = judge(dossier(), AS_CONFIGURED)
    assert duplicate_check(run.amend(candidate(DOORS), verdict)).passed
    run.accept(candidate(DOORS))
    again = duplicate_check(run.amend(candidate(DOORS), verdict))
    assert not again.passed
    assert again.score.score == 0.0
    assert duplicate_check(run.amend(candidate(WINDOWS), verdict)).passed


def test_amending_changes_no_other_criterion_and_not_the_verdict_given() -> None:
    verdict = judge(dossier(), AS_CONFIGURED)
    before = duplicate_check(verdict)
    amended = RunDuplicates(OwnTools([PARAPHRASE])).amend(candidate(), verdict)
    assert duplicate_check(verdict) == before
    for old, new in zip(verdict.results, amended.results, strict=True):
        if old.score.criterion is not Criterion.DUPLICATE_CHECK:
            assert new == old


def test_a_nearer_twin_that_is_known_keeps_deciding() -> None:
    known = ToolIndex([ToolDescription(DOORS[0], DOORS[3], source="published")])
    verdict = judge(dossier(known), AS_CONFIGURED)
    known_score = duplicate_check(verdict).score.score
    amended = RunDuplicates(OwnTools([PARAPHRASE])).amend(candidate(), verdict)
    assert duplicate_check(amended).score.score == known_score


def test_a_check_that_is_off_keeps_its_evidence_and_passes() -> None:
    off = Thresholds(DEFAULT_THRESHOLDS, {**DEFAULT_THRESHOLDS, Criterion.DUPLICATE_CHECK: None})
    verdict = RunDuplicates(OwnTools([PARAPHRASE])).amend(candidate(), judge(dossier(), off))
    result = duplicate_check(verdict)
    assert result.passed
    assert result.score.score < 1.0
    assert result.relaxed


def test_an_own_tool_with_the_tooltip_of_a_candidate_is_its_twin() -> None:
    made = candidate()
    tool = ToolDescription("Another title", made.variant.tooltip)
    match = OwnTools([tool]).nearest(made)
    assert match is not None
    assert match.similarity >= DUPLICATE_LIMIT


def test_a_bare_title_counts_as_the_tool_of_that_title() -> None:
    made = candidate()
    match = OwnTools([ToolDescription(made.variant.title.upper())]).nearest(made)
    assert match is not None
    assert match.similarity == 1.0
    assert OwnTools([ToolDescription("Open the handbook")]).nearest(made) is None
