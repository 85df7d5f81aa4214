"""A client that does not read holds its own window, and nothing else."""

import asyncio

import grpc
import pytest

from revitron_grpc.pipeline import Pipeline, Run
from revitron_grpc.service.server import Replica
from revitron_grpc.v1 import button_service_pb2 as pb
from revitron_grpc.v1.button_service_pb2_grpc import ButtonServiceStub
from tests.liveness import until
from tests.service.conftest import SETTINGS

pytestmark = pytest.mark.asyncio(loop_scope="module")

# The client's window is its own affair: this one keeps the 64 KiB that HTTP/2 begins with.
FIXED_WINDOW = [("grpc.http2.bdp_probe", 0)]
WINDOW_BYTES = 65_536


async def test_a_slow_reader_holds_its_window_while_others_finish(
    replica: Replica, channel: grpc.aio.Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs: list[Run] = []
    open_run = Pipeline.open

    def opened(pipeline: Pipeline, *given: object) -> Run:
        runs.append(open_run(pipeline, *given))  # type: ignore[arg-type]
        return runs[-1]

    monkeypatch.setattr(Pipeline, "open", opened)
    target = f"127.0.0.1:{replica.port}"
    async with grpc.aio.insecure_channel(target, options=FIXED_WINDOW) as slow_channel:
        slow = ButtonServiceStub(slow_channel).GenerateButtons(
            pb.GenerateButtonsRequest(count=1000)
        )
        sizes = [(await slow.read()).ByteSize() for _ in range(4)]
        finished = await asyncio.gather(
            *(_finish(channel, seed) for seed in range(1, SETTINGS.server.max_concurrent_runs))
        )
        assert finished == [40] * len(finished)
        before = runs[0].judged
        assert await _finish(channel, 9) == 40
        # It has come to a halt, with no more judged than fits into what its client lets come,
        # what gRPC holds for writing, and one turn of settling.
        assert runs[0].judged == before
        ahead = 2 * WINDOW_BYTES / min(sizes[1:]) + 10
        assert runs[0].judged <= len(sizes) + ahead + SETTINGS.executor.run_window
        # A client that reads on gets all the same what comes next.
        specs = [s.ordinal for _ in range(20) for s in (await slow.read()).buttons.buttons]
        assert specs == sorted(specs)
        slow.cancel()
    await until(lambda: not (replica.runs_in_flight or replica.outstanding_work))


async def _finish(channel: grpc.aio.Channel, seed: int) -> int:
    request = pb.GenerateButtonsRequest(count=40, seed=seed)
    *_, last = [r async for r in ButtonServiceStub(channel).GenerateButtons(request)]
    return last.summary.accepted
