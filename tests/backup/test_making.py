"""A backup is whole and under its name, or not there at all."""

import os
import sqlite3
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from sqlalchemy import event
from sqlalchemy.engine import Engine

from revitron_grpc.backup import making, snapshot
from revitron_grpc.backup.encryption import new_identity
from revitron_grpc.backup.making import MadeBackup, make_backup
from revitron_grpc.backup.manifest import Role
from revitron_grpc.backup.restoring import verified_backup
from revitron_grpc.backup.shelf import on_shelf, remove_old
from revitron_grpc.backup.sources import NOT_NAMED, named_paths
from revitron_grpc.errors import InvalidInputError, Reason, RevitronGrpcError
from revitron_grpc.settings import Settings, load_settings
from revitron_grpc.storage.database import writing
from revitron_grpc.storage.schema import runs
from revitron_grpc.storage.spool import Spool
from revitron_grpc.storage.versions import newest_version
from tests.backup.conftest import NOW, SECRET, Office


def made(office: Office, **options: object) -> MadeBackup:
    settings = office.settings()
    now = options.pop("now", NOW)
    return make_backup(settings, office.settings_file, office.backups, now, **options)  # type: ignore[arg-type]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if not path.name.endswith(".lock"))


def test_everything_that_cannot_be_made_again_is_in_it(office: Office) -> None:
    office.store(3)
    spool = Spool(office.folder / "var" / "spool" / "replica-0.spool", max_bytes=10_000)
    spool.append(b"owed")
    outputs = office.folder / "Out.extension"
    outputs.mkdir()
    (outputs / "a.py").write_text("print(1)")
    (outputs / "link").symlink_to(office.secret)
    (office.settings_file.parent / "environment").write_text("A=1")
    # What is in a folder for another reason is not in the backup twice.
    backup = made(office, included=[outputs, office.settings_file.parent])
    spool.close()
    assert backup.path.name == "revitron-grpc-20260123T101500Z.tar.zst"
    assert stat.S_IMODE(backup.path.stat().st_mode) == 0o600
    with verified_backup(backup.path) as (manifest, members):
        found = {
            (one.role, Path(one.path).name): (members / str(number)).read_bytes()
            for number, one in enumerate(manifest.members)
        }
        with sqlite3.connect(members / str(len(found) - 1)) as connection:
            assert connection.execute("SELECT owner FROM runs").fetchall() == [("Zo\u00eb",)] * 3
        connection.close()
    assert manifest == backup.manifest
    assert next(iter(found)) == (Role.SPOOL, "replica-0.spool")
    assert b"owed" in found[Role.SPOOL, "replica-0.spool"]
    assert found[Role.SETTINGS, "office.yaml"] == office.settings_file.read_bytes()
    assert found[Role.NAMED, "keys-secret"] == SECRET.encode()
    assert found[Role.NAMED, "recipe.yaml"] == b"title: ours\n"
    assert found[Role.INCLUDED, "a.py"] == b"print(1)"
    assert found[Role.INCLUDED, "environment"] == b"A=1"
    assert len(found) == len(manifest.members) == 7
    assert manifest.rows == {"api_keys": 0, "buttons": 9, "ratings": 3, "runs": 3}
    assert manifest.schema == newest_version()
    assert [str(outputs / "link") in one for one in manifest.left_out] == [True]


