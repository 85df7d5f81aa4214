"""One contract for both caches, and what each does beyond it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import TypeAlias

import pytest
import pytest_asyncio
from hypothesis import given
from hypothesis import strategies as st

from revitron_grpc.errors import StoreUnavailableError
from revitron_grpc.storage.cache import Cache
from revitron_grpc.storage.memory_cache import MemoryCache
from revitron_grpc.storage.redis_cache import RedisCache
from revitron_grpc.storage.redis_link import RedisLink
from tests.liveness import LIVENESS
from tests.programs.redis import RedisServer

HOUR = 3600.0
MIB = 1024 * 1024
# Makes a cache from the seconds that it keeps a value.
Maker: TypeAlias = Callable[[float], Cache]


@pytest_asyncio.fixture
async def link(redis_server: RedisServer) -> AsyncIterator[RedisLink]:
    found = RedisLink(redis_server.url, seconds=5)
    yield found
    await found.close()


@pytest.fixture(params=["memory", "redis"])
def maker(request: pytest.FixtureRequest) -> Maker:
    if request.param == "memory":
        return lambda seconds: MemoryCache(8 * MIB, seconds, MIB)
    link = request.getfixturevalue("link")
    return lambda seconds: RedisCache(link, seconds, MIB)


async def test_what_is_put_comes_back_until_it_is_replaced_or_forgotten(maker: Maker) -> None:
    cache = maker(HOUR)
    assert await cache.get("a") is None
    whole = bytes(range(256)) * 100
    await cache.put("a", whole)
    await cache.put("b", b"b")
    assert (await cache.get("a"), await cache.get("b")) == (whole, b"b")
    await cache.put("a", b"new")
    assert await cache.get("a") == b"new"
    await cache.delete("a")
    await cache.delete("a")
    assert (await cache.get("a"), await cache.get("b")) == (None, b"b")


async def test_a_value_expires(maker: Maker) -> None:
    lasting, passing = maker(HOUR), maker(0.2)
    await lasting.put("lasting", b"1")
    await passing.put("passing", b"2")
    async with asyncio.timeout(LIVENESS):
        while await passing.get("passing") is not None:
            await asyncio.sleep(0.01)
    assert await lasting.get("lasting") == b"1"


async def test_a_value_over_the_bound_is_not_kept(maker: Maker) -> None:
    cache = maker(HOUR)
    await cache.put("most", bytes(MIB))
    await cache.put("more", bytes(MIB + 1))
    assert await cache.get("most") == bytes(MIB)
    assert await cache.get("more") is None


async def test_who_reads_while_others_write_gets_a_whole_value(maker: Maker) -> None:
    cache = maker(HOUR)
    values = {bytes([n]) * 100_000 for n in range(10)}

    async def write(value: bytes) -> None:
        for _ in range(5):
            await cache.put("key", value)
            assert await cache.get("key") in values

    await asyncio.gather(*(write(value) for value in values))


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 3000)), max_size=60))
def test_memory_stays_within_its_bytes_and_keeps_what_was_used_last(
    puts: list[tuple[int, int]],
) -> None:
    evicted: list[None] = []
    cache = MemoryCache(10_000, HOUR, 10_000, evicted=lambda: evicted.append(None))

    async def fill() -> None:
        seen: set[int] = set()
        for key, size in puts:
            seen.add(key)
            await cache.put(str(key), bytes(size))
            assert await cache.get(str(key)) == bytes(size)
            assert cache.size_bytes <= 10_000
        kept = [key for key in seen if await cache.get(str(key)) is not None]
        values = [await cache.get(str(key)) or b"" for key in kept]
        assert sum(map(len, values)) <= 10_000
        assert cache.entries == len(kept)
        assert len(seen) <= len(kept) + len(evicted)
        assert evicted or kept == [*seen]

    asyncio.run(fill())


async def test_memory_lets_go_of_what_expired() -> None:
    now = 0.0
    cache = MemoryCache(10_000, 60, 10_000, clock=lambda: now)
    await cache.put("old", b"1")
    now = 30.0
    await cache.put("new", b"2")
    now = 61.0
    assert cache.remove_expired() == 1
    assert cache.entries == 1
    assert await cache.get("new") == b"2"


async def test_replicas_share_what_is_in_redis(redis_server: RedisServer, link: RedisLink) -> None:
    other = RedisLink(redis_server.url, seconds=5)
    await RedisCache(link, HOUR, MIB).put("key", b"value")
    assert await RedisCache(other, HOUR, MIB).get("key") == b"value"
    (name,) = redis_server.command("KEYS", "*cache*")
    assert name == b"revitron_grpc:1:cache:key"
    assert 0 < redis_server.command("PTTL", name) <= 1000 * HOUR
    await other.close()


async def test_what_somebody_else_wrote_is_read_up_to_the_bound(
    redis_server: RedisServer, link: RedisLink
) -> None:
    redis_server.command("SET", "revitron_grpc:1:cache:key", bytes(MIB + 1))
    assert len(await RedisCache(link, HOUR, MIB).get("key") or b"") == MIB


async def test_a_redis_that_is_gone_says_so_and_serves_again_when_it_is_back(
    redis_server: RedisServer, link: RedisLink
) -> None:
    cache = RedisCache(link, HOUR, MIB)
    await cache.put("key", b"value")
    redis_server.stop()
    for asked in (cache.get("key"), cache.put("key", b"new"), cache.delete("key")):
        with pytest.raises(StoreUnavailableError):
            await asked
    redis_server.start()
    assert await link.probe()
    assert await cache.get("key") is None
    await cache.put("key", b"value")
    assert await cache.get("key") == b"value"
