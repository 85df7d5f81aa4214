"""The catalogs that `catalog refresh` made, and the pointer to the one in use.

`current` holds a digest, `catalogs/DIGEST.bin` the catalog of that digest, `catalogs/DIGEST.json`
when its sources were fetched: that is no part of the catalog, whose digest must not change with
the clock. Each file is replaced whole, so a service may read while a refresh writes.
"""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
from platformdirs import user_cache_path

from revitron_grpc.catalog.completeness import Fetch
from revitron_grpc.catalog.file_format import digest_in
from revitron_grpc.catalog.load import PACKAGED
from revitron_grpc.catalog.model import SourceKind
from revitron_grpc.errors import Reason, RevitronGrpcError
from revitron_grpc.research.downloads import write_whole
from revitron_grpc.settings import Settings

_POINTER, _CATALOGS = "current", "catalogs"
_DIGEST = re.compile(r"[0-9a-f]{64}")
_WAY_OUT = "run 'revitron-grpc catalog refresh'"


class RecordedSource(msgspec.Struct, frozen=True):
    """What became of one source; times are those of its download, None without one."""

    name: str
    kind: str
    outcome: str
    version: str = ""
    entries: int = 0
    completeness: float = 0.0
    fetched: datetime | None = None
    confirmed: datetime | None = None
    reason: str = ""
    problems: tuple[str, ...] = ()


class RefreshRecord(msgspec.Struct, frozen=True):
    """What a refresh made: the catalog, the one it was made from, when, and of what."""

    catalog: str
    base: str
    refreshed: datetime
    sources: tuple[RecordedSource, ...]


@dataclass(frozen=True, slots=True)
class ChosenCatalog:
    """The catalog to serve from; `path` None for the packaged one.

    `problem` says why it is not a refreshed one, where one is wanted.
    """

    path: Path | None
    fetches: tuple[Fetch, ...] = ()
    problem: str = ""


class CatalogFolder:
    """The folder that a refresh writes and a service reads."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def file(self, digest: str) -> Path:
        """Return the file of a catalog."""
        return self.folder / _CATALOGS / f"{digest}.bin"

    def current(self) -> str:
        """Return the digest in use; empty where nothing was refreshed yet.

        Raises RevitronGrpcError (CATALOG_UNREADABLE) for a pointer that is no digest.
        """
        path = self.folder / _POINTER
        try:
            text = path.read_text("ascii").strip()
        except FileNotFoundError:
            return ""
        except (OSError, UnicodeDecodeError) as error:
            raise _unreadable(f"{path} cannot be read: {error}") from error
        if not _DIGEST.fullmatch(text):
            raise _unreadable(f"{path} holds no digest")
        return text

    def record(self, digest: str) -> RefreshRecord:
        """Return what is known of a refreshed catalog.

        Raises RevitronGrpcError (CATALOG_UNREADABLE) where that is gone or damaged.
        """
        path = self._about(digest)
        try:
            return msgspec.json.decode(path.read_bytes(), type=RefreshRecord)
        except (OSError, msgspec.DecodeError) as error:
            raise _unreadable(f"{path} cannot be read: {error}") from error

    def files_in_use(self) -> tuple[Path, ...]:
        """Return the files of the catalog in use, the pointer last; none if nothing was refreshed.

        Raises RevitronGrpcError (CATALOG_UNREADABLE) as `current` does.
        """
        digest = self.current()
        if not digest:
            return ()
        return (self.file(digest), self._about(digest), self.folder / _POINTER)

    def put(self, content: bytes, record: RefreshRecord, keep: int) -> Path:
        """Write a catalog, point to it, and remove all but the newest `keep` ones.

        Raises `OSError` where the folder cannot be written; the pointer is then what it was.
        """
        path = self.file(record.catalog)
        write_whole(path, content)
        write_whole(self._about(record.catalog), msgspec.json.format(msgspec.json.encode(record)))
        write_whole(self.folder / _POINTER, f"{record.catalog}\n".encode())
        self._clean(keep, record.catalog)
        return path

    def _about(self, digest: str) -> Path:
        return self.folder / _CATALOGS / f"{digest}.json"

    def _clean(self, keep: int, used: str) -> None:
        folder = self.folder / _CATALOGS
        others = [path for path in folder.glob("*.bin") if path.stem != used]
        others.sort(key=lambda path: path.stat().st_mtime, reverse=True)
        for path in others[keep - 1 :]:
            with suppress(OSError):  # on Windows a file that is being read stays for the next time
                path.unlink()
                self._about(path.stem).unlink(missing_ok=True)


def research_folder(settings: Settings) -> Path:
    """Return the folder of the downloads and the catalogs."""
    return settings.research.directory or user_cache_path("revitron-grpc", appauthor=False)


def base_digest(settings: Settings) -> str:
    """Return the digest of the catalog that a refresh adds to.

    Raises RevitronGrpcError (CATALOG_UNREADABLE) where that is no catalog file.
    """
    return digest_in(settings.catalog.path or PACKAGED)


def chosen_catalog(settings: Settings, now: datetime | None = None) -> ChosenCatalog:
    """Find the catalog to serve from: the refreshed one, else `catalog.path`, else the packaged.

    Raises RevitronGrpcError (CATALOG_UNREADABLE) for a refreshed catalog that cannot be used: one
    that is damaged, or was made from another catalog than there is now.
    """
    research = settings.research
    if not research.used:
        return ChosenCatalog(settings.catalog.path)
    folder = CatalogFolder(research_folder(settings))
    digest = folder.current()
    if not digest:
        problem = f"nothing was refreshed yet; {_WAY_OUT}" if research.sources else ""
        return without_refresh(settings, problem)
    record = folder.record(digest)
    if record.base != base_digest(settings):
        raise _unreadable(
            "the refreshed catalog was made from another release or another catalog.path"
        )
    if digest_in(folder.file(digest)) != digest:
        raise _unreadable(f"{folder.file(digest)} is another catalog")
    return ChosenCatalog(folder.file(digest), _fetches(settings, record, now or datetime.now(UTC)))


def without_refresh(settings: Settings, problem: str) -> ChosenCatalog:
    """Return the catalog that there is without a refresh; all sources are missing in it."""
    fetches = tuple(Fetch(s.name, SourceKind(s.kind)) for s in settings.research.sources)
    return ChosenCatalog(settings.catalog.path, fetches, problem)


def _fetches(settings: Settings, record: RefreshRecord, now: datetime) -> tuple[Fetch, ...]:
    known = {source.name: source for source in record.sources}
    oldest = now - timedelta(hours=settings.research.max_age_hours)
    found: list[Fetch] = []
    for source in settings.research.sources:
        about = known.get(source.name)
        if about is None or about.kind != source.kind or about.fetched is None:
            found.append(Fetch(source.name, SourceKind(source.kind)))
            continue
        confirmed = about.confirmed or about.fetched
        found.append(
            Fetch(source.name, SourceKind(source.kind), about.fetched, stale=confirmed < oldest)
        )
    return tuple(found)


def _unreadable(why: str) -> RevitronGrpcError:
    return RevitronGrpcError(Reason.CATALOG_UNREADABLE, f"{why}; {_WAY_OUT}")
