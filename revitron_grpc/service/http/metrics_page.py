"""/metrics of the side port: what Prometheus reads, and who may."""

from aiohttp import web

from revitron_grpc.access.caller import Permission
from revitron_grpc.access.gate import Gate
from revitron_grpc.errors import RevitronGrpcError
from revitron_grpc.service.http.ndjson import refusal
from revitron_grpc.service.security.credentials import http_credentials
from revitron_grpc.service.telemetry.metrics import Metrics
from revitron_grpc.service.wire.status import status_of


class MetricsPage:
    """Answers with all metrics of a replica."""

    def __init__(self, metrics: Metrics, gate: Gate | None) -> None:
        """With a `gate` the reader needs a key with the permission `read`, else nothing."""
        self._metrics = metrics
        self._gate = gate

    async def answer(self, request: web.Request) -> web.Response:
        """Answer a GET; 401 or 403 to a reader whom the gate does not let in."""
        if self._gate is not None:
            try:
                await self._gate.admit(
                    http_credentials(request, certificate_needed=False), Permission.READ
                )
            except RevitronGrpcError as error:
                return refusal(status_of(error), {"Cache-Control": "no-store"})
        body, content_type = self._metrics.exposition(request.headers.get("Accept", ""))
        return web.Response(body=body, headers={"Content-Type": content_type})
