"""Redis fails in all its ways: one warning, no waiting while it is away, back by itself."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable

import pytest
import pytest_asyncio
from pydantic import SecretStr, ValidationError

from revitron_grpc.errors import InvalidInputError
from revitron_grpc.settings import CacheSettings
from revitron_grpc.storage import redis_link as module
from revitron_grpc.storage.redis_link import RedisAwayError, RedisLink, redis_link
from tests.programs.redis import PASSWORD, RedisServer


class Heard:
    """What a watch hears, in order."""

    def __init__(self) -> None:
        self.calls = 0
        self.failures = 0
        self.news: list[str] = []

    def called(self, seconds: float, *, failed: bool) -> None:
        assert seconds >= 0
        self.calls += 1
        self.failures += failed

    def went_away(self, reason: str) -> None:
        self.news.append(f"away: {reason}")

    def came_back(self) -> None:
        self.news.append("back")


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest_asyncio.fixture
async def link(redis_server: RedisServer, heard: Heard) -> AsyncIterator[RedisLink]:
    # Time enough that only a Redis that hangs is away.
    found = RedisLink(redis_server.url, seconds=1, watch=heard)
    assert await found.probe()
    yield found
    await found.close()


def gone(server: RedisServer) -> None:
    server.stop()


def killed(server: RedisServer) -> None:
    server.kill()


def hanging(server: RedisServer) -> None:
    server.pause()


def full(server: RedisServer) -> None:
    server.command("CONFIG", "SET", "maxmemory-policy", "noeviction")
    server.command("CONFIG", "SET", "maxmemory", "1")


def read_only(server: RedisServer) -> None:
    server.command("REPLICAOF", "127.0.0.1", "1")


def emptied_and_well(server: RedisServer) -> None:
    server.resume()
    server.start()
    server.command("CONFIG", "SET", "maxmemory", "0")
    server.command("REPLICAOF", "NO", "ONE")


async def write(link: RedisLink) -> None:
    await link.call(lambda client: client.set("key", b"value"))


@pytest.mark.parametrize(
    ("breaks", "words"),
    [
        (gone, "connect"),
        (killed, "connect"),
        (hanging, "no answer within 1 s"),
        (full, "used memory"),
        (read_only, "read only"),
    ],
)
async def test_an_outage_is_told_once_costs_one_wait_and_ends_by_itself(
    redis_server: RedisServer,
    link: RedisLink,
    heard: Heard,
    breaks: Callable[[RedisServer], None],
    words: str,
) -> None:
    await write(link)
    breaks(redis_server)
    with pytest.raises(RedisAwayError):
        await write(link)
    asked = heard.calls
    for _ in range(100):
        with pytest.raises(RedisAwayError):
            await write(link)
    assert heard.calls == asked  # nobody asked Redis meanwhile
    assert not await link.probe()
    assert not await link.probe()
    assert len(heard.news) == 2
    assert heard.news[1].startswith("away: ")
    assert words in heard.news[1]
    assert heard.failures > 2
    emptied_and_well(redis_server)
    assert await link.probe()
    await write(link)
    assert link.problem == ""
    assert heard.news[2:] == ["back"]


async def test_a_wrong_password_is_an_outage_that_names_no_password(
    redis_server: RedisServer, heard: Heard
) -> None:
    link = RedisLink(redis_server.url.replace(PASSWORD, "wrong-one"), seconds=5, watch=heard)
    assert not await link.probe()
    assert "password" in link.problem
    assert "wrong-one" not in link.problem
    redis_server.command("CONFIG", "SET", "requirepass", "wrong-one")
    assert await link.probe()
    await link.close()
    right = RedisLink(redis_server.url.replace(PASSWORD, "wrong-one"), seconds=5)
    await right.call(lambda client: client.config_set("requirepass", PASSWORD))
    await right.close()


async def test_who_asks_while_it_hangs_waits_no_longer_than_said(
    redis_server: RedisServer, heard: Heard
) -> None:
    link = RedisLink(redis_server.url, seconds=0.05, connections=2, watch=heard)
    redis_server.pause()
    began = time.monotonic()
    # More at once than there are connections.
    answers = await asyncio.gather(*(write(link) for _ in range(20)), return_exceptions=True)
    assert all(isinstance(answer, RedisAwayError) for answer in answers)
    assert time.monotonic() - began < 5
    async with asyncio.timeout(30):
        while not heard.news:  # what a probe, which nobody waits for, finds
            await asyncio.sleep(0.01)
    redis_server.resume()
    async with asyncio.timeout(30):
        while not await link.probe():
            pass
    await write(link)
    await link.close()
    assert [news.split(":")[0] for news in heard.news] == ["away", "back"]


async def test_an_answer_that_came_late_is_no_outage_where_redis_is_well(
    link: RedisLink, heard: Heard
) -> None:
    with pytest.raises(RedisAwayError, match="no answer within"):
        await link.call(lambda client: client.blpop(["nothing"]), seconds=0.01)
    async with asyncio.timeout(30):
        while link.problem:
            await asyncio.sleep(0.01)
    await write(link)
    assert heard.news == ["back"]
    assert heard.failures == 1


async def test_a_restart_that_nobody_noticed_is_no_outage(
    redis_server: RedisServer, link: RedisLink, heard: Heard
) -> None:
    await write(link)
    redis_server.restart()
    await write(link)
    assert heard.news == ["back"]


async def test_the_watch_finds_it_back_and_finds_an_idle_one_away(
    redis_server: RedisServer, link: RedisLink, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_PROBE_SECONDS", 0.01)
    monkeypatch.setattr(module, "_IDLE_SECONDS", 0.0)
    watching = asyncio.create_task(link.watch())
    redis_server.stop()
    async with asyncio.timeout(30):
        while len(heard.news) < 2:
            await asyncio.sleep(0.01)
        redis_server.start()
        while len(heard.news) < 3:
            await asyncio.sleep(0.01)
    watching.cancel()
    assert [news.split(":")[0] for news in heard.news] == ["back", "away", "back"]


@pytest.mark.parametrize(
    "url", ["redis://:secret-word@host:port/0", "redis://:secret-word@h/x?db="]
)
def test_a_url_that_says_nothing_is_named_without_its_password(url: str) -> None:
    with pytest.raises(InvalidInputError) as caught:
        RedisLink(url + "?socket_timeout=soon")
    assert "cache.redis_url" in caught.value.message
    assert "secret-word" not in caught.value.message


def test_the_url_comes_from_a_file_where_one_is_named(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("secret")
    file = folder / "url"
    with pytest.raises(InvalidInputError, match="redis_url_file"):
        redis_link(CacheSettings(redis_url_file=file))
    file.write_text("redis://:secret-word@127.0.0.1:1/0\n")
    assert redis_link(CacheSettings(redis_url_file=file)) is not None
    assert redis_link(CacheSettings()) is None


def test_a_url_is_shown_nowhere() -> None:
    settings = CacheSettings(redis_url=SecretStr("redis://:secret-word@host/0"))
    for shown in (repr(settings), str(settings), settings.model_dump_json()):
        assert "secret-word" not in shown
    with pytest.raises(ValidationError, match="must begin with"):
        CacheSettings(redis_url=SecretStr("http://host"))
    with pytest.raises(ValidationError, match="leave one of them out"):
        CacheSettings.model_validate({"redis_url": "redis://h", "redis_url_file": "/f"})
    with pytest.raises(ValidationError, match="needs redis_url"):
        CacheSettings(backend="redis")
