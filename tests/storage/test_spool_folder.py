"""No two processes share a spool, and what nobody has any more is taken over."""

from pathlib import Path

import pytest

from revitron_grpc.errors import InvalidInputError
from revitron_grpc.settings import RunsSettings
from revitron_grpc.storage.spool import Spool
from revitron_grpc.storage.spool_folder import open_spool, spool_folder

KIB = 1024


def left_behind(path: Path, *records: bytes) -> None:
    spool = Spool(path, max_bytes=KIB)
    for record in records:
        spool.append(record)
    spool.close()


def test_a_replica_finds_its_own_again(tmp_path: Path) -> None:
    left_behind(tmp_path / "replica-1.spool", b"mine")
    own = open_spool(tmp_path, 1, KIB)
    assert (own.path.name, own.oldest(9)) == ("replica-1.spool", [b"mine"])
    own.close()


def test_namesakes_get_files_of_their_own(tmp_path: Path) -> None:
    spools = [open_spool(tmp_path, 0, KIB) for _ in range(3)]
    names = [spool.path.name for spool in spools]
    assert names == ["replica-0.spool", "replica-0-2.spool", "replica-0-3.spool"]
    for spool in spools:
        spool.close()


def test_what_nobody_has_is_taken_over_and_what_somebody_has_is_not(tmp_path: Path) -> None:
    left_behind(tmp_path / "replica-3.spool", b"never", b"comes", b"back")
    alive = Spool(tmp_path / "replica-2.spool", max_bytes=KIB)
    alive.append(b"alive")
    own = open_spool(tmp_path, 0, KIB)
    assert own.oldest(9) == [b"never", b"comes", b"back"]
    assert alive.oldest(9) == [b"alive"]
    assert not (tmp_path / "replica-3.spool").exists()
    alive.close()
    own.close()


def test_what_finds_no_room_stays_where_it_is(tmp_path: Path) -> None:
    left_behind(tmp_path / "replica-3.spool", b"a" * 400, b"b" * 400, b"c" * 100)
    own = open_spool(tmp_path, 0, 600)
    assert own.oldest(9) == [b"a" * 400]
    own.close()
    rest = Spool(tmp_path / "replica-3.spool", max_bytes=KIB)
    assert rest.oldest(9) == [b"b" * 400, b"c" * 100]
    rest.close()


def test_a_spool_that_cannot_be_read_is_told_and_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "replica-0.spool").mkdir()
    with pytest.raises(InvalidInputError, match=r"replica-0\.spool cannot be read and written"):
        open_spool(tmp_path, 0, KIB)


def test_the_folder_is_beside_the_database_unless_the_settings_name_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert spool_folder(RunsSettings()) == tmp_path / "revitron-grpc" / "spool"
    beside = RunsSettings(url="sqlite:////srv/runs/runs.sqlite3")
    assert spool_folder(beside) == Path("/srv/runs/spool")
    away = RunsSettings(url="postgresql://runs@db/runs")
    assert spool_folder(away) == tmp_path / "revitron-grpc" / "spool"
    named = RunsSettings(url="postgresql://runs@db/runs", spool_directory=Path("/srv/owed"))
    assert spool_folder(named) == Path("/srv/owed")
