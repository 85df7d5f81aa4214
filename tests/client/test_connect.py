"""A channel reaches what it is told to reach, and trusts what it is told to trust."""

from collections.abc import AsyncIterator
from pathlib import Path

import grpc
import pytest
import pytest_asyncio
import trustme

from revitron_grpc.client import ResumePolicy, connect, generate
from revitron_grpc.errors import Reason, RevitronGrpcError
from revitron_grpc.v1 import button_service_pb2 as pb
from revitron_grpc.v1.button_service_pb2_grpc import add_ButtonServiceServicer_to_server
from tests.client.scripted_service import ScriptedService, scripted_service

ONCE = ResumePolicy(attempts_to_start=0)


async def summary(target: str, *, tls: bool = False, ca: Path | None = None) -> pb.RunSummary:
    async with connect(target, tls=tls, ca=ca) as channel:
        request = pb.GenerateButtonsRequest(count=12)
        return [r async for r in generate(channel, request, timeout=30, policy=ONCE)][-1].summary


@pytest_asyncio.fixture
async def behind_tls(tmp_path: Path) -> AsyncIterator[tuple[str, Path]]:
    """A service with a certificate of an authority of its own, and that authority's file."""
    authority = trustme.CA()
    certificate = authority.issue_cert("localhost")
    credentials = grpc.ssl_server_credentials(
        [(certificate.private_key_pem.bytes(), certificate.cert_chain_pems[0].bytes())]
    )
    server = grpc.aio.server()
    add_ButtonServiceServicer_to_server(ScriptedService(()), server)
    port = server.add_secure_port("localhost:0", credentials)
    await server.start()
    ca = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(ca)
    yield f"localhost:{port}", ca
    await server.stop(0)


async def test_an_authority_of_ones_own_is_trusted(behind_tls: tuple[str, Path]) -> None:
    target, ca = behind_tls
    assert (await summary(target, ca=ca)).accepted == 12


async def test_an_unknown_authority_is_not(behind_tls: tuple[str, Path], tmp_path: Path) -> None:
    target, _ = behind_tls
    other = tmp_path / "other.pem"
    trustme.CA().cert_pem.write_to_path(other)
    for ca in (other, None):
        with pytest.raises(RevitronGrpcError) as caught:
            await summary(target, tls=True, ca=ca)
        assert caught.value.reason is Reason.SERVER_UNREACHABLE


@pytest.mark.parametrize("content", [None, b"not a certificate"])
async def test_a_file_that_is_no_certificate_is_told(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "ca.pem"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(RevitronGrpcError, match=r"ca\.pem") as caught:
        await summary("localhost:1", ca=path)
    assert caught.value.reason is Reason.INVALID_CONFIGURATION


async def test_several_replicas_can_be_named_at_once() -> None:
    async with scripted_service() as gone:
        pass
    async with scripted_service() as there:
        assert (await summary(f"ipv4:{gone.target},{there.target}")).accepted == 12


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "ipv4:127.0.0.1"])
async def test_an_offices_proxy_is_not_asked_for_this_machine(
    monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    for name in ("no_proxy", "no_grpc_proxy"):
        monkeypatch.delenv(name, raising=False)
    for name in ("grpc_proxy", "https_proxy", "http_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    async with scripted_service() as service:
        port = service.target.rpartition(":")[2]
        assert (await summary(f"{host}:{port}")).accepted == 12
