"""The criterion technical_feasibility: a script that runs and changes the model in good order."""

from revitron_grpc.analysis.findings import Finding, Severity
from revitron_grpc.simulation.tested import LiveRun, TestedCandidate
from revitron_grpc.validation.dossier import Dossier
from revitron_grpc.validation.verdict import CriterionScore, Evidence
from revitron_grpc.vocabulary import Criterion, Engine

# Missing in one version, or a library that one version breaks: api_compatibility judges those.
_VERSION_RULES = frozenset(("RVT002", "RVT007"))
_WARNING, _UNRESOLVED, _DISCIPLINE = 0.1, 0.05, 0.3
_NOT_RUN, _NOT_TESTED = 0.1, 0.05


def judge_technical_feasibility(dossier: Dossier) -> CriterionScore:
    """1 - 0.1 a warning - 0.05 an unresolved name - 0.3 a breach - 0.1 not run - 0.05 not tested.

    At least 0. "Not run" is 1 where the effect scenario was not run in simulation for this
    request, or met something that the simulation does not know; a scenario that ran and was not
    fulfilled rejects. "Not tested" is the share of the packaged runs that did not prove what they
    promise; 1 where there are none for this recipe, values, script and simulation.

    Warnings are those of the rules RVT1xx and RVT2xx; breaches are changes in a script that opens
    no transaction at all, and changes that the recipe does not declare. A script that does not
    parse for the engine, or has any error that does not depend on the version, is rejected.
    """
    analysis = dossier.analysis
    errors = [
        finding
        for finding in analysis.findings
        if finding.severity is Severity.ERROR and finding.rule not in _VERSION_RULES
    ]
    warnings = [
        finding
        for finding in analysis.findings
        if finding.severity is Severity.WARNING and finding.rule.startswith(("RVT1", "RVT2"))
    ]
    breaches = _breaches(dossier)
    parses = (
        analysis.dialect.parses_as_python2
        if dossier.engine is Engine.IRONPYTHON_27
        else analysis.dialect.parses_as_python3
    )
    score = 1.0 - (
        _WARNING * len(warnings)
        + _UNRESOLVED * len(analysis.unresolved)
        + _DISCIPLINE * len(breaches)
        + (0.0 if _was_run(dossier.simulated) else _NOT_RUN)
        + _NOT_TESTED * _untested(dossier.tested)
    )
    source = "analysis of the script"
    evidence = [
        Evidence(f"parses for {dossier.engine}: {'yes' if parses else 'no'}", source),
        Evidence("errors" + _listed(errors), source, len(errors)),
        Evidence("warnings on transactions and engines" + _listed(warnings), source, len(warnings)),
        Evidence("names that could not be resolved", source, len(analysis.unresolved)),
        Evidence("transactions opened", source, len(analysis.safety.transactions)),
        Evidence(
            "changes at a place where no transaction was seen open",
            source,
            len(analysis.safety.unguarded_writes),
        ),
        *(Evidence(breach, source) for breach in breaches),
        _run_evidence(dossier.simulated),
        _tested_evidence(dossier.tested),
    ]
    rejection = ""
    if not parses:
        rejection = f"does not parse for {dossier.engine}"
    elif errors:
        rejection = f"errors{_listed(errors)}"
    elif dossier.simulated is not None and dossier.simulated.proof.failures:
        proof = dossier.simulated.proof
        rejection = f"scenario {proof.scenario} not fulfilled in simulation: {proof.failures[0]}"
    return CriterionScore(
        Criterion.TECHNICAL_FEASIBILITY,
        0.0 if rejection else round(max(0.0, score), 4),
        tuple(evidence),
        rejection,
    )


def _was_run(run: LiveRun | None) -> bool:
    return run is not None and not run.proof.unknown


def _untested(tested: TestedCandidate | None) -> float:
    return 1.0 if tested is None or not tested.runs else 1.0 - tested.proven / tested.runs


def _run_evidence(run: LiveRun | None) -> Evidence:
    source = "simulated run for this request"
    if run is None:
        return Evidence("not run in simulation: the recipe has no effect scenario", source)
    where = f"scenario {run.proof.scenario} in Revit {run.version}, {run.engine}, model {run.model}"
    if run.proof.unknown:
        return Evidence(f"not run to its end: {where}: {run.proof.unknown}", source)
    done = "proven" if run.proof.proven else f"not fulfilled: {'; '.join(run.proof.failures[:3])}"
    return Evidence(f"{where}: {done}", source)


def _tested_evidence(tested: TestedCandidate | None) -> Evidence:
    source = "packaged results of `recipes test`"
    if tested is None or not tested.runs:
        return Evidence("no packaged runs of this recipe, values, script and simulation", source)
    names = ", ".join(scenario.id for scenario in tested.scenarios)
    return Evidence(
        f"{tested.proven} of {tested.runs} runs proven: scenarios {names}; Revit "
        f"{tested.versions[0]} to {tested.versions[-1]}; {', '.join(tested.engines)}",
        source,
        tested.proven,
    )


def _breaches(dossier: Dossier) -> list[str]:
    safety = dossier.analysis.safety
    declared = dossier.candidate.loaded.recipe.writes
    written = ", ".join(map(str, safety.write_lines))
    breaches: list[str] = []
    # A change inside of a callback may run in a transaction elsewhere in the script.
    if safety.writes and not safety.transactions:
        breaches.append(f"changes the model in line {written}, without any transaction")
    if safety.writes and declared != "model":
        breaches.append(f"changes the model in line {written}, but declares '{declared}'")
    return breaches


def _listed(findings: list[Finding]) -> str:
    if not findings:
        return ""
    named = [f"{finding.rule} in line {finding.line}" for finding in findings[:8]]
    return f": {', '.join(named)}" + (" and more" if len(findings) > len(named) else "")
