"""The clients of the soak: each on a connection of its own, one run after another.

Prints "warm" when each has ended its first two runs, "round" whenever as many runs as there are
streams have ended since, and what all got as JSON when a line comes on its standard input.

usage: python -m tests.soak.clients HOST:PORT STREAMS
"""

import asyncio
import contextlib
import itertools
import json
import sys

from revitron_grpc.client.connection import connect
from revitron_grpc.client.generate import generate
from revitron_grpc.client.interruption import ResumePolicy
from revitron_grpc.errors import RevitronGrpcError
from revitron_grpc.v1.button_service_pb2 import GenerateButtonsRequest

COUNT = 100
# Memory is 4 % below its level while the second run of each goes on, and at it from the third.
_WARM_UP_RUNS = 2
_NO_SECOND_CALL = ResumePolicy(attempts=0, attempts_to_start=0, attempts_while_busy=0)


class Clients:
    """Counts what all clients got; a single retry is an error here."""

    def __init__(self, target: str, streams: int) -> None:
        self.runs = 0
        self.buttons = 0
        self.errors: list[str] = []
        self._target = target
        self._streams = streams
        self._cold = streams
        self._since_round = 0

    async def client(self, number: int) -> None:
        """Generate until cancelled, always the same plan, of which each client has its own."""
        request = GenerateButtonsRequest(count=COUNT, seed=number, batch_limit=10)
        async with connect(self._target) as channel:
            for run in itertools.count(1):
                try:
                    responses = generate(channel, request, policy=_NO_SECOND_CALL)
                    async with contextlib.aclosing(responses):
                        async for response in responses:
                            self.buttons += len(response.buttons.buttons)
                    self.runs += 1
                except RevitronGrpcError as error:
                    self.errors.append(f"{error.reason}: {error.message}")
                self._tell(run)

    def _tell(self, run: int) -> None:
        if self._cold:
            self._cold -= run == _WARM_UP_RUNS
            if not self._cold:
                print("warm", flush=True)
            return
        self._since_round += 1
        if self._since_round == self._streams:
            self._since_round = 0
            print("round", flush=True)


async def main() -> None:
    """Run the clients until a line comes, and print what they got."""
    target, streams = sys.argv[1], int(sys.argv[2])
    clients = Clients(target, streams)
    tasks = [asyncio.create_task(clients.client(number)) for number in range(streams)]
    await asyncio.to_thread(sys.stdin.readline)
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)
    print(json.dumps({"runs": clients.runs, "buttons": clients.buttons, "errors": clients.errors}))


if __name__ == "__main__":
    asyncio.run(main())
