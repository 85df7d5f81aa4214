"""`revitron-grpc health`: ask how a replica is, or watch several."""

import json
from enum import StrEnum
from typing import Annotated, Any

import grpc
import typer
from grpc_health.v1 import health_pb2_grpc

from revitron_grpc.cli.extras import require_server
from revitron_grpc.cli.health_states import first_answer, states_of
from revitron_grpc.cli.health_watch import Watch, watch_health
from revitron_grpc.cli.replica_state import Bounds
from revitron_grpc.cli.server_options import (
    ApiKeyFileOption,
    CaOption,
    CertificateOption,
    PrivateKeyOption,
    ServerNameOption,
    TlsOption,
    connection_from,
)
from revitron_grpc.cli.terminal import ExitCode, out, run_async, told_errors
from revitron_grpc.client.connection import Connection, connect
from revitron_grpc.client.status import explained


class Format(StrEnum):
    """For people or for programs."""

    TEXT = "text"
    JSON = "json"


def health(
    server: Annotated[
        list[str] | None,
        typer.Option(
            help="The service, HOST:PORT; with --watch it may be repeated, and a name with several "
            "addresses stands for as many replicas."
        ),
    ] = None,
    timeout: Annotated[float, typer.Option(help="Seconds to wait for each answer.")] = 5.0,
    form: Annotated[
        Format, typer.Option("--format", help="For people or for programs.")
    ] = Format.TEXT,
    as_json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
    watch: Annotated[bool, typer.Option("--watch", help="Ask again and again.")] = False,
    interval: Annotated[
        float, typer.Option(min=0.1, help="Seconds between two polls; with --watch.")
    ] = 5.0,
    count: Annotated[
        int | None, typer.Option(min=1, help="End after so many polls; with --watch.")
    ] = None,
    seconds: Annotated[
        float | None, typer.Option("--for", min=0, help="End after so many seconds; with --watch.")
    ] = None,
    side_port: Annotated[
        int | None,
        typer.Option(
            min=1,
            max=65535,
            help="Side port of the first replica of a host, for release, runs, pool, memory and "
            "stores; the next one there has the next port. With --watch.",
        ),
    ] = None,
    max_latency: Annotated[
        float | None,
        typer.Option(help="Milliseconds within which a replica has to answer; with --watch."),
    ] = None,
    max_use: Annotated[
        float | None,
        typer.Option(
            min=0,
            max=1,
            help="Share of the runs admitted that may be under way; with --side-port.",
        ),
    ] = None,
    tls: TlsOption = False,
    ca: CaOption = None,
    certificate: CertificateOption = None,
    private_key: PrivateKeyOption = None,
    server_name: ServerNameOption = "",
    api_key_file: ApiKeyFileOption = None,
) -> None:
    """Ask a replica how it is; exit code 0 if all is SERVING, 1 if not, 3 if nobody answers.

    With --watch the worst code of all polls, and 1 as well for a bound that is not kept.
    """
    as_json = as_json or form is Format.JSON
    servers = server or ["127.0.0.1:50051"]
    if max_use is not None and side_port is None:
        raise typer.BadParameter("--max-use needs --side-port")
    if not watch:
        given = (count, seconds, side_port, max_latency)
        if any(option is not None for option in given) or len(servers) > 1:
            raise typer.BadParameter(
                "several --server, --count, --for, --side-port and --max-latency need --watch"
            )
    with told_errors():
        if side_port is not None:
            require_server()
        connections = [
            connection_from(each, tls, ca, certificate, private_key, server_name, api_key_file)
            for each in servers
        ]
    if watch:
        bounds = Bounds(max_latency, max_use)
        how = Watch(interval, timeout, count, seconds, side_port, bounds)
        run_async(watch_health(connections, how, as_json=as_json))
        return
    run_async(ask_health(connections[0], timeout, as_json=as_json))


async def ask_health(
    connection: Connection,
    timeout: float,
    *,
    as_json: bool = False,
    parts_count: bool = True,
) -> int:
    """Print how each part of a service is; returns the exit code.

    With `parts_count` all have to be SERVING; without, the service as a whole, by which balancers
    send work.

    Raises `RevitronGrpcError` (SERVER_UNREACHABLE) if nobody answers.
    """
    async with connect(connection) as channel:
        stub: Any = health_pb2_grpc.HealthStub(channel)
        try:
            states = await first_answer(stub, timeout) | await states_of(stub, timeout)
        except grpc.aio.AioRpcError as error:
            raise await explained(error, connection) from error
    if as_json:
        out.print(json.dumps(states), markup=False)
    else:
        for service, state in states.items():
            out.print(f"{service or 'server':34} {state}")
    counted = set(states.values()) if parts_count else {states[""]}
    return ExitCode.GOOD if counted == {"SERVING"} else ExitCode.FINDINGS
