"""A service is backed up under load, lost, and brought back: what it acknowledged is there."""

import json
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import grpc
import psycopg
import pytest
import sqlalchemy as sa

from revitron_grpc.access.api_key import KeyHasher, parsed_key
from revitron_grpc.access.caller import Permission
from revitron_grpc.access.issuing import issue_key
from revitron_grpc.backup.restoring import restore_backup
from revitron_grpc.errors import Reason, RevitronGrpcError
from revitron_grpc.settings import RunsSettings
from revitron_grpc.storage.database import database_url, open_engine, reading
from revitron_grpc.storage.runs import RunState
from revitron_grpc.storage.sql_keys import SqlKeys
from revitron_grpc.storage.sql_runs import SqlRuns
from revitron_grpc.storage.versions import upgrade
from revitron_grpc.v1.button_service_pb2 import (
    RATING_VERDICT_KEEP,
    RUN_STATE_FINISHED,
    GenerateButtonsRequest,
    GetRunRequest,
    RateButtonRequest,
    Rating,
)
from revitron_grpc.v1.button_service_pb2_grpc import ButtonServiceStub
from tests.e2e.conftest import Service, run, start_service
from tests.liveness import LIVENESS
from tests.programs.postgres import PostgresServer

COUNT = 5
WRITERS = 2
SECRET = "s" * 48


@dataclass(frozen=True, slots=True)
class Office:
    """A store and its settings."""

    url: str
    etc: Path
    folder: Path

    @property
    def settings(self) -> Path:
        return self.etc / "office.yaml"

    @contextmanager
    def engine(self) -> Iterator[sa.Engine]:
        settings = RunsSettings(url=self.url)
        found = database_url(settings)
        assert found is not None
        engine = open_engine(found, settings)
        try:
            yield engine
        finally:
            engine.dispose()

    def key(self, owner: str) -> str:
        """Make an API key, as `keys create` does."""
        key, record = issue_key(
            KeyHasher(SECRET.encode()),
            owner,
            frozenset(Permission),
            datetime.now(UTC),
            expires=None,
        )
        with self.engine() as engine:
            SqlKeys(engine).add(record)
        return key.reveal()

    def lose(self) -> None:
        """Nothing of it is left; what an administrator makes for a new one is there."""
        shutil.rmtree(self.etc)
        shutil.rmtree(self.folder)
        if self.url.startswith("postgresql"):
            server, _, name = self.url.rpartition("/")
            with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
                connection.execute(f"DROP DATABASE {name}".encode())
                connection.execute(f"CREATE DATABASE {name}".encode())


@dataclass(slots=True)
class Load:
    """What writers were told is done: runs with their ideas, and keys."""

    office: Office
    target: str
    key: str
    runs: dict[str, list[str]] = field(default_factory=dict)
    rated: set[str] = field(default_factory=set)
    keys: list[str] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)
    some: threading.Event = field(default_factory=threading.Event)

    def write(self, seed: int) -> None:
        metadata = [("authorization", f"Bearer {self.key}")]
        with grpc.insecure_channel(self.target) as channel:
            stub = ButtonServiceStub(channel)
            while not self.stop.is_set():
                # The same again is answered from the cache, so that writing is most of the work.
                request = GenerateButtonsRequest(count=COUNT, seed=seed)
                answers = list(stub.GenerateButtons(request, timeout=LIVENESS, metadata=metadata))
                assert answers[-1].HasField("summary")
                ideas = [spec.id for answer in answers for spec in answer.buttons.buttons]
                run_id = answers[0].started.run_id
                stub.RateButton(
                    RateButtonRequest(
                        run_id=run_id,
                        button_id=ideas[0],
                        rating=Rating(verdict=RATING_VERDICT_KEEP, comment=run_id),
                    ),
                    timeout=LIVENESS,
                    metadata=metadata,
                )
                self.rated.add(ideas[0])
                self.keys.append(self.office.key(f"owner {len(self.keys)}"))
                self.runs[run_id] = ideas
                self.stop.wait(0.2)
                if len(self.runs) >= 2:
                    self.some.set()


