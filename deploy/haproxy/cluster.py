"""Three replicas on loopback behind the real HAProxy, for people to play with and for tests.

Run it with `make cluster`; it stays until Ctrl-C. HAProxy must be installed.
"""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

CONFIG = Path(__file__).with_name("haproxy.cfg")
REPLICAS = 3
_READY_SECONDS = 60.0
# Columns of HAProxy's statistics: sessions in all, and the state.
_STREAMS, _STATE = 7, 17


@dataclass(frozen=True, slots=True)
class Ports:
    """Where everything listens: the proxy, its statistics, and each replica's two ports."""

    proxy: int
    stats: int
    grpc: tuple[int, ...]
    http: tuple[int, ...]

    def environment(self) -> dict[str, str]:
        """Return the variables by which haproxy.cfg learns the ports."""
        found = {
            "REVITRON_PROXY_PORT": str(self.proxy),
            "REVITRON_STATS_PORT": str(self.stats),
        }
        for index in range(REPLICAS):
            found[f"REVITRON_REPLICA{index}_PORT"] = str(self.grpc[index])
            found[f"REVITRON_REPLICA{index}_HTTP"] = str(self.http[index])
        return found


DEFAULT_PORTS = Ports(50050, 8404, (50051, 50052, 50053), (8080, 8081, 8082))


def free_ports() -> Ports:
    """Return ports that nobody listens on at this moment."""
    with contextlib.ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(2 + 2 * REPLICAS)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        numbers = [one.getsockname()[1] for one in sockets]
    rest = numbers[2:]
    return Ports(numbers[0], numbers[1], tuple(rest[:REPLICAS]), tuple(rest[REPLICAS:]))


class Cluster:
    """Replicas and proxy as child processes; `stop` ends every one of them."""

    def __init__(self, ports: Ports, logs: Path) -> None:
        """`logs` is a folder that receives one file for each process."""
        self.ports = ports
        self._logs = logs
        self._replicas: list[subprocess.Popen[bytes] | None] = [None] * REPLICAS
        self._proxy: subprocess.Popen[bytes] | None = None

    @property
    def target(self) -> str:
        """The address that callers use."""
        return f"127.0.0.1:{self.ports.proxy}"

    def start(self) -> None:
        """Start all and return when every replica is ready and the proxy sends work to it."""
        program = shutil.which("haproxy") or shutil.which("haproxy", path="/usr/sbin")
        if program is None:
            raise FileNotFoundError("haproxy is not installed: `apt-get install haproxy`")
        for index in range(REPLICAS):
            self.start_replica(index)
        for index in range(REPLICAS):
            self._await_ready(index)
        environment = {**os.environ, **self.ports.environment()}
        self._proxy = self._spawn("haproxy", [program, "-f", str(CONFIG)], environment)
        self.await_servers_up(REPLICAS)

    def start_replica(self, index: int) -> None:
        """Start one replica; it is ready a moment later."""
        command = [sys.executable, "-m", "revitron_grpc", "serve"]
        command += ["--port", str(self.ports.grpc[index])]
        command += ["--http-port", str(self.ports.http[index])]
        self._replicas[index] = self._spawn(f"replica{index}", command, dict(os.environ))

    def kill_replica(self, index: int) -> None:
        """Kill one replica as a crash would."""
        process = self._replicas[index]
        if process is not None:
            process.kill()
            process.wait()
            self._replicas[index] = None

    def await_servers_up(self, wanted: int) -> None:
        """Return when the proxy sends work to that many replicas."""
        self._await(lambda: self._servers_up() == wanted, f"{wanted} replicas up at the proxy")

    def requests_by_replica(self) -> list[int]:
        """Return how many streams the proxy has sent to each replica so far."""
        rows = self._server_rows()
        return [int(rows[f"replica{index}"][_STREAMS]) for index in range(REPLICAS)]

    def stop(self) -> None:
        """End the proxy, then the replicas, and wait for all of them."""
        for process in (self._proxy, *self._replicas):
            if process is not None and process.poll() is None:
                process.send_signal(signal.SIGTERM)
        for process in (self._proxy, *self._replicas):
            if process is not None:
                try:
                    process.wait(20)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()

    def _spawn(
        self, name: str, command: list[str], environment: dict[str, str]
    ) -> subprocess.Popen[bytes]:
        with (self._logs / f"{name}.log").open("ab") as log:
            return subprocess.Popen(  # noqa: S603 - our own programs, no shell
                command, env=environment, stdout=log, stderr=log
            )

    def _await_ready(self, index: int) -> None:
        url = f"http://127.0.0.1:{self.ports.http[index]}/ready"
        self._await(lambda: _status(url) == 200, f"replica{index} to be ready")

    def _servers_up(self) -> int:
        return sum(row[_STATE] == "UP" for row in self._server_rows().values())

    def _server_rows(self) -> dict[str, list[str]]:
        text = _read(f"http://127.0.0.1:{self.ports.stats}/stats;csv")
        rows = [line.split(",") for line in text.splitlines()]
        return {row[1]: row for row in rows if len(row) > _STATE and row[1].startswith("replica")}

    def _await(self, condition: Callable[[], bool], what: str) -> None:
        pause = threading.Event()
        deadline = time.monotonic() + _READY_SECONDS
        while not condition():
            if time.monotonic() > deadline:
                raise TimeoutError(f"waited {_READY_SECONDS:.0f} s for {what}; see {self._logs}")
            pause.wait(0.1)


@contextlib.contextmanager
def running_cluster(ports: Ports, logs: Path) -> Iterator[Cluster]:
    """Start a cluster for the length of a block."""
    cluster = Cluster(ports, logs)
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.stop()


def _read(url: str) -> str:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310 - loopback
            return answer.read().decode()
    except (OSError, urllib.error.URLError):
        return ""


def _status(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310 - loopback
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def main() -> None:
    """Run a cluster on the default ports until Ctrl-C or SIGTERM."""
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    logs = Path(tempfile.mkdtemp(prefix="revitron-cluster-"))
    with running_cluster(DEFAULT_PORTS, logs) as cluster:
        print(f"Three replicas behind HAProxy at {cluster.target}; logs in {logs}")
        print(f"Statistics: http://127.0.0.1:{cluster.ports.stats}/stats")
        print(f"Try: revitron-grpc generate --count 25 --server {cluster.target}")
        print("Ctrl-C ends all of it.", flush=True)
        ended.wait()


if __name__ == "__main__":
    main()
