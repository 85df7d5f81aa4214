"""The import system of a simulated run: each script sees modules of its own Revit alone.

Nothing of Python's own import system is changed, so several scripts can run at once in threads.
"""

import ast
from collections.abc import Callable
from types import ModuleType
from typing import Any

from revitron_grpc.analysis.nodes import nodes_by_class
from revitron_grpc.simulation.api import Namespace
from revitron_grpc.simulation.errors import NotSimulated
from revitron_grpc.simulation.net.namespaces import namespace_named
from revitron_grpc.simulation.pyrevit.modules import build_pyrevit
from revitron_grpc.simulation.revitron.modules import build_revitron
from revitron_grpc.simulation.session import Session
from revitron_grpc.simulation.standard_modules import standard_module

_PYREVIT = "pyrevit"
_REVITRON = "revitron"


class Importer:
    """Answers the imports of one run."""

    def __init__(
        self,
        session: Session,
        star_names: frozenset[str],
        execute: Callable[[str, dict[str, Any]], Any],
    ) -> None:
        """`star_names` are the names that the script reads: all that `import *` must bring.

        `execute` runs the source of a module of the script's own extension in a scope.
        """
        self._session = session
        self.star_names = star_names
        self._execute = execute
        self._modules: dict[str, Any] = {}
        self._makers: dict[str, Callable[[Session], dict[str, Any]]] = {
            _PYREVIT: build_pyrevit,
            _REVITRON: build_revitron,
        }

    def __call__(
        self,
        name: str,
        globals: dict[str, Any] | None = None,  # noqa: A002 - as `__import__` calls it
        locals: dict[str, Any] | None = None,  # noqa: A002, ARG002
        fromlist: tuple[str, ...] | None = (),
        level: int = 0,
    ) -> Any:
        """Stand in for `__import__`."""
        if level:
            name = _absolute(name, (globals or {}).get("__package__"), level)
        module = self.module(name)
        if not fromlist:
            return self.module(name.partition(".")[0]) if "." in name else module
        if "*" in fromlist:
            return self._everything(module)
        for wanted in fromlist:
            try:
                getattr(module, wanted)
            except AttributeError:
                if self._submodule(f"{name}.{wanted}") is None:
                    raise ImportError(f"cannot import name '{wanted}' from '{name}'") from None
        return module

    def module(self, name: str) -> Any:
        """Return a module by its full name; raises `ImportError` as the engine does."""
        found = self._modules.get(name)
        if found is None:
            found = self._find(name)
            if found is None:
                raise ImportError(f"No module named {name}")
            self._modules[name] = found
        return found

    def _submodule(self, name: str) -> Any:
        try:
            return self.module(name)
        except ImportError:
            return None

    def _find(self, name: str) -> Any:
        root = name.partition(".")[0]
        if root == "Autodesk":
            return self._autodesk(name)
        if root in self._makers:
            if root not in self._modules:
                self._modules.update(self._makers[root](self._session))
            known = self._session.api.catalog.python_api.is_known_module
            if name not in self._modules and known(name):
                raise NotSimulated(name)
            return self._modules.get(name)
        if self._is_own(name):
            return self._own(name)
        found = namespace_named(name, self._session)
        if found is not None:
            return found
        return standard_module(name, self._session)

    def _is_own(self, name: str) -> bool:
        sources = self._session.sources
        return name in sources or any(held.startswith(f"{name}.") for held in sources)

    def _own(self, name: str) -> Any:
        """Run a module of the script's own extension; a folder without code is empty."""
        package, _, simple = name.rpartition(".")
        above = self.module(package) if package else None
        module = ModuleType(name)
        is_package = any(held.startswith(f"{name}.") for held in self._session.sources)
        module.__package__ = name if is_package else package
        # Before it runs, so that modules can import each other.
        self._modules[name] = module
        source = self._session.sources.get(name)
        if source is not None:
            try:
                self._execute(source, vars(module))
            except BaseException:
                del self._modules[name]
                raise
        if above is not None:
            setattr(above, simple, module)
        return module

    def _autodesk(self, name: str) -> Any:
        api = self._session.api
        if name in ("Autodesk", "Autodesk.Revit") or api.catalog.namespace_exists(name):
            return api.namespace(name)
        return None

    def _everything(self, module: Any) -> Any:
        if not isinstance(module, Namespace):
            return module
        taken = ModuleType(module.__name__)
        for name in sorted(self.star_names):
            try:
                setattr(taken, name, getattr(module, name))
            except (AttributeError, NotSimulated):
                continue
        return taken


def _absolute(name: str, package: str | None, level: int) -> str:
    """Resolve a relative import; raises `ImportError` outside of a package."""
    parts = package.split(".") if package else []
    if level > len(parts):
        raise ImportError("attempted relative import with no known parent package")
    kept = parts[: len(parts) - level + 1]
    return ".".join([*kept, name] if name else kept)


def names_read(tree: ast.Module) -> frozenset[str]:
    """Return all names that a script reads: what `import *` has to bring."""
    return frozenset(node.id for node in nodes_by_class(tree).of(ast.Name))
