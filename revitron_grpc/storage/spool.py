"""A spool: records that a store is owed, in one file that outlives the process.

A frame is a mark, the length of the record, a checksum over both, and the record. A record counts
from the moment `append` returned: then it is on the disk, and only `drop` removes it, by changing
its mark. Whatever kills the process or the machine, the file is read again as those records in
order; half a frame at its end was never promised to anybody and is cut off.
"""

import contextlib
import os
import struct
import threading
import zlib
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from filelock import FileLock, Timeout

from revitron_grpc.errors import FieldViolation, InvalidInputError, Reason, RevitronGrpcError

# No text has these bytes in UTF-8, so that no record of text looks like a frame.
_OWED, _DROPPED = b"\xff\xf5RO", b"\xff\xf5RD"
_MARK = b"\xff\xf5R"
_HEAD = struct.Struct(">4sII")


class SpoolFullError(RevitronGrpcError):
    """A spool cannot take a record: its bound is reached, or the disk does not take it."""

    def __init__(self, message: str) -> None:
        super().__init__(Reason.OUTPUT_UNWRITABLE, message)


class SpoolInUseError(InvalidInputError):
    """Another process has the spool."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            Reason.INVALID_CONFIGURATION,
            (
                FieldViolation(
                    "runs.spool_directory",
                    f"another process has {path}; give each process its own server.replica or "
                    "runs.spool_directory",
                ),
            ),
        )


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a record stands in the file, without its head."""

    start: int
    length: int

    @property
    def frame(self) -> int:
        """Where its frame begins."""
        return self.start - _HEAD.size

    @property
    def end(self) -> int:
        """The first byte behind it."""
        return self.start + self.length


