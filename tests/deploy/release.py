"""A release: built to the same bytes twice, described, and rolled out past a gate, or back."""

import json
import os
import shutil
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
IMAGE = f"ghcr.io/revitron-grpc/revitron-grpc@sha256:{'7' * 64}"
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


@check("deploy/release/build_distributions.py", "the steps of release.yml in two clones; twine")
def is_built_to_the_same_bytes() -> str:
    """The workflow's own steps build the last commit twice; neither umask nor folder matter."""
    version = _version()
    build = step("release.yml", "build", "build_distributions.py")
    notes = step("release.yml", "build", "notes.sh")
    sums: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        clone, other = Path(name) / "clone", Path(name) / "other"
        for folder in (clone, other):
            run_tool("git", "clone", "--quiet", "--shared", ROOT, folder)
            # The scripts as they stand, also before they are committed.
            shutil.copytree(SCRIPTS, folder / "deploy" / "release", dirs_exist_ok=True)
        once = build.splitlines()[0]
        for folder, script in ((clone, build), (other, f"umask 0077\n{once}")):
            run_step(script, folder, GITHUB_REF_NAME=f"v{version}")
            sums.append((folder / "dist" / "SHA256SUMS").read_text(encoding="utf-8"))
        if sums[0] != sums[1]:
            raise FailedCheck(f"not the same bytes\n{sums[0]}{sums[1]}")
        run_step(step("release.yml", "build", "twine check"), clone)
        run_step(notes, clone, GITHUB_REF_NAME=f"v{version}")
        if not (clone / "dist" / "notes.md").read_text(encoding="utf-8").strip():
            raise FailedCheck("the page of the release would be empty")
        for script in (build, notes):
            _must_fail(script, clone, "v9.9.9")
        run_step(step("release.yml", "publish", "sha256sum --check"), clone)
        uploaded = sorted(path.suffix for path in (clone / "upload").iterdir())
        if uploaded != [".gz", ".whl"]:
            raise FailedCheck(f"PyPI would get {uploaded}")
    return "three builds, one result; a tag of another version is refused"


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

    def roll_out(self, release: str) -> tuple[int, str]:
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
                "GATE_SECONDS": "3",
            },
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        return done.returncode, done.stderr

    def expect(self, release: str, code: int, serving: str, said: str) -> None:
        """Roll out, and hold what comes of it against what should."""
        found, text = self.roll_out(release)
        file = self.folder / "current"
        current = file.read_text() if file.exists() else ""
        if (found, current) != (code, serving) or said not in text:
            raise FailedCheck(f"{release}: exit code {found}, {current} serves\n{text}")


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
        place.expect("absent", 3, "", "nothing was there before it")
        place.expect("good", 0, "good", "good serves")
        place.expect("absent", 1, "good", "Nothing was changed: good goes on serving")
        place.expect("never-ready", 1, "good", "Not ready after 3 s")
        place.expect("no-buttons", 1, "good", "It is ready, but generates nothing good")
        (place.folder / "lost").touch()
        place.expect("never-ready", 3, "never-ready", "good does not come back")
        calls = (place.folder / "calls").read_text().splitlines()
    back = ["restore good", "install no-buttons", "restore good", "install never-ready"]
    if calls != ["install good", "install never-ready", *back]:
        raise FailedCheck(f"something else was done: {calls}")
    return "one rolled out, four not; the last good one serves, or somebody is called"


@check("deploy/release/with_kubernetes.sh", "kustomize")
def image_gets_into_each_pod() -> str:
    """Each pod of the service, the migration's too, gets the image by its digest."""
    made = run_tool(SCRIPTS / "with_kubernetes.sh", "render", IMAGE)
    images = [line.split()[-1] for line in made.splitlines() if "image: ghcr.io" in line]
    if len(images) < 2 or set(images) != {IMAGE}:
        raise FailedCheck(f"images: {', '.join(images)}")
    if list((DEPLOY / "k8s" / "overlays").glob(".roll-out*")):
        raise FailedCheck("it leaves its folder behind")
    return f"{len(images)} pods"


# A cluster that knows the number of the rollout and nothing else, and a client that takes only the
# first one to be good. What they are asked for stands in `calls`.
_KUBECTL = """#!/bin/sh
echo "$*" >>"$CLUSTER/calls"
case "$*" in
*"get deployment revitron-grpc "*) printf '%s an-image' "$(cat "$CLUSTER/number")" ;;
"apply --filename -") cat >"$CLUSTER/applied" && echo 8 >"$CLUSTER/number" ;;
*"rollout undo "*) echo 9 >"$CLUSTER/number" ;;
esac
"""
_CLIENT = """#!/bin/sh
[ "$(cat "$CLUSTER/number")" != 8 ]
"""


@check("deploy/release/roll_out.sh with_kubernetes.sh", "a kubectl that writes down its calls")
def cluster_goes_back() -> str:
    """The Job goes before it is applied again, and the rollout of before comes back."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "number").write_text("7")
        for program, text in (("kubectl", _KUBECTL), ("client", _CLIENT)):
            (folder / program).write_text(text)
            (folder / program).chmod(0o755)
        environment = {
            **os.environ,
            "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}",
            "CLUSTER": name,
            "GATE_COMMAND": str(folder / "client"),
            "GATE_SECONDS": "0",
        }
        said = run_tool(
            *(SCRIPTS / "roll_out.sh", SCRIPTS / "with_kubernetes.sh", IMAGE, "127.0.0.1:1"),
            env=environment,
            accepted=(1,),
        )
        applied = (folder / "applied").read_text()
        calls = (folder / "calls").read_text().splitlines()
    changes = [call.removeprefix("--namespace revitron-grpc ") for call in calls]
    changes = [call for call in changes if not call.startswith("get ")]
    wait = "rollout status deployment/revitron-grpc --timeout 600s"
    expected = [
        "delete job revitron-grpc-database --ignore-not-found",
        *("apply --filename -", wait),
        *("rollout undo deployment/revitron-grpc --to-revision 7", wait),
    ]
    if changes != expected or IMAGE not in applied or "7 an-image serves again" not in said:
        raise FailedCheck("\n".join(("", *changes, said)))
    return "a new one that is not good, and back"
