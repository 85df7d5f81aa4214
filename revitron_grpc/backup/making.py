"""Make a backup while the service runs: whole, verified, under its name only then."""

import errno
import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from revitron_grpc import __version__
from revitron_grpc.backup.archive import read_archive, write_archive
from revitron_grpc.backup.encryption import encrypt, recipients_of
from revitron_grpc.backup.manifest import (
    DATABASE,
    MAX_MEMBERS,
    KeyCheck,
    Manifest,
    Member,
    Role,
)
from revitron_grpc.backup.owners import owner_names
from revitron_grpc.backup.shelf import free_name, remove_old, shelf_for_one, unfinished_name
from revitron_grpc.backup.snapshot import take_snapshot
from revitron_grpc.backup.sources import Source, find_sources
from revitron_grpc.errors import Reason, RevitronGrpcError
from revitron_grpc.settings import Settings
from revitron_grpc.storage.database import database_url, open_engine

_CHUNK = 1024 * 1024
_ODD = re.compile(r"[^A-Za-z0-9._-]+", re.ASCII)
# A statement's own limit does not count here; this is for the connection.
_SECONDS = 60.0

Teller = Callable[[str], None]
"""Is told what happens, a line each."""


@dataclass(frozen=True, slots=True)
class MadeBackup:
    """A backup that is whole; `size` in bytes, `removed` are the old ones that went."""

    path: Path
    size: int
    manifest: Manifest
    removed: tuple[Path, ...]


def make_backup(
    settings: Settings,
    settings_file: Path | None,
    folder: Path,
    now: datetime,
    *,
    included: Sequence[Path] = (),
    recipients: Sequence[str] = (),
    keep_days: int = 30,
    tell: Teller = lambda _: None,
) -> MadeBackup:
    """Back up what a service with these settings cannot make again, into a folder.

    What was acknowledged before this is called is in it. With `recipients`, public keys of age,
    only their owners can read it. Raises `RevitronGrpcError`: OUTPUT_UNWRITABLE where a disk is
    full or does not take it, in which case nothing is left of it; STORE_IN_USE while another
    backup to the folder is under way; INVALID_CONFIGURATION for a file that is named and cannot be
    read; `StoreUnavailableError` for a database that is away.
    """
    readers = recipients_of(recipients)
    with (
        _told_disk(folder),
        shelf_for_one(folder),
        tempfile.TemporaryDirectory(prefix="revitron-grpc-backup-") as scratch_name,
    ):
        scratch = Path(scratch_name)
        manifest, files = _staged(settings, settings_file, included, scratch, now, tell)
        path = free_name(folder, now, encrypted=bool(readers))
        unfinished = unfinished_name(path)
        plain = scratch / "archive" if readers else unfinished
        try:
            tell(f"packing {len(manifest.members)} files, {_mib(manifest.size)}")
            write_archive(plain, manifest, files)
            tell("verifying")
            read_archive(plain)
            if readers:
                tell("encrypting")
                encrypt(plain, unfinished, readers)
            unfinished.replace(path)
            sync_folder(folder)
        finally:
            unfinished.unlink(missing_ok=True)
        removed = remove_old(folder, path, now, keep_days)
    return MadeBackup(path, path.stat().st_size, manifest, removed)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder survive a loss of power; Windows has no way to ask for it."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _staged(
    settings: Settings,
    settings_file: Path | None,
    included: Sequence[Path],
    scratch: Path,
    now: datetime,
    tell: Teller,
) -> tuple[Manifest, dict[str, Path]]:
    """Copy everything as it is now, so that what is summed is what is packed."""
    found = find_sources(settings, settings_file, included)
    if len(found.sources) >= MAX_MEMBERS:
        raise RevitronGrpcError(
            Reason.INVALID_REQUEST,
            f"{len(found.sources)} files are more than a backup holds ({MAX_MEMBERS}); include "
            "fewer folders",
        )
    members: list[Member] = []
    files: dict[str, Path] = {}
    for number, source in enumerate(found.sources, 1):
        plain_name = _ODD.sub("-", source.path.name)[-60:] or "file"
        name = f"files/{number:04}-{plain_name}"
        files[name] = scratch / f"file-{number}"
        members.append(_copied(source, name, files[name]))
    database, schema, rows = "none", "", dict[str, int]()
    url = database_url(settings.runs)
    if url is not None:
        database = url.get_backend_name()
        tell(f"copying the {database} database")
        engine = open_engine(
            url, settings.runs.model_copy(update={"timeout_seconds": _SECONDS, "pool_size": 1})
        )
        files[DATABASE] = scratch / "database"
        try:
            schema, rows = take_snapshot(engine, files[DATABASE])
        finally:
            engine.dispose()
        tell("copied " + ", ".join(f"{count} {name}" for name, count in rows.items()))
        where = Path(url.database) if database == "sqlite" and url.database else files[DATABASE]
        members.append(_database(files[DATABASE], where))
    manifest = Manifest(
        program=__version__,
        created=now,
        database=database,
        schema=schema,
        rows=rows,
        key_check=KeyCheck.of(settings.keys.hashing_secret()) if settings.keys.in_use else None,
        members=tuple(members),
        left_out=found.left_out,
    )
    return manifest, files


def _copied(source: Source, name: str, target: Path) -> Member:
    digest, size = hashlib.sha256(), 0
    try:
        file = source.path.open("rb")
    except OSError as error:
        raise RevitronGrpcError(
            Reason.INVALID_CONFIGURATION,
            f"{source.path} cannot be read: {error.strerror}; make backups as the service's user",
        ) from error
    with file, target.open("wb") as copy:
        status = os.fstat(file.fileno())
        for part in _parts(file):
            copy.write(part)
            digest.update(part)
            size += len(part)
    user, group = owner_names(source.path)
    return Member(
        name=name,
        role=source.role,
        path=source.told,
        size=size,
        sha256=digest.hexdigest(),
        mode=status.st_mode & 0o777,
        user=user,
        group=group,
    )


def _database(copy: Path, where: Path) -> Member:
    with copy.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    user, group = owner_names(where)
    return Member(
        name=DATABASE,
        role=Role.DATABASE,
        path="",
        size=copy.stat().st_size,
        sha256=digest,
        mode=0o600,
        user=user,
        group=group,
    )


def _parts(file: BinaryIO) -> Iterator[bytes]:
    while part := file.read(_CHUNK):
        yield part


@contextmanager
def _told_disk(folder: Path) -> Iterator[None]:
    """Say which disk it was that took no more."""
    try:
        yield
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT) or "full" in str(error).lower()
        rooms = ", ".join(
            f"{place} has {_mib(shutil.disk_usage(place).free)} free"
            for place in (folder, Path(tempfile.gettempdir()))
            if place.exists()
        )
        raise RevitronGrpcError(
            Reason.OUTPUT_UNWRITABLE,
            f"the backup could not be written: {error}; {rooms}"
            + ("; make room, or set TMPDIR to a folder on a larger disk" if full else ""),
        ) from error


def _mib(size: int) -> str:
    return f"{size / 2**20:.1f} MiB"
