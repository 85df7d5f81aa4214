"""The manifest of a written extension: what was generated from what, with a hash per file.

A later run reads it to tell the files that people edited from those that they left alone.
"""

import hashlib
from pathlib import Path

import msgspec

from revitron_grpc.errors import Reason, RevitronGrpcError

MANIFEST = "revitron-grpc.json"
SCHEMA = 1
_MAX_BYTES = 16 * 1024 * 1024


class ManifestHeader(msgspec.Struct, frozen=True):
    """What holds for the whole extension.

    `proof` is the sentence that says what the buttons were proven against, and what not; it is
    shown to people as it stands.
    """

    generator_version: str
    plan_digest: str
    catalog_digest: str
    proof: str
    recipes_digest: str = ""


class ManifestButton(msgspec.Struct, frozen=True):
    """One button: where it stands and which recipe it comes from."""

    id: str
    title: str
    recipe_id: str
    recipe_digest: str
    folder: str


class ManifestFile(msgspec.Struct, frozen=True):
    """One file, its path relative to the extension's root, as it was written."""

    path: str
    sha256: str


class Manifest(msgspec.Struct, frozen=True):
    """`revitron-grpc.json` at the root of a written extension; files in order of their path."""

    schema: int
    generator: ManifestHeader
    buttons: tuple[ManifestButton, ...]
    files: tuple[ManifestFile, ...]


def sha256(data: bytes) -> str:
    """Hash a file as the manifest does."""
    return hashlib.sha256(data).hexdigest()


def encode(manifest: Manifest) -> bytes:
    """Write a manifest as indented JSON; equal manifests give equal bytes."""
    return msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n"


def decode(data: bytes, source: str) -> Manifest:
    """Read a manifest.

    Raises RevitronGrpcError (INVALID_REQUEST) where it is none, or one of a later release.
    """
    if len(data) > _MAX_BYTES:
        raise RevitronGrpcError(
            Reason.INVALID_REQUEST, f"{source}: more than {_MAX_BYTES} bytes are no manifest"
        )
    try:
        manifest = msgspec.json.decode(data, type=Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise RevitronGrpcError(Reason.INVALID_REQUEST, f"{source}: {error}") from error
    if manifest.schema != SCHEMA:
        raise RevitronGrpcError(
            Reason.INVALID_REQUEST,
            f"{source}: is a manifest of schema {manifest.schema}; this release reads {SCHEMA}."
            " Use the release that wrote it, or a later one",
        )
    return manifest


def read_manifest(extension: Path) -> Manifest | None:
    """Read the manifest of an extension; None where it has none, so is not of our making.

    Raises RevitronGrpcError (INVALID_REQUEST) where it cannot be read.
    """
    path = extension / MANIFEST
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise RevitronGrpcError(
            Reason.INVALID_REQUEST, f"{path}: {error.strerror or error}"
        ) from error
    return decode(data, str(path))
