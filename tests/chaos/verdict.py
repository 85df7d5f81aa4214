"""What became of a scenario: every client's runs held against undisturbed ones."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from revitron_grpc.client.interruption import Cause

# Request and plan digest to the digests of the specs' bytes, in order.
References = Mapping[tuple[int, str], Sequence[bytes]]


@dataclass(frozen=True, slots=True)
class Received:
    """One spec as it arrived; `digest` is over all of its bytes."""

    ordinal: int
    digest: bytes


@dataclass(frozen=True, slots=True)
class Run:
    """One run of one client.

    `error` is what the client library raised, `plan_changed` true if it said that the plan is
    another one now. `retries` are the causes of its resumes; `worst_delay` is the longest wait for
    a response, in seconds.
    """

    client: int
    request: int
    plan_digest: str
    received: tuple[Received, ...]
    complete: bool
    error: str
    plan_changed: bool
    retries: tuple[Cause, ...]
    worst_delay: float
    run_id: str = ""


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a scenario promises beyond what all do: every run whole, right and once."""

    retries: bool = True
    """False if no client may notice anything."""
    plan_change: bool = False
    """True if a run may end with the word that the plan changed; then at least one must."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What stands in a scenario's row; good if `problems` is empty."""

    clients: int
    runs: int
    streams_at_fault: int
    failed: int
    retries: int
    plan_changes: int
    worst_delay: float
    problems: tuple[str, ...]


def judge(
    runs: Sequence[Run],
    references: References,
    expected: Expectation,
    *,
    clients: int,
    streams_at_fault: int,
    beside: Sequence[str] = (),
) -> Verdict:
    """Judge a scenario. `streams_at_fault` were under way when the fault was injected.

    `beside` is what was found wrong beside the streams.
    """
    complaints = [
        (run.client, complaint) for run in runs for complaint in _complaints(run, references)
    ]
    if not expected.plan_change:
        complaints += [(r.client, f"told: {r.error}") for r in runs if r.plan_changed]
    last = {run.client: run for run in runs}
    complaints += [(r.client, "never ended a run") for r in last.values() if r.plan_changed]
    complaints += [(client, "never began a run") for client in range(clients) if client not in last]
    problems = [*beside, *(f"client {client}: {complaint}" for client, complaint in complaints)]
    retries = Counter(cause for run in runs for cause in run.retries)
    if not expected.retries and retries:
        problems.append(f"clients had to retry: {_counted(retries)}")
    # The client's own last resort. The proxy is there to cut a hung replica's streams before it.
    if retries[Cause.STALLED]:
        problems.append(f"{retries[Cause.STALLED]} streams hung until the client gave them up")
    plan_changes = sum(run.plan_changed for run in runs)
    if expected.plan_change and not plan_changes:
        problems.append("no run met the new plan, so nothing was tried")
    if streams_at_fault < clients:
        problems.append(f"only {streams_at_fault} streams were under way at the fault")
    return Verdict(
        clients=clients,
        runs=len(runs),
        streams_at_fault=streams_at_fault,
        failed=len({client for client, _ in complaints}),
        retries=retries.total(),
        plan_changes=plan_changes,
        worst_delay=max((run.worst_delay for run in runs), default=0.0),
        problems=tuple(problems),
    )


def _complaints(run: Run, references: References) -> Iterable[str]:
    if not run.complete and not run.plan_changed:
        yield run.error or "the stream ended without a summary"
    if not run.plan_digest:
        return
    reference = references.get((run.request, run.plan_digest))
    if reference is None:
        yield f"the plan {run.plan_digest[:12]} is none that an undisturbed run had"
        return
    ordinals = Counter(spec.ordinal for spec in run.received)
    twice = [ordinal for ordinal, count in ordinals.items() if count > 1]
    if twice:
        yield f"specs came twice: {_some(twice)}"
    if run.complete:
        missing = [o for o in range(1, len(reference) + 1) if o not in ordinals]
        if missing:
            yield f"specs are missing: {_some(missing)}"
    beyond = [ordinal for ordinal in ordinals if not 1 <= ordinal <= len(reference)]
    if beyond:
        yield f"specs were not asked for: {_some(beyond)}"
    other = [
        spec.ordinal
        for spec in run.received
        if 1 <= spec.ordinal <= len(reference) and spec.digest != reference[spec.ordinal - 1]
    ]
    if other:
        yield f"specs have other bytes than in an undisturbed run: {_some(other)}"
    if [spec.ordinal for spec in run.received] != sorted(spec.ordinal for spec in run.received):
        yield "specs came out of order"


def _some(ordinals: Sequence[int]) -> str:
    shown = ", ".join(map(str, sorted(ordinals)[:5]))
    return f"{shown} and {len(ordinals) - 5} more" if len(ordinals) > 5 else shown


def _counted(causes: Counter[Cause]) -> str:
    return ", ".join(f"{count} {cause}" for cause, count in sorted(causes.items()))
