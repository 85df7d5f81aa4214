"""`revitron-grpc restore`: bring a backup back, and see that a service works with it."""

import asyncio
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from revitron_grpc.backup.part import Part
from revitron_grpc.cli.backup import IdentityOption, refuse_no_file, tell_progress
from revitron_grpc.cli.config import check_files
from revitron_grpc.cli.extras import require_server
from revitron_grpc.cli.terminal import err, out, told_errors
from revitron_grpc.framework_environment import chosen_file
from revitron_grpc.settings import Settings, load_settings

if TYPE_CHECKING:
    from revitron_grpc.backup.plan import RestorePlan


def restore(
    archive: Annotated[Path, typer.Argument(metavar="FILE", help="A backup.")],
    config: Annotated[
        Path | None,
        typer.Option(help="Settings of this machine; where those of the backup go, if they do."),
    ] = None,
    only: Annotated[
        Part,
        typer.Option(help="all; database, with the settings of this machine; or files."),
    ] = Part.ALL,
    include: Annotated[
        list[Path] | None,
        typer.Option(help="A file or folder that was included and comes back; may be repeated."),
    ] = None,
    identity: IdentityOption = None,
    void_keys: Annotated[
        bool, typer.Option("--void-keys", help="Go on although no API key will be known.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Verify, show what would happen, change nothing.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Bring a backup back: verified first, then all of it or nothing, what was there kept.

    Every service of the store has to be ended before. At the end a service is started in this
    process and asked how it is; exit code 1 if not all of it is SERVING.
    """
    with told_errors():
        require_server()
        from revitron_grpc.backup.restoring import restore_backup

        refuse_no_file(archive)

        def agreed(plan: "RestorePlan") -> bool:
            _tell_plan(plan)
            if not dry_run and not yes:
                typer.confirm("Restore this?", abort=True)
            return not dry_run

        restored = restore_backup(
            archive,
            datetime.now(UTC),
            part=only,
            identity=identity,
            settings_file=config or chosen_file(),
            included=include or (),
            void_keys=void_keys,
            agreed=agreed,
            tell=tell_progress,
        )
        if dry_run:
            err.print("Nothing was changed.")
            return
        for path in restored.kept:
            out.print(f"kept: {path}", markup=False)
        if restored.kept_schema:
            out.print(f"kept: the schema {restored.kept_schema} in PostgreSQL", markup=False)
        tell_progress("starting a service in this process, to see that it works")
        settings = load_settings(restored.plan.settings_file)
        check_files(settings)
        code = asyncio.run(_health(settings))
    if code:
        err.print("The backup is restored, but the service is not well.", style="red")
        raise typer.Exit(code)
    out.print("restored; start the service", markup=False)


def _tell_plan(plan: "RestorePlan") -> None:
    manifest = plan.manifest
    out.print(
        f"backup of {manifest.created:%Y-%m-%d %H:%M:%S} UTC by release {manifest.program}",
        markup=False,
    )
    if plan.database is not None:
        rows = ", ".join(f"{count} {name}" for name, count in manifest.rows.items())
        where = plan.database.render_as_string(hide_password=True)
        out.print(f"database: {rows} into {where}", markup=False)
    for one in plan.files:
        word = "replace" if one.place.exists() else "write"
        out.print(f"{word}: {one.place}", markup=False)
    if plan.passed_over:
        err.print(
            f"not restored: {plan.passed_over} included files; name them with --include",
            style="yellow",
        )


async def _health(settings: Settings) -> int:
    """Start a service that leaves the store as it is, and ask how it is."""
    from revitron_grpc.cli.health import ask_health
    from revitron_grpc.client.connection import Connection
    from revitron_grpc.service.in_process import in_process_service
    from revitron_grpc.storage.database import database_url

    url = database_url(settings.runs)
    with tempfile.TemporaryDirectory(prefix="revitron-grpc-restore-") as spool:
        runs = settings.runs.model_copy(
            update={
                "url": "none" if url is None else url.render_as_string(hide_password=False),
                "url_file": None,
                # What is owed is for the service itself to write, and what is old to delete.
                "spool_directory": Path(spool),
                "retention_days": 0,
            }
        )
        async with in_process_service(settings.model_copy(update={"runs": runs})) as target:
            return await ask_health(Connection(target), 30.0)
