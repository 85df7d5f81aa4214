"""A replica that ends leaves nobody without what it wrote to him."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp
import pytest
from google.protobuf import json_format

from revitron_grpc.client import connect, generate
from revitron_grpc.client.interruption import ResumePolicy
from revitron_grpc.service.http.ndjson import GENERATE
from revitron_grpc.service.server import Replica
from revitron_grpc.v1 import button_service_pb2 as pb
from tests.liveness import LIVENESS, until
from tests.programs.relay import Relay
from tests.service.conftest import SETTINGS

# Less than the 64 KiB that a caller lets come before it has read anything: all of it is written.
REQUEST = pb.GenerateButtonsRequest(count=1)
NO_RESUME = ResumePolicy(attempts=0, attempts_to_start=0)
# A connection comes about, and the run does not come through. In bytes.
HELD_AFTER = 1000
# Longer than calls that are cut off have to hear of it.
HELD_SECONDS = 1.5


@dataclass
class OnItsWay:
    """A replica that has written a whole run, and a caller who has yet to read it."""

    replica: Replica
    run: asyncio.Task[str | None]
    relay: Relay

    async def still_ends(self, ending: asyncio.Task[None]) -> bool:
        await asyncio.wait([ending, self.run], timeout=HELD_SECONDS)
        return not ending.done() and not self.run.done()


def finished(replica: Replica) -> float | None:
    registry = replica.metrics._registry
    return registry.get_sample_value("revitron_grpc_runs_total", {"outcome": "finished"})


async def last_of_grpc(port: int) -> str | None:
    async with connect(f"127.0.0.1:{port}") as channel:
        responses = generate(channel, REQUEST, policy=NO_RESUME)
        return [response.WhichOneof("event") async for response in responses][-1]


async def last_of_http(port: int) -> str | None:
    body = json_format.MessageToDict(REQUEST)
    async with (
        aiohttp.ClientSession(f"http://127.0.0.1:{port}") as session,
        session.post(GENERATE, json=body) as answer,
    ):
        *_, last = [json.loads(line) async for line in answer.content]
        return "summary" if "summary" in last else str(last)


@asynccontextmanager
async def on_its_way(transport: str) -> AsyncIterator[OnItsWay]:
    replica = Replica(SETTINGS)
    await replica.start()
    if transport == "grpc":
        relay = Relay(replica.port, held_after=HELD_AFTER)
        run = asyncio.create_task(last_of_grpc(relay.port))
    else:
        # What the kernel has is no concern of the replica.
        assert replica._http._listener is not None
        (listener,) = replica._http._listener.sockets
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1)
        relay = Relay(replica.http_port, held_after=HELD_AFTER, buffer=1)
        run = asyncio.create_task(last_of_http(relay.port))
    try:
        await until(lambda: finished(replica) and not replica.runs_in_flight)
        yield OnItsWay(replica, run, relay)
    finally:
        run.cancel()
        await asyncio.gather(run, return_exceptions=True)
        await asyncio.to_thread(relay.stop)


@pytest.mark.parametrize("transport", ["grpc", "http"])
async def test_who_reads_slowly_has_everything_before_the_replica_closes(transport: str) -> None:
    async with on_its_way(transport) as found:
        ending = asyncio.create_task(found.replica.stop(notice=0, drain=10 * LIVENESS))
        assert await found.still_ends(ending)
        found.relay.open.set()
        async with asyncio.timeout(LIVENESS):
            assert await found.run == "summary"
            await ending


@pytest.mark.parametrize("transport", ["grpc", "http"])
async def test_who_reads_nothing_does_not_keep_the_replica_beyond_its_drain(transport: str) -> None:
    async with on_its_way(transport) as found, asyncio.timeout(LIVENESS):
        await found.replica.stop(notice=0, drain=HELD_SECONDS)
        assert not found.run.done()


@pytest.mark.parametrize("transport", ["grpc", "http"])
async def test_who_reads_nothing_does_not_keep_a_second_signal_waiting(transport: str) -> None:
    async with on_its_way(transport) as found:
        ending = asyncio.create_task(found.replica.stop(notice=0, drain=10 * LIVENESS))
        assert await found.still_ends(ending)
        ending.cancel()  # as serve_until_told does
        async with asyncio.timeout(LIVENESS):
            await found.replica.abandon()
