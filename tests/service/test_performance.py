"""Monitoring says where the time of runs goes; memory is handed back between spells of work."""

import asyncio
import time

import grpc
import pytest
from structlog.testing import capture_logs

from revitron_grpc.service.process import idle_memory
from revitron_grpc.service.process.idle_memory import IdleMemory
from revitron_grpc.service.process.performance import PerformanceMonitor
from revitron_grpc.service.server import Replica
from revitron_grpc.service.telemetry.loop_lag import watch_loop
from revitron_grpc.stage_times import Stage, StageTimes
from revitron_grpc.v1 import button_service_pb2 as pb
from revitron_grpc.v1.button_service_pb2_grpc import ButtonServiceStub
from tests.liveness import until
from tests.service.conftest import SETTINGS


@pytest.mark.parametrize("monitored", [True, False])
async def test_each_run_and_each_interval_is_logged_where_monitoring_is_on(monitored: bool) -> None:
    performance = SETTINGS.performance.model_copy(
        update={"performance_monitoring": monitored, "monitoring_interval_seconds": 1.0}
    )
    replica = Replica(SETTINGS.model_copy(update={"performance": performance}))
    with capture_logs() as lines:
        await replica.start()
        async with grpc.aio.insecure_channel(f"127.0.0.1:{replica.port}") as channel:
            call = ButtonServiceStub(channel).GenerateButtons(pb.GenerateButtonsRequest(count=6))
            responses = [response async for response in call]
            if monitored:
                await until(lambda: any(line["event"] == "performance" for line in lines))
        await replica.stop(notice=0, drain=5)
    told = {line["event"]: line for line in lines}
    assert ("run" in told) == ("performance" in told) == monitored
    if not monitored:
        return
    run = told["run"]
    assert run["accepted"] == run["wanted"] == 6
    assert (sum(run["rejected_by_criterion"].values()) > 0) == (run["rejected"] > 0)
    assert run["judged"] == run["accepted"] + run["rejected"]
    stages = run["stages"]
    assert list(stages) == list(Stage)
    assert stages["plan"]["count"] == 1
    assert stages["judge"]["count"] >= run["judged"]
    # The summary is followed by nothing; a generator is not resumed after its last response.
    assert stages["send"]["count"] in (len(responses), len(responses) - 1)
    assert all(stage["ms"] >= stage["max_ms"] > 0 for stage in stages.values())
    assert set(told["performance"]["loop_lag_ms"]) == {"p50", "p99", "max"}
    assert told["performance"]["cpu_cores"] > 0


async def test_a_loop_that_is_held_up_shows() -> None:
    monitor = PerformanceMonitor(StageTimes(), 0.3, dict)
    with capture_logs() as lines:
        watching = asyncio.gather(monitor.watch(), watch_loop(monitor.lagged))
        await asyncio.sleep(0.01)
        began = time.perf_counter()
        while time.perf_counter() - began < 0.15:
            pass
        await until(lambda: bool(lines))
        watching.cancel()
    assert lines[0]["loop_lag_ms"]["max"] >= 80


def test_the_whole_has_what_its_parts_have_and_begins_anew() -> None:
    whole = StageTimes()
    for seconds in (0.5, 0.25):
        StageTimes(whole).add(Stage.JUDGE, seconds)
    assert whole.take()["judge"] == {"count": 2, "ms": 750.0, "max_ms": 500.0}
    assert whole.take()["judge"]["count"] == 0


async def test_memory_is_released_once_after_each_spell_and_never_under_work(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(idle_memory, "_IDLE_SECONDS", 0.05)
    monkeypatch.setattr(idle_memory, "_LOOK_SECONDS", 0.01)
    released: list[int] = []
    served, busy, looks = 0, False, 0

    def is_busy() -> bool:
        nonlocal looks
        looks += 1
        return busy

    async def many_looks() -> None:
        seen = looks
        await until(lambda: looks > seen + 20)

    monkeypatch.setattr(idle_memory, "release_memory", lambda: released.append(served))
    watching = asyncio.create_task(IdleMemory(lambda: served, is_busy).watch())
    await many_looks()
    assert released == []  # nothing was done, nothing is to be released
    served, busy = 1, True
    await many_looks()
    assert released == []
    busy = False
    await until(lambda: released == [1])
    await many_looks()
    assert released == [1]
    served = 2
    await until(lambda: released == [1, 2])
    watching.cancel()
