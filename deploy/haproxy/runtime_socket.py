"""HAProxy's runtime socket: what it knows about the replicas, and taking one out by hand.

The same commands as in docs/haproxy.md, where they are sent with socat.
"""

import csv
import io
import socket
from dataclasses import dataclass
from pathlib import Path

BACKEND = "replicas"
_TIMEOUT_SECONDS = 5.0


class RuntimeSocketError(Exception):
    """HAProxy refused a command, or nobody answers on the socket."""


@dataclass(frozen=True, slots=True)
class ServerState:
    """One replica as HAProxy sees it.

    `status` is HAProxy's word (UP, DOWN, NOLB while draining by 404, DRAIN by hand); `streams` are
    those under way, `streams_in_all` since the process started.
    """

    name: str
    status: str
    streams: int
    streams_in_all: int


class RuntimeSocket:
    """Sends commands; each on a connection of its own, as HAProxy expects it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def servers(self) -> dict[str, ServerState]:
        """Return every replica by name."""
        text = self._send("show stat").removeprefix("# ")
        return {
            row["svname"]: ServerState(
                row["svname"], row["status"], int(row["scur"]), int(row["stot"])
            )
            for row in csv.DictReader(io.StringIO(text))
            if row["pxname"] == BACKEND and row["svname"] != "BACKEND"
        }

    def worker_pid(self) -> int:
        """Return the process that takes new connections; another one after a reload."""
        for line in self._send("show info").splitlines():
            if line.startswith("Pid: "):
                return int(line.removeprefix("Pid: "))
        raise RuntimeSocketError("`show info` names no Pid")

    def drain(self, server: str) -> None:
        """Send nothing new to a replica; its streams may end."""
        self._order(f"set server {BACKEND}/{server} state drain")

    def ready(self, server: str) -> None:
        """Send new streams to a replica again as soon as its check passes."""
        self._order(f"set server {BACKEND}/{server} state ready")

    def _order(self, command: str) -> None:
        answer = self._send(command).strip()
        if answer:
            raise RuntimeSocketError(f"{command}: {answer}")

    def _send(self, command: str) -> str:
        try:
            with socket.socket(socket.AF_UNIX) as connection:
                connection.settimeout(_TIMEOUT_SECONDS)
                connection.connect(str(self.path))
                connection.sendall(f"{command}\n".encode())
                return b"".join(iter(lambda: connection.recv(65_536), b"")).decode()
        except OSError as error:
            raise RuntimeSocketError(f"{self.path}: {error}") from error
