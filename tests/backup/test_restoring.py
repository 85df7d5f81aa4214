"""A restore brings everything back, or leaves everything as it was."""

import contextlib
import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
import sqlalchemy as sa

from revitron_grpc.access.api_key import ApiKey, KeyHasher
from revitron_grpc.access.caller import Permission
from revitron_grpc.access.issuing import issue_key
from revitron_grpc.backup import replacing, restoring
from revitron_grpc.backup.making import make_backup
from revitron_grpc.backup.part import Part
from revitron_grpc.backup.restoring import Restored, restore_backup
from revitron_grpc.backup.snapshot import check_snapshot
from revitron_grpc.errors import Reason, RevitronGrpcError
from revitron_grpc.storage.database import reading, writing
from revitron_grpc.storage.schema import metadata
from revitron_grpc.storage.spool import Spool
from revitron_grpc.storage.spool_folder import open_spool
from revitron_grpc.storage.sql_keys import SqlKeys
from revitron_grpc.storage.sql_runs import SqlRuns
from revitron_grpc.storage.versions import check_version, downgrade, upgrade
from tests.backup.conftest import NOW, SECRET, Office
from tests.storage.conftest import engine_of

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def full(office: Office) -> Office:
    """An office with runs, and a key."""
    office.store(4)
    return office


def backed_up(office: Office) -> Path:
    return make_backup(office.settings(), office.settings_file, office.backups, NOW).path


def restored(archive: Path, office: Office, **options: object) -> Restored:
    office.engine.dispose()
    options.setdefault("now", LATER)
    return restore_backup(archive, **options)  # type: ignore[arg-type]


def run_ids(office: Office) -> list[str]:
    with reading(office.engine) as connection:
        return sorted(connection.execute(sa.text("SELECT run_id FROM runs")).scalars())


def content(office: Office) -> dict[str, bytes]:
    """All files but the database and the backups, with their content."""
    return {
        str(path.relative_to(office.folder)): path.read_bytes()
        for path in sorted(office.folder.rglob("*"))
        if path.is_file() and path.parent != office.backups and "runs.sqlite3" not in path.name
    }


def issued(office: Office) -> ApiKey:
    key, record = issue_key(
        KeyHasher(SECRET.encode()), "anna", frozenset({Permission.READ}), NOW, expires=None
    )
    SqlKeys(office.engine).add(record)
    return key


def destroy(office: Office) -> None:
    for path in sorted(office.folder.rglob("*"), reverse=True):
        if path.is_file() and path.parent != office.backups:
            path.unlink()
    if not office.is_sqlite:
        with writing(office.engine) as connection:
            metadata.drop_all(connection)
            connection.execute(sa.text("DROP TABLE alembic_version"))


def test_what_was_lost_is_back(full: Office) -> None:
    key = issued(full)
    ids = run_ids(full)
    before, files = full.stored(ids), content(full)
    archive = backed_up(full)
    destroy(full)
    result = restored(archive, full)
    assert full.stored(ids) == before
    assert content(full) == files
    assert full.secret.stat().st_mode & 0o777 == 0o600
    check_version(full.engine)
    [record] = SqlKeys(full.engine).all()
    assert KeyHasher(SECRET.encode()).matches(key, record.digest)
    assert result.kept == ()


def test_what_is_there_is_kept(full: Office) -> None:
    archive = backed_up(full)
    ids = run_ids(full)
    newer = full.store(1)
    full.recipe.write_text("title: changed\n")
    result = restored(archive, full)
    assert run_ids(full) == ids
    assert full.recipe.read_text() == "title: ours\n"
    kept = full.recipe.with_name("recipe.yaml.before-restore-20260123T111500Z")
    assert kept in result.kept
    assert kept.read_text() == "title: changed\n"
    # What did not differ was not touched.
    assert not any(path.name.startswith("office.yaml") for path in result.kept)
    if full.is_sqlite:
        old = engine_of(f"sqlite:///{full.database}.before-restore-20260123T111500Z")
        assert SqlRuns(old).get(newer[0]) is not None
        old.dispose()
    else:
        assert result.kept_schema == "before_restore_20260123t111500z"
        with reading(full.engine) as connection:
            rows = connection.execute(
                sa.text(f"SELECT run_id FROM {result.kept_schema}.runs")  # noqa: S608
            )
            assert newer[0] in rows.scalars().all()


def test_it_comes_back_in_the_other_database(full: Office, tmp_path: Path) -> None:
    """What came from either is one form."""
    ids = run_ids(full)
    before = full.stored(ids)
    archive = backed_up(full)
    url = f"sqlite:///{tmp_path}/other/runs.sqlite3"
    settings = tmp_path / "other.yaml"
    settings.write_text(f"runs:\n  url: {url}\nkeys:\n  secret: {SECRET}\n")
    restored(archive, full, part=Part.DATABASE, settings_file=settings)
    other = engine_of(url)
    assert [SqlRuns(other).get(one) for one in ids] == before
    other.dispose()


