"""`revitron-grpc database`: the tables of the database in which runs and keys are."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from revitron_grpc.cli.extras import require_server
from revitron_grpc.cli.terminal import ExitCode, err, out, told_errors
from revitron_grpc.errors import FieldViolation, InvalidInputError, Reason
from revitron_grpc.settings import load_settings

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine

app = typer.Typer(help="The tables of the database of runs and keys.", no_args_is_help=True)

ConfigOption = Annotated[
    Path | None, typer.Option(help="Settings as YAML; they say which database.")
]
# An administrator waits longer than a caller does.
_SECONDS = 60.0


@app.command()
def upgrade(config: ConfigOption = None) -> None:
    """Make the tables, or bring them to this release; does nothing where they are.

    All or nothing, and safe where several do it at once. A service with SQLite does it by itself
    when it starts.
    """
    with told_errors(), configured_engine(config) as engine:
        from revitron_grpc.storage.versions import newest_version
        from revitron_grpc.storage.versions import upgrade as upgrade_database

        before = upgrade_database(engine)
        newest = newest_version()
    if before == newest:
        out.print(f"version {newest}: nothing to do", markup=False)
    else:
        out.print(f"version {newest}, before: {before or 'no tables'}", markup=False)


@app.command()
def downgrade(
    version: Annotated[
        str, typer.Argument(help="The version to go back to; `base` drops all tables.")
    ],
    config: ConfigOption = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Take the tables back to what an older release works with; says before what that loses."""
    with told_errors(), configured_engine(config) as engine:
        from revitron_grpc.storage.versions import downgrade as downgrade_database
        from revitron_grpc.storage.versions import losses

        for lost in losses(engine, version):
            err.print(f"this loses {lost}", style="yellow", markup=False)
        if not yes:
            typer.confirm(f"Take the database back to {version}?", abort=True)
        before = downgrade_database(engine, version)
    out.print(f"version {version}, before: {before or 'no tables'}", markup=False)


@app.command()
def version(config: ConfigOption = None) -> None:
    """Show which version the database has; exit code 1 if this release works with another."""
    with told_errors(), configured_engine(config) as engine:
        from revitron_grpc.storage.versions import newest_version, version_of

        found, newest = version_of(engine), newest_version()
    out.print(f"database {found or 'no tables'}, this release {newest}", markup=False)
    if found != newest:
        raise typer.Exit(ExitCode.FINDINGS)


@contextmanager
def configured_engine(config: Path | None) -> "Iterator[Engine]":
    """Open the database that the settings name, for the length of the block.

    Raises `RevitronGrpcError` for wrong settings, and for a service that stores nothing.
    """
    require_server()
    from revitron_grpc.storage.database import database_url, open_engine

    settings = load_settings(config).runs.model_copy(update={"timeout_seconds": _SECONDS})
    url = database_url(settings)
    if url is None:
        raise InvalidInputError(
            Reason.INVALID_CONFIGURATION,
            (FieldViolation("runs.url", "is `none`: this service stores nothing"),),
        )
    engine = open_engine(url, settings)
    try:
        yield engine
    finally:
        engine.dispose()
