"""Show polls: a table that renews itself on a terminal, lines in a pipe, JSON for programs."""

import json
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

from rich.console import Console, Group
from rich.live import Live
from rich.table import Table
from rich.text import Text

from revitron_grpc.cli.replica_state import Bounds, Measures, ReplicaState

_COLOURS = {"SERVING": "green", "PARTLY": "yellow", "NOT_SERVING": "red", "UNREACHABLE": "red"}


class HealthView:
    """Shows one poll after the other; a context manager, which gives the terminal back."""

    def __init__(self, console: Console, bounds: Bounds, *, as_json: bool, measured: bool) -> None:
        """`measured` says whether the side ports are asked, so that there is more to show."""
        self._console = console
        self._bounds = bounds
        self._json = as_json
        self._measured = measured
        self._live = (
            Live(console=console, auto_refresh=False)
            if console.is_terminal and not as_json
            else None
        )

    def __enter__(self) -> Self:
        if self._live is not None:
            self._live.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._live is not None:
            self._live.stop()

    def show(self, states: list[ReplicaState]) -> None:
        """Show a poll."""
        now = datetime.now(UTC)
        broken = [text for state in states for text in state.broken(self._bounds)]
        if self._json:
            told = {
                "time": now.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
                "serving": sum(state.state == "SERVING" for state in states),
                "replicas": [state.as_json() for state in states],
                "broken": broken,
            }
            self._console.print(json.dumps(told), markup=False)
        elif self._live is not None:
            self._live.update(self._table(now, states, broken), refresh=True)
        else:
            clock = f"{now.astimezone():%H:%M:%S}"
            for state in states:
                self._console.print(f"{clock}  {_line(state)}", markup=False)

    def _table(self, now: datetime, states: list[ReplicaState], broken: list[str]) -> Group:
        # As narrow as it can be: with all columns and IPv4 it fits a terminal of 80.
        title = f"{now.astimezone():%Y-%m-%d %H:%M:%S}"
        table = Table(title=title, title_justify="left", box=None, padding=(0, 2, 0, 0))
        # Replicas of one machine differ in the last digit of their address.
        table.add_column("Replica", no_wrap=True)
        table.add_column("State", min_width=len("UNREACHABLE"))
        names = ["Answer"]
        names += ["Release", "Runs", "Pool", "Memory", "Stores"] if self._measured else []
        for name in names:
            table.add_column(name, overflow="fold")
        for state in states:
            word, *rest = _cells(state)
            if measures := state.measures:
                runs, pool = f"{measures.runs}/{measures.runs_limit}", _pool(measures, "/")
                rest += [measures.version, runs, pool, *_machine(measures)]
                rest[-1] = rest[-1].removeprefix("stores ")
            table.add_row(state.server, Text(word, style=_COLOURS[state.state]), *rest)
        # The column says the state already; here is why, and what else is not as it should be.
        seen = {state.not_serving for state in states}
        told = [text for text in broken if text not in seen]
        told += [f"{state.server}: {state.error}" for state in states if state.error]
        return Group(table, *(Text(each, "red", overflow="fold", no_wrap=False) for each in told))


def _line(state: ReplicaState) -> str:
    cells = [state.server, *_cells(state)]
    if measures := state.measures:
        runs = f"{measures.runs}/{measures.runs_limit} runs"
        pool = f"{_pool(measures, ' for ')} workers"
        cells += [measures.version, runs, pool, *_machine(measures)]
    return "  ".join(cell for cell in (*cells, state.error) if cell)


def _cells(state: ReplicaState) -> list[str]:
    """The state and the time of an answer."""
    latency = "" if state.latency_ms is None else f"{state.latency_ms:.1f} ms"
    parts = [name for name, told in state.components.items() if name and told != "SERVING"]
    word = f"{state.state}: {', '.join(parts)}" if state.state == "PARTLY" else state.state
    return [word, latency]


def _pool(measures: Measures, between: str) -> str:
    return f"{measures.pool_tasks}{between}{measures.pool_workers}"


def _machine(measures: Measures) -> list[str]:
    memory = "" if measures.memory_mb is None else f"{measures.memory_mb:.0f} MiB"
    away = ", ".join(measures.stores_away)
    return [memory, f"away: {away}" if away else "stores up"]
