"""Callers who mean harm: each gets its answer, and nobody beside them notices.

Every test has a run under way on another connection and compares its bytes with those of an
undisturbed one; health is asked all the while, and afterwards the service still does its work.
"""

import asyncio
import random
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import grpc
import h2.connection
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc

from revitron_grpc.v1 import button_service_pb2 as pb
from revitron_grpc.v1.button_service_pb2_grpc import ButtonServiceStub
from tests.e2e.conftest import Service, start_service
from tests.service.validation_calls import MEBIBYTE, OPTIONS, deep, reports, rules, script

GENERATE = "/revitron_grpc.v1.ButtonService/GenerateButtons"
RUN = pb.GenerateButtonsRequest(count=30, include_icons=False)
HEADERS = [
    (":method", "POST"),
    (":scheme", "http"),
    (":authority", "x"),
    (":path", GENERATE),
    ("content-type", "application/grpc"),
    ("te", "trailers"),
]
# Liveness only: how late a health check may be on a machine that does other things too.
ANSWERED_SECONDS = 20.0


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    found = start_service(
        tmp_path_factory.mktemp("hostile"),
        REVITRON_GRPC_SHUTDOWN__NOTICE_SECONDS="0",
        REVITRON_GRPC_SERVER__HANDSHAKE_SECONDS="1",
        REVITRON_GRPC_HTTP__READ_SECONDS="1",
    )
    yield found
    assert found.end() == 0


async def specs(target: str) -> list[bytes]:
    async with grpc.aio.insecure_channel(target) as channel:
        return [
            spec.SerializeToString(deterministic=True)
            async for response in ButtonServiceStub(channel).GenerateButtons(RUN, timeout=100)
            for spec in response.buttons.buttons
        ]


async def health(target: str) -> int:
    async with grpc.aio.insecure_channel(target) as channel:
        stub: Any = health_pb2_grpc.HealthStub(channel)
        request = health_pb2.HealthCheckRequest()
        answer = await stub.Check(request, timeout=ANSWERED_SECONDS, wait_for_ready=True)
        return int(answer.status)


@asynccontextmanager
async def unnoticed(service: Service) -> AsyncIterator[None]:
    """Run beside the block: the same bytes as before, and health that answers."""
    wanted = await specs(service.target)
    over = asyncio.Event()

    async def watch() -> None:
        while not over.is_set():
            assert await health(service.target) == health_pb2.HealthCheckResponse.SERVING

    async with asyncio.TaskGroup() as beside:
        beside.create_task(watch())
        run = beside.create_task(specs(service.target))
        try:
            yield
        finally:
            over.set()
        assert await run == wanted
    assert len(wanted) == 30
    assert await specs(service.target) == wanted


def connect(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=30)


def closed_by_peer(connection: socket.socket) -> bool:
    try:
        while connection.recv(65_536):
            pass
    except ConnectionError:
        pass
    connection.close()
    return True


async def test_an_oversized_message(service: Service) -> None:
    huge = pb.GenerateButtonsRequest(brief="x" * 22_000_000)
    many = b"\x3a\x00" * 8_000_000
    async with unnoticed(service), grpc.aio.insecure_channel(service.target) as channel:
        for raw, code in (
            (huge.SerializeToString(), grpc.StatusCode.RESOURCE_EXHAUSTED),
            (many, grpc.StatusCode.INVALID_ARGUMENT),
        ):
            with pytest.raises(grpc.aio.AioRpcError) as caught:
                await channel.unary_stream(GENERATE)(raw, timeout=60).read()
            assert caught.value.code() is code


async def test_ten_thousand_streams_on_one_connection(service: Service) -> None:
    def open_all() -> None:
        client = h2.connection.H2Connection()
        client.initiate_connection()
        with connect(service.port) as connection:
            # Before the server's settings are read no limit is known, so none is kept to.
            connection.sendall(client.data_to_send())
            request = RUN.SerializeToString()
            message = b"\0" + len(request).to_bytes(4, "big") + request
            try:
                for _ in range(10_000):
                    stream = client.get_next_available_stream_id()
                    client.send_headers(stream, HEADERS)
                    if client.outbound_flow_control_window > len(message):
                        client.send_data(stream, message, end_stream=True)
                    connection.sendall(client.data_to_send())
            except ConnectionError:
                pass  # cut off, which is an answer too

    async with unnoticed(service):
        await asyncio.to_thread(open_all)


