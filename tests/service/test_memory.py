"""The memory ceiling: new work is refused above it, what is under way goes on, and it passes."""

import asyncio

import grpc
import pytest

from revitron_grpc.errors import InvalidInputError
from revitron_grpc.service.health import Component, Condition
from revitron_grpc.service.process.memory import MemoryCeiling, release_memory, resident_mb
from revitron_grpc.service.server import Replica
from revitron_grpc.v1 import button_service_pb2 as pb
from revitron_grpc.v1.button_service_pb2_grpc import ButtonServiceStub
from tests.liveness import LIVENESS
from tests.service.test_replica import _get as get_sync
from tests.service.test_replica import refused

pytestmark = pytest.mark.asyncio(loop_scope="module")


class Memory:
    """What the operating system would say."""

    def __init__(self, used: float) -> None:
        self.used = used

    def ceiling(self, replica: Replica, max_mb: int) -> MemoryCeiling:
        return MemoryCeiling(max_mb, replica.admission, replica.board, read_mb=lambda: self.used)


async def get(replica: Replica, path: str) -> tuple[int, dict[str, object]]:
    return await asyncio.to_thread(get_sync, replica.http_port, path)


async def test_above_the_ceiling_new_work_waits_and_streams_go_on(
    replica: Replica, channel: grpc.aio.Channel
) -> None:
    memory = Memory(90)
    ceiling = memory.ceiling(replica, 100)
    stub = ButtonServiceStub(channel)
    under_way = stub.GenerateButtons(pb.GenerateButtonsRequest(count=30))
    await under_way.read()
    ceiling.sample()
    assert replica.board.ready

    memory.used = 101
    ceiling.sample()
    error, details = await refused(stub.GenerateButtons(pb.GenerateButtonsRequest()))
    assert error.code() is grpc.StatusCode.RESOURCE_EXHAUSTED
    assert "101 MB resident, the ceiling is 100 MB" in (error.details() or "")
    assert details["RetryInfo"].retry_delay.seconds > 0
    assert (await get(replica, "/ready"))[0] == 404
    _, health = await get(replica, "/health")
    assert health["status"] == "degraded"
    assert replica.board.components[Component.GENERATION].condition is Condition.DEGRADED
    assert "ceiling" in replica.board.components[Component.VALIDATION].reason
    assert replica.board.components[Component.RESEARCH].condition is Condition.SERVING
    async with asyncio.timeout(LIVENESS):
        while (await under_way.read()).WhichOneof("event") != "summary":
            pass

    memory.used = 95
    ceiling.sample()
    assert not replica.board.ready, "it would flicker around the ceiling"
    memory.used = 89
    ceiling.sample()
    assert replica.board.ready
    assert not replica.board.degraded
    again = [r async for r in stub.GenerateButtons(pb.GenerateButtonsRequest(count=1))]
    assert again[-1].summary.accepted == 1


async def test_a_ceiling_that_leaves_no_room_is_told_at_the_start(replica: Replica) -> None:
    with pytest.raises(InvalidInputError, match="holds 95 MB before the first call"):
        Memory(95).ceiling(replica, 100).check_start()
    Memory(50).ceiling(replica, 100).check_start()


async def test_memory_that_is_freed_goes_back_to_the_system() -> None:
    before = resident_mb()
    held = [bytes(1000) for _ in range(200_000)]
    assert resident_mb() - before > 150
    held.clear()
    release_memory()
    assert resident_mb() - before < 100
