"""Scripts that are as dense as can be leave a pod the memory that it has."""

import asyncio
import contextlib

import grpc
import psutil
import yaml

from revitron_grpc.v1 import button_service_pb2 as pb
from revitron_grpc.v1.button_service_pb2_grpc import ButtonServiceStub
from tests.deploy.artefact import DEPLOY
from tests.e2e.conftest import start_service
from tests.service.validation_calls import MEBIBYTE, OPTIONS, reports, rules, script

BASE = DEPLOY / "k8s" / "base"
# Three times what the worker may have, so that it meets its limit.
DENSE = b"a;" * (MEBIBYTE // 2 - 10) + b"\n"


def limit_mib() -> int:
    deployment = yaml.safe_load((BASE / "deployment.yaml").read_text(encoding="utf-8"))
    (container,) = deployment["spec"]["template"]["spec"]["containers"]
    return int(container["resources"]["limits"]["memory"].removesuffix("Mi"))


def resident_mib(replica: psutil.Process) -> float:
    """Of all its processes, what they share counted as often as they are."""
    found = 0
    for process in (replica, *replica.children(recursive=True)):
        with contextlib.suppress(psutil.NoSuchProcess):
            found += process.memory_info().rss
    return found / MEBIBYTE


async def test_no_large_script_takes_what_a_pod_has(tmp_path) -> None:
    service = start_service(
        tmp_path,
        *("--config", BASE / "settings.yaml"),
        REVITRON_GRPC_SERVER__HOST="127.0.0.1",
        REVITRON_GRPC_HTTP__HOST="127.0.0.1",
        REVITRON_GRPC_SHUTDOWN__NOTICE_SECONDS="0",
    )
    replica = psutil.Process(service.process.pid)

    async def judged(name: str) -> list[str]:
        requests = iter([OPTIONS, script(name, DENSE)])
        found = [r async for r in stub.ValidateButtons(requests, timeout=100)]
        return rules(reports(found)[name])

    async def buttons() -> int:
        request = pb.GenerateButtonsRequest(count=30, include_icons=False)
        stream = stub.GenerateButtons(request, timeout=100)
        return sum([len(response.buttons.buttons) async for response in stream])

    most = 0.0
    try:
        async with grpc.aio.insecure_channel(service.target) as channel:
            stub = ButtonServiceStub(channel)
            calls = asyncio.gather(buttons(), *(judged(f"dense{n}") for n in range(3)))
            while not calls.done():
                most = max(most, await asyncio.to_thread(resident_mib, replica))
                await asyncio.sleep(0.01)
            assert await calls == [30, ["RVT290"], ["RVT290"], ["RVT290"]]
    finally:
        ended = service.end()
    assert ended == 0
    # A worker was seen at work, with more than it has without an item.
    assert 500 < most < limit_mib()
