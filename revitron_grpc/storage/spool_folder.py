"""The folder of the spools: one file for each process, and those that nobody has any more.

Beside them are files of records that the database will never take, which people look at.
"""

import contextlib
from pathlib import Path

from platformdirs import user_data_path

from revitron_grpc.settings.stores import RunsSettings
from revitron_grpc.storage.database import database_url
from revitron_grpc.storage.spool import Spool, SpoolFullError, SpoolInUseError

# Processes with the same replica index, which an administrator should not have.
_NAMESAKES = 16
OWED, REFUSED = ".spool", ".refused"
"""How the names of both end."""


def spool_folder(settings: RunsSettings) -> Path:
    """Return where this service's spools are; the folder may not exist yet.

    Raises `InvalidInputError` as `database_url` does.
    """
    if settings.spool_directory is not None:
        return settings.spool_directory
    url = database_url(settings)
    if url is not None and url.get_backend_name() == "sqlite" and url.database:
        return Path(url.database).parent / "spool"
    return user_data_path("revitron-grpc", appauthor=False) / "spool"


def unwritten(folder: Path) -> list[Path]:
    """Return the files with rows that are not in the database, in order of their names."""
    found = [path for ending in (OWED, REFUSED) for path in folder.glob(f"*{ending}")]
    return sorted(path for path in found if path.stat().st_size)


def open_spool(folder: Path, replica: int, max_bytes: int) -> Spool:
    """Open the spool of a replica; another one's records come into it if nobody has them.

    So what a replica owed that never comes back is written by the next one that starts with the
    same folder.

    Raises `InvalidInputError` (INVALID_CONFIGURATION) for a folder that cannot be used.
    """
    own = _own(folder, replica, max_bytes)
    for path in sorted(folder.glob(f"*{OWED}")):
        if path != own.path:
            _adopt(path, own)
    return own


def _own(folder: Path, replica: int, max_bytes: int) -> Spool:
    names = [f"replica-{replica}{OWED}"]
    names += [f"replica-{replica}-{number}{OWED}" for number in range(2, _NAMESAKES + 1)]
    for name in names:
        with contextlib.suppress(SpoolInUseError):
            return Spool(folder / name, max_bytes=max_bytes)
    raise SpoolInUseError(folder / names[0])


def _adopt(path: Path, own: Spool) -> None:
    """Take over the records of a spool, unless somebody has it or there is no room for them."""
    try:
        orphan = Spool(path, max_bytes=own.max_bytes)
    except SpoolInUseError:
        return
    try:
        while len(orphan):
            [record] = orphan.oldest()
            own.append(record)
            orphan.drop()
        path.unlink(missing_ok=True)
    except SpoolFullError:
        return
    finally:
        orphan.close()
