"""The wheel of this tree, as a release would have it."""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from email.parser import HeaderParser
from pathlib import Path
from zipfile import ZipFile

from tests.deploy.artefact import ROOT, run_tool


def build_wheel(
    folder: Path, version: str | None = None, added: Mapping[str, str] | None = None
) -> Path:
    """Build the wheel from the files that git knows, as they stand now.

    Args:
        folder: where it is put.
        version: another version than the project's, for trying an upgrade.
        added: further files of that release, path to text.

    Raises:
        FailedCheck: it cannot be built.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        # A build in the tree would find its own leftovers.
        source, built = Path(temporary, "source"), Path(temporary, "built")
        known = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for name in filter(None, known.split("\0")):
            if name.startswith("revitron_grpc/") or "/" not in name:
                if not (ROOT / name).is_file():
                    continue
                (source / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, source / name)
        if version:
            project = source / "pyproject.toml"
            lines = project.read_text(encoding="utf-8").splitlines(keepends=True)
            changed = [
                f'version = "{version}"\n' if x.startswith("version =") else x for x in lines
            ]
            project.write_text("".join(changed), encoding="utf-8")
        for name, text in (added or {}).items():
            (source / name).write_text(text, encoding="utf-8")
        run_tool(
            *(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"),
            *("--disable-pip-version-check", "--wheel-dir", built, source),
        )
        found = next(built.glob("*.whl"))
        return Path(shutil.copy2(found, folder / found.name))


def requirements(wheel: Path) -> list[str]:
    """Return what a wheel asks for, with the extra that each is for."""
    with ZipFile(wheel) as archive:
        name = next(n for n in archive.namelist() if n.endswith(".dist-info/METADATA"))
        text = archive.read(name).decode()
    return HeaderParser().parsestr(text).get_all("Requires-Dist") or []
