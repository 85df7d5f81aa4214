"""Settings of who may do what."""

from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from revitron_grpc.settings.section import Section


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

    secret: Annotated[str, Field(repr=False, max_length=256)] = ""
    """Signs tokens; the same on all replicas. Empty: a key that everybody knows, which keeps
    tokens from being mangled but not from being forged."""
