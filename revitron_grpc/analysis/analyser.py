"""The analysis of one script: parse, survey, walk, judge, report."""

from dataclasses import dataclass, replace

from revitron_grpc.analysis.bodies import run_module
from revitron_grpc.analysis.checks.after import late_findings
from revitron_grpc.analysis.cost import CostFacts, cost_facts
from revitron_grpc.analysis.dialect import Dialect, dialect_findings, dialect_of
from revitron_grpc.analysis.events import event_findings
from revitron_grpc.analysis.findings import Finding, Severity, by_position
from revitron_grpc.analysis.judge import Judge
from revitron_grpc.analysis.metrics import Metrics, survey
from revitron_grpc.analysis.nodes import nodes_by_class
from revitron_grpc.analysis.noqa import without_silenced
from revitron_grpc.analysis.parse import ParsedSource, SyntaxProblem, parse
from revitron_grpc.analysis.positions import in_characters, reference_in_characters
from revitron_grpc.analysis.references import ApiReference
from revitron_grpc.analysis.resolve import ApiView
from revitron_grpc.analysis.rules import with_page
from revitron_grpc.analysis.safety import SafetyFacts, safety_facts
from revitron_grpc.analysis.search_path import NO_LIBRARY, ScriptLibrary
from revitron_grpc.analysis.walk import TooMuchWorkError, Unresolved, Walk
from revitron_grpc.catalog.query import Catalog
from revitron_grpc.vocabulary import Engine, RevitVersion


@dataclass(frozen=True, slots=True)
class AnalysisOptions:
    """What a script is judged for; `path` is what findings call it."""

    versions: tuple[RevitVersion, ...]
    engine: Engine
    path: str = "script.py"


@dataclass(frozen=True, slots=True)
class Analysis:
    """All that was learnt of one script."""

    findings: tuple[Finding, ...]
    references: tuple[ApiReference, ...]
    imports: tuple[str, ...]
    dialect: Dialect
    metrics: Metrics
    cost: CostFacts
    safety: SafetyFacts
    unresolved: tuple[Unresolved, ...]
    """Names that are bound nowhere."""
    unknown_receivers: tuple[Unresolved, ...]
    """Values whose type could not be known, so that their members were not judged."""


def analyse(
    source: str | bytes,
    catalog: Catalog,
    options: AnalysisOptions,
    view: ApiView | None = None,
    library: ScriptLibrary | None = None,
) -> Analysis:
    """Analyse a script for all requested versions at once. Never raises for any source.

    A `view` of the same catalog and versions, shared by many calls, makes each of them faster;
    it changes no result. `library` is what the script can import of its extension, from an
    `ExtensionLibrary` over the same view.
    """
    parsed = parse(source)
    findings = [_unreadable(problem, options.path, parsed) for problem in parsed.problems]
    if view is None:
        view = ApiView(catalog, options.versions)
    judge = Judge(view, options.path)
    try:
        index = nodes_by_class(parsed.tree)
        facts, metrics = survey(parsed.tree, index)
        library = library or NO_LIBRARY
        facts.importable = library.importable
        walk = Walk(view, judge, options.engine, facts, library)
        findings += _walked(walk, parsed, options.path)
        dialect = dialect_of(parsed, index)
        findings += dialect_findings(dialect, options.engine, options.path)
        findings += late_findings(parsed.tree, index, walk.events, judge, parsed.lines)
    except (RecursionError, MemoryError):
        return _too_deep(findings, options.path)
    findings += judge.findings
    findings += event_findings(walk.events, options.path)
    references = tuple(
        reference_in_characters(reference, parsed.lines) for reference in judge.references()
    )
    symbols = len({reference.symbol for reference in references})
    return Analysis(
        findings=by_position(
            with_page(in_characters(finding, parsed.lines))
            for finding in without_silenced(findings, parsed.lines)
        ),
        references=references,
        imports=tuple(dict.fromkeys(walk.imports)),
        dialect=dialect,
        metrics=replace(metrics, api_symbols=symbols),
        cost=cost_facts(walk.events),
        safety=safety_facts(walk.events),
        unresolved=_of_kind("name", walk.unresolved),
        unknown_receivers=_of_kind("receiver", walk.unresolved),
    )


def _walked(walk: Walk, parsed: ParsedSource, path: str) -> list[Finding]:
    try:
        run_module(walk, parsed.tree)
    except TooMuchWorkError:
        text = "the script branches too much to be followed to its end: the rest was not judged"
        return [Finding("RVT200", Severity.WARNING, text, path, 1, 1, 1, 1)]
    finally:
        walk.release()
    return []


def _of_kind(kind: str, unresolved: list[Unresolved]) -> tuple[Unresolved, ...]:
    return tuple(dict.fromkeys(one for one in unresolved if one.kind == kind))


def _unreadable(problem: SyntaxProblem, path: str, parsed: ParsedSource) -> Finding:
    line = min(problem.line, len(parsed.lines))
    text = parsed.lines[line - 1][: problem.column - 1]
    # Syntax errors are placed in characters already; findings are converted from bytes later.
    column = len(text.encode("utf-8", "surrogatepass")) + 1
    return Finding("RVT200", Severity.ERROR, problem.message, path, line, column, line, column)


def _too_deep(findings: list[Finding], path: str) -> Analysis:
    finding = Finding(
        "RVT200", Severity.ERROR, "the script is nested too deeply to read", path, 1, 1, 1, 1
    )
    return Analysis(
        findings=by_position(map(with_page, [*findings, finding])),
        references=(),
        imports=(),
        dialect=Dialect(parses_as_python2=False, parses_as_python3=False),
        metrics=Metrics(),
        cost=CostFacts(),
        safety=SafetyFacts(),
        unresolved=(),
        unknown_receivers=(),
    )