@pytest.mark.parametrize(
    ("port", "beginning"),
    [
        ("port", b""),
        ("port", b"PRI * HTTP/2.0\r\n"),
        ("http_port", b""),
        ("http_port", b"POST " + GENERATE.encode() + b" HTTP/1.1\r\nHost: x\r\nContent-Le"),
        (
            "http_port",
            b"POST " + GENERATE.encode() + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
            b'Content-Length: 100\r\n\r\n{"count"',
        ),
    ],
)
async def test_slow_loris(service: Service, port: str, beginning: bytes) -> None:
    async with unnoticed(service):
        held = [await asyncio.to_thread(connect, getattr(service, port)) for _ in range(60)]
        for connection in held:
            connection.sendall(beginning)
        assert all(await asyncio.gather(*(asyncio.to_thread(closed_by_peer, c) for c in held)))


@pytest.mark.parametrize("port", ["port", "http_port"])
async def test_garbage(service: Service, port: str) -> None:
    noise = random.Random(7)  # noqa: S311 - noise, not a secret

    def talk() -> None:
        for size in (1, 24, 100, 5_000, 200_000):
            connection = connect(getattr(service, port))
            try:
                connection.sendall(noise.randbytes(size))
                connection.shutdown(socket.SHUT_WR)
            except OSError:
                pass  # closed already
            assert closed_by_peer(connection)

    async with unnoticed(service):
        await asyncio.to_thread(talk)


async def test_headers_without_a_message(service: Service) -> None:
    def answered() -> dict[str, str]:
        client = h2.connection.H2Connection()
        client.initiate_connection()
        client.send_headers(1, HEADERS, end_stream=True)
        with connect(service.port) as connection:
            connection.sendall(client.data_to_send())
            while data := connection.recv(65_536):
                for event in client.receive_data(data):
                    found = dict(getattr(event, "headers", None) or ())
                    found = {_text(k): _text(v) for k, v in found.items()}
                    if "grpc-status" in found:
                        return found
                connection.sendall(client.data_to_send())
        return {}

    async with unnoticed(service):
        assert (await asyncio.to_thread(answered))["grpc-status"] == "3"


def _text(value: object) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)


async def test_a_deadline_of_one_millisecond(service: Service) -> None:
    async with unnoticed(service), grpc.aio.insecure_channel(service.target) as channel:
        stub = ButtonServiceStub(channel)
        for _ in range(200):
            with pytest.raises(grpc.aio.AioRpcError) as caught:
                await stub.GenerateButtons(RUN, timeout=0.001).read()
            assert caught.value.code() is grpc.StatusCode.DEADLINE_EXCEEDED


async def test_ten_scripts_of_a_mebibyte_and_ten_nested_10000_deep_at_once(
    service: Service,
) -> None:
    line = b"x = 1  # " + b"." * 54 + b"\n"
    long = line * (MEBIBYTE // len(line))

    async def judged(channel: grpc.aio.Channel, name: str, content: bytes) -> list[str]:
        stub = ButtonServiceStub(channel)
        requests = [OPTIONS, script(name, content), script("small", b"x = 1\n")]
        found = [r async for r in stub.ValidateButtons(iter(requests), timeout=110)]
        assert found[-1].summary.items == 2
        assert rules(reports(found)["small"]) == []
        return rules(reports(found)[name])

    async with unnoticed(service), grpc.aio.insecure_channel(service.target) as channel:
        deep_ones = [judged(channel, f"deep{n}", deep(10_000)) for n in range(10)]
        long_ones = [judged(channel, f"long{n}", long) for n in range(10)]
        found = await asyncio.gather(*deep_ones, *long_ones)
    assert found[:10] == [["RVT200"]] * 10
    # Read in a worker, or given up in time: one finding at most, and the stream went on.
    assert all(one in ([], ["RVT290"]) for one in found[10:])


async def test_the_memory_that_all_this_took_is_bounded(service: Service) -> None:
    status = Path(f"/proc/{service.process.pid}/status")
    resident = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    assert int(resident.split()[1]) < 1024 * 1024  # KiB
