"""What a replica counts shows at /metrics, in a form that Prometheus reads."""

import asyncio
import urllib.error
import urllib.request
from collections.abc import Iterator

import grpc
import pytest
from prometheus_client.openmetrics.parser import (
    text_string_to_metric_families as openmetrics_families,
)
from prometheus_client.parser import text_string_to_metric_families
from pydantic import ValidationError

from revitron_grpc import __version__
from revitron_grpc.access.caller import Permission
from revitron_grpc.service.health import Condition
from revitron_grpc.service.server import Replica
from revitron_grpc.service.telemetry.metrics import Metrics
from revitron_grpc.service.telemetry.momentary_metrics import CONDITIONS
from revitron_grpc.settings import KeysSettings, MetricsSettings, Settings
from revitron_grpc.v1 import button_service_pb2 as pb
from revitron_grpc.v1.button_service_pb2_grpc import ButtonServiceStub
from revitron_grpc.vocabulary import Criterion
from tests.access.keys import SECRET, MemoryKeyStore, issued
from tests.liveness import until
from tests.service.conftest import SETTINGS

BUTTONS = {"service": "revitron_grpc.v1.ButtonService"}


class Samples:
    """What an exposition says, by name and labels."""

    def __init__(self, metrics: Metrics) -> None:
        text, self.content_type = metrics.exposition("text/plain")
        self._samples = [
            sample
            for family in text_string_to_metric_families(text.decode())
            for sample in family.samples
        ]
        keys = [(s.name, tuple(sorted(s.labels.items()))) for s in self._samples]
        assert len(set(keys)) == len(keys), "a series stands there twice"

    def __getitem__(self, name: str) -> float:
        """The sum over all series of this name."""
        return self.of(name)

    def of(self, name: str, **labels: str) -> float:
        found = list(self._matching(name, labels))
        assert found, f"{name} {labels} is not there"
        return sum(found)

    def _matching(self, name: str, labels: dict[str, str]) -> Iterator[float]:
        for sample in self._samples:
            if sample.name == f"revitron_grpc_{name}" and labels.items() <= sample.labels.items():
                yield sample.value

    @property
    def names(self) -> set[str]:
        return {sample.name for sample in self._samples}


def change(metrics: Metrics, before: Samples, name: str, **labels: str) -> float:
    """By how much it grew; a series that was not there began at 0."""
    return Samples(metrics).of(name, **labels) - sum(before._matching(name, labels))


def test_the_states_of_a_component_are_those_of_the_health_board() -> None:
    assert list(Condition) == list(CONDITIONS)


@pytest.mark.asyncio(loop_scope="module")
async def test_a_run_is_counted_with_its_buttons_and_its_candidates(
    replica: Replica, channel: grpc.aio.Channel
) -> None:
    metrics = replica.metrics
    before = Samples(metrics)
    call = ButtonServiceStub(channel).GenerateButtons(pb.GenerateButtonsRequest(count=8))
    responses = []
    async for response in call:
        responses.append(response)
        if response.WhichOneof("event") == "buttons":
            now = Samples(metrics)
            labels = {**BUTTONS, "method": "GenerateButtons", "transport": "grpc"}
            assert now.of("calls_in_flight", **labels) == 1
            assert change(metrics, before, "first_button_seconds_count") == 1
    summary = responses[-1].summary

    def grown(name: str, **labels: str) -> float:
        return change(metrics, before, name, **labels)

    labels = {**BUTTONS, "method": "GenerateButtons", "transport": "grpc", "code": "OK"}
    await until(lambda: bool(sum(Samples(metrics)._matching("calls_total", labels))))
    assert grown("calls_total", **labels) == 1
    assert grown("call_duration_seconds_count", method="GenerateButtons") == 1
    assert Samples(metrics)["calls_in_flight"] == 0
    assert grown("runs_total", outcome="finished") == 1
    assert grown("candidates_total", outcome="accepted") == summary.accepted == 8
    assert grown("candidates_total", outcome="rejected") == summary.rejected
    assert grown("last_button_seconds_count") == 1
    assert 0 < grown("first_button_seconds_sum") < grown("last_button_seconds_sum")
    assert grown("runs_resumed_total") == 0


