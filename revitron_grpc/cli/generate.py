"""`revitron-grpc generate`: stream validated buttons to the terminal, a program or a folder."""

import contextlib
import uuid
from collections.abc import AsyncIterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import grpc
import typer
from google.protobuf.json_format import MessageToJson

from revitron_grpc.bundles.writer import WrittenExtension, check_target
from revitron_grpc.cli.catalog_option import OwnCatalogOption, with_catalog
from revitron_grpc.cli.choices import revit_versions
from revitron_grpc.cli.existing_tools import existing_tools
from revitron_grpc.cli.extension_output import write_specs
from revitron_grpc.cli.extras import require_profiler, require_server
from revitron_grpc.cli.progress import Progress
from revitron_grpc.cli.recipe_packs import RecipesOption, with_recipes
from revitron_grpc.cli.request_profile import RequestProfile, check_profile
from revitron_grpc.cli.run_report import tell_extension, tell_summary
from revitron_grpc.cli.server_options import (
    ApiKeyFileOption,
    CaOption,
    CertificateOption,
    PrivateKeyOption,
    ServerNameOption,
    TlsOption,
    connection_from,
)
from revitron_grpc.cli.switches import DISABLE_RESEARCH, DISABLE_VALIDATION, with_switches
from revitron_grpc.cli.terminal import ExitCode, run_async, told_errors
from revitron_grpc.client.connection import Connection, connect
from revitron_grpc.client.generate import generate as generate_buttons
from revitron_grpc.client.interruption import RunInterruptedError
from revitron_grpc.contract import CATEGORIES, CRITERIA, DISCIPLINES, ENGINES, LIBRARY_NUMBERS
from revitron_grpc.errors import Reason, RevitronGrpcError
from revitron_grpc.generation.request import MAX_COUNT, LibraryChoice
from revitron_grpc.settings import Settings, changed, load_settings
from revitron_grpc.v1.button_service_pb2 import (
    GenerateButtonsRequest,
    GenerateButtonsResponse,
    RunStarted,
    RunSummary,
    ThresholdOverride,
)
from revitron_grpc.v1.button_spec_pb2 import ButtonSpec
from revitron_grpc.vocabulary import Category, Criterion, Discipline, Engine

# Five times faster on the wire than one spec a message (DESIGN section 4).
_BATCH = 10


class StreamFormat(StrEnum):
    """What is written to standard output."""

    TEXT = "text"
    JSONL = "jsonl"


