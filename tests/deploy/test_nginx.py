"""The nginx configuration through the real nginx, with one replica behind it."""

import contextlib
import json
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import grpc
import pytest
import trustme

from revitron_grpc.v1.button_service_pb2 import GenerateButtonsRequest, GetRunRequest
from revitron_grpc.v1.button_service_pb2_grpc import ButtonServiceStub
from tests.e2e.conftest import ROOT, Service, grpcurl, start_service
from tests.liveness import LIVENESS, wait_until

CONFIGURATION = ROOT / "deploy" / "nginx"
# The ports of the file, and the processes that tests put there.
GRPC, SIDE = ("50051", "50052", "50053"), ("8080", "8081", "8082")
PLAIN, TLS, SIDE_TLS = "50060", "50443", "8443"


@dataclass(frozen=True, slots=True)
class Nginx:
    """A running nginx: port of the file to port in use, and the authority of its certificate."""

    ports: dict[str, str]
    ca: Path

    def curl(self, path: str, *options: str) -> tuple[int, str, str]:
        """Status, headers and body of a request to the side port over TLS."""
        done = subprocess.run(
            [
                *("curl", "-s", "-i", "--cacert", self.ca, *options),
                f"https://127.0.0.1:{self.ports[SIDE_TLS]}{path}",
            ],
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        head, _, body = done.stdout.partition("\n\n")
        return int(head.split()[1]), head.lower(), body


@pytest.fixture(scope="module")
def replica(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    found = start_service(
        tmp_path_factory.mktemp("replica"), REVITRON_GRPC_SHUTDOWN__NOTICE_SECONDS="0"
    )
    yield found
    assert found.end() == 0


@pytest.fixture(scope="module")
def nginx(replica: Service, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nginx]:
    served = {GRPC[0]: str(replica.port), SIDE[0]: str(replica.http_port)}
    with running(tmp_path_factory.mktemp("nginx"), served) as found:
        yield found


@contextlib.contextmanager
def running(folder: Path, served: dict[str, str]) -> Iterator[Nginx]:
    """Nginx with the files as they stand, but for ports, certificate and folders."""
    authority = trustme.CA()
    ca, certificate = folder / "ca.pem", folder / "nginx.pem"
    authority.cert_pem.write_to_path(str(ca))
    authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(str(certificate))
    with contextlib.ExitStack() as held:
        wanted = [port for port in (*GRPC, *SIDE, PLAIN, TLS, SIDE_TLS) if port not in served]
        sockets = [held.enter_context(socket.socket()) for _ in wanted]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        ports = served | {
            port: str(one.getsockname()[1]) for port, one in zip(wanted, sockets, strict=True)
        }
    shutil.copytree(CONFIGURATION, folder / "conf")
    config = folder / "conf" / "nginx.conf"
    text = config.read_text(encoding="utf-8")
    text = re.sub(r"127\.0\.0\.1:(\d+)", lambda match: f"127.0.0.1:{ports[match[1]]}", text)
    text = text.replace("/etc/nginx/certs/revitron.pem", str(certificate))
    temporary = "".join(
        f"    {kind}_temp_path {folder / kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    config.write_text(text.replace("http {\n", "http {\n" + temporary, 1), encoding="utf-8")
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    assert program, "nginx is not installed: `make deps`"
    command = [program, "-c", str(config), "-e", "stderr"]
    command += ["-g", f"daemon off; pid {folder / 'nginx.pid'};"]
    checked = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        _await_port(int(ports[PLAIN]), process, folder / "log")
        yield Nginx(ports, ca)
    finally:
        process.terminate()
        process.wait(LIVENESS)


def _await_port(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    def answered() -> bool:
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port), 1).close()
            return True
        assert process.poll() is None, log.read_text()
        return False

    wait_until(answered)


def test_a_run_comes_whole_through_h2c_and_tls(nginx: Nginx) -> None:
    credentials = grpc.ssl_channel_credentials(nginx.ca.read_bytes())
    request = GenerateButtonsRequest(count=25, batch_limit=10)
    with (
        grpc.insecure_channel(f"127.0.0.1:{nginx.ports[PLAIN]}") as plain,
        grpc.secure_channel(f"127.0.0.1:{nginx.ports[TLS]}", credentials) as tls,
    ):
        for channel in (plain, tls):
            responses = list(ButtonServiceStub(channel).GenerateButtons(request, timeout=60))
            assert responses[-1].summary.accepted == 25


def test_the_services_own_errors_pass_through(nginx: Nginx) -> None:
    with grpc.insecure_channel(f"127.0.0.1:{nginx.ports[PLAIN]}") as channel:
        with pytest.raises(grpc.RpcError) as caught:
            list(ButtonServiceStub(channel).GenerateButtons(GenerateButtonsRequest(count=5000)))
        assert isinstance(caught.value, grpc.Call)
        assert caught.value.code() is grpc.StatusCode.INVALID_ARGUMENT
        assert "grpc-status-details-bin" in {m.key for m in caught.value.trailing_metadata() or ()}


def test_the_side_port_is_served_with_security_headers_and_without_metrics(nginx: Nginx) -> None:
    status, head, body = nginx.curl("/health")
    assert status == 200
    assert json.loads(body)["status"] == "ok"
    for header in ("strict-transport-security", "x-content-type-options: nosniff", "no-store"):
        assert header in head
    assert nginx.curl("/ready")[0] == 200
    status, head, _ = nginx.curl("/metrics")
    assert status == 404
    assert "x-content-type-options" in head


def test_the_json_lines_of_the_side_port_pass_through(nginx: Nginx) -> None:
    status, _, body = nginx.curl(
        "/revitron_grpc.v1.ButtonService/GenerateButtons",
        *("-H", "content-type: application/x-ndjson", "-d", '{"count": 5, "batchLimit": 5}'),
    )
    assert status == 200
    assert "summary" in json.loads(body.splitlines()[-1])


def test_no_replica_left_is_told_as_a_grpc_status(tmp_path: Path) -> None:
    with running(tmp_path, {}) as nginx:
        target = f"127.0.0.1:{nginx.ports[PLAIN]}"
        with grpc.insecure_channel(target) as channel:
            with pytest.raises(grpc.RpcError) as caught:
                ButtonServiceStub(channel).GetRun(GetRunRequest(), timeout=30)
            assert isinstance(caught.value, grpc.Call)
            assert caught.value.code() is grpc.StatusCode.UNAVAILABLE
            assert caught.value.details() == "no replica is ready"
        done = grpcurl(
            *("-plaintext", "-import-path", str(ROOT / "protos")),
            *("-proto", "revitron_grpc/v1/button_service.proto"),
            *(target, "revitron_grpc.v1.ButtonService/GetRun"),
        )
        assert "Code: Unavailable" in done.err
        assert "no replica is ready" in done.err
