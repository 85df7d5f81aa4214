"""The gate: which calls are let in, and as whom."""

from dataclasses import dataclass, field
from typing import Protocol

from revitron_grpc.access.caller import Caller, Permission


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a call brought to show who makes it.

    `authorization` is the value of that header or metadata key, "" if absent; `certificate_name`
    what the caller's certificate proved (mutual TLS), "" without one.
    """

    authorization: str = field(default="", repr=False)
    certificate_name: str = ""


class Gate(Protocol):
    """Decides about each call before anything else is done for it."""

    async def admit(self, credentials: Credentials, needed: Permission) -> Caller:
        """Return who calls.

        Raises `RevitronGrpcError` for somebody who is not known, or may not do this.
        """
        ...


class OpenGate:
    """Lets everybody in: a service without keys. Runs belong to who the certificate names."""

    async def admit(self, credentials: Credentials, needed: Permission) -> Caller:
        """Return a caller with every permission."""
        del needed
        return Caller(owner=credentials.certificate_name)
