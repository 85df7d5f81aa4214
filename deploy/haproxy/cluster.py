"""Three replicas on loopback behind the real HAProxy: the one place that starts them.

`make cluster`, `make chaos` and the tests use it. HAProxy must be installed; POSIX only.
"""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from runtime_socket import RuntimeSocket, RuntimeSocketError, ServerState

CONFIG = Path(__file__).with_name("haproxy.cfg")
REPLICAS = 3
# For something that takes seconds on a machine that does other things too.
_PATIENCE_SECONDS = 240.0
_POLL_SECONDS = 0.05


# Either says where runs are stored.
_RUNS = {"REVITRON_GRPC_RUNS__URL", "REVITRON_GRPC_RUNS__URL_FILE"}


@dataclass(frozen=True, slots=True)
class Ports:
    """Where everything listens: the proxy, its statistics, and each replica's two ports."""

    proxy: int
    stats: int
    grpc: tuple[int, ...]
    http: tuple[int, ...]


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


@dataclass(frozen=True, slots=True)
class ProxyOptions:
    """What haproxy.cfg takes from the environment, beside ports.

    `certificate` is a PEM file with key, and switches TLS on; `buffer_bytes` is `tune.bufsize`.
    """

    certificate: Path | None = None
    buffer_bytes: int | None = None
    config: Path = CONFIG


