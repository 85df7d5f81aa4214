"""`serve --processes N`: start workers, watch them, start them again, end them together.

The supervisor serves nothing and loads nothing, so that little can go wrong in it. Its workers
are plain `revitron-grpc serve` processes, each with its own ports, its event loop and its pool;
one that dies takes no other with it.
"""

import asyncio
import os
import socket
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import structlog
from tenacity import RetryCallState, Retrying, wait_exponential_jitter

from revitron_grpc.service.process.hangup import on_hangup
from revitron_grpc.service.process.parent import RELOAD, Ports, ports_of, write_ports
from revitron_grpc.service.process.ports import check_ports
from revitron_grpc.service.process.systemd import MANAGED, ServiceManager
from revitron_grpc.service.server import on_signals
from revitron_grpc.settings import ENVIRONMENT_PREFIX, Settings

# How long a worker must have served before its next failure counts as the first one again.
STABLE_SECONDS = 60.0
# The wait before a restart: 0.5 s, then twice that each time, up to 30 s, and a random part so that
# workers that died together do not come back together.
_WAIT = wait_exponential_jitter(multiplier=0.5, max=30, exp_base=2, jitter=0.5)
# Beyond notice and drain, what a worker may need to close its ports and its pool.
_CLOSE_SECONDS = 10.0
# The exit code of a command that was used or configured wrongly.
_USAGE = 2

_log = structlog.get_logger("revitron_grpc.supervisor")


class WorkerMisconfiguredError(Exception):
    """A worker that never served ended with the exit code for wrong settings."""


@dataclass(slots=True)
class _Worker:
    index: int
    process: Process | None = None
    ports: Ports | None = None
    failures: int = 0
    serves: asyncio.Event = field(default_factory=asyncio.Event)


