"""An office with a store in either database, settings, a secret and a recipe pack."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from revitron_grpc.settings import Settings, load_settings
from revitron_grpc.storage.runs import BegunRun, EndedRun, Rating, RunButton, RunState, Verdict
from revitron_grpc.storage.sql_runs import SqlRuns
from revitron_grpc.storage.versions import upgrade
from tests.programs.postgres import PostgresServer
from tests.storage.conftest import engine_of

NOW = datetime(2026, 1, 23, 10, 15, tzinfo=UTC)
SECRET = "s" * 40


@dataclass(frozen=True, slots=True)
class Office:
    """What is backed up."""

    folder: Path
    url: str
    engine: Engine

    @property
    def settings_file(self) -> Path:
        return self.folder / "etc" / "office.yaml"

    @property
    def secret(self) -> Path:
        return self.folder / "etc" / "keys-secret"

    @property
    def recipe(self) -> Path:
        return self.folder / "packs" / "ours" / "recipe.yaml"

    @property
    def backups(self) -> Path:
        return self.folder / "backups"

    @property
    def database(self) -> Path:
        """The file of the store, where it is one."""
        return Path(str(self.engine.url.database))

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    def settings(self) -> Settings:
        return load_settings(self.settings_file)

    def store(self, count: int) -> list[str]:
        """Finish runs of three buttons each, one of them rated; returns their ids."""
        runs = SqlRuns(self.engine)
        made = [str(uuid.uuid4()) for _ in range(count)]
        for number, run_id in enumerate(made):
            at = NOW - timedelta(minutes=number + 1)
            begun = BegunRun(
                run_id=run_id,
                owner="Zo\u00eb",
                plan_digest="d" * 64,
                created=at,
                request=bytes(range(256)),
                rejected_ideas=("0123456789abcdef",),
            )
            buttons = tuple(
                RunButton(n, f"{number:08}{n:08}", 'Rooms\t"\\N', "rooms") for n in (1, 2, 3)
            )
            runs.finish(
                EndedRun(
                    run=begun, state=RunState.FINISHED, ended=at, summary=b"\0\n", buttons=buttons
                )
            )
            runs.rate(
                "Zo\u00eb", f"{number:08}{1:08}", Rating(verdict=Verdict.KEEP, changed=at, stars=5)
            )
        return made

    def stored(self, run_ids: list[str]) -> list[object]:
        """All that is known of runs."""
        runs = SqlRuns(self.engine)
        return [runs.get(run_id) for run_id in run_ids]

    def write_settings(self, url: str, secret: str = SECRET) -> None:
        self.secret.parent.mkdir(exist_ok=True)
        self.secret.write_text(secret)
        self.secret.chmod(0o600)
        self.settings_file.write_text(
            f"runs:\n  url: {url}\n  spool_directory: {self.folder}/var/spool\n"
            f"keys:\n  secret_file: {self.secret}\n"
            f"catalog:\n  recipe_packs: [{self.recipe.parent}]\n"
        )


@pytest.fixture(params=["sqlite", "postgresql"])
def office(
    request: pytest.FixtureRequest, tmp_path: Path, clean_environment: pytest.MonkeyPatch
) -> Iterator[Office]:
    del clean_environment
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path}/var/runs.sqlite3"
    else:
        server: PostgresServer = request.getfixturevalue("postgres_server")
        url = server.fresh_database()
    engine = engine_of(url)
    upgrade(engine)
    found = Office(tmp_path, url, engine)
    found.write_settings(url)
    found.recipe.parent.mkdir(parents=True)
    found.recipe.write_text("title: ours\n")
    yield found
    engine.dispose()
