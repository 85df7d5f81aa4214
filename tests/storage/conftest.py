"""The database, embedded and served."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from revitron_grpc.settings import RunsSettings
from revitron_grpc.storage.database import database_url, open_engine
from tests.programs.postgres import PostgresServer


def engine_of(url: str, **settings: object) -> Engine:
    """An engine as a service opens it, with time enough that a busy machine is no outage."""
    found = RunsSettings.model_validate({"url": url, "timeout_seconds": 20, **settings})
    where = database_url(found)
    assert where is not None
    return open_engine(where, found)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database without tables, on each of the two."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path}/runs.sqlite3"
    else:
        server: PostgresServer = request.getfixturevalue("postgres_server")
        url = server.fresh_database()
    engine = engine_of(url)
    yield engine
    engine.dispose()
