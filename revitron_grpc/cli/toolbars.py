"""What lies below the paths that `validate` was given: toolbars and loose scripts, as items.

A toolbar is an extension, a library extension, a folder that holds tabs (a checkout of an extension
under another name), or where there is none the folder that was named. It is read once: its modules
are what each of its scripts may import.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from revitron_grpc.bundles.folder_kinds import COMMANDS, kind_of, split_postfix
from revitron_grpc.errors import FieldViolation, InvalidInputError, Reason
from revitron_grpc.review.items import (
    MAX_FILES,
    ReviewItem,
    SourceFile,
    bundle_item,
    script_item,
)

MAX_ENTRIES = 50_000
"""Files and folders of one toolbar."""
_MAX_BYTES = 1024 * 1024
_ICON_HEADER_BYTES = 24
_ROOTS = (".extension", ".lib")
_TAB = ".tab"
_BUNDLE = "bundle.yaml"
_DEFINITION = "extension.json"
_OTHER_SCRIPTS = tuple(f"script.{ending}" for ending in ("cs", "vb", "rb", "dyn", "gh", "ghx"))
_NOT_OURS = frozenset({"__pycache__", "node_modules", "site-packages"})


@dataclass(frozen=True, slots=True)
class JudgedItem:
    """One item and what it is called: a script's path or a folder's, as the user named it.

    `button` is what a table calls the button, script or module that it belongs to.
    """

    item: ReviewItem
    shown: Path
    button: str

    def path_of(self, path: str) -> str:
        """What a path that a finding states is called."""
        return str(self.shown if self.item.folder is None else self.shown / path)


@dataclass(slots=True)
class Toolbar:
    """The root as it lies on the disk, what scripts may import, all folders, and the items."""

    root: Path
    modules: tuple[SourceFile, ...]
    layout: tuple[str, ...]
    items: list[JudgedItem] = field(default_factory=list)


def toolbars(paths: Iterable[Path]) -> list[Toolbar]:
    """Read what lies below the paths; what is named twice is judged once.

    Links are not followed; folders that begin with a dot, virtual environments and folders of
    installed packages are left out, and so are bundles whose name begins with `_`, which pyRevit
    leaves out as well.

    Raises `InvalidInputError` for a path that does not exist or cannot be read.
    """
    walk = _Walk()
    # Folders first: what lies in one belongs to its item, also where it is named by itself.
    for path in sorted(paths, key=lambda p: (not p.is_dir(), not _is_bundle_file(p))):
        if not path.exists():
            raise _wrong(path, "does not exist")
        try:
            walk.path(path)
        except OSError as error:
            raise _wrong(
                Path(error.filename or path), f"cannot be read: {error.strerror or error}"
            ) from error
    return [bar for bar in walk.found.values() if bar.items]


def typed_script(name: Path, source: bytes) -> Toolbar:
    """The toolbar of a script that is not read from the disk, as if it lay at `name`."""
    walk = _Walk()
    bar = walk.around(_absolute(name))
    walk.script(bar, name, source)
    return bar


class _Walk:
    """The toolbars met so far, and the places seen."""

    def __init__(self) -> None:
        self.found: dict[tuple[Path, tuple[str, ...]], Toolbar] = {}
        self._seen: set[Path] = set()

    def path(self, path: Path) -> None:
        """Add what a path names."""
        absolute = _absolute(path)
        if path.is_dir() and _root_of(absolute) is None and not _is_component(path.name):
            self._loose(path, None)
        elif path.is_dir():
            self._below(self.around(absolute), path)
        elif _is_bundle_file(path):
            self._folder(self.around(absolute.parent), path.parent)
        else:
            self.script(self.around(absolute), path, None)

    def around(self, absolute: Path) -> Toolbar:
        """The toolbar to which a script or a component belongs: an extension, or what is near."""
        root = _root_of(absolute)
        if root is not None:
            return self._toolbar(root)
        # Not the whole folder, which may be somebody's home.
        near = ("lib", absolute.name) if _is_component(absolute.name) else ("lib",)
        return self._toolbar(absolute.parent, near)

    def _toolbar(self, root: Path, only: tuple[str, ...] = ()) -> Toolbar:
        """The toolbar of a root, read when it is met first; `only` these of its folders."""
        known = self.found.get((root, only))
        if known is None:
            modules, layout = _contents(root, only)
            known = self.found[root, only] = Toolbar(root, modules, layout)
        return known

    def script(self, bar: Toolbar, path: Path, source: bytes | None) -> None:
        """Add one script by itself."""
        absolute = _absolute(path)
        if absolute in self._seen:
            return
        self._seen.add(absolute)
        relative = absolute.relative_to(bar.root)
        content = _read(path, _MAX_BYTES + 1) if source is None else source
        item = script_item(relative.as_posix(), content)
        bar.items.append(JudgedItem(item, path, _button(bar.root, relative, path)))

    def _loose(self, path: Path, bar: Toolbar | None) -> None:
        """A folder outside of any extension: extensions in it, bundles, scripts."""
        for entry in _entries(path):
            if entry.is_dir() and _root_of(_absolute(entry)) is not None:
                self._below(self._toolbar(_absolute(entry)), entry)
            elif entry.is_dir() and _is_component(entry.name):
                self._below(self.around(_absolute(entry)), entry)
            elif entry.is_dir():
                bar = bar or self._toolbar(_absolute(path))
                self._loose(entry, bar)
            elif entry.suffix.lower() == ".py":
                bar = bar or self._toolbar(_absolute(path))
                self.script(bar, entry, None)

    def _below(self, bar: Toolbar, path: Path) -> None:
        """A folder of a toolbar with all that is in it."""
        if _absolute(path) == bar.root or _is_component(path.name):
            self._folder(bar, path)
        for entry in _entries(path):
            if entry.is_dir():
                self._below(bar, entry)
            elif entry.suffix.lower() == ".py":
                self.script(bar, entry, None)

    def _folder(self, bar: Toolbar, path: Path) -> None:
        """Add a component of a toolbar: the files that lie in it, without folders in it."""
        absolute = _absolute(path)
        if absolute in self._seen:
            return
        self._seen.add(absolute)
        relative = absolute.relative_to(bar.root)
        names = [e.name for e in sorted(path.iterdir()) if e.is_file() and not e.is_symlink()]
        names.sort(key=lambda name: not _looked_at(name))
        files: dict[str, bytes] = {}
        for name in names[:MAX_FILES]:
            if absolute / name not in self._seen:
                files[name] = _relevant(path / name)
            self._seen.add(absolute / name)
        folder = "" if relative == Path() else relative.as_posix()
        button = _button(bar.root, relative / _BUNDLE, path)
        bar.items.append(JudgedItem(bundle_item(folder, files), path, button))


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100 - Path.resolve follows links


def _root_of(absolute: Path) -> Path | None:
    """The toolbar around a path, the outermost one."""
    around = [p for p in (absolute, *absolute.parents) if _is_toolbar(p)]
    return around[-1] if around else None


def _is_toolbar(path: Path) -> bool:
    if path.name.lower().endswith(_ROOTS):
        return True
    try:
        return any(name.lower().endswith(_TAB) for name in os.listdir(path))  # noqa: PTH208 - names
    except OSError:
        return False


def _is_bundle_file(path: Path) -> bool:
    return path.name.lower().endswith(_BUNDLE)


def _is_component(name: str) -> bool:
    return kind_of(split_postfix(name)[1]) is not None


def _entries(path: Path) -> Iterator[Path]:
    """What lies in a folder and is looked at, by name."""
    for entry in sorted(path.iterdir(), key=lambda entry: entry.name):
        name = entry.name
        if name.startswith(".") or name in _NOT_OURS or entry.is_symlink():
            continue
        if name.startswith("_") and _is_component(name):
            continue
        if entry.is_dir() and (entry / "pyvenv.cfg").exists():
            continue
        yield entry


def _contents(root: Path, only: tuple[str, ...]) -> tuple[tuple[SourceFile, ...], tuple[str, ...]]:
    """The modules below a root, and the folders of an extension.

    A library extension beside an extension counts: pyRevit puts it on the path of every script.
    """
    modules: list[SourceFile] = []
    layout: list[str] = []
    budget = MAX_ENTRIES

    def walk(folder: Path, name: PurePosixPath, wanted: tuple[str, ...] = ()) -> None:
        nonlocal budget
        for entry in _entries(folder):
            budget -= 1
            if budget < 0:
                raise _wrong(
                    root, f"holds more than {MAX_ENTRIES} files and folders; name a part of it"
                )
            place = name / entry.name
            if entry.is_dir():
                if (wanted and entry.name not in wanted) or _is_toolbar(entry):
                    continue
                layout.append(place.as_posix())
                walk(entry, place)
            elif _is_module(entry.name):
                modules.append(SourceFile(place.as_posix(), _read(entry, _MAX_BYTES + 1)))

    if root.is_dir():
        walk(root, PurePosixPath(), only)
    if not _is_toolbar(root):
        return tuple(modules), ()
    folders = tuple(layout)
    for entry in _entries(root.parent):
        if entry.is_dir() and entry.name.lower().endswith(".lib") and entry != root:
            walk(entry, PurePosixPath(entry.name))
    return tuple(modules), folders


def _is_module(name: str) -> bool:
    lower = name.lower()
    return lower.endswith(".py") and not lower.endswith(("script.py", "config.py"))


def _looked_at(name: str) -> bool:
    lower = name.lower()
    return lower.endswith((".py", _BUNDLE, *_OTHER_SCRIPTS)) or lower.startswith("icon")


def _relevant(path: Path) -> bytes:
    """As much of a file as the rules look at."""
    name = path.name.lower()
    if name == _DEFINITION or name.endswith((".py", _BUNDLE, *_OTHER_SCRIPTS)):
        return _read(path, _MAX_BYTES + 1)
    return _read(path, _ICON_HEADER_BYTES) if name.startswith("icon") else b""


def _read(path: Path, limit: int) -> bytes:
    with path.open("rb") as file:
        return file.read(limit)


def _button(root: Path, relative: Path, shown: Path) -> str:
    """The outermost command around a file; else its folder, if the whole folder is meant; else it.

    In a toolbar the name begins with the toolbar's.
    """
    parents = relative.parts[:-1]
    extension = (root.name,) if _is_toolbar(root) else ()
    for index, part in enumerate(parents):
        if kind_of(split_postfix(part)[1]) in COMMANDS:
            return PurePosixPath(*extension, *parents[: index + 1]).as_posix()
    if not extension:
        return shown.as_posix()
    whole = relative.name == _BUNDLE
    return PurePosixPath(*extension, *(parents if whole else relative.parts)).as_posix()


def _wrong(path: Path, what: str) -> InvalidInputError:
    return InvalidInputError(Reason.INVALID_REQUEST, (FieldViolation(str(path), what),))
