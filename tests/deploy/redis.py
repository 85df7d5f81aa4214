"""Redis takes its configuration, holds it, and does with it what the service needs of it."""

import asyncio
import os
import random
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import redis
from redis.backoff import NoBackoff
from redis.exceptions import NoPermissionError
from redis.retry import Retry

from revitron_grpc.storage.quota_counters import RedisQuotaCounters
from revitron_grpc.storage.redis_cache import RedisCache
from revitron_grpc.storage.redis_link import PREFIX, RedisLink
from tests.deploy.artefact import DEPLOY, ROOT, FailedCheck, check, run_tool
from tests.programs.redis import CONFIGURATION_VARIABLE, PASSWORD, RedisServer

FILE = DEPLOY / "redis" / "revitron-grpc.conf"
_UNITS = {"kb": 1024, "mb": 1024**2, "gb": 1024**3}
# What the server of a check has otherwise: a port that is free, and the tests' passwords.
_PLACES = {"port", "aclfile"}
_DAY = 86_400
_OWNERS = 100


def _lines() -> Iterator[tuple[str, str]]:
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, _, value = line.partition(" ")
            yield name, value


def _plain(value: str) -> str:
    """A value as `CONFIG GET` prints it: bytes as a number, nothing for an empty text."""
    found = re.sub(
        r"\b(\d+)(kb|mb|gb)\b", lambda match: str(int(match[1]) * _UNITS[match[2]]), value
    )
    return found.replace('"', "")


@contextmanager
def _server() -> Iterator[RedisServer]:
    with tempfile.TemporaryDirectory() as folder:
        server = RedisServer(Path(folder), FILE)
        try:
            server.start()
        except AssertionError as error:
            raise FailedCheck(f"redis-server does not start\n{error}") from error
        try:
            yield server
        finally:
            server.stop()


@check("deploy/redis/revitron-grpc.conf", "redis-server, CONFIG GET")
def is_held() -> str:
    """The real Redis starts with the file and has every value of it."""
    wrong, seen = [], 0
    with _server() as server, server.client() as asked:
        version = server.command("INFO", "server")["redis_version"]
        for name, value in _lines():
            if name in _PLACES:
                continue
            found: str = asked.config_get(name)[name]  # type: ignore[index]
            seen += 1
            # Limits of the other classes of clients are printed too.
            if found != _plain(value) and (
                name != "client-output-buffer-limit" or _plain(value) not in found
            ):
                wrong.append(f"{name} is {found}, not {_plain(value)}")
    if dict(_lines())["bind"] != "127.0.0.1 -::1":
        wrong.append("it listens on more than loopback")
    if wrong:
        raise FailedCheck("; ".join(wrong))
    return f"Redis {version}, {seen} values"


@check("deploy/redis/users.acl", "redis-server, commands of each user")
def users_have_their_rights() -> str:
    """A stranger may do nothing, the service what it needs, with its own keys alone."""
    with _server() as server:
        _refused(_as(server), "PING")
        service = _as(server, "revitron-grpc")
        for words in (
            ("FLUSHALL",),
            ("CONFIG", "GET", "*"),
            ("KEYS", "*"),
            ("SAVE",),
            ("GET", "somebody-elses"),
            ("EVAL", "return redis.call('GET', 'somebody-elses')", "0"),
            ("ACL", "LIST"),
        ):
            _refused(service, *words)
        asyncio.run(_used(server.url))
    with tempfile.TemporaryDirectory() as folder:
        # With the file as it stands, nobody's password is good.
        server = RedisServer(Path(folder), FILE)
        server.start()
        try:
            (Path(folder) / "users.acl").write_bytes(FILE.with_name("users.acl").read_bytes())
            server.command("ACL", "LOAD")
            for user in ("revitron-grpc", "administrator"):
                _refused(_as(server, user), "PING")
        finally:
            server.stop()
    return "strangers nothing, the service its own keys"


