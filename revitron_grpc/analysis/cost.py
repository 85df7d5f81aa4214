"""What makes a script slow, as lines."""

from collections.abc import Iterable
from dataclasses import dataclass

from revitron_grpc.analysis.walk import Event


@dataclass(frozen=True, slots=True)
class CostFacts:
    """Line numbers, in order, of what costs time in a large model."""

    collectors: tuple[int, ...] = ()
    unfiltered_collectors: tuple[int, ...] = ()
    collectors_in_loops: tuple[int, ...] = ()
    nested_element_loops: tuple[int, ...] = ()
    geometry_calls: tuple[int, ...] = ()
    transactions_in_loops: tuple[int, ...] = ()


def cost_facts(events: Iterable[Event]) -> CostFacts:
    """The cost facts among the events of a walk."""
    lines: dict[str, set[int]] = {}
    for event in events:
        lines.setdefault(event.kind, set()).add(event.line)

    def of(kind: str) -> tuple[int, ...]:
        return tuple(sorted(lines.get(kind, ())))

    return CostFacts(
        collectors=of("collector"),
        unfiltered_collectors=of("unfiltered_collector"),
        collectors_in_loops=of("collector_in_loop"),
        nested_element_loops=of("nested_element_loop"),
        geometry_calls=of("geometry"),
        transactions_in_loops=of("transaction_in_loop"),
    )
