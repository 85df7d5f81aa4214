"""A relay before a port, as a balancer: it sends new connections where it is told to."""

import socket
import socketserver
import threading
from contextlib import suppress

from tests.liveness import LIVENESS


class Relay:
    """Listens on a free port of loopback; `backend` is the port that gets new connections.

    With `held_after`, only so many bytes come back on a connection until `open` is set; of the rest
    the kernel here takes about `buffer` bytes, as many as it likes for 0.
    """

    def __init__(self, backend: int, *, held_after: int | None = None, buffer: int = 0) -> None:
        self.backend = backend
        self.open = threading.Event()
        relay = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                with socket.socket() as behind:
                    if buffer:
                        behind.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
                    behind.connect(("127.0.0.1", relay.backend))
                    up = threading.Thread(target=_pump, args=(self.request, behind))
                    up.start()
                    _pump(behind, self.request, held_after, relay.open)
                    up.join(30)

        class Server(socketserver.ThreadingTCPServer):
            daemon_threads = True

            def handle_error(self, request: object, client_address: object) -> None:
                """A backend that is not there closes the connection, no more."""

        self._server = Server(("127.0.0.1", 0), Handler)
        self.port = int(self._server.server_address[1])
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self._thread.start()

    def stop(self) -> None:
        self.open.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(LIVENESS)


def _pump(
    source: socket.socket,
    target: socket.socket,
    held_after: int | None = None,
    opened: threading.Event | None = None,
) -> None:
    passed = 0
    with suppress(OSError):
        while data := source.recv(65_536):
            passed += len(data)
            if opened is not None and held_after is not None and passed > held_after:
                opened.wait()
            target.sendall(data)
    # Either end gone, both are.
    for one in (source, target):
        with suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)
