"""A way to roll out, for the checks of deploy/release: one real replica on this machine.

A release is a name of RELEASES. The port, and the process, are in files of the folder that the
variable WAY_FOLDER names; with a file `lost` in it there is no way back.
"""

import contextlib
import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import psutil

RELEASES: dict[str, dict[str, str]] = {
    "good": {},
    # It ends while it starts: the settings are no longer such as it takes.
    "never-ready": {"REVITRON_GRPC_LOGGING__LEVEL": "loud"},
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
        case ["restore", _] if (folder / "lost").exists():
            print("it is not there any more", file=sys.stderr)
            return 1
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
    _wait_until_ready(process, http_port)


def _wait_until_ready(process: subprocess.Popen[bytes], http_port: str) -> None:
    """Return when the replica is ready, as systemd and a rollout do, or has ended."""
    end = time.monotonic() + 120
    while process.poll() is None and time.monotonic() < end:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{http_port}/ready", timeout=5).close()
        except OSError:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(0.1)
        else:
            return


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
