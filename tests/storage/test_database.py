"""The database: which one is meant, how it is opened, and what is said when it is away."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from pydantic import ValidationError
from sqlalchemy.engine import Engine

from revitron_grpc.access.api_key import KeyHasher
from revitron_grpc.access.caller import Permission
from revitron_grpc.access.issuing import issue_key
from revitron_grpc.errors import InvalidInputError, Reason, RevitronGrpcError, StoreUnavailableError
from revitron_grpc.settings import RunsSettings
from revitron_grpc.settings.stores import without_password
from revitron_grpc.storage.database import database_url, reading, writing
from revitron_grpc.storage.runs import (
    BegunRun,
    EndedRun,
    Rating,
    RunButton,
    RunState,
    Verdict,
)
from revitron_grpc.storage.schema import metadata
from revitron_grpc.storage.sql_keys import SqlKeys
from revitron_grpc.storage.sql_runs import SqlRuns
from revitron_grpc.storage.versions import (
    _MIGRATIONS,
    check_version,
    downgrade,
    losses,
    newest_version,
    upgrade,
    version_of,
)
from tests.programs.ports import free_port
from tests.programs.postgres import PostgresServer
from tests.storage.conftest import engine_of

MOMENT = datetime(2026, 1, 23, 10, 15, tzinfo=UTC)
PASSWORD = "p4ss-w0rd"  # noqa: S105


class TestUrl:
    def test_an_sqlite_file_in_the_users_folder_by_default(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
        url = database_url(RunsSettings())
        assert url is not None
        assert url.database == str(tmp_path / "revitron-grpc" / "runs.sqlite3")

    def test_none_is_none(self) -> None:
        assert database_url(RunsSettings(url="none")) is None

    def test_a_file_holds_the_url_and_its_password(self, tmp_path: Path) -> None:
        path = tmp_path / "url"
        path.write_text(f"postgresql://anna:{PASSWORD}@db.example/runs\n")
        url = database_url(RunsSettings(url_file=path))
        assert url is not None
        assert url.password == PASSWORD

    @pytest.mark.parametrize(
        "content", ["", "\n", "mysql://h/x", f"postgresql://a:{PASSWORD}@h:x/"]
    )
    def test_a_wrong_file_is_named_and_not_quoted(self, tmp_path: Path, content: str) -> None:
        path = tmp_path / "url"
        path.write_text(content)
        with pytest.raises(InvalidInputError, match="url_file") as caught:
            database_url(RunsSettings(url_file=path))
        assert PASSWORD not in str(caught.value)

    def test_a_missing_file_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(InvalidInputError, match="nowhere"):
            database_url(RunsSettings(url_file=tmp_path / "nowhere"))

    def test_another_database_is_refused_without_its_password(self) -> None:
        with pytest.raises(ValidationError, match="postgresql://") as caught:
            RunsSettings(url=f"mysql://anna:{PASSWORD}@db/runs")
        assert PASSWORD not in str(caught.value)

    def test_two_places_are_one_too_many(self, tmp_path: Path) -> None:
        with pytest.raises(ValidationError, match="leave one of them out"):
            RunsSettings(url="none", url_file=tmp_path)

    def test_a_repr_has_no_password(self) -> None:
        url = f"postgresql://anna:{PASSWORD}@db/runs"
        assert PASSWORD not in repr(RunsSettings(url=url))
        assert PASSWORD not in repr(engine_of(url))

    @pytest.mark.parametrize(
        ("url", "shown"),
        [
            ("postgresql://anna:se:cr@et@db/runs", "postgresql://anna:***@db/runs"),
            (
                "postgresql://db/runs?user=anna&password=x@y",
                "postgresql://db/runs?user=anna&password=***",
            ),
            ("postgresql://anna@db:5432/runs", "postgresql://anna@db:5432/runs"),
            ("sqlite:////srv/runs.sqlite3", "sqlite:////srv/runs.sqlite3"),
        ],
    )
    def test_a_password_is_masked(self, url: str, shown: str) -> None:
        assert without_password(url) == shown


class TestSqlite:
    def test_a_power_cut_and_a_reader_beside_a_writer_are_provided_for(
        self, tmp_path: Path
    ) -> None:
        engine = engine_of(f"sqlite:///{tmp_path}/new/runs.sqlite3")
        with reading(engine) as connection:
            for pragma, value in (("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)):
                assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value
        upgrade(engine)
        with writing(engine), reading(engine) as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM runs").scalar() == 0
        engine.dispose()

    def test_a_folder_that_cannot_be_made_is_named(self, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        with pytest.raises(InvalidInputError, match=r"runs\.url"):
            engine_of(f"sqlite:///{tmp_path}/file/below/runs.sqlite3")

    def test_a_locked_database_is_unavailable_in_time(self, tmp_path: Path) -> None:
        url = f"sqlite:///{tmp_path}/runs.sqlite3"
        holder, other = engine_of(url), engine_of(url, timeout_seconds=0.1)
        with writing(holder), pytest.raises(StoreUnavailableError, match="locked"), writing(other):
            pass
        holder.dispose()
        other.dispose()


class TestPostgresql:
    def test_nobody_there_is_unavailable_and_tells_no_password(self) -> None:
        engine = engine_of(f"postgresql://anna:{PASSWORD}@127.0.0.1:{free_port()}/runs")
        with pytest.raises(StoreUnavailableError) as caught, reading(engine):
            pass
        assert caught.value.reason is Reason.STORE_UNAVAILABLE
        assert "127.0.0.1" in caught.value.message
        assert PASSWORD not in caught.value.message

    def test_a_statement_has_its_time(self, postgres_server: object) -> None:
        url = postgres_server.url  # type: ignore[attr-defined]
        engine = engine_of(url, timeout_seconds=0.1)
        with pytest.raises(StoreUnavailableError, match="timeout"), reading(engine) as connection:
            connection.execute(sa.text("SELECT pg_sleep(30)"))
        engine.dispose()

    def test_one_without_an_encoding_keeps_names(self, postgres_server: PostgresServer) -> None:
        engine = engine_of(
            postgres_server.fresh_database("ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0")
        )
        upgrade(engine)
        store, owner = SqlKeys(engine), "Zo\u00eb \u0141"
        _, record = issue_key(KeyHasher(b"x" * 32), owner, frozenset({Permission.READ}), MOMENT)
        store.add(record)
        assert [found.owner for found in store.all()] == [owner]
        engine.dispose()


class TestVersions:
    def test_up_and_down_and_up_again(self, empty_engine: Engine) -> None:
        assert version_of(empty_engine) == ""
        assert upgrade(empty_engine) == ""
        assert version_of(empty_engine) == newest_version()
        with reading(empty_engine) as connection:
            assert set(metadata.tables) <= set(sa.inspect(connection).get_table_names())
        assert downgrade(empty_engine, "base") == newest_version()
        with reading(empty_engine) as connection:
            assert sa.inspect(connection).get_table_names() == ["alembic_version"]
        assert upgrade(empty_engine) == ""

    def test_runs_survive_every_step_down_and_up(self, empty_engine: Engine) -> None:
        upgrade(empty_engine)
        runs, keys = SqlRuns(empty_engine), SqlKeys(empty_engine)
        begun = BegunRun(
            run_id="a", owner="anna", plan_digest="d" * 64, created=MOMENT, request=b"\0"
        )
        button = RunButton(1, "0123456789abcdef", "Rooms", "rooms")
        runs.finish(EndedRun(run=begun, state=RunState.FINISHED, ended=MOMENT, buttons=(button,)))
        runs.rate("anna", button.idea_id, Rating(verdict=Verdict.KEEP, changed=MOMENT))
        _, record = issue_key(
            KeyHasher(b"s" * 40), "anna", frozenset(Permission), MOMENT, expires=None
        )
        keys.add(record)
        before = runs.get("a")
        assert losses(empty_engine, "0001") == ("the table api_keys with 1 rows",)
        assert keys.all() == (record,), "looking lost something"
        steps = [step.revision for step in ScriptDirectory(_MIGRATIONS).walk_revisions()]
        for step in steps[1:]:
            downgrade(empty_engine, step)
            assert version_of(empty_engine) == step
        assert runs.get("a") == before
        upgrade(empty_engine)
        assert runs.get("a") == before
        assert keys.all() == ()

    def test_the_newest_version_is_the_schema(self, empty_engine: Engine) -> None:
        upgrade(empty_engine)
        with reading(empty_engine) as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            assert compare_metadata(context, metadata) == []

    def test_three_at_once(self, empty_engine: Engine) -> None:
        with ThreadPoolExecutor(3) as pool:
            befores = list(pool.map(lambda _: upgrade(empty_engine), range(3)))
        assert sorted(befores) == ["", newest_version(), newest_version()]

    def test_an_old_one_is_told_what_to_do(self, empty_engine: Engine) -> None:
        with pytest.raises(RevitronGrpcError, match="database upgrade") as caught:
            check_version(empty_engine)
        assert caught.value.reason is Reason.DATABASE_VERSION
        upgrade(empty_engine)
        check_version(empty_engine)

    def test_a_newer_one_is_told(self, empty_engine: Engine) -> None:
        upgrade(empty_engine)
        with writing(empty_engine) as connection:
            connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
        for refused in (check_version, upgrade):
            with pytest.raises(RevitronGrpcError, match=r"9999.*newer") as caught:
                refused(empty_engine)
            assert caught.value.reason is Reason.DATABASE_VERSION
