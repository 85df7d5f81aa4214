"""`revitron-grpc serve`, health and an orderly end."""

import json
import signal
import urllib.error
import urllib.request
from pathlib import Path

import grpc
from grpc_health.v1 import health_pb2, health_pb2_grpc

from revitron_grpc.v1.button_service_pb2 import GenerateButtonsRequest
from revitron_grpc.v1.button_service_pb2_grpc import ButtonServiceStub
from tests.e2e.conftest import Service, run, start_service
from tests.liveness import LIVENESS, wait_until


def status(service: Service, path: str) -> int:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{service.http_port}{path}") as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


def test_health_command_asks_every_component(service: Service) -> None:
    done = run("health", "--server", service.target)
    assert done.code == 0
    assert done.out.count("SERVING") == 6
    states = json.loads(run("health", "--server", service.target, "--json").out)
    assert states["validation"] == "SERVING"


def test_health_of_nobody_is_exit_code_3() -> None:
    assert run("health", "--server", "127.0.0.1:9", "--timeout", "2").code == 3


def test_a_health_check_of_several_asks_all_and_tells_the_worst(service: Service) -> None:
    # Nobody is at the port before; the one that does serve is asked all the same.
    words = ("--port", str(service.port - 1), "--processes", "2", "--http-port", "0")
    done = run("serve", *words, "--health-check")
    assert (done.code, done.out.count("SERVING")) == (3, 6)
    assert f"no service answers at 127.0.0.1:{service.port - 1}" in done.err


def test_a_port_that_is_taken_is_told(service: Service) -> None:
    done = run("serve", "--port", str(service.port), "--http-port", "0", timeout=60)
    assert done.code == 2
    assert "cannot serve" in done.err


def test_a_bad_setting_keeps_it_from_starting(tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text("server: {prot: 1}\n")
    done = run("serve", "--config", path)
    assert done.code == 2
    assert "server.prot: is no setting" in done.err


def test_sigterm_ends_it_in_order(tmp_path: Path) -> None:
    service = start_service(tmp_path, REVITRON_GRPC_SHUTDOWN__NOTICE_SECONDS="1")
    with grpc.insecure_channel(service.target) as channel:
        watch = health_pb2_grpc.HealthStub(channel).Watch(  # type: ignore[attr-defined]
            health_pb2.HealthCheckRequest(service="")
        )
        assert next(watch).status == health_pb2.HealthCheckResponse.SERVING
        run_under_way = ButtonServiceStub(channel).GenerateButtons(GenerateButtonsRequest(count=60))
        next(run_under_way)
        service.process.send_signal(signal.SIGTERM)
        # First it says so, while it still serves.
        assert next(watch).status == health_pb2.HealthCheckResponse.NOT_SERVING
        wait_until(lambda: status(service, "/ready") == 404)
        assert status(service, "/health") == 200
        # The run under way ends as if nothing were.
        *_, last = run_under_way
        assert last.WhichOneof("event") == "summary"
        # And the watch has ended, well.
        assert list(watch) == []
    assert service.process.wait(LIVENESS) == 0
