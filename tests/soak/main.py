"""`make soak`: 100 streams at once, for minutes, on one replica as shipped.

The replica and the clients are processes of their own; this one watches. The time begins when
every client has ended its first two runs: until then caches fill. It is over after the minutes, and
not before two rounds: the clients go in step, so memory rises and falls by a tenth within each of
their runs, and only whole rounds can be compared. The exit code is 1 if a call failed or the
replica's memory grew from the first third of the rounds to the last.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path
from types import MappingProxyType

import psutil
from rich.console import Console

STREAMS = 100
# A round is as many runs as there are streams; the first third is compared with the last.
_LEAST_ROUNDS = 2
_PARTS = 3
_LONGEST_SECONDS = 900.0
# What the allocator's arenas swing by around a steady level; a replica made to keep one spec in a
# hundred (of 24 KB) had 5.4 % after five minutes.
GROWTH_LIMIT = 0.05
_START_SECONDS = 90.0


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured; memory in MB, resident, of the replica."""

    seconds: float
    warm_up_seconds: float
    streams: int
    rounds: int
    runs: int
    buttons: int
    errors: list[str]
    resident_at_start: float
    resident_early: float
    resident_late: float
    resident_peak: float

    @property
    def growth(self) -> float:
        """How much more memory the last rounds need than the first, as a share."""
        return self.resident_late / self.resident_early - 1

    @property
    def good(self) -> bool:
        """Whether the promise was kept."""
        return not self.errors and self.runs > 0 and self.growth <= GROWTH_LIMIT


def soak(seconds: float, folder: Path) -> Figures:
    """Run a replica under load for so many seconds."""
    # Full before the time begins: one that still fills would look like a leak.
    small_cache = {"REVITRON_GRPC_CACHE__MAX_MEMORY_MB": "8"}
    with started_replica(folder, small_cache) as (process, port):
        at_start = _resident(process)
        clients = subprocess.Popen(
            [sys.executable, "-m", "tests.soak.clients", f"127.0.0.1:{port}", str(STREAMS)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        lines = _Lines(clients)
        began = time.monotonic()
        lines.wait_for("warm")
        warmed = time.monotonic()
        rounds = _rounds(process, lines, seconds)
        took = time.monotonic() - warmed
        told = json.loads(lines.last_after("end"))
    part = max(1, len(rounds) // _PARTS)
    return Figures(
        seconds=round(took, 1),
        warm_up_seconds=round(warmed - began, 1),
        streams=STREAMS,
        rounds=len(rounds),
        runs=told["runs"],
        buttons=told["buttons"],
        errors=told["errors"],
        resident_at_start=at_start,
        resident_early=round(statistics.median(chain(*rounds[:part])), 1),
        resident_late=round(statistics.median(chain(*rounds[-part:])), 1),
        resident_peak=max(chain(*rounds)),
    )


@contextmanager
def started_replica(
    folder: Path, environment: Mapping[str, str] = MappingProxyType({})
) -> Iterator[tuple[psutil.Process, int]]:
    """Start a replica as shipped, with its files in a folder; its process and its port."""
    port_file = folder / "ports"
    with (folder / "replica.log").open("wb") as log:
        replica = subprocess.Popen(
            [
                *(sys.executable, "-m", "revitron_grpc", "serve", "--port", "0"),
                *("--http-port", "0", "--port-file", str(port_file)),
            ],
            env={
                **os.environ,
                "REVITRON_GRPC_RUNS__URL": f"sqlite:///{folder}/runs.sqlite3",
                **environment,
            },
            stdout=log,
            stderr=log,
        )
    try:
        yield psutil.Process(replica.pid), _port(replica, port_file, folder)
    finally:
        replica.terminate()
        replica.wait(120)


def _port(replica: subprocess.Popen[bytes], port_file: Path, folder: Path) -> int:
    pause = threading.Event()
    deadline = time.monotonic() + _START_SECONDS
    while not (port_file.exists() and port_file.read_text().count("\n") == 2):
        if replica.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError((folder / "replica.log").read_text())
        pause.wait(0.1)
    return int(port_file.read_text().split()[0])


class _Lines:
    """What the clients print, as it comes."""

    def __init__(self, clients: subprocess.Popen[str]) -> None:
        self._clients = clients
        self._come: list[str] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self._clients.stdout is not None
        for line in self._clients.stdout:
            self._come.append(line.strip())

    def count(self, wanted: str) -> int:
        """Return how often a line has come.

        Raises `RuntimeError` when the clients are no more.
        """
        if self._clients.poll() is not None:
            raise RuntimeError("the clients ended early")
        return self._come.count(wanted)

    def wait_for(self, wanted: str) -> None:
        """Wait until a line has come; raises `RuntimeError` when it does not."""
        deadline = time.monotonic() + _LONGEST_SECONDS
        while not self.count(wanted):
            if time.monotonic() > deadline:
                raise RuntimeError(f"the clients did not print {wanted!r}")
            time.sleep(0.1)

    def last_after(self, said: str) -> str:
        """Write a line to the clients, and return the last one that they print before they end."""
        assert self._clients.stdin is not None
        self._clients.stdin.write(f"{said}\n")
        self._clients.stdin.close()
        self._clients.wait(60)
        self._reader.join(60)
        return self._come[-1]


def _rounds(process: psutil.Process, lines: _Lines, seconds: float) -> list[list[float]]:
    """Resident memory each half second while all streams are under way, of each whole round."""
    found: list[list[float]] = [[]]
    began = time.monotonic()
    while (took := time.monotonic() - began) < seconds or len(found) <= _LEAST_ROUNDS:
        if took > seconds + _LONGEST_SECONDS:
            raise RuntimeError(f"{len(found) - 1} rounds in {took:.0f} s, needed: {_LEAST_ROUNDS}")
        time.sleep(0.5)
        found[-1].append(_resident(process))
        if lines.count("round") == len(found):
            found.append([])
    return found[:-1]


def _resident(process: psutil.Process) -> float:
    return round(process.memory_info().rss / 1024 / 1024, 1)


def main() -> int:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(prog="make soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--json", type=Path, help="file that receives the figures")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="revitron-soak-") as folder:
        figures = soak(60 * arguments.minutes, Path(folder))
    console = Console(highlight=False, soft_wrap=True)
    console.print(
        f"{figures.streams} streams at once for {figures.seconds:.0f} s after "
        f"{figures.warm_up_seconds:.0f} s of first runs: {figures.rounds} rounds; in all "
        f"{figures.runs} runs, {figures.buttons} buttons, {len(figures.errors)} errors"
    )
    console.print(
        f"resident: {figures.resident_at_start} MB before, {figures.resident_early} MB in the "
        f"first rounds, {figures.resident_late} MB in the last ({100 * figures.growth:+.1f} %, "
        f"limit {100 * GROWTH_LIMIT:.0f} %), {figures.resident_peak} MB at most"
    )
    for error in sorted(set(figures.errors))[:10]:
        console.print(error, markup=False)
    if arguments.json:
        arguments.json.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps({**asdict(figures), "growth": round(figures.growth, 4)}, indent=2)
        arguments.json.write_text(text + "\n", encoding="utf-8")
    return 0 if figures.good else 1


if __name__ == "__main__":
    sys.exit(main())
