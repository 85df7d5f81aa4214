"""Encryption of archives by age: to public keys, so that a machine cannot read its own backups.

The files are those of the program `age`, and so are the keys: `age-keygen` makes them too.
"""

import os
from collections.abc import Sequence
from pathlib import Path

import pyrage
from pyrage import x25519

from revitron_grpc.backup.manifest import unreadable
from revitron_grpc.errors import FieldViolation, InvalidInputError, Reason

MAGIC = b"age-encryption.org/v1"
"""What an encrypted file begins with."""
_MAX_KEY_FILE = 64 * 1024


def is_encrypted(path: Path) -> bool:
    """Say whether a file is one of age."""
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


def new_identity() -> tuple[str, str]:
    """Return a new private key and the public one that belongs to it."""
    identity = x25519.Identity.generate()
    return str(identity), str(identity.to_public())


def recipients_of(keys: Sequence[str]) -> list[x25519.Recipient]:
    """Read public keys, `age1...`.

    Raises `InvalidInputError` (INVALID_REQUEST) for a text that is none.
    """
    try:
        return [x25519.Recipient.from_str(key.strip()) for key in keys]
    except pyrage.RecipientError as error:
        raise _wrong("--recipient", f"is no public key of age (age1...): {error}") from error


def identities_in(path: Path) -> list[x25519.Identity]:
    """Read the private keys in a file, as `backup key` and `age-keygen` write it.

    Raises `InvalidInputError` (INVALID_REQUEST) for a file without any; it is not quoted.
    """
    try:
        with path.open(encoding="utf-8") as file:
            lines = [line.strip() for line in file.read(_MAX_KEY_FILE).splitlines()]
        found = [
            x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")
        ]
    except (OSError, UnicodeDecodeError) as error:
        raise _wrong("--identity", f"{path} cannot be read: {error}") from error
    except pyrage.IdentityError:
        found = []
    if not found:
        raise _wrong("--identity", f"{path} has no private key of age (AGE-SECRET-KEY-1...)")
    return found


def encrypt(source: Path, target: Path, recipients: Sequence[x25519.Recipient]) -> None:
    """Write a new file, for its owner alone, that only the recipients can read; synced.

    Raises `OSError` where it cannot be written.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with source.open("rb") as plain, os.fdopen(os.open(target, flags, 0o600), "wb") as file:
        try:
            pyrage.encrypt_io(plain, file, recipients)
        except pyrage.EncryptError as error:
            # What writing the file raised, as text.
            raise OSError(str(error)) from error
        file.flush()
        os.fsync(file.fileno())


def decrypt(source: Path, target: Path, identities: Sequence[x25519.Identity]) -> None:
    """Write what an encrypted file holds to another one.

    Raises `RevitronGrpcError` (BACKUP_UNREADABLE) for one that is damaged, or is for other keys.
    """
    with source.open("rb") as file, target.open("wb") as plain:
        try:
            pyrage.decrypt_io(file, plain, identities)
        except pyrage.DecryptError as error:
            raise unreadable(f"cannot be decrypted: {error}") from error
        except OSError as error:
            if error.errno is None:  # not the disk, but a piece that is not as it was written
                raise unreadable(f"cannot be decrypted: {error}") from error
            raise


def _wrong(option: str, description: str) -> InvalidInputError:
    return InvalidInputError(Reason.INVALID_REQUEST, (FieldViolation(option, description),))
