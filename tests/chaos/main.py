"""`make chaos`: break things while clients generate, and hold what they got against the promise.

Thirty clients ask for 250 buttons each through the real HAProxy with three replicas. The table
says for each fault what became of them; the exit code is 1 if a promise was broken.
"""

import argparse
import asyncio
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import trustme
from cluster import CONFIG, REPLICAS, Cluster, ProxyOptions, free_ports, running_cluster
from rich.console import Console
from rich.table import Table

from revitron_grpc.settings import ENVIRONMENT_PREFIX
from tests.chaos.load import NO_RESUME, PATIENT, Load, Target, undisturbed
from tests.chaos.scenarios import SCENARIOS, Scenario, Scene, newer_build
from tests.chaos.stores import not_stored, running_stores, until_settled
from tests.chaos.verdict import References, Verdict, judge

VARIANTS = {
    "h2c": "HTTP/2 without TLS, HAProxy's usual buffers of 16 KB",
    "bufsize": "HTTP/2 without TLS, buffers of 64 KB, as shipped",
    "tls": "TLS with ALPN h2, buffers of 64 KB, as shipped",
}
PROTECTIONS = {
    "resume": "the client's resuming",
    "disable-on-404": "HAProxy's understanding of a replica that drains",
    "shutdown-sessions": "HAProxy's cutting of streams of a replica that hangs",
    "max-reuse": "a connection to a replica for each stream",
    "spool": "the disk on which a replica keeps what it owes",
}
"""What can be taken away, to see that the scenarios notice."""

RUNS_URL = f"{ENVIRONMENT_PREFIX}RUNS__URL"

STORE_CLIENTS = 12
"""Clients in scenarios with stores, at most."""

_REMOVED_LINES = {
    "disable-on-404": "    http-check disable-on-404\n",
    "shutdown-sessions": " on-marked-down shutdown-sessions",
    "max-reuse": " max-reuse 0",
}


@dataclass(frozen=True, slots=True)
class Plan:
    """What to run."""

    variant: str
    scenarios: tuple[Scenario, ...]
    clients: int
    count: int
    without: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """A scenario that was run."""

    name: str
    what: str
    seconds: float
    verdict: Verdict


async def run(plan: Plan, console: Console) -> list[Row]:
    """Run the scenarios on one cluster, one after another; those with stores on a second one."""
    # In the usual place for temporary files, because the path of a socket must be short.
    folder = Path(tempfile.mkdtemp(prefix="revitron-chaos-"))
    kept = "The logs are in " + str(folder)
    rows: list[Row] = []
    try:
        for stores in (False, True):
            scenarios = [one for one in plan.scenarios if one.stores is stores]
            if scenarios:
                rows += await run_on_a_cluster(scenarios, plan, folder, console)
    except BaseException:
        console.print(kept, soft_wrap=True)
        raise
    if any(row.verdict.problems for row in rows):
        console.print(kept, soft_wrap=True)
    else:
        shutil.rmtree(folder)
    return rows


async def run_on_a_cluster(
    scenarios: Sequence[Scenario], plan: Plan, parent: Path, console: Console
) -> list[Row]:
    """Run scenarios that all have stores, or have none."""
    folder = Path(tempfile.mkdtemp(dir=parent))
    rows: list[Row] = []
    with ExitStack() as running:
        options, ca = proxy_options(plan, folder)
        stores = running.enter_context(running_stores(folder)) if scenarios[0].stores else None
        if stores is not None:
            plan = replace(plan, clients=min(plan.clients, STORE_CLIENTS))
        settings = stores.settings if stores else one_machine(folder)
        url = settings[RUNS_URL]
        cluster = running.enter_context(
            running_cluster(free_ports(), folder, proxy=options, settings=settings)
        )
        references = await undisturbed(_direct(cluster), plan.count)
        newer, spooled = newer_build(folder), plan.without != "spool"
        for scenario in scenarios:
            console.print(f"{scenario.name}: {scenario.what}", highlight=False)
            scene = Scene(cluster, clients(scenario, plan, cluster, ca), newer, stores, spooled)
            rows.append(await one(scenario, plan, scene, references, url))
    return rows


def one_machine(folder: Path) -> dict[str, str]:
    """Return the settings of replicas as they are by default, with what they store in a folder.

    What one run found is not kept for the next, so that each of them is judged.
    """
    return {
        RUNS_URL: f"sqlite:///{folder / 'runs.sqlite3'}",
        "REVITRON_GRPC_CACHE__BACKEND": "off",
    }


def clients(scenario: Scenario, plan: Plan, cluster: Cluster, ca: Path | None) -> Load:
    """Return the clients that a scenario has."""
    return Load(
        Target(cluster.target, ca),
        clients=plan.clients,
        count=plan.count,
        policy=NO_RESUME if plan.without == "resume" else PATIENT,
        stalled=range(1, plan.clients, 3)[: scenario.stalled],
    )


