"""A release: built to the same bytes twice, described, and rolled out past a gate, or back."""

import json
import os
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import yaml

from tests.deploy import replica_way
from tests.deploy.artefact import DEPLOY, ROOT, FailedCheck, check, run_tool
from tests.programs.ports import free_port

SCRIPTS = DEPLOY / "release"
TOOLS = ROOT / ".tools" / "release" / "bin"
WORKFLOWS = ROOT / ".github" / "workflows"
_PATH = f"{TOOLS}{os.pathsep}{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"


def step(workflow: str, job: str, text: str) -> str:
    """Return the script of the one step of a job that has this text."""
    document = yaml.safe_load((WORKFLOWS / workflow).read_text(encoding="utf-8"))
    found = [one["run"] for one in document["jobs"][job]["steps"] if text in one.get("run", "")]
    if len(found) != 1:
        raise FailedCheck(f"{workflow}: {len(found)} steps of {job} have '{text}'")
    return found[0]


def run_step(script: str, folder: Path, **environment: str) -> str:
    """Run a step's script as GitHub does."""
    return run_tool(
        *("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script),
        cwd=folder,
        env={**os.environ, "PATH": _PATH, **environment},
    )


@check("deploy/release/*.sh", "shellcheck")
def scripts_are_sound() -> str:
    """ShellCheck finds nothing."""
    scripts = sorted(SCRIPTS.glob("*.sh"))
    run_tool(TOOLS / "shellcheck", *scripts)
    return f"{len(scripts)} scripts"


@check("deploy/release/build_distributions.py", "the steps of release.yml, twice over; twine")
def is_built_to_the_same_bytes() -> str:
    """The workflow's own steps build the last commit twice; neither umask nor folder matter."""
    version = _version()
    build = step("release.yml", "build", "build_distributions.py")
    sums: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        for mask in ("0022", "0077"):
            clone = Path(name) / f"clone-{mask}"
            run_tool("git", "clone", "--quiet", "--shared", ROOT, clone)
            run_step(f"umask {mask}\n{build}", clone, GITHUB_REF_NAME=f"v{version}")
            sums.append((clone / "dist" / "SHA256SUMS").read_text(encoding="utf-8"))
            script = step("release.yml", "publish", "sha256sum --check")
            run_step(step("release.yml", "build", "twine check"), clone)
            run_step(script, clone)
            notes = step("release.yml", "build", "notes.sh")
            run_step(notes, clone, GITHUB_REF_NAME=f"v{version}")
            if not (clone / "dist" / "notes.md").read_text(encoding="utf-8").strip():
                raise FailedCheck("the page of the release would be empty")
            for script, tag in ((build, "v9.9.9"), (notes, "v9.9.9")):
                _must_fail(script, clone, tag)
    if sums[0] != sums[1]:
        raise FailedCheck(f"not the same bytes\n{sums[0]}{sums[1]}")
    return "four builds, one result; a tag of another version is refused"


def _must_fail(script: str, folder: Path, tag: str) -> None:
    try:
        run_step(script, folder, GITHUB_REF_NAME=tag)
    except FailedCheck:
        return
    raise FailedCheck(f"the tag {tag} is taken for this version")


def _version() -> str:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)["project"]["version"]


@check("deploy/release/sbom.sh", "cyclonedx-py")
def is_described() -> str:
    """The description names the project, what it needs and what that needs, with versions."""
    with tempfile.TemporaryDirectory() as name:
        out = Path(name) / "sbom.json"
        run_tool(
            *(SCRIPTS / "sbom.sh", "-", out),
            env={
                **os.environ,
                "PATH": _PATH,
                "ENVIRONMENT": str(Path(sys.executable).parents[1]),
            },
        )
        document = json.loads(out.read_text(encoding="utf-8"))
    if document["metadata"]["component"]["name"] != "revitron-grpc":
        raise FailedCheck("it describes something else")
    found = {one["name"].lower(): one.get("version") for one in document["components"]}
    wanted = ("grpcio", "protobuf", "sqlalchemy", "psycopg", "redis", "typing_extensions")
    missing = [name for name in wanted if not found.get(name)]
    if missing:
        raise FailedCheck(f"without {', '.join(missing)}")
    return f"CycloneDX {document['specVersion']}, {len(found)} packages"


@dataclass(frozen=True, slots=True)
class Place:
    """Where releases are rolled out to."""

    folder: Path
    server: str

    def roll_out(self, release: str, seconds: int = 60) -> tuple[int, str]:
        """Run roll_out.sh; its exit code and what it said."""
        way = self.folder / "way"
        way.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m tests.deploy.replica_way "$@"\n')
        way.chmod(0o755)
        done = subprocess.run(
            [SCRIPTS / "roll_out.sh", way, release, self.server],
            cwd=ROOT,
            env={
                **os.environ,
                "PATH": _PATH,
                "WAY_FOLDER": str(self.folder),
                "GATE_SECONDS": str(seconds),
            },
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        return done.returncode, done.stderr

    def expect(self, release: str, code: int, serving: str, said: str, seconds: int = 60) -> None:
        """Roll out, and hold what comes of it against what should."""
        found, text = self.roll_out(release, seconds)
        current = (self.folder / "current").read_text()
        if (found, current) != (code, serving) or said not in text:
            raise FailedCheck(f"{release}: exit code {found}, {current} serves\n{text}")

    def calls(self) -> list[str]:
        """What the way was asked to do so far."""
        return (self.folder / "calls").read_text().splitlines()


@contextmanager
def _place() -> Iterator[Place]:
    with tempfile.TemporaryDirectory() as name:
        folder, port = Path(name), free_port()
        (folder / "ports").write_text(f"{port} {free_port()}")
        try:
            yield Place(folder, f"127.0.0.1:{port}")
        finally:
            replica_way.stop(folder)


@check("deploy/release/roll_out.sh", "real replicas: good, never ready, without buttons")
def is_rolled_out_or_back() -> str:
    """What is good serves; what is not makes room for what was there before."""
    with _place() as place:
        place.expect("no-buttons", 3, "no-buttons", "nothing was there before it")
        place.expect("good", 0, "good", "good serves")
        place.expect("better", 0, "better", "better serves")
        before = place.calls()
        place.expect("absent", 1, "better", "Nothing was changed: better goes on serving")
        if place.calls() != before:
            raise FailedCheck(f"something was changed: {place.calls()}")
        place.expect("never-ready", 1, "better", "better serves again", seconds=10)
        place.expect("no-buttons", 1, "better", "It is ready, but generates nothing good")
        if place.calls()[-2:] != ["install no-buttons", "restore better"]:
            raise FailedCheck(f"it was not brought back: {place.calls()}")
    return "three rolled out, three not; each time the last good one serves"


@check("deploy/release/with_kubernetes.sh", "kubectl kustomize")
def image_gets_into_each_pod() -> str:
    """Each pod of the service, the migration's too, gets the image by its digest."""
    image = f"ghcr.io/revitron-grpc/revitron-grpc@sha256:{'7' * 64}"
    made = run_tool(SCRIPTS / "with_kubernetes.sh", "render", image)
    images = [line.split()[-1] for line in made.splitlines() if "image: ghcr.io" in line]
    if len(images) < 2 or set(images) != {image}:
        raise FailedCheck(f"images: {', '.join(images)}")
    if list((DEPLOY / "k8s" / "overlays").glob(".roll-out*")):
        raise FailedCheck("it leaves its folder behind")
    return f"{len(images)} pods"
