"""A replica that ends leaves nobody without what it wrote to him."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from revitron_grpc.client import connect, generate
from revitron_grpc.client.interruption import ResumePolicy
from revitron_grpc.service.server import Replica
from revitron_grpc.v1 import button_service_pb2 as pb
from tests.liveness import LIVENESS, until
from tests.programs.relay import Relay
from tests.service.conftest import SETTINGS

# Less than the 64 KiB that a caller lets come before it has read anything: all of it is written.
REQUEST = pb.GenerateButtonsRequest(count=1)
NO_RESUME = ResumePolicy(attempts=0, attempts_to_start=0)
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


@asynccontextmanager
async def on_its_way() -> AsyncIterator[OnItsWay]:
    replica = Replica(SETTINGS)
    await replica.start()
    relay = Relay(replica.port)

    async def last() -> str | None:
        async with connect(f"127.0.0.1:{relay.port}") as channel:
            responses = generate(channel, REQUEST, policy=NO_RESUME)
            return [response.WhichOneof("event") async for response in responses][-1]

    run = asyncio.create_task(last())
    try:
        await until(lambda: replica.runs_in_flight)
        relay.open.clear()
        await until(lambda: not replica.runs_in_flight)
        yield OnItsWay(replica, run, relay)
    finally:
        run.cancel()
        await asyncio.gather(run, return_exceptions=True)
        await asyncio.to_thread(relay.stop)


async def test_who_reads_slowly_has_everything_before_the_replica_closes() -> None:
    async with on_its_way() as found:
        ending = asyncio.create_task(found.replica.stop(notice=0, drain=10 * LIVENESS))
        assert await found.still_ends(ending)
        found.relay.open.set()
        async with asyncio.timeout(LIVENESS):
            assert await found.run == "summary"
            await ending


async def test_who_reads_nothing_does_not_keep_the_replica_beyond_its_drain() -> None:
    async with on_its_way() as found, asyncio.timeout(LIVENESS):
        await found.replica.stop(notice=0, drain=HELD_SECONDS)
        assert not found.run.done()


async def test_who_reads_nothing_does_not_keep_a_second_signal_waiting() -> None:
    async with on_its_way() as found:
        ending = asyncio.create_task(found.replica.stop(notice=0, drain=10 * LIVENESS))
        assert await found.still_ends(ending)
        ending.cancel()  # as serve_until_told does
        async with asyncio.timeout(LIVENESS):
            await found.replica.abandon()
