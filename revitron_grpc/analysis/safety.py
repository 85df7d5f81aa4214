"""What a script changes, starts, deletes and connects to."""

from collections.abc import Iterable
from dataclasses import dataclass

from revitron_grpc.analysis.walk import Event


@dataclass(frozen=True, slots=True)
class SafetyFacts:
    """What was seen of changes to the model and of effects outside of it, as lines.

    `transactions` names what opens one; `unguarded_writes` are changes at a place where no
    transaction was seen open, neither around it nor around every call of its function.
    """

    writes: bool = False
    write_lines: tuple[int, ...] = ()
    unguarded_writes: tuple[int, ...] = ()
    transactions: tuple[tuple[str, int], ...] = ()
    network: tuple[int, ...] = ()
    processes: tuple[int, ...] = ()
    file_deletions: tuple[int, ...] = ()
    code_from_text: tuple[int, ...] = ()


def safety_facts(events: Iterable[Event]) -> SafetyFacts:
    """The safety facts among the events of a walk."""
    lines: dict[str, set[int]] = {}
    transactions: set[tuple[str, int]] = set()
    for event in events:
        lines.setdefault(event.kind, set()).add(event.line)
        if event.kind == "transaction":
            transactions.add((event.detail, event.line))
        if event.kind == "write" and not event.in_transaction:
            lines.setdefault("unguarded", set()).add(event.line)

    def of(kind: str) -> tuple[int, ...]:
        return tuple(sorted(lines.get(kind, ())))

    return SafetyFacts(
        writes=bool(lines.get("write")),
        write_lines=of("write"),
        unguarded_writes=of("unguarded"),
        transactions=tuple(sorted(transactions, key=lambda one: (one[1], one[0]))),
        network=of("network"),
        processes=of("process"),
        file_deletions=of("file_deletion"),
        code_from_text=of("code_from_text"),
    )
