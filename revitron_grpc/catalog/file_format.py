r"""The bytes of a catalog file: a magic line, the digest, and the compressed records.

    b"revitron-grpc catalog 1\n"   magic and format number
    64 hexadecimal digits, b"\n"   SHA-256 of the uncompressed records: the catalog's digest
    zlib stream                    MessagePack of `CatalogData`, structs as arrays

The digest is taken before compression, so another zlib yields another file but not another
catalog. Nothing in the file depends on the time or the place of the build.
"""

import hashlib
import os
import zlib
from contextlib import suppress
from pathlib import Path

import msgspec

from revitron_grpc.catalog.model import FORMAT, CatalogData
from revitron_grpc.errors import Reason, RevitronGrpcError

_MAGIC = f"revitron-grpc catalog {FORMAT}\n".encode()
_DIGEST_LENGTH = 64
_HEADER_LENGTH = len(_MAGIC) + _DIGEST_LENGTH + 1

LARGEST_CONTENT = 64 * 1024 * 1024
"""Bytes that a file may unpack to; today's catalog has about a tenth of it."""

_WAY_OUT = "reinstall revitron-grpc, or build it anew with 'revitron-grpc catalog build'"


def encode(data: CatalogData) -> tuple[bytes, str]:
    """Return the bytes of the file and the digest of its content."""
    fields = msgspec.structs.astuple(data)
    # Left out where there are none, as in files that were written before they could be there.
    content = msgspec.msgpack.encode(fields if data.tool_texts else fields[:-1])
    digest = hashlib.sha256(content).hexdigest()
    return _MAGIC + digest.encode() + b"\n" + zlib.compress(content, 9), digest


def write_catalog(target: Path, data: CatalogData) -> tuple[str, int]:
    """Write the file `target`; return the digest of its content and its size in bytes.

    It is written beside the target and then renamed, so that no reader meets half of it.

    Raises:
        RevitronGrpcError: `OUTPUT_UNWRITABLE` when the target cannot be written.

    """
    content, digest = encode(data)
    beside = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(content)
        beside.replace(target)
    except OSError as error:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise RevitronGrpcError(
            Reason.OUTPUT_UNWRITABLE,
            f"catalog file {target} cannot be written: {error.strerror or error}; "
            "name another place with --out",
        ) from error
    return digest, len(content)


def decode(file: bytes, name: str) -> tuple[CatalogData, str]:
    """Read what `encode` wrote; `name` is the file's name for messages.

    Raises:
        RevitronGrpcError: `CATALOG_UNREADABLE` when it is no catalog file, has another format,
            is damaged, or unpacks to more than `LARGEST_CONTENT`.

    """
    if not file.startswith(_MAGIC):
        raise _unreadable(name, f"it is no catalog file of format {FORMAT}")
    digest = file[len(_MAGIC) : _HEADER_LENGTH - 1].decode("ascii", "replace")
    unpacker = zlib.decompressobj()
    try:
        content = unpacker.decompress(file[_HEADER_LENGTH:], LARGEST_CONTENT)
    except zlib.error as error:
        raise _unreadable(name, "its compressed part is damaged") from error
    if unpacker.unconsumed_tail:
        raise _unreadable(name, f"it unpacks to more than {LARGEST_CONTENT} bytes")
    if hashlib.sha256(content).hexdigest() != digest:
        raise _unreadable(name, "its content does not match its digest")
    try:
        data = msgspec.msgpack.decode(content, type=CatalogData)
    except msgspec.DecodeError as error:
        raise _unreadable(name, f"its records are not those of format {FORMAT}") from error
    return data, digest


def digest_in(path: Path) -> str:
    """Return the digest that a catalog file states, without reading the rest of it.

    Raises:
        RevitronGrpcError: `CATALOG_UNREADABLE` when it cannot be read or is no catalog file.

    """
    try:
        with path.open("rb") as file:
            head = file.read(_HEADER_LENGTH)
    except OSError as error:
        raise _unreadable(str(path), error.strerror or str(error)) from error
    if not head.startswith(_MAGIC):
        raise _unreadable(str(path), f"it is no catalog file of format {FORMAT}")
    return head[len(_MAGIC) :].decode("ascii", "replace").strip()


def _unreadable(name: str, why: str) -> RevitronGrpcError:
    return RevitronGrpcError(
        Reason.CATALOG_UNREADABLE, f"catalog {name} cannot be read: {why}; {_WAY_OUT}"
    )
