"""A client in a process of its own, so that it does not slow the service's event loop.

usage: python -m tests.bench.client HOST:PORT RUNS COUNT
"""

import asyncio
import json
import sys
import time

import grpc

from revitron_grpc.v1.button_service_pb2 import GenerateButtonsRequest, ThresholdOverride
from revitron_grpc.v1.button_service_pb2_grpc import ButtonServiceStub
from revitron_grpc.v1.vocabulary_pb2 import CRITERION_AEC_VALUE


async def one_run(target: str, seed: int, count: int) -> dict[str, float]:
    """Return when the first and the last button of a run arrived, in milliseconds."""
    async with grpc.aio.insecure_channel(target) as channel:
        await channel.channel_ready()
        began = time.perf_counter()
        first = last = 0.0
        buttons = 0
        # Each run at once has a bar of its own, so that none finds what another had judged.
        bar = ThresholdOverride(criterion=CRITERION_AEC_VALUE, threshold=0.7 + seed / 1000)
        request = GenerateButtonsRequest(
            count=count, batch_limit=10, seed=seed, thresholds=[bar] if seed else []
        )
        async for response in ButtonServiceStub(channel).GenerateButtons(request):
            if response.WhichOneof("event") == "buttons":
                last = 1000 * (time.perf_counter() - began)
                first = first or last
                buttons += len(response.buttons.buttons)
    return {"first_ms": round(first, 1), "last_ms": round(last, 1), "buttons": buttons}


async def main() -> None:
    """Run as many runs at once as asked for and print what each one saw."""
    target, runs, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    results = await asyncio.gather(*(one_run(target, seed, count) for seed in range(runs)))
    print(json.dumps(results))


if __name__ == "__main__":
    asyncio.run(main())
