"""The versions of packages that are installed together: by the tests, on a server, in the image.

`python -m tests.deploy.versions` writes them anew: what `pyproject.toml` asks for since is added,
all else kept; with `--upgrade` every version is the newest that it allows.
"""

import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.deploy.artefact import DEPLOY, FailedCheck, check, run_tool

CONSTRAINTS = DEPLOY / "constraints.txt"
IMAGE = DEPLOY / "docker" / "requirements.txt"


@check("deploy/constraints.txt", "uv pip compile")
def constrained() -> str:
    """There is a version of each package that pyproject.toml asks for, and of no other."""
    _hold(CONSTRAINTS, lock)
    return f"{_count(CONSTRAINTS)} packages, for each system and each Python"


@check("deploy/docker/requirements.txt", "uv pip compile")
def pinned() -> str:
    """What is in the image is what pyproject.toml asks for, in the versions that were tried."""
    _hold(IMAGE, lock_image)
    return f"{_count(IMAGE)} packages, with hashes, in the versions of deploy/constraints.txt"


def lock(file: Path, *options: str) -> None:
    """Write a version of every package that some extra of the project needs on some system."""
    _compile("--all-extras", "--universal", "--output-file", file, *options)


def lock_image(file: Path) -> None:
    """Write the requirements of the image, with the hashes of their files."""
    _compile(
        *("--extra", "server", "--extra", "postgres", "--extra", "tracing"),
        *("--constraint", CONSTRAINTS, "--python-platform", "linux", "--generate-hashes"),
        *("--output-file", file),
    )


def _compile(*options: str | Path) -> None:
    run_tool(
        *(sys.executable, "-m", "uv", "pip", "compile", "--quiet", "pyproject.toml"),
        *("--python-version", "3.11", "--no-header", "--no-annotate", *options),
    )


def _hold(file: Path, again: Callable[[Path], None]) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        # uv keeps the versions that it finds in the file it writes.
        written = Path(shutil.copy(file, temporary))
        again(written)
        if written.read_text(encoding="utf-8") != file.read_text(encoding="utf-8"):
            raise FailedCheck(
                "pyproject.toml asks for something else now: "
                "run `python -m tests.deploy.versions`, look at the difference, commit it"
            )


def _count(file: Path) -> int:
    return file.read_text(encoding="utf-8").count("==")


if __name__ == "__main__":
    lock(CONSTRAINTS, *sys.argv[1:])
    lock_image(IMAGE)
