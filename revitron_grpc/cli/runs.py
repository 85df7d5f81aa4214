"""`revitron-grpc runs`: what was generated, and what people thought of it."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, TypeVar

import grpc
import typer
from google.protobuf.json_format import MessageToJson
from google.protobuf.timestamp_pb2 import Timestamp
from rich.table import Column, Table
from rich.text import Text

from revitron_grpc.cli.database import ConfigOption, configured_engine
from revitron_grpc.cli.server_options import (
    ApiKeyFileOption,
    CaOption,
    CertificateOption,
    PrivateKeyOption,
    ServerNameOption,
    TlsOption,
    connection_from,
)
from revitron_grpc.cli.terminal import ExitCode, err, out, run_async, told_errors
from revitron_grpc.client.connection import Connection, connect
from revitron_grpc.client.status import explained
from revitron_grpc.settings import load_settings
from revitron_grpc.v1 import button_service_pb2 as pb
from revitron_grpc.v1.button_service_pb2_grpc import ButtonServiceStub

app = typer.Typer(help="What was generated, and what people thought of it.", no_args_is_help=True)

_PAGE = 200
_ID_WIDTH = 36
_MOST_DIGITS_OF_AN_ORDINAL = 4
_BATCH = 200
_Answer = TypeVar("_Answer")


class RunsFormat(StrEnum):
    """What is written to standard output."""

    TEXT = "text"
    JSON = "json"


class State(StrEnum):
    """States of a run."""

    RUNNING = "running"
    FINISHED = "finished"
    CANCELLED = "cancelled"
    FAILED = "failed"


_Server = Annotated[str, typer.Option(help="The service, HOST:PORT.")]
_Timeout = Annotated[float, typer.Option(help="Seconds to wait for each answer.")]
_Format = Annotated[
    RunsFormat, typer.Option("--format", help="text for people; json: the messages as JSON.")
]
_RunId = Annotated[str, typer.Argument(help="The run's id, as `runs list` shows it.")]


@app.command("list")
def list_runs(
    server: _Server = "127.0.0.1:50051",
    state: Annotated[
        list[State] | None, typer.Option(help="Only runs in this state; may be repeated.")
    ] = None,
    after: Annotated[
        datetime | None, typer.Option(help="Only runs accepted then or later, in UTC.")
    ] = None,
    before: Annotated[
        datetime | None, typer.Option(help="Only runs accepted before, in UTC.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=100_000, help="Runs at most.")] = 50,
    form: _Format = RunsFormat.TEXT,
    timeout: _Timeout = 5.0,
    tls: TlsOption = False,
    ca: CaOption = None,
    certificate: CertificateOption = None,
    private_key: PrivateKeyOption = None,
    server_name: ServerNameOption = "",
    api_key_file: ApiKeyFileOption = None,
) -> None:
    """List your runs, newest first; those of everybody with an administrator's key."""
    with told_errors():
        connection = connection_from(
            server, tls, ca, certificate, private_key, server_name, api_key_file
        )
    request = pb.ListRunsRequest(
        states=[f"RUN_STATE_{word.name}" for word in state or []],
        created_after=_utc(after),
        created_before=_utc(before),
    )

    async def work(stub: Any) -> int:
        runs: list[pb.Run] = []
        while len(runs) < limit:
            request.page_size = min(_PAGE, limit - len(runs))
            page = await stub.ListRuns(request, timeout=timeout)
            runs += page.runs
            request.page_token = page.next_page_token
            if not page.next_page_token:
                break
        _tell_runs(runs, form)
        return ExitCode.GOOD

    run_async(_asked(connection, work))


@app.command()
def show(
    run_id: _RunId,
    server: _Server = "127.0.0.1:50051",
    form: _Format = RunsFormat.TEXT,
    timeout: _Timeout = 5.0,
    tls: TlsOption = False,
    ca: CaOption = None,
    certificate: CertificateOption = None,
    private_key: PrivateKeyOption = None,
    server_name: ServerNameOption = "",
    api_key_file: ApiKeyFileOption = None,
) -> None:
    """Show one run with its buttons and what was thought of them."""
    with told_errors():
        connection = connection_from(
            server, tls, ca, certificate, private_key, server_name, api_key_file
        )

    async def work(stub: Any) -> int:
        answer = await stub.GetRun(pb.GetRunRequest(run_id=run_id), timeout=timeout)
        _tell_run(answer.run, form)
        return ExitCode.GOOD

    run_async(_asked(connection, work))


