"""Whether somebody works with a store: a restore must be alone with it."""

import contextlib
import sqlite3
from pathlib import Path

import sqlalchemy as sa
from filelock import FileLock, Timeout
from sqlalchemy.engine import Connection

from revitron_grpc.errors import Reason, RevitronGrpcError
from revitron_grpc.storage.spool_folder import OWED

_HEADER = b"SQLite format 3\0"
_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def refuse_held_spools(folder: Path) -> None:
    """Raise `RevitronGrpcError` (STORE_IN_USE) where a serving process has a spool in a folder."""
    for path in sorted(folder.glob(f"*{OWED}")):
        lock = FileLock(path.with_name(f"{path.name}.lock"), timeout=0)
        try:
            with lock:
                pass
        except Timeout as error:
            raise _in_use(f"a service runs that has the spool {path}") from error


def close_sqlite(path: Path) -> None:
    """Have all of an SQLite file in that one file, which needs that nobody has it open.

    A file that is damaged stays as it is. Raises `RevitronGrpcError` (STORE_IN_USE).
    """
    if not path.is_file():
        return
    with path.open("rb") as file:
        if file.read(len(_HEADER)) != _HEADER:
            return  # SQLite would delete the log beside it, the only thing that may be whole
    with contextlib.closing(sqlite3.connect(path, timeout=1)) as connection:
        try:
            connection.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF in _BUSY:
                raise _in_use(f"another process has the database {path} open") from error
        except sqlite3.DatabaseError:
            return


def refuse_other_sessions(connection: Connection) -> None:
    """Raise `RevitronGrpcError` (STORE_IN_USE) where another of our programs has the database."""
    others = connection.execute(
        sa.text(
            "SELECT count(*), min(coalesce(host(client_addr), 'a local socket'))"
            " FROM pg_stat_activity WHERE datname = current_database()"
            " AND application_name = 'revitron-grpc' AND pid <> pg_backend_pid()"
        )
    ).one()
    if others[0]:
        raise _in_use(
            f"{others[0]} connections of a service to the database are open, from {others[1]}"
        )


def _in_use(what: str) -> RevitronGrpcError:
    return RevitronGrpcError(
        Reason.STORE_IN_USE, f"{what}; end every service of this store, then restore"
    )
