"""The HTTP side port: /health, /ready, /metrics, and calls as lines of JSON."""

import asyncio
import ssl
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime

from aiohttp import web

from revitron_grpc.service.health import HealthBoard
from revitron_grpc.service.http.metrics_page import MetricsPage
from revitron_grpc.service.http.ndjson import GENERATE, VALIDATE, NdjsonCalls
from revitron_grpc.settings import HttpSettings

_SHUTDOWN_SECONDS = 0.5
_LINGERING_SECONDS = 2.0
_HANDSHAKE_SECONDS = 10.0
_LOOK_SECONDS = 0.05


class HttpPort:
    """An HTTP/1.1 server beside the gRPC port, in the same event loop."""

    def __init__(
        self,
        board: HealthBoard,
        settings: HttpSettings,
        release: str,
        switches: Mapping[str, bool],
        calls: NdjsonCalls,
        metrics: MetricsPage | None,
    ) -> None:
        """Without `metrics` there is no /metrics."""
        self._metrics = metrics
        self._board = board
        self._switches = dict(switches)
        self._settings = settings
        self._release = release
        self._calls = calls
        self._runner: web.AppRunner | None = None
        self._listener: asyncio.Server | None = None

    async def start(self, port: int, tls: ssl.SSLContext | None = None) -> int:
        """Listen, with `tls` where there is one; returns the port, a free one if `port` was 0."""
        app = web.Application()
        app.router.add_get("/health", self._health)
        app.router.add_get("/ready", self._ready)
        if self._metrics is not None:
            app.router.add_get("/metrics", self._metrics.answer)
        app.router.add_post(GENERATE, self._calls.generate)
        app.router.add_post(VALIDATE, self._calls.validate)
        # A handler is cancelled when its client has gone.
        runner = web.AppRunner(
            app,
            access_log=None,
            handle_signals=False,
            handler_cancellation=True,
            # Also the time for headers to come in, so that nobody keeps a connection by dribbling.
            keepalive_timeout=self._settings.read_seconds,
            # Calls had their time to end before the port is stopped.
            shutdown_timeout=_SHUTDOWN_SECONDS,
            # So long the rest of a body is still taken from a caller who was refused, so that he
            # reads why and not that the connection broke.
            lingering_time=_LINGERING_SECONDS,
        )
        await runner.setup()
        self._runner = runner
        self._listener = await asyncio.get_running_loop().create_server(
            self._connection,
            self._settings.host,
            port,
            reuse_address=True,
            ssl=tls,
            # A caller who connects and says nothing keeps nobody out for long.
            ssl_handshake_timeout=_HANDSHAKE_SECONDS if tls is not None else None,
        )
        return int(self._listener.sockets[0].getsockname()[1])

    async def stop(self, reading: float) -> None:
        """Close what is open.

        Slow readers have `reading` seconds until what was written to them has left this process;
        the kernel sends its part also after the end. Until then the port answers, or a balancer
        would take the replica for dead and cut them off.
        """
        with suppress(TimeoutError):
            async with asyncio.timeout(reading):
                while any(_unsent(connection.transport) for connection in self._open()):
                    await asyncio.sleep(_LOOK_SECONDS)
        if self._listener is not None:
            self._listener.close()
        if self._runner is not None:
            await self._runner.cleanup()

    def _open(self) -> list[web.RequestHandler]:
        server = self._runner.server if self._runner is not None else None
        return server.connections if server is not None else []

    def _connection(self) -> asyncio.Protocol:
        server = self._runner.server if self._runner is not None else None
        if server is None or len(self._open()) >= self._settings.max_connections:
            return _Closed()
        return server()

    async def _health(self, _: web.Request) -> web.Response:
        board = self._board
        return web.json_response(
            {
                "status": "draining" if board.draining else "degraded" if board.degraded else "ok",
                "version": self._release,
                "timestamp": datetime.now(UTC).isoformat(timespec="milliseconds"),
                "switches": self._switches,
                "components": {
                    name: {"status": state.condition.value, "reason": state.reason}
                    for name, state in board.everything.items()
                },
            }
        )

    async def _ready(self, _: web.Request) -> web.Response:
        # 404, not 503: with `http-check disable-on-404` HAProxy sends nothing new here and lets
        # the streams under way end; on a 503 it would cut them.
        ready = self._board.ready
        return web.json_response({"ready": ready}, status=200 if ready else 404)


def _unsent(transport: asyncio.Transport | None) -> int:
    return 0 if transport is None else transport.get_write_buffer_size()


class _Closed(asyncio.Protocol):
    """A connection that is one too many."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        transport.close()
