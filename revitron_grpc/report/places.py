"""Where a finding stands, as other programs want it: relative to a root, with slashes."""

import os
from pathlib import Path, PurePath
from urllib.parse import quote


def relative_path(path: str, root: Path) -> str | None:
    """The path below `root` with slashes, `.` for the root itself; None where it lies elsewhere.

    Links are not resolved: the path is meant as it was given.
    """
    absolute = PurePath(os.path.abspath(path))  # noqa: PTH100 - Path.resolve follows links
    base = PurePath(os.path.abspath(root))  # noqa: PTH100
    try:
        return absolute.relative_to(base).as_posix()
    except ValueError:
        return None


def relative_uri(path: str, root: Path) -> str | None:
    """The relative path as a URI reference, percent-encoded; None where it lies elsewhere."""
    relative = relative_path(path, root)
    return None if relative is None else quote(relative)
