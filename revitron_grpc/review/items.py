"""What is reviewed, for what, and what comes of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from revitron_grpc.analysis.findings import Finding
from revitron_grpc.analysis.selection import EVERYTHING, RuleSelection
from revitron_grpc.button_spec import ApiRequirement, ImplementationComplexity, VersionVerdict
from revitron_grpc.vocabulary import Engine, RevitVersion

MAX_FILES = 200
"""Files of one item."""
MAX_ITEM_BYTES = 3 * 1024 * 1024
"""Bytes of all files of one item together."""
MAX_FILE_PATH = 200
"""Characters of a file's path within its item."""
MAX_PLACE = 400
"""Characters of a path within an extension."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file by its path with forward slashes; nothing about its content is known."""

    path: str
    content: bytes


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """One script, or the files of one folder of an extension.

    `folder` is None for a script, whose one file has its path relative to the extension's root.
    For a bundle, `folder` is its own path relative to the root, such as
    `My.tab/Tools.panel/Check.pushbutton`, empty for the root itself; the paths of its files are
    relative to that folder. A tab, panel, stack or pulldown is an item too: its files are those
    of its own folder, and what it holds stands in the options' layout.
    """

    id: str
    files: tuple[SourceFile, ...]
    folder: str | None = None


@dataclass(frozen=True, slots=True)
class ReviewOptions:
    """How all items are reviewed.

    `engine` is the one of scripts whose first line is not `#! python3`, which pyRevit gives to
    CPython. `lib_files` are modules that scripts may import, by path relative to the root of the
    extension, such as `lib/office/names.py`. `layout` are all folders of the extension; without
    it nothing is said about what stands around a bundle.
    """

    revit_versions: tuple[RevitVersion, ...]
    engine: Engine = Engine.IRONPYTHON_27
    pyrevit_version: str = ""
    selection: RuleSelection = EVERYTHING
    lib_files: tuple[SourceFile, ...] = ()
    layout: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewReport:
    """What was found about one item.

    `findings` are in order of path and position, `revit_compatibility` in order of version,
    `api_requirements` in order of symbol. A version is incompatible where an error concerns it, or
    one that has nothing to do with versions. `complexity` is None if the item has no script.
    `unresolved_receivers` counts the values whose type could not be known, so that their members
    were not judged.
    """

    id: str
    findings: tuple[Finding, ...]
    revit_compatibility: tuple[VersionVerdict, ...]
    api_requirements: tuple[ApiRequirement, ...] = ()
    complexity: ImplementationComplexity | None = None
    unresolved_receivers: int = 0


def script_item(path: str, content: bytes, *, id: str = "") -> ReviewItem:  # noqa: A002
    """Return the item of one script; without an `id` its path names it."""
    return ReviewItem(id or path, (SourceFile(path, content),))


def bundle_item(folder: str, files: Mapping[str, bytes], *, id: str = "") -> ReviewItem:  # noqa: A002
    """Return the item of one folder; `files` are by path relative to it."""
    found = tuple(SourceFile(path, content) for path, content in files.items())
    return ReviewItem(id or folder, found, folder)
