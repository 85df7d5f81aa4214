"""Review one item: analyse its scripts, check its folder, and say in which versions it holds."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from revitron_grpc.analysis.analyser import Analysis, AnalysisOptions, analyse
from revitron_grpc.analysis.findings import Finding, Severity
from revitron_grpc.analysis.metrics import Metrics
from revitron_grpc.analysis.references import ApiReference
from revitron_grpc.analysis.resolve import ApiView
from revitron_grpc.analysis.rules import RULES
from revitron_grpc.button_spec import Compatibility, ImplementationComplexity, VersionVerdict
from revitron_grpc.catalog.query import Catalog
from revitron_grpc.compatibility import api_requirements, version_verdict
from revitron_grpc.review.bounds import (
    MAX_FINDINGS,
    bounded_finding,
    bounded_notes,
    bounded_requirements,
)
from revitron_grpc.review.items import (
    MAX_FILES,
    MAX_ITEM_BYTES,
    ReviewItem,
    ReviewOptions,
    ReviewReport,
    SourceFile,
)
from revitron_grpc.review.libraries import Libraries
from revitron_grpc.review.paths import folder_problem, path_problem
from revitron_grpc.review.surroundings import Surroundings, placed
from revitron_grpc.validation.implementation_complexity import estimated_hours
from revitron_grpc.vocabulary import Engine, RevitVersion

NOT_JUDGED = "RVT290"
"""The rule of what was not judged, because it is beyond a limit or has no usable path."""
_NEWER_SYNTAX = "RVT201"
_CATEGORIES = "Autodesk.Revit.DB.BuiltInCategory"


class Reviewer:
    """Reviews items for one set of options; may be shared by threads. Never runs anything."""

    def __init__(
        self, catalog: Catalog, options: ReviewOptions, view: ApiView | None = None
    ) -> None:
        """A `view` of the catalog for the same versions, shared by several reviewers, is faster."""
        self._catalog = catalog
        self._options = options
        self._view = view or ApiView(catalog, options.revit_versions)
        self._libraries = Libraries(self._view, options.lib_files)
        categories = catalog.type(_CATEGORIES)
        self._surroundings = Surroundings(
            options.layout,
            frozenset(member.name for member in categories.members) if categories else frozenset(),
        )

    def review(self, item: ReviewItem) -> ReviewReport:
        """Return the report of one item. Never raises, whatever the item holds."""
        problem = _item_problem(item)
        if problem:
            return not_judged(item.id, problem, self._options)
        folder = item.folder or ""
        findings: list[Finding] = []
        files: list[SourceFile] = []
        for file, wrong in _sorted_out(folder, item.files):
            if wrong:
                findings.append(refusal(f"{_short(file.path)!r} {wrong}"))
            else:
                files.append(file)
        if item.folder is not None:
            findings += self._surroundings.findings(folder, files)
        home = PurePosixPath(folder)
        own = {str(home / file.path): file.content for file in files}
        analyses: list[Analysis] = []
        for file in files:
            if item.folder is None or _is_python(file):
                place = home / file.path
                analysis = self._analysed(file, str(place), own)
                analyses.append(analysis)
                findings += _of_module(analysis.findings) if _in_lib(place) else analysis.findings
        kept = [f for f in _in_order(findings) if self._wants(f, folder)]
        references = [r for analysis in analyses for r in analysis.references]
        return ReviewReport(
            id=item.id,
            findings=_cut(kept),
            revit_compatibility=_verdicts(references, kept, self._options.revit_versions),
            api_requirements=bounded_requirements(api_requirements(references)),
            complexity=_complexity(analyses, references) if analyses else None,
            unresolved_receivers=sum(len(analysis.unknown_receivers) for analysis in analyses),
        )

    def _analysed(self, file: SourceFile, place: str, own: Mapping[str, bytes]) -> Analysis:
        options = AnalysisOptions(
            versions=self._options.revit_versions,
            engine=engine_of(file.content, self._options.engine),
            path=file.path,
        )
        library = self._libraries.for_script(place, options.engine, own)
        return analyse(file.content, self._catalog, options, self._view, library)

    def _wants(self, finding: Finding, folder: str) -> bool:
        return self._options.selection.wants(finding.rule, placed(finding, folder).path)


def engine_of(source: bytes, otherwise: Engine) -> Engine:
    """Return the engine of a script by pyRevit's own rule: this first line, no other spelling."""
    first = source.split(b"\n", 1)[0].strip()
    return Engine.CPYTHON_3 if first == b"#! python3" else otherwise


def _in_lib(place: PurePosixPath) -> bool:
    return any(part == "lib" or part.endswith(".lib") for part in place.parts[:-1])


