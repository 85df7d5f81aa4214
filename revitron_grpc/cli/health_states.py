"""The states that the health protocol of gRPC tells, by the names of the service."""

from typing import Any

import grpc
from grpc_health.v1 import health_pb2

SERVICES = (
    "revitron_grpc.v1.ButtonService",
    "revitron_grpc.v1.CatalogService",
    "research",
    "generation",
    "validation",
)
"""The names that are asked for, beside the empty one of the server as a whole."""


async def first_answer(stub: Any, timeout: float) -> dict[str, str]:
    """Return the state of the server as a whole, under the empty name.

    Raises `grpc.aio.AioRpcError` if nobody answers within `timeout` seconds.
    """
    return {"": await _state(stub, "", timeout)}


async def states_of(stub: Any, timeout: float) -> dict[str, str]:
    """Return the states of services and components; UNKNOWN for what the server does not have.

    Raises `grpc.aio.AioRpcError` if nobody answers within `timeout` seconds.
    """
    return {name: await _state(stub, name, timeout) for name in SERVICES}


async def _state(stub: Any, name: str, timeout: float) -> str:
    try:
        answer = await stub.Check(health_pb2.HealthCheckRequest(service=name), timeout=timeout)
    except grpc.aio.AioRpcError as error:
        if error.code() is grpc.StatusCode.NOT_FOUND:
            return "UNKNOWN"
        raise
    return health_pb2.HealthCheckResponse.ServingStatus.Name(answer.status)
