"""How long it takes to back up a store of so many runs, and to bring it back.

`python -m tests.bench.recovery 10000` measures both databases, with 25 buttons a run; the database
is lost in between.
"""

import argparse
import json
import sys
import tempfile
import time
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from revitron_grpc.backup.making import make_backup
from revitron_grpc.backup.part import Part
from revitron_grpc.backup.restoring import restore_backup
from revitron_grpc.settings import Settings
from revitron_grpc.storage.database import as_long_as_it_takes, writing
from revitron_grpc.storage.schema import buttons, metadata, ratings, runs
from revitron_grpc.storage.versions import upgrade
from revitron_grpc.v1.button_service_pb2 import GenerateButtonsRequest, RunSummary
from tests.programs.postgres import PostgresServer
from tests.storage.conftest import engine_of

BUTTONS = 25
_AT_A_TIME = 1_000
_BEGAN = datetime(2026, 1, 1, tzinfo=UTC)


def fill(engine: Engine, count: int) -> None:
    """Store runs as a service does, each with a rating of one of its buttons."""
    request = GenerateButtonsRequest(count=BUTTONS, brief="Doors without a room, " * 10)
    summary = RunSummary(accepted=BUTTONS)
    for first in range(0, count, _AT_A_TIME):
        numbers = range(first, min(first + _AT_A_TIME, count))
        ids = {n: str(uuid.UUID(int=n)) for n in numbers}
        with writing(engine) as connection:
            as_long_as_it_takes(connection)
            connection.execute(
                sa.insert(runs),
                [
                    {
                        "run_id": ids[n],
                        "owner": f"owner {n % 50}",
                        "plan_digest": f"{n:064x}",
                        "state": "finished",
                        "created": _BEGAN + timedelta(seconds=n),
                        "ended": _BEGAN + timedelta(seconds=n + 9),
                        "changed": _BEGAN + timedelta(seconds=n + 9),
                        "request": request.SerializeToString(),
                        "summary": summary.SerializeToString(),
                        "rejected_ideas": [f"{n:016x}"],
                    }
                    for n in numbers
                ],
            )
            connection.execute(
                sa.insert(buttons),
                [
                    {
                        "run_id": ids[n],
                        "ordinal": ordinal,
                        "idea_id": f"{n * BUTTONS + ordinal:016x}",
                        "title": "Rename views by level",
                        "category": "documentation",
                    }
                    for n in numbers
                    for ordinal in range(1, BUTTONS + 1)
                ],
            )
            connection.execute(
                sa.insert(ratings),
                [
                    {
                        "owner": f"owner {n % 50}",
                        "idea_id": f"{n * BUTTONS + 1:016x}",
                        "verdict": "keep",
                        "comment": "",
                        "changed": _BEGAN,
                    }
                    for n in numbers
                ],
            )


def measure(url: str, folder: Path, count: int) -> dict[str, object]:
    """Fill, back up, lose, restore."""
    engine = engine_of(url)
    upgrade(engine)
    fill(engine, count)
    settings_file = folder / "settings.yaml"
    settings_file.write_text(f"runs: {{url: '{url}', spool_directory: {folder}/spool}}\n")
    settings = Settings.model_validate(
        {"runs": {"url": url, "spool_directory": str(folder / "spool")}}
    )
    began = time.perf_counter()
    made = make_backup(settings, settings_file, folder / "backups", datetime.now(UTC))
    made_in = time.perf_counter() - began
    if engine.dialect.name == "sqlite":
        engine.dispose()
        Path(str(engine.url.database)).unlink()
    else:
        with writing(engine) as connection:
            metadata.drop_all(connection)
            connection.execute(sa.text("DROP TABLE alembic_version"))
        engine.dispose()
    began = time.perf_counter()
    restore_backup(made.path, datetime.now(UTC), part=Part.DATABASE, settings_file=settings_file)
    restored_in = time.perf_counter() - began
    return {
        "database": made.manifest.database,
        "runs": made.manifest.rows["runs"],
        "rows": sum(made.manifest.rows.values()),
        "database_mib": round(made.manifest.size / 2**20, 1),
        "backup_mib": round(made.size / 2**20, 1),
        "backup_seconds": round(made_in, 1),
        "restore_seconds": round(restored_in, 1),
        "peak_mib": round(psutil.Process().memory_info().rss / 2**20),
    }


def main() -> int:
    """Measure what the command line asks for; a line of JSON each."""
    parser = argparse.ArgumentParser(prog="tests.bench.recovery", description=__doc__)
    parser.add_argument("runs", type=int)
    count = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "sqlite"
        folder.mkdir()
        print(json.dumps(measure(f"sqlite:///{folder}/runs.sqlite3", folder, count)), flush=True)
        with tempfile.TemporaryDirectory(prefix="revitron-grpc-postgres-") as data:
            server = PostgresServer(Path(data))
            server.start()
            try:
                print(json.dumps(measure(server.fresh_database(), Path(scratch), count)))
            finally:
                server.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
