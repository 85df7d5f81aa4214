"""Turn what the domain made into messages of the contract."""

import hashlib

from revitron_grpc import button_spec as domain
from revitron_grpc.contract import (
    CATEGORIES,
    COMPATIBILITIES,
    COST_CLASSES,
    CRITERIA,
    DISCIPLINES,
    EFFECTS,
    ENGINES,
    LIBRARIES,
)
from revitron_grpc.run import Rejected, RunSummary
from revitron_grpc.v1 import button_service_pb2, button_spec_pb2
from revitron_grpc.validation.verdict import CriterionResult


def spec_message(
    spec: domain.ButtonSpec, ordinal: int, *, icons: bool
) -> button_spec_pb2.ButtonSpec:
    """Return the message of an accepted spec, with its digest.

    The digest covers everything but the ordinal; leaving the icons out changes it.
    """
    message = button_spec_pb2.ButtonSpec(
        id=spec.id,
        name=spec.name,
        title=spec.title,
        tooltip=spec.tooltip,
        localizations=[
            button_spec_pb2.LocalizedText(locale=t.locale, title=t.title, tooltip=t.tooltip)
            for t in spec.localizations
        ],
        category=CATEGORIES[spec.category],
        disciplines=[DISCIPLINES[discipline] for discipline in spec.disciplines],
        users=spec.users,
        problem=spec.problem,
        placement=button_spec_pb2.Placement(panel=spec.placement.panel, group=spec.placement.group),
        context=spec.context,
        effect=EFFECTS[spec.effect],
        engine=ENGINES[spec.engine],
        library=LIBRARIES[spec.library],
        library_reason=spec.library_reason,
        origin=button_spec_pb2.Origin(
            recipe=spec.origin.recipe,
            recipe_digest=spec.origin.recipe_digest,
            variant=spec.origin.variant,
            parameters=[
                button_spec_pb2.ParameterValue(name=name, json_value=value)
                for name, value in spec.origin.parameters
            ],
        ),
        api_requirements=[requirement_message(r) for r in spec.api_requirements],
        implementation_complexity=complexity_message(spec.implementation_complexity),
        dependencies=[
            button_spec_pb2.Dependency(name=d.name, min_version=d.min_version, reason=d.reason)
            for d in spec.dependencies
        ],
        revit_compatibility=[verdict_message(v) for v in spec.revit_compatibility],
        testing_strategy=button_spec_pb2.TestingStrategy(
            manual_steps=spec.testing_strategy.manual_steps,
            automatic_checks=spec.testing_strategy.automatic_checks,
            scenarios=[
                button_spec_pb2.ScenarioResult(
                    name=run.name,
                    revit_version=run.revit_version,
                    passed=run.passed,
                    expectation=run.expectation,
                )
                for run in spec.testing_strategy.scenarios
            ],
        ),
        error_handling=[
            button_spec_pb2.ErrorHandling(situation=e.situation, behaviour=e.behaviour)
            for e in spec.error_handling
        ],
        performance=button_spec_pb2.PerformanceConsiderations(
            cost_class=COST_CLASSES[spec.performance.cost_class],
            facts=spec.performance.facts,
            note=spec.performance.note,
        ),
        code=button_spec_pb2.ButtonCode(
            script=spec.code.script,
            bundle_yaml=spec.code.bundle_yaml,
            icon_png=spec.code.icon_png if icons else b"",
            icon_dark_png=spec.code.icon_dark_png if icons else b"",
            files=[
                button_spec_pb2.BundleFile(path=f.name, content=f.content) for f in spec.code.files
            ],
        ),
        criteria=[criterion_message(result) for result in spec.verdict.results],
        overall_score=spec.verdict.overall_score,
        relaxations=[_relaxation(r) for r in spec.relaxations],
        ranking=button_spec_pb2.Ranking(
            fit=spec.ranking.fit,
            value=spec.ranking.value,
            novelty=spec.ranking.novelty,
            matched_words=spec.ranking.matched_words,
        ),
        proof_statement=spec.proof_statement,
    )
    return _digested(message, ordinal)


