"""`revitron-grpc health`: ask how a replica is."""

import json
from typing import Annotated, Any

import grpc
import typer
from grpc_health.v1 import health_pb2, health_pb2_grpc

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

_SERVICES = (
    "",
    "revitron_grpc.v1.ButtonService",
    "revitron_grpc.v1.CatalogService",
    "research",
    "generation",
    "validation",
)


def health(
    server: Annotated[str, typer.Option(help="The service, HOST:PORT.")] = "127.0.0.1:50051",
    timeout: Annotated[float, typer.Option(help="Seconds to wait for each answer.")] = 5.0,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    tls: TlsOption = False,
    ca: CaOption = None,
    certificate: CertificateOption = None,
    private_key: PrivateKeyOption = None,
    server_name: ServerNameOption = "",
    api_key_file: ApiKeyFileOption = None,
) -> None:
    """Ask a replica how it is; exit code 0 if all is SERVING, 1 if not, 3 if nobody answers."""
    with told_errors():
        connection = connection_from(
            server, tls, ca, certificate, private_key, server_name, api_key_file
        )
    run_async(ask_health(connection, timeout, as_json=as_json))


async def ask_health(
    connection: Connection,
    timeout: float,
    *,
    as_json: bool = False,
) -> int:
    """Print how each part of a service is; returns the exit code.

    Raises `RevitronGrpcError` (SERVER_UNREACHABLE) if nobody answers.
    """
    states: dict[str, str] = {}
    async with connect(connection) as channel:
        stub: Any = health_pb2_grpc.HealthStub(channel)
        for service in _SERVICES:
            try:
                answer = await stub.Check(
                    health_pb2.HealthCheckRequest(service=service), timeout=timeout
                )
            except grpc.aio.AioRpcError as error:
                if error.code() is not grpc.StatusCode.NOT_FOUND:
                    raise await explained(error, connection) from error
                states[service] = "UNKNOWN"
                continue
            states[service] = health_pb2.HealthCheckResponse.ServingStatus.Name(answer.status)
    if as_json:
        out.print(json.dumps(states), markup=False)
    else:
        for service, state in states.items():
            out.print(f"{service or 'server':34} {state}")
    return ExitCode.GOOD if set(states.values()) == {"SERVING"} else ExitCode.FINDINGS
