"""The audit log: who did what, with which key, from where, and what came of it.

Lines of a logger of its own, at whatever level the rest is logged; `configure_logging` says where
they go, and switches them off where nobody asked for them. Never a key, a token, or anything of
what a caller sent.
"""

import logging

import structlog

from revitron_grpc.access.gate import UnknownCallerError
from revitron_grpc.access.key_record import KeyRecord

NAME = "revitron_grpc.audit"
"""The logger of all lines, by which they can be told from others."""

_lines = logging.getLogger(NAME)
_lines.setLevel(logging.INFO)
_lines.disabled = True
_log = structlog.wrap_logger(
    _lines, wrapper_class=structlog.make_filtering_bound_logger(logging.INFO)
)


def log_call(
    method: str,
    transport: str,
    peer: str,
    code: str,
    *,
    run_id: str = "",
    error: Exception | None = None,
) -> None:
    """Write down a call that ended; its request and its caller are in the line's context.

    `code` is the name of its status. A caller who was not let in is named by the key that he
    tried, where there is one.
    """
    if not _lines.isEnabledFor(logging.INFO):
        return
    more: dict[str, str] = {}
    if run_id:
        more["run_id"] = run_id
    if isinstance(error, UnknownCallerError):
        more["key"] = error.outcome
        if error.key_id:
            more["key_id"] = error.key_id
    outcome = {"OK": "ok", "CANCELLED": "cancelled"}.get(code, "refused")
    _log.info(
        "call",
        method=method,
        transport=transport,
        code=code,
        outcome=outcome,
        **{"client.address": peer, **more},
    )


def log_key_change(action: str, record: KeyRecord, by: str) -> None:
    """Write down that somebody at the machine created, rotated, revoked or deleted a key."""
    _log.info(
        f"key {action}",
        outcome="ok",
        key_id=record.key_id,
        key_owner=record.owner,
        permissions=sorted(record.permissions),
        expires=record.expires.isoformat() if record.expires else "never",
        **{"user.id": by},
    )
