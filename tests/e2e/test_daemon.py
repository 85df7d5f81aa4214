"""`serve --daemon`, `--pid-file`, `--health-check`, `--validate-config`."""

import contextlib
import json
import os
import signal
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.conftest import Done, run
from tests.liveness import wait_until
from tests.programs.ports import free_port


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    path = tmp_path / "settings.yaml"
    path.write_text(
        f"server: {{port: {free_port()}}}\n"
        "http: {port: 0}\n"
        "shutdown: {notice_seconds: 0}\n"
        f"logging: {{directory: {tmp_path / 'logs'}}}\n"
    )
    return path


@pytest.fixture
def daemon(settings: Path) -> Iterator[Done]:
    done = run("serve", "--config", settings, "--daemon")
    assert done.code == 0, done.err
    yield done
    end(int(done.out))


def end(process: int) -> None:
    """End a process that is nobody's child here, and wait until it is gone."""

    def gone() -> bool:
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        return False

    with contextlib.suppress(ProcessLookupError):
        os.kill(process, signal.SIGTERM)
    wait_until(gone)


def test_a_daemon_from_start_to_end(daemon: Done, settings: Path) -> None:
    logs = settings.parent / "logs"
    process = int(daemon.out)
    assert (logs / "revitron-grpc-0.pid").read_text() == f"{process}\n"
    # It leads a session of its own, without the terminal and the group of who started it.
    assert os.getsid(process) == process != os.getsid(0)
    asked = run("serve", "--config", settings, "--health-check")
    assert (asked.code, asked.out.count("SERVING")) == (0, 6)
    port = (logs / "revitron-grpc-0.ports").read_text().split()[1]
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/ready") as answer:
        assert answer.status == 200

    again = run("serve", "--config", settings, "--daemon")
    assert again.code == 2
    assert f"a service runs already, process {process}" in again.err

    end(process)
    assert not (logs / "revitron-grpc-0.pid").exists()
    lines = [json.loads(x) for x in (logs / "revitron-grpc-0.log").read_text().splitlines()]
    assert [lines[0]["message"], lines[-1]["message"]] == ["serving", "stopped"]
    assert (logs / "revitron-grpc-0.out").read_text() == ""
    assert run("serve", "--config", settings, "--health-check").code == 3


def test_a_pid_file_that_was_left_behind_is_no_obstacle(settings: Path) -> None:
    first = run("serve", "--config", settings, "--daemon")
    killed = int(first.out)
    os.kill(killed, signal.SIGKILL)
    pid_file = settings.parent / "logs" / "revitron-grpc-0.pid"
    assert pid_file.read_text() == f"{killed}\n"
    second = run("serve", "--config", settings, "--daemon")
    assert second.code == 0, second.err
    end(int(second.out))


def test_a_daemon_without_log_files_is_refused() -> None:
    done = run("serve", "--daemon")
    assert done.code == 2
    assert "--daemon: needs log files: set logging.directory" in done.err


def test_a_daemon_that_cannot_start_says_why(settings: Path) -> None:
    settings.write_text(settings.read_text() + f"catalog: {{path: {settings}}}\n")
    done = run("serve", "--config", settings, "--daemon")
    assert done.code == 2
    assert "the service ended with exit code 2: error:" in done.err
    assert "settings.yaml" in done.err


def test_health_check_of_a_free_port_is_refused() -> None:
    done = run("serve", "--port", "0", "--health-check")
    assert done.code == 2
    assert "server.port: is 0" in done.err


def test_validate_config_is_config_check(tmp_path: Path) -> None:
    path = tmp_path / "settings.yaml"
    path.write_text("server: {port: 1234}\n")
    asked = run("serve", "--config", path, "--validate-config")
    assert (asked.code, asked.out) == (0, f"{path}: good\n")
    assert run("config", "check", path).out == asked.out
    path.write_text("server: {prot: 1234}\n")
    refused = run("serve", "--config", path, "--validate-config")
    assert (refused.code, refused.err) == (2, run("config", "check", path).err)


def test_one_mode_at_a_time() -> None:
    done = run("serve", "--daemon", "--health-check")
    assert done.code == 2
    assert "one of --daemon, --health-check" in done.err


def test_all_processes_of_a_daemon_have_its_switches(settings: Path) -> None:
    settings.write_text(
        settings.read_text()
        + "performance: {performance_monitoring: true, monitoring_interval_seconds: 1}\n"
    )
    logs = settings.parent / "logs"
    words = ("serve", "--config", settings, "--processes", "2")
    daemon = run(*words, "--daemon", "--disable-research")
    assert daemon.code == 0, daemon.err
    supervisor = int(daemon.out)
    try:
        ports = (logs / "revitron-grpc-0.ports").read_text().split()
        assert len(ports) == 4
        for http_port in ports[1::2]:
            with urllib.request.urlopen(f"http://127.0.0.1:{http_port}/health") as answer:
                assert json.load(answer)["switches"]["disable_research"] is True
        done = run("generate", "--count", "1", "--server", f"127.0.0.1:{ports[2]}")
        assert done.code == 0
        assert "NOT FULLY VALIDATED" in done.out
        # One part of each of the two is not SERVING; they take work all the same.
        asked = run(*words, "--health-check")
        assert (asked.code, asked.out.count(" SERVING"), asked.out.count("NOT_SERVING")) == (
            0,
            10,
            2,
        )
        assert [line for line in asked.out.splitlines() if line.endswith(":")] == [
            f"127.0.0.1:{port}:" for port in ports[0::2]
        ]
    finally:
        end(supervisor)
    told = {
        name: [json.loads(x) for x in (logs / f"revitron-grpc-{name}.log").read_text().splitlines()]
        for name in ("supervisor", "0", "1")
    }
    assert all(lines[-1]["message"] == "stopped" for lines in told.values())
    for replica in ("0", "1"):
        messages = [line["message"] for line in told[replica]]
        assert "switched off" in messages
        assert "performance" in messages
    # The run was measured where it was served.
    (measured,) = [line for line in told["1"] if line["message"] == "run"]
    assert measured["revitron_grpc"]["accepted"] == 1
    assert measured["revitron_grpc"]["stages"]["judge"]["count"] >= 1
    assert not any(line["message"] == "run" for line in told["0"])
