"""A way to roll out, for the checks of deploy/release: one real replica on this machine.

A release is a name of RELEASES. The port, and the process, are in files of the folder that the
variable WAY_FOLDER names.
"""

import contextlib
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import psutil

RELEASES: dict[str, dict[str, str]] = {
    "good": {},
    "better": {"REVITRON_GRPC_SERVER__HEARTBEAT_SECONDS": "7"},
    # It ends while it starts: no catalog is whole.
    "never-ready": {
        "REVITRON_GRPC_FRAMEWORK__STRICT_MODE": "true",
        "REVITRON_GRPC_FRAMEWORK__MIN_COMPLETENESS": "1.0",
    },
    # All of it is SERVING, and every candidate is rejected.
    "no-buttons": {
        "REVITRON_GRPC_VALIDATION__THRESHOLDS": '{"innovation_score": 1.0, "aec_value": 1.0}'
    },
}


def main(words: list[str]) -> int:
    """Do what roll_out.sh asks for."""
    folder = Path(os.environ["WAY_FOLDER"])
    current = folder / "current"
    match words:
        case ["current"]:
            print(current.read_text() if current.exists() else "", end="")
        case ["install" | "restore", release] if release in RELEASES:
            with (folder / "calls").open("a") as calls:
                calls.write(f"{words[0]} {release}\n")
            stop(folder)
            _start(folder, RELEASES[release])
            current.write_text(release)
        case ["install", release]:
            print(f"there is no release {release}", file=sys.stderr)
            return 1
        case _:
            return 2
    return 0


def stop(folder: Path) -> None:
    """End the replica, if one runs."""
    file = folder / "pid"
    if file.exists():
        with contextlib.suppress(psutil.NoSuchProcess):
            process = psutil.Process(int(file.read_text()))
            process.terminate()
            process.wait(60)
        file.unlink()


def _start(folder: Path, settings: dict[str, str]) -> None:
    port, http_port = (folder / "ports").read_text().split()
    environment = {k: v for k, v in os.environ.items() if not k.startswith("REVITRON_")}
    environment |= {
        "REVITRON_GRPC_SHUTDOWN__NOTICE_SECONDS": "0",
        "REVITRON_GRPC_RUNS__URL": "none",
        **settings,
    }
    with (folder / "service.log").open("ab") as log:
        process = subprocess.Popen(
            [
                *(Path(sys.executable).with_name("revitron-grpc"), "serve"),
                *("--port", port, "--http-port", http_port),
            ],
            env=environment,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    (folder / "pid").write_text(str(process.pid))
    _wait_until_up(process, int(port))


def _wait_until_up(process: subprocess.Popen[bytes], port: int) -> None:
    """Return when the replica listens, as systemd and a rollout do, or has ended."""
    end = time.monotonic() + 120
    while process.poll() is None and time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(0.2)
        else:
            return


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
