"""`revitron-grpc catalog import`: a Revit version from the assemblies of one's own Revit."""

import json
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from revitron_grpc.catalog.assembly_import import (
    Change,
    ImportReport,
    compare_version,
    import_version,
)
from revitron_grpc.catalog.version_comparison import Comparison, Difference
from revitron_grpc.cli.catalog_option import CatalogOption
from revitron_grpc.cli.terminal import ExitCode, err, out, told_errors
from revitron_grpc.vocabulary import RevitVersion


class ReportFormat(StrEnum):
    """How `catalog import` tells what it did or found."""

    TEXT = "text"
    JSON = "json"


def import_assemblies(
    assemblies: Annotated[
        list[Path], typer.Argument(help="RevitAPI.dll, RevitAPIUI.dll and others of one Revit.")
    ],
    version: Annotated[
        int, typer.Option(min=2000, max=2099, help="The Revit version that they are of.")
    ],
    target: Annotated[
        Path | None, typer.Option("--out", help="The catalog file to write.", show_default=False)
    ] = None,
    base: CatalogOption = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Take the place of a version that is covered.")
    ] = False,
    comparing: Annotated[
        bool, typer.Option("--compare", help="Write nothing; list what differs from the catalog.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace the file of --out.")] = False,
    form: Annotated[
        ReportFormat, typer.Option("--format", help="text for people, json for programs.")
    ] = ReportFormat.TEXT,
) -> None:
    """Add a Revit version to the catalog, read from Revit's own assemblies; needs no .NET.

    Exit code 1 with --compare if the catalog and the assemblies differ.
    """
    year = RevitVersion(version)
    with told_errors():
        if comparing:
            comparison = compare_version(assemblies, year, base=base)
            _tell_comparison(comparison, form)
            if comparison.differences:
                raise typer.Exit(ExitCode.FINDINGS)
            return
        report = import_version(
            assemblies,
            year,
            target or Path(f"catalog-{year}.bin"),
            base=base,
            replace=replace,
            force=force,
        )
    _tell_report(report, form)


def _tell_report(report: ImportReport, form: ReportFormat) -> None:
    if report.warning:
        err.print(f"warning: {report.warning}", style="yellow", markup=False)
    if form is ReportFormat.JSON:
        _print_json({**asdict(report), "target": str(report.target)})
        return
    origin = f"{', '.join(report.assemblies)} {report.build}"
    lines = [
        f"{report.target}: Revit {', '.join(map(str, report.versions))}; {report.size} bytes",
        f"Revit {report.version} from {origin}: {_counted(report.present)}",
    ]
    if report.against is not None:
        lines.append(
            f"against {report.against}: new {_counted(report.added)}; gone {_counted(report.gone)};"
            f" newly obsolete {_counted(report.obsolete)}"
        )
    if report.unknown:
        lines.append(
            f"unknown in {report.version}: {report.unknown} types of assemblies that were not given"
        )
    lines.append(f"digest {report.digest}")
    out.print("\n".join(lines), markup=False)


def _tell_comparison(comparison: Comparison, form: ReportFormat) -> None:
    if form is ReportFormat.JSON:
        _print_json(asdict(comparison))
        return
    kind = None
    for difference in comparison.differences:
        if difference.kind is not kind:
            kind = difference.kind
            count = sum(one.kind is kind for one in comparison.differences)
            out.print(f"{kind.replace('_', ' ')} ({count})", style="bold", markup=False)
        out.print(f"  {_line(difference)}", markup=False)
    out.print(
        f"Revit {comparison.version} ({comparison.build}): {comparison.types} types and "
        f"{comparison.members} members compared, {comparison.left_out} types left out, "
        f"{len(comparison.differences)} differences",
        markup=False,
    )


def _line(difference: Difference) -> str:
    name = difference.symbol
    if difference.signature:
        owner, _, last = name.removesuffix(".ctor").rstrip(".").rpartition(".")
        name = f"{owner if last else ''}.{difference.signature}".lstrip(".")
    told = f"{difference.what} {name}"
    if difference.catalog and difference.assembly:
        return f"{told}: {difference.catalog} in the catalog, {difference.assembly} in the assembly"
    return told


def _counted(change: Change) -> str:
    return f"{change.types} types, {change.members} members"


def _print_json(value: dict[str, object]) -> None:
    out.print(json.dumps(value, indent=2, ensure_ascii=False), markup=False)
