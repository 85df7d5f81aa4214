"""A channel reaches what it is told to reach, and trusts what it is told to trust."""

from collections.abc import AsyncIterator
from pathlib import Path

import grpc
import pytest
import pytest_asyncio
import trustme

from revitron_grpc.client import Connection, ResumePolicy, connect, connection_to, generate
from revitron_grpc.errors import Reason, RevitronGrpcError
from revitron_grpc.v1 import button_service_pb2 as pb
from revitron_grpc.v1.button_service_pb2_grpc import add_ButtonServiceServicer_to_server
from tests.certificates import Authority
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


KEY = "rvt_abc.def"


class Listening(ScriptedService):
    """Writes down what each call brought along."""

    def __init__(self) -> None:
        super().__init__(())
        self.metadata: list[dict[str, str | bytes]] = []

    async def GenerateButtons(  # noqa: N802
        self, request: pb.GenerateButtonsRequest, context: grpc.aio.ServicerContext
    ) -> AsyncIterator[pb.GenerateButtonsResponse]:
        self.metadata.append(dict(context.invocation_metadata() or ()))
        async for response in super().GenerateButtons(request, context):
            yield response


@pytest.mark.parametrize("tls", [False, True])
async def test_a_key_goes_along_with_every_call_over_tls_and_on_loopback(
    tmp_path: Path, tls: bool
) -> None:
    authority = Authority(tmp_path)
    pair = authority.issue("localhost")
    service = Listening()
    server = grpc.aio.server()
    add_ButtonServiceServicer_to_server(service, server)
    credentials = grpc.ssl_server_credentials(
        [(pair.private_key.read_bytes(), pair.certificate.read_bytes())]
    )
    port = (
        server.add_secure_port("localhost:0", credentials)
        if tls
        else server.add_insecure_port("localhost:0")
    )
    await server.start()
    to = Connection(f"localhost:{port}", ca=authority.file if tls else None, api_key=KEY)
    async with connect(to) as channel:
        request = pb.GenerateButtonsRequest(count=3)
        responses = [r async for r in generate(channel, request, timeout=30, policy=ONCE)]
    await server.stop(0)
    assert responses[-1].summary.accepted == 12
    assert [m["authorization"] for m in service.metadata] == [f"Bearer {KEY}"]


@pytest.mark.parametrize(
    "target", ["10.0.0.5:50051", "ipv4:127.0.0.1:1,10.0.0.5:1", "dns:///localhost.example:1"]
)
def test_a_key_is_not_sent_in_clear_text_to_another_machine(target: str) -> None:
    with pytest.raises(RevitronGrpcError, match="without TLS everybody") as caught:
        Connection(target, api_key=KEY)
    assert KEY not in str(caught.value)
    assert KEY not in repr(Connection(target, tls=True, api_key=KEY))


@pytest.mark.parametrize("key", ["two words", "line\nbreak", "schlüssel", "x" * 5000])
def test_what_is_no_key_is_told_without_it(key: str) -> None:
    with pytest.raises(RevitronGrpcError, match="the API key is none") as caught:
        Connection("localhost:1", api_key=key)
    assert key not in str(caught.value)


@pytest.mark.parametrize(
    ("address", "target", "tls"),
    [
        ("office:1", "office:1", False),
        ("https://office:1", "office:1", True),
        ("grpcs://office:1/", "office:1", True),
        ("http://office:1", "office:1", False),
        ("https://[::1]:443", "[::1]:443", True),
    ],
)
def test_an_address_may_be_a_url(address: str, target: str, tls: bool) -> None:
    assert connection_to(address) == Connection(target, tls=tls)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("https://key@office:1", "holds no key"),
        ("https://office:1/path", "has a path"),
        ("ftp://office:1", "is no way to a service"),
        ("https://office", "write HOST:PORT"),
        ("office", "write HOST:PORT"),
        ("office:port", "write HOST:PORT"),
        ("ipv4:10.0.0.5", "write HOST:PORT"),
    ],
)
def test_an_address_that_is_none_is_told(address: str, said: str) -> None:
    with pytest.raises(RevitronGrpcError, match=said) as caught:
        connection_to(address)
    assert caught.value.reason is Reason.INVALID_CONFIGURATION
    assert "key@" not in str(caught.value)


def test_plain_text_and_a_trusted_authority_contradict_each_other(tmp_path: Path) -> None:
    with pytest.raises(RevitronGrpcError, match="write https://"):
        connection_to("http://localhost:1", Connection("localhost:0", ca=Authority(tmp_path).file))


async def test_files_of_a_client_that_do_not_go_together_are_told(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    one, other = authority.issue("a@b.example"), authority.issue("a@b.example")
    with pytest.raises(RevitronGrpcError, match="needs its private key"):
        Connection("localhost:1", certificate=one.certificate)
    for certificate, key, said in (
        (one.certificate, other.private_key, "does not belong to the certificate"),
        (one.certificate, tmp_path / "gone.key", r"gone\.key: cannot be read"),
        (one.private_key, one.private_key, "are no certificate and private key"),
    ):
        to = Connection("localhost:1", certificate=certificate, private_key=key)
        with pytest.raises(RevitronGrpcError, match=said):
            async with connect(to):
                pass
