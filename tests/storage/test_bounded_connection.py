"""A PostgreSQL that hangs is away like one that is gone."""

import pytest
import sqlalchemy as sa

from revitron_grpc.errors import StoreUnavailableError
from revitron_grpc.settings import RunsSettings
from revitron_grpc.storage.database import (
    as_long_as_it_takes,
    database_url,
    open_engine,
    reading,
    writing,
)
from tests.programs.postgres import PostgresServer

ONE = sa.text("SELECT 1")


def hang_and_ask(server: PostgresServer, engine: sa.Engine) -> None:
    with reading(engine) as connection:
        server.pause()
        connection.execute(ONE)


def test_a_server_that_hangs_is_given_up_and_asked_again(postgres_server: PostgresServer) -> None:
    settings = RunsSettings(url=postgres_server.url, timeout_seconds=0.2, pool_size=1)
    url = database_url(settings)
    assert url is not None
    engine = open_engine(url, settings)
    with reading(engine) as connection:
        connection.execute(ONE)  # from now on the pool holds a connection
    try:
        with pytest.raises(StoreUnavailableError, match="no answer for"):
            hang_and_ask(postgres_server, engine)
        with pytest.raises(StoreUnavailableError), reading(engine):
            pass
    finally:
        postgres_server.resume()
    with reading(engine) as connection:
        assert connection.execute(ONE).scalar() == 1
    engine.dispose()


def test_a_migration_may_take_longer(postgres_server: PostgresServer) -> None:
    settings = RunsSettings(url=postgres_server.url, timeout_seconds=0.1, pool_size=1)
    url = database_url(settings)
    assert url is not None
    engine = open_engine(url, settings)
    sleep = sa.text("SELECT pg_sleep(1)")
    with writing(engine) as connection:
        as_long_as_it_takes(connection)
        connection.execute(sleep)
    with pytest.raises(StoreUnavailableError, match="statement timeout"), reading(engine) as other:
        other.execute(sleep)
    engine.dispose()