class Supervisor:
    """Keeps one worker for each command running until it is told to end."""

    def __init__(
        self,
        command: Sequence[str],
        settings: Settings,
        *,
        wait_seconds: Callable[[int], float] | None = None,
    ) -> None:
        """`command` starts a worker, which reads its settings from its standard input.

        `wait_seconds` is how long to wait before a restart, by the number of failures in a row.
        """
        self._command = tuple(command)
        self._settings = settings
        self._wait_seconds = wait_seconds or backoff_seconds
        self._manager = ServiceManager()
        self._workers = [_Worker(index) for index in range(settings.server.processes)]
        self._ended = asyncio.Event()
        self._reserved: socket.socket | None = None
        self._port = settings.server.port

    async def run(self, port_file: Path | None = None) -> None:
        """Run the workers until `end`; return when all of them have ended.

        `port_file` receives the ports of all workers once all of them serve. Raises
        `WorkerMisconfiguredError` if one cannot even start with these settings, and
        `InvalidInputError` or `OSError` for ports that cannot be had.
        """
        check_ports(self._settings)
        if self._settings.server.shared_port:
            self._reserved = _reserve(self._settings.server.host, self._port)
            self._port = int(self._reserved.getsockname()[1])
        try:
            keeping = [asyncio.create_task(self._keep(worker)) for worker in self._workers]
            telling = asyncio.create_task(self._tell_ports(port_file))
            watched = asyncio.create_task(self._manager.keep_alive())
            try:
                await asyncio.gather(*keeping)
            finally:
                telling.cancel()
                watched.cancel()
                self._ended.set()
                await asyncio.gather(*keeping, return_exceptions=True)
        finally:
            if self._reserved is not None:
                self._reserved.close()
        _log.info("stopped")

    def end(self) -> None:
        """Have all workers drain; `run` returns when they have."""
        self._manager.stopping("draining")
        self._ended.set()

    def reload(self) -> None:
        """Have all workers take the new catalog; those that start later find it by themselves."""
        self._manager.reloading()
        for worker in self._workers:
            process = worker.process
            if process is not None and process.returncode is None and process.stdin is not None:
                process.stdin.write(RELOAD)
        self._manager.ready("processes take a new catalog")

    def hurry(self) -> None:
        """Have all workers end at once."""
        self._ended.set()
        for worker in self._workers:
            if worker.process is not None and worker.process.returncode is None:
                worker.process.kill()

    async def _keep(self, worker: _Worker) -> None:
        while not self._ended.is_set():
            began = asyncio.get_running_loop().time()
            code = await self._run_once(worker)
            if self._ended.is_set():
                return
            if code == _USAGE and not worker.serves.is_set():
                raise WorkerMisconfiguredError(
                    f"worker {worker.index} cannot start (its message is above); all workers end"
                )
            lasted = asyncio.get_running_loop().time() - began
            worker.failures = 1 if lasted >= STABLE_SECONDS else worker.failures + 1
            pause = self._wait_seconds(worker.failures)
            _log.error(
                "worker ended",
                worker=worker.index,
                exit_code=code,
                served_seconds=round(lasted, 1),
                restart_in_seconds=round(pause, 1),
            )
            with suppress(TimeoutError):
                await asyncio.wait_for(self._ended.wait(), pause)

    async def _run_once(self, worker: _Worker) -> int:
        process = await asyncio.create_subprocess_exec(
            *self._command, stdin=PIPE, stdout=PIPE, env=_environment()
        )
        worker.process = process
        if process.stdin is not None:
            process.stdin.write(self._settings_of(worker).encode() + b"\n")
        _log.info("worker started", worker=worker.index, worker_pid=process.pid)
        listening = asyncio.create_task(self._listen(worker, process))
        exited = asyncio.create_task(process.wait())
        ended = asyncio.create_task(self._ended.wait())
        try:
            await asyncio.wait((exited, ended), return_when=asyncio.FIRST_COMPLETED)
            if not exited.done():
                await self._drain(process)
            return await exited
        finally:
            ended.cancel()
            listening.cancel()
            if process.returncode is None:
                process.kill()

    async def _drain(self, process: Process) -> None:
        """The end of its standard input is what every system can tell a worker."""
        if process.stdin is not None:
            process.stdin.close()
        shutdown = self._settings.shutdown
        most = shutdown.notice_seconds + shutdown.drain_seconds + _CLOSE_SECONDS
        try:
            await asyncio.wait_for(process.wait(), most)
        except TimeoutError:
            _log.error("worker killed", worker_pid=process.pid, after_seconds=most)
            process.kill()

    async def _listen(self, worker: _Worker, process: Process) -> None:
        if process.stdout is None:
            return
        async for line in process.stdout:
            if not worker.ports or worker.ports != ports_of(line.decode()):
                worker.ports = ports_of(line.decode())
                _log.info("worker serves", worker=worker.index, ports=worker.ports)
            worker.serves.set()

    async def _tell_ports(self, port_file: Path | None) -> None:
        for worker in self._workers:
            await worker.serves.wait()
        self._manager.ready(f"{len(self._workers)} processes serve")
        if port_file is not None:
            write_ports(port_file, [worker.ports for worker in self._workers if worker.ports])

    def _settings_of(self, worker: _Worker) -> str:
        """All settings, so that a worker looks nowhere else, with what is its own."""
        server, executor = self._settings.server, self._settings.executor
        own_port = self._port and not server.shared_port
        share = max(1, (os.cpu_count() or 1) // server.processes)
        return self._settings.model_copy(
            update={
                "server": server.model_copy(
                    update={
                        "processes": 1,
                        "replica": worker.index,
                        "port": self._port + worker.index if own_port else self._port,
                    }
                ),
                # The cores are divided; more threads than cores only hurt.
                "executor": executor.model_copy(
                    update={"max_workers": executor.max_workers or share}
                ),
                # Another name of executor.max_workers, which is the one in force.
                "performance": self._settings.performance.model_copy(update={"max_workers": None}),
            }
        ).model_dump_json()


async def supervise_until_told(settings: Settings, *, port_file: Path | None) -> bool:
    """Run workers until SIGTERM or SIGINT, then drain them all.

    Returns False where a second signal cut the drain short.
    """
    command = [sys.executable, "-m", "revitron_grpc", "serve", "--supervised"]
    supervisor = Supervisor(command, settings)
    signals = 0

    def told() -> None:
        nonlocal signals
        signals += 1
        _log.info("ending", at_once=signals > 1)
        if signals > 1:
            supervisor.hurry()
        else:
            supervisor.end()

    on_signals(told)
    on_hangup(supervisor.reload, told)
    await supervisor.run(port_file)
    return signals < 2


def _environment() -> dict[str, str]:
    """The environment without settings, which would win over those that a worker is given.

    Nor with the way to systemd, which hears of all from the supervisor.
    """
    return {
        name: value
        for name, value in os.environ.items()
        if not name.upper().startswith(ENVIRONMENT_PREFIX) and name not in MANAGED
    }


def backoff_seconds(failures: int) -> float:
    """Return how long to wait before the next start, after so many failures in a row."""
    state = RetryCallState(Retrying(), None, (), {})
    state.attempt_number = failures
    return _WAIT(state)


def _reserve(host: str, port: int) -> socket.socket:
    """Hold a port that workers share: nobody else can take it while none of them runs.

    Nothing is sent to a socket that does not listen.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    reserved = socket.socket(family, socket.SOCK_STREAM)
    try:
        reserved.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        reserved.bind((host.strip("[]"), port))
    except OSError:
        reserved.close()
        raise
    return reserved
