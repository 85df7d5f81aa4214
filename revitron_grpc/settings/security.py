"""Settings of who may do what."""

import hmac
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from revitron_grpc.settings.secret import MIN_SECRET, SecretText, secret_of
from revitron_grpc.settings.section import Section

QuotaLimit = Annotated[int, Field(ge=0, le=1_000_000_000)]


class KeysSettings(Section):
    """API keys: who is let in."""

    required: bool = False
    """Whether a call needs a key; health never does. Off, a key that is sent must still be good
    where a secret is set."""
    secret: SecretText = ""
    """Keys are stored as HMAC-SHA-256 with this secret; the same on all replicas and where keys
    are made, at least 32 characters. Another one makes every key unknown."""
    secret_file: Path | None = None
    """File that holds the secret instead."""
    refresh_seconds: Annotated[float, Field(ge=0.05, le=30)] = 15
    """How often a replica reads the keys anew: a revoked one works for so long at most, and for
    60 s where they cannot be read."""

    @model_validator(mode="after")
    def _secret_where_keys_are(self) -> Self:
        if self.required and not (self.secret or self.secret_file):
            raise ValueError("needs a secret: set keys.secret or keys.secret_file")
        if self.secret and len(self.secret) < MIN_SECRET:
            raise ValueError(f"secret has fewer than {MIN_SECRET} characters")
        return self

    @property
    def in_use(self) -> bool:
        """Whether keys are looked at."""
        return bool(self.secret or self.secret_file)

    def hashing_secret(self) -> bytes:
        """Return the secret; reads the file.

        Raises `InvalidInputError` (INVALID_CONFIGURATION) for a file that cannot be read, and a
        secret that is missing or too short to keep anything.
        """
        found = secret_of("keys.secret", self.secret, self.secret_file, least=MIN_SECRET)
        return found.encode("utf-8")


class TlsSettings(Section):
    """TLS on both ports of a replica, 1.2 or later."""

    certificate: Path | None = None
    """PEM file with the certificate of the service, followed by those between it and the authority.
    With it both ports speak TLS; without it both are plain text."""
    private_key: Path | None = None
    """PEM file with its private key, without a password, readable for the service alone."""
    client_ca: Path | None = None
    """PEM file with the authorities whose client certificates are accepted."""
    client_certificates: Literal["off", "required"] = "off"
    """Whether callers must show a certificate of `client_ca` (mutual TLS). On the side port
    `/health`, `/ready` and `/metrics` answer without one."""

    @property
    def enabled(self) -> bool:
        """Whether the ports speak TLS."""
        return self.certificate is not None

    @property
    def mutual(self) -> bool:
        """Whether callers must show a certificate."""
        return self.client_certificates == "required"

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.certificate is None) != (self.private_key is None):
            there, missing = "certificate", "private_key"
            if self.certificate is None:
                there, missing = missing, there
            raise ValueError(f"{there} needs {missing} too")
        if self.mutual and self.certificate is None:
            raise ValueError("client_certificates: required needs certificate and private_key")
        if self.mutual != (self.client_ca is not None):
            raise ValueError(
                "client_certificates: required and client_ca go together; "
                "one of them alone asks nobody for a certificate"
            )
        return self


class ResumeSettings(Section):
    """Resume tokens."""

    secret: SecretText = ""
    """Signs tokens; the same on all replicas. Empty: made from `keys.secret` where that is set,
    else a key that everybody knows, which keeps tokens from being mangled but not from being
    forged."""
    secret_file: Path | None = None
    """File that holds the secret instead."""

    def signing_secret(self, keys: KeysSettings) -> str:
        """Return the secret, one made from that of the keys, or "" if there is neither.

        Raises `InvalidInputError` (INVALID_CONFIGURATION) for a file that cannot be read.
        """
        found = secret_of("resume.secret", self.secret, self.secret_file)
        if found or not keys.in_use:
            return found
        return hmac.new(keys.hashing_secret(), b"resume tokens", "sha256").hexdigest()


class QuotaSettings(Section):
    """How many calls each key may make; a key can have limits of its own."""

    calls_per_minute: QuotaLimit = 0
    """Accepted calls of any kind in a minute, counted from the first of them; 0 sets no limit."""
    calls_per_hour: QuotaLimit = 0
    """The same in an hour."""
    calls_per_day: QuotaLimit = 0
    """The same in a day: 24 hours from the first of them."""
    runs_per_day: QuotaLimit = 0
    """Generation runs in a day; a run that is resumed counts once."""
    replicas: Annotated[int, Field(ge=1, le=1_000)] = 1
    """How many replicas share the load: without Redis each grants its share of a quota."""


class AuditSettings(Section):
    """The record of who did what."""

    enabled: bool = False
    """Write a line for each call and each change of keys: to files of its own where
    `logging.directory` is set, else among the other lines."""
    max_file_mb: Annotated[int, Field(ge=1, le=1_024)] = 10
    """Size in MiB at which an audit file is closed and the next one begun."""
    max_files: Annotated[int, Field(ge=1, le=10_000)] = 100
    """Closed audit files that are kept; the oldest goes first."""
