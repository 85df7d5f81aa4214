"""The clients of the soak: each on a connection of its own, one run after another.

usage: python -m tests.soak.clients HOST:PORT STREAMS SECONDS
"""

import asyncio
import contextlib
import json
import sys

from revitron_grpc.client.connection import connect
from revitron_grpc.client.generate import generate
from revitron_grpc.client.interruption import ResumePolicy
from revitron_grpc.errors import RevitronGrpcError
from revitron_grpc.v1.button_service_pb2 import GenerateButtonsRequest

COUNT = 250
_NO_SECOND_CALL = ResumePolicy(attempts=0, attempts_to_start=0, attempts_while_busy=0)


class Clients:
    """Counts what all clients got; a single retry is an error here."""

    def __init__(self, target: str, seconds: float) -> None:
        self.runs = 0
        self.buttons = 0
        self.errors: list[str] = []
        self._target = target
        self._clock = asyncio.get_running_loop().time
        self._ends = self._clock() + seconds

    async def client(self, number: int) -> None:
        """Generate until the time is over; a run under way then is left."""
        async with connect(self._target) as channel:
            seed = number
            while self._clock() < self._ends:
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout_at(self._ends):
                        request = GenerateButtonsRequest(count=COUNT, seed=seed, batch_limit=10)
                        try:
                            responses = generate(channel, request, policy=_NO_SECOND_CALL)
                            async with contextlib.aclosing(responses):
                                async for response in responses:
                                    self.buttons += len(response.buttons.buttons)
                            self.runs += 1
                        except RevitronGrpcError as error:
                            self.errors.append(f"{error.reason}: {error.message}")
                seed += 1000


async def main() -> None:
    """Run the clients and print what they got."""
    target, streams, seconds = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
    clients = Clients(target, seconds)
    async with asyncio.TaskGroup() as group:
        for number in range(streams):
            group.create_task(clients.client(number))
    print(json.dumps({"runs": clients.runs, "buttons": clients.buttons, "errors": clients.errors}))


if __name__ == "__main__":
    asyncio.run(main())