@app.command()
def rate(
    run_id: _RunId,
    button: Annotated[str, typer.Argument(help="The button's number in the run, or its id.")],
    keep: Annotated[bool, typer.Option("--keep", help="You keep it.")] = False,
    reject: Annotated[
        bool, typer.Option("--reject", help="You do not want it, nor see it again.")
    ] = False,
    stars: Annotated[int | None, typer.Option(min=1, max=5, help="1 to 5.")] = None,
    comment: Annotated[str, typer.Option(help="Why, at most 2000 characters.")] = "",
    clear: Annotated[bool, typer.Option("--clear", help="Take an earlier rating back.")] = False,
    server: _Server = "127.0.0.1:50051",
    timeout: _Timeout = 5.0,
    tls: TlsOption = False,
    ca: CaOption = None,
    certificate: CertificateOption = None,
    private_key: PrivateKeyOption = None,
    server_name: ServerNameOption = "",
    api_key_file: ApiKeyFileOption = None,
) -> None:
    """Say what you think of a button; what you reject is not offered to you again."""
    if keep and reject:
        raise typer.BadParameter("one of --keep and --reject")
    if clear == bool(keep or reject or stars or comment):
        raise typer.BadParameter("give --keep, --reject, --stars or --comment, or --clear alone")
    with told_errors():
        connection = connection_from(
            server, tls, ca, certificate, private_key, server_name, api_key_file
        )
    verdict = pb.RATING_VERDICT_UNSPECIFIED
    if keep or reject:
        verdict = pb.RATING_VERDICT_KEEP if keep else pb.RATING_VERDICT_REJECT
    rating = pb.Rating(verdict=verdict, stars=stars, comment=comment)

    async def work(stub: Any) -> int:
        run = (await stub.GetRun(pb.GetRunRequest(run_id=run_id), timeout=timeout)).run
        found = [each for each in run.buttons if button in _names(each)]
        # What is not there is for the service to say.
        idea = found[0].id if found else button
        await stub.RateButton(
            pb.RateButtonRequest(run_id=run_id, button_id=idea, rating=rating), timeout=timeout
        )
        title = _plain(found[0].title) if found else idea
        out.print(f"{title}: {_opinion(rating) or 'no rating'}", markup=False)
        return ExitCode.GOOD

    run_async(_asked(connection, work))


