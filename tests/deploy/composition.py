"""The services of a compose file as containers of podman, in one network of their own.

What Compose hands to an engine is handed to podman: image, user, command, environment, files,
secrets, rights. What is different: all containers share one network namespace that has nothing but
loopback, with the fixed addresses on it, instead of a bridge; no limits on memory; and the images
of others are a Debian with HAProxy, PostgreSQL and Redis.
"""

import contextlib
import os
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tenacity import Retrying, retry_if_exception_type, stop_after_delay, wait_fixed

from tests.deploy.artefact import FailedCheck, run_tool
from tests.deploy.containers import debian_image, limits, podman

_HEALTHY_SECONDS = 120
# What the entry points of the official images do with these settings, as far as it matters here.
_ENTRY_POINTS = r"""
usermod --uid 999 postgres
rm -r /etc/redis /etc/haproxy
ln -s /usr/lib/postgresql/*/bin/* /usr/local/bin/
install -d -m 1777 /var/lib/postgresql/data
chown 999 /var/lib/postgresql/data
cat >/usr/local/bin/entry-postgres <<'END'
#!/bin/sh
set -eu
export PGDATA=/var/lib/postgresql/data LANG=C.UTF-8
if [ ! -s "$PGDATA/PG_VERSION" ]; then
    # shellcheck disable=SC2086 # several words
    initdb --username="$POSTGRES_USER" --pwfile="$POSTGRES_PASSWORD_FILE" $POSTGRES_INITDB_ARGS
    echo "host all all all scram-sha-256" >>"$PGDATA/pg_hba.conf"
    echo "CREATE DATABASE $POSTGRES_DB" | postgres --single postgres
fi
exec "$@"
END
cat >/usr/local/bin/entry-haproxy <<'END'
#!/bin/sh
exec haproxy -W -db -f /usr/local/etc/haproxy/haproxy.cfg
END
chmod +x /usr/local/bin/entry-*
"""


@dataclass(frozen=True, slots=True)
class Composition:
    """Services that run; `network` is the name of their network namespace."""

    network: str
    services: Mapping[str, Any]
    secrets: Mapping[str, Any]
    image: str
    containers: dict[str, str] = field(default_factory=dict)

    def start(self, name: str) -> None:
        """Start a service after those it depends on, and wait until it is well or has ended."""
        if name in self.containers:
            return
        service = self.services[name]
        for needed in service.get("depends_on", {}):
            self.start(needed)
        self.containers[name] = podman(
            *("create", "--network", f"ns:/run/netns/{self.network}", "--log-driver", "k8s-file"),
            *(*self._options(service), *self._words(name, service)),
        ).splitlines()[-1]
        podman("start", self.containers[name])
        if service.get("healthcheck", {}).get("test"):
            self._await_health(name, service["healthcheck"]["test"])
        else:
            code = podman("wait", self.containers[name], timeout=_HEALTHY_SECONDS).strip()
            if code != "0":
                raise FailedCheck(f"{name} ended with exit code {code}\n{self.log(name)}")

    def log(self, name: str) -> str:
        """Return what a service printed."""
        return podman("logs", self.containers[name])

    def execute(self, name: str, *words: str) -> str:
        """Run a program in a service's container."""
        return podman("exec", self.containers[name], *words)

    def outside(self, *words: str | Path, accepted: tuple[int, ...] = (0,)) -> str:
        """Run a program of this machine in the network of the services."""
        return run_tool("ip", "netns", "exec", self.network, *words, accepted=accepted)

    def _await_health(self, name: str, test: list[str]) -> None:
        kind, *words = (word.replace("$$", "$") for word in test)
        if kind == "CMD-SHELL":
            words = ["sh", "-c", *words]
        patient = Retrying(
            stop=stop_after_delay(_HEALTHY_SECONDS),
            wait=wait_fixed(0.5),
            retry=retry_if_exception_type(FailedCheck),
            reraise=True,
        )
        try:
            patient(self.execute, name, *words)
        except FailedCheck as failed:
            raise FailedCheck(f"{name} is not healthy: {failed}\n{self.log(name)}") from failed

    def _options(self, service: Mapping[str, Any]) -> Iterator[str]:
        yield from ("--cap-drop", "ALL", "--security-opt", "no-new-privileges")
        yield from limits(int(service.get("ulimits", {}).get("nofile", 4096)))
        if service.get("read_only"):
            yield from ("--read-only", "--read-only-tmpfs=false")
        if "user" in service:
            yield from ("--user", service["user"])
        for folder in service.get("tmpfs", []):
            yield from ("--tmpfs", f"{folder}:mode=1777")
        for variable, value in (service.get("environment") or {}).items():
            yield from ("--env", f"{variable}={value}")
        for volume in service.get("volumes", []):
            if volume["type"] == "bind":
                yield f"--volume={volume['source']}:{volume['target']}:ro"
            else:
                yield f"--volume={self.network}-{volume['source']}:{volume['target']}"
        for secret in service.get("secrets", []):
            target = secret.get("target") or secret["source"]
            file = self.secrets[secret["source"]]["file"]
            yield f"--volume={file}:{os.path.join('/run/secrets', target)}:ro"  # noqa: PTH118
        for other, one in self.services.items():
            address = ((one.get("networks") or {}).get("inside") or {}).get("ipv4_address")
            yield from ("--add-host", f"{other}:{address or '127.0.0.1'}")

    def _words(self, name: str, service: Mapping[str, Any]) -> list[str]:
        if "build" in service:
            return [self.image, *(service.get("command") or [])]
        entry = {"postgresql": "entry-postgres", "haproxy": "entry-haproxy"}.get(name)
        others = debian_image(
            *("neighbours", "haproxy", "postgresql", "redis-server", "wget"),
            finish=_ENTRY_POINTS,
        )
        return [others, *([entry] if entry else []), *(service.get("command") or [])]


@contextlib.contextmanager
def composed(file: Mapping[str, Any], image: str) -> Iterator[Composition]:
    """Prepare to run the services of a compose file; what was started is removed at the end.

    Args:
        file: the compose file, as its reader understands it.
        image: the image of what the file builds.
    """
    made = Composition(f"compose-{uuid.uuid4().hex[:8]}", file["services"], file["secrets"], image)
    run_tool("ip", "netns", "add", made.network)
    try:
        run_tool("ip", "-netns", made.network, "link", "set", "lo", "up")
        for service in made.services.values():
            for network in (service.get("networks") or {}).values():
                if address := (network or {}).get("ipv4_address"):
                    words = ("address", "add", f"{address}/32", "dev", "lo")
                    run_tool("ip", "-netns", made.network, *words)
        yield made
    finally:
        for container in reversed(made.containers.values()):
            podman("rm", "--force", "--volumes", "--time", "5", container)
        volumes = podman("volume", "ls", "--quiet", "--filter", f"name={made.network}").split()
        if volumes:
            podman("volume", "rm", *volumes)
        run_tool("ip", "netns", "delete", made.network)
