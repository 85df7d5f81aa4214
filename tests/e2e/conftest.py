"""The installed command and the real programs, as a user has them."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.liveness import LIVENESS

ROOT = Path(__file__).parents[2]
COMMAND = Path(sys.executable).with_name("revitron-grpc")
GRPCURL = ROOT / ".tools" / "bin" / "grpcurl"


@contextmanager
def heard_ctrl_c() -> Iterator[None]:
    """Programs that are started in the block end by SIGINT, whoever started the tests.

    What runs in the background of a script ignores it, and so do its children.
    """
    inherited = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, inherited)


@dataclass(frozen=True, slots=True)
class Done:
    """A command that ended."""

    code: int
    out: str
    err: str


def run(*arguments: str | Path, cwd: Path | None = None, timeout: float = 100) -> Done:
    """Run the installed command without settings from the environment."""
    done = subprocess.run(
        [COMMAND, *map(str, arguments)],
        cwd=cwd,
        env=_environment(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=timeout,
        check=False,
    )
    return Done(done.returncode, done.stdout, done.stderr)


def grpcurl(*arguments: str) -> Done:
    """Run grpcurl."""
    done = subprocess.run(
        [GRPCURL, *arguments], capture_output=True, text=True, timeout=60, check=False
    )
    return Done(done.returncode, done.stdout, done.stderr)


@dataclass(frozen=True, slots=True)
class Service:
    """A service in a process of its own."""

    process: subprocess.Popen[bytes]
    port: int
    http_port: int

    @property
    def target(self) -> str:
        return f"127.0.0.1:{self.port}"

    def end(self) -> int:
        """Ask it to end and return its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(LIVENESS)


def start_service(folder: Path, *options: str | Path, **environment: str) -> Service:
    """Start `revitron-grpc serve` on free ports and return when it serves; log: service.log."""
    port_file = folder / "ports"
    with (folder / "service.log").open("wb") as log:
        process = subprocess.Popen(
            [
                *(COMMAND, "serve", "--port", "0", "--http-port", "0"),
                *("--port-file", port_file, *options),
            ],
            env=_environment() | environment,
            stdout=log,
            stderr=log,
        )
    pause = threading.Event()
    deadline = time.monotonic() + LIVENESS
    while not (port_file.exists() and port_file.read_text().count("\n") == 2):
        if process.poll() is not None or time.monotonic() > deadline:
            process.kill()
            raise AssertionError((folder / "service.log").read_text())
        pause.wait(0.02)
    port, http_port = map(int, port_file.read_text().split())
    return Service(process, port, http_port)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    found = start_service(
        tmp_path_factory.mktemp("service"), REVITRON_GRPC_SHUTDOWN__NOTICE_SECONDS="0"
    )
    yield found
    assert found.end() == 0


def _environment() -> dict[str, str]:
    found = {k: v for k, v in os.environ.items() if not k.startswith("REVITRON_")}
    return found | {"COLUMNS": "200", "NO_COLOR": "1"}
