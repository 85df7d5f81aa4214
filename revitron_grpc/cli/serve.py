"""`revitron-grpc serve`: run the service."""

import asyncio
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from revitron_grpc.cli.config import check_files
from revitron_grpc.cli.daemon import detach
from revitron_grpc.cli.daemon import pid_file as held_pid_file
from revitron_grpc.cli.extras import require_server
from revitron_grpc.cli.health import ask_health
from revitron_grpc.cli.recipe_packs import RecipesOption, with_recipes
from revitron_grpc.cli.switches import DISABLE_RESEARCH, DISABLE_VALIDATION, with_switches
from revitron_grpc.cli.terminal import ExitCode, err, out, told_errors
from revitron_grpc.client.connection import Connection
from revitron_grpc.errors import FieldViolation, InvalidInputError, Reason
from revitron_grpc.framework_environment import chosen_file
from revitron_grpc.service.process.ports import check_ports
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
    replica: Annotated[
        int | None,
        typer.Option(
            min=0, max=999, help="Index of this replica on the machine: added to both ports."
        ),
    ] = None,
    processes: Annotated[
        int | None,
        typer.Option(min=1, max=256, help="Serving processes, each with ports of its own."),
    ] = None,
    shared_port: Annotated[
        bool, typer.Option("--shared-port", help="All processes on one gRPC port (Linux).")
    ] = False,
    recipes: RecipesOption = None,
    port_file: Annotated[
        Path | None,
        typer.Option(help="File that receives the ports of each process once calls are served."),
    ] = None,
    disable_validation: Annotated[
        bool, typer.Option("--disable-validation", help=DISABLE_VALIDATION)
    ] = False,
    disable_research: Annotated[
        bool, typer.Option("--disable-research", help=DISABLE_RESEARCH)
    ] = False,
    daemon: Annotated[
        bool, typer.Option("--daemon", help="Detach once calls are served; needs log files.")
    ] = False,
    pid_file: Annotated[
        Path | None, typer.Option(help="File that holds the process id while it runs.")
    ] = None,
    health_check: Annotated[
        bool,
        typer.Option("--health-check", help="Serve nothing; ask the service at the port set."),
    ] = False,
    validate_config: Annotated[
        bool, typer.Option("--validate-config", help="Serve nothing; check the settings.")
    ] = False,
    supervised: Annotated[bool, typer.Option("--supervised", hidden=True)] = False,
) -> None:
    """Serve until SIGTERM or Ctrl-C, then drain: streams under way may end. Twice ends at once.

    Options win over the environment, the environment over the file.
    """
    if daemon + health_check + validate_config > 1:
        raise typer.BadParameter("one of --daemon, --health-check, --validate-config at a time")
    with told_errors():
        if not validate_config:
            require_server()
        parent = None
        if supervised:
            from revitron_grpc.service.process.parent import Parent

            parent = Parent()
            settings = parent.settings()
        else:
            settings = with_switches(
                with_recipes(
                    _with_options(
                        load_settings(config),
                        host,
                        port,
                        http_port,
                        replica,
                        processes,
                        shared_port,
                    ),
                    recipes,
                ),
                disable_validation=disable_validation,
                disable_research=disable_research,
            )
        check_ports(settings)
        check_files(settings)
        if validate_config:
            out.print(
                f"{config or chosen_file() or 'defaults and environment'}: good", markup=False
            )
            return
        if health_check:
            addresses = _addresses(settings)
            raise typer.Exit(
                max([_health_of(settings, each, len(addresses) > 1) for each in addresses])
            )
        if daemon:
            words = [word for word in sys.argv[1:] if word != "--daemon"]
            out.print(str(detach(settings, words, pid_file, port_file)))
            return

        from revitron_grpc.service.server import serve_until_told
        from revitron_grpc.service.supervisor import WorkerMisconfiguredError, supervise_until_told
        from revitron_grpc.service.telemetry.logs import configure_logging

        server = settings.server
        configure_logging(
            settings.logging,
            replica=server.replica if parent else None,
            name="supervisor" if server.processes > 1 else str(server.replica),
            debug=settings.framework.debug_mode,
            audit=settings.audit,
        )
        cores = os.cpu_count() or 1
        if settings.executor.kind == "thread" and settings.executor.workers > cores:
            err.print(
                f"warning: executor.max_workers is {settings.executor.workers} on {cores} cores; "
                "more threads than cores only slow health checks down"
            )
        framework = settings.framework
        try:
            work = (
                supervise_until_told(settings, port_file=port_file)
                if settings.server.processes > 1
                else serve_until_told(settings, port_file=port_file, parent=parent)
            )
            with held_pid_file(pid_file):
                ended_well = asyncio.run(
                    work, debug=framework.debug_mode and framework.asyncio_debug
                )
        except (OSError, RuntimeError, WorkerMisconfiguredError) as error:
            err.print(f"error: cannot serve: {error}", style="red", markup=False)
            raise typer.Exit(ExitCode.USAGE) from error
        if not ended_well:
            raise typer.Exit(ExitCode.INTERRUPTED)


def _health_of(settings: Settings, address: str, one_of_several: bool) -> int:
    """Print how one process is; returns the exit code, also where nobody answers."""
    if one_of_several:
        out.print(f"{address}:", markup=False)
    try:
        with told_errors():
            # An emergency switch takes a part away, and nobody shall end the replica for it.
            asked = ask_health(_connection(settings, address), 5.0, parts_count=False)
            return asyncio.run(asked)
    except typer.Exit as told:
        if told.exit_code == ExitCode.INTERRUPTED:
            raise
        return told.exit_code


def _connection(settings: Settings, address: str) -> Connection:
    """How the service is asked by itself: it knows its own certificate, and shows it if need be."""
    tls = settings.tls
    if tls.certificate is None:
        return Connection(address)
    from revitron_grpc.service.security.certificates import read_certificates

    return Connection(
        address,
        ca=tls.certificate,
        certificate=tls.certificate if tls.mutual else None,
        private_key=tls.private_key if tls.mutual else None,
        server_name=read_certificates(tls).name,
    )


def _addresses(settings: Settings) -> list[str]:
    """Where each process of these settings is asked from the same machine."""
    host, port = settings.server.host, settings.server.port
    if not port:
        raise InvalidInputError(
            Reason.INVALID_CONFIGURATION,
            (FieldViolation("server.port", "is 0, a free port; --health-check needs to know it"),),
        )
    if host in ("0.0.0.0", "::", "[::]"):  # noqa: S104 - compared, not bound
        host = "127.0.0.1" if host == "0.0.0.0" else "[::1]"  # noqa: S104
    count = 1 if settings.server.shared_port else settings.server.processes
    return [f"{host}:{port + index}" for index in range(count)]


def _with_options(
    settings: Settings,
    host: str | None,
    port: int | None,
    http_port: int | None,
    replica: int | None,
    processes: int | None,
    shared_port: bool,
) -> Settings:
    server: dict[str, object] = {}
    http: dict[str, object] = {}
    if host is not None:
        server["host"] = http["host"] = host
    if port is not None:
        server["port"] = port
    if replica:
        # The side port's own setting is that of replica 0, so only this one is moved here.
        base = settings.server.port if port is None else port
        server["port"] = base and base + replica
    if replica is not None:
        server["replica"] = replica
    if processes is not None:
        server["processes"] = processes
    if shared_port:
        server["shared_port"] = True
    if http_port is not None:
        http["port"] = http_port
    return settings.model_copy(
        update={
            "server": settings.server.model_copy(update=server),
            "http": settings.http.model_copy(update=http),
        }
    )