def _as(server: RedisServer, user: str | None = None) -> "redis.Redis":
    """A client with the tests' password, or as a stranger; it asks once."""
    return redis.Redis(
        port=server.port,
        username=user,
        password=PASSWORD if user else None,
        retry=Retry(NoBackoff(), 0),
    )


def _refused(client: "redis.Redis", *words: str) -> None:
    try:
        client.execute_command(*words)
    except (redis.AuthenticationError, NoPermissionError):
        return
    except redis.ResponseError as error:
        # Told by a script, whose user it was.
        if "can't" in str(error):
            return
        raise FailedCheck(f"{' '.join(words)}: {error}") from error
    raise FailedCheck(f"{' '.join(words)} is allowed")


async def _used(url: str) -> None:
    link = RedisLink(url, seconds=5)
    try:
        if not await link.probe():
            raise FailedCheck(f"the service finds Redis away: {link.problem}")
        cache = RedisCache(link, 60, 8 * 1024**2)
        largest = bytes(8 * 1024**2)
        await cache.put("digest", largest)
        if await cache.get("digest") != largest:
            raise FailedCheck("the largest result does not come back")
        await cache.delete("digest")
        counters = RedisQuotaCounters(link, replicas=3)
        granted = [(await counters.count("anna", _DAY, 2)).granted for _ in range(3)]
        if granted != [True, True, False]:
            raise FailedCheck(f"a quota of 2 grants {granted}")
    finally:
        await link.close()


@check("deploy/redis/revitron-grpc.conf", "a Redis that is filled three times over")
def quotas_outlive_results() -> str:
    """Where results fill the memory, counters of quotas stay; with LRU they would go."""
    with _server() as server:
        server.command("CONFIG", "SET", "maxmemory", "64mb")
        kept = asyncio.run(_grants_kept(server, idle=0))
        server.command("FLUSHALL")
        server.command("CONFIG", "SET", "maxmemory-policy", "allkeys-lru")
        with_lru = asyncio.run(_grants_kept(server, idle=7_200))
    if kept < 0.9:
        raise FailedCheck(f"{1 - kept:.0%} of what was granted is forgotten")
    if with_lru > 0.5:
        raise FailedCheck("LRU keeps the counters too: nothing is shown")
    return f"{kept:.0%} of the grants kept; with LRU, after two quiet hours, {with_lru:.0%}"


async def _grants_kept(server: RedisServer, idle: int) -> float:
    """Count for 100 owners, fill Redis with results, and return the share that is still counted."""
    chance = random.Random(1)  # noqa: S311
    used = {f"owner-{number}": chance.randint(1, 50) for number in range(_OWNERS)}
    result = chance.randbytes(500_000)
    link = RedisLink(server.url, seconds=5)
    names = {owner: f"{PREFIX}quota:{_DAY}:{owner}" for owner in used}
    try:
        counters, cache = RedisQuotaCounters(link, 3), RedisCache(link, _DAY, len(result))
        for owner, times in used.items():
            for _ in range(times):
                await counters.count(owner, _DAY, 1_000)
        if idle:
            for name in names.values():
                content = server.command("DUMP", name)
                server.command("RESTORE", name, _DAY * 1000, content, "REPLACE", "IDLETIME", idle)
        for number in range(400):
            await cache.put(str(number), result)
            if chance.random() < 0.3:
                await cache.get(str(number))
    finally:
        await link.close()
    if not server.command("INFO", "stats")["evicted_keys"]:
        raise FailedCheck("nothing had to go: nothing is shown")
    kept = sum(used[owner] for owner, name in names.items() if server.command("EXISTS", name))
    return kept / sum(used.values())


@check("deploy/redis/revitron-grpc.conf", "the contract tests of cache and quotas")
def stores_keep_their_contract() -> str:
    """What the service's tests ask of Redis holds for one with this file and these rights."""
    said = run_tool(
        *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", "redis"),
        *("tests/storage/test_caches.py", "tests/storage/test_quota_counters.py"),
        cwd=ROOT,
        env={**os.environ, CONFIGURATION_VARIABLE: str(FILE)},
    )
    return said.strip().splitlines()[-1].strip("= ")
