"""Callers that press the button in the same moment, in a process of their own.

Prints for each when its first and its last button came, in seconds.

usage: python -m tests.bench.callers HOST:PORT unseen|known|again CALLERS COUNT
"""

import asyncio
import contextlib
import json
import sys
import time

from revitron_grpc.client.connection import connect
from revitron_grpc.client.generate import generate
from revitron_grpc.v1.button_service_pb2 import GenerateButtonsRequest, ThresholdOverride
from revitron_grpc.v1.vocabulary_pb2 import CRITERION_AEC_VALUE


def request_of(kind: str, caller: int, callers: int, count: int) -> GenerateButtonsRequest:
    """Return a request of this kind that no other caller of any number at once makes."""
    if kind == "again":
        return GenerateButtonsRequest(count=count, batch_limit=10)
    number = 1000 * callers + caller
    # What was judged is kept by the thresholds it was judged for.
    bar = ThresholdOverride(criterion=CRITERION_AEC_VALUE, threshold=0.7 + number / 1e6)
    unseen = kind == "unseen"
    return GenerateButtonsRequest(
        count=count, batch_limit=10, seed=number, thresholds=[bar] if unseen else []
    )


async def run(
    target: str, request: GenerateButtonsRequest, start: asyncio.Event
) -> dict[str, float]:
    """Return when the first and the last button came, in seconds from the start."""
    async with connect(target) as channel:
        await channel.channel_ready()
        await start.wait()
        began = time.perf_counter()
        first = last = 0.0
        async with contextlib.aclosing(generate(channel, request)) as responses:
            async for response in responses:
                if response.buttons.buttons:
                    last = time.perf_counter() - began
                    first = first or last
    return {"first": first, "last": last}


async def main() -> None:
    """Run all callers and print what they saw."""
    target, kind, callers, count = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    start = asyncio.Event()
    runs = [
        asyncio.create_task(run(target, request_of(kind, caller, callers, count), start))
        for caller in range(callers)
    ]
    await asyncio.sleep(1)
    start.set()
    print(json.dumps(await asyncio.gather(*runs)))


if __name__ == "__main__":
    asyncio.run(main())
