"""Three replicas behind the real HAProxy."""

import json
import subprocess
from collections.abc import Iterator

import pytest
from cluster import Cluster, free_ports, running_cluster

from tests.e2e.conftest import grpcurl, run


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
    cluster.kill_replica(0)
    after = [generated(cluster) for _ in range(3)]
    assert after == [before] * 3
    cluster.await_servers_up(2)
    cluster.start_replica(0)
    cluster.await_servers_up(3)
    assert generated(cluster) == before


def test_streams_of_one_channel_are_spread_over_replicas(cluster: Cluster) -> None:
    for _ in range(3):
        generated(cluster)
    assert min(cluster.requests_by_replica()) > 0


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
