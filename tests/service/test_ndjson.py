"""The side port beside the replica: admission, cancellation, pace, bounds."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest
import pytest_asyncio

from revitron_grpc.errors import Reason, RevitronGrpcError
from revitron_grpc.service.http.ndjson import GENERATE, VALIDATE
from revitron_grpc.service.server import Replica
from revitron_grpc.service.telemetry import json_lines
from revitron_grpc.v1 import button_service_pb2 as pb
from tests.liveness import LIVENESS, until
from tests.service.conftest import SETTINGS

pytestmark = pytest.mark.asyncio(loop_scope="module")
OPTIONS = b'{"options": {}}\n'


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def http(replica: Replica) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(f"http://127.0.0.1:{replica.http_port}") as session:
        yield session


@asynccontextmanager
async def held(http: aiohttp.ClientSession, count: int) -> AsyncIterator[None]:
    """So many generations under way that nobody reads."""
    calls = [await http.post(GENERATE, json={"count": 1000}) for _ in range(count)]
    for call in calls:
        await call.content.readline()
    yield
    for call in calls:
        call.close()


async def test_a_client_that_leaves_frees_its_work(
    http: aiohttp.ClientSession, replica: Replica
) -> None:
    async with held(http, 2):
        assert replica.runs_in_flight == 2
    await until(lambda: replica.runs_in_flight == 0 and replica.outstanding_work == 0)


async def test_both_ports_share_their_admission(
    http: aiohttp.ClientSession, replica: Replica
) -> None:
    async with held(http, SETTINGS.server.max_concurrent_runs):
        async with http.post(GENERATE, json={}) as refused:
            error = (await refused.json())["error"]
            assert refused.status == 429
            assert refused.headers["Retry-After"] == "2"
            assert error["code"] == 8
            assert error["details"][0]["reason"] == "OVERLOADED"
            assert error["details"][-1]["retryDelay"] == "2s"
        async with http.get("/health") as health:
            assert health.status == 200
    await until(lambda: replica.runs_in_flight == 0)


async def test_reports_come_while_the_body_is_still_sent(http: aiohttp.ClientSession) -> None:
    lines: asyncio.Queue[bytes] = asyncio.Queue()

    async def body() -> AsyncIterator[bytes]:
        while line := await lines.get():
            yield line

    lines.put_nowait(OPTIONS)
    lines.put_nowait(b'{"item": {"id": "a", "script": {"content": "cGFzcwo="}}}\n')
    async with http.post(VALIDATE, data=body()) as answer:
        assert json.loads(await answer.content.readline())["report"]["id"] == "a"
        # A line that comes in pieces is one line.
        for piece in (b'{"item": {"id": "b", "scr', b'ipt": {"path": "b.py"}}}', b"\r\n", b""):
            lines.put_nowait(piece)
        rest = [json.loads(line) async for line in answer.content]
        assert [line["report"]["id"] for line in rest if "report" in line] == ["b"]
        assert rest[-1]["summary"]["items"] == 2


async def test_a_caller_that_sends_everything_before_it_reads_gets_its_reports(
    replica: Replica,
) -> None:
    lines = [OPTIONS]
    lines += [
        b'{"item": {"id": "s%d", "script": {"content": "cGFzcwo="}}}\n' % n for n in range(400)
    ]
    body = b"".join(lines)
    reader, writer = await asyncio.open_connection("127.0.0.1", replica.http_port)
    head = f"POST {VALIDATE} HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n\r\n"
    writer.write(head.encode() + body)
    async with asyncio.timeout(LIVENESS):
        await writer.drain()
        found = b""
        while b'"summary"' not in found:
            chunk = await reader.read(65_536)
            assert chunk
            found += chunk
    assert found.count(b'"report"') == 400
    writer.close()


async def test_a_slow_body_and_a_silent_caller_are_cut_off(
    http: aiohttp.ClientSession, replica: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def body() -> AsyncIterator[bytes]:
        yield b'{"options"'
        await asyncio.sleep(60)

    monkeypatch.setattr(replica._ndjson, "_read_seconds", 0.2)
    async with http.post(GENERATE, data=body()) as answer:
        assert answer.status == 504
        assert (await answer.json())["error"]["details"][0]["reason"] == "CALLER_SILENT"
    await until(lambda: replica.runs_in_flight == 0)


class _Content:
    """A body in chunks."""

    def __init__(self, *chunks: bytes) -> None:
        self._chunks = list(chunks)

    async def readany(self) -> bytes:
        return self._chunks.pop(0) if self._chunks else b""

    def at_eof(self) -> bool:
        return not self._chunks


async def lines_of(*chunks: bytes, most: int = 8) -> list[bytes]:
    content: object = _Content(*chunks)
    return [line async for line in json_lines.JsonLines(content, most)]  # type: ignore[arg-type]


async def test_lines_are_cut_wherever_the_chunks_end() -> None:
    text = b"ab\n\ncd\r\n  \nefgh\nij"
    wanted = [b"ab", b"cd\r", b"efgh", b"ij"]
    for size in range(1, len(text) + 1):
        chunks = [text[at : at + size] for at in range(0, len(text), size)]
        assert await lines_of(*chunks) == wanted
    assert await lines_of() == []


async def test_a_line_has_a_limit_and_many_short_ones_in_one_chunk_have_none() -> None:
    assert await lines_of(b"12345678\n" * 9) == [b"12345678"] * 9
    with pytest.raises(RevitronGrpcError) as caught:
        await lines_of(b"12", b"3456789", b"\n")
    assert caught.value.reason is Reason.MESSAGE_TOO_LARGE
    with pytest.raises(RevitronGrpcError):
        await lines_of(b"1234\n123456789\n")


async def test_a_short_text_cannot_become_a_million_objects() -> None:
    bomb = b'{"existingTools": [' + b"{}," * 50_000 + b"{}]}"
    with pytest.raises(RevitronGrpcError) as caught:
        json_lines.parsed(bomb, pb.GenerateButtonsRequest, "body")
    assert "more than 50000 objects" in caught.value.message