@app.command()
def delete(
    owner: Annotated[
        str | None, typer.Option(help="All runs and ratings of this owner; '' for nobody's.")
    ] = None,
    run: Annotated[str | None, typer.Option(help="One run, by its id.")] = None,
    before: Annotated[
        datetime | None, typer.Option(help="All runs accepted before this time, in UTC.")
    ] = None,
    config: ConfigOption = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Delete for good, in the database itself; for whoever runs the service.

    Ratings go with their owner only. Runs that wait in a spool on this machine are not deleted;
    where there are such, standard error says so. Exit code 1 if there was nothing to delete.
    """
    if sum(each is not None for each in (owner, run, before)) != 1:
        raise typer.BadParameter("one of --owner, --run and --before")
    with told_errors(), configured_engine(config) as engine:
        from revitron_grpc.storage.sql_runs import SqlRuns
        from revitron_grpc.storage.versions import check_version

        check_version(engine)
        store = SqlRuns(engine)
        if not yes:
            what = f"owner {owner!r}" if owner is not None else f"{run or f'before {before}'}"
            typer.confirm(f"Delete for good: {what}?", abort=True)
        ratings = 0
        if owner is not None:
            deleted = store.delete_owner(owner)
            runs, ratings = deleted.runs, deleted.ratings
        elif run is not None:
            runs = int(store.delete_run(run))
        else:
            assert before is not None  # noqa: S101 - one of three
            runs = 0
            while count := store.delete_before(before.replace(tzinfo=UTC), _BATCH):
                runs += count
    out.print(f"deleted: {runs} runs, {ratings} ratings", markup=False)
    _tell_unwritten(config)
    if not runs + ratings:
        raise typer.Exit(ExitCode.FINDINGS)


def _tell_unwritten(config: Path | None) -> None:
    """Name the files that may hold what was to be deleted."""
    from revitron_grpc.storage.spool_folder import spool_folder, unwritten

    with told_errors():
        for path in unwritten(spool_folder(load_settings(config).runs)):
            err.print(
                f"note: {path} holds runs that the database has not taken; when the service has "
                "written them, or you have deleted the file, delete again",
                markup=False,
            )


async def _asked(connection: Connection, work: Callable[[Any], Awaitable[_Answer]]) -> _Answer:
    async with connect(connection) as channel:
        try:
            return await work(ButtonServiceStub(channel))
        except grpc.aio.AioRpcError as error:
            raise await explained(error, connection) from error


def _names(button: pb.RunButton) -> tuple[str, str]:
    """What a button may be called: an id has 16 digits, an ordinal at most four."""
    return button.id, str(button.ordinal)[:_MOST_DIGITS_OF_AN_ORDINAL]


def _tell_runs(runs: list[pb.Run], form: RunsFormat) -> None:
    if form is RunsFormat.JSON:
        lines = ",\n".join(MessageToJson(run) for run in runs)
        out.print(f"[{lines}]", markup=False)
        return
    # Ids are there to be copied: a narrow window breaks other columns.
    run_id = Column("Run", no_wrap=True, min_width=_ID_WIDTH)
    table = Table(run_id, "Accepted (UTC)", "State", "Buttons", "Owner", "Brief", box=None)
    for run in runs:
        wanted = run.request.count if run.request.HasField("count") else "-"
        made = run.summary.accepted if run.HasField("summary") else "-"
        table.add_row(
            *(run.run_id, _time(run.create_time), _state(run), f"{made} of {wanted}"),
            *(Text(_plain(text)) for text in (run.owner, run.request.brief)),
        )
    out.print(table)


def _tell_run(run: pb.Run, form: RunsFormat) -> None:
    if form is RunsFormat.JSON:
        out.print(MessageToJson(run), markup=False)
        return
    facts = {
        "run": run.run_id,
        "owner": _plain(run.owner) or "nobody in particular",
        "state": _state(run),
        "accepted": f"{_time(run.create_time)} UTC",
        "ended": f"{_time(run.end_time)} UTC" if run.HasField("end_time") else "-",
        "plan": run.plan_digest,
        "brief": _plain(run.request.brief) or "-",
    }
    for name, value in facts.items():
        out.print(f"{name:10}{value}", markup=False)
    table = Table("No", "Id", "Button", "Rating", box=None)
    for button in run.buttons:
        opinion = _opinion(button.rating) if button.HasField("rating") else ""
        table.add_row(str(button.ordinal), button.id, Text(_plain(button.title)), Text(opinion))
    out.print(table)


def _opinion(rating: pb.Rating) -> str:
    parts = []
    if rating.verdict:
        parts.append(pb.RatingVerdict.Name(rating.verdict).removeprefix("RATING_VERDICT_").lower())
    if rating.HasField("stars"):
        parts.append(f"{rating.stars} of 5")
    if rating.comment:
        parts.append(_plain(rating.comment))
    return ", ".join(parts)


def _state(run: pb.Run) -> str:
    return pb.RunState.Name(run.state).removeprefix("RUN_STATE_").lower()


def _plain(text: str) -> str:
    """What people wrote, without what a terminal would obey."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _time(moment: Timestamp) -> str:
    return moment.ToDatetime().strftime("%Y-%m-%d %H:%M")


def _utc(moment: datetime | None) -> Timestamp | None:
    if moment is None:
        return None
    message = Timestamp()
    message.FromDatetime(moment.replace(tzinfo=UTC))
    return message
