"""`serve --daemon`: the service in a session of its own, with a pid file and log files."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from revitron_grpc.errors import FieldViolation, InvalidInputError, Reason, RevitronGrpcError
from revitron_grpc.settings import ENVIRONMENT_PREFIX, Settings

# A service serves after about three seconds; a machine under load may need many times that.
_START_SECONDS = 120.0
_POLL_SECONDS = 0.05
_TOLD_BYTES = 4_000


@contextmanager
def pid_file(path: Path | None) -> Iterator[None]:
    """Hold a pid file for as long as the block lasts; None holds nothing.

    A lock beside it says whether the process lives, so that a file left behind by one that was
    killed is no obstacle, whoever has its number now. Raises `InvalidInputError`
    (INVALID_CONFIGURATION) if another process holds it.
    """
    if path is None:
        yield
        return
    from filelock import FileLock, Timeout

    lock = FileLock(_lock_of(path), timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise _running(path) from error
    except OSError as error:
        raise _wrong("--pid-file", f"{path} cannot be written: {error.strerror}") from error
    try:
        path.write_text(f"{os.getpid()}\n", encoding="ascii")
        yield
    finally:
        path.unlink(missing_ok=True)
        lock.release()


def detach(settings: Settings, words: Sequence[str], pid: Path | None, ports: Path | None) -> int:
    """Start `revitron-grpc WORDS` detached; returns its process id once it serves.

    It is spawned, not forked: a session of its own, no terminal, nothing to read from, and what
    it prints, such as a traceback of the interpreter, goes to a file beside its logs.

    Raises `InvalidInputError` (INVALID_CONFIGURATION) where that cannot be done, and
    `RevitronGrpcError` (SERVER_UNREACHABLE) if it does not serve in time.
    """
    if os.name != "posix":
        raise _wrong(
            "--daemon", "is for POSIX systems; on Windows let the service manager run `serve`"
        )
    folder = settings.logging.directory
    if folder is None:
        raise _wrong("--daemon", "needs log files: set logging.directory")
    folder.mkdir(parents=True, exist_ok=True)
    name = f"revitron-grpc-{settings.server.replica}"
    pid = pid or folder / f"{name}.pid"
    with pid_file(pid):
        pass  # Refuses here and now; the service takes it again for itself.
    ports = ports or folder / f"{name}.ports"
    ports.unlink(missing_ok=True)
    command = [sys.executable, "-m", "revitron_grpc", *words]
    command += ["--pid-file", str(pid), "--port-file", str(ports)]
    with (folder / f"{name}.out").open("ab") as output:
        before = output.tell()
        process = subprocess.Popen(  # noqa: S603 - our own command with its own words
            command,
            env=os.environ | {f"{ENVIRONMENT_PREFIX}LOGGING__STDERR": "false"},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    deadline = time.monotonic() + _START_SECONDS
    while not (ports.exists() and ports.read_text(encoding="ascii").endswith("\n")):
        code = process.poll()
        if code is not None:
            told = (folder / f"{name}.out").read_bytes()[before:][-_TOLD_BYTES:]
            raise _wrong(
                "--daemon",
                f"the service ended with exit code {code}: "
                + told.decode("utf-8", "replace").strip(),
            )
        if time.monotonic() > deadline:
            raise RevitronGrpcError(
                Reason.SERVER_UNREACHABLE,
                f"process {process.pid} runs, but does not serve after {_START_SECONDS:.0f} s; "
                f"see {folder}",
            )
        time.sleep(_POLL_SECONDS)
    return process.pid


def _lock_of(path: Path) -> Path:
    return path.with_name(path.name + ".lock")


def _running(path: Path) -> InvalidInputError:
    try:
        number = path.read_text(encoding="ascii").strip()
    except OSError:
        number = "unknown"
    return _wrong(
        "--pid-file",
        f"a service runs already, process {number} ({path}); end it, or give another file",
    )


def _wrong(option: str, description: str) -> InvalidInputError:
    return InvalidInputError(Reason.INVALID_CONFIGURATION, (FieldViolation(option, description),))
