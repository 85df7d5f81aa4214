"""Where a file's imports are looked for among the files of its extension."""

import re
import sys
from collections.abc import Callable

from revitron_grpc.analysis.scope import Scope

# What pyRevit itself runs is imported by nobody, and is most of the text of an extension.
RUN_BY_PYREVIT = re.compile(r"(^|/)(\w*script|startup)\.py$|(^|/)(hooks|checks)/")


class SearchPath:
    """The folders from which one file imports, nearest first, over a set of known files.

    Paths are written with `/`, relative to the extension's root; the root itself is "". What
    stands for a module is its file, or its folder with a `/` at the end.
    """

    def __init__(
        self,
        files: frozenset[str],
        folders: frozenset[str],
        importer: str,
        shared_roots: tuple[str, ...],
    ) -> None:
        stem = importer.rpartition("/")[2].removesuffix(".py")
        self.importable = stem.isidentifier() and not RUN_BY_PYREVIT.search(importer)
        """Whether another file can import this one."""
        self._files = files
        self._folders = folders
        self._own = importer.rpartition("/")[0]
        found = [self._own]
        level = self._own
        while True:
            lib = f"{level}/lib" if level else "lib"
            if lib in folders:
                found.append(lib)
            if not level:
                break
            level = level.rpartition("/")[0]
        self._roots = tuple(dict.fromkeys((*found, *shared_roots)))

    def find(self, name: str) -> str | None:
        """Return what stands for an absolute dotted name; None where there is nothing."""
        for root in self._roots:
            found = self._below(f"{root}/" if root else "", name)
            if found is not None:
                return found
        return None

    def relative(self, level: int, name: str) -> str | None:
        """Return what stands for a name with `level` dots before it."""
        folder = self._own
        for _ in range(level - 1):
            if not folder:
                return None
            folder = folder.rpartition("/")[0]
        start = f"{folder}/" if folder else ""
        return self._below(start, name) if name else start or None

    def below(self, path: str, name: str) -> str | None:
        """Return a submodule of what stands for a package."""
        return self._below(path, name) if path.endswith("/") else None

    def _below(self, start: str, name: str) -> str | None:
        at = start
        *packages, last = name.split(".")
        for part in packages:
            at = f"{at}{part}/"
            if at[:-1] not in self._folders:
                return None
        if f"{at}{last}/__init__.py" in self._files:
            return f"{at}{last}/"
        if f"{at}{last}.py" in self._files:
            return f"{at}{last}.py"
        return f"{at}{last}/" if f"{at}{last}" in self._folders else None


class ScriptLibrary:
    """The modules of an extension as one of its scripts finds them."""

    def __init__(self, path: SearchPath, scope_of: Callable[[str], Scope | None]) -> None:
        self._path = path
        self._scope_of = scope_of

    @property
    def importable(self) -> bool:
        """Whether another file can import this one, and call what it defines."""
        return self._path.importable

    def find(self, name: str) -> str | None:
        """Return what stands for a dotted name; None also where Python has that module itself."""
        if name.partition(".")[0] in sys.stdlib_module_names:
            return None
        return self._path.find(name)

    def relative(self, level: int, name: str) -> str | None:
        """Return what `from ..name import` stands for in this script."""
        return self._path.relative(level, name)

    def below(self, path: str, name: str) -> str | None:
        """Return a submodule of what `find` gave."""
        return self._path.below(path, name)

    def scope(self, path: str) -> Scope | None:
        """Return the names of what `find` gave; None where they are not known."""
        return self._scope_of(f"{path}__init__.py" if path.endswith("/") else path)


NO_LIBRARY = ScriptLibrary(
    SearchPath(frozenset(), frozenset(), "script.py", ()), lambda _path: None
)
"""What a script imports that was given without any other file."""