def _of_module(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the findings of a module that scripts import, whose engine is that of its importers.

    Syntax which the default engine lacks is then worth knowing, and no error.
    """
    for finding in findings:
        told = finding.rule == _NEWER_SYNTAX
        yield replace(finding, severity=Severity.INFO) if told else finding


def not_judged(item_id: str, message: str, options: ReviewOptions) -> ReviewReport:
    """Return the report of an item that was not judged, with the one finding that says why."""
    finding = refusal(message)
    findings = (finding,) if options.selection.wants(finding.rule) else ()
    return ReviewReport(item_id, findings, _verdicts((), (finding,), options.revit_versions))


def refusal(message: str) -> Finding:
    """Return the finding about something that is not judged; it concerns the whole item."""
    rule = RULES[NOT_JUDGED]
    return Finding(rule.code, rule.severity, message, ".", 0, 0, 0, 0, suggestion=rule.fix)


def _item_problem(item: ReviewItem) -> str:
    if item.folder and (wrong := folder_problem(item.folder)):
        return f"the bundle's path {_short(item.folder)!r} {wrong}"
    if len(item.files) > MAX_FILES:
        return f"the bundle has {len(item.files)} files; at most {MAX_FILES} are judged at once"
    size = sum(len(file.content) for file in item.files)
    if size > MAX_ITEM_BYTES:
        return f"the files have {size} bytes together; at most {MAX_ITEM_BYTES} are judged at once"
    return ""


def _sorted_out(folder: str, files: Iterable[SourceFile]) -> Iterator[tuple[SourceFile, str]]:
    """Yield each file with what is wrong with its path."""
    seen: set[PurePosixPath] = set()
    for file in files:
        problem = path_problem(file.path)
        path = PurePosixPath(folder) / file.path
        problem = problem or folder_problem(str(path))
        if not problem and path in seen:
            problem = "stands twice in the item"
        seen.add(path)
        yield file, problem


def _is_python(file: SourceFile) -> bool:
    return file.path.lower().endswith(".py")


def _short(path: str) -> str:
    return path if len(path) <= 80 else path[:77] + "..."


def _in_order(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(
        findings,
        key=lambda f: (f.path, f.line, f.column, f.rule, f.symbol, f.message, f.end_column),
    )


def _cut(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    told = tuple(map(bounded_finding, findings[:MAX_FINDINGS]))
    if len(findings) <= MAX_FINDINGS:
        return told
    rest = len(findings) - MAX_FINDINGS
    return (*told, refusal(f"{rest} further findings are left out; mend these first"))


def _verdicts(
    references: Sequence[ApiReference],
    findings: Iterable[Finding],
    versions: Iterable[RevitVersion],
) -> tuple[VersionVerdict, ...]:
    """One verdict a version: the errors that are reported decide, the references say the rest."""
    errors = [f for f in findings if f.severity is Severity.ERROR]
    return tuple(_verdict(references, errors, version) for version in versions)


def _verdict(
    references: Sequence[ApiReference], errors: Iterable[Finding], version: RevitVersion
) -> VersionVerdict:
    proven = version_verdict(references, version)
    against = [
        f
        for f in errors
        if f.rule != NOT_JUDGED and (not f.revit_versions or version in f.revit_versions)
    ]
    unjudged = any(f.rule == NOT_JUDGED for f in errors)
    if against:
        compatibility = Compatibility.INCOMPATIBLE
    elif unjudged or proven.compatibility is not Compatibility.COMPATIBLE:
        # What is missing without a finding was silenced by its author, who may know better.
        compatibility = Compatibility.COMPATIBLE_AS_FAR_AS_KNOWN
    else:
        compatibility = Compatibility.COMPATIBLE
    told = (
        f"{f.symbol} does not exist" if f.symbol and f.revit_versions else f"{f.rule}: {f.message}"
        for f in against
    )
    notes = bounded_notes((*told, *(("not judged",) if unjudged else ()), *proven.notes))
    return VersionVerdict(
        version, compatibility, proven.references_proven, proven.references_unknown, notes
    )


def _complexity(
    analyses: Sequence[Analysis], references: Iterable[ApiReference]
) -> ImplementationComplexity:
    """The size of all files together; the depth is that of the deepest."""
    metrics = Metrics(
        statements=sum(a.metrics.statements for a in analyses),
        branches=sum(a.metrics.branches for a in analyses),
        functions=sum(a.metrics.functions for a in analyses),
        max_depth=max(a.metrics.max_depth for a in analyses),
        api_symbols=len({reference.symbol for reference in references}),
    )
    return ImplementationComplexity(
        metrics.statements,
        metrics.branches,
        metrics.functions,
        metrics.max_depth,
        metrics.api_symbols,
        estimated_hours(metrics),
    )
