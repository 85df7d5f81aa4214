"""What a restore would do: which file of an archive goes where, judged before anything is touched.

The settings that count are those of the archive where files are restored, else those of the
machine. A file goes only where those settings, or the caller, name a place.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy.engine import URL

from revitron_grpc.backup.manifest import Manifest, Member, Role, unreadable
from revitron_grpc.backup.part import Part
from revitron_grpc.backup.sources import named_paths
from revitron_grpc.errors import FieldViolation, InvalidInputError, Reason, RevitronGrpcError
from revitron_grpc.research.catalog_folder import research_folder
from revitron_grpc.settings import Settings, load_settings
from revitron_grpc.storage.database import database_url
from revitron_grpc.storage.spool_folder import OWED, REFUSED, spool_folder

_CATALOG_PATH = re.compile(r"current|catalogs/[0-9a-f]{64}\.(bin|json)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Placed:
    """A file of the archive: its unpacked content, and where it goes."""

    member: Member
    content: Path
    place: Path

    @property
    def is_there(self) -> bool:
        """Whether the same content stands there already."""
        if not self.place.is_file():
            return False
        with self.place.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == self.member.sha256


@dataclass(frozen=True, slots=True)
class RestorePlan:
    """What a restore does.

    `database` is where the rows go, None where none do; `content` the unpacked database. `spools`
    is the folder of the service's spools. `passed_over` counts files that the archive includes and
    the caller did not name.
    """

    manifest: Manifest
    settings: Settings
    settings_file: Path | None
    files: tuple[Placed, ...]
    database: URL | None
    content: Path | None
    spools: Path
    passed_over: int


def plan_restore(
    manifest: Manifest,
    unpacked: Path,
    part: Part,
    stamp: str,
    *,
    settings_file: Path | None,
    included: Sequence[Path] = (),
    void_keys: bool = False,
) -> RestorePlan:
    """Decide what goes where; `unpacked` is the folder with the members, called by their numbers.

    Raises `RevitronGrpcError`: INVALID_CONFIGURATION for settings that are wrong, have no database
    for the rows, or another secret than that of the archive's keys, unless those may be void;
    BACKUP_UNREADABLE for files that nobody named a place for.
    """
    found = [(one, unpacked / str(number)) for number, one in enumerate(manifest.members)]
    with_files, with_rows = part is not Part.DATABASE, part is not Part.FILES
    of_archive = next((c for m, c in found if m.role is Role.SETTINGS), None)
    if with_files and of_archive is not None:
        settings = load_settings(of_archive)
        old = next(Path(m.path) for m, _ in found if m.role is Role.SETTINGS)
        settings_file = (settings_file or old).absolute()
    else:
        settings = load_settings(settings_file)
    contents = {m.path: c for m, c in found if m.role is Role.NAMED} if with_files else {}
    readable = _with_files_of(settings, contents)
    allowed = tuple(path for _, path in named_paths(settings))
    wanted = tuple(path.absolute() for path in included)
    files: list[Placed] = []
    passed_over = spools = 0
    for member, content in found:
        if member.role is Role.SPOOL and with_rows:
            spools += 1
            ending = REFUSED if member.path.endswith(REFUSED) else OWED
            name = f"restored-{stamp}-{spools}{ending}"
            files.append(Placed(member, content, spool_folder(readable.runs) / name))
        elif member.role is Role.SETTINGS and with_files:
            assert settings_file is not None  # noqa: S101 - set above
            files.append(Placed(member, content, settings_file))
        elif member.role is Role.CATALOG and with_files:
            files.append(Placed(member, content, _catalog_place(settings, member)))
        elif member.role is Role.NAMED and with_files:
            files.append(Placed(member, content, _place(member, allowed)))
        elif member.role is Role.INCLUDED and with_files:
            if any(Path(member.path).is_relative_to(folder) for folder in wanted):
                files.append(Placed(member, content, _place(member, wanted)))
            else:
                passed_over += 1
    if with_rows:
        _check_secret(manifest, readable, void_keys=void_keys)
    database = next((c for m, c in found if m.role is Role.DATABASE), None) if with_rows else None
    return RestorePlan(
        manifest=manifest,
        settings=settings,
        settings_file=settings_file,
        files=tuple(files),
        database=None if database is None else _database(readable),
        content=database,
        spools=spool_folder(readable.runs),
        passed_over=passed_over,
    )


def without_what_is_there(plan: RestorePlan) -> RestorePlan:
    """Return the plan without files that need no change."""
    return replace(plan, files=tuple(one for one in plan.files if not one.is_there))


def _with_files_of(settings: Settings, contents: dict[str, Path]) -> Settings:
    """The settings, with what decides a restore read from the archive where that has it."""
    update = {}
    for section, field in (("keys", "secret_file"), ("runs", "url_file")):
        value: Path | None = getattr(getattr(settings, section), field)
        content = contents.get(str(value.absolute())) if value is not None else None
        if content is not None:
            update[section] = getattr(settings, section).model_copy(update={field: content})
    return settings.model_copy(update=update)


def _place(member: Member, allowed: Sequence[Path]) -> Path:
    place = Path(member.path)
    if not place.is_absolute() or not any(place.is_relative_to(one) for one in allowed):
        raise unreadable(
            f"would write {str(place)!r}, which its settings do not name; if they have paths "
            "without a beginning, restore in the folder in which the service starts"
        )
    return place


def _catalog_place(settings: Settings, member: Member) -> Path:
    if not _CATALOG_PATH.fullmatch(member.path):
        raise unreadable(f"has a catalog that is none: {member.path[:80]!r}")
    return research_folder(settings) / member.path


def _database(settings: Settings) -> URL:
    url = database_url(settings.runs)
    if url is None:
        raise InvalidInputError(
            Reason.INVALID_CONFIGURATION,
            (FieldViolation("runs.url", "is `none`: there is no place for the rows"),),
        )
    return url


def _check_secret(manifest: Manifest, settings: Settings, *, void_keys: bool) -> None:
    if manifest.key_check is None or not manifest.rows.get("api_keys") or void_keys:
        return
    if settings.keys.in_use and manifest.key_check.matches(settings.keys.hashing_secret()):
        return
    told = "another one than" if settings.keys.in_use else "not set, and was"
    raise RevitronGrpcError(
        Reason.INVALID_CONFIGURATION,
        f"keys.secret is {told} when the backup was made: all {manifest.rows['api_keys']} keys in "
        "it would be unknown. Set the old one, or give --void-keys and make new keys",
    )
