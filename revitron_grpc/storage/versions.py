"""Which version a database has, and how it gets to another one."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection, Engine

from revitron_grpc.errors import (
    FieldViolation,
    InvalidInputError,
    Reason,
    RevitronGrpcError,
    StoreUnavailableError,
)
from revitron_grpc.storage.database import as_long_as_it_takes, reading, writing

_MIGRATIONS = Path(__file__).with_name("migrations")
_TABLE = "alembic_version"
# The name of our advisory lock, a number that stands for the word "revitron".
_LOCK = int.from_bytes(b"revitron", "big")


def newest_version() -> str:
    """Return the version that this release works with."""
    head = ScriptDirectory(_MIGRATIONS).get_current_head()
    assert head is not None  # noqa: S101 - the history has a first step
    return head


def known_versions() -> frozenset[str]:
    """Return the versions that this release can bring to its own."""
    return frozenset(step.revision for step in ScriptDirectory(_MIGRATIONS).walk_revisions())


def prepare(engine: Engine) -> None:
    """Make sure that a database can be served from.

    An SQLite file is brought up to date, which is nobody else's to do; PostgreSQL is only looked
    at. Raises `RevitronGrpcError`: DATABASE_VERSION for another version, INVALID_CONFIGURATION for
    an SQLite file that cannot be used, `StoreUnavailableError` for a PostgreSQL that is away.
    """
    if engine.dialect.name == "postgresql":
        check_version(engine)
        return
    try:
        upgrade(engine)
    except StoreUnavailableError as error:
        raise InvalidInputError(
            Reason.INVALID_CONFIGURATION,
            (FieldViolation("runs.url", f"cannot be used: {error.message}"),),
        ) from error


def version_of(engine: Engine) -> str:
    """Return the version of a database, "" for one without our tables.

    Raises `StoreUnavailableError` where it does not answer.
    """
    with reading(engine) as connection:
        return _version(connection)


def check_version(engine: Engine) -> None:
    """Raise `RevitronGrpcError`: DATABASE_VERSION unless the database has the newest version.

    `StoreUnavailableError` where it does not answer.
    """
    found, newest = version_of(engine), newest_version()
    if found == newest:
        return
    _refuse_newer(found)
    raise RevitronGrpcError(
        Reason.DATABASE_VERSION,
        f"the database {'has no tables' if not found else f'has version {found}'}, this release "
        f"works with {newest}; run `revitron-grpc database upgrade` with the same settings",
    )


def upgrade(engine: Engine, version: str = "head") -> str:
    """Bring a database to a version, the newest by default; returns which it had.

    Safe where several do it at once: one does, the others wait and find it done. All or nothing.
    Raises `RevitronGrpcError`: DATABASE_VERSION for one that is newer than this release.
    """
    with writing(engine) as connection:
        _lock(connection)
        before = _version(connection)
        _refuse_newer(before)
        if before != newest_version():
            command.upgrade(_configuration(connection), version)
    return before


def make_tables(connection: Connection) -> None:
    """Make the tables of the newest version in a transaction that is under way."""
    _lock(connection)
    command.upgrade(_configuration(connection), "head")


def losses(engine: Engine, version: str) -> tuple[str, ...]:
    """Return what a downgrade would lose, a line for people each: it is done, seen and taken back.

    Raises as `downgrade` does.
    """
    found: list[str] = []
    with writing(engine) as connection:
        _lock(connection)
        before = _version(connection)
        _refuse_newer(before)
        if not before:
            return ()
        columns, rows = _columns(connection), _rows(connection)
        command.downgrade(_configuration(connection), version)
        left = _columns(connection)
        connection.rollback()
    for table, names in sorted(columns.items()):
        if table not in left:
            found.append(f"the table {table} with {rows[table]} rows")
            continue
        gone = sorted(names - left[table])
        found += [f"the column {name} of the table {table}, {rows[table]} rows" for name in gone]
    return tuple(found)


def _columns(connection: Connection) -> dict[str, set[str]]:
    tables = sa.inspect(connection)
    return {
        name: {column["name"] for column in tables.get_columns(name)}
        for name in tables.get_table_names()
        if name != _TABLE
    }


def _rows(connection: Connection) -> dict[str, int]:
    return {
        name: connection.execute(
            sa.select(sa.func.count()).select_from(sa.table(name))
        ).scalar_one()
        for name in _columns(connection)
    }


def downgrade(engine: Engine, version: str) -> str:
    """Take a database back to an older version, "base" for no tables; returns which it had.

    What the younger tables and columns held is lost. Raises as `upgrade` does.
    """
    with writing(engine) as connection:
        _lock(connection)
        before = _version(connection)
        _refuse_newer(before)
        if before:
            command.downgrade(_configuration(connection), version)
    return before


def _lock(connection: Connection) -> None:
    """Be the only one who migrates, until the transaction ends; SQLite's own is that anyway."""
    if connection.dialect.name == "postgresql":
        # Waiting for another one's migration may take longer than a statement may otherwise.
        as_long_as_it_takes(connection)
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))


def _version(connection: Connection) -> str:
    if not sa.inspect(connection).has_table(_TABLE):
        return ""
    return connection.execute(sa.text(f"SELECT version_num FROM {_TABLE}")).scalar() or ""  # noqa: S608


def _refuse_newer(version: str) -> None:
    if version and version not in known_versions():
        raise RevitronGrpcError(
            Reason.DATABASE_VERSION,
            f"the database has version {version}, which this release does not know: it is newer; "
            "install the release that made it, or take it back with that release's "
            f"`revitron-grpc database downgrade {newest_version()}`",
        )


def _configuration(connection: Connection) -> Config:
    configuration = Config()
    configuration.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    configuration.attributes["connection"] = connection
    return configuration
