"""The faults, each injected while every client is in the middle of a run."""

import asyncio
import contextlib
import resource
import signal
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cluster import REPLICAS, Cluster

from revitron_grpc.storage.spool import Spool, SpoolInUseError
from tests.chaos.load import Load
from tests.chaos.stores import (
    Stores,
    finished,
    lets_in,
    owed,
    reason,
    seconds_until_refused,
    until,
    until_accepted,
    until_settled,
)
from tests.chaos.verdict import Expectation
from tests.docs.pages import ROOT, named_blocks

# How long nobody answers in the scenario in which all replicas are down.
_OUTAGE_SECONDS = 5.0
# What a client needs at most to read the end of a stream that was sent.
_READ_SECONDS = 2.0
# A disk that takes the records of a run or two.
_FULL_BYTES = 16_384
# What is promised, and a second for the question itself.
_REVOKED_SECONDS = 61.0


@dataclass(frozen=True, slots=True)
class Scene:
    """What a fault works on, with its clients; `newer` are the settings of the newer build.

    Without `spooled` the disk of a killed replica dies with it. What a fault finds wrong by itself
    it adds to `problems`.
    """

    cluster: Cluster
    load: Load
    newer: Mapping[str, str]
    stores: Stores | None = None
    spooled: bool = True
    problems: list[str] = field(default_factory=list)

    @property
    def with_stores(self) -> Stores:
        """The stores of a scenario that has some."""
        if self.stores is None:
            raise RuntimeError("this scenario needs stores")
        return self.stores


Fault = Callable[[Scene], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Scenario:
    """One fault and what is promised about it; `stalled` clients stop reading.

    With `stores` it runs with Redis and PostgreSQL, with fewer clients of fewer buttons.
    """

    name: str
    what: str
    fault: Fault
    expected: Expectation
    stalled: int = 0
    stores: bool = False


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
    await until(lambda: scene.load.early_on_a_first_plan() > 0, "a run on an old plan")
    await _signal(scene, last, signal.SIGKILL)
    await _at_proxy(scene, last, "DOWN")
    await _start(scene, last, scene.newer)


async def _redis(scene: Scene) -> None:
    redis = scene.with_stores.redis
    for take_away, bring_back in (
        (redis.stop, redis.start),
        (redis.kill, redis.start),
        (redis.pause, redis.resume),
    ):
        await asyncio.to_thread(take_away)
        await until(lambda: bool(reason(scene.cluster, 0, "cache")), "Redis to be missed")
        await asyncio.to_thread(bring_back)
        await until_settled(scene.cluster)


async def _postgres(scene: Scene) -> None:
    postgres = scene.with_stores.postgres
    for take_away, bring_back in (
        (postgres.stop, postgres.start),
        (postgres.kill, postgres.start),
        (postgres.pause, postgres.resume),
    ):
        await asyncio.to_thread(take_away)
        await until(lambda: _owed(scene) > 0, "runs to be owed")
        await asyncio.to_thread(bring_back)
        await until_settled(scene.cluster)


async def _postgres_and_kill(scene: Scene) -> None:
    await asyncio.to_thread(scene.with_stores.postgres.kill)
    await _kill_who_owes(scene)
    await asyncio.to_thread(scene.with_stores.postgres.start)


async def _redis_and_kill(scene: Scene) -> None:
    stores = scene.with_stores
    await asyncio.to_thread(stores.redis.kill)
    await asyncio.to_thread(stores.postgres.kill)
    await _kill_who_owes(scene)
    await asyncio.to_thread(stores.redis.start)
    await asyncio.to_thread(stores.postgres.start)


async def _disk_full(scene: Scene) -> None:
    # Its log would meet the limit too, which is one on the size of each file.
    await _signal(scene, 0, signal.SIGKILL)
    await _start(scene, 0, {"REVITRON_GRPC_LOGGING__STDERR": "false"})
    resource.prlimit(
        scene.cluster.pids["replica0"], resource.RLIMIT_FSIZE, (_FULL_BYTES, _FULL_BYTES)
    )
    await asyncio.to_thread(scene.with_stores.postgres.kill)
    await until(
        lambda: "in memory alone" in (reason(scene.cluster, 0, "runs") or ""), "a full disk"
    )
    await asyncio.to_thread(scene.with_stores.postgres.start)


async def _revoked(scene: Scene) -> None:
    stores = scene.with_stores
    key, revoke = await asyncio.to_thread(stores.new_key)
    # A replica learns of it within its usual time.
    await asyncio.gather(*(until_accepted(scene.cluster, index, key) for index in range(REPLICAS)))
    await asyncio.to_thread(revoke)
    await asyncio.to_thread(stores.postgres.kill)
    worked = await asyncio.gather(
        *(seconds_until_refused(scene.cluster, index, key) for index in range(REPLICAS))
    )
    if max(worked) > _REVOKED_SECONDS:
        scene.problems.append(f"a revoked key worked for {max(worked):.0f} s")
    await asyncio.to_thread(stores.postgres.start)
    await until_settled(scene.cluster)
    again = [await lets_in(scene.cluster, index, key) for index in range(REPLICAS)]
    if any(again):
        scene.problems.append("a revoked key works again")


async def _kill_who_owes(scene: Scene) -> None:
    """Kill a replica that owes the end of a run, and start it again while the stores are away.

    Its client has that run whole and asks nobody for it again: only the spool still has it.
    """
    before = await asyncio.to_thread(_finished, scene)
    await until(lambda: _finished(scene) != before, "the end of a run to be owed")
    after = await asyncio.to_thread(_finished, scene)
    index = next(i for i in range(REPLICAS) if after[i] > before[i])
    # A client without its summary would ask for it, and have the run stored by another replica.
    await asyncio.sleep(_READ_SECONDS)
    await _signal(scene, index, signal.SIGKILL)
    await _at_proxy(scene, index, "DOWN")
    if not scene.spooled:
        await asyncio.to_thread(_lose_orphans, scene.with_stores.spool)
    await _start(scene, index)


def _lose_orphans(folder: Path) -> None:
    """Delete the spools that no process has."""
    for path in folder.glob("*.spool"):
        with contextlib.suppress(SpoolInUseError):
            Spool(path, max_bytes=1).close()
            path.unlink()


def _owed(scene: Scene) -> int:
    return sum(owed(scene.cluster, index) or 0 for index in range(REPLICAS))


def _finished(scene: Scene) -> list[int]:
    return [finished(scene.cluster, index) for index in range(REPLICAS)]


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
            "redis",
            "Redis stopped, killed and hung, each time back again",
            _redis,
            Expectation(retries=False),
            stores=True,
        ),
        Scenario(
            "postgres",
            "PostgreSQL stopped, killed and hung, each time back again",
            _postgres,
            Expectation(retries=False),
            stores=True,
        ),
        Scenario(
            "postgres+kill",
            "PostgreSQL away, kill -9 of a replica that owes runs, its return",
            _postgres_and_kill,
            Expectation(),
            stores=True,
        ),
        Scenario(
            "redis+kill",
            "Redis and PostgreSQL away, kill -9 of a replica that owes runs, its return",
            _redis_and_kill,
            Expectation(),
            stores=True,
        ),
        Scenario(
            "disk-full",
            "PostgreSQL away and the disk of a replica's spool full",
            _disk_full,
            Expectation(),
            stores=True,
        ),
        Scenario(
            "revoked",
            "a key revoked just before PostgreSQL goes away",
            _revoked,
            Expectation(retries=False),
            stores=True,
        ),
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
