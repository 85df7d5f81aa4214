"""`catalog refresh`: fetch the configured sources, read them, and make a catalog with them."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
from filelock import FileLock, Timeout

from revitron_grpc.catalog.completeness import Fetch, overall, with_fetches
from revitron_grpc.catalog.file_format import decode, encode
from revitron_grpc.catalog.load import PACKAGED
from revitron_grpc.catalog.model import CONFIGURED, CatalogData, SourceKind
from revitron_grpc.errors import FieldViolation, InvalidInputError, Reason, RevitronGrpcError
from revitron_grpc.research.archive import read_archive, unreadable
from revitron_grpc.research.catalog_folder import (
    CatalogFolder,
    RecordedSource,
    RefreshRecord,
    research_folder,
)
from revitron_grpc.research.downloads import Downloads
from revitron_grpc.research.extension_tools import is_tool_file, read_extension_tools
from revitron_grpc.research.facts import Facts
from revitron_grpc.research.fetching import Fetched, Outcome, fetch_all
from revitron_grpc.research.library_names import is_library_file, read_library_names
from revitron_grpc.research.merge import merged
from revitron_grpc.research.tool_index import read_tool_index
from revitron_grpc.settings import Settings
from revitron_grpc.settings.research import ResearchSource

_REACHED = frozenset((Outcome.FETCHED, Outcome.CONFIRMED, Outcome.CACHED))
_MAX_INDEX_BYTES = 16 * 1024 * 1024
_SHORT_DIGEST = 12


@dataclass(frozen=True, slots=True)
class RefreshReport:
    """What a refresh made.

    `record` has each source and what became of it; `path` is the catalog's file, None where none
    was written; `changed` says whether services have something new to take.
    """

    record: RefreshRecord
    completeness: float
    path: Path | None
    changed: bool

    @property
    def all_reached(self) -> bool:
        """Whether every source is as its server has it, or young enough not to ask."""
        return all(source.outcome in _REACHED for source in self.record.sources)

    @property
    def none_reached(self) -> bool:
        """Whether no source is."""
        return not any(source.outcome in _REACHED for source in self.record.sources)


async def refresh(
    settings: Settings, *, force: bool = False, dry_run: bool = False
) -> RefreshReport:
    """Fetch, read, and write the catalog beside those before it; then point services to it.

    With `dry_run` the downloads are kept, and no catalog is written. So it is where there is no
    facts of any source: services keep what they have.

    Raises RevitronGrpcError: INVALID_CONFIGURATION for settings that cannot be; CATALOG_UNREADABLE
    for `catalog.path`; OUTPUT_UNWRITABLE for a folder that cannot be written.
    """
    base, base_digest = _base(settings)
    folder = CatalogFolder(research_folder(settings))
    try:
        folder.folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder.folder / "refresh.lock", timeout=0):
            fetched = await fetch_all(
                settings.research,
                Downloads(folder.folder / "downloads"),
                _read_source,
                fresh_for=timedelta(hours=settings.cache.cache_duration_hours),
                force=force or not settings.cache.enable_research_cache,
            )
            return _written(settings, base, base_digest, fetched, folder, dry_run=dry_run)
    except Timeout as error:
        raise _wrong(
            "research.directory", f"another refresh is writing {folder.folder}; wait for its end"
        ) from error
    except OSError as error:
        raise RevitronGrpcError(
            Reason.OUTPUT_UNWRITABLE,
            f"{error.filename or folder.folder} cannot be written: {error.strerror or error}; set "
            "research.directory to a folder that this user may write",
        ) from error


def _base(settings: Settings) -> tuple[CatalogData, str]:
    if not settings.research.sources:
        raise _wrong(
            "research.sources", "is empty; docs/operations/research.md shows what can be fetched"
        )
    path = settings.catalog.path or PACKAGED
    try:
        data, digest = decode(path.read_bytes(), str(path))
    except OSError as error:
        raise RevitronGrpcError(
            Reason.CATALOG_UNREADABLE, f"catalog {path} cannot be read: {error.strerror or error}"
        ) from error
    if any(source.kind in CONFIGURED for source in data.sources):
        raise _wrong(
            "catalog.path",
            f"{path} was made by a refresh; name what `catalog build` or `catalog import` wrote, "
            "or nothing",
        )
    taken = {source.name for source in data.sources} | {tool.source for tool in data.tools}
    clash = [source.name for source in settings.research.sources if source.name in taken]
    if clash:
        raise _wrong(
            "research.sources", f"the catalog has a source of the name {', '.join(clash)} already"
        )
    return data, digest


def _read_source(source: ResearchSource, path: Path, sha256: str) -> Facts:
    """Read a download as what its source is configured to be."""
    version = f"sha256 {sha256[:_SHORT_DIGEST]}"
    if source.kind == "tool_index":
        if path.stat().st_size > _MAX_INDEX_BYTES:
            raise unreadable(source.name, f"the tool index has more than {_MAX_INDEX_BYTES} bytes")
        return read_tool_index(path.read_bytes(), source.name, version)
    if source.kind == "extension":
        archive = read_archive(path, source.name, is_tool_file)
        return read_extension_tools(archive, source.name, source.path, archive.commit or version)
    archive = read_archive(path, source.name, is_library_file)
    return read_library_names(archive, source.name, source.path, archive.commit or version)


def _written(
    settings: Settings,
    base: CatalogData,
    base_digest: str,
    fetched: tuple[Fetched, ...],
    folder: CatalogFolder,
    *,
    dry_run: bool,
) -> RefreshReport:
    facts = [one.facts for one in fetched if one.facts is not None]
    data = merged(base, facts)
    content, digest = encode(data)
    record = RefreshRecord(
        catalog=digest,
        base=base_digest,
        refreshed=datetime.now(UTC),
        sources=tuple(map(_recorded, fetched)),
    )
    fetches = [
        Fetch(
            one.source.name,
            SourceKind(one.source.kind),
            one.download.fetched if one.download is not None else None,
            stale=one.download is not None
            and record.refreshed - one.download.confirmed
            > timedelta(hours=settings.research.max_age_hours),
        )
        for one in fetched
    ]
    completeness = overall(with_fetches(data.sources, fetches))
    if dry_run or not facts:
        return RefreshReport(record, completeness, None, changed=False)
    before = _current(folder)
    path = folder.put(content, record, settings.research.keep_catalogs)
    return RefreshReport(record, completeness, path, changed=before != digest)


def _current(folder: CatalogFolder) -> str:
    try:
        return folder.current()
    except RevitronGrpcError:  # damaged; it is about to be replaced
        return ""


def _recorded(one: Fetched) -> RecordedSource:
    about = RecordedSource(
        name=one.source.name,
        kind=one.source.kind,
        outcome=str(one.outcome),
        reason=one.reason,
    )
    if one.facts is not None and one.download is not None:
        about = msgspec.structs.replace(
            about,
            version=one.facts.version,
            entries=one.facts.entries,
            completeness=one.facts.completeness,
            fetched=one.download.fetched,
            confirmed=one.download.confirmed,
            problems=one.facts.problems,
        )
    return about


def _wrong(field: str, description: str) -> InvalidInputError:
    return InvalidInputError(Reason.INVALID_CONFIGURATION, (FieldViolation(field, description),))
