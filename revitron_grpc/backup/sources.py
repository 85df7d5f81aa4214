"""What belongs into a backup beside the database: what the settings name, and the settings.

A setting that holds a path is taken without being listed here, unless what it names is told to be
of another kind.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel

from revitron_grpc.backup.manifest import Role
from revitron_grpc.errors import FieldViolation, InvalidInputError, Reason
from revitron_grpc.research.catalog_folder import CatalogFolder, research_folder
from revitron_grpc.settings import ENVIRONMENT_PREFIX, Settings
from revitron_grpc.storage.spool_folder import spool_folder, unwritten

NOT_NAMED = frozenset({"logging.directory", "research.directory", "runs.spool_directory"})
"""Folders that the service itself fills: logs stay out, the others have a role of their own."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file to be backed up; `path` is where it stands, `told` what the manifest says of that."""

    role: Role
    path: Path
    told: str


@dataclass(frozen=True, slots=True)
class Found:
    """All files, in order, and what could not be taken, for people."""

    sources: tuple[Source, ...]
    left_out: tuple[str, ...]


def named_paths(settings: Settings) -> Iterator[tuple[str, Path]]:
    """Yield each file and folder that the settings name, with the key that does."""
    for key, path in _paths_in(settings, ""):
        if key not in NOT_NAMED:
            yield key, path.absolute()


def find_sources(
    settings: Settings, settings_file: Path | None, included: Sequence[Path] = ()
) -> Found:
    """Find all that a service with these settings needs, beside its database.

    The spool comes first: what leaves it while the backup is made is in the database by then.
    Raises `InvalidInputError` (INVALID_CONFIGURATION) for a file that is named and not there.
    """
    links: list[str] = []
    spools = unwritten(spool_folder(settings.runs))
    found = [Source(Role.SPOOL, path, path.name) for path in spools]
    if settings_file is not None:
        found.append(_plain(Role.SETTINGS, settings_file.absolute()))
    for key, path in named_paths(settings):
        found += _files(Role.NAMED, key, path, links)
    folder = research_folder(settings)
    if settings.research.used:
        for path in CatalogFolder(folder).files_in_use():
            found.append(Source(Role.CATALOG, path, path.relative_to(folder).as_posix()))
    for path in included:
        found += _files(Role.INCLUDED, "--include", path.absolute(), links)
    # What is named is not included as well, nor the settings file when its folder is.
    once: dict[Path, Source] = {}
    for source in found:
        once.setdefault(source.path, source)
    return Found(tuple(once.values()), (*links, *_only_in_the_environment()))


def _only_in_the_environment() -> Iterator[str]:
    """Settings that no file has: whoever restores has to know them."""
    for name in sorted(os.environ):
        if name.upper().startswith(f"{ENVIRONMENT_PREFIX}") and "__" in name:
            yield f"the environment variable {name}: keep its value elsewhere, or in a file"


def _paths_in(section: BaseModel, prefix: str) -> Iterator[tuple[str, Path]]:
    for name in type(section).model_fields:
        value = getattr(section, name)
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, Path):
                yield f"{prefix}{name}", one
            elif isinstance(one, BaseModel):
                yield from _paths_in(one, f"{prefix}{name}.")


def _files(role: Role, key: str, path: Path, links: list[str]) -> Iterator[Source]:
    """The file, or all files of the folder; links below it are told and not followed."""
    if not path.exists():
        raise InvalidInputError(
            Reason.INVALID_CONFIGURATION, (FieldViolation(key, f"{path} does not exist"),)
        )
    if not path.is_dir():
        yield _plain(role, path)
        return
    for folder, folders, names in os.walk(path):
        folders.sort()
        for name in sorted(names + [one for one in folders if (Path(folder) / one).is_symlink()]):
            file = Path(folder) / name
            if file.is_symlink() or not file.is_file() or not _is_text(file):
                links.append(f"{str(file)!a}: a link, no file, or a name that is no text")
            else:
                yield _plain(role, file)


def _is_text(path: Path) -> bool:
    """Whether a name can be written down: on Linux names are bytes."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return False
    return True


def _plain(role: Role, path: Path) -> Source:
    return Source(role, path, str(path))
