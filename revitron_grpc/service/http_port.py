"""The HTTP side port: /health for people and monitors, /ready for the balancer."""

from collections.abc import Mapping
from datetime import UTC, datetime

from aiohttp import web

from revitron_grpc.service.health import HealthBoard
from revitron_grpc.settings import HttpSettings


class HttpPort:
    """An HTTP/1.1 server beside the gRPC port, in the same event loop."""

    def __init__(
        self, board: HealthBoard, settings: HttpSettings, release: str, switches: Mapping[str, bool]
    ) -> None:
        self._board = board
        self._switches = dict(switches)
        self._settings = settings
        self._release = release
        self._runner: web.AppRunner | None = None

    async def start(self, port: int) -> int:
        """Listen; returns the port, which the system chose if `port` was 0."""
        app = web.Application(client_max_size=65_536)
        app.router.add_get("/health", self._health)
        app.router.add_get("/ready", self._ready)
        self._runner = web.AppRunner(app, access_log=None, handle_signals=False)
        await self._runner.setup()
        site = web.TCPSite(self._runner, self._settings.host, port, reuse_address=True)
        await site.start()
        return int(self._runner.addresses[0][1])

    async def stop(self) -> None:
        """Stop listening."""
        if self._runner is not None:
            await self._runner.cleanup()

    async def _health(self, _: web.Request) -> web.Response:
        board = self._board
        return web.json_response(
            {
                "status": "draining" if board.draining else "degraded" if board.degraded else "ok",
                "version": self._release,
                "timestamp": datetime.now(UTC).isoformat(timespec="milliseconds"),
                "switches": self._switches,
                "components": {
                    component.value: {"status": state.condition.value, "reason": state.reason}
                    for component, state in board.components.items()
                },
            }
        )

    async def _ready(self, _: web.Request) -> web.Response:
        # 404, not 503: with `http-check disable-on-404` HAProxy sends nothing new here and lets
        # the streams under way end; on a 503 it would cut them.
        ready = self._board.ready
        return web.json_response({"ready": ready}, status=200 if ready else 404)
