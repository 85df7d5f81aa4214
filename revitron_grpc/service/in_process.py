"""The service in the caller's own process, on a free port of loopback."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from revitron_grpc.service.server import Replica
from revitron_grpc.service.telemetry.logs import configure_logging
from revitron_grpc.settings import (
    AuditSettings,
    KeysSettings,
    LoggingSettings,
    QuotaSettings,
    RunsSettings,
    Settings,
    TlsSettings,
)
from revitron_grpc.settings.stores import NO_STORE


def in_process_settings(settings: Settings) -> Settings:
    """Return the settings of a service that only its own process uses."""
    return settings.model_copy(
        update={
            "server": settings.server.model_copy(update={"host": "127.0.0.1", "port": 0}),
            "tls": TlsSettings(),
            "http": settings.http.model_copy(update={"enabled": False}),
            # Whoever runs the process may do everything in it.
            "keys": KeysSettings(),
            "quotas": QuotaSettings(),
            "audit": AuditSettings(),
            "runs": _stored_only_if_asked(settings.runs),
        }
    )


def _stored_only_if_asked(runs: RunsSettings) -> RunsSettings:
    """A command leaves nothing in anybody's home that nobody asked for."""
    asked = runs.url or runs.url_file is not None
    return runs if asked else runs.model_copy(update={"url": NO_STORE})


@asynccontextmanager
async def in_process_service(settings: Settings, *, warm_up: bool = False) -> AsyncIterator[str]:
    """Start a replica for the length of a block; yields its address.

    It serves like any other: the same code path, with nothing to set up. With `warm_up` no run
    waits for what only the first one has to look up.
    """
    told = "info" if settings.performance.performance_monitoring else "error"
    configure_logging(
        LoggingSettings(level=told, format=settings.logging.format),
        debug=settings.framework.debug_mode,
    )
    replica = Replica(in_process_settings(settings), warm_up=warm_up)
    await replica.start()
    try:
        yield f"127.0.0.1:{replica.port}"
    finally:
        await replica.stop(notice=0, drain=0)
