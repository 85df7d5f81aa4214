"""The table of metrics of docs/operations/observability.md, from the metrics themselves.

`python -m tests.docs.observability_tables` prints it, to be pasted into the page.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

from prometheus_client import CollectorRegistry

from revitron_grpc.service.telemetry.ecs import action_of
from revitron_grpc.service.telemetry.metrics import Metrics

PACKAGE = Path(__file__).parents[2] / "revitron_grpc"
_LEVELS = {"warning": "warning", "error": "error", "exception": "error", "critical": "error"}


# What is asked for when somebody reads has no object that knows its labels.
_MOMENTARY = {
    "revitron_grpc_component_state": ("component", "state"),
    "revitron_grpc_cache_entries": ("cache",),
    "revitron_grpc_cache_size_bytes": ("cache",),
    "revitron_grpc_log_events": ("event", "level"),
}


def _labels(registry: CollectorRegistry) -> dict[str, tuple[str, ...]]:
    return {
        getattr(collector, "_name", ""): getattr(collector, "_labelnames", ())
        for collector in registry._collector_to_names
    } | _MOMENTARY


def metric_labels() -> dict[str, set[str]]:
    """The labels of each series that a replica exports, those of the process included."""
    registry = Metrics("0")._registry
    labels = _labels(registry)
    found: dict[str, set[str]] = {}
    for family in registry.collect():
        known = set(labels.get(family.name, ())).union(*(s.labels for s in family.samples))
        match family.type:
            case "counter":
                found[f"{family.name}_total"] = known
            case "histogram":
                found[f"{family.name}_bucket"] = known | {"le"}
                found[f"{family.name}_sum"] = found[f"{family.name}_count"] = known
            case _:
                found[family.name] = known
    return found


def metric_rows() -> list[str]:
    """One line for each metric of ours, in the order of their making."""
    registry = Metrics("0")._registry
    labels = _labels(registry)
    return [
        f"| `{family.name}{'_total' if family.type == 'counter' else ''}` | {family.type} "
        f"| {', '.join(f'`{label}`' for label in labels[family.name])} | {family.documentation} |"
        for family in registry.collect()
        if family.name.startswith("revitron_grpc_")
    ]


def metric_names() -> set[str]:
    """The names of all metrics, as an expression has them."""
    return {
        f"{family.name}{'_total' if family.type == 'counter' else ''}"
        for family in Metrics("0")._registry.collect()
    }


def logged_events() -> Iterator[tuple[str, str]]:
    """Each warning and error that the service logs: the event's name and the level."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if PACKAGE / "simulation" in path.parents:  # what a script of a user's logs
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Attribute(ast.Name("_log"), level)) if level in _LEVELS:
                    event = node.args[0]
                    assert isinstance(event, ast.Constant), f"{path}:{node.lineno}: not a constant"
                    yield action_of(str(event.value)), _LEVELS[level]


if __name__ == "__main__":
    print("\n".join(metric_rows()))
    print("\n".join(f"| `{event}` | {level} |" for event, level in sorted(set(logged_events()))))
