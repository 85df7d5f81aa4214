"""Health: one truth about the components, shown by gRPC health, /health and /ready alike."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from grpc.aio import ServicerContext
from grpc_health.v1 import health, health_pb2

_SERVING = health_pb2.HealthCheckResponse.SERVING
_NOT_SERVING = health_pb2.HealthCheckResponse.NOT_SERVING
# The bundled types know neither the library's asynchronous servicer nor the messages of List.
_aio: Any = health.aio  # pyright: ignore[reportAttributeAccessIssue]
_messages: Any = health_pb2


class Component(StrEnum):
    """What a replica is made of, under the names of the health service."""

    RESEARCH = "research"
    GENERATION = "generation"
    VALIDATION = "validation"


class HealthBoard:
    """The state of every component, and whether the replica is draining.

    Nothing here waits for work: an answer is a look-up, also while the pool is saturated.
    """

    def __init__(self, services: Iterable[str]) -> None:
        self.servicer = _Servicer(self)
        self.draining = False
        self._services = tuple(services)
        self._problems: dict[Component, str] = dict.fromkeys(Component, "starting")
        self._switched_off: dict[Component, str] = {}

    @property
    def problems(self) -> dict[Component, str]:
        """Why each component is not well or does not work; an empty text for one that is well."""
        return {
            component: problem or self._switched_off.get(component, "")
            for component, problem in self._problems.items()
        }

    @property
    def ready(self) -> bool:
        """Whether new work should be sent here."""
        return not self.draining and not any(self._problems.values())

    @property
    def statuses(self) -> dict[str, bool]:
        """Whether each name of the health service is SERVING."""
        names = dict.fromkeys(("", *self._services), self.ready)
        for component, problem in self.problems.items():
            names[component.value] = not self.draining and not problem
        return names

    async def report(self, component: Component, problem: str = "") -> None:
        """Say how a component is; an empty `problem` means well."""
        self._problems[component] = problem
        await self._publish()

    @property
    def degraded(self) -> bool:
        """Whether a component is not well or was switched off."""
        return any(self.problems.values())

    def switch_off(self, component: Component, reason: str) -> None:
        """Show a component as NOT_SERVING on purpose; the replica stays ready for work."""
        self._switched_off[component] = reason

    async def drain(self) -> None:
        """Show NOT_SERVING for everything, for good."""
        self.draining = True
        await self._publish()

    async def _publish(self) -> None:
        for name, serving in self.statuses.items():
            await self.servicer.set(name, _SERVING if serving else _NOT_SERVING)


class _Servicer(_aio.HealthServicer):
    """The library's servicer with List, which its asynchronous form leaves out."""

    def __init__(self, board: HealthBoard) -> None:
        super().__init__()
        self._board = board

    async def List(self, request: Any, context: ServicerContext) -> Any:  # noqa: N802
        del request, context
        return _messages.HealthListResponse(
            statuses={
                name: _messages.HealthCheckResponse(status=_SERVING if well else _NOT_SERVING)
                for name, well in self._board.statuses.items()
            }
        )
