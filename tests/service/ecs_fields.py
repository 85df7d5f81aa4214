"""Holds log lines to the Elastic Common Schema: names, types, and nothing of ours beside ours."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

_WORD, _NUMBER = (str,), (int,)
# The fields of ECS 1.6 that the project may use, with their types there.
FIELDS: dict[str, tuple[type, ...]] = {
    "@timestamp": _WORD,
    "message": _WORD,
    "ecs.version": _WORD,
    "client.address": _WORD,
    "error.code": _WORD,
    "error.message": _WORD,
    "error.stack_trace": _WORD,
    "error.type": _WORD,
    "event.action": _WORD,
    "event.category": (str, list),
    "event.duration": _NUMBER,
    "event.kind": _WORD,
    "event.outcome": _WORD,
    "event.reason": _WORD,
    "event.type": (str, list),
    "host.name": _WORD,
    "http.request.id": _WORD,
    "log.level": _WORD,
    "log.logger": _WORD,
    "process.pid": _NUMBER,
    "process.thread.name": _WORD,
    "service.name": _WORD,
    "service.node.name": _WORD,
    "service.version": _WORD,
    "span.id": _WORD,
    "trace.id": _WORD,
    "transaction.id": _WORD,
    "user.id": _WORD,
    "user.name": _WORD,
}
ALWAYS = {
    *("@timestamp", "message", "ecs.version", "log.level", "log.logger", "host.name"),
    *("service.name", "service.version", "service.node.name", "process.pid"),
}


def check(line: Mapping[str, Any]) -> dict[str, Any]:
    """Assert that a line keeps to the schema, and return its fields by their full names."""
    ours = line.get("revitron_grpc", {})
    assert isinstance(ours, dict), line
    fields = dict(_flat({k: v for k, v in line.items() if k != "revitron_grpc"}))
    for name, value in fields.items():
        assert name in FIELDS, f"{name} is no field of the schema: {line}"
        assert isinstance(value, FIELDS[name]), f"{name} is {value!r}"
        assert not isinstance(value, bool), name
    assert set(fields) >= ALWAYS, line
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", fields["@timestamp"])
    assert fields.get("event.outcome", "success") in {"success", "failure", "unknown"}
    assert fields.get("event.duration", 0) >= 0
    return fields


def own_lines(path: Path) -> list[dict[str, Any]]:
    """The checked lines of the service's own loggers in a log file.

    A library may write there as well: `asyncio` tells of an event that gRPC keeps from the loop
    of an earlier test, and no request of this one is its cause.
    """
    text = path.read_text(encoding="utf-8")
    lines = [check(json.loads(line)) for line in text.splitlines()]
    return [line for line in lines if line["log.logger"].startswith("revitron_grpc.")]


def _flat(value: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    for key, inner in value.items():
        if isinstance(inner, dict):
            yield from _flat(inner, f"{above}{key}.")
        else:
            yield f"{above}{key}", inner
