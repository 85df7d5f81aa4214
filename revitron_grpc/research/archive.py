"""Read the archive of a repository, zip or tar.gz, into memory; nothing is written or run.

Archives are made by others and may be hostile: the number of files, the bytes of each and of all,
and how far they expand are bounded, and one whose paths lead outside is refused as a whole. Links
are not followed.
"""

import gzip
import re
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from revitron_grpc.bundles.folder_kinds import kind_of, split_postfix
from revitron_grpc.errors import Reason, RevitronGrpcError

MAX_FILES = 50_000
MAX_FILE_BYTES = 1024 * 1024
"""A file of more bytes is passed over; pyRevit's own largest script has 100 KiB."""
MAX_READ_BYTES = 256 * 1024 * 1024
"""Bytes of all files that are read."""
MAX_UNPACKED_BYTES = 2 * 1024 * 1024 * 1024
MAX_EXPANSION = 200
"""Unpacked bytes by packed ones, for an archive that unpacks to more than 64 MiB."""
_HARMLESS_BYTES = 64 * 1024 * 1024
_LARGEST_READ = 16 * 1024 * 1024
_MEANING = ("extension", "lib")
_COMMIT = re.compile(r"[0-9a-f]{40}")


@dataclass(frozen=True, slots=True)
class Archive:
    """The files that were wanted, by path below the archive's one top folder.

    `commit` is what the archive states, as those of GitHub and GitLab do; `passed_over` names
    files that were wanted and are too large, encrypted or damaged.
    """

    files: dict[str, bytes]
    commit: str
    passed_over: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Entry:
    path: str
    size: int
    read: Callable[[], bytes]


def read_archive(path: Path, name: str, wanted: Callable[[str], bool]) -> Archive:
    """Read the wanted files of a zip or tar.gz file; `name` is what messages call it.

    Raises RevitronGrpcError (FACTS_UNREADABLE) for what is neither, is damaged, goes beyond a
    bound, or has a path that leads outside.
    """
    try:
        with path.open("rb") as file:
            head = file.read(4)
            file.seek(0)
            if head.startswith(b"PK"):
                with zipfile.ZipFile(file) as packed:
                    commit = packed.comment.decode("ascii", "replace").strip()
                    return _read(_of_zip(packed), path.stat().st_size, commit, name, wanted)
            if head.startswith(b"\x1f\x8b"):
                with (
                    gzip.open(file) as unpacked,
                    tarfile.open(fileobj=_Bounded(unpacked, name), mode="r:") as tar,  # type: ignore[arg-type]
                ):
                    commit = str(tar.pax_headers.get("comment", ""))
                    return _read(_of_tar(tar), path.stat().st_size, commit, name, wanted)
    except (zipfile.BadZipFile, tarfile.TarError, EOFError, zlib.error, OSError) as error:
        raise unreadable(name, f"the archive is damaged: {error}") from error
    except (NotImplementedError, ValueError, OverflowError) as error:
        raise unreadable(name, f"the archive cannot be read: {error}") from error
    raise unreadable(name, "it is neither a zip nor a tar.gz archive; is the address right?")


def unreadable(name: str, why: str) -> RevitronGrpcError:
    """Return the error for a source whose download cannot be used."""
    return RevitronGrpcError(Reason.FACTS_UNREADABLE, f"source {name!r}: {why}")


def _read(
    entries: Iterator[_Entry], packed: int, commit: str, name: str, wanted: Callable[[str], bool]
) -> Archive:
    files: dict[str, bytes] = {}
    passed_over: list[str] = []
    tops: set[str] = set()
    count = unpacked = read = 0
    for entry in entries:
        count += 1
        unpacked += entry.size
        if count > MAX_FILES:
            raise unreadable(name, f"the archive has more than {MAX_FILES} files")
        if unpacked > MAX_UNPACKED_BYTES or (
            unpacked > _HARMLESS_BYTES and unpacked > MAX_EXPANSION * packed
        ):
            raise unreadable(
                name,
                f"the archive of {packed} bytes unpacks to more than {unpacked} bytes; at most "
                f"{MAX_UNPACKED_BYTES}, and {MAX_EXPANSION} times its size, are read",
            )
        place = _safe(entry.path, name)
        tops.add(place.partition("/")[0] if "/" in place else "")
        if not wanted(place):
            continue
        if entry.size > MAX_FILE_BYTES:
            passed_over.append(place)
            continue
        try:
            content = entry.read()
        except (RuntimeError, NotImplementedError, zipfile.BadZipFile, zlib.error):
            # Encrypted, or packed in a way or a state that cannot be unpacked.
            passed_over.append(place)
            continue
        read += len(content)
        if read > MAX_READ_BYTES:
            raise unreadable(name, f"more than {MAX_READ_BYTES} bytes of source in the archive")
        files[place] = content
    top = _top_folder(tops, files)
    return Archive(
        {path[len(top) :]: content for path, content in sorted(files.items())},
        commit if _COMMIT.fullmatch(commit) else "",
        tuple(path.removeprefix(top) for path in sorted(passed_over)),
    )


def _of_zip(packed: zipfile.ZipFile) -> Iterator[_Entry]:
    for info in packed.infolist():
        mode = info.external_attr >> 16
        if info.is_dir() or stat.S_ISLNK(mode):
            _safe(info.filename, "")
            continue
        yield _Entry(info.filename, info.file_size, lambda info=info: _unzip(packed, info))


def _unzip(packed: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    with packed.open(info) as file:
        return file.read(MAX_FILE_BYTES)


def _of_tar(tar: tarfile.TarFile) -> Iterator[_Entry]:
    for member in tar:
        if member.isfile():
            yield _Entry(member.name, member.size, lambda member=member: _untar(tar, member))
        else:
            _safe(member.name, "")


def _untar(tar: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    file = tar.extractfile(member)
    return file.read(MAX_FILE_BYTES) if file is not None else b""


def _safe(path: str, name: str) -> str:
    place = PurePosixPath(path.replace("\\", "/"))
    if place.is_absolute() or ".." in place.parts or ":" in place.parts[0] or "\0" in path:
        raise unreadable(
            name, f"the archive has the path {path[:200]!r}, which leads outside; nothing is read"
        )
    return str(place)


def _top_folder(tops: set[str], files: dict[str, bytes]) -> str:
    """The one folder that all files stand in, with a slash: archives of repositories have one.

    Empty where there is none, and where it means something itself: a tab, an extension, a package.
    """
    top = next(iter(tops)) if len(tops) == 1 else ""
    postfix = split_postfix(top)[1]
    if not top or postfix in _MEANING or kind_of(postfix) or f"{top}/__init__.py" in files:
        return ""
    return f"{top}/"


class _Bounded:
    """Reads an unpacked stream, but no more than the bounds at a time and in all.

    A tar file's own headers may claim any length, and are read in one go.
    """

    def __init__(self, file: BinaryIO | gzip.GzipFile, name: str) -> None:
        self._file = file
        self._name = name

    def read(self, size: int = -1) -> bytes:
        if not 0 <= size <= _LARGEST_READ:
            raise unreadable(self._name, f"the archive has a header of {size} bytes")
        return self._file.read(size)

    def seek(self, position: int, whence: int = 0) -> int:
        if position > MAX_UNPACKED_BYTES:
            raise unreadable(
                self._name, f"the archive unpacks to more than {MAX_UNPACKED_BYTES} bytes"
            )
        return self._file.seek(position, whence)

    def tell(self) -> int:
        return self._file.tell()
