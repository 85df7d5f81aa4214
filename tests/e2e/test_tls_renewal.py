"""A certificate is renewed by a rolling restart behind HAProxy, and no run notices."""

import asyncio
import contextlib
import os
import shutil
import ssl
import subprocess
from collections.abc import AsyncGenerator, Iterator
from pathlib import Path

from revitron_grpc.client import Connection, Interruption, connect, generate
from revitron_grpc.service.server import Replica
from revitron_grpc.service.telemetry.logs import configure_logging
from revitron_grpc.settings import LoggingSettings, Settings
from revitron_grpc.v1 import button_service_pb2 as pb
from tests.certificates import Authority, Pair
from tests.docs.pages import ROOT
from tests.e2e.test_errors_people_meet import await_port, free_ports, joined
from tests.liveness import LIVENESS

COUNT = 120


def shown(port: int) -> str:
    return ssl.get_server_certificate(("127.0.0.1", port), timeout=10)


def install(pair: Pair, folder: Path) -> None:
    """As people do: beside, then renamed."""
    for path, name in ((pair.private_key, "server.key"), (pair.certificate, "server.pem")):
        beside = folder / f"{name}.new"
        shutil.copy(path, beside)
        beside.replace(folder / name)


@contextlib.contextmanager
def haproxy(folder: Path, authority: Authority, services: list[Replica]) -> Iterator[int]:
    """The configuration that comes with us, with TLS on both sides."""
    ports = free_ports(["proxy", "stats"])
    front = joined(authority.issue("localhost"), folder / "proxy.pem")
    shows = joined(authority.issue("haproxy.office.example"), folder / "proxy-client.pem")
    settings = {
        "REVITRON_PROXY_PORT": str(ports["proxy"]),
        "REVITRON_PROXY_SOCKET": str(folder / "haproxy.sock"),
        "REVITRON_PROXY_CERT": str(front),
        "REVITRON_STATS_PORT": str(ports["stats"]),
        "REVITRON_REPLICA_CA": str(authority.file),
        "REVITRON_REPLICA_CLIENT_CERT": str(shows),
    }
    for index in range(3):
        service = services[min(index, len(services) - 1)]
        settings[f"REVITRON_REPLICA{index}_PORT"] = str(service.port)
        settings[f"REVITRON_REPLICA{index}_HTTP"] = str(service.http_port)
    program = shutil.which("haproxy") or shutil.which("haproxy", path="/usr/sbin")
    assert program, "haproxy is not installed: `make deps`"
    command = [program, "-f", str(ROOT / "deploy" / "haproxy" / "haproxy.cfg")]
    with (folder / "haproxy.log").open("wb") as log:
        process = subprocess.Popen(command, env=os.environ | settings, stdout=log, stderr=log)
    try:
        await_port(ports["proxy"], process)
        yield ports["proxy"]
    finally:
        process.terminate()
        process.wait(LIVENESS)


async def ordinals(
    responses: AsyncGenerator[pb.GenerateButtonsResponse], most: int
) -> tuple[list[int], pb.RunSummary | None]:
    """The next so many buttons, and the summary if it came."""
    found: list[int] = []
    async for response in responses:
        found += [spec.ordinal for spec in response.buttons.buttons]
        if response.HasField("summary"):
            return found, response.summary
        if len(found) >= most:
            break
    return found, None


async def test_a_rolling_restart_renews_the_certificate_under_a_run(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    first, second = authority.issue("localhost"), authority.issue("localhost")
    install(first, tmp_path)
    tls = {
        "certificate": tmp_path / "server.pem",
        "private_key": tmp_path / "server.key",
        "client_ca": authority.file,
        "client_certificates": "required",
    }

    async def started(port: int = 0, http_port: int = 0) -> Replica:
        settings = Settings.model_validate(
            {
                "server": {"port": port},
                "http": {"port": http_port},
                "executor": {"max_workers": 1},
                "runs": {"url": "none"},
                "logging": {"level": "error"},
                "tls": tls,
            }
        )
        replica = Replica(settings)
        await replica.start()
        return replica

    async def restarted(replica: Replica) -> Replica:
        # A drain shorter than the run, so that its stream is cut off and must be resumed.
        await replica.stop(notice=1, drain=0.2)
        return await started(replica.port, replica.http_port)

    configure_logging(LoggingSettings(level="error"))
    services = [await started(), await started()]
    try:
        for service in services:
            for port in (service.port, service.http_port):
                assert await asyncio.to_thread(shown, port) == ssl.DER_cert_to_PEM_cert(der(first))
        resumed: list[Interruption] = []
        request = pb.GenerateButtonsRequest(count=COUNT, batch_limit=1)
        with haproxy(tmp_path, authority, services) as port:
            to = Connection(f"localhost:{port}", ca=authority.file)
            async with connect(to) as channel:
                run = generate(channel, request, timeout=300, on_resume=resumed.append, target=to)
                got, _ = await ordinals(run, 5)
                install(second, tmp_path)
                services[0] = await restarted(services[0])
                more, _ = await ordinals(run, 5)
                services[1] = await restarted(services[1])
                rest, summary = await ordinals(run, COUNT)
                await run.aclose()
        assert [*got, *more, *rest] == list(range(1, COUNT + 1))
        assert summary is not None
        assert summary.accepted == COUNT
        assert resumed
        for service in services:
            for port in (service.port, service.http_port):
                assert await asyncio.to_thread(shown, port) == ssl.DER_cert_to_PEM_cert(der(second))
    finally:
        for service in services:
            await service.stop(notice=0, drain=0)


def der(pair: Pair) -> bytes:
    return ssl.PEM_cert_to_DER_cert(pair.certificate.read_text())
