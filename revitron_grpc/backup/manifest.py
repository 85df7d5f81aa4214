"""What an archive says of itself: its first member, as JSON."""

import hmac
import re
import secrets
from datetime import datetime
from enum import StrEnum

import msgspec

from revitron_grpc.errors import Reason, RevitronGrpcError
from revitron_grpc.storage.versions import known_versions

FORMAT = 1
"""The layout of archives that this release writes and reads."""
MANIFEST = "manifest.json"
"""The name of the first member."""
DATABASE = "database.sqlite3"
"""The name of the member that has all rows, whichever database they came from."""
MAX_MANIFEST_BYTES = 64 * 1024 * 1024
MAX_MEMBERS = 200_000

_NAME = re.compile(r"files/[0-9]{4,6}-[A-Za-z0-9._-]{1,60}", re.ASCII)
_DIGEST = re.compile(r"[0-9a-f]{64}")


class Role(StrEnum):
    """What a member is."""

    DATABASE = "database"
    """Runs, buttons, ratings and keys."""
    SETTINGS = "settings"
    """The settings file."""
    NAMED = "named"
    """What the settings name: secrets, certificates, recipe packs, a catalog."""
    CATALOG = "catalog"
    """The refreshed catalog in use; its path is relative to the folder of the settings."""
    SPOOL = "spool"
    """Runs that were owed to the database."""
    INCLUDED = "included"
    """What the caller asked for."""


class Member(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One file of an archive: `name` there, and `path` where it stood.

    `user` and `group` are the names of its owners, empty where the system has none.
    """

    name: str
    role: Role
    path: str
    size: int
    sha256: str
    mode: int
    user: str = ""
    group: str = ""


class KeyCheck(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Tells whether a secret is the one with which the keys of an archive were made."""

    nonce: str
    digest: str

    @classmethod
    def of(cls, secret: bytes) -> "KeyCheck":
        """Return the check of a secret, which does not give the secret away."""
        nonce = secrets.token_hex(16)
        return cls(nonce, _digest(secret, nonce))

    def matches(self, secret: bytes) -> bool:
        """Say whether it is this secret."""
        return hmac.compare_digest(self.digest, _digest(secret, self.nonce))


class Manifest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An archive: who made it, when, of what.

    `database` is the kind it came from, or `none`; `schema` its version, `rows` the number in each
    table. `left_out` names what could not be taken, for people.
    """

    format: int = FORMAT
    program: str
    created: datetime
    database: str
    schema: str = ""
    rows: dict[str, int] = msgspec.field(default_factory=dict)
    key_check: KeyCheck | None = None
    members: tuple[Member, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """Bytes of all members together."""
        return sum(member.size for member in self.members)


class _Format(msgspec.Struct):
    format: int = 0


def encoded(manifest: Manifest) -> bytes:
    """Return a manifest as it stands in an archive."""
    return msgspec.json.format(msgspec.json.encode(manifest))


def decoded(text: bytes) -> Manifest:
    """Read a manifest, which somebody may have written who means harm.

    Raises `RevitronGrpcError` (BACKUP_UNREADABLE) for one that is none, contradicts itself, or was
    made by a release that this one knows nothing of.
    """
    try:
        found = msgspec.json.decode(text, type=_Format).format
        if found != FORMAT:
            raise unreadable(
                f"has the format {found}, this release reads {FORMAT}; restore it with the release "
                "that made it"
            )
        manifest = msgspec.json.decode(text, type=Manifest)
    except msgspec.DecodeError as error:
        raise unreadable(f"has a manifest that is none: {error}") from error
    names = [member.name for member in manifest.members]
    if len(names) > MAX_MEMBERS or len(set(names)) != len(names):
        raise unreadable("names a member twice, or more than there may be")
    for member in manifest.members:
        _check(member)
    databases = [one for one in manifest.members if one.role is Role.DATABASE]
    if len(databases) != (manifest.database != "none"):
        raise unreadable("does not say which of its members is the database")
    if databases and manifest.schema not in known_versions():
        raise unreadable(
            f"has a database of version {manifest.schema!r}, which this release does not know: a "
            "newer one made it; install that"
        )
    return manifest


def unreadable(what: str) -> RevitronGrpcError:
    """Return the error for an archive that cannot be used; `what` goes on behind its name."""
    return RevitronGrpcError(Reason.BACKUP_UNREADABLE, f"the backup {what}")


def _check(member: Member) -> None:
    good = _NAME.fullmatch(member.name) or (
        member.role is Role.DATABASE and member.name == DATABASE
    )
    parts = re.split(r"[/\\]", member.path)
    if not good or ".." in parts or "\0" in member.path:
        raise unreadable(f"has a member with the wrong name {member.name[:80]!r}")
    if member.size < 0 or not _DIGEST.fullmatch(member.sha256) or not 0 <= member.mode <= 0o777:
        raise unreadable(f"says something impossible of its member {member.name}")


def _digest(secret: bytes, nonce: str) -> str:
    return hmac.new(secret, b"revitron-grpc backup " + nonce.encode(), "sha256").hexdigest()
