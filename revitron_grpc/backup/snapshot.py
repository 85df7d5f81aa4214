"""The database at one moment, as an SQLite file, whichever database it is; and the way back.

One form for both: it can be looked into with `sqlite3`, does not depend on PostgreSQL's version or
programs, and a service can move from one database to the other.
"""

import contextlib
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import exc
from sqlalchemy.engine import URL, Connection, Engine

from revitron_grpc.backup.manifest import unreadable
from revitron_grpc.errors import Reason, RevitronGrpcError, StoreUnavailableError
from revitron_grpc.settings import RunsSettings
from revitron_grpc.storage.database import one_view, open_engine, reading
from revitron_grpc.storage.schema import metadata
from revitron_grpc.storage.versions import upgrade, version_of

_ROWS_AT_A_TIME = 2_000
_VERSION_TABLE = "alembic_version"


def take_snapshot(engine: Engine, target: Path) -> tuple[str, dict[str, int]]:
    """Write the rows of a database, as they are at one moment, to a new SQLite file.

    Returns the version of the tables and the number of rows in each. Nobody who writes meanwhile
    waits. Raises `RevitronGrpcError`: DATABASE_VERSION for a database that this release cannot copy
    as a whole, `StoreUnavailableError` where it does not answer, `OSError` for a full disk.
    """
    if engine.dialect.name == "sqlite":
        _copy_file(Path(str(engine.url.database)), target)
    else:
        _copy_rows(engine, target)
    return check_snapshot(target)


def check_snapshot(path: Path) -> tuple[str, dict[str, int]]:
    """Look whether an SQLite file is a whole database of ours; returns its version and its rows.

    Raises `RevitronGrpcError` (BACKUP_UNREADABLE) for one that is damaged, has runs without their
    buttons or the other way round, or holds anything but tables of ours.
    """
    with contextlib.closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        try:
            connection.execute("PRAGMA trusted_schema=OFF")
            [others] = connection.execute(
                "SELECT count(*) FROM sqlite_master WHERE type NOT IN ('table', 'index')"
            ).fetchone()
            if others or connection.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
                raise unreadable("holds a damaged database")
            if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
                raise unreadable("holds buttons of runs that it does not hold")
            tables = {
                name
                for (name,) in connection.execute(
                    "SELECT name FROM sqlite_master WHERE type = 'table'"
                )
            }
            if not tables <= {*metadata.tables, _VERSION_TABLE}:
                raise unreadable("holds tables that are none of ours")
            rows = {
                name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]  # noqa: S608
                for name in sorted(tables - {_VERSION_TABLE})
            }
            versions = connection.execute(f"SELECT version_num FROM {_VERSION_TABLE}").fetchall()  # noqa: S608
        except sqlite3.DatabaseError as error:
            raise unreadable(f"holds a damaged database: {error}") from error
    if len(versions) != 1:
        raise unreadable("holds a database without a version")
    return str(versions[0][0]), rows


def bring_up_to_date(path: Path) -> None:
    """Bring an SQLite file to the version of this release, and leave one file of it."""
    with opened(path) as engine:
        upgrade(engine)
    _one_file(path)


def load_snapshot(path: Path, connection: Connection) -> None:
    """Copy all rows of an SQLite file of the newest version into empty tables of PostgreSQL."""
    driver: Any = connection.connection.dbapi_connection
    with opened(path) as engine, reading(engine) as source:
        for table in metadata.sorted_tables:
            with driver.cursor() as cursor:
                names = ", ".join(column.name for column in table.columns)
                with (
                    cursor.copy(f"COPY {table.name} ({names}) FROM STDIN") as copy,
                    _rows(source, table) as rows,
                ):
                    for row in rows:
                        copy.write_row(_as_text(table, row))


@contextlib.contextmanager
def opened(path: Path) -> Iterator[Engine]:
    """Open an SQLite file as the service does, for the length of the block."""
    engine = open_engine(URL.create("sqlite", database=str(path)), RunsSettings(timeout_seconds=60))
    try:
        yield engine
    finally:
        engine.dispose()


def _copy_file(source: Path, target: Path) -> None:
    if not source.is_file():
        raise RevitronGrpcError(
            Reason.INVALID_CONFIGURATION,
            f"the database {source} does not exist; has a service run with these settings, and as "
            "this user?",
        )
    try:
        with (
            contextlib.closing(sqlite3.connect(f"{source.as_uri()}?mode=rw", uri=True)) as live,
            contextlib.closing(sqlite3.connect(target)) as copy,
        ):
            # In one step, which sees one moment; in several it would begin anew after each write.
            live.backup(copy, pages=-1)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_FULL:
            raise OSError(f"{target.parent}: {error}") from error
        raise StoreUnavailableError(f"the database {source} cannot be read: {error}") from error
    except sqlite3.DatabaseError as error:
        raise StoreUnavailableError(f"the database {source} cannot be read: {error}") from error
    _one_file(target)


def _copy_rows(engine: Engine, target: Path) -> None:
    version = version_of(engine)
    with opened(target) as copy, one_view(engine) as source, _told_disk(target):
        upgrade(copy, version or "base")
        there = sa.inspect(source)
        with copy.connect() as connection, connection.begin():
            for table in metadata.sorted_tables:
                if not there.has_table(table.name):
                    continue
                columns = _columns(there, table)
                insert = sa.insert(table)
                with _rows(source, table, columns) as found:
                    for rows in found.partitions(_ROWS_AT_A_TIME):
                        connection.execute(insert, [dict(row._mapping) for row in rows])  # noqa: SLF001
    _one_file(target)


@contextlib.contextmanager
def _told_disk(target: Path) -> Iterator[None]:
    """Tell a full disk of the copy from a database that is away."""
    try:
        yield
    except exc.OperationalError as error:
        if isinstance(error.orig, sqlite3.Error):
            raise OSError(f"{target.parent}: {error.orig}") from error
        raise
    except StoreUnavailableError as error:
        if isinstance(getattr(error.__context__, "orig", None), sqlite3.Error):
            raise OSError(f"{target.parent}: {error.message}") from error
        raise


def _columns(there: Any, table: sa.Table) -> list[sa.Column[Any]]:
    """The columns of a table as an older or this release made it."""
    names = {column["name"] for column in there.get_columns(table.name)}
    unknown = names - set(table.columns.keys())
    if unknown:
        raise RevitronGrpcError(
            Reason.DATABASE_VERSION,
            f"the table {table.name} has the columns {', '.join(sorted(unknown))}, which this "
            "release does not know; make the backup with the release that made them",
        )
    return [column for column in table.columns if column.name in names]


def _rows(
    source: Connection, table: sa.Table, columns: list[sa.Column[Any]] | None = None
) -> sa.CursorResult[Any]:
    query = sa.select(*(columns or list(table.columns)))
    return source.execution_options(stream_results=True, yield_per=_ROWS_AT_A_TIME).execute(query)


def _as_text(table: sa.Table, row: sa.Row[Any]) -> list[Any]:
    """The values as PostgreSQL copies them."""
    return [
        json.dumps(value) if isinstance(column.type, sa.JSON) else value
        for column, value in zip(table.columns, row, strict=True)
    ]


def _one_file(path: Path) -> None:
    """Leave WAL mode: what is copied is one file, without a log beside it."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
