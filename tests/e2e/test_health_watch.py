"""`revitron-grpc health --watch`: replicas that die and come back, and bounds that are broken."""

import json
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.e2e.conftest import COMMAND, Service, heard_ctrl_c, run, start_service
from tests.liveness import LIVENESS
from tests.programs.ports import free_port

NOBODY = "127.0.0.1:1"


def polls(process: subprocess.Popen[str]) -> Iterator[dict[str, Any]]:
    assert process.stdout is not None
    for line in process.stdout:
        yield json.loads(line)


def until(
    shown: Iterator[dict[str, Any]], condition: Callable[[dict[str, Any]], bool]
) -> dict[str, Any]:
    """The first poll in which the first replica is like that."""
    for poll in shown:
        if condition(poll["replicas"][0]):
            return poll
    raise AssertionError("the watch ended")


def test_a_replica_that_dies_and_comes_back_while_it_is_watched(tmp_path: Path) -> None:
    port, side_port = str(free_port()), str(free_port())
    ports = ("--port", port, "--http-port", side_port)
    service = start_service(tmp_path, *ports)
    with heard_ctrl_c():
        watch = subprocess.Popen(
            [
                *(COMMAND, "health", "--watch", "--format", "json", "--interval", "0.2"),
                *("--server", service.target, "--server", NOBODY, "--side-port", side_port),
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
    shown = polls(watch)
    try:
        well = until(shown, lambda replica: replica["state"] == "SERVING")
        assert well["serving"] == 1
        replica, missing = well["replicas"]
        assert replica["latency_ms"] > 0
        assert replica["components"]["generation"] == "SERVING"
        assert replica["ready"] is True
        assert (replica["runs"], replica["runs_limit"]) == (0, 128)
        assert replica["memory_mb"] > 50
        assert replica["version"]
        assert missing["state"] == "UNREACHABLE"
        assert missing["error"].startswith("UNAVAILABLE: ")
        assert "nothing listens there; check the address, or start the service" in missing["error"]
        assert well["broken"] == [f"{NOBODY} is UNREACHABLE"]

        service.process.kill()
        service.process.wait(LIVENESS)
        gone = until(shown, lambda replica: replica["state"] == "UNREACHABLE")
        assert gone["serving"] == 0
        assert gone["replicas"][0]["latency_ms"] is None

        (tmp_path / "ports").unlink()
        service = start_service(tmp_path, *ports)
        back = until(shown, lambda replica: replica["state"] == "SERVING")
        assert back["serving"] == 1
        watch.send_signal(signal.SIGINT)
        _, said = watch.communicate(timeout=30)
        assert watch.returncode == 130
        assert said == "interrupted\n"
    finally:
        watch.kill()
        watch.communicate()
        service.process.kill()
        service.process.wait(LIVENESS)


def test_each_poll_counts_and_a_bound_that_is_not_kept_is_a_finding(service: Service) -> None:
    words = ("health", "--watch", "--interval", "0.1", "--server", service.target)
    done = run(*words, "--count", "2", "--side-port", str(service.http_port), "--max-use", "0.8")
    assert done.code == 0, done.err
    lines = done.out.splitlines()
    assert len(lines) == 2
    for word in (service.target, "SERVING", " ms", "0/128 runs", "MiB", "stores up"):
        assert word in lines[0]

    slow = run(*words, "--for", "0", "--format", "json", "--max-latency", "0.001")
    assert slow.code == 1
    (broken,) = json.loads(slow.out)["broken"]
    assert broken.endswith("above 0.001")

    # What is on that port is no side port: told, and worth a finding where it is needed.
    other = ("--count", "1", "--side-port", str(service.port))
    assert run(*words, *other).code == 0
    unknown = run(*words, *other, "--max-use", "0.8", "--json")
    assert unknown.code == 1
    assert "does not tell its use" in json.loads(unknown.out)["broken"][0]
    assert json.loads(unknown.out)["replicas"][0]["error"]

    assert run("health", "--watch", "--count", "1", "--server", NOBODY).code == 3


def test_options_that_do_nothing_are_refused() -> None:
    for words in (("--count", "1"), ("--server", NOBODY, "--server", NOBODY)):
        assert run("health", *words).code == 2
    assert "--max-use needs --side-port" in run("health", "--watch", "--max-use", "1").err
