"""How a replica was at one moment, as `health --watch` shows it."""

from dataclasses import dataclass, field
from typing import Any

from revitron_grpc.cli.terminal import ExitCode

_SERVING = "SERVING"


class SidePortError(Exception):
    """Why a side port told nothing."""


@dataclass(frozen=True, slots=True)
class Measures:
    """What the side port of a replica tells.

    `runs` of `runs_limit` are under way; `pool_tasks` are queued or in work for `pool_workers`;
    `stores_away` are the names of the stores that do not answer. `memory_mb`, in MiB, is None where
    the system does not tell a process of its memory: Windows, or a /proc that is closed to it.
    """

    version: str
    ready: bool
    runs: int
    runs_limit: int
    pool_tasks: int
    pool_workers: int
    memory_mb: float | None
    stores_away: tuple[str, ...]

    @property
    def use(self) -> float:
        """Return the runs under way as a share of those admitted at once."""
        return self.runs / self.runs_limit if self.runs_limit else 0.0


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a replica has to keep to; None for what does not matter."""

    max_latency_ms: float | None = None
    max_use: float | None = None


@dataclass(frozen=True, slots=True)
class ReplicaState:
    """One replica in one poll.

    `components` is empty, and `error` says why, where nobody answered. `latency_ms` is the time of
    the first answer. Without a side port, or where it does not answer, there are no `measures`.
    """

    server: str
    components: dict[str, str] = field(default_factory=dict)
    latency_ms: float | None = None
    measures: Measures | None = None
    error: str = ""

    @property
    def answers(self) -> bool:
        """Whether somebody answers on the gRPC port."""
        return bool(self.components)

    @property
    def state(self) -> str:
        """Return SERVING, PARTLY (the server is, a part is not), NOT_SERVING or UNREACHABLE."""
        if not self.answers:
            return "UNREACHABLE"
        if self.components.get("") != _SERVING:
            return "NOT_SERVING"
        return _SERVING if set(self.components.values()) == {_SERVING} else "PARTLY"

    @property
    def not_serving(self) -> str:
        """Return that it is not SERVING, in words; "" if it is."""
        return "" if self.state == _SERVING else f"{self.server} is {self.state}"

    def broken(self, bounds: Bounds) -> list[str]:
        """Return what is not as it should be, in words."""
        found = [self.not_serving] if self.not_serving else []
        most = bounds.max_latency_ms
        if most is not None and self.latency_ms is not None and self.latency_ms > most:
            found.append(f"{self.server} answered in {self.latency_ms:.0f} ms, above {most:g}")
        measures = self.measures
        if measures is None and bounds.max_use is not None and self.answers:
            found.append(f"the side port of {self.server} does not tell its use")
        if measures is not None and bounds.max_use is not None and measures.use > bounds.max_use:
            found.append(
                f"{self.server} has {measures.runs} of {measures.runs_limit} runs under way, "
                f"above {bounds.max_use:.0%}"
            )
        return found

    def as_json(self) -> dict[str, Any]:
        """Return what programs read."""
        measures = self.measures
        told: dict[str, Any] = {
            "server": self.server,
            "state": self.state,
            "latency_ms": self.latency_ms,
            "components": {name or "server": state for name, state in self.components.items()},
            "error": self.error or None,
        }
        if measures is not None:
            told |= {
                "version": measures.version,
                "ready": measures.ready,
                "runs": measures.runs,
                "runs_limit": measures.runs_limit,
                "pool_tasks": measures.pool_tasks,
                "pool_workers": measures.pool_workers,
                "memory_mb": measures.memory_mb,
                "stores_away": list(measures.stores_away),
            }
        return told


def exit_code(states: list[ReplicaState], bounds: Bounds) -> ExitCode:
    """Return what one poll is worth: 3 if nobody answers, 1 if something is not as it should be."""
    if not any(state.answers for state in states):
        return ExitCode.SERVER
    return ExitCode.FINDINGS if any(s.broken(bounds) for s in states) else ExitCode.GOOD
