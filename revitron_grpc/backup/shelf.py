"""A folder of backups: their names, which there are, and which are old enough to go."""

import contextlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from filelock import FileLock, Timeout

from revitron_grpc.errors import Reason, RevitronGrpcError

_NAME = re.compile(r"revitron-grpc-(\d{8}T\d{6}Z)\.tar\.zst(\.age)?", re.ASCII)
_UNFINISHED = re.compile(r"\.revitron-grpc-\d{8}T\d{6}Z\.tar\.zst(\.age)?\.part", re.ASCII)
_STAMP = "%Y%m%dT%H%M%SZ"
_LOCK = ".revitron-grpc-backup.lock"


@dataclass(frozen=True, slots=True)
class Shelved:
    """A backup in a folder; `size` in bytes."""

    path: Path
    made: datetime
    size: int
    encrypted: bool


def stamp(moment: datetime) -> str:
    """Return a moment as names of files have it."""
    return moment.astimezone(UTC).strftime(_STAMP)


@contextlib.contextmanager
def shelf_for_one(folder: Path) -> Iterator[None]:
    """Be the only one who writes backups to a folder, which is made if there is none.

    What one that was killed left behind goes. Raises `RevitronGrpcError` (STORE_IN_USE) where
    another one is at work, and `OSError` for a folder that cannot be written.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = FileLock(folder / _LOCK, timeout=0, mode=0o600)
    try:
        lock.acquire()
    except Timeout as error:
        raise RevitronGrpcError(
            Reason.STORE_IN_USE, f"another backup to {folder} is under way; wait for its end"
        ) from error
    try:
        for path in folder.iterdir():
            if _UNFINISHED.fullmatch(path.name):
                path.unlink()
        yield
    finally:
        lock.release()


def free_name(folder: Path, moment: datetime, *, encrypted: bool) -> Path:
    """Return the name of a new backup: that of the moment, or of the next second that is free."""
    while True:
        path = folder / f"revitron-grpc-{stamp(moment)}.tar.zst{'.age' if encrypted else ''}"
        if not os.path.lexists(path):
            return path
        moment += timedelta(seconds=1)


def unfinished_name(path: Path) -> Path:
    """Return what a backup is called until it is whole."""
    return path.with_name(f".{path.name}.part")


def on_shelf(folder: Path) -> list[Shelved]:
    """Return the backups in a folder, the newest first; other files are passed over.

    Raises `OSError` for a folder that cannot be read.
    """
    found: list[Shelved] = []
    for path in folder.iterdir():
        match = _NAME.fullmatch(path.name)
        if match is None or path.is_symlink() or not path.is_file():
            continue
        with contextlib.suppress(ValueError):  # digits that are no date
            made = datetime.strptime(match[1], _STAMP).replace(tzinfo=UTC)
            found.append(Shelved(path, made, path.stat().st_size, bool(match[2])))
    return sorted(found, key=lambda one: one.path.name, reverse=True)


def remove_old(folder: Path, good: Path, now: datetime, days: int) -> tuple[Path, ...]:
    """Delete the backups that are older than so many days, but never `good`; returns them.

    0 days keep all. To be called when `good` is known to be whole.
    """
    if not days:
        return ()
    old = [
        one.path
        for one in on_shelf(folder)
        if one.made < now - timedelta(days=days) and one.path != good
    ]
    for path in old:
        path.unlink()
    return tuple(old)
