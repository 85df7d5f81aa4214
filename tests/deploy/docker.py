"""The image and the compose file: linted, built, run, held to what the house promises of them."""

import atexit
import functools
import json
import os
import re
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tenacity import Retrying, retry_if_exception_type, stop_after_delay, wait_fixed

from tests.deploy.artefact import DEPLOY, FailedCheck, check, run_tool
from tests.deploy.composition import composed
from tests.deploy.containers import Image, build, podman, remove, run_once, running
from tests.deploy.names import names

FOLDER = DEPLOY / "docker"
DOCKERFILE = FOLDER / "Dockerfile"
COMPOSE = FOLDER / "compose.yaml"

_DIGEST = re.compile(r".+:[^@]+@sha256:[0-9a-f]{64}")
# Elastic's registry could not be asked, and nobody else lists it.
_WITHOUT_DIGEST = ("docker.elastic.co/beats/filebeat:8.19.19",)
_WRITE_TO_THEIR_ROOT = ("elasticsearch", "kibana")
_COMPILERS = {"cc", "c++", "gcc", "g++", "clang", "tcc", "make", "cmake", "ld", "as", "go", "rustc"}
_START_SECONDS = 120
PROFILES = ("monitoring", "logging")


@check("deploy/docker/Dockerfile", "hadolint")
def linted() -> str:
    """No rule of hadolint is broken, and the base is one image for ever."""
    run_tool("hadolint", "--failure-threshold", "style", DOCKERFILE)
    text = DOCKERFILE.read_text(encoding="utf-8")
    bases = re.findall(r"^ARG BASE=(\S+)$", text, re.MULTILINE)
    if len(bases) != 1 or not _DIGEST.fullmatch(bases[0]):
        raise FailedCheck(f"the base has no tag with a digest: {bases}")
    stages = re.findall(r"^FROM \S+ AS (\w+)$", text, re.MULTILINE)
    for found in re.findall(r"^FROM (\S+)", text, re.MULTILINE):
        if found != "${BASE}" and found not in stages:
            raise FailedCheck(f"FROM {found} is not pinned")
    return "no finding, base pinned by digest"


@functools.cache
def image() -> Image:
    """Build the image once for all checks."""
    built = build(DOCKERFILE)
    atexit.register(remove, built)
    return built


@check("deploy/docker/Dockerfile", "buildah build")
def built() -> str:
    """Every step runs, and what comes out is what the kit has agreed on."""
    known, config = names(), image().config
    user = f"{known['uid']}:{known['gid']}"
    ports = {f"{known['ports'][kind]}/tcp" for kind in ("grpc", "http")}
    settings = f"{known['paths']['settings']}/settings.yaml"
    wrong = [
        f"{what} is {got}, not {wanted}"
        for what, got, wanted in (
            ("USER", config.get("User"), user),
            ("EXPOSE", set(config.get("ExposedPorts", {})), ports),
            ("ENTRYPOINT", config.get("Entrypoint"), ["revitron-grpc"]),
            ("CMD", config.get("Cmd"), ["serve", "--config", settings]),
            ("STOPSIGNAL", config.get("StopSignal"), "SIGTERM"),
        )
        if got != wanted
    ]
    labels = config.get("Labels", {})
    wrong += [
        f"no label {label}"
        for label in ("title", "source", "licenses", "version", "revision")
        if not labels.get(f"org.opencontainers.image.{label}")
    ]
    wrong += [f"in the image: {path}" for path in image().paths() if _unwanted(path)]
    if wrong:
        raise FailedCheck("\n".join(["not as agreed", *wrong[:20]]))
    return (
        f"user {user}, no compiler, {image().added_bytes / 1024**2:.0f} MiB more than its base "
        "(a bare Debian, in the place of python:slim)"
    )


def _unwanted(path: str) -> bool:
    """Compilers, caches, the tools and the sources of the build, what .dockerignore keeps out."""
    first, last = path.split("/")[1], path.rpartition("/")[2]
    if path.startswith("/opt/revitron-grpc/"):
        return last in ("pip", "uv", "setuptools", ".git") or "/site-packages/tests/" in path
    return (
        first in ("build", "source", "wheels")
        or path.startswith("/root/.cache")
        or (last in _COMPILERS and "/bin/" in path)
    )