class Cluster:
    """Replicas and proxy as child processes; `stop` ends every one of them."""

    def __init__(
        self,
        ports: Ports,
        folder: Path,
        *,
        proxy: ProxyOptions | None = None,
        settings: Mapping[str, str] | None = None,
        detached: bool = False,
    ) -> None:
        """`folder` receives a log for each process and the runtime socket.

        `settings` are environment variables of every replica; runs are stored in `folder` unless
        they say otherwise. Detached processes outlive the
        terminal in which they were started.
        """
        self.ports = ports
        self.runtime = RuntimeSocket(folder / "haproxy.sock")
        self._folder = folder
        self._options = proxy or ProxyOptions()
        self._settings = dict(settings or {})
        self._detached = detached
        self._replicas: list[subprocess.Popen[bytes] | None] = [None] * REPLICAS
        self._proxy: subprocess.Popen[bytes] | None = None

    @property
    def target(self) -> str:
        """The address that callers use."""
        return f"127.0.0.1:{self.ports.proxy}"

    @property
    def pids(self) -> dict[str, int]:
        """The process of each part that runs, by name."""
        return {part: process.pid for part, process in self._parts.items()}

    def start(self) -> None:
        """Start all and return when the proxy sends work to every replica.

        Raises `FileNotFoundError` without HAProxy, `TimeoutError` for a part that does not come up,
        `RuntimeError` for one that ends at once.
        """
        for index in range(REPLICAS):
            self.start_replica(index)
        self.start_proxy()
        for index in range(REPLICAS):
            self.await_status(index, "UP")

    def start_replica(self, index: int, settings: Mapping[str, str] | None = None) -> None:
        """Start one replica, with further settings; it is ready some seconds later."""
        command = [sys.executable, "-m", "revitron_grpc", "serve"]
        command += ["--port", str(self.ports.grpc[index])]
        command += ["--http-port", str(self.ports.http[index])]
        environment = {**os.environ, **self._settings, **(settings or {})}
        if not _RUNS.intersection(environment):
            environment["REVITRON_GRPC_RUNS__URL"] = f"sqlite:///{self._folder}/runs.sqlite3"
        self._replicas[index] = self._spawn(name(index), command, environment)

    def signal_replica(self, index: int, number: signal.Signals) -> None:
        """Send a signal to one replica; SIGKILL waits until it is gone."""
        process = self._replica(index)
        process.send_signal(number)
        if number == signal.SIGKILL:
            process.wait()
            self._replicas[index] = None

    def await_exit(self, index: int) -> int:
        """Wait until a replica has ended by itself and return its exit code."""
        code = self._replica(index).wait(_PATIENCE_SECONDS)
        self._replicas[index] = None
        return code

    def reload_proxy(self) -> None:
        """Reload HAProxy's configuration and return when the new process has taken over."""
        if self._proxy is None:
            raise RuntimeError("the proxy does not run")
        before = self.runtime.worker_pid()
        self._proxy.send_signal(signal.SIGUSR2)

        def taken_over() -> bool:
            with contextlib.suppress(RuntimeSocketError):
                return self.runtime.worker_pid() != before
            return False

        self._await(taken_over, "the reloaded proxy")

    def server(self, index: int) -> ServerState | None:
        """Return a replica as the proxy sees it; None while the proxy does not answer."""
        with contextlib.suppress(RuntimeSocketError):
            return self.runtime.servers().get(name(index))
        return None

    def await_status(self, index: int, *statuses: str) -> None:
        """Return when the proxy gives a replica one of these statuses."""

        def reached() -> bool:
            state = self.server(index)
            return state is not None and state.status in statuses

        self._await(reached, f"{name(index)} to be {' or '.join(statuses)} at the proxy")

    def await_streams(self, index: int, accept: Callable[[int], bool]) -> None:
        """Return when the number of streams under way to a replica is one that is accepted."""

        def reached() -> bool:
            state = self.server(index)
            return state is not None and accept(state.streams)

        self._await(reached, f"the streams of {name(index)} to come or to end")

    def await_serving(self, index: int) -> None:
        """Return when a replica itself says that it is ready."""
        self._await(lambda: self.ready(index) == 200, f"{name(index)} to be ready")

    def ready(self, index: int) -> int:
        """Return the status with which a replica answers /ready; 0 if it does not."""
        url = f"http://127.0.0.1:{self.ports.http[index]}/ready"
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0

    def log(self, part: str) -> str:
        """Return what a part has written so far."""
        return (self._folder / f"{part}.log").read_text(encoding="utf-8")

    def stop(self) -> None:
        """End the proxy, then the replicas, and wait for all of them."""
        everything = list(self._parts.values())
        for process in everything:
            if process.poll() is None:
                process.send_signal(signal.SIGCONT)
                process.send_signal(signal.SIGTERM)
        for process in everything:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self._proxy, self._replicas = None, [None] * REPLICAS

    def start_proxy(self) -> None:
        """Start HAProxy alone; it finds by itself which replicas are there."""
        program = shutil.which("haproxy") or shutil.which("haproxy", path="/usr/sbin")
        if program is None:
            raise FileNotFoundError("haproxy is not installed: `apt-get install haproxy`")
        # -W: a master that reloads on SIGUSR2 and hands its sockets to the next worker.
        command = [program, "-W", "-f", str(self._options.config)]
        self._proxy = self._spawn("haproxy", command, {**os.environ, **self._proxy_settings()})

    @property
    def _parts(self) -> dict[str, subprocess.Popen[bytes]]:
        parts = {"haproxy": self._proxy} | {name(i): p for i, p in enumerate(self._replicas)}
        return {part: process for part, process in parts.items() if process is not None}

    def _proxy_settings(self) -> dict[str, str]:
        found = {
            "REVITRON_PROXY_PORT": str(self.ports.proxy),
            "REVITRON_STATS_PORT": str(self.ports.stats),
            "REVITRON_PROXY_SOCKET": str(self.runtime.path),
        }
        for index in range(REPLICAS):
            found[f"REVITRON_REPLICA{index}_PORT"] = str(self.ports.grpc[index])
            found[f"REVITRON_REPLICA{index}_HTTP"] = str(self.ports.http[index])
        if self._options.certificate is not None:
            found["REVITRON_PROXY_CERT"] = str(self._options.certificate)
        if self._options.buffer_bytes is not None:
            found["REVITRON_PROXY_BUFSIZE"] = str(self._options.buffer_bytes)
        return found

    def _replica(self, index: int) -> subprocess.Popen[bytes]:
        process = self._replicas[index]
        if process is None:
            raise RuntimeError(f"{name(index)} does not run")
        return process

    def _spawn(
        self, part: str, command: list[str], environment: dict[str, str]
    ) -> subprocess.Popen[bytes]:
        with (self._folder / f"{part}.log").open("ab") as log:
            return subprocess.Popen(  # noqa: S603 - our own programs, no shell
                command,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=self._detached,
            )

    def _check_alive(self) -> None:
        """Raise for a part that ended although nobody asked it to."""
        for part, process in self._parts.items():
            if process.poll() is not None:
                last = "\n".join(self.log(part).splitlines()[-10:])
                raise RuntimeError(f"{part} ended with code {process.returncode}:\n{last}")

    def _await(self, condition: Callable[[], bool], what: str) -> None:
        pause = threading.Event()
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while not condition():
            self._check_alive()
            if time.monotonic() > deadline:
                raise TimeoutError(f"waited {_PATIENCE_SECONDS:.0f} s for {what}: {self._folder}")
            pause.wait(_POLL_SECONDS)


def name(index: int) -> str:
    """Return the name of a replica, as haproxy.cfg has it."""
    return f"replica{index}"


@contextlib.contextmanager
def running_cluster(
    ports: Ports,
    folder: Path,
    *,
    proxy: ProxyOptions | None = None,
    settings: Mapping[str, str] | None = None,
) -> Iterator[Cluster]:
    """Start a cluster for the length of a block."""
    cluster = Cluster(ports, folder, proxy=proxy, settings=settings)
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.stop()
