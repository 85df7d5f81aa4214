"""The Python modules that a script may import from its own extension's folders."""

from collections.abc import Iterable
from pathlib import Path

MAX_MODULES = 500
"""Modules that are read of one extension."""


def library_folders(script: Path) -> list[Path]:
    """Return the folders from which pyRevit lets a script import, nearest first.

    The bundle's own folder and its `lib`, then the `lib` of each folder above up to the extension.
    """
    folders = [script.parent]
    for folder in script.parents:
        if (folder / "lib").is_dir():
            folders.append(folder / "lib")
        if folder.suffix == ".extension":
            break
    return folders


def read_library(folders: Iterable[Path]) -> dict[str, str]:
    """Return the sources of all modules in these folders by full name; nearer ones win.

    Files that are not UTF-8 are left out: importing them fails as it would for a script.
    """
    found: dict[str, str] = {}
    for folder in folders:
        for path in sorted(folder.rglob("*.py")):
            parts = list(path.relative_to(folder).with_suffix("").parts)
            if parts[-1] == "__init__":
                parts.pop()
            if not parts or not all(part.isidentifier() for part in parts):
                continue
            if len(found) >= MAX_MODULES:
                return found
            try:
                found.setdefault(".".join(parts), path.read_text(encoding="utf-8"))
            except UnicodeDecodeError:
                continue
    return found
