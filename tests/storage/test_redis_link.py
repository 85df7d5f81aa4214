"""Redis fails in all its ways: one warning, no waiting while it is away, back by itself."""

import asyncio
import re
import socket
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
import pytest_asyncio
import trustme
from pydantic import SecretStr, ValidationError

from revitron_grpc.errors import InvalidInputError
from revitron_grpc.settings import CacheSettings
from revitron_grpc.storage import redis_link as module
from revitron_grpc.storage.quota_counters import RedisQuotaCounters
from revitron_grpc.storage.redis_cache import RedisCache
from revitron_grpc.storage.redis_link import RedisAwayError, RedisLink, redis_link
from tests.liveness import LIVENESS, until
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


async def test_a_redis_that_is_still_loading_is_away(heard: Heard) -> None:
    # What one says that reads a large file from disk, to every command.
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while await reader.read(10_000):
            writer.write(b"-LOADING Redis is loading the dataset in memory\r\n")
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    link = RedisLink(f"redis://127.0.0.1:{port}/0", seconds=5, watch=heard)
    assert not await link.probe()
    assert "loading" in heard.news[0]
    await link.close()
    server.close()
    await server.wait_closed()


async def test_the_rights_that_the_page_names_are_enough(redis_server: RedisServer) -> None:
    page = Path(__file__).parents[2] / "docs" / "operations" / "stores.md"
    rights = re.search(r"The user needs `([^`]*)` on `([^`]*)`", page.read_text(encoding="utf-8"))
    assert rights is not None
    redis_server.command(
        "ACL", "SETUSER", "service", "reset", "on", ">word", rights[2], *rights[1].split()
    )
    url = redis_server.url.replace(f":{PASSWORD}@", "service:word@")
    link = RedisLink(url, seconds=5)
    assert await link.probe()
    cache = RedisCache(link, 60, 1000)
    await cache.put("key", b"value")
    assert await cache.get("key") == b"value"
    await cache.delete("key")
    counters = RedisQuotaCounters(link, replicas=1)
    assert (await counters.count("key", 60, 1)).granted
    assert not (await counters.count("key", 60, 1)).granted
    assert link.problem == ""
    with pytest.raises(RedisAwayError, match="permissions"):
        await link.call(lambda client: client.set("elsewhere", b""))
    await link.close()
    redis_server.command("ACL", "DELUSER", "service")


async def test_tls_is_checked_against_the_authority_that_the_url_names(
    redis_server: RedisServer, tmp_path: Path
) -> None:
    authority, stranger = trustme.CA(), trustme.CA()
    certificate = authority.issue_cert("127.0.0.1")
    file = str(tmp_path / "server.pem")
    certificate.private_key_and_cert_chain_pem.write_to_path(file)
    for name, ca in (("ours", authority), ("other", stranger)):
        ca.cert_pem.write_to_path(str(tmp_path / f"{name}.pem"))
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    redis_server.command(
        *("CONFIG", "SET", "tls-cert-file", file, "tls-key-file", file),
        *("tls-auth-clients", "no", "tls-ca-cert-file", str(tmp_path / "ours.pem")),
        *("tls-port", port),
    )
    url = f"rediss://:{PASSWORD}@127.0.0.1:{port}/0?ssl_ca_certs={tmp_path}"
    right = RedisLink(f"{url}/ours.pem", seconds=5)
    assert await right.probe()
    await write(right)
    await right.close()
    heard = Heard()
    wrong = RedisLink(f"{url}/other.pem", seconds=5, watch=heard)
    assert not await wrong.probe()
    assert "certificate verify failed" in heard.news[0]
    await wrong.close()
    redis_server.command("CONFIG", "SET", "tls-port", 0)


async def test_who_asks_while_it_hangs_waits_no_longer_than_said(
    redis_server: RedisServer, heard: Heard
) -> None:
    link = RedisLink(redis_server.url, seconds=0.05, connections=2, watch=heard)
    redis_server.pause()
    async with asyncio.timeout(LIVENESS):  # it would hang for ever
        # More at once than there are connections.
        answers = await asyncio.gather(*(write(link) for _ in range(20)), return_exceptions=True)
    assert all(isinstance(answer, RedisAwayError) for answer in answers)
    await until(lambda: heard.news)  # what a probe, which nobody waits for, finds
    redis_server.resume()
    async with asyncio.timeout(LIVENESS):
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
    await until(lambda: not link.problem)
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
    await until(lambda: len(heard.news) >= 2)
    redis_server.start()
    await until(lambda: len(heard.news) >= 3)
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
    for shown in (repr(settings), str(settings), str(settings.model_dump())):
        assert "secret-word" not in shown
    with pytest.raises(ValidationError, match="must begin with"):
        CacheSettings(redis_url=SecretStr("http://host"))
    with pytest.raises(ValidationError, match="leave one of them out"):
        CacheSettings.model_validate({"redis_url": "redis://h", "redis_url_file": "/f"})
    with pytest.raises(ValidationError, match="needs redis_url"):
        CacheSettings(backend="redis")
