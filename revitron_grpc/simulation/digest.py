"""The digest of the simulation: names which Revit of ours a script was run in."""

import hashlib
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

from revitron_grpc.catalog.query import Catalog


def simulation_digest(catalog: Catalog) -> str:
    """Return a digest over the simulation's own files and the catalog that it is made from."""
    return hashlib.sha256(f"{_files_digest()}\0{catalog.digest}".encode()).hexdigest()


@cache
def _files_digest() -> str:
    digest = hashlib.sha256()
    for name, content in sorted(_files(resources.files("revitron_grpc.simulation"), "")):
        digest.update(f"{name}\0".encode() + content + b"\0")
    return digest.hexdigest()


def _files(folder: Traversable, path: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for entry in folder.iterdir():
        name = f"{path}/{entry.name}"
        if entry.is_dir():
            if entry.name != "__pycache__":
                found += _files(entry, name)
        elif entry.name.endswith((".py", ".csv")):
            # A checkout on Windows may have other line ends.
            found.append((name, entry.read_bytes().replace(b"\r\n", b"\n")))
    return found
