"""`revitron-grpc validate`: judge scripts and extensions that people already have."""

import io
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from revitron_grpc.analysis.findings import Severity
from revitron_grpc.analysis.resolve import ApiView
from revitron_grpc.analysis.selection import RuleSelection, rule_selection
from revitron_grpc.catalog.load import load_catalog, packaged_catalog
from revitron_grpc.catalog.query import Catalog
from revitron_grpc.cli.catalog_option import CatalogOption
from revitron_grpc.cli.choices import revit_versions
from revitron_grpc.cli.finding_output import (
    OF_FINDINGS,
    OF_STATISTICS,
    FindingFormat,
    findings_told,
    plain,
    statistics,
    statistics_told,
    tell_findings,
    tell_statistics,
)
from revitron_grpc.cli.judging import JudgedToolbar, Judgement, judge, prepared
from revitron_grpc.cli.mending import MendedFile, mended_files, write_whole
from revitron_grpc.cli.terminal import ExitCode, err, out, told_errors
from revitron_grpc.cli.toolbars import Toolbar, toolbars, typed_script
from revitron_grpc.errors import FieldViolation, InvalidInputError, Reason
from revitron_grpc.project_settings import (
    ProjectSettings,
    find_project_settings,
    load_project_settings,
)
from revitron_grpc.rule_book import CODES
from revitron_grpc.vocabulary import Engine, RevitVersion

_STDIN = Path("-")
_MANY = 20
"""From so many items on, a terminal shows how far it is."""


def validate(
    paths: Annotated[
        list[Path],
        typer.Argument(
            allow_dash=True,
            help="Scripts, bundles, extensions, folders of these; - reads a script.",
        ),
    ],
    revit: Annotated[
        str, typer.Option(help="Revit versions: 2024, 2022-2026 or 2022,2024; all if left out.")
    ] = "",
    engine: Annotated[
        Engine | None,
        typer.Option(help="The engine of scripts that do not say `#! python3`: ironpython27."),
    ] = None,
    form: Annotated[
        FindingFormat, typer.Option("--format", help="text for people, the others for programs.")
    ] = FindingFormat.TEXT,
    output: Annotated[
        Path | None, typer.Option(help="Write to this file instead of standard output.")
    ] = None,
    as_statistics: Annotated[
        bool, typer.Option("--statistics", help="The table: which buttons break in which version.")
    ] = False,
    fix: Annotated[bool, typer.Option("--fix", help="Make the safe replacements.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Show what --fix would change.")] = False,
    select: Annotated[
        str, typer.Option(help="Report these rules only: codes or their beginnings, by commas.")
    ] = "",
    ignore: Annotated[str, typer.Option(help="Do not report these rules.")] = "",
    config: Annotated[
        Path | None, typer.Option(help="A pyproject.toml or revitron.yaml; else the nearest one.")
    ] = None,
    fail_on: Annotated[
        Severity, typer.Option(help="The least severity that makes the exit code 1.")
    ] = Severity.WARNING,
    facts: CatalogOption = None,
    exit_zero: Annotated[
        bool, typer.Option("--exit-zero", help="Exit with 0 whatever is found.")
    ] = False,
    stdin_filename: Annotated[
        Path, typer.Option(help="What a script from standard input is called, and where it lies.")
    ] = Path("stdin.py"),
) -> None:
    """Judge scripts against the API facts of several Revit versions; nothing is run.

    Exit code 0: nothing found that fails; 1: errors or warnings; 2: a path or option that is wrong.
    """
    with told_errors():
        _refuse_contradictions(paths, form, as_statistics, fix, diff)
        catalog = load_catalog(facts) if facts else packaged_catalog()
        bars = (
            [typed_script(stdin_filename, sys.stdin.buffer.read())]
            if paths == [_STDIN]
            else toolbars(paths)
        )
        if not bars:
            told = ", ".join(map(str, paths))
            raise _wrong(told, "holds no .py file and no folder of pyRevit")
        given = [_settings(bar, config) for bar in bars]
        versions = _versions(revit, given, catalog)
        view = ApiView(catalog, versions)
        judged = prepared(
            [
                (bar, engine or one.engine or Engine.IRONPYTHON_27, _selection(one, select, ignore))
                for bar, one in zip(bars, given, strict=True)
            ],
            catalog,
            view,
        )
        mended = list(mended_files(judged, view)) if fix or diff else []
        if diff:
            _write("".join(file.diff() for file in mended), output)
            _say(f"{_count(mended)} in {len(mended)} files could be made with --fix")
            raise typer.Exit(ExitCode.FINDINGS if mended and not exit_zero else ExitCode.GOOD)
        if fix and paths != [_STDIN]:
            for file in mended:
                write_whole(Path(file.path), file.after)
        done = _judged(judged, view)
        if fix and paths == [_STDIN]:
            # The mended script is the result, and findings are what is said about it.
            sys.stdout.buffer.write(judged[0].bar.items[0].item.files[0].content)
            sys.stdout.flush()
            tell_findings(done, err)
        elif as_statistics:
            _tell_table(done, versions, form, output)
        else:
            _tell(done, versions, form, output, catalog)
        _summary(done, versions, mended)
        grave = [f for f in done.findings if list(Severity).index(f.severity) <= _rank(fail_on)]
        if grave and not exit_zero:
            raise typer.Exit(ExitCode.FINDINGS)


