"""PostgreSQL takes its settings and who may connect, and the run store works with them."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from revitron_grpc.settings.stores import RunsSettings
from tests.deploy.artefact import DEPLOY, ROOT, FailedCheck, check, run_tool
from tests.deploy.names import names
from tests.programs.postgres import CONFIGURATION_VARIABLE, PostgresServer

FILE = DEPLOY / "postgresql" / "revitron-grpc.conf"
CLIENTS = FILE.with_name("pg_hba.conf")
_PASSWORD = "only-for-this-check"  # noqa: S105
# For psql, backups and `revitron-grpc database`, and those that PostgreSQL keeps for itself.
_SPARE_CONNECTIONS = 10


def _keys() -> list[str]:
    lines = FILE.read_text(encoding="utf-8").splitlines()
    return [line.partition("=")[0].strip() for line in lines if line and not line.startswith("#")]


@contextmanager
def _server() -> Iterator[tuple[PostgresServer, Path]]:
    with tempfile.TemporaryDirectory(prefix="revitron-grpc-postgres-") as name:
        folder = Path(name)
        server = PostgresServer(folder, FILE)
        try:
            server.start()
        except AssertionError as error:
            raise FailedCheck(f"PostgreSQL does not start\n{error}") from error
        try:
            yield server, folder
        finally:
            server.stop()


@check("deploy/postgresql/revitron-grpc.conf", "postgres, pg_file_settings")
def is_held() -> str:
    """The real PostgreSQL starts with the file, and each line of it is in force."""
    with _server() as (server, _), psycopg.connect(server.url) as connection:
        version = connection.execute("SHOW server_version").fetchone()
        rows = connection.execute(
            "SELECT name, setting, applied, error FROM pg_file_settings"
            " WHERE sourcefile LIKE '%/conf.d/revitron-grpc.conf'"
        ).fetchall()
        wrong = [
            f"{name}: {error or 'another file has the last word'}"
            for name, _, applied, error in rows
            if error or not applied
        ]
        for name, wanted, _, _ in rows:
            [found] = connection.execute("SELECT current_setting(%s)", (name,)).fetchone() or [None]
            if found != wanted:
                wrong.append(f"{name} is {found}, not {wanted}")
        [connections] = connection.execute(
            "SELECT current_setting('max_connections')::int"
        ).fetchone() or [0]
    missing = set(_keys()) - {name for name, *_ in rows}
    if missing:
        wrong.append(f"not read: {', '.join(sorted(missing))}")
    replicas = (connections - _SPARE_CONNECTIONS) // (RunsSettings().pool_size + 1)
    if replicas < 10:
        wrong.append(f"max_connections is room for {replicas} replicas, not for ten")
    if wrong:
        raise FailedCheck("; ".join(wrong))
    return f"PostgreSQL {version[0] if version else '?'}, {len(rows)} settings"


@check("deploy/postgresql/pg_hba.conf", "postgres, connections of each kind")
def clients_are_let_in_or_not() -> str:
    """The service with its password to its own database; nobody else over the network."""
    database = str(names()["database"])
    with _server() as (server, folder):
        with psycopg.connect(server.url, autocommit=True) as connection:
            connection.execute(f"CREATE USER {database} PASSWORD '{_PASSWORD}'".encode())
            connection.execute(f"CREATE DATABASE {database} OWNER {database}".encode())
            stored = connection.execute(
                "SELECT rolpassword FROM pg_authid WHERE rolname = %s", (database,)
            ).fetchone()
            if not stored or not stored[0].startswith("SCRAM-SHA-256$"):
                raise FailedCheck("the password is not stored as SCRAM")
            shutil.copyfile(CLIENTS, folder / "data" / "pg_hba.conf")
            connection.execute("SELECT pg_reload_conf()")
            [faults] = connection.execute(
                "SELECT count(*) FROM pg_hba_file_rules WHERE error IS NOT NULL"
            ).fetchone() or [1]
            if faults:
                raise FailedCheck("PostgreSQL does not understand each of its lines")
        good = f"user={database} password={_PASSWORD} dbname={database}"
        _connect(server, good, None)
        _connect(server, good.replace(_PASSWORD, "wrong"), "password authentication failed")
        _connect(server, good.replace(f"dbname={database}", "dbname=postgres"), "no pg_hba.conf")
        _connect(server, "user=postgres dbname=postgres", "no pg_hba.conf")
        # The administrator, by the socket: only the system's user of that name.
        words = ["psql", "-h", str(folder), "-p", str(server.port), "-U", "postgres"]
        words += ["-Atc", "SELECT 1"]
        if os.getuid() == 0:
            other = subprocess.run(words, capture_output=True, text=True, check=False)
            if other.returncode == 0:
                raise FailedCheck("another user of the system comes in as postgres")
            run_tool(
                "setpriv",
                "--reuid=postgres",
                "--regid=postgres",
                "--init-groups",
                *words,
                cwd=folder,
            )
    return "the service with its password, postgres by its socket, nobody else"


def _connect(server: PostgresServer, words: str, wanted: str | None) -> None:
    """Connect over loopback, and hold what comes of it against what should."""
    for host in ("127.0.0.1", "localhost"):
        said = None
        try:
            psycopg.connect(f"host={host} port={server.port} {words}", connect_timeout=10).close()
        except psycopg.OperationalError as error:
            said = str(error)
        if (said is None) != (wanted is None) or (wanted or "") not in (said or ""):
            raise FailedCheck(f"{words.partition(' password')[0]}: {said or 'comes in'}")


@check("deploy/postgresql/revitron-grpc.conf", "log of statements")
def log_tells_no_values() -> str:
    """What was slow stands in the log, what it was about does not; nor does a row of an error."""
    with _server() as (server, folder):
        with psycopg.connect(server.url, autocommit=True) as connection:
            connection.execute("CREATE TABLE runs (owner text PRIMARY KEY)")
            for _ in range(2):
                try:
                    connection.execute("INSERT INTO runs VALUES (%s)", ("anna@office.example",))
                except psycopg.errors.UniqueViolation:
                    continue
            connection.execute("SELECT pg_sleep(0.6), %s::text", ("anna@office.example",))
        log = (folder / "log").read_text(encoding="utf-8")
    if "duration:" not in log or "pg_sleep" not in log:
        raise FailedCheck("a slow statement is not in the log")
    if "duplicate key" not in log:
        raise FailedCheck("an error is not in the log")
    if "anna" in log:
        raise FailedCheck(f"a value is in the log\n{log}")
    return "slow statements without values"


@check("deploy/postgresql/revitron-grpc.conf", "the contract tests of runs and keys")
def stores_keep_their_contract() -> str:
    """What the service's tests ask of PostgreSQL holds for one with this file."""
    said = run_tool(
        *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", "postgres"),
        *("tests/storage/test_runs.py", "tests/storage/test_keys.py"),
        cwd=ROOT,
        env={**os.environ, CONFIGURATION_VARIABLE: str(FILE)},
    )
    return said.strip().splitlines()[-1].strip("= ")
