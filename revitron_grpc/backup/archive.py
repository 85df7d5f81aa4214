"""One file: a tar, compressed by zstd, behind it the SHA-256 of all before it.

`zstd -d` and `tar` read it too: the sum stands in a frame that they pass over. Archives that are
read may be damaged or hostile: nothing is looked into before the sum was right, no name in it
becomes a path, and no size is believed that the manifest does not state.
"""

import hashlib
import io
import os
import struct
import tarfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

import zstandard

from revitron_grpc.backup.manifest import (
    MANIFEST,
    MAX_MANIFEST_BYTES,
    Manifest,
    Member,
    decoded,
    encoded,
    unreadable,
)

_CHUNK = 1024 * 1024
_BLOCK = tarfile.BLOCKSIZE
_LEVEL = 3
# What a decompressor may hold in memory.
_WINDOW = 32 * 1024 * 1024
# A skippable frame of zstd: its magic number, the length of what follows, our mark.
_SEAL = struct.Struct("<II8s32s")
_SEAL_MAGIC, _SEAL_MARK = 0x184D2A5D, b"revisum1"


def write_archive(path: Path, manifest: Manifest, files: Mapping[str, Path]) -> None:
    """Write a new file, for its owner alone, with the members of the manifest; synced.

    `files` has the content of each member by its name. Raises `OSError` where it cannot be
    written.
    """
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, 0o600), "w+b") as file:
        packer = zstandard.ZstdCompressor(level=_LEVEL, write_checksum=True)
        with (
            packer.stream_writer(file, closefd=False) as stream,
            # With short names and numbers this form has no headers but one for each member.
            tarfile.open(fileobj=stream, mode="w|", format=tarfile.GNU_FORMAT) as tar,
        ):
            text = encoded(manifest)
            tar.addfile(_header(manifest, MANIFEST, len(text)), io.BytesIO(text))
            for member in manifest.members:
                with files[member.name].open("rb") as content:
                    tar.addfile(_header(manifest, member.name, member.size), content)
        file.flush()
        file.seek(0)
        digest = hashlib.file_digest(file, "sha256").digest()
        file.seek(0, os.SEEK_END)
        file.write(_SEAL.pack(_SEAL_MAGIC, _SEAL.size - 8, _SEAL_MARK, digest))
        file.flush()
        os.fsync(file.fileno())


def read_archive(path: Path, into: Path | None = None) -> Manifest:
    """Verify an archive as a whole, and unpack its members into a folder if one is given.

    They are called after their place in the manifest: `0`, `1` and so on. Raises
    `RevitronGrpcError` (BACKUP_UNREADABLE) for one that is damaged in any byte or not ours, and
    `OSError` where the disk does not take what is unpacked.
    """
    _check_seal(path)
    with _unpacked(path) as stream:
        manifest = _manifest_in(stream)
        for number, member in enumerate(manifest.members):
            target = None if into is None else into / str(number)
            _take(stream, member, target)
        if _next_header(stream) is not None:
            raise unreadable("holds more than its manifest names")
    return manifest


def read_manifest(path: Path) -> Manifest:
    """Return what an archive says of itself; nothing is verified.

    Raises `RevitronGrpcError` (BACKUP_UNREADABLE).
    """
    with _unpacked(path) as stream:
        return _manifest_in(stream)


class _Stream:
    """What an archive unpacks to."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb")
        unpacker = zstandard.ZstdDecompressor(max_window_size=_WINDOW)
        self._stream = unpacker.stream_reader(self._file)

    def __enter__(self) -> "_Stream":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def exactly(self, size: int) -> bytes:
        """Return so many bytes, not more than fit into memory."""
        parts: list[bytes] = []
        while size:
            try:
                part = self._stream.read(min(size, _CHUNK))
            except zstandard.ZstdError as error:
                raise unreadable(f"cannot be unpacked: {error}") from error
            if not part:
                raise unreadable("ends too early")
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def chunks(self, size: int) -> Iterator[bytes]:
        """Yield so many bytes, however many they are."""
        while size:
            part = self.exactly(min(size, _CHUNK))
            size -= len(part)
            yield part


def _unpacked(path: Path) -> _Stream:
    return _Stream(path)


def _header(manifest: Manifest, name: str, size: int) -> tarfile.TarInfo:
    header = tarfile.TarInfo(name)
    header.size = size
    header.mode = 0o600
    header.mtime = int(manifest.created.timestamp())
    return header


def _check_seal(path: Path) -> None:
    """Hold the sum at the end against all that stands before it."""
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END) - _SEAL.size
        if size <= 0:
            raise unreadable("is too short to be one")
        file.seek(size)
        magic, length, mark, digest = _SEAL.unpack(file.read(_SEAL.size))
        if (magic, length, mark) != (_SEAL_MAGIC, _SEAL.size - 8, _SEAL_MARK):
            raise unreadable("has no checksum at its end: it is cut off, damaged, or no backup")
        file.seek(0)
        if _digest_of(file, size) != digest:
            raise unreadable("is damaged: its checksum is another one")


def _digest_of(file: BinaryIO, size: int) -> bytes:
    digest = hashlib.sha256()
    while size:
        part = file.read(min(size, _CHUNK))
        digest.update(part)
        size -= len(part)
    return digest.digest()


def _manifest_in(stream: _Stream) -> Manifest:
    header = _next_header(stream)
    if header is None or header.name != MANIFEST or header.size > MAX_MANIFEST_BYTES:
        raise unreadable("does not begin with a manifest")
    text = stream.exactly(header.size)
    stream.exactly(-header.size % _BLOCK)
    return decoded(text)


def _next_header(stream: _Stream) -> tarfile.TarInfo | None:
    """The header of the next member, None at the end; nothing but plain files is accepted.

    Read block by block and not by `tarfile.open`, which follows headers of any length.
    """
    block = stream.exactly(_BLOCK)
    if not any(block):
        return None
    try:
        header = tarfile.TarInfo.frombuf(block, "utf-8", "strict")
    except (tarfile.TarError, ValueError) as error:
        raise unreadable(f"has a member that is none: {error}") from error
    if header.type not in (tarfile.REGTYPE, tarfile.AREGTYPE) or header.size < 0:
        raise unreadable(f"has a member that is no plain file: {header.name[:80]!r}")
    return header


def _take(stream: _Stream, member: Member, target: Path | None) -> None:
    header = _next_header(stream)
    if header is None or (header.name, header.size) != (member.name, member.size):
        raise unreadable(f"lacks {member.name}, or has it with another size")
    digest = hashlib.sha256()
    with open(os.devnull if target is None else target, "wb") as file:  # noqa: PTH123 - either
        for part in stream.chunks(member.size):
            digest.update(part)
            file.write(part)
    stream.exactly(-member.size % _BLOCK)
    if digest.hexdigest() != member.sha256:
        raise unreadable(f"has another {member.name} than its manifest says")
