"""Images and containers without a Docker engine: buildah builds, podman runs, both as root.

The official image of Python cannot be pulled everywhere, so a bare Debian of the same release with
its own Python 3.11 stands in for it, given to the build as the argument BASE. All is kept in
`.tools/containers`, apart from the images and containers of whoever runs this.
"""

import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from filelock import FileLock

from tests.deploy.artefact import ROOT, FailedCheck, run_tool
from tests.deploy.debian import debian_root

_STORE = ROOT / ".tools" / "containers"
_IMAGE_LASTS_SECONDS = 7 * 24 * 3600.0
# Where the official image has it.
_WHERE_PYTHON_IS = "ln -s /usr/bin/python3 /usr/local/bin/; ln -s python3 /usr/local/bin/python"
# What a slim image leaves out too, and what makes layers large for nothing.
_LEFT_OUT = ("var/lib/apt/lists", "var/cache/apt", "usr/share/doc", "usr/share/man")
_PATH = "/usr/local/bin:/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin"
_AUTHORITIES = Path("/etc/ssl/certs/ca-certificates.crt")


@dataclass(frozen=True, slots=True)
class Image:
    """An image that was built; `added_bytes` is what it has beyond its base."""

    id: str
    added_bytes: int
    config: dict[str, Any]

    @property
    def health_check(self) -> list[str]:
        """The program and its arguments, without the word that says how it is run."""
        kind, *words = self.config["Healthcheck"]["Test"]
        if kind != "CMD":
            raise FailedCheck(f"HEALTHCHECK is of the kind {kind}, which needs a shell")
        return words

    def paths(self) -> Iterator[str]:
        """Yield all that is in its root, as paths from there."""
        root = Path(podman("image", "mount", self.id).strip())
        try:
            for folder, folders, files in os.walk(root):
                for name in (*folders, *files):
                    yield "/" + os.path.relpath(os.path.join(folder, name), root)  # noqa: PTH118
        finally:
            podman("image", "unmount", self.id)


def build(dockerfile: Path) -> Image:
    """Build an image from the top of the project, as `docker build` would."""
    base = debian_image("python", "python3-venv", "ca-certificates", finish=_WHERE_PYTHON_IS)
    with tempfile.NamedTemporaryFile("r") as made:
        _tool(
            *("buildah", "build", "--isolation", "chroot", "--format", "docker"),
            *("--build-arg", f"BASE={base}", "--iidfile", made.name),
            *("--file", str(dockerfile), str(ROOT)),
            timeout=900,
        )
        image = made.read().strip()
    found = json.loads(podman("image", "inspect", image))[0]
    size = json.loads(podman("image", "inspect", base))[0]["Size"]
    # The health check is in the configuration of Docker's format, which inspect may show elsewhere.
    config = found["Config"] | {"Healthcheck": found.get("HealthCheck") or found.get("Healthcheck")}
    return Image(image, found["Size"] - size, config)


def limits(files: int = 4096) -> tuple[str, ...]:
    """Return the options for limits; podman's own need a right that not every root has."""
    return ("--ulimit", f"nofile={files}:{files}", "--ulimit", "nproc=4096:4096")


def remove(image: Image) -> None:
    """Remove an image; its base stays for the next one."""
    podman("image", "rm", image.id)


def podman(*words: str, accepted: Sequence[int] = (0,), timeout: float = 120) -> str:
    """Run podman and return what it printed.

    Raises:
        FailedCheck: as `run_tool`.
    """
    return _tool("podman", "--runtime", "runc", *words, accepted=accepted, timeout=timeout)


@contextmanager
def running(image: Image, *options: str) -> Iterator[str]:
    """Run an image as it stands, with nothing but loopback, and yield the container's id."""
    fixed = ("create", "--network", "none", "--log-driver", "k8s-file", *limits())
    container = podman(*fixed, *options, image.id).splitlines()[-1]
    try:
        podman("start", container)
        yield container
    finally:
        podman("rm", "--force", "--volumes", "--time", "5", container)


def run_once(image: Image, *words: str, accepted: Sequence[int]) -> str:
    """Run other words than the image's own, after its entry point; return what was printed."""
    options = ("--rm", "--network", "none", "--log-driver", "none", *limits())
    return podman("run", *options, image.id, *words, accepted=accepted)


def debian_image(name: str, *packages: str, finish: str = "") -> str:
    """Return the name of a local image: a bare Debian with packages; made anew if a week old.

    Args:
        name: what it is called, without "localhost/".
        packages: packages of Debian.
        finish: a shell script that is run in it as root at the end.
    """
    name = f"localhost/{name}"
    _STORE.mkdir(parents=True, exist_ok=True)
    with FileLock(_STORE / ".lock", timeout=900):
        words = ("image", "inspect", "--format", "{{.Created.Unix}} {{.Comment}}", name)
        made, _, script = podman(*words, accepted=(0, 125)).strip().partition(" ")
        digest = sha256(" ".join([*packages, finish]).encode()).hexdigest()
        young = made.isdigit() and time.time() - int(made) < _IMAGE_LASTS_SECONDS
        if young and script == digest:
            return name
        with debian_root() as root:
            root.install(*packages)
            if finish:
                root.run("sh", "-ec", finish)
            for folder in _LEFT_OUT:
                shutil.rmtree(root.path / folder, ignore_errors=True)
            # There may be a proxy of its own between this machine and the index of packages.
            lines = [f"index-url = {index}"] if (index := os.environ.get("PIP_INDEX_URL")) else []
            if _AUTHORITIES.exists():
                Path(f"{root.path}{_AUTHORITIES.parent}").mkdir(parents=True, exist_ok=True)
                shutil.copy(_AUTHORITIES, f"{root.path}{_AUTHORITIES}")
                lines.append(f"cert = {_AUTHORITIES}")
            (root.path / "etc/pip.conf").write_text("\n".join(["[global]", *lines, ""]), "utf-8")
            container = _tool("buildah", "from", "scratch").strip()
            try:
                # Not `buildah add`, which gives everything to root.
                run_tool("cp", "-a", f"{root.path}/.", _tool("buildah", "mount", container).strip())
                _tool("buildah", "config", "--env", f"PATH={_PATH}", container)
                _tool("buildah", "config", "--history-comment", digest, container)
                _tool("buildah", "commit", "--quiet", container, name)
            finally:
                _tool("buildah", "rm", container)
    return name


def _tool(*words: str, accepted: Sequence[int] = (0,), timeout: float = 300) -> str:
    if os.name != "posix" or os.geteuid() != 0:
        raise FailedCheck("this needs root, to build and run an image: sudo make deploy-check")
    _STORE.mkdir(parents=True, exist_ok=True)
    store = _STORE.resolve()
    # One overlay cannot lie on another, which is what a folder in a container is.
    below = subprocess.run(
        ["stat", "--file-system", "--format=%T", store], capture_output=True, text=True, check=True
    ).stdout.strip()
    config = store / "storage.conf"
    config.write_text(
        f'[storage]\ndriver = "{"vfs" if below == "overlayfs" else "overlay"}"\n'
        f'graphroot = "{store}/images"\nrunroot = "{store}/run"\n',
        encoding="utf-8",
    )
    # Without the last one podman asks systemd for a timer that runs the health check.
    env = os.environ | {"CONTAINERS_STORAGE_CONF": str(config), "DISABLE_HC_SYSTEMD": "true"}
    return run_tool(*words, env=env, accepted=accepted, timeout=timeout)
