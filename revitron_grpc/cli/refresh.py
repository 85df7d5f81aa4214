"""`revitron-grpc catalog refresh`: fetch what is configured, and make a catalog with it."""

import asyncio
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer
from rich.table import Table

from revitron_grpc.cli.extras import require_server
from revitron_grpc.cli.terminal import ExitCode, err, out, told_errors
from revitron_grpc.settings import Settings, load_settings

if TYPE_CHECKING:
    from revitron_grpc.research.refresh import RefreshReport


class Format(StrEnum):
    """How the report is printed."""

    TEXT = "text"
    JSON = "json"


def refresh(
    config: Annotated[Path | None, typer.Option(help="Settings as YAML.")] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Fetch everything anew, however young it is.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Fetch and read, but write no catalog.")
    ] = False,
    output: Annotated[Format, typer.Option("--format", help="text or json.")] = Format.TEXT,
) -> None:
    """Fetch the configured sources over HTTPS, and make a catalog with them.

    Exit code 0 if all are fresh, 1 if some fell back to their last download or are missing, 2 for
    wrong settings, 3 if none was reached.
    """
    with told_errors():
        require_server()
        from revitron_grpc.research.refresh import refresh as refreshed

        settings = load_settings(config)
        report = asyncio.run(refreshed(settings, force=force, dry_run=dry_run))
    if output is Format.JSON:
        out.print(_json(report), markup=False)
    else:
        _tell(report, settings)
    if report.none_reached:
        raise typer.Exit(ExitCode.SERVER)
    if not report.all_reached:
        raise typer.Exit(ExitCode.FINDINGS)


def _json(report: "RefreshReport") -> str:
    value = {
        "catalog": report.record.catalog if report.path else "",
        "path": str(report.path or ""),
        "changed": report.changed,
        "completeness": report.completeness,
        "base": report.record.base,
        "refreshed": report.record.refreshed,
        "sources": report.record.sources,
    }
    return msgspec.json.format(msgspec.json.encode(value)).decode()


def _tell(report: "RefreshReport", settings: Settings) -> None:
    now = datetime.now(UTC)
    table = Table("Source", "Kind", "Outcome", "Entries", "Read", "Age", box=None, pad_edge=False)
    for source in report.record.sources:
        table.add_row(
            source.name,
            source.kind,
            source.outcome,
            str(source.entries),
            f"{source.completeness:.4f}",
            _age(now, source.confirmed),
        )
    out.print(table)
    for source in report.record.sources:
        if source.reason:
            err.print(f"warning: {source.name}: {source.reason}", markup=False)
        for problem in source.problems:
            err.print(f"{source.name}: not read: {problem}", markup=False)
    out.print(f"completeness {report.completeness}", markup=False)
    least = settings.framework.min_completeness
    if settings.framework.strict_mode and report.completeness < least:
        err.print(
            f"warning: strict mode: a service with this catalog is NOT_SERVING below {least} "
            "(framework.min_completeness)",
            markup=False,
        )
    if report.path is None:
        out.print("no catalog was written", markup=False)
        return
    word = "new" if report.changed else "the same as before"
    out.print(f"catalog {report.record.catalog}, {word}\n{report.path}", markup=False)
    if report.changed:
        out.print("services take it on SIGHUP, or when they are started again", markup=False)


def _age(now: datetime, then: datetime | None) -> str:
    if then is None:
        return "never"
    hours = max(0.0, (now - then).total_seconds()) / 3_600
    return f"{hours:.1f} h" if hours < 48 else f"{hours / 24:.0f} d"
