"""The series that the programs export, and those that an expression names."""

import re
import subprocess
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from prometheus_client.parser import text_string_to_metric_families

from tests.deploy.artefact import DEPLOY, FailedCheck
from tests.docs.observability_tables import metric_labels
from tests.liveness import LIVENESS
from tests.programs.ports import free_port

# Words of PromQL that stand where a name may.
_WORDS = {
    *("and", "or", "unless", "on", "ignoring", "by", "without", "bool", "offset"),
    *("group_left", "group_right", "inf", "nan"),
}
_OF_PROMETHEUS = {"up": set[str](), "ALERTS": {"alertname", "alertstate", "severity"}}


def named_series(expression: str) -> Iterator[tuple[str, set[str]]]:
    """Yield each series that an expression asks for, with the labels it is asked by."""
    text = re.sub(r"#.*", "", expression)
    strings: list[str] = []

    def put_away(found: re.Match[str]) -> str:
        strings.append(found[0])
        return '""'

    text = re.sub(r'"(?:[^"\\]|\\.)*"', put_away, text)
    # The labels of a grouping are no series.
    text = re.sub(r"\b(by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)", " ", text)
    text = re.sub(r"\[[^\]]*\]", " ", text)
    text = re.sub(r"\boffset\s+\w+", " ", text)
    for found in re.finditer(r"([a-zA-Z_:][\w:]*)\s*(\(|\{[^}]*\})?", text):
        name, what = found[1], found[2] or ""
        if what == "(" or name.lower() in _WORDS:
            continue
        yield name, set(re.findall(r"(\w+)\s*(?:=~|!~|!=|=)", what))


def exported_series() -> dict[str, set[str]]:
    """Return each series that is exported, with its labels."""
    found = dict(_OF_PROMETHEUS) | metric_labels()
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        environment = {
            "REVITRON_PROXY_PORT": str(free_port()),
            "REVITRON_STATS_PORT": str(port),
            "REVITRON_PROXY_SOCKET": f"{folder}/haproxy.sock",
        }
        haproxy = ["haproxy", "-f", str(DEPLOY / "haproxy" / "haproxy.cfg")]
        with program(haproxy, Path(folder, "haproxy.log"), environment):
            found |= _page(port)
        port = free_port()
        exporter = ["prometheus-node-exporter", f"--web.listen-address=127.0.0.1:{port}"]
        with program(exporter, Path(folder, "node.log")):
            found |= _page(port)
    return found


@contextmanager
def program(
    words: list[str], log: Path, environment: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program for the length of the block; what it says goes to a file."""
    path = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"}
    with log.open("wb") as file:
        try:
            process = subprocess.Popen(
                words, stdout=file, stderr=file, env=path | dict(environment or {})
            )
        except FileNotFoundError as error:
            raise FailedCheck(
                f"{words[0]} is not installed: run tests/install-deploy-tools.sh"
            ) from error
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def get(url: str, seconds: float = LIVENESS) -> str:
    """Read a page as soon as somebody serves it."""
    deadline, pause = time.monotonic() + seconds, threading.Event()
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                return answer.read().decode()
        except (urllib.error.URLError, ConnectionError) as error:
            if time.monotonic() > deadline:
                raise FailedCheck(f"{url} does not answer: {error}") from error
            pause.wait(0.1)


def _page(port: int) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for family in text_string_to_metric_families(get(f"http://127.0.0.1:{port}/metrics")):
        for sample in family.samples:
            found.setdefault(sample.name, set()).update(sample.labels)
    return found
