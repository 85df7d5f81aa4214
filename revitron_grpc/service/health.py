"""Health: one truth about the components, shown by gRPC health, /health and /ready alike."""

from collections.abc import Iterable
from enum import StrEnum

from grpc_health.v1 import health, health_pb2

_SERVING = health_pb2.HealthCheckResponse.SERVING
_NOT_SERVING = health_pb2.HealthCheckResponse.NOT_SERVING


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
        self.servicer = health.aio.HealthServicer()  # pyright: ignore[reportAttributeAccessIssue]
        self.draining = False
        self._services = tuple(services)
        self._problems: dict[Component, str] = dict.fromkeys(Component, "starting")

    @property
    def problems(self) -> dict[Component, str]:
        """Why each component is not well; an empty text for one that is."""
        return dict(self._problems)

    @property
    def ready(self) -> bool:
        """Whether new work should be sent here."""
        return not self.draining and not any(self._problems.values())

    async def report(self, component: Component, problem: str = "") -> None:
        """Say how a component is; an empty `problem` means well."""
        self._problems[component] = problem
        await self._publish()

    async def drain(self) -> None:
        """Show NOT_SERVING for everything, for good."""
        self.draining = True
        await self._publish()

    async def _publish(self) -> None:
        for component, problem in self._problems.items():
            await self._set(component, not problem)
        for service in ("", *self._services):
            await self._set(service, not any(self._problems.values()))

    async def _set(self, service: str, well: bool) -> None:
        status = _SERVING if well and not self.draining else _NOT_SERVING
        await self.servicer.set(service, status)
