"""The supervisor with workers that do nothing but keep to the protocol."""

import asyncio
import json
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from revitron_grpc.errors import InvalidInputError
from revitron_grpc.service.process.ports import check_ports
from revitron_grpc.service.supervisor import (
    Supervisor,
    WorkerMisconfiguredError,
    backoff_seconds,
)
from revitron_grpc.settings import HttpSettings, ServerSettings, Settings
from tests.liveness import LIVENESS, until

# Writes down its settings and its process id, says that it serves, and ends with its input.
WORKER = """
import json, os, pathlib, sys
settings = json.loads(os.read(0, 65536))
server = settings["server"]
log = pathlib.Path(sys.argv[1]) / str(server["replica"])
with log.open("a") as file:
    file.write(json.dumps({"id": os.getpid(), "settings": settings}) + chr(10))
print(server["port"], settings["http"]["port"], flush=True)
while os.read(0, 4096):
    pass
sys.exit(0)
"""


def settings_for(processes: int, port: int = 7000, **server: object) -> Settings:
    return Settings(
        server=ServerSettings.model_validate(
            {"processes": processes, "port": port, "host": "127.0.0.1", **server}
        ),
        http=HttpSettings(port=9000),
    )


def starts(folder: Path, index: int) -> list[dict[str, object]]:
    path = folder / str(index)
    text = path.read_text() if path.exists() else ""
    # Without a last line that is still being written.
    return [json.loads(line) for line in text.splitlines(keepends=True) if line.endswith("\n")]


@asynccontextmanager
async def supervised(folder: Path, settings: Settings) -> AsyncIterator[Supervisor]:
    supervisor = Supervisor(
        [sys.executable, "-c", WORKER, str(folder)], settings, wait_seconds=lambda _: 0
    )
    running = asyncio.create_task(supervisor.run(folder / "ports"))
    await until(lambda: (folder / "ports").exists() or running.done())
    try:
        yield supervisor
    finally:
        supervisor.end()
        async with asyncio.timeout(LIVENESS):
            await running


async def test_each_worker_has_its_ports_and_its_share_of_the_cores(tmp_path: Path) -> None:
    async with supervised(tmp_path, settings_for(3)):
        assert (tmp_path / "ports").read_text() == "7000\n9000\n7001\n9000\n7002\n9000\n"
        for index in range(3):
            (start,) = starts(tmp_path, index)
            got = start["settings"]
            assert isinstance(got, dict)
            worker = Settings.model_validate(got)
            assert worker.server.replica == index
            assert worker.server.port == 7000 + index
            assert worker.server.processes == 1
            assert worker.executor.max_workers >= 1


async def test_one_that_dies_comes_back_and_takes_no_other_with_it(tmp_path: Path) -> None:
    async with supervised(tmp_path, settings_for(2)):
        for times in (1, 2, 3):
            victim = starts(tmp_path, 0)[-1]["id"]
            assert isinstance(victim, int)
            os.kill(victim, signal.SIGKILL)
            await until(lambda wanted=times + 1: len(starts(tmp_path, 0)) == wanted)
        assert len(starts(tmp_path, 1)) == 1


async def test_a_worker_that_cannot_be_configured_ends_all_of_them() -> None:
    supervisor = Supervisor(
        [sys.executable, "-c", "import os, sys; os.read(0, 65536); sys.exit(2)"], settings_for(2)
    )
    async with asyncio.timeout(LIVENESS):
        with pytest.raises(WorkerMisconfiguredError, match="cannot start"):
            await supervisor.run()


async def test_exit_code_2_of_one_that_has_served_is_a_failure_like_any_other(
    tmp_path: Path,
) -> None:
    mended = WORKER.replace(
        "while os.read", "if len(log.read_text().splitlines()) < 3: sys.exit(2)\nwhile os.read"
    )
    supervisor = Supervisor(
        [sys.executable, "-c", mended, str(tmp_path)], settings_for(1), wait_seconds=lambda _: 0
    )
    running = asyncio.create_task(supervisor.run())
    await until(lambda: len(starts(tmp_path, 0)) == 3)
    supervisor.end()
    async with asyncio.timeout(LIVENESS):
        await running


async def test_a_worker_that_does_not_start_is_waited_for_ever_longer(tmp_path: Path) -> None:
    waits: list[int] = []
    supervisor = Supervisor(
        [sys.executable, "-c", "raise SystemExit(1)", str(tmp_path)],
        settings_for(1),
        wait_seconds=lambda failures: waits.append(failures) or 0,
    )
    running = asyncio.create_task(supervisor.run())
    await until(lambda: len(waits) >= 3)
    supervisor.end()
    async with asyncio.timeout(LIVENESS):
        await running
    assert waits[:3] == [1, 2, 3]


async def test_a_worker_that_does_not_end_is_killed_at_once_if_it_must_be(tmp_path: Path) -> None:
    deaf = WORKER.replace(
        "while os.read(0, 4096):\n    pass",
        "import threading\nevent = threading.Event()\nwhile True:\n    event.wait()",
    )
    supervisor = Supervisor([sys.executable, "-c", deaf, str(tmp_path)], settings_for(2))
    running = asyncio.create_task(supervisor.run(tmp_path / "ports"))
    await until((tmp_path / "ports").exists)
    supervisor.hurry()
    async with asyncio.timeout(LIVENESS):
        await running


async def test_a_shared_port_is_chosen_once_and_held(tmp_path: Path) -> None:
    async with supervised(tmp_path, settings_for(2, port=0, shared_port=True)):
        first, _, second, _ = (tmp_path / "ports").read_text().split()
        assert first == second != "0"
        with socket.socket() as other, pytest.raises(OSError, match="in use"):
            other.bind(("127.0.0.1", int(first)))


def test_waits_grow_up_to_half_a_minute() -> None:
    waits = [backoff_seconds(failures) for failures in (1, 2, 4, 20)]
    assert 0.5 <= waits[0] <= 1.0
    assert waits == sorted(waits)
    assert 29 <= waits[-1] <= 30.5


def test_ports_that_meet_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InvalidInputError, match=r"http\.port: 9000 would be the gRPC port"):
        check_ports(settings_for(3, port=8999))
    with pytest.raises(InvalidInputError, match="65535"):
        check_ports(settings_for(3, port=65_534))
    check_ports(settings_for(3, port=65_534, shared_port=True))
    monkeypatch.setattr(sys, "platform", "win32")
    with pytest.raises(InvalidInputError, match="Linux alone"):
        check_ports(settings_for(3, shared_port=True))