class Spool:
    """Records in the order in which they were added; may be used from several threads.

    `append` and `drop` wait for the disk, so the event loop must not call them.
    """

    def __init__(self, path: Path, *, max_bytes: int) -> None:
        """Take over what `path` holds; the file is made if there is none, in a folder likewise.

        Raises `InvalidInputError` (INVALID_CONFIGURATION) for a file that cannot be read and
        written, as a `SpoolInUseError` where another process has it.
        """
        self.path = path
        self.max_bytes = max_bytes
        self._guard = threading.Lock()
        # Opened in one thread, closed in another: the lock is the spool's, not a thread's.
        self._lock = FileLock(path.with_name(f"{path.name}.lock"), timeout=0, thread_local=False)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._lock.acquire()
        except Timeout as error:
            raise SpoolInUseError(path) from error
        except OSError as error:
            raise _unusable(f"{path.parent} cannot be written: {error.strerror}") from error
        try:
            self._new.unlink(missing_ok=True)
            self._file = _opened(path)
            _sync_folder(path.parent)
            self._records = self._read()
        except OSError as error:
            self._lock.release()
            raise _unusable(f"{path} cannot be read and written: {error.strerror}") from error

    def __len__(self) -> int:
        return len(self._records)

    @property
    def size_bytes(self) -> int:
        """Bytes of the records that are left, with their heads."""
        return self._size

    def append(self, record: bytes) -> None:
        """Add a record; it is on the disk when this returns.

        Raises `SpoolFullError` for a record that finds no room; the file is as it was before.
        """
        head = _HEAD.pack(_OWED, len(record), _checksum(record))
        with self._guard:
            if self._size + len(head) + len(record) > self.max_bytes:
                raise SpoolFullError(
                    f"{self.path} holds {len(self)} records in {self._size} bytes, and "
                    f"{len(record)} more are over its bound of {self.max_bytes} bytes"
                )
            try:
                crowded = self._end + len(head) + len(record) > self.max_bytes
                if crowded or os.fstat(self._file.fileno()).st_nlink == 0:
                    self._rewrite()
                self._file.seek(self._end)
                _write(self._file, head + record)
                os.fsync(self._file.fileno())
            except OSError as error:
                self._cut()
                raise SpoolFullError(f"{self.path} cannot be written: {error.strerror}") from error
            self._records.append(_Place(self._end + len(head), len(record)))
            self._end += len(head) + len(record)
            self._size += len(head) + len(record)

    def oldest(self, most: int = 1) -> list[bytes]:
        """Return the oldest records, at most so many; they stay.

        Raises `OSError` for a file that cannot be read.
        """
        with self._guard:
            found: list[bytes] = []
            for place in list(self._records)[:most]:
                self._file.seek(place.start)
                found.append(self._file.read(place.length))
            return found

    def drop(self, count: int = 1) -> None:
        """Remove the oldest records.

        Not synced: after a loss of power some of them may be there again. Nor does it fail: a disk
        that does not take the mark brings them again at the next start.
        """
        with self._guard:
            for _ in range(min(count, len(self._records))):
                place = self._records.popleft()
                self._size -= _HEAD.size + place.length
                with contextlib.suppress(OSError):
                    self._file.seek(place.frame)
                    self._file.write(_DROPPED)
            if not self._records:
                self._end = 0
                self._cut()

    def close(self) -> None:
        """Close the file and let others have it."""
        with self._guard:
            self._file.close()
            self._lock.release()

    @property
    def _new(self) -> Path:
        return self.path.with_name(f"{self.path.name}.new")

    def _read(self) -> "deque[_Place]":
        """Find the records of the file, cut off what follows them, and count what was no record."""
        data = self._file.read()
        found: deque[_Place] = deque()
        self._end = self._size = self.damaged_bytes = 0
        at = data.find(_MARK)
        while at >= 0:
            place = _place_at(data, at)
            if place is None:  # damaged: go on with the next frame that is whole
                at = data.find(_MARK, at + 1)
                continue
            self.damaged_bytes += at - self._end
            if data.startswith(_OWED, at):
                found.append(place)
                self._size += place.end - at
            self._end = place.end
            at = data.find(_MARK, self._end)
        self.damaged_bytes += len(data) - self._end
        self._file.truncate(self._end)
        return found

    def _rewrite(self) -> None:
        """Write the records that are left to a new file.

        So the room of those that were dropped comes back, and a file that somebody deleted.
        """
        first = self._records[0].frame if self._records else self._end
        self._file.seek(first)
        live = self._file.read(self._end - first)
        with _opened(self._new) as file:
            _write(file, live)
            os.fsync(file.fileno())
        self._file.close()  # Windows does not replace a file that is open
        try:
            self._new.replace(self.path)
        finally:
            self._file = _opened(self.path)
        _sync_folder(self.path.parent)
        self._end -= first
        self._records = deque(_Place(p.start - first, p.length) for p in self._records)

    def _cut(self) -> None:
        """Cut the file off behind the last record.

        A disk that refuses even this leaves bytes there that the next record overwrites.
        """
        with contextlib.suppress(OSError):
            self._file.truncate(self._end)


def _place_at(data: bytes, at: int) -> _Place | None:
    """The record of the frame that begins here, None if it is not whole."""
    start = at + _HEAD.size
    if start > len(data):
        return None
    mark, length, checksum = _HEAD.unpack_from(data, at)
    record = data[start : start + length]
    whole = mark in (_OWED, _DROPPED) and len(record) == length and _checksum(record) == checksum
    return _Place(start, length) if whole else None


def _checksum(record: bytes) -> int:
    return zlib.crc32(record, zlib.crc32(len(record).to_bytes(4, "big")))


def _opened(path: Path) -> BinaryIO:
    """Open for reading and writing, without a buffer; a new file is for its owner alone."""
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
    return os.fdopen(os.open(path, flags, 0o600), "r+b", buffering=0)


def _write(file: BinaryIO, data: bytes) -> None:
    """Write all; the system may take less at one time."""
    rest = memoryview(data)
    while rest:
        rest = rest[file.write(rest) :]


def _sync_folder(folder: Path) -> None:
    """Make the names in a folder survive a loss of power; Windows has no way to ask for it."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _unusable(message: str) -> InvalidInputError:
    return InvalidInputError(
        Reason.INVALID_CONFIGURATION, (FieldViolation("runs.spool_directory", message),)
    )
