"""The modules of pyRevit for one run."""

from collections.abc import Callable
from types import ModuleType
from typing import Any

from revitron_grpc.catalog.load import packaged_catalog
from revitron_grpc.simulation.pyrevit import (
    alerts,
    application,
    bars,
    config,
    coreutils,
    inputs,
    lists,
    logger,
    output,
    query,
    script,
    selection,
    selectors,
    transactions,
)
from revitron_grpc.simulation.pyrevit.exceptions import (
    PyRevitCPythonNotSupported,
    PyRevitException,
    PyRevitIOError,
)
from revitron_grpc.simulation.pyrevit.known import LibraryModule
from revitron_grpc.simulation.session import Session
from revitron_grpc.vocabulary import Engine

# From this year on Revit runs on .NET Core.
_NET_CORE = 2025


def _names(*written: ModuleType) -> dict[str, Any]:
    """Collect what modules of ours define under names that pyRevit has."""
    return {
        name: value
        for module in written
        for name, value in vars(module).items()
        if not name.startswith("_") and getattr(value, "__module__", "") == module.__name__
    }


_FORMS = _names(alerts, lists, inputs, bars, selectors)
_SCRIPT = _names(script) | {
    name: getattr(script, name) for name in ("DATAFEXT", "ICON_SMALL", "ICON_MEDIUM", "ICON_LARGE")
}
_REVIT = _names(selection, transactions)
del _REVIT["id_list"]
_COREUTILS = _names(coreutils)
_COMPAT = {
    name: _COREUTILS.pop(name)
    for name in ("get_elementid_value_func", "get_elementid_from_value_func", "safe_strtype")
}
del _COREUTILS["is_python_3"]


class _RevitModule(LibraryModule):
    """`pyrevit.revit`: its documents are looked up at each access."""

    doc = property(lambda _: application.DOCS.doc)
    docs = property(lambda _: application.DOCS.docs)
    uidoc = property(lambda _: application.HOST_APP.uidoc)
    active_view = property(lambda _: application.HOST_APP.active_view)


class _FormsOfCPython(LibraryModule):
    """`pyrevit.forms` under CPython: each of its names only says that it is not supported."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if name not in packaged_catalog().python_api.forms_under_cpython:
            raise PyRevitCPythonNotSupported(f"pyrevit.forms.{name}")
        return _Unsupported(f"pyrevit.forms.{name}")


class _Unsupported:
    def __init__(self, feature_name: str) -> None:
        self._feature_name = feature_name

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        raise PyRevitCPythonNotSupported(self._feature_name)

    def show(self, *args: Any, **kwargs: Any) -> Any:
        """Refuse to show the dialog."""
        raise PyRevitCPythonNotSupported(self._feature_name)


class PyRevitVersion:
    """The version of pyRevit."""

    def __init__(self, text: str) -> None:
        self.major, self.minor, self.patch = (*map(int, text.split(".")[:3]), 0, 0, 0)[:3]
        self._text = text

    def as_int_tuple(self) -> tuple[int, int, int]:
        """Return the three numbers."""
        return (self.major, self.minor, self.patch)

    def get_formatted(self, strict: bool = False, nopatch: bool = False) -> str:
        """Return the version as text."""
        del strict
        return f"{self.major}.{self.minor}" if nopatch else self._text


def build_pyrevit(session: Session) -> dict[str, ModuleType]:
    """Make the modules of pyRevit for a run, by full name.

    A name that is not written here raises `NotSimulated` if pyRevit has it, and
    `AttributeError` if it does not.
    """
    engine = session.api.engine
    modules: dict[str, ModuleType] = {}

    def add(name: str, held: dict[str, Any], kind: type[LibraryModule] = LibraryModule) -> Any:
        module = kind(name)
        module.__dict__.update(held)
        module.__dict__["_reexported"] = _reexports(session, modules, name)
        modules[name] = module
        return module

    settings = config.UserConfig(session)
    profile = {
        "get_config": settings.get_config,
        "save_config": settings.save_config,
        "reset_config": settings.reset_config,
    }
    version = PyRevitVersion(session.pyrevit_version)
    versions = {"get_pyrevit_version": lambda: version}
    output_held = {"get_output": output.get_output, "PyRevitOutputWindow": _OUTPUT}
    forms = _FormsOfCPython if engine is Engine.CPYTHON_3 else LibraryModule
    compat = _compat(engine, session.api.version)
    namespaces = {"DB": session.api.DB, "UI": session.api.UI}
    objects = {
        "HOST_APP": application.HOST_APP,
        "EXEC_PARAMS": application.EXEC_PARAMS,
        "DOCS": application.DOCS,
    }
    errors = {
        "PyRevitException": PyRevitException,
        "PyRevitIOError": PyRevitIOError,
        "PyRevitCPythonNotSupported": PyRevitCPythonNotSupported,
    }
    log = {"get_logger": logger.get_logger, "LoggerWrapper": logger.LoggerWrapper}
    queries = _names(query)
    held = {
        "forms": add("pyrevit.forms", _FORMS if forms is LibraryModule else {}, forms),
        "script": add("pyrevit.script", _SCRIPT | profile | versions | output_held),
        "output": add("pyrevit.output", output_held),
        "revit": add("pyrevit.revit", _REVIT | namespaces | objects, _RevitModule),
        "coreutils": add("pyrevit.coreutils", _COREUTILS),
        "compat": add("pyrevit.compat", compat),
        "versionmgr": add("pyrevit.versionmgr", versions),
        "framework": add("pyrevit.framework", {}),
        "api": add("pyrevit.api", namespaces),
    }
    del held["script"].PyRevitOutputWindow
    held["coreutils"].logger = add("pyrevit.coreutils.logger", log)
    held["revit"].query = add("pyrevit.revit.query", queries)
    held["revit"].db = add("pyrevit.revit.db", {})
    held["revit"].db.query = held["revit"].query
    modules["pyrevit.revit.db.query"] = held["revit"].query
    add("pyrevit.revit.transaction", _names(transactions))
    add("pyrevit.revit.selection", _names(selection))
    add("pyrevit", held | namespaces | objects | errors | {"PY3": compat["PY3"]})
    return modules


_OUTPUT = output.PyRevitOutputWindow


def _compat(engine: Engine, version: int) -> dict[str, Any]:
    iron = engine is not Engine.CPYTHON_3
    second = engine is Engine.IRONPYTHON_27
    return _COMPAT | {
        "PY2": second,
        "PY3": not second,
        "IRONPY": iron,
        "IRONPY2": second,
        "IRONPY3": iron and not second,
        "NETCORE": version >= _NET_CORE,
        "NETFRAMEWORK": version < _NET_CORE,
    }


def _reexports(
    session: Session, modules: dict[str, ModuleType], module: str
) -> Callable[[str], Any]:
    """Return the function that finds what a module takes over from .NET or another module."""

    def find(name: str) -> Any:
        entry = packaged_catalog().python_api.entry(f"{module}.{name}")
        target = entry.target if entry is not None else None
        if target is None:
            return None
        if target in modules:
            return modules[target]
        namespace, _, simple_name = target.rpartition(".")
        if namespace in modules:
            return getattr(modules[namespace], simple_name)
        if namespace.startswith("Autodesk.Revit"):
            return session.api.find(target)
        if namespace.partition(".")[0] == "System":
            from revitron_grpc.simulation.net.namespaces import namespace_named

            held = namespace_named(namespace, session)
            return None if held is None else getattr(held, simple_name, None)
        return None

    return find
