"""What a worker and its supervisor say to each other, through the worker's standard streams.

Pipes work alike on every system, and need nothing of a supervisor that was killed: the worker's
standard input ends when the supervisor wants the worker to drain, and also when it is gone. A
further line in it, `RELOAD`, has the worker take the new catalog.
"""

import asyncio
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from threading import Thread

from revitron_grpc.settings import Settings

RELOAD = b"reload\n"
"""What the supervisor writes after SIGHUP."""

Ports = tuple[int, int]
"""The gRPC port and the side port of one worker; 0 for a side port that is switched off."""


class Parent:
    """The worker's side."""

    def settings(self) -> Settings:
        """Read what the worker works with: the first line of its standard input.

        So all workers have the same, whatever became of the file meanwhile, and secrets stand
        neither in a command line nor in a file.
        """
        line = b""
        while not line.endswith(b"\n"):
            # Byte by byte: a buffer would keep what `on_end` waits for.
            byte = os.read(sys.stdin.fileno(), 1)
            if not byte:
                raise RuntimeError("--supervised is for the processes of `serve --processes N`")
            line += byte
        return Settings.model_validate_json(line)

    def on_words(self, reload: Callable[[], None], ended: Callable[[], None]) -> None:
        """Call `reload` and `ended` in the running event loop when the supervisor says so.

        `ended` is called also when the supervisor is gone.
        """
        loop = asyncio.get_running_loop()

        def wait() -> None:
            try:
                # Any number of lines is one word: each says the same.
                while os.read(sys.stdin.fileno(), 4096):
                    loop.call_soon_threadsafe(reload)
                loop.call_soon_threadsafe(ended)
            except RuntimeError:
                return  # the loop has ended by itself

        Thread(target=wait, name="supervisor", daemon=True).start()

    def tell_ports(self, grpc_port: int, http_port: int) -> None:
        """Say that calls are served, and where."""
        print(f"{grpc_port} {http_port}", flush=True)


def ports_of(line: str) -> Ports:
    """Read what `tell_ports` said."""
    grpc_port, http_port = line.split()
    return int(grpc_port), int(http_port)


def write_ports(path: Path, ports: Iterable[Ports]) -> None:
    """Write all ports, one a line, two lines for each worker; the file is never half-written."""
    beside = path.with_name(f"{path.name}.new")
    beside.write_text("".join(f"{g}\n{h}\n" for g, h in ports), encoding="ascii")
    beside.replace(path)
