"""A run that its client saw finished survives PostgreSQL going away and kill -9 of the replica."""

import json
import signal
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import grpc
import pytest
from google.rpc.error_details_pb2 import ErrorInfo, RetryInfo
from grpc_status.rpc_status import from_call

from revitron_grpc.settings import RunsSettings
from revitron_grpc.storage.database import database_url, open_engine
from revitron_grpc.storage.versions import upgrade
from revitron_grpc.v1.button_service_pb2 import (
    RUN_STATE_FINISHED,
    GenerateButtonsRequest,
    GetRunRequest,
    Run,
)
from revitron_grpc.v1.button_service_pb2_grpc import ButtonServiceStub
from tests.e2e.conftest import Service, start_service
from tests.liveness import LIVENESS
from tests.programs.postgres import PostgresServer

COUNT = 5


@pytest.fixture
def settings(postgres_server: PostgresServer, tmp_path: Path) -> Iterator[dict[str, str]]:
    url = postgres_server.fresh_database()
    settings = RunsSettings(url=url)
    found = database_url(settings)
    assert found is not None
    engine = open_engine(found, settings)
    upgrade(engine)
    engine.dispose()
    yield {
        "REVITRON_GRPC_RUNS__URL": url,
        "REVITRON_GRPC_RUNS__SPOOL_DIRECTORY": str(tmp_path / "spool"),
        "REVITRON_GRPC_SHUTDOWN__NOTICE_SECONDS": "0",
    }
    postgres_server.resume()
    postgres_server.start()


def generated(stub: ButtonServiceStub) -> tuple[str, list[str]]:
    """Generate; returns the run's id and the ideas that came, after the summary."""
    request = GenerateButtonsRequest(count=COUNT, seed=3)
    responses = list(stub.GenerateButtons(request, timeout=LIVENESS))
    assert responses[-1].HasField("summary")
    ideas = [spec.id for response in responses for spec in response.buttons.buttons]
    assert len(ideas) == COUNT
    return responses[0].started.run_id, ideas


def stored(stub: ButtonServiceStub, run_id: str) -> Run:
    return stub.GetRun(GetRunRequest(run_id=run_id), timeout=LIVENESS, wait_for_ready=True).run


def health(service: Service) -> dict[str, str]:
    url = f"http://127.0.0.1:{service.http_port}/health"
    with urllib.request.urlopen(url, timeout=LIVENESS) as answer:
        return json.load(answer)["components"]["runs"]


@pytest.mark.timeout(300)
def test_an_owed_run_survives_the_replica_and_is_stored_by_the_next_one(
    postgres_server: PostgresServer, settings: dict[str, str], tmp_path: Path
) -> None:
    first = start_service(tmp_path, **settings)
    try:
        with grpc.insecure_channel(first.target) as channel:
            stub = ButtonServiceStub(channel)
            before, _ = generated(stub)
            assert stored(stub, before).state == RUN_STATE_FINISHED
            # Nobody waits for one that hangs, and what was owed to it is written when it goes on.
            postgres_server.pause()
            hung, _ = generated(stub)
            postgres_server.resume()
            wait_until_nothing_is_owed(first)
            assert stored(stub, hung).state == RUN_STATE_FINISHED
            postgres_server.kill()
            owed, ideas = generated(stub)
            with pytest.raises(grpc.RpcError) as caught:
                stored(stub, owed)
            status = from_call(cast("grpc.Call", caught.value))
            assert status is not None
            assert status.code == grpc.StatusCode.UNAVAILABLE.value[0]
            info, retry = ErrorInfo(), RetryInfo()
            assert any(detail.Unpack(info) for detail in status.details)
            assert any(detail.Unpack(retry) for detail in status.details)
            assert info.reason == "STORE_UNAVAILABLE"
            assert retry.retry_delay.seconds > 0
        told = health(first)
        assert told["status"] == "DEGRADED"
        assert "records of runs are owed" in told["reason"]
    finally:
        first.process.send_signal(signal.SIGKILL)
        first.process.wait()
    postgres_server.start()
    (tmp_path / "ports").unlink()
    second = start_service(tmp_path, **settings)
    try:
        with grpc.insecure_channel(second.target) as channel:
            stub = ButtonServiceStub(channel)
            wait_until_nothing_is_owed(second)
            found = stored(stub, owed)
            assert found.state == RUN_STATE_FINISHED
            assert [button.id for button in found.buttons] == ideas
            assert stored(stub, before).state == RUN_STATE_FINISHED
    finally:
        assert second.end() == 0


def wait_until_nothing_is_owed(service: Service) -> None:
    url = f"http://127.0.0.1:{service.http_port}/metrics"
    pause, deadline = threading.Event(), time.monotonic() + LIVENESS
    while time.monotonic() < deadline:
        with urllib.request.urlopen(url, timeout=LIVENESS) as answer:
            if b"revitron_grpc_runs_owed 0.0" in answer.read():
                return
        pause.wait(0.05)
    raise AssertionError("runs are still owed")
