"""The run store of a replica that nobody calls."""

import asyncio
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from revitron_grpc.service.health import HealthBoard
from revitron_grpc.service.runs.run_records import open_run_records
from revitron_grpc.service.stores.run_store_health import RunStoreHealth
from revitron_grpc.service.telemetry.metrics import Metrics
from revitron_grpc.settings import RunsSettings
from revitron_grpc.storage.database import database_url, open_engine
from revitron_grpc.storage.versions import upgrade
from tests.liveness import until
from tests.programs.postgres import PostgresServer


@pytest.fixture
def stopped() -> Iterator[PostgresServer]:
    """A server with our tables that does not run now."""
    # Not below pytest's folder, which only its owner may enter.
    folder = Path(tempfile.mkdtemp(prefix="revitron-grpc-postgres-"))
    server = PostgresServer(folder)
    try:
        server.start()
        url = database_url(RunsSettings(url=server.url))
        assert url is not None
        engine = open_engine(url, RunsSettings(url=server.url))
        upgrade(engine)
        engine.dispose()
        server.stop()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder)


async def test_a_store_that_is_back_is_noticed_although_nobody_asks(
    stopped: PostgresServer, tmp_path: Path
) -> None:
    board, metrics = HealthBoard(()), Metrics("0.1.0")
    settings = RunsSettings(url=stopped.url, spool_directory=tmp_path)
    records = await open_run_records(settings, RunStoreHealth(board, metrics), metrics)
    assert records is not None
    looking = asyncio.create_task(records.look_again())
    try:
        assert "is away" in board.everything["runs"].reason
        await asyncio.to_thread(stopped.start)
        await until(lambda: not board.everything["runs"].reason)
        assert not records.calls.away
    finally:
        looking.cancel()
        await records.close()
