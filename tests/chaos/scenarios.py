"""The faults, each injected while every client is in the middle of a run."""

import asyncio
import signal
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from cluster import REPLICAS, Cluster

from tests.chaos.verdict import Expectation
from tests.docs.pages import ROOT, named_blocks

# How long nobody answers in the scenario in which all replicas are down.
_OUTAGE_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Scene:
    """What a fault works on; `newer` are the settings of the newer build."""

    cluster: Cluster
    newer: Mapping[str, str]


Fault = Callable[[Scene], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Scenario:
    """One fault and what is promised about it; `stalled` clients stop reading."""

    name: str
    what: str
    fault: Fault
    expected: Expectation
    stalled: int = 0


async def _kill(scene: Scene) -> None:
    await _signal(scene, 0, signal.SIGKILL)
    await _at_proxy(scene, 0, "DOWN")
    await _start(scene, 0)


async def _rolling_restart(scene: Scene) -> None:
    for index in range(REPLICAS):
        await _restart(scene, index, {})


async def _reload(scene: Scene) -> None:
    await asyncio.to_thread(scene.cluster.reload_proxy)


async def _hang(scene: Scene) -> None:
    await _signal(scene, 0, signal.SIGSTOP)
    await _at_proxy(scene, 0, "DOWN")
    # Not before it has lost its streams, or it could go on with them.
    await asyncio.to_thread(scene.cluster.await_streams, 0, lambda streams: streams == 0)
    await _signal(scene, 0, signal.SIGCONT)
    await _at_proxy(scene, 0, "UP")


async def _nothing(scene: Scene) -> None:
    del scene  # the clients themselves are the fault


async def _take_out(scene: Scene) -> None:
    cluster, name = scene.cluster, "replica0"
    cluster.runtime.drain(name)
    await asyncio.to_thread(cluster.await_streams, 0, lambda streams: streams == 0)
    await _signal(scene, 0, signal.SIGTERM)
    await asyncio.to_thread(cluster.await_exit, 0)
    cluster.start_replica(0)
    # Its check passes, but a drained replica gets nothing until it is called ready.
    await _at_proxy(scene, 0, "DRAIN")
    await asyncio.to_thread(cluster.await_serving, 0)
    cluster.runtime.ready(name)
    await _at_proxy(scene, 0, "UP")


async def _outage(scene: Scene) -> None:
    for index in range(REPLICAS):
        await _signal(scene, index, signal.SIGKILL)
    await asyncio.sleep(_OUTAGE_SECONDS)
    for index in range(REPLICAS):
        scene.cluster.start_replica(index)
    for index in range(REPLICAS):
        await asyncio.to_thread(scene.cluster.await_serving, index)
        await _at_proxy(scene, index, "UP")


async def _upgrade(scene: Scene) -> None:
    *orderly, last = range(REPLICAS)
    for index in orderly:
        await _restart(scene, index, scene.newer)
    # The last of the old ones dies with its streams: none of the others may continue them.
    await asyncio.to_thread(scene.cluster.await_streams, last, lambda streams: streams > 1)
    await _signal(scene, last, signal.SIGKILL)
    await _at_proxy(scene, last, "DOWN")
    await _start(scene, last, scene.newer)


SCENARIOS: Mapping[str, Scenario] = {
    scenario.name: scenario
    for scenario in (
        Scenario("kill", "kill -9 of a replica, then its return", _kill, Expectation()),
        Scenario(
            "restart",
            "SIGTERM and start of each replica in turn",
            _rolling_restart,
            Expectation(retries=False),
        ),
        Scenario("reload", "reload of HAProxy", _reload, Expectation(retries=False)),
        Scenario("hang", "SIGSTOP of a replica, later SIGCONT", _hang, Expectation()),
        Scenario(
            "stall",
            "ten clients stop reading, beside another on their connection",
            _nothing,
            Expectation(retries=False),
            stalled=10,
        ),
        Scenario(
            "remove",
            "a replica out and back by the runtime socket",
            _take_out,
            Expectation(retries=False),
        ),
        Scenario("outage", "all replicas down for 5 s", _outage, Expectation()),
        Scenario(
            "upgrade",
            "each replica to a build with one more recipe, the last one by kill -9",
            _upgrade,
            Expectation(plan_change=True),
        ),
    )
}
"""By name, in the order in which they are run; the upgrade is last, for there is no way back."""


def newer_build(folder: Path) -> dict[str, str]:
    """Write one more recipe, the worked example of the docs, and return the settings for it."""
    for path, text in named_blocks(ROOT / "docs" / "recipes.md"):
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return {"REVITRON_GRPC_CATALOG__RECIPE_PACKS": f'["{folder / "office-pack"}"]'}


async def _restart(scene: Scene, index: int, settings: Mapping[str, str]) -> None:
    await _signal(scene, index, signal.SIGTERM)
    await asyncio.to_thread(scene.cluster.await_exit, index)
    await _at_proxy(scene, index, "DOWN")
    await _start(scene, index, settings)


async def _start(scene: Scene, index: int, settings: Mapping[str, str] | None = None) -> None:
    scene.cluster.start_replica(index, settings)
    await _at_proxy(scene, index, "UP")


async def _signal(scene: Scene, index: int, number: signal.Signals) -> None:
    await asyncio.to_thread(scene.cluster.signal_replica, index, number)


async def _at_proxy(scene: Scene, index: int, status: str) -> None:
    await asyncio.to_thread(scene.cluster.await_status, index, status)
