"""The ports that several processes of one service have together."""

import sys

from revitron_grpc.errors import FieldViolation, InvalidInputError, Reason
from revitron_grpc.settings import Settings


def check_ports(settings: Settings) -> None:
    """Raise `InvalidInputError` for ports that the processes cannot have together."""
    server, http = settings.server, settings.http
    wrong: list[FieldViolation] = []
    if server.shared_port and sys.platform != "linux":
        wrong.append(
            FieldViolation(
                "server.shared_port",
                "works on Linux alone; leave it out: each process then has a port of its own",
            )
        )
    grpc_ports = set(range(server.port, server.port + server.processes)) if server.port else set()
    if server.shared_port and server.port:
        grpc_ports = {server.port}
    http_ports = (
        set(range(http.port, http.port + server.processes)) if http.enabled and http.port else set()
    )
    if max(grpc_ports | http_ports, default=0) > 65_535:
        wrong.append(
            FieldViolation("server.processes", "the last process would be beyond port 65535")
        )
    if both := grpc_ports & http_ports:
        wrong.append(
            FieldViolation(
                "http.port",
                f"{min(both)} would be the gRPC port of one process and the side port of another; "
                "keep them at least server.processes apart",
            )
        )
    if wrong:
        raise InvalidInputError(Reason.INVALID_CONFIGURATION, tuple(wrong))
