"""Three replicas behind the real HAProxy."""

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import grpc
import psutil
import pytest
from cluster import Cluster, free_ports, name, running_cluster

from revitron_grpc.v1.button_service_pb2 import (
    GenerateButtonsRequest,
    GenerateButtonsResponse,
    ValidateButtonsRequest,
    ValidationItem,
)
from revitron_grpc.v1.button_service_pb2_grpc import ButtonServiceStub
from revitron_grpc.v1.button_spec_pb2 import BundleFile
from tests.docs.pages import blocks
from tests.e2e.conftest import ROOT, grpcurl, run


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with running_cluster(free_ports(), tmp_path_factory.mktemp("cluster")) as found:
        yield found


def generated(cluster: Cluster) -> list[str]:
    done = run(*("generate", "--count", "25", "--format", "jsonl", "--server", cluster.target))
    assert done.code == 0, done.err
    lines = [json.loads(line) for line in done.out.splitlines()]
    assert "summary" in lines[-1]
    return [s["digest"] for line in lines for s in line.get("buttons", {}).get("buttons", [])]


def test_a_killed_replica_between_two_runs_goes_unnoticed(cluster: Cluster) -> None:
    before = generated(cluster)
    assert len(before) == 25
    cluster.signal_replica(0, signal.SIGKILL)
    after = [generated(cluster) for _ in range(3)]
    assert after == [before] * 3
    cluster.await_status(0, "DOWN")
    cluster.start_replica(0)
    cluster.await_status(0, "UP")
    assert generated(cluster) == before


async def test_a_refusal_reaches_a_caller_who_is_still_sending(cluster: Cluster) -> None:
    script = BundleFile(path="a.py", content=b"x = 1\n" * 20_000)
    item = ValidateButtonsRequest(item=ValidationItem(id="a", script=script))

    async def requests() -> AsyncIterator[ValidateButtonsRequest]:
        for _ in range(4):
            yield item
            await asyncio.sleep(0.05)

    async with grpc.aio.insecure_channel(cluster.target) as channel:
        for _ in range(3):
            call = ButtonServiceStub(channel).ValidateButtons(requests())
            with pytest.raises(grpc.aio.AioRpcError) as refused:
                await anext(aiter(call))
            assert refused.value.code() is grpc.StatusCode.INVALID_ARGUMENT


def test_streams_of_one_channel_are_spread_over_replicas(cluster: Cluster) -> None:
    for _ in range(3):
        generated(cluster)
    assert min(s.streams_in_all for s in cluster.runtime.servers().values()) > 0


async def test_a_stream_that_is_not_read_stops_no_other_on_its_connection(
    cluster: Cluster,
) -> None:
    request = GenerateButtonsRequest(count=250)
    async with grpc.aio.insecure_channel(cluster.target) as channel:
        stub = ButtonServiceStub(channel)
        stalled = [stub.GenerateButtons(request) for _ in range(3)]
        for call in stalled:
            await anext(aiter(call))

        async def last() -> GenerateButtonsResponse:
            return [response async for response in stub.GenerateButtons(request)][-1]

        read = await asyncio.wait_for(asyncio.gather(last(), last(), last()), 60)
        assert [response.summary.accepted for response in read] == [250] * 3
        for call in stalled:
            call.cancel()


def test_grpcurl_and_health_pass_through(cluster: Cluster) -> None:
    done = grpcurl("-plaintext", cluster.target, "grpc.health.v1.Health/Check")
    assert json.loads(done.out) == {"status": "SERVING"}


def test_a_call_that_is_no_grpc_is_refused(cluster: Cluster) -> None:
    done = subprocess.run(
        [
            *("curl", "-s", "-o", "-", "-w", "%{http_code}", "--http2-prior-knowledge"),
            f"http://{cluster.target}/",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.endswith("415")


def test_each_call_is_a_json_line_of_the_log(cluster: Cluster) -> None:
    grpcurl("-plaintext", cluster.target, "grpc.health.v1.Health/Check")
    text = cluster.log("haproxy")
    lines = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
    checks = [line for line in lines if line["path"] == "/grpc.health.v1.Health/Check"]
    assert {(line["http_status"], line["state"]) for line in checks} == {(200, "----")}
    assert {line["replica"] for line in checks} <= {name(i) for i in range(3)}


def test_the_statistics_can_be_read_and_change_nothing(cluster: Cluster) -> None:
    base = f"http://127.0.0.1:{cluster.ports.stats}"
    with urllib.request.urlopen(f"{base}/metrics", timeout=10) as answer:
        assert b"haproxy_server_status" in answer.read()
    form = b"s=replica0&action=drain&b=replicas"
    try:
        with urllib.request.urlopen(f"{base}/stats", data=form, timeout=10) as answer:
            assert b"DENY" not in answer.read(100)
    except urllib.error.HTTPError:
        pass
    assert cluster.runtime.servers()["replica0"].status == "UP"


def test_only_its_owner_may_use_the_runtime_socket(cluster: Cluster) -> None:
    assert cluster.runtime.path.stat().st_mode & 0o777 == 0o600


def test_the_recipe_of_the_docs_takes_a_replica_out_and_brings_it_back(cluster: Cluster) -> None:
    out, back = blocks(ROOT / "docs" / "haproxy.md", "sh replica")
    environment = {**os.environ, "SOCKET": str(cluster.runtime.path), "REPLICA": "replica2"}

    def follow(text: str) -> None:
        subprocess.run(["sh", "-euc", text], env=environment, check=True, timeout=60)

    before = generated(cluster)
    follow(out.text)
    assert cluster.runtime.servers()["replica2"].status == "DRAIN"
    cluster.signal_replica(2, signal.SIGTERM)
    assert cluster.await_exit(2) == 0
    assert generated(cluster) == before
    cluster.start_replica(2)
    cluster.await_serving(2)
    follow(back.text)
    cluster.await_status(2, "UP")


def test_a_reload_goes_unnoticed(cluster: Cluster) -> None:
    before = cluster.runtime.worker_pid()
    cluster.reload_proxy()
    assert cluster.runtime.worker_pid() != before
    assert len(generated(cluster)) == 25


def test_the_cluster_to_play_with_comes_up_once_and_goes_down(tmp_path: Path) -> None:
    def order(word: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [
                *(sys.executable, "deploy/haproxy/playground.py", word, "--free-ports"),
                *("--folder", str(tmp_path / "cluster")),
            ],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=110,
            check=False,
        )

    try:
        first = order("up")
        assert first.returncode == 0, first.stderr
        target = re.search(r"callers +(\S+)", first.stdout)
        assert target
        done = run("health", "--server", target[1])
        assert done.code == 0, done.err
        state = json.loads((tmp_path / "cluster" / "state.json").read_text())
        processes = [psutil.Process(entry["pid"]) for entry in state.values()]
        assert len(processes) == 4
        second = order("up")
        assert second.returncode == 1
        assert "make cluster-down" in second.stderr
    finally:
        last = order("down")
    assert "4 processes ended" in last.stdout
    assert not any(process.is_running() for process in processes)
    assert "No cluster runs" in order("down").stdout


def test_a_process_that_has_inherited_a_number_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "cluster"
    folder.mkdir()
    with subprocess.Popen(["sleep", "60"]) as other:
        state = {"replica0": {"pid": other.pid, "started": 1.0}}
        (folder / "state.json").write_text(json.dumps(state))
        subprocess.run(
            [sys.executable, "deploy/haproxy/playground.py", "down", "--folder", str(folder)],
            cwd=ROOT,
            check=True,
            capture_output=True,
        )
        assert other.poll() is None
        other.kill()
