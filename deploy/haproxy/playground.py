"""A cluster in the background, for people to play with: `make cluster`, `make cluster-down`.

What runs is written to a state file, by process id and start time, so that `down` ends these
processes and no other that got their number since.
"""

import argparse
import contextlib
import json
import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

import psutil
from cluster import DEFAULT_PORTS, REPLICAS, Cluster, Ports, ProxyOptions, free_ports, name

FOLDER = Path(__file__).parents[2] / ".cluster"
_STATE = "state.json"
# The notice for the balancer and the drain of streams under way.
_END_SECONDS = 20.0


def up(folder: Path, ports: Ports, certificate: Path | None) -> int:
    """Start a cluster unless one runs; returns the exit code."""
    if _running(folder):
        print("A cluster runs already; `make cluster-down` takes it down.", file=sys.stderr)
        return 1
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    cluster = Cluster(ports, folder, proxy=ProxyOptions(certificate=certificate), detached=True)
    try:
        cluster.start()
    except BaseException as error:
        cluster.stop()
        if not isinstance(error, (OSError, RuntimeError)):
            raise
        print(f"The cluster does not start: {error}", file=sys.stderr)
        return 1
    started = {
        part: {"pid": pid, "started": psutil.Process(pid).create_time()}
        for part, pid in cluster.pids.items()
    }
    (folder / _STATE).write_text(json.dumps(started, indent=2) + "\n", encoding="utf-8")
    print(_welcome(cluster, folder, {part: found["pid"] for part, found in started.items()}))
    return 0


def down(folder: Path) -> int:
    """End the cluster that `up` started; returns the exit code."""
    running = _running(folder)
    for process in running:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.terminate()
    _, left = psutil.wait_procs(running, _END_SECONDS)
    for process in left:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(left, _END_SECONDS)
    shutil.rmtree(folder, ignore_errors=True)
    print(
        f"The cluster is down: {len(running)} processes ended." if running else "No cluster runs."
    )
    return 0


def _running(folder: Path) -> list[psutil.Process]:
    """The processes of the state file that still run, the proxy first."""
    try:
        state = json.loads((folder / _STATE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    found: list[psutil.Process] = []
    for entry in state.values():
        with contextlib.suppress(psutil.NoSuchProcess):
            process = psutil.Process(entry["pid"])
            if process.create_time() == entry["started"]:
                found.append(process)
    return found


def _welcome(cluster: Cluster, folder: Path, pids: Mapping[str, int]) -> str:
    ports, socket = cluster.ports, cluster.runtime.path
    replicas = "\n".join(
        f"  {name(i)}   gRPC 127.0.0.1:{ports.grpc[i]}, side port "
        f"http://127.0.0.1:{ports.http[i]}/health, process {pids[name(i)]}"
        for i in range(REPLICAS)
    )
    return f"""Three replicas behind HAProxy:
  callers    {cluster.target}
  statistics http://127.0.0.1:{ports.stats}/stats, metrics at /metrics
{replicas}
  logs       {os.path.relpath(folder)}
Try:
  revitron-grpc generate --count 25 --server {cluster.target}
  kill -9 {pids[name(0)]}   # while it generates
  echo "show servers state" | socat stdio {os.path.relpath(socket)}
End it with: make cluster-down"""


def main() -> int:
    """Do what the command line says; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("order", choices=("up", "down"))
    parser.add_argument("--folder", type=Path, default=FOLDER, help="state, logs, runtime socket")
    parser.add_argument("--certificate", type=Path, help="PEM file with key: speak TLS")
    parser.add_argument("--free-ports", action="store_true", help="not the usual ports")
    arguments = parser.parse_args()
    folder = arguments.folder.resolve()
    if arguments.order == "down":
        return down(folder)
    ports = free_ports() if arguments.free_ports else DEFAULT_PORTS
    return up(folder, ports, arguments.certificate)


if __name__ == "__main__":
    sys.exit(main())
