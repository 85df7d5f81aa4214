"""Log lines for machines: the fields of a line under the names of the Elastic Common Schema.

What the schema has a name for gets it, everything else of ours stands under `revitron_grpc`, so
that no field ever changes its type under a name that others use. A key with a dot in it is taken
as a name of the schema already.
"""

import math
import re
import socket
import sys
import traceback
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import PurePath
from types import TracebackType
from typing import Any

from structlog.typing import EventDict, WrappedLogger

from revitron_grpc.syntax_trees import one_tree_at_a_time

_OURS = "revitron_grpc"
_SERVICE = "revitron-grpc"
# Our words for what the schema has a field for.
_NAMES = {
    "request_id": "http.request.id",
    "owner": "user.id",
    "error": "error.message",
    "reason": "event.reason",
    "trace_id": "trace.id",
    "span_id": "span.id",
}
_OUTCOMES = {"ok": "success", "cancelled": "unknown", "refused": "failure", "failed": "failure"}
_NANOSECONDS_IN_MILLISECOND = 1_000_000

_ErrorTriple = tuple[type[BaseException], BaseException, TracebackType | None]


class EcsFields:
    """A structlog processor that turns our words into the schema's."""

    def __init__(self, release: str, node: str) -> None:
        """`node` names the process among those of this service on this machine."""
        self._always = {
            "service.name": _SERVICE,
            "service.version": release,
            "service.node.name": node,
            "host.name": socket.gethostname(),
        }

    def __call__(self, _logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
        """Return the line as `ecs_logging.StructlogFormatter` takes it."""
        record = event.pop("_record")
        del event["_from_structlog"]
        message = str(event.pop("event"))
        line: EventDict = {
            **self._always,
            "@timestamp": _time(record.created),
            "event": message,
            "log.logger": record.name,
            "process.pid": record.process,
            "process.thread.name": record.threadName,
            "log.level": event.pop("level", record.levelname.lower()),
        }
        ours = record.name.partition(".")[0] == _OURS
        if ours:
            line["event.action"] = action_of(message)
        line.update(_error(event.pop("exc_info", None)))
        outcome = event.get("outcome")
        if outcome in _OUTCOMES:
            line["event.outcome"] = _OUTCOMES[outcome]
        elif "error.type" in line:
            line["event.outcome"] = "failure"
        milliseconds = event.pop("milliseconds", None)
        if milliseconds is not None:
            line["event.duration"] = round(milliseconds * _NANOSECONDS_IN_MILLISECOND)
        own: dict[str, Any] = {}
        for name, value in event.items():
            if value is None:
                continue
            if "." in name:
                line[name] = _plain(value)
            elif name in _NAMES:
                # What an exception says of itself stands there already.
                line.setdefault(_NAMES[name], str(value))
            else:
                own[name] = _plain(value)
        if own:
            line[_OURS] = own
        return line


def _time(seconds: float) -> str:
    told = datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds")
    return told.replace("+00:00", "Z")


@lru_cache(maxsize=512)
def action_of(message: str) -> str:
    """Return the name of an event, `event.action`: its message in lower case, with dashes."""
    return re.sub(r"[^a-z0-9]+", "-", message.lower()).strip("-")


def _error(told: BaseException | _ErrorTriple | tuple[None, None, None] | bool | None) -> EventDict:
    """The error that a line is about; its traceback shows no values of variables."""
    if told is True:
        told = sys.exception()
    elif isinstance(told, tuple):
        told = told[1]
    if not isinstance(told, BaseException):
        return {}
    kind = type(told)
    with one_tree_at_a_time():
        trace = "".join(traceback.format_exception(told))
    module = "" if kind.__module__ == "builtins" else f"{kind.__module__}."
    return {
        "error.type": f"{module}{kind.__qualname__}",
        "error.message": _shown(told, str),
        "error.stack_trace": trace,
    }


def _plain(value: object) -> object:
    """A value that JSON has, so that no line is lost because of what is in it."""
    match value:
        case bool() | int() | None:
            return value
        case float():
            return value if math.isfinite(value) else str(value)
        case str():
            return str(value)
        case PurePath():
            return str(value)
        case Mapping():
            # A dot would be taken for a level of its own.
            return {str(key).replace(".", "_"): _plain(inner) for key, inner in value.items()}
        case list() | tuple() | set() | frozenset():
            return [_plain(inner) for inner in value]
    return _shown(value, repr)


def _shown(value: object, how: Callable[[object], str]) -> str:
    try:
        return how(value)
    except Exception as error:
        return f"<{type(value).__name__} that cannot be shown: {type(error).__name__}>"