def test_a_dry_run_touches_nothing(full: Office) -> None:
    archive = backed_up(full)
    full.store(1)
    full.recipe.unlink()
    ids, files = run_ids(full), content(full)
    result = restored(archive, full, agreed=lambda _: False)
    assert [one.place for one in result.plan.files] == [full.recipe]
    assert (run_ids(full), content(full)) == (ids, files)


def test_a_damaged_one_touches_nothing(full: Office) -> None:
    archive = backed_up(full)
    damaged = bytearray(archive.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    archive.write_bytes(damaged)
    full.recipe.unlink()
    ids, files = run_ids(full), content(full)
    with pytest.raises(RevitronGrpcError) as caught:
        restored(archive, full)
    assert caught.value.reason is Reason.BACKUP_UNREADABLE
    assert (run_ids(full), content(full)) == (ids, files)


def test_a_service_that_runs_is_in_the_way(full: Office) -> None:
    archive = backed_up(full)
    full.recipe.unlink()
    files = content(full)
    with reading(full.engine):
        with pytest.raises(RevitronGrpcError, match="open") as caught:
            restore_backup(archive, LATER)
        assert caught.value.reason is Reason.STORE_IN_USE
    full.engine.dispose()
    spool = open_spool(full.folder / "var" / "spool", 0, 10_000)
    with pytest.raises(RevitronGrpcError, match="a service runs that has the spool"):
        restored(archive, full)
    spool.close()
    spool.path.unlink()
    (spool.path.parent / f"{spool.path.name}.lock").unlink(missing_ok=True)
    assert content(full) == files


@pytest.mark.parametrize("step", ["load_snapshot", "rename"])
def test_what_fails_in_the_middle_leaves_all_as_it_was(
    full: Office, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = backed_up(full)
    full.store(1)
    full.recipe.write_text("title: changed\n")
    full.secret.unlink()
    ids, files = run_ids(full), content(full)

    def failing(*_: object) -> None:
        raise OSError(28, "No space left on device")

    if step == "rename" or full.is_sqlite:
        renamed = Path.rename

        def only_some(path: Path, target: Path) -> Path:
            if "recipe" in target.name and "restoring" in path.name:
                failing()
            return renamed(path, target)

        monkeypatch.setattr(Path, "rename", only_some)
    else:
        monkeypatch.setattr(restoring, step, failing)
    with pytest.raises(RevitronGrpcError, match="nothing was restored") as caught:
        restored(archive, full)
    assert caught.value.reason is Reason.OUTPUT_UNWRITABLE
    assert (run_ids(full), content(full)) == (ids, files)


class Killed(BaseException):
    """The process ends here: nothing that it would do afterwards happens."""


@contextlib.contextmanager
def killed_at(count: int) -> Iterator[None]:
    """End at the rename, or the commit, of this number."""
    left = count
    renamed, swapped = Path.rename, restoring._swap_tables

    def counted() -> None:
        nonlocal left
        left -= 1
        if not left:
            raise Killed

    def rename(path: Path, target: Path) -> Path:
        found = renamed(path, target)
        counted()
        return found

    def swap(*arguments: Any) -> str:
        found = swapped(*arguments)
        counted()
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "rename", rename)
        patch.setattr(restoring, "_swap_tables", swap)
        patch.setattr(replacing, "bring_back", lambda *_: None)
        yield


def test_one_that_is_killed_anywhere_is_put_right_by_the_next(full: Office) -> None:
    archive = backed_up(full)
    ids = run_ids(full)
    before = full.stored(ids)
    done, killed, all_told = 0, True, list[str]()
    while killed:
        done += 1
        full.store(1)
        full.recipe.write_text("title: changed\n")
        full.secret.unlink()
        killed = False
        try:
            with killed_at(done):
                restored(archive, full, now=LATER + timedelta(minutes=done))
        except Killed:
            killed = True
        told: list[str] = []
        restored(archive, full, tell=told.append, now=LATER + timedelta(hours=done))
        assert any("interrupted" in line for line in told) == killed
        all_told += told
        assert full.stored(ids) == before
        assert run_ids(full) == ids
        assert full.recipe.read_text() == "title: ours\n"
        assert full.secret.read_text() == SECRET
        assert not list(full.folder.rglob("*.json"))
        assert not list(full.folder.rglob("*.restoring-*"))
    # The recipe away and there, the secret there, the database away and there or committed.
    assert done == (6 if full.is_sqlite else 5)
    # Of the last one the rows were committed: nothing of it is undone.
    ended = [line for line in all_told if "had come to its end" in line]
    assert len(ended) == (0 if full.is_sqlite else 1)


def test_an_older_one_is_brought_up_to_date(full: Office) -> None:
    downgrade(full.engine, "0001")
    full.engine.dispose()
    ids = run_ids(full)
    archive = backed_up(full)
    upgrade(full.engine)
    restored(archive, full)
    check_version(full.engine)
    assert run_ids(full) == ids


def test_one_of_a_newer_release_is_told_before_anything(full: Office) -> None:
    archive = backed_up(full)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("revitron_grpc.backup.manifest.known_versions", lambda: frozenset({"0001"}))
        with pytest.raises(RevitronGrpcError, match="newer one made it; install that"):
            restored(archive, full)


def test_keys_that_would_be_unknown_are_told_before_anything(full: Office) -> None:
    issued(full)
    archive = backed_up(full)
    machine = full.folder / "machine.yaml"
    for text in ("", f"keys:\n  secret: {'x' * 40}\n"):
        machine.write_text(f"runs:\n  url: {full.url}\n{text}")
        with pytest.raises(RevitronGrpcError, match="--void-keys"):
            restored(archive, full, part=Part.DATABASE, settings_file=machine)
    restored(archive, full, part=Part.DATABASE, settings_file=machine, void_keys=True)
    assert len(SqlKeys(full.engine).all()) == 1


def test_what_was_owed_is_owed_again(full: Office) -> None:
    spools = full.folder / "var" / "spool"
    spool = Spool(spools / "replica-0.spool", max_bytes=10_000)
    spool.append(b"owed")
    refused = Spool(spools / "replica-0.refused", max_bytes=10_000)
    refused.append(b"refused")
    refused.close()
    archive = backed_up(full)
    refused.path.unlink()
    spool.drop()
    spool.append(b"newer")
    spool.close()
    restored(archive, full)
    # What the database would not take is for people to look at, and is not offered again.
    [kept] = spools.glob("*.refused")
    assert b"refused" in kept.read_bytes()
    found = open_spool(spools, 1, 10_000)
    assert sorted(found.oldest(9)) == [b"newer", b"owed"]
    found.close()


def test_files_alone_and_only_where_somebody_named_a_place(full: Office) -> None:
    outputs = full.folder / "Out.extension"
    outputs.mkdir()
    (outputs / "a.py").write_text("print(1)")
    archive = make_backup(
        full.settings(), full.settings_file, full.backups, NOW, included=[outputs]
    ).path
    (outputs / "a.py").unlink()
    full.recipe.unlink()
    newer = full.store(1)
    result = restored(archive, full, part=Part.FILES)
    assert result.plan.passed_over == 1
    assert full.recipe.exists()
    assert not (outputs / "a.py").exists()
    assert newer[0] in run_ids(full)
    restored(archive, full, part=Part.FILES, included=[outputs])
    assert (outputs / "a.py").read_text() == "print(1)"


def test_a_place_that_the_settings_do_not_name_is_refused(full: Office) -> None:
    archive = backed_up(full)
    full.settings_file.write_text("{}")
    with forged_manifest("/etc/cron.d/evil"), pytest.raises(RevitronGrpcError, match="do not name"):
        restored(archive, full)


@contextlib.contextmanager
def forged_manifest(path: str) -> Iterator[None]:
    """Whoever writes archives can make their sums right, too."""
    plan = restoring.plan_restore

    def forged(manifest: object, *arguments: object, **options: object) -> object:
        members = tuple(
            msgspec.structs.replace(one, path=path) if one.path.endswith("keys-secret") else one
            for one in manifest.members  # type: ignore[attr-defined]
        )
        changed = msgspec.structs.replace(manifest, members=members)  # type: ignore[type-var]
        return plan(changed, *arguments, **options)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(restoring, "plan_restore", forged)
        yield


@pytest.mark.parametrize("office", ["sqlite"], indirect=True)
def test_a_store_that_is_damaged_is_replaced_with_what_it_left_beside_it(full: Office) -> None:
    archive = backed_up(full)
    ids = run_ids(full)
    full.engine.dispose()
    full.database.write_bytes(b"no database" * 1_000)
    log = full.database.with_name("runs.sqlite3-wal")
    log.write_bytes(b"no log")
    result = restored(archive, full)
    assert run_ids(full) == ids
    assert log.with_name(f"{log.name}.before-restore-20260123T111500Z") in result.kept


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER evil AFTER INSERT ON runs BEGIN DELETE FROM runs; END",
        "CREATE TABLE evil (x)",
        "INSERT INTO buttons VALUES ('no such run', 1, 'x', 'x', 'x')",
        "DELETE FROM alembic_version",
    ],
)
def test_a_database_that_is_not_ours_is_refused(tmp_path: Path, statement: str) -> None:
    path = tmp_path / "runs.sqlite3"
    engine = engine_of(f"sqlite:///{path}")
    upgrade(engine)
    engine.dispose()
    check_snapshot(path)
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
        connection.commit()
    with pytest.raises(RevitronGrpcError) as caught:
        check_snapshot(path)
    assert caught.value.reason is Reason.BACKUP_UNREADABLE
