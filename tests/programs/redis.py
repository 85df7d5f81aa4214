"""A real Redis for the tests, on a free port of loopback, with a password."""

import hashlib
import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import redis

from tests.liveness import LIVENESS
from tests.programs.ports import free_port

PASSWORD = "only-for-this-test"  # noqa: S105
CONFIGURATION_VARIABLE = "TEST_REDIS_CONF"
"""Names a configuration file, with `users.acl` beside it, that the tests' server is to have."""


class RedisServer:
    """`redis-server` with nothing on disk; what is stopped can be started again on its port.

    With a configuration, services come as the user revitron-grpc of the file `users.acl` beside it,
    and commands of the tests as its administrator, each with the password of the tests.
    """

    def __init__(self, folder: Path, configuration: Path | None = None) -> None:
        self.folder = folder
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None
        self._own = f'bind 127.0.0.1\nrequirepass {PASSWORD}\nsave ""\nappendonly no\n'
        self._user = self._administrator = ""
        if configuration is not None:
            users = (configuration.parent / "users.acl").read_text(encoding="utf-8")
            acl = folder / "users.acl"
            acl.write_text(users.replace("0" * 64, hashlib.sha256(PASSWORD.encode()).hexdigest()))
            self._own = f"include {configuration}\naclfile {acl}\n"
            self._user, self._administrator = "revitron-grpc", "administrator"

    @property
    def url(self) -> str:
        return self._url(self._user)

    def client(self) -> "redis.Redis":
        """A client that blocks, to look and to break things."""
        return redis.Redis.from_url(self._url(self._administrator), socket_timeout=10)

    def _url(self, user: str) -> str:
        return f"redis://{user}:{PASSWORD}@127.0.0.1:{self.port}/0"

    def command(self, *words: str | int | bytes) -> Any:
        """Send one command."""
        with self.client() as client:
            return client.execute_command(*words)

    def start(self) -> None:
        """Start it, and return when it answers; nothing is done where it runs."""
        if self.process is not None and self.process.poll() is None:
            return
        deadline = time.monotonic() + LIVENESS
        while time.monotonic() < deadline:
            if self._started(deadline):
                return
            if "FATAL CONFIG" in (self.folder / "redis.log").read_text():
                break  # no other port would help
        raise AssertionError((self.folder / "redis.log").read_text())

    def stop(self) -> None:
        """End it; its data is gone."""
        if self.process is not None:
            self.resume()
            self.process.terminate()
            self.process.wait(LIVENESS)
            self.process = None

    def kill(self) -> None:
        """End it as a crash would."""
        if self.process is not None:
            self.process.kill()
            self.process.wait(LIVENESS)
            self.process = None

    def restart(self) -> None:
        """Stop and start."""
        self.stop()
        self.start()

    def pause(self) -> None:
        """Let it hang: connections stay, no answer comes."""
        assert self.process is not None
        self.process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Let it go on."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)

    def _started(self, deadline: float) -> bool:
        with (self.folder / "redis.log").open("ab") as log:
            # By standard input: a password on the command line is everybody's to read.
            self.process = subprocess.Popen(
                ["redis-server", "-"], stdin=subprocess.PIPE, stdout=log, stderr=log
            )
        assert self.process.stdin is not None
        self.process.stdin.write(f"{self._own}port {self.port}\ndir {self.folder}\n".encode())
        self.process.stdin.close()
        pause = threading.Event()
        with self.client() as client:
            while self.process.poll() is None and time.monotonic() < deadline:
                try:
                    if client.ping():
                        return True
                except redis.RedisError:
                    pause.wait(0.01)
        return False


@pytest.fixture(scope="session")
def redis_program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    """The process behind `redis_server`."""
    named = os.environ.get(CONFIGURATION_VARIABLE)
    server = RedisServer(tmp_path_factory.mktemp("redis"), Path(named) if named else None)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def redis_server(redis_program: RedisServer) -> Iterator[RedisServer]:
    """A Redis that runs and is empty; a test may stop it, pause it and change its configuration."""
    redis_program.start()
    redis_program.command("FLUSHALL")
    yield redis_program
    redis_program.resume()
    redis_program.start()
    redis_program.command("REPLICAOF", "NO", "ONE")
    redis_program.command("CONFIG", "SET", "maxmemory", "0", "requirepass", PASSWORD)