def without_icons(message: button_spec_pb2.ButtonSpec) -> button_spec_pb2.ButtonSpec:
    """Take the icons out of the message of an accepted spec, as if it had been made without."""
    ordinal = message.ordinal
    message.code.ClearField("icon_png")
    message.code.ClearField("icon_dark_png")
    message.ClearField("digest")
    message.ClearField("ordinal")
    return _digested(message, ordinal)


def _digested(message: button_spec_pb2.ButtonSpec, ordinal: int) -> button_spec_pb2.ButtonSpec:
    content = message.SerializeToString(deterministic=True)
    message.digest = hashlib.sha256(content).hexdigest()
    message.ordinal = ordinal
    return message


def rejected_message(rejected: Rejected) -> button_service_pb2.RejectedCandidate:
    """Return the message of a rejected candidate."""
    spec = rejected.spec
    return button_service_pb2.RejectedCandidate(
        id=spec.id,
        title=spec.title,
        category=CATEGORIES[spec.category],
        recipe=spec.origin.recipe,
        variant=spec.origin.variant,
        failed=[criterion_message(result) for result in spec.verdict.failed],
        reason=rejected.reason,
    )


def summary_message(summary: RunSummary) -> button_service_pb2.RunSummary:
    """Return the message that ends a run, its digests still to be filled in."""
    return button_service_pb2.RunSummary(
        accepted=summary.accepted,
        rejected=summary.rejected,
        rejected_by_criterion=[
            button_service_pb2.CriterionCount(criterion=CRITERIA[criterion], candidates=count)
            for criterion, count in summary.rejected_by_criterion
        ],
        categories=[
            button_service_pb2.CategoryOutcome(
                category=CATEGORIES[outcome.category],
                wanted=outcome.wanted,
                accepted=outcome.accepted,
                rejected=outcome.rejected,
                shortage_reason=outcome.shortage_reason,
            )
            for outcome in summary.categories
        ],
        criteria_coverage=summary.criteria_coverage,
        recipes=summary.recipes,
        proof_statement=summary.proof_statement,
    )


def criterion_message(result: CriterionResult) -> button_spec_pb2.CriterionResult:
    """Return the message of one criterion's result."""
    return button_spec_pb2.CriterionResult(
        criterion=CRITERIA[result.score.criterion],
        score=result.score.score,
        threshold=result.threshold or 0.0,
        passed=result.passed,
        evidence=[
            button_spec_pb2.Evidence(statement=e.statement, source=e.source, value=e.value)
            for e in result.score.evidence
        ],
    )


def requirement_message(r: domain.ApiRequirement) -> button_spec_pb2.ApiRequirement:
    """Return the message of one API symbol that a script uses."""
    return button_spec_pb2.ApiRequirement(
        symbol=r.symbol,
        kind=r.kind,
        uses=r.uses,
        first_line=r.first_line,
        present_in=r.present_in,
        absent_in=r.absent_in,
        unknown_in=r.unknown_in,
        obsolete_in=r.obsolete_in,
        guarded=r.guarded,
        replacement=r.replacement,
        documentation_url=r.documentation_url,
    )


def complexity_message(
    c: domain.ImplementationComplexity,
) -> button_spec_pb2.ImplementationComplexity:
    """Return the message of a measured size."""
    return button_spec_pb2.ImplementationComplexity(
        statements=c.statements,
        branches=c.branches,
        functions=c.functions,
        max_depth=c.max_depth,
        api_symbols=c.api_symbols,
        estimated_hours=c.estimated_hours,
    )


def verdict_message(v: domain.VersionVerdict) -> button_spec_pb2.VersionVerdict:
    """Return the message of what is known about one Revit version."""
    return button_spec_pb2.VersionVerdict(
        revit_version=v.revit_version,
        compatibility=COMPATIBILITIES[v.compatibility],
        proof=button_spec_pb2.PROOF_API_FACTS,
        references_proven=v.references_proven,
        references_unknown=v.references_unknown,
        notes=v.notes,
    )


def _relaxation(r: domain.Relaxation) -> button_spec_pb2.Relaxation:
    return button_spec_pb2.Relaxation(
        criterion=CRITERIA[r.criterion],
        default_threshold=r.default_threshold,
        applied_threshold=r.applied_threshold,
    )