def test_what_only_the_environment_has_is_told(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REVITRON_GRPC_RESUME__SECRET", SECRET)
    told = made(office).manifest.left_out
    assert "REVITRON_GRPC_RESUME__SECRET" in told[0]
    assert SECRET not in told[0]


def test_every_path_of_the_settings_is_taken_or_is_of_another_kind(tmp_path: Path) -> None:
    """A new setting with a path is in the backup without anybody thinking of it."""
    paths = {key for key, _ in named_paths(Settings())} | NOT_NAMED
    assert paths >= NOT_NAMED
    path = tmp_path / "s.yaml"
    path.write_text(
        "tls: {certificate: /a, private_key: /b}\nresearch:\n  sources:\n"
        "  - {name: x, kind: library, url: 'https://x', token_file: /c}\n  directory: /not\n"
        "logging: {directory: /not}\n"
    )
    assert {key for key, _ in named_paths(load_settings(path))} == {
        "tls.certificate",
        "tls.private_key",
        "research.sources.token_file",
    }


def test_a_file_that_is_named_and_missing_is_told_and_nothing_is_left(office: Office) -> None:
    office.secret.unlink()
    with pytest.raises(InvalidInputError, match=r"keys\.secret_file.*does not exist"):
        made(office)
    assert names(office.backups) == []


def test_only_who_has_the_key_reads_an_encrypted_one(office: Office, tmp_path: Path) -> None:
    (private, public), (other, _) = new_identity(), new_identity()
    backup = made(office, recipients=[public])
    assert backup.path.suffix == ".age"
    identity = tmp_path / "identity"
    identity.write_text(f"# created by somebody\n{private}\n")
    with verified_backup(backup.path, identity) as (manifest, _):
        assert manifest == backup.manifest
    identity.write_text(other)
    for key in (None, identity):
        with (
            pytest.raises(RevitronGrpcError, match="crypted") as caught,
            verified_backup(backup.path, key),
        ):
            pass
        assert caught.value.reason is Reason.BACKUP_UNREADABLE
    content = bytearray(backup.path.read_bytes())
    content[-1] ^= 1
    backup.path.write_bytes(content)
    identity.write_text(private)
    with (
        pytest.raises(RevitronGrpcError, match="decrypted"),
        verified_backup(backup.path, identity),
    ):
        pass
    for wrong in ("age1nothing", private):
        with pytest.raises(InvalidInputError, match="--recipient"):
            made(office, recipients=[wrong])


def test_old_ones_go_only_after_a_good_one(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    for days in (40, 31, 29):
        made(office, now=NOW - timedelta(days=days), keep_days=0)
    others = ["revitron-grpc-20200101T000000Z.tar.zst.old", "notes.txt", "x.tar.zst"]
    for name in others:
        (office.backups / name).touch()
    assert len(on_shelf(office.backups)) == 3
    with monkeypatch.context() as patch:
        patch.setattr(making, "read_archive", refusing)
        with pytest.raises(RevitronGrpcError, match="damaged"):
            made(office)
    assert len(on_shelf(office.backups)) == 3
    backup = made(office)
    assert len(backup.removed) == 2
    assert [one.made for one in on_shelf(office.backups)] == [NOW, NOW - timedelta(days=29)]
    assert set(others) < set(names(office.backups))
    # The good one stays, however old its name says that it is.
    old = on_shelf(office.backups)[-1].path
    assert remove_old(office.backups, old, NOW + timedelta(days=99), 30) == (backup.path,)
    assert old.exists()


def refusing(*_: object) -> None:
    raise RevitronGrpcError(Reason.BACKUP_UNREADABLE, "damaged")


@pytest.mark.parametrize("encrypted", [False, True])
def test_a_full_disk_leaves_nothing(
    office: Office, monkeypatch: pytest.MonkeyPatch, encrypted: bool
) -> None:
    """The disk of the backups is full: what is written there goes to a device that always is."""
    office.store(1)
    recipients = [new_identity()[1]] if encrypted else []
    opened = os.open

    def full(path: object, flags: int, *more: Any, **options: Any) -> int:
        descriptor = opened(path, flags, *more, **options)  # type: ignore[arg-type]
        if str(path).endswith(".part"):
            os.close(descriptor)
            return opened("/dev/full", os.O_RDWR)
        return descriptor

    monkeypatch.setattr(os, "open", full)
    with pytest.raises(RevitronGrpcError, match=r"No space left.*free.*TMPDIR") as caught:
        made(office, recipients=recipients)
    assert caught.value.reason is Reason.OUTPUT_UNWRITABLE
    assert names(office.backups) == []


@pytest.mark.parametrize("office", ["postgresql"], indirect=True)
@pytest.mark.parametrize("pages", [10, 30])
def test_a_full_disk_of_the_scratch_is_not_taken_for_a_database_that_is_away(
    office: Office, monkeypatch: pytest.MonkeyPatch, pages: int
) -> None:
    office.store(100)
    opened = snapshot.opened

    @contextmanager
    def on_a_small_disk(path: Path) -> Iterator[Engine]:
        with opened(path) as engine:

            @event.listens_for(engine, "connect")
            def _(connection: Any, _: Any) -> None:
                connection.execute(f"PRAGMA max_page_count={pages}")

            yield engine

    monkeypatch.setattr(snapshot, "opened", on_a_small_disk)
    with pytest.raises(RevitronGrpcError, match=r"disk is full.*TMPDIR") as caught:
        made(office)
    assert caught.value.reason is Reason.OUTPUT_UNWRITABLE
    assert names(office.backups) == []


def test_what_a_killed_one_left_goes_and_two_at_once_do_not(office: Office) -> None:
    office.backups.mkdir()
    (office.backups / ".revitron-grpc-20260122T101500Z.tar.zst.part").touch()
    with (
        FileLock(office.backups / ".revitron-grpc-backup.lock"),
        pytest.raises(RevitronGrpcError, match="under way") as caught,
    ):
        made(office)
    assert caught.value.reason is Reason.STORE_IN_USE
    first, second = made(office), made(office)
    assert names(office.backups) == [first.path.name, second.path.name]
    assert first.path != second.path


def test_a_writer_is_not_held_up_and_not_seen(office: Office) -> None:
    """One in the middle of a transaction goes on, and what he has not committed is not in."""
    office.store(2)
    with writing(office.engine) as connection:
        connection.execute(runs.delete())
        assert made(office).manifest.rows["runs"] == 2


@pytest.mark.parametrize("office", ["postgresql"], indirect=True)
def test_one_moment_is_seen_although_tables_are_read_one_after_the_other(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.store(2)
    read, order = snapshot._rows, list[str]()

    def rows(source: Any, table: Any, *columns: Any) -> Any:
        order.append(table.name)
        if table.name == "buttons":
            office.store(1)
        return read(source, table, *columns)

    monkeypatch.setattr(snapshot, "_rows", rows)
    manifest = made(office).manifest
    assert order.index("runs") < order.index("buttons")
    assert (manifest.rows["runs"], manifest.rows["buttons"]) == (2, 6)


def test_no_scratch_is_left(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    backup = made(office)
    with verified_backup(backup.path):
        pass
    assert not list(scratch.iterdir())
