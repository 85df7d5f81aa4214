"""`serve --processes N`, how processes end, and what grpc-health-probe says all along."""

import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import grpc
import psutil
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc

from revitron_grpc.v1.button_service_pb2 import GenerateButtonsRequest
from revitron_grpc.v1.button_service_pb2_grpc import ButtonServiceStub
from tests.e2e.conftest import COMMAND, ROOT, Service, _environment, start_service
from tests.liveness import LIVENESS, wait_until

PROBE = ROOT / ".tools" / "bin" / "grpc-health-probe"
# What grpc-health-probe answers with.
HEALTHY, NOBODY, UNHEALTHY = 0, 2, 4


def probe(port: int, service: str = "") -> int:
    done = subprocess.run(
        [
            PROBE,
            f"-addr=127.0.0.1:{port}",
            f"-service={service}",
            "-connect-timeout=5s",
            "-rpc-timeout=20s",
        ],
        capture_output=True,
        timeout=60,
        check=False,
    )
    return done.returncode


def ended(process: psutil.Process) -> bool:
    try:
        return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


class Supervised:
    """Two workers and their supervisor."""

    def __init__(self, folder: Path, *options: str, **environment: str) -> None:
        self.folder = folder
        with (folder / "log").open("wb") as log:
            self.process = subprocess.Popen(
                [
                    COMMAND,
                    "serve",
                    "--processes",
                    "2",
                    "--port",
                    "0",
                    "--http-port",
                    "0",
                    "--port-file",
                    folder / "ports",
                    *options,
                ],
                env=_environment() | environment,
                stdout=log,
                stderr=log,
            )
        wait_until(lambda: (folder / "ports").exists() or self.process.poll() is not None)
        assert self.process.poll() is None, self.log
        self.ports = [int(line) for line in (folder / "ports").read_text().split()]

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text()

    @property
    def workers(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children()

    def kill(self) -> None:
        for process in [psutil.Process(self.process.pid), *self.workers]:
            process.kill()
        self.process.wait()


@pytest.fixture
def supervised(tmp_path: Path) -> Iterator[Supervised]:
    found = Supervised(tmp_path, REVITRON_GRPC_SHUTDOWN__NOTICE_SECONDS="0")
    yield found
    if found.process.poll() is None:
        found.kill()


def test_a_worker_that_is_killed_comes_back_and_the_other_streams_on(
    supervised: Supervised,
) -> None:
    first, _, second, _ = supervised.ports
    assert first != second
    assert [probe(port) for port in (first, second)] == [HEALTHY, HEALTHY]
    victim = next(
        w for w in supervised.workers if any(c.laddr.port == first for c in w.net_connections())
    )
    with grpc.insecure_channel(f"127.0.0.1:{second}") as channel:
        stream = ButtonServiceStub(channel).GenerateButtons(GenerateButtonsRequest(count=20))
        next(stream)
        victim.kill()
        *_, last = stream
        assert last.WhichOneof("event") == "summary"
    assert probe(first) == NOBODY
    wait_until(lambda: supervised.log.count('"message":"worker serves"') == 3)
    assert len(supervised.workers) == 2
    # Each line of a worker says which one it is.
    assert '"node":{"name":"1"}' in supervised.log
    # SIGTERM to the supervisor drains all of them.
    workers = supervised.workers
    supervised.process.send_signal(signal.SIGTERM)
    assert supervised.process.wait(LIVENESS) == 0
    assert all(ended(worker) for worker in workers)
    assert supervised.log.count('"message":"draining"') == 2


def test_workers_drain_when_their_supervisor_is_killed(supervised: Supervised) -> None:
    workers = supervised.workers
    supervised.process.kill()
    supervised.process.wait()
    wait_until(lambda: all(ended(worker) for worker in workers))
    assert supervised.log.count('"message":"stopped"') == 2


def test_one_port_for_all_where_there_is_no_proxy(tmp_path: Path) -> None:
    service = Supervised(tmp_path, "--shared-port", REVITRON_GRPC_SHUTDOWN__NOTICE_SECONDS="0")
    try:
        first, http, second, other_http = service.ports
        assert first == second
        assert http != other_http
        assert probe(first) == HEALTHY
    finally:
        service.process.send_signal(signal.SIGTERM)
    assert service.process.wait(LIVENESS) == 0


def test_the_processes_of_a_pool_end_with_a_service_that_is_killed(tmp_path: Path) -> None:
    service = start_service(
        tmp_path,
        REVITRON_GRPC_EXECUTOR__KIND="process",
        REVITRON_GRPC_EXECUTOR__MAX_WORKERS="1",
    )
    pool = psutil.Process(service.process.pid).children(recursive=True)
    assert pool
    service.process.kill()
    service.process.wait()
    wait_until(lambda: all(ended(process) for process in pool))


def test_the_probe_sees_serving_draining_and_down(tmp_path: Path) -> None:
    port_file = tmp_path / "ports"
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(
            [COMMAND, "serve", "--port", "0", "--http-port", "0", "--port-file", port_file],
            env=_environment() | {"REVITRON_GRPC_SHUTDOWN__NOTICE_SECONDS": "3600"},
            stdout=log,
            stderr=log,
        )
    try:
        wait_until(port_file.exists)
        port = int(port_file.read_text().split()[0])
        assert probe(port) == HEALTHY
        assert probe(port, "revitron_grpc.v1.ButtonService") == HEALTHY
        with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
            watch = health_pb2_grpc.HealthStub(channel).Watch(  # type: ignore[attr-defined]
                health_pb2.HealthCheckRequest(service="")
            )
            assert next(watch).status == health_pb2.HealthCheckResponse.SERVING
            process.send_signal(signal.SIGTERM)
            assert next(watch).status == health_pb2.HealthCheckResponse.NOT_SERVING
            assert probe(port) == UNHEALTHY
            assert probe(port, "generation") == UNHEALTHY
            # A notice of an hour is not waited for when somebody says so twice.
            process.send_signal(signal.SIGTERM)
            assert process.wait(LIVENESS) == 130
            assert list(watch) == []
        assert probe(port) == NOBODY
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def test_a_run_that_outlives_the_drain_is_told_to_go_elsewhere(tmp_path: Path) -> None:
    service: Service = start_service(
        tmp_path,
        REVITRON_GRPC_SHUTDOWN__NOTICE_SECONDS="0",
        REVITRON_GRPC_SHUTDOWN__DRAIN_SECONDS="0",
    )
    with grpc.insecure_channel(service.target) as channel:
        stream = ButtonServiceStub(channel).GenerateButtons(GenerateButtonsRequest(count=1000))
        next(stream)
        service.process.send_signal(signal.SIGTERM)
        with pytest.raises(grpc.RpcError) as caught:
            for _ in stream:
                pass
    error = caught.value
    assert isinstance(error, grpc.Call)
    assert error.code() is grpc.StatusCode.UNAVAILABLE
    assert "another one will serve" in (error.details() or "")
    assert service.process.wait(LIVENESS) == 0


def test_a_service_that_cannot_start_ends_all_of_it_with_exit_code_2() -> None:
    done = subprocess.run(
        [COMMAND, "serve", "--processes", "2", "--port", "0", "--http-port", "0"],
        env=_environment() | {"REVITRON_GRPC_PERFORMANCE__MEMORY_MANAGEMENT__MAX_MEMORY_MB": "50"},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 2
    assert "max_memory_mb: 50 leaves no room" in done.stderr
    assert "cannot start (its message is above)" in done.stderr
