"""The gate: which calls are let in, and as whom."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

from revitron_grpc.access.api_key import bearer_key
from revitron_grpc.access.caller import Caller, Permission
from revitron_grpc.access.keyring import Keyring, Outcome, utc_now
from revitron_grpc.errors import Reason, RevitronGrpcError

LookedAt = Outcome | Literal["forbidden"]
NAMED = frozenset({Permission.READ, Permission.WRITE})
"""What somebody may do whose key does not say it."""


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


class UnknownCallerError(RevitronGrpcError):
    """Somebody without a good key. The caller never hears which of the reasons it was.

    `outcome` says it to the log and the metrics, and `key_id` names the key where there is one.
    """

    def __init__(self, outcome: Outcome, key_id: str = "") -> None:
        super().__init__(
            Reason.UNAUTHENTICATED,
            "this service needs an API key, and there is none, or it is unknown, expired or "
            "revoked; send `authorization: Bearer KEY`, and ask who runs the service for a key "
            "(`revitron-grpc keys list` shows there what became of yours)",
        )
        self.outcome = outcome
        self.key_id = key_id


class ForbiddenError(RevitronGrpcError):
    """A known caller who may not do this."""

    def __init__(self, caller: Caller, needed: Permission) -> None:
        super().__init__(
            Reason.PERMISSION_DENIED,
            f"this call needs a key with the permission `{needed}`, which yours does not have; "
            "ask who runs the service",
        )
        self.caller = caller


class OpenGate:
    """Lets everybody in: a service without keys. Runs belong to who the certificate names.

    Who is named has colleagues, and sees only what is his; nobody in particular is alone, and
    sees everything.
    """

    async def admit(self, credentials: Credentials, needed: Permission) -> Caller:
        """Return a caller who may do this.

        Raises `ForbiddenError` for somebody with a certificate who wants more than his own.
        """
        if not credentials.certificate_name:
            return Caller()
        caller = Caller(credentials.certificate_name, NAMED)
        return _permitted(caller, needed)


class KeyGate:
    """Lets in who has a good key; a key says more than a certificate, so its owner counts.

    Where keys are not `required`, a call without one is let in as an `OpenGate` would, but never
    as an administrator; a key that is sent must be good all the same.
    """

    def __init__(
        self,
        keyring: Keyring,
        *,
        required: bool = True,
        looked: Callable[[LookedAt], None] = lambda _: None,
        clock: Callable[[], float] = time.monotonic,
        time_of_day: Callable[[], datetime] = utc_now,
    ) -> None:
        """`looked` is told what came of each key; `clock` is the one of `Keyring.learn`."""
        self._keyring = keyring
        self._required = required
        self._looked = looked
        self._clock = clock
        self._time_of_day = time_of_day

    async def admit(self, credentials: Credentials, needed: Permission) -> Caller:
        """Return who calls.

        Raises `RevitronGrpcError`: UNAUTHENTICATED (`UnknownCallerError`), PERMISSION_DENIED
        (`ForbiddenError`), or KEYS_UNREADABLE while the keys cannot be read.
        """
        key = bearer_key(credentials.authorization)
        if not key and not self._required:
            return _permitted(Caller(credentials.certificate_name, NAMED), needed)
        found = self._keyring.look(key, self._clock(), self._time_of_day())
        record = found.record
        if found.outcome != "accepted" or record is None:
            self._looked(found.outcome)
            raise UnknownCallerError(found.outcome, record.key_id if record else "")
        caller = Caller(record.owner, record.permissions, record.key_id, record.quota)
        self._looked("accepted" if caller.may(needed) else "forbidden")
        return _permitted(caller, needed)


def _permitted(caller: Caller, needed: Permission) -> Caller:
    if not caller.may(needed):
        raise ForbiddenError(caller, needed)
    return caller
