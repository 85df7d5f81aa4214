"""Who calls: the one place that says to whom a run belongs and what a call may do."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum

from revitron_grpc.access.quota import AS_SET, Quota


class Permission(StrEnum):
    """What somebody may do; each is granted by itself, none contains another."""

    READ = "read"
    """Look up facts, validate, see one's own runs."""
    WRITE = "write"
    """Generate buttons and rate them."""
    ADMIN = "admin"
    """See the runs of everybody."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody whose call was let in.

    `owner` is the name to which runs, ratings and resume tokens belong, "" for nobody in
    particular; `key_id` names the API key, "" where none was needed, and `quota` has the limits
    of that key.
    """

    owner: str = ""
    permissions: frozenset[Permission] = frozenset(Permission)
    key_id: str = ""
    quota: Quota = AS_SET

    def may(self, permission: Permission) -> bool:
        """Say whether this was granted."""
        return permission in self.permissions


_caller: ContextVar[Caller | None] = ContextVar("caller", default=None)
_NOBODY = Caller(permissions=frozenset())


def current_caller() -> Caller:
    """Return who makes the call that is being served; outside of any, somebody who may nothing."""
    return _caller.get() or _NOBODY


@contextmanager
def serving(caller: Caller) -> Iterator[None]:
    """Serve this caller for the length of the block, in the current task and what it starts."""
    token = _caller.set(caller)
    try:
        yield
    finally:
        _caller.reset(token)
