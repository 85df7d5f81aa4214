"""The versions of packages that are installed together: by the tests, on a server, in the image.

`python -m tests.deploy.versions` writes them anew: what is asked for since is added, all else kept;
with `--upgrade` every version is the newest that is allowed.
"""

import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.deploy.artefact import DEPLOY, ROOT, FailedCheck, check, run_tool

CONSTRAINTS = DEPLOY / "constraints.txt"


@dataclass(frozen=True, slots=True)
class Versions:
    """A file that names one version of each package, compiled by uv from what a source asks for."""

    file: Path
    source: Path
    options: tuple[str | Path, ...]

    def write(self, file: Path, *more: str) -> None:
        """Write them to a file; versions that it has and that still fit are kept."""
        run_tool(
            *(sys.executable, "-m", "uv", "pip", "compile", "--quiet", self.source),
            *("--python-version", "3.11", "--no-header", "--no-annotate"),
            *(*self.options, *more, "--output-file", file),
        )

    def held(self) -> str:
        """Check that the file has a version of each package that is asked for, and of no other."""
        with tempfile.TemporaryDirectory() as temporary:
            again = Path(shutil.copy(self.file, temporary))
            self.write(again)
            text = self.file.read_text(encoding="utf-8")
            if again.read_text(encoding="utf-8") != text:
                raise FailedCheck(
                    f"{self.source.relative_to(ROOT)} asks for something else now: "
                    "run `python -m tests.deploy.versions`, look at the difference, commit it"
                )
        return f"{text.count('==')} packages, all that {self.source.relative_to(ROOT)} asks for"


def _beside(file: Path, *options: str) -> Versions:
    return Versions(file, file.with_suffix(".in"), ("--universal", *options))


VERSIONS = (
    Versions(CONSTRAINTS, ROOT / "pyproject.toml", ("--all-extras", "--universal")),
    Versions(
        DEPLOY / "docker" / "requirements.txt",
        ROOT / "pyproject.toml",
        (
            *("--extra", "server", "--extra", "postgres", "--extra", "tracing"),
            *("--constraint", CONSTRAINTS, "--python-platform", "linux", "--generate-hashes"),
        ),
    ),
    _beside(DEPLOY / "release" / "requirements.txt", "--generate-hashes"),
    _beside(ROOT / "tests" / "deploy" / "ansible-requirements.txt"),
)
"""The constraints first: the image has their versions."""

for _versions in VERSIONS:
    check(str(_versions.file.relative_to(ROOT)), "uv pip compile")(_versions.held)


if __name__ == "__main__":
    for _versions in VERSIONS:
        _versions.write(_versions.file, *sys.argv[1:])
