"""`health --watch`: ask replicas how they are, again and again."""

import asyncio
import itertools
import socket
from collections import Counter
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field, replace
from typing import Any

import grpc
from grpc_health.v1 import health_pb2_grpc

from revitron_grpc.cli.health_states import first_answer, states_of
from revitron_grpc.cli.health_view import HealthView
from revitron_grpc.cli.replica_state import Bounds, Measures, ReplicaState, SidePortError, exit_code
from revitron_grpc.cli.terminal import ExitCode, out
from revitron_grpc.client.connection import Connection, connect
from revitron_grpc.client.diagnosis import diagnose


@dataclass(frozen=True, slots=True)
class Watch:
    """How to watch: seconds between the polls and for each answer, and when to end.

    `count` polls, or polls for `seconds`; None for without end. `side_port` is that of the first
    replica on a host, the next one there has the next port; None to leave side ports alone.
    """

    interval: float
    timeout: float
    count: int | None = None
    seconds: float | None = None
    side_port: int | None = None
    bounds: Bounds = field(default_factory=Bounds)


async def watch_health(connections: list[Connection], how: Watch, *, as_json: bool) -> int:
    """Show how replicas are until it is enough; returns the worst exit code of all polls.

    Raises `RevitronGrpcError` (INVALID_CONFIGURATION) for files that cannot be used.
    """
    loop = asyncio.get_running_loop()
    end = None if how.seconds is None else loop.time() + how.seconds
    worst = ExitCode.GOOD
    view = HealthView(out, how.bounds, as_json=as_json, measured=how.side_port is not None)
    async with AsyncExitStack() as stack:
        replicas = Replicas(connections, how, stack)
        stack.enter_context(view)
        for number in itertools.count(1):
            began = loop.time()
            states = await replicas.ask()
            worst = max(worst, exit_code(states, how.bounds))
            view.show(states)
            next_one = began + how.interval
            if number == how.count or (end is not None and next_one > end):
                break
            await asyncio.sleep(max(0.0, next_one - loop.time()))
    return worst


class Replicas:
    """The replicas that addresses stand for; a name is looked up anew for each poll."""

    def __init__(self, connections: list[Connection], how: Watch, stack: AsyncExitStack) -> None:
        self._connections = connections
        self._how = how
        self._stack = stack
        self._known: dict[str, _Replica] = {}

    async def ask(self) -> list[ReplicaState]:
        """Ask all of them at once, in the order of the addresses."""
        found = [each for one in self._connections for each in await addresses_of(one)]
        on_host = Counter[str]()
        asked: list[_Replica] = []
        for connection in found:
            place = connection.host_and_port()
            host = place[0] if place else ""
            replica = self._known.get(connection.target)
            if replica is None:
                port = None
                if self._how.side_port is not None and host:
                    port = self._how.side_port + on_host[host]
                channel = await self._stack.enter_async_context(connect(connection))
                replica = _Replica(connection, channel, host, port)
                self._known[connection.target] = replica
            on_host[host] += 1
            asked.append(replica)
        return await asyncio.gather(*(each.ask(self._how.timeout) for each in asked))


async def addresses_of(connection: Connection) -> list[Connection]:
    """Return a connection to each replica that an address stands for.

    A name is looked up, its IPv4 addresses if it has any, and with TLS the certificates must
    have the name. One that cannot be looked up stays what it is: asking it tells why.
    """
    each = [replace(connection, target=target) for target in connection.addresses]
    if len(each) > 1:
        return each
    place = connection.host_and_port()
    if place is None:
        return each
    host, port = place
    try:
        told = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError:
        return each
    for family, form in ((socket.AF_INET, "{}:{}"), (socket.AF_INET6, "[{}]:{}")):
        hosts = sorted({str(info[4][0]) for info in told if info[0] == family})
        if len(hosts) == 1:
            return each
        if hosts:
            name = connection.server_name or (host if connection.tls else "")
            return [
                replace(connection, target=form.format(found, port), server_name=name)
                for found in hosts
            ]
    return each


class _Replica:
    """One replica, with the channel to it."""

    def __init__(
        self, connection: Connection, channel: grpc.aio.Channel, host: str, side_port: int | None
    ) -> None:
        self._connection = connection
        self._server = connection.target
        self._stub: Any = health_pb2_grpc.HealthStub(channel)
        self._side = None
        self._explained: dict[tuple[str, str], str] = {}
        if side_port is not None:
            # Needs the installation of the service, which asking for health does not.
            from revitron_grpc.cli.side_port import SidePort

            self._side = SidePort(connection, host, side_port)

    async def ask(self, timeout: float) -> ReplicaState:
        """Return how it is; an error is a part of the answer."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        try:
            first = await first_answer(self._stub, timeout)
            latency = round(1000 * (loop.time() - began), 1)
            components = first | await states_of(self._stub, timeout)
        except grpc.aio.AioRpcError as error:
            return ReplicaState(self._server, error=await self._why(error, timeout))
        self._explained.clear()
        measures, problem = await self._measures(timeout)
        return ReplicaState(self._server, components, latency, measures, problem)

    async def _why(self, error: grpc.aio.AioRpcError, timeout: float) -> str:
        """Say what is in the way; looked at once for as long as gRPC says the same of it."""
        code, told = error.code().name, error.details() or ""
        if (code, told) not in self._explained:
            found = None
            with suppress(TimeoutError):
                async with asyncio.timeout(timeout):
                    found = await diagnose(self._connection)
            message = found.message if found else told
            self._explained = {(code, told): f"{code}: {message}".rstrip(": ")}
        return self._explained[code, told]

    async def _measures(self, timeout: float) -> tuple[Measures | None, str]:
        if self._side is None:
            return None, ""
        try:
            return await self._side.measures(timeout), ""
        except SidePortError as error:
            return None, str(error)
