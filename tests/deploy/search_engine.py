"""OpenSearch on loopback, as the engine that an index template and searches are tried on.

Elasticsearch itself is in no package registry. What both do alike is tried: index templates, data
streams, mappings, `query_string` and aggregations.
"""

import json
import shutil
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.deploy.artefact import ROOT, FailedCheck
from tests.programs.ports import free_port

_LIBRARIES = ROOT / ".tools" / "opensearch"
_SOURCE = ROOT / "tests" / "deploy" / "opensearch" / "Engine.java"
_START_SECONDS = 90


class SearchEngine:
    """A running engine."""

    def __init__(self, url: str) -> None:
        self._url = url

    def ask(self, method: str, path: str, body: object = None) -> dict[str, Any]:
        """Send a request; a list of objects is sent as lines.

        Raises:
            FailedCheck: the engine refused it.
        """
        if isinstance(body, list):
            data = "".join(json.dumps(line) + "\n" for line in body).encode()
        else:
            data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            f"{self._url}{path}", data, {"Content-Type": "application/json"}, method=method
        )
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            with error:
                raise FailedCheck(f"{method} {path}: {error.read().decode()[:2000]}") from error


@contextmanager
def search_engine(folder: Path) -> Iterator[SearchEngine]:
    """Run the engine for the length of the block, with its data below the folder."""
    if not (_LIBRARIES.is_dir() and shutil.which("java")):
        raise FailedCheck("OpenSearch is not installed: run tests/install-deploy-tools.sh")
    port, log = free_port(), folder / "engine.log"
    words = ["java", "-Xmx512m", "-XX:TieredStopAtLevel=1", "-cp", f"{_LIBRARIES}/*"]
    with log.open("wb") as file:
        process = subprocess.Popen(
            [*words, str(_SOURCE), str(folder / "engine"), str(port)],
            stdin=subprocess.PIPE,
            stdout=file,
            stderr=file,
        )
    try:
        engine = SearchEngine(f"http://127.0.0.1:{port}")
        deadline, pause = time.monotonic() + _START_SECONDS, threading.Event()
        while True:
            try:
                engine.ask("GET", "/_cluster/health")
                break
            except (OSError, FailedCheck) as error:
                if process.poll() is not None or time.monotonic() > deadline:
                    said = log.read_text(errors="replace")[-3000:]
                    raise FailedCheck(f"OpenSearch does not start\n{said}") from error
            pause.wait(0.2)
        yield engine
    finally:
        process.kill()
        process.communicate()
