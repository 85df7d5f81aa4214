"""The load of a scenario: clients that read their runs slowly enough to meet the fault.

Nothing here depends on timing: each client stops reading within its first run until all of them
are under way and the fault begins. Every fifth starts further runs until the fault is over, so
that a fault that takes longer than a run meets some too.
"""

import asyncio
import contextlib
import hashlib
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import grpc

from revitron_grpc.client.connection import connect
from revitron_grpc.client.generate import generate
from revitron_grpc.client.interruption import Interruption, ResumePolicy
from revitron_grpc.errors import Reason, RevitronGrpcError
from revitron_grpc.v1.button_service_pb2 import GenerateButtonsRequest, GenerateButtonsResponse
from tests.chaos.verdict import Received, Run

BRIEFS = (
    "room data sheets for a hospital",
    "door schedules and fire ratings",
    "views and sheets before an issue",
    "clean up families and types",
    "warnings and model health",
    "levels, grids and worksets",
    "pipes, ducts and their systems",
    "quantities for the cost plan",
    "structural columns and openings",
    "parameters that nobody filled in",
)
"""Each client has one of these and so a plan of its own; a mix-up would be seen."""

# Specs that a client reads before it waits for the others and the fault. A run of 250 is 6 MB,
# many times what all buffers on the way hold.
_HOLD_AFTER = 20
# A run of which a client has not read more is one whose replica has not sent all of it.
_EARLY = 60
_NO_RUN: tuple[str, int] = ("", 0)
# A reader's pause after each spec until the fault is over, in seconds.
_PAUSE = 0.02
# A caller's deadline for one run, in seconds.
_DEADLINE = 150.0
PATIENT = ResumePolicy(attempts=40, attempts_to_start=40)
"""As shipped, but how many calls a client makes before it gives up shall not depend on how long
this machine takes to start a replica."""
NO_RESUME = ResumePolicy(attempts=0, attempts_to_start=0, attempts_while_busy=0)


@dataclass(frozen=True, slots=True)
class Target:
    """Where clients connect, and the authority of its certificate if it speaks TLS."""

    address: str
    ca: Path | None = None


def request_of(client: int, count: int) -> GenerateButtonsRequest:
    """Return the request of a client, one spec in each response."""
    return GenerateButtonsRequest(
        count=count, brief=BRIEFS[client % len(BRIEFS)], batch_limit=1, seed=7
    )


