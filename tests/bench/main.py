"""`make bench`: how fast the service is on this machine, as a table and as JSON.

The service runs in this process, the clients in others. Compare figures of one run with each
other, not with those of another machine.
"""

import argparse
import asyncio
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from revitron_grpc.service.in_process import in_process_settings
from revitron_grpc.service.server import Replica
from revitron_grpc.service.telemetry.logs import configure_logging
from revitron_grpc.settings import CacheSettings, LoggingSettings, Settings
from tests.bench import judge

COUNT = 250
AT_ONCE = 10
_FIRST_RUNS = 3
_PROBE_SECONDS = 0.002


async def measure() -> dict[str, Any]:
    """Return all figures."""
    configure_logging(LoggingSettings(level="error"))
    figures: dict[str, Any] = {
        "machine": {"python": platform.python_version(), "cores": os.cpu_count()},
        "catalog": _catalog_in_a_new_process(),
        "stages": _in_a_new_process("-m", "tests.bench.stages", str(COUNT)),
        "empty_caches": {kind: _first_runs(kind) for kind in ("thread", "process")},
        "replay": {
            backend: _in_a_new_process("-m", "tests.bench.replay", backend, str(COUNT))
            for backend in ("off", "memory", "redis")
        },
    }
    # What is saturated shall judge.
    settings = Settings(cache=CacheSettings(backend="off"))
    replica = Replica(in_process_settings(settings), warm_up=True)
    await replica.start()
    try:
        target = f"127.0.0.1:{replica.port}"
        await _client(target, 1)
        figures["at_once"] = await _saturate(target)
    finally:
        await replica.stop(notice=0, drain=0)
    figures["resident_mb"] = _resident_mb()
    return figures


async def _saturate(target: str) -> dict[str, Any]:
    lags: list[float] = []
    probe = asyncio.create_task(_probe(lags))
    began = time.perf_counter()
    runs = await _client(target, AT_ONCE)
    seconds = time.perf_counter() - began
    probe.cancel()
    lags.sort()
    return {
        "runs": AT_ONCE,
        "buttons_per_second": round(sum(run["buttons"] for run in runs) / seconds, 1),
        "first_ms_median": round(statistics.median(run["first_ms"] for run in runs), 1),
        "last_ms_max": max(run["last_ms"] for run in runs),
        "loop_lag_ms": {
            "p50": round(lags[len(lags) // 2], 1),
            "p99": round(lags[len(lags) * 99 // 100], 1),
            "max": round(lags[-1], 1),
        },
    }


async def _probe(lags: list[float]) -> None:
    """How late the event loop wakes a task up, in milliseconds."""
    while True:
        before = time.perf_counter()
        await asyncio.sleep(_PROBE_SECONDS)
        lags.append(1000 * (time.perf_counter() - before - _PROBE_SECONDS))


async def _client(target: str, runs: int) -> list[dict[str, float]]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.bench.client", target, str(runs), str(COUNT)),
        stdout=asyncio.subprocess.PIPE,
    )
    out, _ = await asyncio.wait_for(process.communicate(), 300)
    return json.loads(out)


def _first_runs(kind: str) -> dict[str, float]:
    """Medians of the first runs of services that nobody asked before."""
    runs = [
        _in_a_new_process("-m", "tests.bench.cold", kind, str(COUNT)) for _ in range(_FIRST_RUNS)
    ]
    return {what: statistics.median(run[what] for run in runs) for what in runs[0]}


def _in_a_new_process(*arguments: str) -> dict[str, Any]:
    done = subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def _catalog_in_a_new_process() -> dict[str, float]:
    script = (
        "import json, time\n"
        "from tests.bench.main import _resident_mb\n"
        "from revitron_grpc.catalog.load import load_catalog\n"
        "before = _resident_mb(); began = time.perf_counter(); catalog = load_catalog()\n"
        "took = 1000 * (time.perf_counter() - began)\n"
        "print(json.dumps({'load_ms': round(took, 1), "
        "'resident_mb': round(_resident_mb() - before, 1)}))\n"
    )
    return _in_a_new_process("-c", script)


def _resident_mb() -> float:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return round(int(line.split()[1]) / 1024, 1)
    raise RuntimeError("/proc/self/status has no VmRSS")


def tell(figures: dict[str, Any]) -> None:
    """Print the figures as a table."""
    table = Table("What", "Figure", box=None, pad_edge=False)
    at_once, lag = figures["at_once"], figures["at_once"]["loop_lag_ms"]
    threads, processes = figures["empty_caches"]["thread"], figures["empty_caches"]["process"]
    rows = [
        ("catalog: load", f"{figures['catalog']['load_ms']} ms"),
        ("catalog: resident", f"{figures['catalog']['resident_mb']} MB"),
        *(
            (what, f"{run[key]} ms")
            for kind, run in (("threads", threads), ("spawned processes", processes))
            for what, key in (
                (f"{kind}: service start", "service_start_ms"),
                (f"{kind}, nothing judged yet: first of {COUNT}", "first_ms"),
                (f"{kind}, nothing judged yet: last of {COUNT}", "last_ms"),
            )
        ),
        *(
            (f"{what}: last of {COUNT}", f"{run['last_ms']} ms ({run['cpu_ms']} ms CPU)")
            for backend, again in (
                ("off", "candidates kept, settled anew"),
                ("memory", "from the memory cache"),
                ("redis", "from Redis"),
            )
            for what, run in (
                (f"cache {backend}, first run", figures["replay"][backend]["first"]),
                (f"cache {backend}, again: {again}", figures["replay"][backend]["again"]),
            )
        ),
        (f"a kept run of {COUNT}", f"{figures['replay']['memory']['entry_bytes']} bytes"),
        (f"{AT_ONCE} runs at once: buttons a second", str(at_once["buttons_per_second"])),
        (f"{AT_ONCE} runs at once: first, median", f"{at_once['first_ms_median']} ms"),
        (f"{AT_ONCE} runs at once: loop lag p99", f"{lag['p99']} ms (max {lag['max']})"),
        ("resident at the end", f"{figures['resident_mb']} MB"),
    ]
    for what, figure in rows:
        table.add_row(what, figure)
    console = Console()
    console.print(table)
    stages = figures["stages"]
    of_stages = Table("CPU a candidate, one thread", "ms", box=None, pad_edge=False)
    for what, ms in (
        *stages["ms_a_candidate"].items(),
        ("in all", stages["ms_a_candidate_in_all"]),
    ):
        of_stages.add_row(what, f"{ms:.2f}")
    console.print(of_stages)


def main() -> None:
    """Measure, print, and write JSON where asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, help="file that receives the figures")
    parser.add_argument(
        "--scripts", type=Path, action="append", default=[], help="folder of scripts to judge too"
    )
    arguments = parser.parse_args()
    figures = asyncio.run(measure())
    tell(figures)
    figures["judge"] = judge.measure(arguments.scripts)
    judge.tell(figures["judge"])
    text = json.dumps(figures, indent=2)
    if arguments.json:
        arguments.json.parent.mkdir(parents=True, exist_ok=True)
        arguments.json.write_text(text + "\n", encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
