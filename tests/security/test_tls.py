"""TLS and mutual TLS on both ports of a replica: who gets a connection, and who does not."""

import asyncio
import json
import socket
import ssl
import threading
import warnings
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import grpc
import pytest
import pytest_asyncio
from grpc_health.v1 import health_pb2, health_pb2_grpc

from revitron_grpc.cli.health import ask_health
from revitron_grpc.cli.serve import _connection
from revitron_grpc.service.server import Replica
from revitron_grpc.service.telemetry.logs import configure_logging
from revitron_grpc.settings import Settings
from revitron_grpc.v1 import button_service_pb2 as pb
from revitron_grpc.v1.button_service_pb2_grpc import ButtonServiceStub
from tests.certificates import LONG_AGO, YESTERDAY, Authority, Pair, self_signed

pytestmark = pytest.mark.asyncio(loop_scope="module")
GENERATE = "/revitron_grpc.v1.ButtonService/GenerateButtons"
REQUEST = pb.GenerateButtonsRequest(count=1)


@dataclass(frozen=True, slots=True)
class Office:
    """A replica that wants to see certificates, and people with good and with bad ones."""

    replica: Replica
    authority: Authority
    folder: Path

    def client(self, kind: str) -> Pair | None:
        match kind:
            case "none":
                return None
            case "good":
                return self.authority.issue("anna@office.example")
            case "expired":
                return self.authority.issue(
                    "anna@office.example", not_before=LONG_AGO, not_after=YESTERDAY
                )
            case "another authority":
                return Authority(self.folder, "another").issue("anna@office.example")
            case _:
                return self_signed(self.folder, "anna")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def office(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Office]:
    folder = tmp_path_factory.mktemp("office")
    authority = Authority(folder)
    server = authority.issue("localhost")
    settings = Settings.model_validate(
        {
            "server": {"port": 0, "host": "localhost"},
            "http": {"port": 0},
            "executor": {"max_workers": 1},
            "logging": {"level": "error"},
            "runs": {"url": "none"},
            "tls": {
                "certificate": server.certificate,
                "private_key": server.private_key,
                "client_ca": authority.file,
                "client_certificates": "required",
            },
        }
    )
    configure_logging(settings.logging)
    replica = Replica(settings)
    await replica.start()
    yield Office(replica, authority, folder)
    await replica.stop(notice=0, drain=0)


BAD = ["expired", "another authority", "self-signed"]


def channel(office: Office, kind: str) -> grpc.aio.Channel:
    pair = office.client(kind)
    credentials = grpc.ssl_channel_credentials(
        office.authority.pem,
        pair.private_key.read_bytes() if pair else None,
        pair.certificate.read_bytes() if pair else None,
    )
    return grpc.aio.secure_channel(f"localhost:{office.replica.port}", credentials)


def session(office: Office, kind: str) -> aiohttp.ClientSession:
    context = ssl.create_default_context(cadata=office.authority.pem.decode())
    pair = office.client(kind)
    if pair:
        context.load_cert_chain(pair.certificate, pair.private_key)
    return aiohttp.ClientSession(
        f"https://localhost:{office.replica.http_port}",
        connector=aiohttp.TCPConnector(ssl=context),
    )


async def test_a_certificate_of_the_authority_is_let_in_on_both_ports(office: Office) -> None:
    async with channel(office, "good") as opened:
        told = [r async for r in ButtonServiceStub(opened).GenerateButtons(REQUEST)]
    assert told[-1].summary.accepted == 1
    async with session(office, "good") as http, http.post(GENERATE, data='{"count": 1}') as answer:
        assert answer.status == 200
        token = json.loads((await answer.text()).splitlines()[0])["resumeToken"]
    # The same name on both ports: a run begun on the one is continued on the other.
    async with channel(office, "good") as opened:
        again = pb.GenerateButtonsRequest(count=1, resume_token=token)
        told = [r async for r in ButtonServiceStub(opened).GenerateButtons(again)]
    assert told[0].started.resumed


