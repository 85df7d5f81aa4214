"""Quotas: one contract for memory and Redis, and what is granted while Redis is away."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from hypothesis import given
from hypothesis import strategies as st

from revitron_grpc.storage.quota_counters import (
    MemoryQuotaCounters,
    QuotaCount,
    QuotaCounters,
    RedisQuotaCounters,
    quota_counters,
)
from revitron_grpc.storage.redis_link import RedisLink
from tests.liveness import LIVENESS
from tests.programs.redis import RedisServer

HOUR = 3600


@pytest_asyncio.fixture
async def link(redis_server: RedisServer) -> AsyncIterator[RedisLink]:
    found = RedisLink(redis_server.url, seconds=5)
    yield found
    await found.close()


@pytest.fixture(params=["memory", "redis"])
def counters(request: pytest.FixtureRequest) -> QuotaCounters:
    if request.param == "memory":
        return MemoryQuotaCounters()
    return RedisQuotaCounters(request.getfixturevalue("link"), replicas=3)


async def granted(counters: QuotaCounters, name: str, limit: int, asked: int) -> int:
    answers = await asyncio.gather(*(counters.count(name, HOUR, limit) for _ in range(asked)))
    return sum(answer.granted for answer in answers)


async def test_up_to_the_limit_is_granted_and_who_is_refused_hears_when_to_come_back(
    counters: QuotaCounters,
) -> None:
    assert [await counters.count("key", HOUR, 2) for _ in range(2)] == [
        QuotaCount(granted=True, used=1, retry_seconds=0),
        QuotaCount(granted=True, used=2, retry_seconds=0),
    ]
    for _ in range(3):
        refused = await counters.count("key", HOUR, 2)
        assert (refused.granted, refused.used) == (False, 2)
        assert HOUR - 60 < refused.retry_seconds <= HOUR
    # What was refused was not counted, and names and windows do not meet.
    assert (await counters.count("key", HOUR, 3)).used == 3
    assert (await counters.count("another", HOUR, 2)).used == 1
    assert (await counters.count("key", 2 * HOUR, 2)).used == 1


async def test_whoever_asks_at_once_gets_no_more(counters: QuotaCounters) -> None:
    assert await granted(counters, "key", limit=7, asked=50) == 7


async def test_a_window_ends(counters: QuotaCounters) -> None:
    assert (await counters.count("key", 1, 1)).granted
    refused = await counters.count("key", 1, 1)
    async with asyncio.timeout(LIVENESS):
        while not (again := await counters.count("key", 1, 1)).granted:
            assert again.retry_seconds == 1
            await asyncio.sleep(0.01)
    assert not refused.granted


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 9)), max_size=60))
def test_memory_never_grants_more_than_the_limit_in_a_window(calls: list[tuple[int, int]]) -> None:
    now = 0.0
    counters = MemoryQuotaCounters(clock=lambda: now)
    grants: dict[int, list[float]] = {}
    for name, seconds in calls:
        now += seconds
        if asyncio.run(counters.count(str(name), 10, 2)).granted:
            grants.setdefault(name, []).append(now)
    for times in grants.values():
        for first, third in zip(times, times[2:], strict=False):
            # The window in which the third falls began with the first of its pair at the latest.
            assert third > first
        assert all(times[i + 4] - times[i] >= 10 for i in range(len(times) - 4))


async def test_memory_keeps_so_many_names_and_no_more() -> None:
    counters = MemoryQuotaCounters(most_names=3)
    for name in "abcd":
        await counters.count(name, HOUR, 1)
    assert not (await counters.count("d", HOUR, 1)).granted
    assert (await counters.count("a", HOUR, 1)).granted  # forgotten


async def test_replicas_share_one_counter_in_redis(redis_server: RedisServer) -> None:
    links = [RedisLink(redis_server.url, seconds=5) for _ in range(3)]
    replicas = [RedisQuotaCounters(link, replicas=3) for link in links]
    assert sum([await granted(replica, "key", 10, 8) for replica in replicas]) == 10
    for link in links:
        await link.close()


async def test_without_redis_a_replica_grants_its_share_less_what_it_granted_before(
    redis_server: RedisServer, link: RedisLink
) -> None:
    counters = RedisQuotaCounters(link, replicas=3)
    assert await granted(counters, "before", limit=9, asked=2) == 2
    redis_server.stop()
    assert await granted(counters, "before", limit=9, asked=9) == 1
    assert await granted(counters, "fresh", limit=9, asked=9) == 3
    assert await granted(counters, "small", limit=2, asked=9) == 1
    redis_server.start()
    assert await link.probe()
    assert (await counters.count("fresh", HOUR, 9)) == QuotaCount(
        granted=True, used=1, retry_seconds=0
    )


async def test_a_counter_without_an_end_gets_one(
    redis_server: RedisServer, link: RedisLink
) -> None:
    counters = RedisQuotaCounters(link, replicas=1)
    await counters.count("key", HOUR, 1)
    key = redis_server.command("KEYS", "*quota*")[0]
    redis_server.command("PERSIST", key)
    assert (await counters.count("key", HOUR, 1)).retry_seconds == HOUR
    assert redis_server.command("PTTL", key) > 0


async def test_without_any_redis_each_replica_grants_its_share() -> None:
    counters = quota_counters(None, replicas=4)
    assert await granted(counters, "key", limit=8, asked=20) == 2
