"""Ports, names and paths are in `deploy/names.yaml` once; what repeats them agrees with it."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from tests.deploy.artefact import DEPLOY, ROOT, FailedCheck, check

_PATH = re.compile(r"/(?:opt|etc|var/lib|var/log|var/backups|run|run/secrets)/revitron[-_]grpc\b")
# A registry has a dot in its name; without one it is a path.
_IMAGE = re.compile(r"(?<![\w./-])[\w-]+(?:\.[\w-]+)+/[\w.-]+/revitron[-_]grpc(?=[:@\s\"'])")
# Not `redis:6379`, a host and its port, nor `postgres:postgres`, a file's owner.
_STORE = re.compile(
    r"\b(?:docker\.io/|library/)*(?:postgres|redis):(?:latest\b|\d+[.-][\w.-]+|\d{1,2}\b)"
)
_PORT = re.compile(r"(?:[pP]ort[\"']?:\s*|localhost:|127\.0\.0\.1:|[\w-]+\.example:)(\d{2,5})\b")


def names() -> dict[str, Any]:
    """Return what the file says."""
    return yaml.safe_load((DEPLOY / "names.yaml").read_text(encoding="utf-8"))


def _texts() -> Iterator[tuple[Path, int, str]]:
    for path in sorted(DEPLOY.rglob("*")):
        if path.is_dir() or "__pycache__" in path.parts or path.name == "names.yaml":
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            yield path, number, line


def _ports(ports: dict[str, int]) -> set[int]:
    each_replica = {ports[kind] + n for kind in ("grpc", "http") for n in range(3)}
    return each_replica | set(ports.values())


@check("deploy/", "names.yaml")
def one_source() -> str:
    """Every port, path and image in the kit is one of the list."""
    known = names()
    paths, ports = set(known["paths"].values()), _ports(known["ports"])
    wrong: list[str] = []
    seen = 0
    for path, number, line in _texts():
        where = f"{path.relative_to(ROOT)}:{number}"
        for found in _PATH.findall(line):
            seen += 1
            if found not in paths:
                wrong.append(f"{where}: the path {found}")
        for found in _IMAGE.findall(line):
            seen += 1
            if found != known["image"] and not found.startswith(("github.com", "https")):
                wrong.append(f"{where}: the image {found}")
        for found in _STORE.findall(line):
            seen += 1
            if found not in known["store_images"].values():
                wrong.append(f"{where}: the image {found}")
        for found in _PORT.findall(line):
            seen += 1
            if int(found) not in ports:
                wrong.append(f"{where}: the port {found}")
    if wrong:
        raise FailedCheck(f"{len(wrong)} not in deploy/names.yaml\n" + "\n".join(wrong))
    return f"{seen} ports, paths and images agree"
