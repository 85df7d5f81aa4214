"""The client library: call the service and lose nothing when it, or the way to it, fails."""

from revitron_grpc.client.connection import Connection, connect, connection_to
from revitron_grpc.client.generate import generate
from revitron_grpc.client.interruption import (
    Cause,
    Interruption,
    ResumePolicy,
    RunInterruptedError,
)

__all__ = [
    "Cause",
    "Connection",
    "Interruption",
    "ResumePolicy",
    "RunInterruptedError",
    "connect",
    "connection_to",
    "generate",
]