@pytest.mark.parametrize("kind", ["none", *BAD])
async def test_others_get_no_connection_to_the_grpc_port(office: Office, kind: str) -> None:
    async with channel(office, kind) as opened:
        health: Any = health_pb2_grpc.HealthStub(opened)
        for call in (
            ButtonServiceStub(opened).GenerateButtons(REQUEST).read(),
            # Health is behind the same handshake.
            health.Check(health_pb2.HealthCheckRequest()),
        ):
            with pytest.raises(grpc.aio.AioRpcError) as caught:
                await call
            assert caught.value.code() is grpc.StatusCode.UNAVAILABLE


async def test_without_a_certificate_the_side_port_tells_how_it_is_and_no_more(
    office: Office,
) -> None:
    async with session(office, "none") as http:
        for path, status in (("/health", 200), ("/ready", 200), ("/metrics", 200)):
            async with http.get(path) as answer:
                assert answer.status == status
        async with http.post(GENERATE, data='{"count": 1}') as answer:
            assert answer.status == 401
            told = (await answer.json())["error"]
    assert told["code"] == grpc.StatusCode.UNAUTHENTICATED.value[0]
    assert "needs a client certificate" in told["message"]


@pytest.mark.parametrize("kind", BAD)
async def test_a_bad_certificate_gets_nothing_from_the_side_port(office: Office, kind: str) -> None:
    async with session(office, kind) as http:
        for call in (http.get("/health"), http.post(GENERATE, data='{"count": 1}')):
            # In TLS 1.3 the refusal comes after the client's handshake.
            with pytest.raises(aiohttp.ClientError):
                async with call as answer:
                    await answer.read()


def handshake(port: int, version: ssl.TLSVersion, authority: Authority, pair: Pair | None) -> str:
    """The version agreed upon, by a client that offers one only and takes any cipher."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(cadata=authority.pem.decode())
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.set_alpn_protocols(["h2", "http/1.1"])
    if pair:
        context.load_cert_chain(pair.certificate, pair.private_key)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = context.maximum_version = version
    with (
        socket.create_connection(("localhost", port), 10) as connection,
        context.wrap_socket(connection, server_hostname="localhost") as secured,
    ):
        return secured.version() or ""


@pytest.fixture(scope="module")
def lax(office: Office) -> Iterator[int]:
    """The port of a server that still speaks TLS 1.1."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = ssl.TLSVersion.TLSv1_1
    pair = office.authority.issue("localhost")
    context.load_cert_chain(pair.certificate, pair.private_key)
    with socket.create_server(("localhost", 0)) as listening:

        def serve() -> None:
            for _ in range(2):
                connection, _ = listening.accept()
                with context.wrap_socket(connection, server_side=True) as secured:
                    secured.recv(1)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield int(listening.getsockname()[1])
        thread.join(10)


@pytest.mark.parametrize("which", ["port", "http_port"])
async def test_tls_11_is_refused_by_the_server(office: Office, which: str, lax: int) -> None:
    # This client can speak it, to a server that wants it.
    pair = office.client("good")
    old = ssl.TLSVersion.TLSv1_1
    assert handshake(lax, old, office.authority, None) == "TLSv1.1"
    port = getattr(office.replica, which)

    def against(version: ssl.TLSVersion) -> str:
        return handshake(port, version, office.authority, pair)

    with pytest.raises(OSError):  # noqa: PT011 - an alert or the end of the connection
        await asyncio.to_thread(against, old)
    for version, name in ((ssl.TLSVersion.TLSv1_2, "TLSv1.2"), (ssl.TLSVersion.TLSv1_3, "TLSv1.3")):
        assert await asyncio.to_thread(against, version) == name


async def test_a_service_asks_itself_how_it_is_with_its_own_certificate(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    # Not by the name in the certificate, and without any option.
    asked = _connection(office.replica._settings, f"127.0.0.1:{office.replica.port}")
    assert await ask_health(asked, 20) == 0
    assert "SERVING" in capsys.readouterr().out