@check("deploy/docker/Dockerfile", "podman run")
def runs() -> str:
    """On a read-only root and without any right it serves, says so, makes buttons, and drains."""
    words = image().health_check
    state = f"--volume={names()['paths']['state']}"
    without_rights = ("--cap-drop=ALL", "--security-opt=no-new-privileges")
    with running(image(), "--read-only", "--read-only-tmpfs=false", *without_rights, state) as one:
        try:
            _patient(_START_SECONDS)(podman, "healthcheck", "run", one)
        except FailedCheck as failed:
            raise FailedCheck(
                f"not healthy within {_START_SECONDS} s\n{_health(one)}\n{podman('logs', one)}"
            ) from failed
        specs = podman(
            *("exec", one, "revitron-grpc", "generate", "--server", "127.0.0.1:50051"),
            *("--count", "3", "--format", "jsonl"),
        )
        if specs.count('"ordinal"') < 3:
            raise FailedCheck(f"no three buttons came\n{specs}")
        podman("stop", "--time", "75", one)
        code, log = podman("inspect", "--format", "{{.State.ExitCode}}", one), podman("logs", one)
        if code.strip() != "0" or '"stopped"' not in log:
            raise FailedCheck(f"SIGTERM ended it with exit code {code.strip()}\n{log}")
    # The same question where nobody serves.
    run_once(image(), *words[1:], accepted=(1, 3))
    return "healthy, three buttons, drained on SIGTERM; unhealthy where nothing serves"


def _patient(seconds: float) -> Retrying:
    return Retrying(
        stop=stop_after_delay(seconds),
        wait=wait_fixed(1),
        retry=retry_if_exception_type(FailedCheck),
        reraise=True,
    )


def _health(container: str) -> str:
    return podman("inspect", "--format", "{{json .State}}", container)


@functools.cache
def _client() -> tuple[str, ...]:
    """Return the words by which Docker's client for compose files is called here."""
    try:
        run_tool("docker", "compose", "version")
    except FailedCheck:
        return ("docker-compose",)
    return ("docker", "compose")


def _read(*profiles: str, folder: Path = FOLDER) -> dict[str, Any]:
    """Return the compose file as it is understood with these profiles."""
    environment = os.environ | {"COMPOSE_PROFILES": ",".join(profiles)}
    words = (*_client(), "--file", COMPOSE.name, "config", "--format", "json")
    return json.loads(run_tool(*words, cwd=folder, env=environment))


@check("deploy/docker/compose.yaml", "check-jsonschema")
def follows_the_schema() -> str:
    """The file follows the schema of the Compose specification."""
    run_tool("check-jsonschema", "--builtin-schema", "vendor.compose-spec", COMPOSE)
    return "follows the specification's schema"


@check("deploy/docker/compose.yaml", "docker compose config")
def composes() -> str:
    """The client reads it with each profile, and no service has more rights than it needs."""
    wrong: list[str] = []
    counts: list[str] = []
    for profiles in ((), *((profile,) for profile in PROFILES), PROFILES):
        services = _read(*profiles)["services"]
        counts.append(f"{len(services)} services with {' and '.join(profiles) or 'no profile'}")
        wrong += [
            f"{name}: {fault}" for name in services for fault in _faults(name, services[name])
        ]
    if wrong:
        raise FailedCheck("\n".join(["not as agreed", *sorted(set(wrong))]))
    return f"{' '.join(_client())}: {', '.join(counts)}"


def _faults(name: str, service: dict[str, Any]) -> Iterator[str]:
    image, known = service["image"], names()
    if image.startswith(known["image"] + ":"):
        # Its user, its root and its health check are those of the image.
        pass
    elif not _DIGEST.fullmatch(image) and image not in _WITHOUT_DIGEST:
        yield f"the image {image} has no tag with a digest"
    if not service.get("read_only") and name not in _WRITE_TO_THEIR_ROOT:
        yield "its root can be written to"
    if service.get("cap_drop") != ["ALL"] or service.get("cap_add"):
        yield "it has capabilities"
    if "no-new-privileges:true" not in service.get("security_opt", []):
        yield "it may gain privileges"
    if not service.get("deploy", {}).get("resources", {}).get("limits", {}).get("memory"):
        yield "its memory has no limit"
    if service.get("network_mode") or service.get("privileged") or service.get("pid"):
        yield "it shares what is the machine's"
    once = service.get("restart") == "no"
    if not once and service.get("restart") != "unless-stopped":
        yield "it is not started again"
    if not once and "test" not in service.get("healthcheck", {}):
        yield "it has no health check"
    for port in service.get("ports", []):
        open_to_all = port.get("host_ip") != "127.0.0.1"
        if open_to_all and (name, int(port["published"])) != ("haproxy", known["ports"]["proxy"]):
            yield f"it publishes {port['published']} to all"
    for volume in service.get("volumes", []):
        # An engine would make an empty folder in its place.
        if volume["type"] == "bind" and not Path(volume["source"]).exists():
            yield f"it mounts {volume['source']}, which is not there"
    for variable, value in (service.get("environment") or {}).items():
        if re.search("PASSWORD$|SECRET$|TOKEN$", variable) and value:
            yield f"{variable} holds a secret in the environment"


