"""The real Redis and PostgreSQL of a scenario, and what replicas and database say about them."""

import asyncio
import json
import re
import shutil
import tempfile
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import grpc
from cluster import REPLICAS, Cluster
from sqlalchemy.engine import Engine

from revitron_grpc.access.api_key import KeyHasher
from revitron_grpc.access.caller import Permission
from revitron_grpc.access.issuing import issue_key
from revitron_grpc.settings import RunsSettings
from revitron_grpc.storage.database import database_url, open_engine
from revitron_grpc.storage.runs import RunState
from revitron_grpc.storage.sql_keys import open_keys
from revitron_grpc.storage.sql_runs import SqlRuns
from revitron_grpc.storage.versions import upgrade
from revitron_grpc.v1.catalog_service_pb2 import GetCatalogRequest
from revitron_grpc.v1.catalog_service_pb2_grpc import CatalogServiceStub
from tests.chaos.verdict import Run
from tests.programs.postgres import PostgresServer
from tests.programs.redis import RedisServer

# For something that takes seconds on a machine that does other things too.
_PATIENCE_SECONDS = 240.0
_POLL_SECONDS = 0.1
_SECRET = "only-for-this-test-of-what-breaks-stores"  # noqa: S105
_FINISHED = re.compile(r'^revitron_grpc_runs_total\{outcome="finished"\} (\S+)$', re.MULTILINE)
_OWED = re.compile(r"^revitron_grpc_runs_owed (\S+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Stores:
    """Two real servers, and the database in which the replicas keep runs and keys."""

    redis: RedisServer
    postgres: PostgresServer
    url: str
    spool: Path

    @property
    def settings(self) -> dict[str, str]:
        """The environment of a replica that uses them."""
        return {
            "REVITRON_GRPC_RUNS__URL": self.url,
            "REVITRON_GRPC_RUNS__SPOOL_DIRECTORY": str(self.spool),
            "REVITRON_GRPC_CACHE__BACKEND": "redis",
            "REVITRON_GRPC_CACHE__REDIS_URL": self.redis.url,
            "REVITRON_GRPC_KEYS__SECRET": _SECRET,
            # A replica shall not hear of a revocation before the database is gone.
            "REVITRON_GRPC_KEYS__REFRESH_SECONDS": "30",
        }

    def new_key(self) -> tuple[str, Callable[[], None]]:
        """Return a new key, and what revokes it."""
        hasher = KeyHasher(_SECRET.encode())
        key, record = issue_key(hasher, "anna", frozenset(Permission), datetime.now(UTC))
        self._with_keys(lambda keys: keys.add(record))

        def revoke() -> None:
            self._with_keys(lambda keys: keys.revoke(record.key_id, datetime.now(UTC)))

        return key.reveal(), revoke

    def _with_keys(self, work: Callable[..., object]) -> None:
        keys = open_keys(RunsSettings(url=self.url, timeout_seconds=30))
        try:
            work(keys)
        finally:
            keys.close()


@contextmanager
def running_stores(folder: Path) -> Iterator[Stores]:
    """Start both for the length of a block, with an empty database that has its tables."""
    # Elsewhere, because the user postgres must be able to enter it.
    home = Path(tempfile.mkdtemp(prefix="revitron-chaos-postgres-"))
    postgres, redis = PostgresServer(home), RedisServer(folder)
    try:
        postgres.start()
        redis.start()
        url = postgres.fresh_database()
        with open_database(url) as engine:
            upgrade(engine)
        yield Stores(redis, postgres, url, folder / "spool")
    finally:
        redis.stop()
        postgres.resume()
        postgres.kill()
        shutil.rmtree(home)


@contextmanager
def open_database(url: str) -> Iterator[Engine]:
    """Open the database beside the replicas."""
    settings = RunsSettings(url=url, timeout_seconds=30)
    found = database_url(settings)
    if found is None:
        raise ValueError(f"{url} is no database")
    engine = open_engine(found, settings)
    try:
        yield engine
    finally:
        engine.dispose()


def not_stored(runs: Iterable[Run], url: str) -> list[str]:
    """Say which runs that a client saw finished the run store does not have whole."""
    problems: list[str] = []
    with open_database(url) as engine:
        store = SqlRuns(engine)
        for run in runs:
            if not run.complete:
                continue
            stored = store.get(run.run_id)
            if stored is None:
                problems.append(f"client {run.client}: run {run.run_id} is not in the store")
            elif stored.state is not RunState.FINISHED:
                problems.append(f"client {run.client}: run {run.run_id} is {stored.state}")
            elif len(stored.buttons) != len(run.received):
                problems.append(
                    f"client {run.client}: run {run.run_id} has {len(stored.buttons)} buttons "
                    f"in the store, its client {len(run.received)}"
                )
    return problems


def owed(cluster: Cluster, index: int) -> int | None:
    """Return what a replica owes the run store, in records; None if it does not say."""
    return _counted(cluster, index, _OWED)


def finished(cluster: Cluster, index: int) -> int:
    """Return how many runs a replica has finished since its start."""
    return _counted(cluster, index, _FINISHED) or 0


def _counted(cluster: Cluster, index: int, metric: re.Pattern[str]) -> int | None:
    found = metric.search(_read(cluster, index, "/metrics"))
    return int(float(found[1])) if found else None


def reason(cluster: Cluster, index: int, component: str) -> str | None:
    """Return what /health says is wrong with a component, empty for nothing; None without word."""
    text = _read(cluster, index, "/health")
    return json.loads(text)["components"].get(component, {"reason": ""})["reason"] if text else None


def _read(cluster: Cluster, index: int, path: str) -> str:
    url = f"http://127.0.0.1:{cluster.ports.http[index]}{path}"
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return answer.read().decode()
    except (OSError, urllib.error.HTTPError):
        return ""


async def until(condition: Callable[[], bool], what: str) -> None:
    """Return when a condition holds that is looked at in a thread."""
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            while not await asyncio.to_thread(condition):
                await asyncio.sleep(_POLL_SECONDS)
    except TimeoutError:
        raise TimeoutError(f"waited {_PATIENCE_SECONDS:.0f} s for {what}") from None


async def until_settled(cluster: Cluster) -> None:
    """Return when no replica owes anything and every one finds its stores well."""
    for index in range(REPLICAS):
        await until(lambda i=index: owed(cluster, i) == 0, f"replica{index} to owe nothing")
        for store in ("runs", "cache"):
            await until(
                lambda i=index, s=store: reason(cluster, i, s) == "",
                f"replica{index} to find its {store} well",
            )


async def until_accepted(cluster: Cluster, index: int, key: str) -> None:
    """Return when a replica knows a key."""
    async with asyncio.timeout(_PATIENCE_SECONDS):
        while not await lets_in(cluster, index, key):
            await asyncio.sleep(_POLL_SECONDS)


async def seconds_until_refused(cluster: Cluster, index: int, key: str) -> float:
    """Return how long a replica still lets a key in."""
    clock = asyncio.get_running_loop().time
    began = clock()
    while clock() - began < _PATIENCE_SECONDS and await lets_in(cluster, index, key):
        await asyncio.sleep(_POLL_SECONDS)
    return clock() - began


async def lets_in(cluster: Cluster, index: int, key: str) -> bool:
    """Say whether a replica answers a call with this key."""
    target = f"127.0.0.1:{cluster.ports.grpc[index]}"
    async with grpc.aio.insecure_channel(target) as channel:
        try:
            await CatalogServiceStub(channel).GetCatalog(
                GetCatalogRequest(), metadata=(("authorization", f"Bearer {key}"),), timeout=10
            )
        except grpc.aio.AioRpcError:
            return False
    return True
