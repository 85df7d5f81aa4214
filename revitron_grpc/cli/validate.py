"""`revitron-grpc validate`: judge scripts and extensions that people already have."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from revitron_grpc.analysis.analyser import AnalysisOptions, analyse
from revitron_grpc.analysis.findings import Finding, Severity
from revitron_grpc.analysis.resolve import ApiView
from revitron_grpc.bundles.check import check_extension
from revitron_grpc.bundles.reader import read_extension
from revitron_grpc.catalog.load import packaged_catalog
from revitron_grpc.catalog.query import Catalog
from revitron_grpc.cli.choices import revit_versions
from revitron_grpc.cli.terminal import ExitCode, err, out, told_errors
from revitron_grpc.errors import FieldViolation, InvalidInputError, Reason
from revitron_grpc.vocabulary import Engine, RevitVersion

_STYLES = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
_CATEGORIES = "Autodesk.Revit.DB.BuiltInCategory"


class FindingFormat(StrEnum):
    """How findings are printed."""

    TEXT = "text"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class _Judged:
    scripts: int
    findings: list[Finding]


def validate(
    paths: Annotated[
        list[Path], typer.Argument(help="Scripts, bundles, extensions, or folders of these.")
    ],
    revit: Annotated[
        str, typer.Option(help="Revit versions: 2024, 2022-2026 or 2022,2024; all if left out.")
    ] = "",
    engine: Annotated[
        Engine, typer.Option(help="The engine of scripts that do not say `#! python3`.")
    ] = Engine.IRONPYTHON_27,
    form: Annotated[
        FindingFormat, typer.Option("--format", help="text for people, json for programs.")
    ] = FindingFormat.TEXT,
) -> None:
    """Judge scripts against the API facts of several Revit versions; nothing is run.

    Exit code 0: nothing found that fails; 1: errors or warnings; 2: a path that cannot be read.
    """
    with told_errors():
        catalog = packaged_catalog()
        versions = tuple(revit_versions(revit)) or catalog.versions
        outside = [v for v in versions if v not in catalog.versions]
        if outside:
            raise InvalidInputError(
                Reason.INVALID_REQUEST,
                (
                    FieldViolation(
                        "--revit",
                        f"{', '.join(map(str, outside))} not covered; the catalog has "
                        f"{', '.join(map(str, catalog.versions))}",
                    ),
                ),
            )
        judged = _judge(paths, catalog, versions, engine)
    if form is FindingFormat.JSON:
        print(json.dumps([_as_json(f) for f in judged.findings], ensure_ascii=False, indent=2))
    else:
        _tell(judged, versions)
    grave = [f for f in judged.findings if f.severity is not Severity.INFO]
    if grave:
        raise typer.Exit(ExitCode.FINDINGS)


def _judge(
    paths: Iterable[Path], catalog: Catalog, versions: tuple[RevitVersion, ...], engine: Engine
) -> _Judged:
    view = ApiView(catalog, versions)
    findings: list[Finding] = []
    scripts = 0
    for path in paths:
        if not path.exists():
            raise InvalidInputError(
                Reason.INVALID_REQUEST, (FieldViolation(str(path), "does not exist"),)
            )
        for extension in _extensions(path):
            findings.extend(_bundle_findings(extension, catalog))
        for script in _scripts(path):
            scripts += 1
            source = script.read_bytes()
            options = AnalysisOptions(versions, _engine_of(source, engine), str(script))
            findings.extend(analyse(source, catalog, options, view).findings)
    findings.sort(key=lambda f: (f.path, f.line, f.column, f.rule))
    return _Judged(scripts, findings)


def _engine_of(source: bytes, otherwise: Engine) -> Engine:
    # pyRevit's own rule: this first line and no other spelling.
    first = source.split(b"\n", 1)[0].strip()
    return Engine.CPYTHON_3 if first == b"#! python3" else otherwise


def _scripts(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
    else:
        yield from sorted(p for p in path.rglob("*.py") if p.is_file())


def _extensions(path: Path) -> Iterator[Path]:
    if path.is_dir():
        if path.name.lower().endswith(".extension"):
            yield path
        else:
            yield from sorted(p for p in path.rglob("*.extension") if p.is_dir())


def _bundle_findings(path: Path, catalog: Catalog) -> Iterator[Finding]:
    names = catalog.type(_CATEGORIES)
    categories = {member.name for member in names.members} if names else set()
    for f in check_extension(read_extension(path), categories=categories):
        yield Finding(
            rule=f.rule,
            severity=f.severity,
            message=f.message,
            path=str(path / f.path),
            line=0,
            column=0,
            end_line=0,
            end_column=0,
            suggestion=f.suggestion,
        )


def _tell(judged: _Judged, versions: tuple[RevitVersion, ...]) -> None:
    for finding in judged.findings:
        where = finding.path
        if finding.line:
            where += f":{finding.line}:{finding.column}"
        out.print(f"{where}: ", end="", markup=False)
        out.print(finding.rule, style=_STYLES[finding.severity], end="")
        years = f" [Revit {', '.join(map(str, finding.revit_versions))}]"
        out.print(f" {finding.message}{years if finding.revit_versions else ''}", markup=False)
        if finding.suggestion:
            out.print(f"    {finding.suggestion}", markup=False)
    counts = {s: sum(f.severity is s for f in judged.findings) for s in Severity}
    told = ", ".join(f"{count} {severity}" for severity, count in counts.items())
    err.print(
        f"{judged.scripts} scripts judged for Revit {', '.join(map(str, versions))}: {told}",
        markup=False,
    )


def _as_json(f: Finding) -> dict[str, object]:
    return {
        "path": f.path,
        "line": f.line,
        "column": f.column,
        "rule": f.rule,
        "severity": f.severity,
        "symbol": f.symbol,
        "revit_versions": list(f.revit_versions),
        "message": f.message,
    }