def generate(
    count: Annotated[int, typer.Option(min=1, max=MAX_COUNT, help="Buttons wanted.")] = 250,
    revit: Annotated[
        str, typer.Option(help="Revit versions: 2024, 2022-2026 or 2022,2024; all if left out.")
    ] = "",
    category: Annotated[
        list[Category] | None, typer.Option(help="Only this category; may be repeated.")
    ] = None,
    discipline: Annotated[
        list[Discipline] | None, typer.Option(help="Only this discipline; may be repeated.")
    ] = None,
    brief: Annotated[str, typer.Option(help="What you need; ranks, never rejects.")] = "",
    recipes: RecipesOption = None,
    existing: Annotated[
        list[Path] | None,
        typer.Option(help="An X.extension of yours; its tools are not offered again."),
    ] = None,
    engine: Annotated[
        Engine, typer.Option(help="The Python engine in Revit.")
    ] = Engine.IRONPYTHON_27,
    library: Annotated[
        LibraryChoice, typer.Option(help="What the scripts stand on.")
    ] = LibraryChoice.AUTO,
    pyrevit: Annotated[str, typer.Option(help="Your pyRevit version, such as 5.1.")] = "",
    threshold: Annotated[
        list[str] | None,
        typer.Option(help="CRITERION=0.0..1.0 for this run; lowered ones leave a mark."),
    ] = None,
    seed: Annotated[
        int, typer.Option(min=0, max=2**64 - 1, help="Another seed, another equally good order.")
    ] = 0,
    out: Annotated[
        Path | None, typer.Option(help="Write a pyRevit extension: a path ending in .extension.")
    ] = None,
    force: Annotated[bool, typer.Option(help="Replace what --out or --output names.")] = False,
    form: Annotated[
        StreamFormat,
        typer.Option("--format", help="text for people; jsonl: the stream as protobuf JSON."),
    ] = StreamFormat.TEXT,
    rejected: Annotated[bool, typer.Option(help="Show rejected candidates and why.")] = False,
    server: Annotated[
        str, typer.Option(help="HOST:PORT of a service; without it one runs in this process.")
    ] = "",
    tls: TlsOption = False,
    ca: CaOption = None,
    certificate: CertificateOption = None,
    private_key: PrivateKeyOption = None,
    server_name: ServerNameOption = "",
    api_key_file: ApiKeyFileOption = None,
    config: Annotated[
        Path | None, typer.Option(help="Settings of the service in this process.")
    ] = None,
    facts: OwnCatalogOption = None,
    resume: Annotated[
        str, typer.Option(help="Last token of a run that broke off: only the rest is streamed.")
    ] = "",
    timeout: Annotated[float, typer.Option(help="Seconds for the whole run.")] = 600.0,
    disable_validation: Annotated[
        bool, typer.Option("--disable-validation", help=DISABLE_VALIDATION)
    ] = False,
    disable_research: Annotated[
        bool, typer.Option("--disable-research", help=DISABLE_RESEARCH)
    ] = False,
    profile: Annotated[
        bool, typer.Option("--profile", help="Measure each function; needs --output.")
    ] = False,
    output: Annotated[
        Path | None, typer.Option(help="File of the profile, for Python's pstats.")
    ] = None,
) -> None:
    """Generate validated buttons and stream each one as it passes.

    Exit code 1 says that fewer passed than were asked for; the summary says why.
    """
    with told_errors():
        if out is not None:
            check_target(out, force=force)
        own = {
            "--config": config is not None,
            "--catalog": facts is not None,
            "--recipes": bool(recipes),
            "--disable-validation": disable_validation,
            "--disable-research": disable_research,
            "--profile": profile,
        }
        for option, given in own.items():
            if server and given:
                raise typer.BadParameter(
                    f"{option} is for a service in this process; not with --server"
                )
        remote = (ca, certificate, private_key, server_name or None, api_key_file)
        if not server and (tls or any(option is not None for option in remote)):
            raise typer.BadParameter(
                "--tls, --ca, --certificate, --private-key, --server-name and --api-key-file are "
                "for --server"
            )
        connection = (
            connection_from(server, tls, ca, certificate, private_key, server_name, api_key_file)
            if server
            else None
        )
        if profile != (output is not None):
            raise typer.BadParameter("--profile and --output FILE go together")
        if output is not None:
            require_profiler()
            check_profile(output, force=force)
        if resume and out is not None:
            raise typer.BadParameter("--resume brings only the rest of a run; not with --out")
        request = GenerateButtonsRequest(
            count=count,
            revit_versions=revit_versions(revit),
            categories=[CATEGORIES[word] for word in category or []],
            disciplines=[DISCIPLINES[word] for word in discipline or []],
            brief=brief,
            existing_tools=existing_tools(existing or []),
            engine=ENGINES[engine],
            library=LIBRARY_NUMBERS[library],
            pyrevit_version=pyrevit,
            thresholds=[_threshold(text) for text in threshold or []],
            seed=seed,
            batch_limit=1 if form is StreamFormat.JSONL else _BATCH,
            include_rejected=rejected,
            resume_token=resume,
        )
        if connection is not None:
            service = _connected(connection)
        else:
            settings = with_switches(
                with_catalog(with_recipes(load_settings(config), recipes), facts),
                disable_validation=disable_validation,
                disable_research=disable_research,
            )
            service = _own_service(settings, for_profile=profile)
    run_async(
        _generate(
            request,
            form,
            out,
            force,
            service,
            timeout,
            RequestProfile(output) if output is not None else None,
            str(uuid.uuid4()) if server else "",
        )
    )


