"""What HAProxy itself answers reaches gRPC clients as a status with a reason."""

import contextlib
import socket
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import grpc
import pytest
import trustme
from cluster import CONFIG, Cluster, Ports, ProxyOptions, free_ports

from revitron_grpc.v1.button_service_pb2 import GetRunRequest
from revitron_grpc.v1.button_service_pb2_grpc import ButtonServiceStub
from tests.e2e.conftest import ROOT, grpcurl


class _Ready(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        del format, args


# What a server says first on an HTTP/2 connection: an empty frame of settings.
_SETTINGS = bytes.fromhex("000000040000000000")


class FakeReplica:
    """Says that it is ready, and never answers a call: hangs up at once, or stays silent."""

    def __init__(self, ports: Ports, *, hangs_up: bool) -> None:
        self._hangs_up = hangs_up
        self._held: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", ports.grpc[0]))
        self._side = HTTPServer(("127.0.0.1", ports.http[0]), _Ready)
        self._threads = [
            threading.Thread(target=self._accept),
            threading.Thread(target=self._side.serve_forever, kwargs={"poll_interval": 0.05}),
        ]
        for thread in self._threads:
            thread.start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection = self._listener.accept()[0]
                connection.sendall(_SETTINGS)
                if self._hangs_up:
                    # The whole request first, or the reset could overtake what was sent.
                    connection.settimeout(0.2)
                    with contextlib.suppress(TimeoutError):
                        while connection.recv(65_536):
                            pass
                    connection.close()
                else:
                    self._held.append(connection)

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for connection in self._held:
            connection.close()
        self._side.shutdown()
        self._side.server_close()
        for thread in self._threads:
            thread.join()


@contextlib.contextmanager
def proxy(
    folder: Path,
    *,
    replica: bool,
    hangs_up: bool = False,
    edits: tuple[tuple[str, str], ...] = (),
    certificate: Path | None = None,
) -> Iterator[Cluster]:
    """HAProxy with the shipped configuration, times shortened, and at most a fake replica."""
    text = CONFIG.read_text(encoding="utf-8")
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    config = folder / "haproxy.cfg"
    config.write_text(text, encoding="utf-8")
    ports = free_ports()
    cluster = Cluster(ports, folder, proxy=ProxyOptions(certificate, config=config))
    fake = FakeReplica(ports, hangs_up=hangs_up) if replica else None
    try:
        cluster.start_proxy()
        cluster.await_status(0, "UP" if replica else "DOWN")
        for index in (1, 2):
            cluster.await_status(index, "DOWN")
        yield cluster
    finally:
        cluster.stop()
        if fake is not None:
            fake.close()


@dataclass(frozen=True, slots=True)
class Answer:
    """The code and the message that a client saw."""

    code: str
    message: str


def by_grpcio(target: str, metadata: tuple[tuple[str, str], ...] = ()) -> Answer:
    with grpc.insecure_channel(target, options=[("grpc.enable_retries", 0)]) as channel:
        with pytest.raises(grpc.RpcError) as caught:
            ButtonServiceStub(channel).GetRun(GetRunRequest(), timeout=30, metadata=metadata)
        call = caught.value
        assert isinstance(call, grpc.Call)
        return Answer(call.code().name, call.details() or "")


def by_grpcurl(target: str, *options: str) -> Answer:
    done = grpcurl(
        *("-plaintext", "-import-path", str(ROOT / "protos"), "-max-time", "30", *options),
        *("-proto", "revitron_grpc/v1/button_service.proto"),
        *(target, "revitron_grpc.v1.ButtonService/GetRun"),
    )
    assert done.code != 0
    found = dict(
        line.strip().split(": ", 1) for line in done.err.splitlines() if ": " in line.strip()
    )
    return Answer(found["Code"], found["Message"])


def by_both(target: str, **headers: str) -> tuple[Answer, Answer]:
    metadata = tuple((key.replace("_", "-"), value) for key, value in headers.items())
    options = [word for key, value in metadata for word in ("-H", f"{key}: {value}")]
    return by_grpcio(target, metadata), by_grpcurl(target, *options)


def unavailable(message: str) -> tuple[Answer, Answer]:
    return Answer("UNAVAILABLE", message), Answer("Unavailable", message)


def test_no_replica_left(tmp_path: Path) -> None:
    with proxy(tmp_path, replica=False) as running:
        assert by_both(running.target) == unavailable("no replica is ready")


def test_a_replica_that_does_not_answer_in_time(tmp_path: Path) -> None:
    edits = (("    timeout server 75s\n", "    timeout server 500ms\n"),)
    with proxy(tmp_path, replica=True, edits=edits) as running:
        assert by_both(running.target) == unavailable("the replica did not answer in time")


def test_a_replica_that_hangs_up_before_it_answers(tmp_path: Path) -> None:
    # HAProxy tells its clients by REFUSED_STREAM, without a message, that they may try again.
    with proxy(tmp_path, replica=True, hangs_up=True) as running:
        one, other = by_both(running.target)
        assert (one.code, other.code) == ("UNAVAILABLE", "Unavailable")


def test_a_queue_that_takes_too_long(tmp_path: Path) -> None:
    edits = ((" maxconn 512", " maxconn 1"), ("timeout queue 5s", "timeout queue 500ms"))
    with (
        proxy(tmp_path, replica=True, edits=edits) as running,
        grpc.insecure_channel(running.target) as channel,
    ):
        held = ButtonServiceStub(channel).GetRun.future(GetRunRequest(), timeout=60)
        running.await_streams(0, lambda streams: streams == 1)
        answers = [by_both(running.target), by_both(running.target)]
        assert answers == [unavailable("no replica is ready")] * 2
        held.cancel()


def test_headers_that_no_buffer_holds(tmp_path: Path) -> None:
    with proxy(tmp_path, replica=True) as running:
        one, other = by_both(running.target, x_long="x" * 100_000)
        assert (one.code, other.code) == ("UNAVAILABLE", "Unavailable")


def test_over_tls(tmp_path: Path) -> None:
    authority, certificate, ca = trustme.CA(), tmp_path / "proxy.pem", tmp_path / "ca.pem"
    leaf = authority.issue_cert("127.0.0.1")
    leaf.private_key_and_cert_chain_pem.write_to_path(str(certificate))
    authority.cert_pem.write_to_path(str(ca))
    with proxy(tmp_path, replica=False, certificate=certificate) as running:
        credentials = grpc.ssl_channel_credentials(ca.read_bytes())
        with grpc.secure_channel(running.target, credentials) as channel:
            with pytest.raises(grpc.RpcError) as caught:
                ButtonServiceStub(channel).GetRun(GetRunRequest(), timeout=30)
            assert isinstance(caught.value, grpc.Call)
            assert caught.value.details() == "no replica is ready"
        done = grpcurl(
            *("-cacert", str(ca), "-import-path", str(ROOT / "protos")),
            *("-proto", "revitron_grpc/v1/button_service.proto"),
            *(running.target, "revitron_grpc.v1.ButtonService/GetRun"),
        )
        assert "no replica is ready" in done.err
        # Plain text is not spoken on this port, nor is a TLS of before 2008.
        plain = ["curl", "-s", "--http2-prior-knowledge", f"http://{running.target}/"]
        assert subprocess.run(plain, capture_output=True, check=False).returncode != 0
        old = ["curl", "-s", "--cacert", ca, "--tls-max", "1.1", f"https://{running.target}/"]
        assert subprocess.run(old, capture_output=True, check=False).returncode != 0


INTERNAL = "the proxy could not handle the call"
STATUSES = {
    400: (Answer("INTERNAL", INTERNAL), Answer("Internal", INTERNAL)),
    408: unavailable("the call did not arrive in time"),
    500: (Answer("INTERNAL", INTERNAL), Answer("Internal", INTERNAL)),
    502: unavailable("the replica broke off before it answered"),
}


def test_what_else_haproxy_may_answer(tmp_path: Path) -> None:
    denials = "".join(
        f"    http-request deny deny_status {status} if {{ req.hdr(x-status) {status} }}\n"
        for status in STATUSES
    )
    line = "    default_backend replicas\n"
    with proxy(tmp_path, replica=False, edits=((line, denials + line),)) as running:
        assert {
            status: by_both(running.target, x_status=str(status)) for status in STATUSES
        } == STATUSES
