"""Assemble a button spec from a judged candidate: the eight elements and all around them."""

import json

from revitron_grpc.bundles.bundle_yaml import button_yaml
from revitron_grpc.bundles.button import ButtonFolder
from revitron_grpc.bundles.icons import draw_icon
from revitron_grpc.bundles.names import folder_name
from revitron_grpc.button_spec import (
    ButtonCode,
    ButtonSpec,
    Dependency,
    Effect,
    ErrorHandling,
    ImplementationComplexity,
    LocalizedText,
    Origin,
    PerformanceConsiderations,
    Placement,
    Ranking,
    Relaxation,
    ScenarioRun,
    TestingStrategy,
    proof_statement,
)
from revitron_grpc.compatibility import api_requirements, version_verdict
from revitron_grpc.generation.candidate import Candidate
from revitron_grpc.validation.cost_class import cost_class, cost_facts
from revitron_grpc.validation.dossier import Dossier
from revitron_grpc.validation.implementation_complexity import estimated_hours
from revitron_grpc.validation.verdict import Verdict
from revitron_grpc.vocabulary import Library, RevitVersion

_NO_RANKING = Ranking(0.0, 0.0, 0.0, ())


def assemble(dossier: Dossier, verdict: Verdict, flavour_reason: str) -> ButtonSpec:
    """Return the spec of a judged candidate; its ranking is filled in by the run."""
    candidate = dossier.candidate
    recipe, variant = candidate.loaded.recipe, candidate.variant
    name = folder_name(variant.title)
    icons = (
        draw_icon(candidate.icon.subject, candidate.icon.action, candidate.category, dark=False),
        draw_icon(candidate.icon.subject, candidate.icon.action, candidate.category, dark=True),
    )
    metrics = dossier.analysis.metrics
    return ButtonSpec(
        id=candidate.id,
        name=name,
        title=variant.title,
        tooltip=variant.tooltip,
        localizations=tuple(
            LocalizedText(locale, text.title, text.tooltip)
            for locale, text in sorted(variant.locales.items())
        ),
        category=candidate.category,
        disciplines=candidate.disciplines,
        users=tuple(recipe.users),
        problem=candidate.problem,
        placement=Placement(candidate.place.panel, candidate.place.group),
        context=tuple(recipe.context),
        effect=Effect(recipe.writes),
        engine=dossier.engine,
        library=dossier.flavour,
        library_reason=flavour_reason,
        origin=Origin(
            recipe.id,
            candidate.loaded.digest,
            variant.id,
            tuple(
                (key, json.dumps(value, ensure_ascii=False))
                for key, value in sorted(variant.values.items())
            ),
        ),
        api_requirements=api_requirements(dossier.analysis.references),
        implementation_complexity=ImplementationComplexity(
            metrics.statements,
            metrics.branches,
            metrics.functions,
            metrics.max_depth,
            metrics.api_symbols,
            estimated_hours(metrics),
        ),
        dependencies=_dependencies(candidate, dossier.flavour),
        revit_compatibility=tuple(
            version_verdict(dossier.analysis.references, v) for v in dossier.versions
        ),
        testing_strategy=TestingStrategy(
            tuple(recipe.manual_test),
            (
                f"Parsed for {dossier.engine} and as Python 3.",
                f"Every API reference was looked up for Revit {_listed(dossier.versions)}.",
                *_runs(dossier),
                _criteria_applied(verdict),
            ),
            _scenario_runs(dossier),
        ),
        error_handling=tuple(ErrorHandling(e.situation, e.behaviour) for e in recipe.errors),
        performance=PerformanceConsiderations(
            cost_class(dossier.analysis.cost), cost_facts(dossier.analysis.cost), recipe.performance
        ),
        code=ButtonCode(
            dossier.script,
            button_yaml(_folder(candidate, name, dossier.script, icons, dossier.versions)),
            *icons,
            candidate.loaded.files,
        ),
        verdict=verdict,
        relaxations=tuple(
            Relaxation(r.score.criterion, r.default_threshold, r.threshold)
            for r in verdict.results
            if r.relaxed
        ),
        ranking=_NO_RANKING,
        proof_statement=proof_statement(verdict.switched_off, simulated=_simulated(dossier)),
    )


def _criteria_applied(verdict: Verdict) -> str:
    off = verdict.switched_off
    if off:
        return f"Criteria that were switched off and decided nothing: {', '.join(off)}."
    return "All seven criteria were applied; none needs a running Revit."


def _simulated(dossier: Dossier) -> bool:
    return dossier.simulated is not None and dossier.simulated.proof.proven


def _scenario_runs(dossier: Dossier) -> tuple[ScenarioRun, ...]:
    run = dossier.simulated
    if run is None or run.proof.unknown:
        return ()
    proof = run.proof
    return (ScenarioRun(proof.scenario, run.version, proof.proven, proof.shows),)


def _runs(dossier: Dossier) -> list[str]:
    """Say which simulated run proved what."""
    run, tested = dossier.simulated, dossier.tested
    told: list[str] = []
    if run is not None and run.proof.proven:
        told.append(
            f"Run for this request in a simulated Revit {run.version} ({run.engine}, model "
            f"{run.model}): scenario {run.proof.scenario} did what it promises."
        )
    elif run is not None and run.proof.unknown:
        told.append(f"The simulated run met something that it does not know: {run.proof.unknown}.")
    else:
        told.append("Not run in simulation.")
    if tested is not None and tested.runs:
        told.append(
            f"Before this release {tested.proven} of {tested.runs} simulated runs proved the "
            f"scenarios {', '.join(s.id for s in tested.scenarios)} in Revit {tested.versions[0]} "
            f"to {tested.versions[-1]} under {', '.join(tested.engines)}."
        )
    return told


def _listed(versions: tuple[RevitVersion, ...]) -> str:
    return ", ".join(str(version) for version in versions)


def _folder(
    candidate: Candidate,
    name: str,
    script: str,
    icons: tuple[bytes, bytes],
    versions: tuple[RevitVersion, ...],
) -> ButtonFolder:
    recipe, variant = candidate.loaded.recipe, candidate.variant
    return ButtonFolder(
        id=candidate.id,
        name=name,
        title=variant.title,
        tooltip=variant.tooltip,
        script=script,
        icon_light=icons[0],
        icon_dark=icons[1],
        category=candidate.category,
        titles={locale: text.title for locale, text in variant.locales.items()},
        tooltips={locale: text.tooltip for locale, text in variant.locales.items()},
        context=tuple(recipe.context),
        # What is proven is the requested range; outside of it pyRevit makes no button.
        min_revit=min(versions),
        max_revit=max(versions),
    )


def _dependencies(candidate: Candidate, flavour: Library) -> tuple[Dependency, ...]:
    minimum = candidate.loaded.recipe.pyrevit_min
    found = [Dependency("pyRevit", minimum, "It runs the script and draws the dialogs.")]
    if flavour is Library.REVITRON:
        found.append(Dependency("Revitron", "0.4.3", "The script stands on its classes."))
    return tuple(found)
