"""`revitron-grpc generate` when replicas die under it."""

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import pytest

from tests.e2e.conftest import COMMAND, Service, heard_ctrl_c, run, start_service
from tests.liveness import LIVENESS

ARGUMENTS = ("--count", "120", "--revit", "2024-2026", "--format", "jsonl")


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[Service, Service]]:
    """Two replicas; what a test leaves of them is ended."""
    folders = [tmp_path / name for name in ("first", "second")]
    found: list[Service] = []
    try:
        for folder in folders:
            folder.mkdir()
            found.append(start_service(folder, REVITRON_GRPC_SHUTDOWN__NOTICE_SECONDS="0"))
        yield found[0], found[1]
    finally:
        for service in found:
            if service.process.poll() is None:
                service.process.kill()
            service.process.wait(LIVENESS)


def started_command(*arguments: str) -> subprocess.Popen[bytes]:
    with heard_ctrl_c():
        return subprocess.Popen(
            [COMMAND, "generate", *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )


def first_lines(stream: IO[bytes], count: int) -> list[bytes]:
    return [stream.readline() for _ in range(count)]


def specs(lines: list[bytes]) -> list[Any]:
    found = [json.loads(line) for line in lines]
    return [spec for line in found for spec in line.get("buttons", {}).get("buttons", [])]


def kinds(lines: list[bytes]) -> list[str]:
    found = [next(k for k in json.loads(line) if k != "resumeToken") for line in lines]
    return [kind for kind in found if kind != "progress"]


def test_a_run_survives_the_death_of_its_replica(pair: tuple[Service, Service]) -> None:
    first, second = pair
    both = f"ipv4:{first.target},{second.target}"
    with started_command(*ARGUMENTS, "--server", both) as command:
        assert command.stdout is not None
        assert command.stderr is not None
        # Read no further: the pipe is full, so the run is still under way when its replica dies.
        lines = first_lines(command.stdout, 9)
        first.process.kill()
        first.process.wait(LIVENESS)
        lines += command.stdout.readlines()
        told = command.stderr.read().decode()
    assert command.returncode == 0, told
    assert "connection lost at" in told
    assert "of 120, resuming" in told
    assert kinds(lines) == ["started", *["buttons"] * 120, "summary"]
    undisturbed = run("generate", *ARGUMENTS, "--server", second.target)
    assert specs(lines) == specs(undisturbed.out.encode().splitlines())


def test_a_run_that_was_given_up_is_continued_with_its_token(
    pair: tuple[Service, Service],
) -> None:
    first, second = pair
    with started_command(*ARGUMENTS, "--server", first.target, "--timeout", "12") as command:
        assert command.stdout is not None
        assert command.stderr is not None
        lines = first_lines(command.stdout, 9)
        first.process.kill()
        first.process.wait(LIVENESS)
        # As a colleague does who loses patience; the last line may be cut.
        lines += [line for line in command.stdout.readlines() if line.endswith(b"\n")]
        told = command.stderr.read().decode()
    assert command.returncode == 3
    token = told.rpartition("--resume ")[2].strip()
    assert token == json.loads(lines[-1])["resumeToken"]
    rest = run("generate", *ARGUMENTS, "--server", second.target, "--resume", token)
    assert rest.code == 0, rest.err
    whole = run("generate", *ARGUMENTS, "--server", second.target)
    again = rest.out.encode().splitlines()
    assert specs(lines) + specs(again) == specs(whole.out.encode().splitlines())


def test_ctrl_c_cancels_the_run(service: Service) -> None:
    arguments = ("--count", "250", "--format", "jsonl", "--server", service.target)
    with started_command(*arguments) as command:
        assert command.stdout is not None
        assert command.stderr is not None
        first_lines(command.stdout, 3)
        os.kill(command.pid, signal.SIGINT)
        command.stdout.read()
        told = command.stderr.read().decode()
    assert command.returncode == 130
    assert told.strip() == "interrupted"


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("--resume", "forged"), 3, "was not written by this service"),
        (("--resume", "x" * 2049), 2, "resume_token"),
        (("--resume", "any", "--out", "New.extension"), 2, "--resume"),
        (("--tls",), 2, "--server"),
        (("--ca", "nowhere.pem", "--server", "127.0.0.1:9"), 2, "nowhere.pem"),
    ],
)
def test_a_mistake_is_told_with_the_way_out(
    tmp_path: Path, arguments: tuple[str, ...], code: int, told: str
) -> None:
    done = run("generate", "--count", "1", *arguments, cwd=tmp_path)
    assert done.code == code
    assert told in done.err
    assert "Traceback" not in done.err