class Load:
    """Clients of one scenario."""

    def __init__(
        self,
        target: Target,
        *,
        clients: int,
        count: int,
        policy: ResumePolicy,
        stalled: Sequence[int] = (),
    ) -> None:
        """Clients in `stalled` stop reading until all others are done.

        Each of them shares its connection with the client before it, which must not suffer.
        """
        self.runs: list[Run] = []
        self._target = target
        self._clients = clients
        self._count = count
        self._policy = policy
        self._stalled = frozenset(stalled)
        self._held = 0
        self._all_held = asyncio.Event()
        self._fault = asyncio.Event()
        self._over = asyncio.Event()
        self._others = clients - len(self._stalled)
        self._others_done = asyncio.Event()
        # Of each client's run under way: its plan, and how many specs were read.
        self._progress = [_NO_RUN] * clients
        self._first_plans: frozenset[str] = frozenset()

    async def until_under_way(self) -> None:
        """Return when every client is in the middle of its run and waits."""
        await self._all_held.wait()

    def begin(self) -> None:
        """The fault begins: clients read on."""
        self._first_plans = frozenset(plan for plan, _ in self._progress)
        self._fault.set()

    def early_on_a_first_plan(self) -> int:
        """Count the runs that a replica is sending on a plan from before the fault."""
        return sum(
            plan in self._first_plans and _HOLD_AFTER <= read <= _EARLY
            for plan, read in self._progress
        )

    def end(self) -> None:
        """The fault is over: clients end their runs and start no further ones."""
        self._over.set()

    async def drive(self) -> None:
        """Run all clients to their end."""
        async with contextlib.AsyncExitStack() as channels, asyncio.TaskGroup() as group:
            channel: grpc.aio.Channel | None = None
            for client in range(self._clients):
                if channel is None or client not in self._stalled:
                    opened = connect(self._target.address, ca=self._target.ca)
                    channel = await channels.enter_async_context(opened)
                group.create_task(self._client(client, channel))

    async def _client(self, client: int, channel: grpc.aio.Channel) -> None:
        first = True
        while first or (client % 5 == 0 and not self._over.is_set()):
            self.runs.append(await self._run(client, channel, first=first))
            first = False
        # A run that was told that it cannot go on is started anew, as its user would.
        if self.runs_of(client)[-1].plan_changed:
            self.runs.append(await self._run(client, channel, first=False))
        if client not in self._stalled:
            self._others -= 1
            if not self._others:
                self._others_done.set()

    def runs_of(self, client: int) -> list[Run]:
        """Return a client's runs so far."""
        return [run for run in self.runs if run.client == client]

    async def _run(self, client: int, channel: grpc.aio.Channel, *, first: bool) -> Run:
        clock = asyncio.get_running_loop().time
        received: list[Received] = []
        retries: list[Interruption] = []
        plan_digest, run_id, error, complete, changed, worst = "", "", "", False, False, 0.0
        held = not first
        request = request_of(client, self._count)
        responses = generate(
            channel,
            request,
            timeout=_DEADLINE,
            on_resume=retries.append,
            policy=self._policy,
            target=self._target.address,
        )
        try:
            async with contextlib.aclosing(responses):
                asked = clock()
                async for response in responses:
                    worst = max(worst, clock() - asked)
                    plan_digest = plan_digest or response.started.plan_digest
                    run_id = run_id or response.started.run_id
                    received += specs_of(response)
                    self._progress[client] = plan_digest, len(received)
                    complete = response.WhichOneof("event") == "summary"
                    if not held and len(received) >= _HOLD_AFTER:
                        held = True
                        await self._hold(client)
                    elif response.WhichOneof("event") == "buttons" and not self._over.is_set():
                        await asyncio.sleep(_PAUSE)
                    asked = clock()
        except RevitronGrpcError as caught:
            changed = caught.reason is Reason.PLAN_CHANGED
            error = f"{caught.reason}: {caught.message}"
        self._progress[client] = _NO_RUN
        if not held:  # a run that broke too early must not keep the others waiting
            await self._hold(client)
        return Run(
            client=client,
            request=client % len(BRIEFS),
            plan_digest=plan_digest,
            received=tuple(received),
            complete=complete and not error,
            error=error,
            plan_changed=changed,
            retries=tuple(interruption.cause for interruption in retries),
            worst_delay=worst,
            run_id=run_id,
        )

    async def _hold(self, client: int) -> None:
        self._held += 1
        if self._held == self._clients:
            self._all_held.set()
        await self._fault.wait()
        if client in self._stalled:
            await self._others_done.wait()


def specs_of(response: GenerateButtonsResponse) -> list[Received]:
    """Return the specs of a response with a digest over the bytes of each."""
    return [
        Received(spec.ordinal, hashlib.sha256(spec.SerializeToString(deterministic=True)).digest())
        for spec in response.buttons.buttons
    ]


async def undisturbed(target: Target, count: int) -> dict[tuple[int, str], list[bytes]]:
    """Return what each request brings when nothing happens, straight from one replica."""
    found: dict[tuple[int, str], list[bytes]] = {}
    async with connect(target.address, ca=target.ca) as channel:
        for index in range(len(BRIEFS)):
            plan_digest, specs = "", []
            request = request_of(index, count)
            async for response in _responses(channel, request):
                plan_digest = plan_digest or response.started.plan_digest
                specs += specs_of(response)
            found[index, plan_digest] = [spec.digest for spec in specs]
            if [spec.ordinal for spec in specs] != list(range(1, count + 1)):
                raise RuntimeError(f"an undisturbed run of {BRIEFS[index]!r} is not whole")
    return found


async def _responses(
    channel: grpc.aio.Channel, request: GenerateButtonsRequest
) -> AsyncIterator[GenerateButtonsResponse]:
    async with contextlib.aclosing(
        generate(channel, request, timeout=_DEADLINE, policy=NO_RESUME)
    ) as responses:
        async for response in responses:
            yield response