async def one(
    scenario: Scenario, plan: Plan, scene: Scene, references: References, runs_url: str
) -> Row:
    """Run one scenario and judge it."""
    began = time.monotonic()
    load = scene.load
    async with asyncio.TaskGroup() as group:
        group.create_task(load.drive())
        await load.until_under_way()
        servers = [scene.cluster.server(index) for index in range(REPLICAS)]
        at_fault = sum(server.streams for server in servers if server is not None)
        load.begin()
        await scenario.fault(scene)
        load.end()
    if scenario.expected.plan_change:
        references = {**references, **await undisturbed(_direct(scene.cluster), plan.count)}
    await until_settled(scene.cluster)
    verdict = judge(
        load.runs,
        references,
        scenario.expected,
        clients=plan.clients,
        streams_at_fault=at_fault,
        beside=[*scene.problems, *await asyncio.to_thread(not_stored, load.runs, runs_url)],
    )
    return Row(scenario.name, scenario.what, round(time.monotonic() - began, 1), verdict)


def proxy_options(plan: Plan, folder: Path) -> tuple[ProxyOptions, Path | None]:
    """Return how HAProxy is started, and the authority that clients trust if it speaks TLS."""
    options = ProxyOptions(buffer_bytes=16_384 if plan.variant == "h2c" else 65_536)
    if plan.without in _REMOVED_LINES:
        text, line = CONFIG.read_text(encoding="utf-8"), _REMOVED_LINES[plan.without]
        if line not in text:
            raise RuntimeError(f"{CONFIG} has no {line.strip()!r} to take away")
        config = folder / CONFIG.name
        config.write_text(text.replace(line, "\n" if line.endswith("\n") else ""), encoding="utf-8")
        options = replace(options, config=config)
    if plan.variant != "tls":
        return options, None
    authority = trustme.CA()
    certificate, ca = folder / "proxy.pem", folder / "ca.pem"
    authority.issue_cert("127.0.0.1", "localhost").private_key_and_cert_chain_pem.write_to_path(
        str(certificate)
    )
    authority.cert_pem.write_to_path(str(ca))
    return replace(options, certificate=certificate), ca


def tell(rows: list[Row], plan: Plan, seconds: float, console: Console) -> None:
    """Print the table, and what was broken."""
    without = f", without {PROTECTIONS[plan.without]}" if plan.without else ""
    title = (
        f"{plan.clients} clients of {plan.count} buttons, with stores {STORE_CLIENTS}, "
        f"{VARIANTS[plan.variant]}{without}"
    )
    table = Table(title=title, title_justify="left", box=None, pad_edge=False, min_width=100)
    table.add_column("Scenario")
    for heading in ("Clients", "Runs", "Streams hit", "Failed", "Retries", "Told", "Worst delay"):
        table.add_column(heading, justify="right")
    table.add_column("Took", justify="right")
    table.add_column("Verdict")
    for row in rows:
        verdict = row.verdict
        numbers = (
            *(verdict.clients, verdict.runs, verdict.streams_at_fault),
            *(verdict.failed, verdict.retries, verdict.plan_changes),
        )
        table.add_row(
            row.name,
            *map(str, numbers),
            f"{verdict.worst_delay:.1f} s",
            f"{row.seconds:.0f} s",
            "broken" if verdict.problems else "kept",
        )
    console.print(table)
    for row in rows:
        for problem in row.verdict.problems[:8]:
            console.print(f"{row.name}: {problem}", highlight=False, markup=False)
    console.print(f"{seconds:.0f} s in all. Told: runs that were told that the plan has changed.")


def _direct(cluster: Cluster) -> Target:
    """One replica without the proxy."""
    return Target(f"127.0.0.1:{cluster.ports.grpc[0]}")


def main() -> int:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(prog="make chaos", description=__doc__)
    parser.add_argument("scenarios", nargs="*", help=f"all, or some of {', '.join(SCENARIOS)}")
    parser.add_argument("--variant", choices=VARIANTS, default="h2c", help="how HAProxy is set up")
    parser.add_argument("--without", choices=PROTECTIONS, help="take a protection away")
    parser.add_argument("--clients", type=int, default=30)
    parser.add_argument("--count", type=int, default=250, help="buttons a client asks for")
    parser.add_argument("--json", type=Path, help="file that receives the figures")
    arguments = parser.parse_args()
    unknown = [name for name in arguments.scenarios if name not in SCENARIOS]
    if unknown:
        parser.error(f"no scenario {', '.join(unknown)}; there are {', '.join(SCENARIOS)}")
    for key in [key for key in os.environ if key.startswith(ENVIRONMENT_PREFIX)]:
        del os.environ[key]
    chosen = arguments.scenarios or list(SCENARIOS)
    plan = Plan(
        arguments.variant,
        tuple(scenario for name, scenario in SCENARIOS.items() if name in chosen),
        arguments.clients,
        arguments.count,
        arguments.without,
    )
    console = Console(width=None if sys.stdout.isatty() else 120)
    began = time.monotonic()
    rows = asyncio.run(run(plan, console))
    seconds = round(time.monotonic() - began, 1)
    tell(rows, plan, seconds, console)
    if arguments.json:
        arguments.json.parent.mkdir(parents=True, exist_ok=True)
        figures = {
            "variant": plan.variant,
            "without": plan.without,
            "seconds": seconds,
            "scenarios": [asdict(row) for row in rows],
        }
        arguments.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    return 1 if any(row.verdict.problems for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
