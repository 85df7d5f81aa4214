"""Make the source distribution and the wheel of a commit, the same bytes wherever it is done.

    python deploy/release/build_distributions.py OUT [--commit HEAD] [--tag v0.1.0]

Built is what git has of the commit, with the programs of the environment that runs this
(deploy/release/requirements.txt), and with the commit's time as the time of every file. Beside the
two stands SHA256SUMS.
"""

import argparse
import gzip
import hashlib
import io
import os
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]


def main() -> int:
    """Build; 0 if all went well, 1 if not, 2 for a wrong call."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("out", type=Path, metavar="OUT", help="folder for the files")
    parser.add_argument("--commit", default="HEAD", help="what to build")
    parser.add_argument("--tag", help="refuse to build unless this tag names the version")
    options = parser.parse_args()
    moment = _git("log", "-1", "--format=%ct", options.commit).strip()
    with tempfile.TemporaryDirectory() as name:
        source = Path(name) / "source"
        _check_out(options.commit, source)
        version = tomllib.loads((source / "pyproject.toml").read_text("utf-8"))["project"][
            "version"
        ]
        if options.tag is not None and options.tag != f"v{version}":
            print(f"{options.tag} is not the tag of version {version}, v{version}", file=sys.stderr)
            return 1
        options.out.mkdir(parents=True, exist_ok=True)
        built = subprocess.run(
            [sys.executable, "-m", "build", "--no-isolation", "--outdir", options.out, source],
            env={**os.environ, "SOURCE_DATE_EPOCH": moment, "TZ": "UTC", "PYTHONHASHSEED": "0"},
            # The wheel keeps the rights of its files.
            umask=0o022,
            check=False,
        )
        if built.returncode:
            return 1
    stem = f"revitron_grpc-{version}"
    archive = options.out / f"{stem}.tar.gz"
    _pack_again(archive, int(moment))
    names = sorted((archive.name, f"{stem}-py3-none-any.whl"))
    sums = "".join(
        f"{hashlib.sha256((options.out / name).read_bytes()).hexdigest()}  {name}\n"
        for name in names
    )
    (options.out / "SHA256SUMS").write_text(sums, encoding="utf-8", newline="\n")
    print(sums, end="")
    return 0


def _git(*words: str) -> str:
    return subprocess.run(
        ["git", *words], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout


def _check_out(commit: str, folder: Path) -> None:
    """Put the files of a commit there, with the same rights whatever the umask is."""
    folder.mkdir()
    packed = subprocess.run(
        ["git", "-c", "tar.umask=0022", "archive", "--format=tar", commit],
        cwd=ROOT,
        check=True,
        capture_output=True,
    ).stdout
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(folder, filter="tar")


def _pack_again(path: Path, moment: int) -> None:
    """Pack an archive again without who packed it, when, and in which order files were found."""
    with tarfile.open(path) as archive:
        members = sorted(archive.getmembers(), key=lambda member: member.name)
        contents = [archive.extractfile(one) if one.isfile() else None for one in members]
        packed = io.BytesIO()
        with tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as again:
            for member, content in zip(members, contents, strict=True):
                member.mtime, member.uid, member.gid = moment, 0, 0
                member.uname = member.gname = ""
                member.pax_headers = {}
                member.mode = 0o755 if member.isdir() or member.mode & 0o100 else 0o644
                again.addfile(member, content)
    # Level and header decide bytes too.
    path.write_bytes(gzip.compress(packed.getvalue(), compresslevel=9, mtime=moment))


if __name__ == "__main__":
    sys.exit(main())