@pytest.mark.asyncio(loop_scope="module")
async def test_a_call_that_is_refused_a_call_that_leaves_and_a_call_nobody_knows(
    replica: Replica, channel: grpc.aio.Channel
) -> None:
    metrics = replica.metrics
    before = Samples(metrics)
    stub = ButtonServiceStub(channel)
    with pytest.raises(grpc.aio.AioRpcError):
        await stub.GenerateButtons(pb.GenerateButtonsRequest(count=1001)).read()
    with pytest.raises(grpc.aio.AioRpcError):
        await channel.unary_unary("/revitron_grpc.v1.ButtonService/Made-up-0815")(b"")
    held = stub.GenerateButtons(pb.GenerateButtonsRequest(count=1000))
    for _ in range(3):
        await held.read()
    assert Samples(metrics)["window_candidates"] > 0
    held.cancel()
    await until(lambda: replica.runs_in_flight == 0 and replica.outstanding_work == 0)
    assert change(metrics, before, "calls_total", code="INVALID_ARGUMENT") == 1
    assert change(metrics, before, "calls_refused_total", reason="INVALID_REQUEST") == 1
    assert change(metrics, before, "calls_total", code="CANCELLED") == 1
    assert change(metrics, before, "calls_total", method="other", code="UNIMPLEMENTED") == 1
    assert change(metrics, before, "runs_total", outcome="broken") == 1
    now = Samples(metrics)
    assert now["calls_in_flight"] == now["window_candidates"] == now["pool_tasks"] == 0


@pytest.mark.asyncio(loop_scope="module")
async def test_the_side_port_counts_its_calls_and_shows_them(replica: Replica) -> None:
    before = Samples(replica.metrics)
    side = f"http://127.0.0.1:{replica.http_port}"

    def post() -> None:
        request = urllib.request.Request(
            f"{side}/revitron_grpc.v1.ButtonService/GenerateButtons", b'{"count": 1}'
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            answer.read()

    def get() -> tuple[str, str]:
        with urllib.request.urlopen(f"{side}/metrics", timeout=30) as answer:
            return answer.headers["Content-Type"], answer.read().decode()

    await asyncio.to_thread(post)
    await until(lambda: change(replica.metrics, before, "calls_total", transport="http") == 1)
    content_type, text = await asyncio.to_thread(get)
    assert content_type.startswith("text/plain; version=")
    assert 'revitron_grpc_calls_total{code="OK",method="GenerateButtons"' in text


@pytest.mark.asyncio(loop_scope="module")
async def test_how_a_replica_is_shows_without_any_call(replica: Replica) -> None:
    now = Samples(replica.metrics)
    assert now.of("build_info", version=__version__) == 1
    assert now["ready"] == 1
    for component, condition in replica.board.conditions().items():
        told = {
            state: now.of("component_state", component=component, state=state)
            for state in CONDITIONS
        }
        assert told == {state: float(state == condition) for state in CONDITIONS}
    assert now["pool_workers"] == 2
    assert now["memory_ceiling_bytes"] == 0
    assert now.of("calls_limit", method="GenerateButtons") == SETTINGS.server.max_concurrent_runs
    assert now.of("calls_limit", method="all") == SETTINGS.server.max_concurrent_calls
    assert 0.9 < now["catalog_completeness_ratio"] <= 1
    assert now["catalog_info"] == 1
    assert now["catalog_entries"] > 10_000
    assert {"process_resident_memory_bytes", "process_start_time_seconds"} < now.names
    for criterion in Criterion:
        now.of("candidates_rejected_by_criterion_total", criterion=criterion.value)
    await until(lambda: Samples(replica.metrics)["event_loop_lag_seconds_count"] > 2)


@pytest.mark.asyncio(loop_scope="module")
async def test_a_reader_of_openmetrics_gets_it(replica: Replica) -> None:
    text, content_type = replica.metrics.exposition("application/openmetrics-text; version=1.0.0")
    assert content_type.startswith("application/openmetrics-text")
    assert list(openmetrics_families(text.decode()))


async def answer(replica: Replica, **headers: str) -> int:
    """The status of /metrics from a replica of which only the side port is open."""
    port = await replica._http.start(0)

    def get() -> int:
        request = urllib.request.Request(f"http://127.0.0.1:{port}/metrics", headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                return response.status
        except urllib.error.HTTPError as error:
            with error:
                return error.code

    try:
        return await asyncio.to_thread(get)
    finally:
        await replica._http.stop(0)


async def test_no_metrics_where_they_are_switched_off() -> None:
    settings = SETTINGS.metrics.model_copy(update={"enabled": False})
    assert await answer(Replica(SETTINGS.model_copy(update={"metrics": settings}))) == 404


async def test_metrics_that_need_a_key() -> None:
    (good, reader), (poor, writer) = issued(), issued("bert", frozenset({Permission.WRITE}))
    keys = KeysSettings(required=True, secret=SECRET)
    changes = {"keys": keys, "metrics": MetricsSettings(require_key=True)}
    told: list[int] = []
    for sent in (None, good, poor):
        replica = Replica(
            SETTINGS.model_copy(update=changes), key_store=MemoryKeyStore(reader, writer)
        )
        await replica._access.open()
        headers = {"Authorization": f"Bearer {sent.reveal()}"} if sent else {}
        told.append(await answer(replica, **headers))
        await replica._access.close()
    assert told == [401, 200, 403]


def test_metrics_that_need_a_key_need_keys() -> None:
    with pytest.raises(ValidationError, match=r"metrics.require_key needs keys.required"):
        Settings(metrics=MetricsSettings(require_key=True))
