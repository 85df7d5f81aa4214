"""Health: one truth about the components, shown by gRPC health, /health and /ready alike."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import grpc
from grpc.aio import ServicerContext
from grpc_health.v1 import health_pb2, health_pb2_grpc

from revitron_grpc.errors import Reason, RevitronGrpcError
from revitron_grpc.service.wire.status import abort, status_of

_SERVING = health_pb2.HealthCheckResponse.SERVING
_NOT_SERVING = health_pb2.HealthCheckResponse.NOT_SERVING
_UNKNOWN = health_pb2.HealthCheckResponse.SERVICE_UNKNOWN
# The bundled types do not know the messages of List.
_messages: Any = health_pb2

MAX_WATCHES = 1024
"""Health watches open at one time; they cost little, but not nothing."""


class Component(StrEnum):
    """What a replica is made of, under the names of the health service."""

    RESEARCH = "research"
    GENERATION = "generation"
    VALIDATION = "validation"


class Condition(StrEnum):
    """How a component is.

    A degraded one works, but not as it should: it is SERVING to the health service, and /health
    says why.
    """

    SERVING = "SERVING"
    DEGRADED = "DEGRADED"
    NOT_SERVING = "NOT_SERVING"


@dataclass(frozen=True, slots=True)
class ComponentState:
    """How a component is, and why; the reason is empty for one that is well."""

    condition: Condition
    reason: str


class HealthBoard:
    """The state of every component, and whether this replica takes new work.

    Nothing here waits for work: an answer is a look-up, also while the pool is saturated.
    """

    def __init__(self, services: Iterable[str]) -> None:
        self.servicer = HealthServicer(self)
        self.draining = False
        self._services = tuple(services)
        self._problems: dict[Component, str] = dict.fromkeys(Component, "starting")
        self._degraded: dict[Component, str] = {}
        self._switched_off: dict[Component, str] = {}
        self._stores: dict[str, str] = {}
        self._no_room = ""
        self._changed = asyncio.Event()
        self.ended = False

    @property
    def components(self) -> dict[Component, ComponentState]:
        """How each component is."""
        return {component: self._state(component) for component in Component}

    @property
    def everything(self) -> dict[str, ComponentState]:
        """How each component is, and each store, which only /health and the metrics show."""
        stores = {
            name: ComponentState(Condition.DEGRADED if reason else Condition.SERVING, reason)
            for name, reason in self._stores.items()
        }
        return {component.value: state for component, state in self.components.items()} | stores

    def conditions(self) -> dict[str, str]:
        """The condition of everything, in one word each."""
        return {name: state.condition.value for name, state in self.everything.items()}

    @property
    def ready(self) -> bool:
        """Whether new work should be sent here."""
        return not self.draining and not self._no_room and not any(self._problems.values())

    @property
    def degraded(self) -> bool:
        """Whether something is not as it should be."""
        return not self.ready or any(
            state.condition is not Condition.SERVING for state in self.everything.values()
        )

    @property
    def statuses(self) -> dict[str, bool]:
        """Whether each name of the health service is SERVING."""
        names = dict.fromkeys(("", *self._services), self.ready)
        for component, state in self.components.items():
            names[component.value] = state.condition is not Condition.NOT_SERVING
        return names

    def report(self, component: Component, problem: str = "") -> None:
        """Say how a component is: NOT_SERVING with a problem, well with an empty text."""
        self._problems[component] = problem
        self._publish()

    def degrade(self, component: Component, reason: str) -> None:
        """Say that a component works, but not as it should; an empty reason ends that."""
        self._degraded[component] = reason
        self._publish()

    def report_store(self, name: str, problem: str = "") -> None:
        """Say how a store is: DEGRADED with a problem, well with an empty text.

        It is no component of the health service: a replica serves without its stores.
        """
        self._stores[name] = problem

    def switch_off(self, component: Component, reason: str) -> None:
        """Show a component as NOT_SERVING on purpose; the replica stays ready for work."""
        self._switched_off[component] = reason
        self._publish()

    def refuse_new_work(self, reason: str) -> None:
        """Say that the replica has no room for new work; an empty reason ends that.

        The components go on. Without this a balancer that counts connections would send ever
        more work to the replica that refuses fastest.
        """
        self._no_room = reason
        self._publish()

    def drain(self) -> None:
        """Show NOT_SERVING for everything, for good."""
        self.draining = True
        self._publish()

    def end_watches(self) -> None:
        """Let every open watch tell what it has not told yet, and end well."""
        self.ended = True
        self._publish()

    async def change(self) -> None:
        """Return at the next change."""
        await self._changed.wait()

    def _state(self, component: Component) -> ComponentState:
        problem = self._problems[component] or self._switched_off.get(component, "")
        if self.draining or problem:
            return ComponentState(Condition.NOT_SERVING, problem or "draining")
        if reason := self._degraded.get(component, ""):
            return ComponentState(Condition.DEGRADED, reason)
        return ComponentState(Condition.SERVING, "")

    def _publish(self) -> None:
        # Whoever waits has the old event; the next change sets a new one.
        self._changed.set()
        self._changed = asyncio.Event()


class HealthServicer(health_pb2_grpc.HealthServicer):
    """`grpc.health.v1.Health` from the board.

    The library's own servicer keeps watches open for ever, so that the end of the server waits
    for them, holds a lock while it writes to a watcher that may not be reading, and has no List.
    """

    def __init__(self, board: HealthBoard) -> None:
        self._board = board
        self._watches = 0

    async def Check(self, request: Any, context: ServicerContext) -> Any:  # noqa: N802
        """Answer for one name; NOT_FOUND for one that is not known."""
        serving = self._board.statuses.get(request.service)
        if serving is None:
            await context.abort(grpc.StatusCode.NOT_FOUND, f"no service {request.service!r} here")
        return health_pb2.HealthCheckResponse(status=_SERVING if serving else _NOT_SERVING)

    async def Watch(self, request: Any, context: ServicerContext) -> None:  # noqa: N802
        """Tell the state of one name now and at every change, until the replica ends."""
        if self._watches >= MAX_WATCHES:
            error = RevitronGrpcError(
                Reason.OVERLOADED, f"{MAX_WATCHES} health watches are open, the most"
            )
            await abort(context, status_of(error))
        self._watches += 1
        try:
            told = None
            while True:
                serving = self._board.statuses.get(request.service)
                status = _UNKNOWN if serving is None else _SERVING if serving else _NOT_SERVING
                if status != told:
                    told = status
                    await context.write(health_pb2.HealthCheckResponse(status=status))
                    continue  # something may have changed while the client took it
                if self._board.ended:
                    return
                await self._board.change()
        finally:
            self._watches -= 1

    async def List(self, request: Any, context: ServicerContext) -> Any:  # noqa: N802
        """Tell the state of every name."""
        del request, context
        return _messages.HealthListResponse(
            statuses={
                name: _messages.HealthCheckResponse(status=_SERVING if well else _NOT_SERVING)
                for name, well in self._board.statuses.items()
            }
        )
