"""`revitron-grpc serve`: run the service."""

import asyncio
import os
from pathlib import Path
from typing import Annotated

import typer

from revitron_grpc.cli.extras import require_server
from revitron_grpc.cli.switches import DISABLE_RESEARCH, DISABLE_VALIDATION, with_switches
from revitron_grpc.cli.terminal import ExitCode, err, told_errors
from revitron_grpc.settings import Settings, load_settings


def serve(
    config: Annotated[Path | None, typer.Option(help="Settings as YAML.")] = None,
    host: Annotated[str | None, typer.Option(help="Address for both ports.")] = None,
    port: Annotated[
        int | None, typer.Option(min=0, max=65_535, help="gRPC port; 0 takes a free one.")
    ] = None,
    http_port: Annotated[
        int | None, typer.Option(min=0, max=65_535, help="Side port; 0 takes a free one.")
    ] = None,
    port_file: Annotated[
        Path | None, typer.Option(help="File that receives both ports once calls are served.")
    ] = None,
    disable_validation: Annotated[
        bool, typer.Option("--disable-validation", help=DISABLE_VALIDATION)
    ] = False,
    disable_research: Annotated[
        bool, typer.Option("--disable-research", help=DISABLE_RESEARCH)
    ] = False,
) -> None:
    """Serve until SIGTERM or Ctrl-C, then drain: streams under way may end.

    Options win over the environment, the environment over the file.
    """
    with told_errors():
        require_server()
        from revitron_grpc.service.logs import configure_logging
        from revitron_grpc.service.server import serve_until_signal

        settings = with_switches(
            _with_options(load_settings(config), host, port, http_port),
            disable_validation=disable_validation,
            disable_research=disable_research,
        )
        configure_logging(
            settings.logging,
            name=str(settings.server.replica),
            debug=settings.framework.debug_mode,
        )
        cores = os.cpu_count() or 1
        if settings.executor.kind == "thread" and settings.executor.workers > cores:
            err.print(
                f"warning: executor.max_workers is {settings.executor.workers} on {cores} cores; "
                "more threads than cores only slow health checks down"
            )
        try:
            asyncio.run(serve_until_signal(settings, port_file=port_file))
        except (OSError, RuntimeError) as error:
            err.print(f"error: cannot serve: {error}", style="red", markup=False)
            raise typer.Exit(ExitCode.USAGE) from error


def _with_options(
    settings: Settings, host: str | None, port: int | None, http_port: int | None
) -> Settings:
    server: dict[str, object] = {}
    http: dict[str, object] = {}
    if host is not None:
        server["host"] = http["host"] = host
    if port is not None:
        server["port"] = port
    if http_port is not None:
        http["port"] = http_port
    return settings.model_copy(
        update={
            "server": settings.server.model_copy(update=server),
            "http": settings.http.model_copy(update=http),
        }
    )