def _refuse_contradictions(
    paths: Sequence[Path], form: FindingFormat, as_statistics: bool, fix: bool, diff: bool
) -> None:
    if _STDIN in paths and len(paths) > 1:
        raise _wrong("-", "reads one script from standard input; name no other path beside it")
    if fix and diff:
        raise _wrong("--diff", "shows what --fix would do; leave one of them out")
    if as_statistics and form not in OF_STATISTICS:
        told = ", ".join(sorted(OF_STATISTICS))
        raise _wrong("--format", f"{form} is none of the formats of --statistics: {told}")
    if not as_statistics and form not in OF_FINDINGS:
        raise _wrong("--format", f"{form} is a format of --statistics; add that")


def _settings(bar: Toolbar, config: Path | None) -> ProjectSettings:
    return find_project_settings(bar.root) if config is None else load_project_settings(config)


def _versions(
    revit: str, given: Sequence[ProjectSettings], catalog: Catalog
) -> tuple[RevitVersion, ...]:
    """The versions of the option, else of the settings, else all; one set for all paths."""
    wanted = {tuple(revit_versions(revit))} if revit else {one.revit for one in given}
    if len(wanted) > 1:
        files = ", ".join(sorted({str(one.path) for one in given if one.path is not None}))
        raise _wrong("--revit", f"is needed: the settings of the paths differ ({files})")
    versions = wanted.pop() or catalog.versions
    outside = [version for version in versions if version not in catalog.versions]
    if outside:
        raise _wrong(
            "--revit",
            f"{', '.join(map(str, outside))} not covered; the catalog has "
            f"{', '.join(map(str, catalog.versions))}",
        )
    return versions


def _selection(settings: ProjectSettings, select: str, ignore: str) -> RuleSelection:
    """What the settings select; the options take the place of their lists."""
    asked = rule_selection(CODES, select=_codes(select), ignore=_codes(ignore), field="--{}")
    return replace(
        settings.selection,
        select=asked.select or settings.selection.select,
        ignore=asked.ignore or settings.selection.ignore,
    )


def _codes(text: str) -> list[str]:
    return [code.strip() for code in text.split(",") if code.strip()]


def _judged(bars: Sequence[JudgedToolbar], view: ApiView) -> Judgement:
    total = sum(len(one.bar.items) for one in bars)
    if not err.is_terminal or total < _MANY:
        return judge(bars, view)
    with Progress(console=err, transient=True) as progress:
        task = progress.add_task("Judging", total=total)
        return judge(bars, view, lambda: progress.advance(task))


def _tell(
    done: Judgement,
    versions: tuple[RevitVersion, ...],
    form: FindingFormat,
    output: Path | None,
    catalog: Catalog,
) -> None:
    if form is not FindingFormat.TEXT:
        _write(findings_told(done, form, catalog, versions), output)
    elif output is None:
        tell_findings(done, out)
    else:
        text = io.StringIO()
        tell_findings(done, plain(text))
        _write(text.getvalue(), output)


def _tell_table(
    done: Judgement, versions: tuple[RevitVersion, ...], form: FindingFormat, output: Path | None
) -> None:
    matrix = statistics(done, versions)
    if form is not FindingFormat.TEXT:
        _write(statistics_told(matrix, form), output)
    elif output is None:
        tell_statistics(matrix, out)
    else:
        text = io.StringIO()
        tell_statistics(matrix, plain(text))
        _write(text.getvalue(), output)


def _write(text: str, output: Path | None) -> None:
    if output is not None:
        write_whole(output, text.encode("utf-8", "replace"))
    else:
        sys.stdout.write(text)
        sys.stdout.flush()


def _summary(
    done: Judgement, versions: tuple[RevitVersion, ...], mended: Sequence[MendedFile]
) -> None:
    counts = {s: sum(f.severity is s for f in done.findings) for s in Severity}
    told = ", ".join(f"{count} {severity}" for severity, count in counts.items())
    text = f"{done.scripts} scripts judged for Revit {', '.join(map(str, versions))}: {told}"
    if mended:
        text += f"; {_count(mended)} made in {len(mended)} files"
    fixable = sum(finding.fix is not None for finding in done.findings)
    if fixable:
        text += f"; {fixable} marked [*] can be replaced with --fix"
    _say(text)


def _count(mended: Sequence[MendedFile]) -> str:
    count = sum(len(file.applied) for file in mended)
    return f"{count} replacement" if count == 1 else f"{count} replacements"


def _say(text: str) -> None:
    err.print(text, markup=False)


def _rank(severity: Severity) -> int:
    return list(Severity).index(severity)


def _wrong(field: str, what: str) -> InvalidInputError:
    return InvalidInputError(Reason.INVALID_REQUEST, (FieldViolation(field, what),))
