"""A run that was judged before is sent again as it was, on any replica, and judged by nobody.

And Redis may fail in every way: the stream goes on.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any

import grpc
import pytest
import pytest_asyncio
from structlog.testing import capture_logs

from revitron_grpc.pool import JudgePool
from revitron_grpc.service.server import Replica
from revitron_grpc.settings import Settings
from revitron_grpc.v1 import button_service_pb2 as pb
from revitron_grpc.v1.button_service_pb2_grpc import ButtonServiceStub
from tests.liveness import LIVENESS, until
from tests.programs.redis import PASSWORD, RedisServer
from tests.service.conftest import SETTINGS
from tests.service.test_replica import collect

pytestmark = pytest.mark.asyncio(loop_scope="module")

REQUEST = pb.GenerateButtonsRequest(count=12)
KEYS = "revitron_grpc:*:cache:*"


@dataclass(frozen=True, slots=True)
class Served:
    """A replica and a way to it."""

    replica: Replica
    channel: grpc.aio.Channel

    @property
    def pool(self) -> JudgePool:
        return self.replica.editions.current.pipeline.pool

    async def filled(self) -> None:
        runs = self.replica.caches.runs
        assert runs is not None
        async with asyncio.timeout(LIVENESS):
            await runs.filled()

    def counted(self, name: str, **labels: str) -> float:
        found = self.replica.metrics._registry.get_sample_value(f"revitron_grpc_{name}", labels)
        return found or 0.0


@asynccontextmanager
async def served(cache: dict[str, Any]) -> AsyncIterator[Served]:
    settings = Settings.model_validate(
        SETTINGS.model_dump(exclude_unset=True) | {"cache": cache, "runs": {"url": "none"}}
    )
    replica = Replica(settings)
    await replica.start()
    async with grpc.aio.insecure_channel(f"127.0.0.1:{replica.port}") as channel:
        yield Served(replica, channel)
    await replica.stop(notice=0, drain=0)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def one(redis_program: RedisServer) -> AsyncIterator[Served]:
    # Time enough that a busy machine is no outage.
    cache = {"backend": "redis", "redis_url": redis_program.url, "redis_timeout_seconds": 10}
    async with served(cache) as found:
        yield found


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def other(redis_program: RedisServer) -> AsyncIterator[Served]:
    cache = {"backend": "redis", "redis_url": redis_program.url, "redis_timeout_seconds": 10}
    async with served(cache) as found:
        yield found


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def without() -> AsyncIterator[Served]:
    async with served({"backend": "off"}) as found:
        yield found


@pytest.fixture
def nothing_is_judged(other: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    def submit(task: object) -> None:
        raise AssertionError(f"judged: {task}")

    monkeypatch.setattr(other.pool, "submit", submit)


@pytest_asyncio.fixture(loop_scope="module")
async def redis(redis_server: RedisServer, one: Served, other: Served) -> RedisServer:
    """Empty, and known to be well by both replicas."""
    for served in (one, other):
        link = served.replica.caches.redis
        assert link is not None
        assert await link.probe()
    return redis_server


def told(responses: list[pb.GenerateButtonsResponse]) -> list[bytes]:
    """All that a caller may see, but what is different in each stream.

    Each button by itself: how many are ready, and so in one batch, is a matter of time.
    """
    found = []
    for response in responses:
        copy = pb.GenerateButtonsResponse()
        copy.CopyFrom(response)
        copy.resume_token = ""
        if copy.HasField("started"):
            copy.started.run_id = ""
        if copy.HasField("buttons"):
            found += [one.SerializeToString(deterministic=True) for one in copy.buttons.buttons]
        elif not copy.HasField("progress"):
            found.append(copy.SerializeToString(deterministic=True))
    return found


REQUESTS = {
    "as it was": REQUEST,
    "without icons": pb.GenerateButtonsRequest(count=12, include_icons=False),
    "with rejected ones": pb.GenerateButtonsRequest(count=12, include_rejected=True),
    "in batches": pb.GenerateButtonsRequest(count=12, batch_limit=5),
}


async def first_run(one: Served, request: pb.GenerateButtonsRequest) -> None:
    await collect(one.channel, request)
    await one.filled()


def with_own_tool(request: pb.GenerateButtonsRequest, title: str) -> pb.GenerateButtonsRequest:
    copy = pb.GenerateButtonsRequest()
    copy.CopyFrom(request)
    copy.existing_tools.add(title=title)
    return copy


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def twin(without: Served) -> str:
    """The title of an idea that is rejected where a caller has a tool of that name."""
    responses = await collect(without.channel, REQUEST)
    return next(r.buttons.buttons[0].title for r in responses if r.HasField("buttons"))


@pytest.mark.usefixtures("redis", "nothing_is_judged")
@pytest.mark.parametrize("request_", REQUESTS.values(), ids=REQUESTS)
@pytest.mark.parametrize("first", ["as it was", "without icons"])
async def test_another_replica_sends_the_same_bytes_and_judges_nothing(
    one: Served,
    other: Served,
    without: Served,
    twin: str,
    request_: pb.GenerateButtonsRequest,
    first: str,
) -> None:
    asked = with_own_tool(request_, twin)
    expected = await collect(without.channel, asked)
    assert expected[-1].summary.rejected  # or it would not be seen that these are kept as well
    # What is kept has icons, also where the first caller wanted none.
    await first_run(one, with_own_tool(REQUESTS[first], twin))
    hits = other.counted("cache_requests_total", cache="specs", outcome="hit")
    replayed = await collect(other.channel, asked)
    assert told(replayed) == told(expected)
    assert other.counted("cache_requests_total", cache="specs", outcome="hit") == hits + 1


@pytest.mark.usefixtures("redis", "nothing_is_judged")
async def test_a_stream_is_resumed_from_what_was_kept(one: Served, other: Served) -> None:
    all_told = await collect(one.channel, REQUEST)
    whole = [r for r in all_told if r.WhichOneof("event") != "progress"]
    await one.filled()
    for cut in (0, 5, 11, 12):  # after `started`, in the middle, before the last, before the end
        token = whole[cut].resume_token
        resumed = await collect(
            other.channel, pb.GenerateButtonsRequest(count=12, resume_token=token)
        )
        rest = [r for r in resumed if r.WhichOneof("event") != "progress"]
        assert rest[0].started.run_id == whole[0].started.run_id
        assert rest[0].started.resumed
        assert told(rest[1:]) == told(whole[cut + 1 :])


async def test_what_else_decides_a_result_is_another_run(
    redis: RedisServer, one: Served, other: Served, without: Served, twin: str
) -> None:
    await first_run(one, REQUEST)
    asked = with_own_tool(REQUEST, twin)
    responses = await collect(other.channel, asked)
    assert told(responses) == told(await collect(without.channel, asked))
    assert twin not in [b.title for r in responses for b in r.buttons.buttons]
    await other.filled()
    assert len(redis.command("KEYS", KEYS)) == 2


async def test_the_cache_is_no_part_of_the_plan(one: Served, without: Served) -> None:
    digests = {
        (await collect(served.channel, pb.GenerateButtonsRequest(count=1)))[0].started.plan_digest
        for served in (one, without)
    }
    assert len(digests) == 1


async def test_a_run_that_was_left_is_not_kept(redis: RedisServer, one: Served) -> None:
    call = ButtonServiceStub(one.channel).GenerateButtons(REQUEST)
    for _ in range(4):
        await call.read()
    call.cancel()
    await until(lambda: not one.replica.runs_in_flight)
    await one.filled()
    assert redis.command("KEYS", KEYS) == []
    # And the next one who asks may be kept.
    await first_run(one, REQUEST)
    assert len(redis.command("KEYS", KEYS)) == 1


def flipped(value: bytes) -> bytes:
    return value[:5000] + bytes([value[5000] ^ 1]) + value[5001:]


def shortened(value: bytes) -> bytes:
    return value[: len(value) // 2]


def nonsense(value: bytes) -> bytes:
    return value[:3]


@pytest.mark.parametrize("damage", [flipped, shortened, nonsense])
async def test_a_damaged_entry_is_deleted_with_a_warning_and_the_run_judged_anew(
    redis: RedisServer,
    one: Served,
    other: Served,
    without: Served,
    damage: Callable[[bytes], bytes],
) -> None:
    await first_run(one, REQUEST)
    (key,) = redis.command("KEYS", KEYS)
    whole = redis.command("GET", key)
    redis.command("SET", key, damage(whole))
    with capture_logs() as lines:
        responses = await collect(other.channel, REQUEST)
    assert told(responses) == told(await collect(without.channel, REQUEST))
    (line,) = [line for line in lines if line["event"] == "kept run damaged"]
    assert line["log_level"] == "warning"
    assert line["plan_digest"] in key.decode()
    await other.filled()
    assert redis.command("GET", key) == whole  # put anew


def stopped(redis: RedisServer) -> None:
    redis.stop()


def hanging(redis: RedisServer) -> None:
    redis.pause()


def full(redis: RedisServer) -> None:
    redis.command("CONFIG", "SET", "maxmemory-policy", "noeviction")
    redis.command("CONFIG", "SET", "maxmemory", "1")


def well(redis: RedisServer) -> None:
    redis.resume()
    redis.start()
    redis.command("CONFIG", "SET", "maxmemory", "0")


@dataclass(frozen=True, slots=True)
class Alone:
    """A replica with a Redis that no other one hears of, and what it logged at its start."""

    redis: RedisServer
    served: Served
    first_lines: list[Any]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def alone(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Alone]:
    redis = RedisServer(tmp_path_factory.mktemp("alone"))
    cache = {"backend": "redis", "redis_url": redis.url, "redis_timeout_seconds": 1}
    async with AsyncExitStack() as stack:
        with capture_logs() as lines:
            found = await stack.enter_async_context(served(cache))
        yield Alone(redis, found, list(lines))
    redis.stop()


async def test_a_replica_starts_without_redis_and_warns(alone: Alone) -> None:
    replica = alone.served.replica
    assert replica.board.everything["cache"].reason
    assert replica.board.ready
    assert (await collect(alone.served.channel, REQUEST))[-1].HasField("summary")
    with capture_logs() as lines:
        alone.redis.start()
        await until(lambda: not replica.board.degraded)
    assert warnings(alone.first_lines) == ["store away"]
    assert warnings(lines) == ["store back"]
    assert PASSWORD not in repr((alone.first_lines, lines))


def warnings(lines: Sequence[Any]) -> list[str]:
    return [line["event"] for line in lines if line["log_level"] == "warning"]


@pytest.mark.parametrize("breaks", [stopped, hanging, full])
async def test_streams_go_on_without_redis_and_it_is_used_when_it_is_back(
    alone: Alone, breaks: Callable[[RedisServer], None]
) -> None:
    redis, one = alone.redis, alone.served
    redis.start()
    redis.command("FLUSHALL")
    await until(lambda: not one.replica.board.degraded)
    call = ButtonServiceStub(one.channel).GenerateButtons(REQUEST)
    arriving = aiter(call)
    assert (await anext(arriving)).HasField("started")
    with capture_logs() as lines:
        breaks(redis)
        under_way = [response async for response in arriving]
        assert under_way[-1].HasField("summary")
        streams = await asyncio.gather(*(collect(one.channel, REQUEST) for _ in range(3)))
        assert all(responses[-1].HasField("summary") for responses in streams)
        await one.filled()
        await until(lambda: "is away" in one.replica.board.everything["cache"].reason)
        assert one.replica.board.degraded
        assert one.replica.board.ready
        assert one.replica.board.statuses[""]
        assert one.counted("store_up", store="redis") == 0
        assert one.counted("store_failures_total", store="redis") >= 1
        well(redis)
        await until(lambda: not one.replica.board.degraded)  # by itself
    assert warnings(lines) == ["store away", "store back"]
    assert one.counted("store_up", store="redis") == 1
    await first_run(one, REQUEST)
    assert len(redis.command("KEYS", KEYS)) == 1


async def test_memory_answers_the_second_time_and_forgets_on_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with served({"cache_duration_hours": 0.001, "cache_cleanup_interval_hours": 1e-5}) as it:
        first = await collect(it.channel, REQUEST)
        await it.filled()
        assert it.counted("cache_entries", cache="specs") == 1
        assert 10_000 < it.counted("cache_size_bytes", cache="specs") < 1_000_000
        with monkeypatch.context() as patched:
            patched.setattr(it.pool, "submit", None)
            assert told(await collect(it.channel, REQUEST)) == told(first)
        await until(lambda: it.counted("cache_entries", cache="specs") == 0)
        assert told(await collect(it.channel, REQUEST)) == told(first)


async def test_switched_off_everything_is_judged_and_compared_anew(
    redis_server: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = {
        "backend": "redis",
        "redis_url": redis_server.url,
        "enable_validation_cache": False,
        "enable_research_cache": False,
    }
    async with served(cache) as found:
        workshop = found.replica.editions.current.pipeline.workshop
        judged: list[object] = []
        judge = workshop._judge
        monkeypatch.setattr(workshop, "_judge", lambda task: judged.append(task) or judge(task))
        await collect(found.channel, REQUEST)
        first = len(judged)
        assert first >= 12
        await collect(found.channel, REQUEST)
        assert len(judged) >= first + 12
        assert workshop._nearest == {}
        assert redis_server.command("KEYS", KEYS) == []


async def test_switched_on_a_workshop_keeps_what_it_judged_and_compared(without: Served) -> None:
    workshop = without.replica.editions.current.pipeline.workshop
    await collect(without.channel, REQUEST)
    assert len(workshop._nearest) >= 12
    assert len(workshop._judged) >= 12