async def _generate(
    request: GenerateButtonsRequest,
    form: StreamFormat,
    out: Path | None,
    force: bool,
    service: contextlib.AbstractAsyncContextManager[tuple[Connection, grpc.aio.Channel]],
    timeout: float,
    profile: RequestProfile | None,
    request_id: str,
) -> int:
    specs: list[ButtonSpec] = []
    started, summary = RunStarted(), RunSummary()
    with Progress(request.count, quiet=form is StreamFormat.JSONL) as progress:
        async with (
            service as (target, channel),
            _measured(profile),
            contextlib.aclosing(
                generate_buttons(
                    channel,
                    request,
                    timeout=timeout,
                    on_resume=progress.interrupted,
                    on_notice=progress.noticed,
                    target=target,
                    request_id=request_id,
                )
            ) as responses,
        ):
            async for response in _with_way_out(responses, out, request_id):
                if form is StreamFormat.JSONL:
                    print(MessageToJson(response, indent=None), flush=True)
                match response.WhichOneof("event"):
                    case "started":
                        started = response.started
                        progress.started(started)
                    case "buttons":
                        specs.extend(response.buttons.buttons)
                        progress.accepted(response.buttons.buttons)
                    case "rejected":
                        progress.rejected(response.rejected)
                    case "progress":
                        progress.progress(response.progress)
                    case "summary":
                        summary = response.summary
    written: WrittenExtension | None = None
    if out is not None and specs:
        written = write_specs(out, specs, started, force=force)
    if form is StreamFormat.TEXT:
        tell_summary(summary, request.count)
        if written is not None:
            tell_extension(written)
    if profile is not None:
        profile.tell()
    return ExitCode.GOOD if summary.accepted >= request.count else ExitCode.FINDINGS


async def _with_way_out(
    responses: AsyncIterator[GenerateButtonsResponse], out: Path | None, request_id: str
) -> AsyncIterator[GenerateButtonsResponse]:
    """The same responses; an error says how the run can go on later, and what the log calls it."""
    try:
        async for response in responses:
            yield response
    except RevitronGrpcError as error:
        if request_id and error.reason is not Reason.SERVER_UNREACHABLE:
            error.add_note(f"request id {request_id}: the log of the service has it")
        if isinstance(error, RunInterruptedError) and error.resume_token and out is None:
            error.add_note(f"for the rest, the same command with --resume {error.resume_token}")
        raise


@contextlib.asynccontextmanager
async def _connected(
    connection: Connection,
) -> AsyncIterator[tuple[Connection, grpc.aio.Channel]]:
    async with connect(connection) as channel:
        yield connection, channel


@contextlib.asynccontextmanager
async def _own_service(
    settings: Settings, *, for_profile: bool
) -> AsyncIterator[tuple[Connection, grpc.aio.Channel]]:
    """A service in this process, for the length of the run.

    One for a profile is warm, as one that has served before, and has all its work in this process.
    """
    require_server()
    from revitron_grpc.service.in_process import in_process_service

    if for_profile:
        settings = changed(settings, {"executor": {"kind": "thread"}})
    async with (
        in_process_service(settings, warm_up=for_profile) as target,
        connect(target) as channel,
    ):
        yield Connection(target), channel


@contextlib.asynccontextmanager
async def _measured(profile: RequestProfile | None) -> AsyncIterator[None]:
    with profile.measured() if profile is not None else contextlib.nullcontext():
        yield


def _threshold(text: str) -> ThresholdOverride:
    name, _, value = text.partition("=")
    try:
        criterion = CRITERIA[Criterion(name.strip())]
        return ThresholdOverride(criterion=criterion, threshold=float(value))
    except ValueError as error:
        names = ", ".join(Criterion)
        raise typer.BadParameter(
            f"--threshold {text!r}: write CRITERION=NUMBER with one of {names}"
        ) from error
