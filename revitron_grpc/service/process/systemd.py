"""What a service tells systemd: it is ready, reloads, is alive, ends (sd_notify(3)).

The protocol is one datagram of lines to the socket that `NOTIFY_SOCKET` names, so no library is
needed. Where systemd did not start the process there is none, and nothing happens.
"""

import asyncio
import os
import socket
import time
from collections.abc import Mapping

import structlog

MANAGED = frozenset({"NOTIFY_SOCKET", "WATCHDOG_PID", "WATCHDOG_USEC"})
"""The environment variables by which systemd names itself."""

_log = structlog.get_logger("revitron_grpc.systemd")


class ServiceManager:
    """The manager of this process, as the environment names it; "nobody" is one too."""

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        self._address = environment.get("NOTIFY_SOCKET", "")
        # Set for a process that systemd does not watch, such as a child of the one that it does.
        for_us = environment.get("WATCHDOG_PID", "") in ("", str(os.getpid()))
        microseconds = environment.get("WATCHDOG_USEC", "")
        self.watchdog_seconds = (
            int(microseconds) / 1_000_000 if for_us and microseconds.isdecimal() else 0.0
        )
        """How long the manager waits for a sign of life; 0 where it does not watch."""

    def ready(self, status: str) -> None:
        """Calls are served; `status` is shown by `systemctl status`."""
        self._tell("READY=1", f"STATUS={status}")

    def reloading(self) -> None:
        """A reload began; `ready` ends it."""
        self._tell("RELOADING=1", f"MONOTONIC_USEC={time.monotonic_ns() // 1000}")

    def stopping(self, status: str) -> None:
        """The end began: streams under way may drain."""
        self._tell("STOPPING=1", f"STATUS={status}")

    async def keep_alive(self) -> None:
        """Give signs of life for as long as the event loop turns; returns where nobody watches."""
        while self.watchdog_seconds and self._address:
            self._tell("WATCHDOG=1")
            await asyncio.sleep(self.watchdog_seconds / 3)

    def _tell(self, *lines: str) -> None:
        if not self._address:
            return
        # A name that begins with @ is in Linux's abstract namespace.
        address = "\0" + self._address[1:] if self._address[0] == "@" else self._address
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
                # A manager that does not read shall not hold up the event loop.
                sender.setblocking(False)
                sender.sendto("\n".join(lines).encode(), address)
        except BlockingIOError:
            _log.debug("systemd does not read", lines=lines)
        except OSError as error:
            # Not worth an end: a manager that hears nothing acts on that by itself.
            self._address = ""
            _log.warning("systemd not told", lines=lines, error=str(error))