@pytest.fixture(params=["sqlite", "postgresql"])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Office:
    folder, etc = tmp_path / "var", tmp_path / "etc"
    etc.mkdir()
    if request.param == "sqlite":
        url = f"sqlite:///{folder}/runs.sqlite3"
    else:
        server: PostgresServer = request.getfixturevalue("postgres_server")
        url = server.fresh_database()
    (etc / "secret").write_text(SECRET)
    (etc / "database").write_text(f"{url}\n")
    found = Office(url, etc, folder)
    found.settings.write_text(
        f"runs: {{url_file: {etc}/database, spool_directory: {folder}/spool}}\n"
        f"keys: {{required: true, secret_file: {etc}/secret}}\n"
        "shutdown: {notice_seconds: 0}\n"
    )
    with found.engine() as engine:
        upgrade(engine)
    return found


@contextmanager
def serving(office: Office, folder: Path) -> Iterator[Service]:
    folder.mkdir()
    service = start_service(folder, "--config", office.settings)
    try:
        yield service
    finally:
        service.process.kill()
        service.process.wait()


@pytest.mark.timeout(300)
def test_what_was_acknowledged_before_a_backup_survives_the_loss_of_everything(
    office: Office, tmp_path: Path
) -> None:
    anna = office.key("anna")
    backups = tmp_path / "backups"
    with serving(office, tmp_path / "first") as service:
        load = Load(office, service.target, anna)
        writers = [threading.Thread(target=load.write, args=(n,)) for n in range(WRITERS)]
        for writer in writers:
            writer.start()
        assert load.some.wait(LIVENESS)
        runs, rated, keys = dict(load.runs), set(load.rated), list(load.keys)
        done = run(
            *("backup", "create", "--to", backups, "--config", office.settings),
            *("--format", "json"),
        )
        assert done.code == 0, done.err
        after = len(load.runs)
        load.stop.set()
        for writer in writers:
            writer.join(LIVENESS)
        archive = Path(json.loads(done.out)["path"])
        with pytest.raises(RevitronGrpcError) as caught:
            restore_backup(archive, datetime.now(UTC))
        assert caught.value.reason is Reason.STORE_IN_USE
    assert after > len(runs), "nothing was written while the backup was made"
    office.lose()

    # One by the command, which starts a service at its end; the other with a service afterwards.
    by_command = office.url.startswith("postgresql")
    if by_command:
        done = run("restore", archive, "--yes", "--config", office.settings)
        assert done.code == 0, done.err
        assert "revitron_grpc.v1.ButtonService     SERVING" in done.out
    else:
        restore_backup(archive, datetime.now(UTC), settings_file=office.settings)
    with office.engine() as engine:
        store, hasher = SqlRuns(engine), KeyHasher(SECRET.encode())
        for run_id, ideas in runs.items():
            found = store.get(run_id)
            assert found is not None
            assert found.state is RunState.FINISHED
            assert [button.idea_id for button in found.buttons] == ideas
        digests = {record.key_id: record.digest for record in SqlKeys(engine).all()}
        for text in (anna, *keys):
            key = parsed_key(text)
            assert key is not None
            assert hasher.matches(key, digests.get(key.key_id))
        with reading(engine) as connection:
            half = connection.execute(
                sa.text(
                    "SELECT runs.run_id FROM runs LEFT JOIN buttons USING (run_id) WHERE state ="
                    " 'finished' GROUP BY runs.run_id HAVING count(idea_id) <> :count"
                ),
                {"count": COUNT},
            ).all()
            assert half == []
            told = connection.execute(sa.text("SELECT idea_id FROM ratings WHERE owner = 'anna'"))
            assert rated <= set(told.scalars())
    if not by_command:
        with (
            serving(office, tmp_path / "second") as service,
            grpc.insecure_channel(service.target) as channel,
        ):
            # A key that was made just before the backup.
            asked = GetRunRequest(run_id=next(iter(runs)))
            metadata = [("authorization", f"Bearer {keys[-1]}")]
            answer = ButtonServiceStub(channel).GetRun(asked, timeout=LIVENESS, metadata=metadata)
            assert answer.run.state == RUN_STATE_FINISHED
