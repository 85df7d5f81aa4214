"""One name of a request in every line about it, whichever thread or process writes the line."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog

from revitron_grpc.client import connect, generate
from revitron_grpc.errors import RevitronGrpcError
from revitron_grpc.service.server import Replica
from revitron_grpc.service.telemetry.logs import configure_logging
from revitron_grpc.settings import LoggingSettings
from revitron_grpc.v1 import button_service_pb2 as pb
from revitron_grpc.v1.button_service_pb2_grpc import ButtonServiceStub
from tests.service.conftest import SETTINGS
from tests.service.ecs_fields import own_lines
from tests.service.validation_calls import OPTIONS, script

# What only a request causes.
OF_REQUESTS = {
    *("call", "call-failed", "why-it-was-refused", "run-planned", "candidate-judged"),
    "script-worker-started",
}


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    before = structlog.get_config()
    yield
    configure_logging(LoggingSettings(level="error"))
    structlog.configure(**before)


@pytest.mark.parametrize("kind", ["thread", "process"])
async def test_every_line_of_a_request_has_its_name_and_keeps_to_the_schema(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure_logging(LoggingSettings(directory=tmp_path, stderr=False), name="0", debug=True)
    executor = SETTINGS.executor.model_copy(update={"kind": kind, "max_workers": 1})
    replica = Replica(SETTINGS.model_copy(update={"executor": executor}))
    await replica.start()
    try:
        async with connect(f"127.0.0.1:{replica.port}") as channel:
            request = pb.GenerateButtonsRequest(count=2)
            async for _ in generate(channel, request, request_id="the-run"):
                pass
            if kind == "thread":
                # Also for a spawned worker, which takes a large script.
                requests = [OPTIONS, script("1", b"import os\n" + b"# long\n" * 12_000)]
                call = ButtonServiceStub(channel).ValidateButtons(
                    iter(requests), metadata=(("x-request-id", "the-review"),)
                )
                assert [response async for response in call]

            def fail(*_: object) -> None:
                raise RuntimeError("no plan today")

            monkeypatch.setattr("revitron_grpc.pipeline.Pipeline.open", fail)
            with pytest.raises(RevitronGrpcError, match="the-failure"):
                async for _ in generate(channel, request, request_id="the-failure"):
                    pass
    finally:
        await replica.stop(notice=0, drain=0)
    lines = own_lines(tmp_path / "revitron-grpc-0.log")
    for line in lines:
        assert ("http.request.id" in line) == (line["event.action"] in OF_REQUESTS), line

    def lines_of(name: str) -> dict[str, list[dict[str, Any]]]:
        found: dict[str, list[dict[str, Any]]] = {}
        for line in lines:
            if line.get("http.request.id") == name:
                found.setdefault(line["event.action"], []).append(line)
        return found

    run = lines_of("the-run")
    assert set(run) == {"run-planned", "candidate-judged", "call"}
    assert run["run-planned"][0]["process.thread.name"].startswith("plan")
    assert len(run["candidate-judged"]) >= 2
    for line in run["candidate-judged"]:
        assert (line["process.pid"] == os.getpid()) == (kind == "thread")
    assert (run["call"][0]["event.outcome"], run["call"][0]["log.level"]) == ("success", "info")
    assert run["call"][0]["event.duration"] > 0
    if kind == "thread":
        assert set(lines_of("the-review")) == {"script-worker-started", "call"}
    (failed,) = lines_of("the-failure")["call-failed"]
    assert (failed["error.type"], failed["error.message"]) == ("RuntimeError", "no plan today")
    assert failed["error.stack_trace"].startswith("Traceback")
    assert failed["event.outcome"] == "failure"
