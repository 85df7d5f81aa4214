"""Every error that the project raises on purpose.

One base, a stable reason, and a message that names the thing, the limit and the way out. The
command line and the tests go by the reason; one module of the service turns it into a status.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

ERROR_DOMAIN = "revitron_grpc"
"""`google.rpc.ErrorInfo.domain` of every error that the service raises on purpose."""


class Reason(StrEnum):
    """Stable names of what went wrong; `google.rpc.ErrorInfo.reason` on the wire."""

    INVALID_REQUEST = "INVALID_REQUEST"
    INVALID_CONFIGURATION = "INVALID_CONFIGURATION"
    INVALID_RECIPE = "INVALID_RECIPE"
    CATALOG_INCOMPLETE = "CATALOG_INCOMPLETE"
    ASSEMBLY_UNREADABLE = "ASSEMBLY_UNREADABLE"
    CATALOG_UNREADABLE = "CATALOG_UNREADABLE"
    FACTS_UNREADABLE = "FACTS_UNREADABLE"
    RESUME_TOKEN_INVALID = "RESUME_TOKEN_INVALID"  # noqa: S105 - the name of an error
    PLAN_CHANGED = "PLAN_CHANGED"
    OUTPUT_EXISTS = "OUTPUT_EXISTS"
    OUTPUT_UNWRITABLE = "OUTPUT_UNWRITABLE"
    SERVER_UNREACHABLE = "SERVER_UNREACHABLE"
    STREAM_BROKEN = "STREAM_BROKEN"
    DEADLINE_EXCEEDED = "DEADLINE_EXCEEDED"
    RESEARCH_DISABLED = "RESEARCH_DISABLED"
    OVERLOADED = "OVERLOADED"
    DRAINING = "DRAINING"
    MESSAGE_TOO_LARGE = "MESSAGE_TOO_LARGE"
    STARTING = "STARTING"
    CALLER_SILENT = "CALLER_SILENT"
    NOT_IMPLEMENTED = "NOT_IMPLEMENTED"
    EXTRA_MISSING = "EXTRA_MISSING"
    DATABASE_VERSION = "DATABASE_VERSION"
    STORE_UNAVAILABLE = "STORE_UNAVAILABLE"
    RUN_NOT_FOUND = "RUN_NOT_FOUND"
    UNAUTHENTICATED = "UNAUTHENTICATED"
    PERMISSION_DENIED = "PERMISSION_DENIED"
    KEYS_UNREADABLE = "KEYS_UNREADABLE"
    QUOTA_EXCEEDED = "QUOTA_EXCEEDED"
    BACKUP_UNREADABLE = "BACKUP_UNREADABLE"
    STORE_IN_USE = "STORE_IN_USE"


class RevitronGrpcError(Exception):
    """The base of all errors of this project.

    `reason` is stable across releases; `message` is for people and may change.
    """

    def __init__(self, reason: Reason, message: str) -> None:
        super().__init__(message)
        self.reason = reason
        self.message = message


class StoreUnavailableError(RevitronGrpcError):
    """A store did not answer, in time or at all; the same may work later."""

    def __init__(self, message: str) -> None:
        super().__init__(Reason.STORE_UNAVAILABLE, message)


@dataclass(frozen=True, slots=True)
class FieldViolation:
    """One field of a request or a file that is wrong, and what would be right."""

    field: str
    description: str


class InvalidInputError(RevitronGrpcError):
    """Input with one or more wrong fields; carries all of them, not only the first."""

    def __init__(self, reason: Reason, violations: tuple[FieldViolation, ...]) -> None:
        super().__init__(reason, "; ".join(f"{v.field}: {v.description}" for v in violations))
        self.violations = violations


class QuotaExceededError(RevitronGrpcError):
    """A call that is one too many; `quota` names the limit, `subject` whose it is."""

    def __init__(self, subject: str, quota: str, limit: int, retry_seconds: int) -> None:
        super().__init__(
            Reason.QUOTA_EXCEEDED,
            f"the quota {quota} ({limit}) is used up; there is room again in "
            f"{timedelta(seconds=retry_seconds)} (h:mm:ss), or ask who runs the service for a "
            "higher one",
        )
        self.quota = quota
        self.subject = subject
        self.retry_seconds = retry_seconds
