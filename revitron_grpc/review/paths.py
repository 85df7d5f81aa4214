"""Paths that callers state: which of them can be a place in an extension."""

import re
from pathlib import PurePosixPath

from revitron_grpc.bundles.reader import MAX_DEPTH
from revitron_grpc.review.items import MAX_FILE_PATH, MAX_PLACE

_DRIVE = re.compile(r"[A-Za-z]:")


def path_problem(path: str) -> str:
    """Say why a path is none of a file below its item's folder; empty where it is one."""
    if not path or PurePosixPath(path) == PurePosixPath():
        return "names no file"
    return _problem(path, MAX_FILE_PATH)


def folder_problem(path: str) -> str:
    """Say why a path is no place below an extension's root; empty where it is, or is the root."""
    return _problem(path, MAX_PLACE)


def _problem(path: str, most: int) -> str:
    if len(path) > most:
        return f"has {len(path)} characters; at most {most} are read"
    if not path.isprintable():
        return "has characters that cannot be printed"
    if "\\" in path:
        return "has a backslash; write forward slashes"
    if path.startswith("/") or _DRIVE.match(path):
        return "is absolute; make it relative to the extension's root"
    parts = PurePosixPath(path).parts
    if ".." in parts:
        return "leads outside by '..'"
    if len(parts) > MAX_DEPTH:
        return f"has {len(parts)} parts; at most {MAX_DEPTH} are read"
    return ""
