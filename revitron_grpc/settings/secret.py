"""Secrets among the settings: never shown, and readable from a file of their own."""

from pathlib import Path
from typing import Annotated

from pydantic import Field

from revitron_grpc.errors import FieldViolation, InvalidInputError, Reason

MIN_SECRET = 32
"""Characters of a secret that has to resist guessing."""
MAX_SECRET = 256

# `repr=False` is also what `config show` goes by.
SecretText = Annotated[str, Field(repr=False, max_length=MAX_SECRET)]
"""A secret that stands in the settings themselves."""


def secret_of(key: str, text: str, file: Path | None, *, least: int = 0) -> str:
    """Return the secret of a setting: its text, or what stands in its file, without the line end.

    `key` names the setting in errors, which never show the secret. Raises `InvalidInputError`
    (INVALID_CONFIGURATION) if both are given, the file cannot be read, or the secret has fewer
    than `least` characters.
    """
    if file is not None:
        if text:
            raise _wrong(key, f"stands here and in {key}_file; leave one out")
        try:
            text = file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            told = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
            raise _wrong(f"{key}_file", f"{file} cannot be read: {told}") from error
        key = f"{key}_file"
        least = max(least, 1)
    if len(text) < least or len(text) > MAX_SECRET:
        found = f"has {len(text)} characters" if text else "is not set"
        raise _wrong(
            key,
            f"{found} and needs {least} to {MAX_SECRET} characters; "
            'make one with `python -c "import secrets; print(secrets.token_urlsafe(48))"`',
        )
    return text


def _wrong(key: str, description: str) -> InvalidInputError:
    return InvalidInputError(Reason.INVALID_CONFIGURATION, (FieldViolation(key, description),))
