"""`runs` and `database` against a service whose runs are in PostgreSQL."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from typer.testing import CliRunner, Result

from revitron_grpc.cli.commands import app
from revitron_grpc.errors import Reason, RevitronGrpcError
from revitron_grpc.service.server import Replica
from revitron_grpc.service.telemetry.logs import configure_logging
from revitron_grpc.settings import RunsSettings
from revitron_grpc.storage.spool import Spool
from tests.programs.postgres import PostgresServer
from tests.service.conftest import SETTINGS

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def run(*words: str | Path, code: int = 0) -> Result:
    """Run a command beside the service."""
    done = await asyncio.to_thread(CliRunner().invoke, app, [*map(str, words)])
    assert done.exit_code == code, done.output
    return done


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory, postgres_server: PostgresServer) -> Path:
    folder = tmp_path_factory.mktemp("settings")
    (folder / "url").write_text(postgres_server.fresh_database() + "\n")
    path = folder / "office.yaml"
    path.write_text(f"runs:\n  url_file: {folder}/url\n  spool_directory: {folder}/other\n")
    return path


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def server(config: Path) -> AsyncIterator[str]:
    configure_logging(SETTINGS.logging)
    runs = RunsSettings(url_file=config.with_name("url"), spool_directory=config.parent / "spool")
    replica = Replica(SETTINGS.model_copy(update={"runs": runs}))
    # The tables are made by whoever runs the service, so that no replica needs the right to.
    with pytest.raises(RevitronGrpcError, match="database upgrade") as caught:
        await replica.start()
    await replica.abandon()
    assert caught.value.reason is Reason.DATABASE_VERSION
    assert "no tables" in (await run("database", "version", "--config", config, code=1)).output
    assert "no tables" in (await run("database", "upgrade", "--config", config)).output
    assert "nothing to do" in (await run("database", "upgrade", "--config", config)).output
    await run("database", "version", "--config", config)
    replica = Replica(SETTINGS.model_copy(update={"runs": runs}))
    await replica.start()
    yield f"127.0.0.1:{replica.port}"
    await replica.stop(notice=0, drain=0)


async def test_a_run_is_listed_shown_rated_and_deleted(server: str, config: Path) -> None:
    wanted = ("--count", "3", "--brief", "[red]doors\x1b[31m", "--format", "jsonl")

    async def generate() -> list[dict[str, dict[str, object]]]:
        done = await run("generate", *wanted, "--server", server)
        return [json.loads(line) for line in done.stdout.splitlines()]

    async def runs(*words: str) -> str:
        return (await run("runs", *words, "--server", server)).stdout

    events = await generate()
    run_id = str(events[0]["started"]["runId"])
    listed = await runs("list", "--state", "finished", "--after", "2020-01-01")
    assert run_id in listed
    assert "3 of 3" in listed
    assert "[red]doors" in listed
    assert "\x1b" not in listed
    assert run_id not in await runs("list", "--state", "failed")
    assert run_id not in await runs("list", "--before", "2020-01-01")
    assert json.loads(await runs("list", "--limit", "1", "--format", "json"))[0]["runId"] == run_id
    opinion = "reject, 2 of 5, we have it"
    words = ("--reject", "--stars", "2", "--comment", "we have it")
    assert opinion in await runs("rate", run_id, "2", *words)
    assert opinion in await runs("show", run_id)
    shown = json.loads(await runs("show", run_id, "--format", "json"))
    ideas = [button["id"] for button in shown["buttons"]]
    assert len(ideas) == 3
    again = await generate()
    assert ideas[1] not in json.dumps(again)
    assert "no rating" in await runs("rate", run_id, ideas[1], "--clear")

    missing = await run("runs", "show", "no-such-run", "--server", server, code=3)
    assert "no-such-run" in missing.output
    for wrong in (("--keep", "--reject"), (), ("--keep", "--clear")):
        await run("runs", "rate", run_id, "1", *wrong, "--server", server, code=2)

    delete = ("runs", "delete", "--config", config)
    await run(*delete, code=2)
    await run(*delete, "--run", run_id, code=1)  # nobody is there to say yes
    assert "deleted: 1 runs" in (await run(*delete, "--run", run_id, "--yes")).output
    await run(*delete, "--run", run_id, "--yes", code=1)
    await runs("rate", str(again[0]["started"]["runId"]), "1", "--keep")
    done = await run(*delete, "--owner", "", "--yes")
    assert "deleted: 1 runs, 2 ratings" in done.output
    assert "note:" not in done.output
    spool = Spool(config.parent / "other" / "replica-0.spool", max_bytes=10_000)
    spool.append(b"owed")
    spool.close()
    done = await run(*delete, "--before", "2020-01-01", "--yes", code=1)
    assert f"note: {spool.path} holds runs that the database has not taken" in done.stderr


async def test_a_database_goes_back_and_forth(tmp_path: Path) -> None:
    path = tmp_path / "settings.yaml"
    path.write_text(f"runs:\n  url: sqlite:///{tmp_path}/runs.sqlite3\n")
    await run("database", "upgrade", "--config", path)
    await run("database", "downgrade", "base", "--config", path, code=1)
    await run("database", "version", "--config", path)
    await run("database", "downgrade", "base", "--yes", "--config", path)
    assert "no tables" in (await run("database", "version", "--config", path, code=1)).output
    path.write_text("runs:\n  url: none\n")
    await run("database", "version", "--config", path, code=2)
