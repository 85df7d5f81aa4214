"""What the namespaces of .NET hold, for the import system.

A name that is in none of the tables exists in .NET, or may exist: it raises `NotSimulated`.
"""

from types import ModuleType
from typing import TYPE_CHECKING, Any

from revitron_grpc.simulation.errors import NetException, NotSimulated
from revitron_grpc.simulation.net import (
    dates,
    exceptions,
    globalization,
    io,
    python_types,
    texts,
    values,
)
from revitron_grpc.simulation.net.clr import REFERENCE, NetType, clr_module
from revitron_grpc.simulation.net.enums import SystemEnum
from revitron_grpc.simulation.net.generic_types import GENERIC_TYPES, ArrayType
from revitron_grpc.simulation.net.generics import GenericType

if TYPE_CHECKING:
    from revitron_grpc.simulation.environment import Environment
    from revitron_grpc.simulation.session import Session

_EXCEPTIONS: dict[str, object] = {
    name: value
    for name, value in vars(exceptions).items()
    if isinstance(value, type) and issubclass(value, NetException) and value is not NetException
}
_IO_EXCEPTIONS = ("DirectoryNotFoundException", "FileNotFoundException", "IOException")
_KEY_NOT_FOUND = "KeyNotFoundException"
_DELEGATES = ("Action", "Comparison", "Converter", "EventHandler", "Func", "Predicate")
_PYTHON_TYPES = ("Boolean", "Convert", "Double", "Int32", "Int64", "Object", "String")
_VALUES = ("EventArgs", "Guid", "IDisposable", "Math")

NAMESPACES: dict[str, dict[str, object]] = {
    "System": {
        **{name: getattr(python_types, name) for name in _PYTHON_TYPES},
        **{name: getattr(values, name) for name in _VALUES},
        **{name: values.DelegateType(name) for name in _DELEGATES},
        **{
            name: value
            for name, value in _EXCEPTIONS.items()
            if name not in _IO_EXCEPTIONS and name != _KEY_NOT_FOUND
        },
        "Array": ArrayType,
        "DateTime": dates.DateTime,
        "Enum": SystemEnum,
        "Environment": io.SystemEnvironment,
        "Exception": NetException,
        "Nullable": GenericType("Nullable", "System", 1, values.nullable, lambda *_: False),
        "TimeSpan": dates.TimeSpan,
        "Type": NetType,
    },
    "System.Collections": {},
    "System.Collections.Generic": {
        **GENERIC_TYPES,
        _KEY_NOT_FOUND: _EXCEPTIONS[_KEY_NOT_FOUND],
    },
    "System.Diagnostics": {"Process": io.Process, "Stopwatch": dates.Stopwatch},
    "System.Globalization": {
        name: getattr(globalization, name)
        for name in ("CultureInfo", "DateTimeFormatInfo", "NumberFormatInfo", "TextInfo")
    },
    "System.IO": {
        **{name: getattr(io, name) for name in ("Directory", "File", "Path", "SearchOption")},
        **{name: _EXCEPTIONS[name] for name in _IO_EXCEPTIONS},
    },
    "System.Runtime": {},
    "System.Runtime.CompilerServices": {"StrongBox": REFERENCE},
    "System.Text": {"Encoding": texts.Encoding, "StringBuilder": texts.StringBuilder},
}
"""Full name of a namespace to what it holds, by simple name."""

_OTHERS_OF_CLR = frozenset(
    {"AddReferenceToTypeLibrary", "CompileModules", "Dir", "LoadAssemblyFromFile", "Self", "Use"}
    | {"accepts", "returns", "setPreload", "getPreload"}
)
# Roots of namespaces that are there beside a script; what they hold is not simulated.
_OTHER_ROOTS = frozenset({"IronPython", "Microsoft", "System", "UIFramework", "Windows"})


def namespace_named(name: str, session: "Session") -> ModuleType | None:
    """Return a namespace of .NET, or the module `clr`; None where .NET has no such root."""
    return net_module(name, session.environment)


def net_module(name: str, environment: "Environment") -> ModuleType | None:
    """Return a namespace, or the module `clr`, for an environment."""
    root = name.partition(".")[0]
    if name == "clr":
        return _module(name, clr_module(environment), _OTHERS_OF_CLR)
    if root not in _OTHER_ROOTS:
        return None
    module = _module(name, NAMESPACES.get(name, {}))
    for inner in NAMESPACES:
        parent, _, simple = inner.rpartition(".")
        if parent == name:
            module.__dict__[simple] = net_module(inner, environment)
    return module


def _module(name: str, members: dict[str, Any], others: frozenset[str] | None = None) -> ModuleType:
    """Make a module; `others` are the names that exist beside, None where any may."""
    module = ModuleType(name)
    module.__dict__.update(members)

    def missing(member: str) -> Any:
        if member not in others if others is not None else not member[:1].isupper():
            raise AttributeError(f"'namespace#' object has no attribute '{member}'")
        raise NotSimulated(f"{name}.{member}")

    module.__dict__["__getattr__"] = missing
    return module
