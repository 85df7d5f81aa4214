"""Show polls: a table that renews itself on a terminal, lines in a pipe, JSON for programs."""

import json
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

from rich.console import Console, Group
from rich.live import Live
from rich.table import Table
from rich.text import Text

from revitron_grpc.cli.replica_state import Bounds, ReplicaState

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
                cells = [*self._cells(state), state.error]
                line = "  ".join(cell for cell in cells if cell)
                self._console.print(f"{clock}  {line}", markup=False)

    def _table(self, now: datetime, states: list[ReplicaState], broken: list[str]) -> Group:
        table = Table(title=f"{now.astimezone():%Y-%m-%d %H:%M:%S}")
        names = ["Replica", "State", "Answer"]
        names += ["Release", "Runs", "Pool", "Memory", "Stores"] if self._measured else []
        for name in names:
            table.add_column(name)
        for state in states:
            server, word, *rest = self._cells(state)
            table.add_row(server, Text(word, style=_COLOURS[state.state]), *rest)
        told = [f"{state.server}: {state.error}" for state in states if state.error]
        return Group(table, *(Text(text, style="red") for text in (*broken, *told)))

    def _cells(self, state: ReplicaState) -> list[str]:
        latency = "" if state.latency_ms is None else f"{state.latency_ms:.1f} ms"
        parts = [name for name, told in state.components.items() if name and told != "SERVING"]
        word = f"{state.state}: {', '.join(parts)}" if state.state == "PARTLY" else state.state
        cells = [state.server, word, latency]
        if not self._measured:
            return cells
        measures = state.measures
        if measures is None:
            return [*cells, "", "", "", "", ""]
        return [
            *cells,
            measures.version,
            f"{measures.runs}/{measures.runs_limit} runs",
            f"{measures.pool_tasks} for {measures.pool_workers} workers",
            f"{measures.memory_mb:.0f} MiB",
            f"away: {', '.join(measures.stores_away)}" if measures.stores_away else "stores up",
        ]
