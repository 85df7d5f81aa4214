"""A real Prometheus with the shipped files, beside a real replica and HAProxy, on loopback."""

import json
import re
import shutil
import subprocess
import threading
import time
import urllib.parse
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import yaml

from tests.deploy.artefact import DEPLOY, FailedCheck
from tests.deploy.series import get, program
from tests.e2e.conftest import Service, run, start_service
from tests.liveness import LIVENESS
from tests.programs.ports import free_port


class LivePrometheus:
    """Prometheus with a replica and HAProxy as targets."""

    def __init__(self, port: int, replica: Service) -> None:
        self.replica = replica
        self._api = f"http://127.0.0.1:{port}/api/v1"

    def ask(self, expression: str) -> list[dict[str, Any]]:
        """Return the series of an expression, as they are now."""
        words = urllib.parse.urlencode({"query": expression})
        return json.loads(get(f"{self._api}/query?{words}"))["data"]["result"]

    def value(self, expression: str) -> float | None:
        """Return the value of an expression with one series; None if it has none."""
        found = self.ask(expression)
        return float(found[0]["value"][1]) if found else None

    def alerts(self) -> set[str]:
        """Return the names of the alerts that fire."""
        found = json.loads(get(f"{self._api}/alerts"))["data"]["alerts"]
        return {alert["labels"]["alertname"] for alert in found if alert["state"] == "firing"}

    def until(self, what: str, condition: Callable[[], bool], seconds: float = LIVENESS) -> float:
        """Wait until something holds; returns the seconds that took."""
        began, pause = time.monotonic(), threading.Event()
        while not condition():
            if time.monotonic() - began > seconds:
                raise FailedCheck(f"{what}: not within {seconds:.0f} s; {self.alerts()} fire")
            pause.wait(0.2)
        return time.monotonic() - began


def quick_copy(folder: Path, targets: dict[str, list[str]]) -> Path:
    """Copy the shipped files; one second takes the place of each interval and each `for`."""
    copy = folder / "monitoring"
    shutil.copytree(DEPLOY / "monitoring", copy)
    settings = copy / "prometheus.yml"
    settings.write_text(re.sub(r"\b15s\b", "1s", settings.read_text(encoding="utf-8")))
    for path in (copy / "rules").glob("*.yml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r"^( +)(for|interval): \w+$", r"\1\2: 1s", text, flags=re.MULTILINE))
    for job, addresses in targets.items():
        text = yaml.safe_dump([{"targets": addresses}] if addresses else [])
        (copy / "targets" / f"{job}.yml").write_text(text)
    return settings


@contextmanager
def live_prometheus(folder: Path) -> Iterator[LivePrometheus]:
    """Start a replica, HAProxy and Prometheus; all end with the block."""
    with ExitStack() as stack:
        replica = start_service(
            folder,
            REVITRON_GRPC_SHUTDOWN__NOTICE_SECONDS="0",
            REVITRON_GRPC_RUNS__URL=f"sqlite:///{folder}/runs.sqlite",
        )
        stack.callback(replica.process.wait)
        stack.callback(replica.process.kill)
        proxy, statistics, nobody = free_port(), free_port(), str(free_port())
        environment = {
            "REVITRON_PROXY_PORT": str(proxy),
            "REVITRON_STATS_PORT": str(statistics),
            "REVITRON_PROXY_SOCKET": f"{folder}/haproxy.sock",
            "REVITRON_REPLICA0_PORT": str(replica.port),
            "REVITRON_REPLICA0_HTTP": str(replica.http_port),
        }
        for missing in ("REPLICA1", "REPLICA2"):
            environment |= {f"REVITRON_{missing}_{port}": nobody for port in ("PORT", "HTTP")}
        words = ["haproxy", "-f", str(DEPLOY / "haproxy" / "haproxy.cfg")]
        stack.enter_context(program(words, folder / "haproxy.log", environment))
        settings = quick_copy(
            folder,
            {
                "revitron-grpc": [f"127.0.0.1:{replica.http_port}"],
                "haproxy": [f"127.0.0.1:{statistics}"],
                "alertmanager": [],
            },
        )
        port = free_port()
        words = [
            "prometheus",
            f"--config.file={settings}",
            f"--storage.tsdb.path={folder}/data",
            f"--web.listen-address=127.0.0.1:{port}",
        ]
        stack.enter_context(program(words, folder / "prometheus.log"))
        get(f"http://127.0.0.1:{port}/-/ready")
        yield LivePrometheus(port, replica)


def make_a_run(service: Service) -> None:
    """Have a replica serve a small run.

    Raises:
        FailedCheck: it did not.
    """
    try:
        done = run("generate", "--server", service.target, "--count", "5", timeout=60)
    except subprocess.TimeoutExpired as error:
        raise FailedCheck("a run of 5 buttons took more than 60 s") from error
    if done.code != 0:
        raise FailedCheck(f"generate: exit code {done.code}\n{done.err}")
