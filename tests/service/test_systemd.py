"""What systemd hears of a service, through a socket as systemd has one."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from revitron_grpc.service.process.systemd import ServiceManager
from tests.liveness import LIVENESS

SERVE = [sys.executable, "-m", "revitron_grpc", "serve", "--port", "0", "--http-port", "0"]


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        listener.bind(str(tmp_path / "notify"))
        listener.settimeout(60)
        yield listener


def heard(manager: socket.socket) -> dict[str, str]:
    lines = manager.recv(4096).decode().splitlines()
    return dict(line.split("=", 1) for line in lines)


def heard_of(manager: socket.socket, name: str) -> dict[str, str]:
    """The next datagram that says this; signs of life between are passed over."""
    while name not in (told := heard(manager)):
        pass
    return told


@pytest.mark.parametrize("processes", [1, 2])
def test_a_service_says_when_it_is_ready_reloads_and_ends(
    manager: socket.socket, processes: int
) -> None:
    service = subprocess.Popen(
        [*SERVE, "--processes", str(processes)],
        env={
            **os.environ,
            "NOTIFY_SOCKET": manager.getsockname(),
            "WATCHDOG_USEC": "300000",
            "REVITRON_GRPC_SHUTDOWN__NOTICE_SECONDS": "0",
            "REVITRON_GRPC_RUNS__URL": "none",
        },
        stderr=subprocess.DEVNULL,
    )
    try:
        assert heard_of(manager, "READY")["STATUS"].startswith(("serving", "2 processes"))
        assert heard_of(manager, "WATCHDOG") == {"WATCHDOG": "1"}
        service.send_signal(signal.SIGHUP)
        assert int(heard_of(manager, "RELOADING")["MONOTONIC_USEC"]) > 0
        heard_of(manager, "READY")
        service.send_signal(signal.SIGTERM)
        assert heard_of(manager, "STOPPING")["STATUS"] == "draining"
        assert service.wait(LIVENESS) == 0
    finally:
        service.kill()
        service.wait()


async def test_nobody_is_told_where_systemd_did_not_start_the_process() -> None:
    nobody = ServiceManager({})
    nobody.ready("serving")
    await asyncio.wait_for(nobody.keep_alive(), 10)


async def test_a_watchdog_of_another_process_is_left_alone() -> None:
    other = ServiceManager({"WATCHDOG_USEC": "1000000", "WATCHDOG_PID": "1"})
    assert other.watchdog_seconds == 0


def test_a_manager_that_is_gone_ends_nothing(tmp_path: Path) -> None:
    ServiceManager({"NOTIFY_SOCKET": str(tmp_path / "gone")}).ready("serving")
