"""To whom files belong, by name, where the system has such names."""

import contextlib
import os
import shutil
from pathlib import Path


def owner_names(path: Path) -> tuple[str, str]:
    """Return the names of a file's user and group, "" for what has none."""
    try:
        user = path.owner()
    except (KeyError, NotImplementedError):
        user = ""
    try:
        return user, path.group()
    except (KeyError, NotImplementedError):
        return user, ""


def give_to(path: Path, user: str, group: str) -> None:
    """Give a file to its owners, if whoever runs this may, and the system knows them."""
    if os.name != "posix" or os.geteuid():
        return
    if user:
        with contextlib.suppress(LookupError):
            shutil.chown(path, user=user)
    if group:
        with contextlib.suppress(LookupError):
            shutil.chown(path, group=group)
