"""A real PostgreSQL on a free port of loopback, in a temporary folder."""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from tests.liveness import LIVENESS
from tests.programs.ports import free_port

_USER = "postgres"
CONFIGURATION_VARIABLE = "TEST_POSTGRESQL_CONF"
"""Names a configuration file that the tests' server is to have beside its defaults."""
_QUICK = ("-c", "max_connections=60", "-c", "shared_buffers=16MB")


def _program(name: str) -> str:
    """Debian keeps the server's programs out of the PATH, a folder for each version."""
    found = sorted(
        Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3])
    )
    program = str(found[-1]) if found else shutil.which(name)
    assert program, "PostgreSQL is missing: tests/install-programs.sh installs it"
    return program


def _unprivileged() -> list[str]:
    """PostgreSQL does not run as root."""
    if os.name != "posix" or os.getuid():
        return []
    return ["setpriv", f"--reuid={_USER}", f"--regid={_USER}", "--init-groups"]


class PostgresServer:
    """One server; it can be stopped, killed and started again with what it stored."""

    def __init__(self, folder: Path, configuration: Path | None = None) -> None:
        """`folder` must be one that the user postgres may enter."""
        self.port = free_port()
        self._options = _QUICK if configuration is None else ()
        self._folder = folder
        self._data = folder / "data"
        self._process: subprocess.Popen[bytes] | None = None
        self._databases = 0
        if _unprivileged():
            shutil.chown(folder, _USER, _USER)
        subprocess.run(
            [
                *(*_unprivileged(), _program("initdb"), "--pgdata", self._data, "--no-sync"),
                *("--username", _USER, "--auth", "trust", "--encoding", "UTF8"),
                *("--locale", "C", "--no-instructions"),
            ],
            cwd=folder,
            check=True,
            capture_output=True,
        )
        if configuration is not None:
            added = self._data / "conf.d"
            added.mkdir()
            shutil.copy(configuration, added)
            with (self._data / "postgresql.conf").open("a", encoding="utf-8") as own:
                own.write("include_dir = 'conf.d'\n")
            if _unprivileged():
                for path in (added, *added.iterdir()):
                    shutil.chown(path, _USER, _USER)

    @property
    def url(self) -> str:
        """The URL of the database that is there from the beginning."""
        return self._url("postgres")

    def fresh_database(self, options: str = "") -> str:
        """Make an empty database and return its URL; `options` are those of CREATE DATABASE."""
        self._databases += 1
        name = f"test_{self._databases}"
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} {options}".encode())
        return self._url(name)

    def start(self) -> None:
        """Start it and return when it answers; nothing is done where it runs."""
        if self._process is not None and self._process.poll() is None:
            return
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [
                    *(*_unprivileged(), _program("postgres"), "-D", self._data),
                    *("-c", "listen_addresses=127.0.0.1", "-p", str(self.port)),
                    *("-c", f"unix_socket_directories={self._folder}"),
                    # Killing the process loses nothing; only a power cut would.
                    *("-c", "fsync=off", *self._options),
                ],
                cwd=self._folder,
                stdout=log,
                stderr=log,
            )
        pause, deadline = threading.Event(), time.monotonic() + LIVENESS
        while True:
            try:
                psycopg.connect(self.url, connect_timeout=5).close()
            except psycopg.OperationalError:
                if self._process.poll() is not None or time.monotonic() > deadline:
                    raise AssertionError((self._folder / "log").read_text()) from None
                pause.wait(0.05)
            else:
                return

    def stop(self) -> None:
        """End it in order, whoever is connected."""
        self._end(signal.SIGINT)

    def kill(self) -> None:
        """End it without a word to anybody, as a power cut of the process would."""
        self._end(signal.SIGQUIT)

    def pause(self) -> None:
        """Let it hang: connections stay, no answer comes."""
        self._signal_all(signal.SIGSTOP)

    def resume(self) -> None:
        """Let it go on."""
        self._signal_all(signal.SIGCONT)

    def _signal_all(self, number: signal.Signals) -> None:
        """To the first process and then to those that it began, one for each connection."""
        if self._process is None:
            return
        first = psutil.Process(self._process.pid)
        first.send_signal(number)
        for backend in first.children(recursive=True):
            with contextlib.suppress(psutil.NoSuchProcess):
                backend.send_signal(number)

    def _end(self, how: signal.Signals) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.send_signal(how)
            process.wait(60)

    def _url(self, database: str) -> str:
        return f"postgresql://{_USER}@127.0.0.1:{self.port}/{database}"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A server for all tests of this process that leave it running."""
    # Not below pytest's folder, which only its owner may enter.
    with tempfile.TemporaryDirectory(prefix="revitron-grpc-postgres-") as folder:
        named = os.environ.get(CONFIGURATION_VARIABLE)
        server = PostgresServer(Path(folder), Path(named) if named else None)
        server.start()
        try:
            yield server
        finally:
            server.stop()
