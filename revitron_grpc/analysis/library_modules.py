"""The Python files of an extension: what a script that imports them sees.

pyRevit puts on the path of a script its own folder, the `lib` of each level from the extension
down to it, and every library extension.
"""

import ast
from collections.abc import Mapping
from threading import RLock

from revitron_grpc.analysis.bodies import summary
from revitron_grpc.analysis.judge import Judge
from revitron_grpc.analysis.local_classes import settle
from revitron_grpc.analysis.metrics import survey
from revitron_grpc.analysis.nodes import nodes_by_class
from revitron_grpc.analysis.parse import parse
from revitron_grpc.analysis.resolve import ApiView
from revitron_grpc.analysis.scope import Scope
from revitron_grpc.analysis.search_path import RUN_BY_PYREVIT, ScriptLibrary, SearchPath
from revitron_grpc.analysis.statements import run_block
from revitron_grpc.analysis.types import UNKNOWN, Function, LocalClass, LocalProperty, Type
from revitron_grpc.analysis.walk import TooMuchWorkError, Walk
from revitron_grpc.vocabulary import Engine

MAX_MODULES = 2000
MAX_MODULE_BYTES = 16 * 1024 * 1024
"""Modules beyond this many, and beyond this size together, are not read: names they give stay
unknown."""
_MAX_IMPORTS_DEEP = 30
_READ = ast.Lambda(
    ast.arguments(posonlyargs=[], args=[], kwonlyargs=[], kw_defaults=[], defaults=[]),
    ast.Constant(None),
)


class ExtensionLibrary:
    """The modules of one extension, each analysed once for all scripts that import them.

    `files` maps paths below the extension's root, written with `/`, to their text or bytes;
    what does not end in `.py` is left alone. `shared_roots` are folders that every script has on
    its path, such as those of library extensions. All modules are read together when the first
    one is asked for, in the order of their paths, so that what circular imports see does not
    depend on who asks. Threads may share one.
    """

    def __init__(
        self,
        view: ApiView,
        engine: Engine,
        files: Mapping[str, str | bytes],
        shared_roots: tuple[str, ...] = (),
    ) -> None:
        self._view = view
        self._engine = engine
        self._sources = {path: text for path, text in files.items() if path.endswith(".py")}
        self._paths = frozenset(self._sources)
        self._folders = _folders(self._paths)
        self._shared = tuple(root.strip("/") for root in shared_roots)
        self._scopes: dict[str, Scope] | None = None
        self._reading = RLock()

    def for_script(self, path: str) -> ScriptLibrary:
        """Return what a script at that path below the extension's root can import."""
        return ScriptLibrary(self.search_path(path), self.scope)

    def search_path(self, path: str) -> SearchPath:
        """Return where the file at that path looks for its imports."""
        return SearchPath(self._paths, self._folders, path, self._shared)

    def scope(self, path: str) -> Scope | None:
        """Return the names of the module in that file; None for one that was not read."""
        scopes = self._scopes
        if scopes is None:
            with self._reading:
                scopes = self._scopes
                if scopes is None:
                    scopes = _Reader(self, self._view, self._engine, self._sources).read()
                    self._scopes = scopes
        return scopes.get(path)


class _Reader:
    """Reads all modules once; a circle of imports sees of its beginning what is bound by then."""

    def __init__(
        self,
        library: ExtensionLibrary,
        view: ApiView,
        engine: Engine,
        sources: Mapping[str, str | bytes],
    ) -> None:
        self._library = library
        self._view = view
        self._engine = engine
        self._sources = sources
        self._scopes: dict[str, Scope] = {}
        self._left = MAX_MODULE_BYTES
        self._depth = 0

    def read(self) -> dict[str, Scope]:
        """Return the scopes by path."""
        for path in sorted(self._sources):
            if _is_importable(path):
                self.scope(path)
        return self._scopes

    def scope(self, path: str) -> Scope | None:
        known = self._scopes.get(path)
        if known is not None:
            return known
        source = self._sources.get(path)
        if source is None or RUN_BY_PYREVIT.search(path) or self._depth >= _MAX_IMPORTS_DEEP:
            return None
        self._left -= len(source)
        if self._left < 0 or len(self._scopes) >= MAX_MODULES:
            return None
        return self._walked(path, source)

    def _walked(self, path: str, source: str | bytes) -> Scope:
        scope = self._scopes[path] = Scope()
        self._depth += 1
        try:
            parsed = parse(source)
            facts, _ = survey(parsed.tree, nodes_by_class(parsed.tree))
            facts.importable = True
            modules = ScriptLibrary(self._library.search_path(path), self.scope)
            walk = Walk(self._view, Judge(self._view, path), self._engine, facts, modules)
            walk.silent = 1
            walk.summarise = summary
            walk.scope = walk.module_scope = scope
            run_block(walk, parsed.tree.body)
            for value in tuple(scope.ever.values()):
                _settle(walk, value)
            for name in facts.global_names:
                scope.ever[name] = UNKNOWN
            scope.star_namespaces = tuple(walk.star_namespaces)
            scope.star_unknown = walk.star_unknown
            _let_go(walk)
        except (RecursionError, MemoryError, TooMuchWorkError):
            scope.ever = {}
        finally:
            self._depth -= 1
        return scope


def _is_importable(path: str) -> bool:
    """Whether an `import` can name that file: none can name `script - Copy.py`."""
    stem = path.rpartition("/")[2].removesuffix(".py")
    return stem.isidentifier() and not RUN_BY_PYREVIT.search(path)


def _let_go(walk: Walk) -> None:
    """Keep what functions return, not their trees: those are hundreds of times larger."""
    walk.release()
    for function in walk.defined:
        function.node = _READ


def _settle(walk: Walk, value: Type) -> None:
    """Find the results now: later, the names that a body reads would be another module's."""
    if isinstance(value, Function):
        _settle_function(walk, value)
    elif isinstance(value, LocalClass):
        settle(walk, value)
        for member in value.members.values():
            if isinstance(member, Function):
                _settle_function(walk, member)
            elif isinstance(member, LocalProperty):
                _settle_function(walk, member.getter)


def _settle_function(walk: Walk, function: Function) -> None:
    if not function.settled:
        function.settled = True
        if function.returns is None:
            function.returns = summary(walk, function)


def _folders(paths: frozenset[str]) -> frozenset[str]:
    found: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return frozenset(found)
