"""The database of the service: an SQLite file by default, PostgreSQL by configuration.

SQLAlchemy's Core, used synchronously; the service calls it from a few threads of its own. Nothing
here puts a password into a message, a log or a repr.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from platformdirs import user_data_path
from sqlalchemy import event, exc
from sqlalchemy.engine import URL, Connection, Engine
from sqlalchemy.pool import QueuePool

from revitron_grpc.errors import (
    FieldViolation,
    InvalidInputError,
    Reason,
    RevitronGrpcError,
    StoreUnavailableError,
)
from revitron_grpc.settings.stores import NO_STORE, RunsSettings

_FILE = "runs.sqlite3"
# libpq rounds anything shorter up to this.
_LEAST_CONNECT_SECONDS = 2
# The execution option of a transaction that is going to write.
_WRITING = "writing"


def default_file() -> Path:
    """Return where runs are kept if nothing is configured; the folder may not exist yet."""
    return user_data_path("revitron-grpc", appauthor=False) / _FILE


def database_url(settings: RunsSettings) -> URL | None:
    """Return which database is configured, None for a service that stores nothing.

    Raises `InvalidInputError` (INVALID_CONFIGURATION) for a file that cannot be read and a URL
    that means nothing.
    """
    text, key = settings.url, "runs.url"
    if settings.url_file is not None:
        key = "runs.url_file"
        try:
            lines = settings.url_file.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise _wrong(key, f"{settings.url_file} cannot be read: {error}") from error
        text = lines[0].strip() if lines else ""
        if not text:
            raise _wrong(key, f"{settings.url_file} has no first line")
    if text == NO_STORE:
        return None
    if not text:
        return URL.create("sqlite", database=str(default_file()))
    try:
        url = sa.make_url(text)
    except (exc.ArgumentError, ValueError):
        # Without what SQLAlchemy says: it may quote the password.
        raise _wrong(key, "is not a URL of a database") from None
    backend = url.get_backend_name()
    if backend == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    if backend == "sqlite":
        return url.set(drivername="sqlite")
    raise _wrong(key, f"names {backend}; runs are stored in sqlite or postgresql")


def open_engine(url: URL, settings: RunsSettings) -> Engine:
    """Return an engine for a database; connects to nothing yet, but makes an SQLite file's folder.

    Raises `RevitronGrpcError`: EXTRA_MISSING where the driver of PostgreSQL is not installed,
    INVALID_CONFIGURATION for a folder that cannot be made.
    """
    # Statements carry what callers wrote, which belongs into no log.
    common: dict[str, Any] = {"hide_parameters": True}
    if url.get_backend_name() == "sqlite":
        return _sqlite_engine(url, settings, common)
    return _postgresql_engine(url, settings, common)


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Lend a connection in a transaction that only reads.

    Raises `StoreUnavailableError` where the database does not answer.
    """
    with _told(engine), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Lend a connection in a transaction that is committed at the end of the block.

    Raises `StoreUnavailableError` where the database does not answer; nothing is written then.
    """
    with (
        _told(engine),
        engine.connect().execution_options(**{_WRITING: True}) as connection,
        connection.begin(),
    ):
        yield connection


@contextmanager
def one_view(engine: Engine) -> Iterator[Connection]:
    """Lend a connection that sees one moment of the database, however long it reads.

    Writers are not held up. Raises `StoreUnavailableError` where the database does not answer.
    """
    options: dict[str, Any] = {}
    if engine.dialect.name == "postgresql":
        options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with (
        _told(engine),
        engine.connect().execution_options(**options) as connection,
        connection.begin(),
    ):
        as_long_as_it_takes(connection)
        yield connection


def _sqlite_engine(url: URL, settings: RunsSettings, common: dict[str, Any]) -> Engine:
    in_memory = url.database in (None, "", ":memory:")
    if not in_memory:
        _make_folder(Path(str(url.database)).parent)
    engine = sa.create_engine(
        url,
        connect_args={"timeout": settings.timeout_seconds, "check_same_thread": False},
        poolclass=QueuePool,
        # In memory the connection is the database, and threads take turns with it.
        pool_size=1 if in_memory else settings.pool_size,
        max_overflow=0,
        pool_timeout=settings.timeout_seconds,
        **common,
    )

    @event.listens_for(engine, "connect")
    def _(connection: Any, _: Any) -> None:
        # Transactions begin where we say so: the driver's own would commit before DDL.
        connection.isolation_level = None
        cursor = connection.cursor()
        # Readers and one writer do not wait for each other. With FULL a run that was recorded
        # survives a power cut, which NORMAL does not promise in WAL mode; at two small writes a
        # run nobody notices the difference.
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        # What was deleted is overwritten, not only forgotten.
        cursor.execute("PRAGMA secure_delete=ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _(connection: Connection) -> None:
        # A transaction that read first cannot wait for the lock of a writer: it fails at once.
        wants_lock = connection.get_execution_options().get(_WRITING)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if wants_lock else "BEGIN")

    return engine


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise _wrong(
            "runs.url",
            f"the folder {folder} cannot be made ({error.strerror}); name a file elsewhere, such "
            f"as sqlite:////var/lib/revitron-grpc/runs.sqlite3, or {NO_STORE}",
        ) from error


def _postgresql_engine(url: URL, settings: RunsSettings, common: dict[str, Any]) -> Engine:
    milliseconds = round(1000 * settings.timeout_seconds)
    try:
        engine = sa.create_engine(
            url,
            pool_size=settings.pool_size,
            max_overflow=0,
            pool_timeout=settings.timeout_seconds,
            # A connection that died in the pool is replaced, instead of failing a run.
            pool_pre_ping=True,
            pool_recycle=1_800,
            connect_args={
                "connect_timeout": max(_LEAST_CONNECT_SECONDS, round(settings.timeout_seconds)),
                # Also where nothing comes back: a cable that was pulled, a firewall that drops.
                "tcp_user_timeout": milliseconds,
                "application_name": "revitron-grpc",
                # Also for a database without an encoding (SQL_ASCII), whose text would be bytes.
                "client_encoding": "utf8",
                "options": f"-c statement_timeout={milliseconds} -c lock_timeout={milliseconds}"
                " -c timezone=UTC",
            },
            **common,
        )
    except ModuleNotFoundError as error:
        raise RevitronGrpcError(
            Reason.EXTRA_MISSING,
            "runs.url names PostgreSQL, whose driver is not installed; install it with "
            "`pip install revitron-grpc[server,postgres]`",
        ) from error

    @event.listens_for(engine, "do_connect")
    def _(_dialect: Any, _record: Any, cargs: Any, cparams: Any) -> Any:
        # Only here, because SQLite does without the driver.
        from revitron_grpc.storage.bounded_connection import BoundedConnection

        connection = BoundedConnection.connect(*cargs, **cparams)
        connection.seconds = settings.timeout_seconds
        return connection

    return engine


def as_long_as_it_takes(connection: Connection) -> None:
    """Let the statements of this transaction take their time."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("SET LOCAL statement_timeout = 0"))
        connection.execute(sa.text("SET LOCAL lock_timeout = 0"))
        driver: Any = connection.connection.dbapi_connection
        driver.seconds = None
        # It is not lent again with this patience.
        connection.detach()


@contextmanager
def _told(engine: Engine) -> Iterator[None]:
    """Turn what the driver raises into our own words."""
    try:
        yield
    except (exc.DataError, exc.IntegrityError):
        raise  # a mistake of ours, which no waiting mends
    except (exc.DBAPIError, exc.TimeoutError) as error:
        cause = str(error.orig) if isinstance(error, exc.DBAPIError) else str(error)
        first = next(iter(cause.splitlines()), "") or type(error).__name__
        where = engine.url.host or engine.url.database or "in memory"
        raise StoreUnavailableError(
            f"the database ({engine.dialect.name}, {where}) does not answer: {first}"
        ) from None


def _wrong(key: str, problem: str) -> InvalidInputError:
    return InvalidInputError(Reason.INVALID_CONFIGURATION, (FieldViolation(key, problem),))