@check("deploy/docker/compose.yaml", "podman, a service at a time")
def serves() -> str:
    """With its secrets, settings and rights a colleague with a key gets buttons through HAProxy."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = _with_secrets(Path(temporary))
        with composed(_read(folder=folder), image().id) as services:
            # Replicas read the keys when they start, and every 15 s.
            services.start("replica0")
            settings = ("--config", f"{names()['paths']['settings']}/settings.yaml")
            made = services.execute(
                "replica0", *("revitron-grpc", "keys", "create", "--owner", "anna", *settings)
            )
            key = folder / "secrets" / "key-anna"
            # What is said about it to people comes before or after, as the two streams meet.
            found = re.search(r"rgk_[a-z0-9]{12}_[\w-]{43}", made)
            key.write_text(found[0] if found else "", encoding="utf-8")
            services.start("haproxy")
            proxy = f"localhost:{names()['ports']['proxy']}"
            caller = ("--server", proxy, "--ca", folder / "secrets" / "ca.pem")
            generate = ("revitron-grpc", "generate", *caller, "--count", "3", "--format", "jsonl")
            with_key = ("--api-key-file", key)
            patient = _patient(40)
            specs = patient(services.outside, *generate, *with_key)
            if specs.count('"ordinal"') < 3:
                raise FailedCheck(f"no three buttons came\n{specs}")
            refused = services.outside(*generate, accepted=(3,))
            if "needs an API key" not in refused:
                raise FailedCheck(f"it was refused for another reason\n{refused}")
            runs = patient(services.outside, "revitron-grpc", "runs", "list", *caller, *with_key)
            if "anna" not in runs:
                raise FailedCheck(f"the run is not in PostgreSQL\n{runs}")
            metrics = services.outside("curl", "-s", "http://172.30.50.11:8081/metrics")
            for store in ("cache", "runs", "keys"):
                state = f'revitron_grpc_component_state{{component="{store}",state="SERVING"}} 1'
                if state not in metrics:
                    raise FailedCheck(f"replica1 does not reach its {store}\n{metrics}")
    return "three replicas, HAProxy, PostgreSQL, Redis: buttons with a key, none without"


def _with_secrets(temporary: Path) -> Path:
    """Copy what the compose file needs, make its secrets there, and return its folder."""
    kit = shutil.copytree(
        DEPLOY, temporary / "deploy", ignore=shutil.ignore_patterns("secrets", "__pycache__")
    )
    run_tool(kit / "docker" / "make-secrets.sh", "localhost")
    return kit / "docker"


@check("deploy/docker/make-secrets.sh", "sh")
def secrets_are_made_once() -> str:
    """The script makes every file the compose file names, closed to others, and keeps them."""
    wanted = {Path(one["file"]).name for one in _read(*PROFILES)["secrets"].values()}
    with tempfile.TemporaryDirectory() as temporary:
        docker = _with_secrets(Path(temporary))
        script, folder = docker / "make-secrets.sh", docker / "secrets"
        first = {path.name: path.read_bytes() for path in folder.iterdir()}
        said = run_tool(script, "localhost")
        if first != {path.name: path.read_bytes() for path in folder.iterdir()}:
            raise FailedCheck(f"the second time it made other files\n{said}")
        if missing := sorted(wanted - set(first)):
            raise FailedCheck(f"it does not make {', '.join(missing)}")
        if stat.S_IMODE(folder.stat().st_mode) != 0o700:
            raise FailedCheck("its folder is open to others")
        verified = (
            "openssl",
            "verify",
            "-CAfile",
            folder / "ca.pem",
            "-verify_hostname",
            "localhost",
        )
        run_tool(*verified, folder / "proxy.pem")
    return f"{len(first)} files, none made twice"
