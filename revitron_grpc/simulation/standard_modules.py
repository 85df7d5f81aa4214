"""Python's standard modules as a simulated script may import them.

Modules that only calculate are handed out as copies of their public names, so that a script that
changes one changes it for itself. Those that would touch the disk, the clock, the process or the
network are written anew on the run's `Environment`. What is in Python's library but not here
raises `NotSimulated`.
"""

import builtins
import importlib
import sys
from collections.abc import Callable
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING, Any

from revitron_grpc.simulation.environment import Environment
from revitron_grpc.simulation.errors import NotSimulated
from revitron_grpc.simulation.python import clocks, file_modules, process

if TYPE_CHECKING:
    from revitron_grpc.simulation.session import Session

# Name, and the names that stay out because they read files, clocks or the process.
_CALCULATING: dict[str, frozenset[str]] = {
    "__future__": frozenset(),
    "abc": frozenset(),
    "base64": frozenset({"main", "test"}),
    "bisect": frozenset(),
    "calendar": frozenset({"main", "datetime", "sys", "setfirstweekday"}),
    "collections": frozenset(),
    "collections.abc": frozenset(),
    "colorsys": frozenset(),
    "contextlib": frozenset({"redirect_stdout", "redirect_stderr", "chdir"}),
    "copy": frozenset(),
    "csv": frozenset(),
    "dataclasses": frozenset(),
    "decimal": frozenset({"setcontext", "getcontext", "localcontext"}),
    "difflib": frozenset(),
    "enum": frozenset(),
    "fnmatch": frozenset(),
    "fractions": frozenset(),
    "functools": frozenset(),
    "hashlib": frozenset({"file_digest"}),
    "heapq": frozenset(),
    "html": frozenset(),
    "itertools": frozenset(),
    "json": frozenset(),
    "keyword": frozenset(),
    "math": frozenset(),
    "numbers": frozenset(),
    "operator": frozenset(),
    "re": frozenset(),
    "statistics": frozenset(),
    "string": frozenset(),
    "struct": frozenset(),
    "textwrap": frozenset(),
    "types": frozenset(),
    "typing": frozenset(),
    "unicodedata": frozenset(),
}

_Values = dict[str, Any]
_MADE: dict[str, Callable[[Environment], _Values]] = {
    "codecs": file_modules.codecs_module,
    "datetime": clocks.datetime_module,
    "getpass": process.getpass_module,
    "glob": file_modules.glob_module,
    "io": file_modules.io_module,
    "os": file_modules.os_module,
    "os.path": file_modules.path_module,
    "random": process.random_module,
    "shutil": file_modules.shutil_module,
    "sys": process.sys_module,
    "tempfile": file_modules.tempfile_module,
    "time": clocks.time_module,
    "traceback": process.traceback_module,
    "uuid": process.uuid_module,
}

# Modules of Python 2 by the name under which Python 3 has them; None where it has none.
_RENAMED_IN_3: dict[str, str | None] = {
    "ConfigParser": "configparser",
    "Queue": "queue",
    "StringIO": "io",
    "Tkinter": "tkinter",
    "cPickle": "pickle",
    "cStringIO": "io",
    "commands": None,
    "cookielib": None,
    "httplib": None,
    "md5": None,
    "sets": None,
    "thread": None,
    "urllib2": None,
    "urlparse": None,
    "wpf": None,
}
_ONLY_IN_3 = frozenset(
    {
        "asyncio",
        "collections.abc",
        "configparser",
        "dataclasses",
        "enum",
        "html",
        "ipaddress",
        "pathlib",
        "queue",
        "statistics",
        "typing",
    }
)
_ONLY_AFTER_3_4 = frozenset(
    {"dataclasses", "contextvars", "graphlib", "secrets", "typing", "zoneinfo"}
)


class StandardModules:
    """The standard modules of one run, each made when it is first imported."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._made: dict[str, ModuleType] = {}

    def knows(self, name: str) -> bool:
        """Whether the engine's Python has a module of this name."""
        root = name.partition(".")[0]
        if self._environment.python2:
            return name not in _ONLY_IN_3 and (
                root in sys.stdlib_module_names or name in _RENAMED_IN_3
            )
        if name in _RENAMED_IN_3:
            return name == "wpf" and self._environment.ironpython
        if self._environment.ironpython and name in _ONLY_AFTER_3_4:
            return False
        return root in sys.stdlib_module_names

    def module(self, name: str) -> ModuleType | None:
        """Return the module; None if the engine's Python has none of this name (ImportError).

        Raises `NotSimulated` for one that Python has and the simulation has not.
        """
        if not self.knows(name):
            return None
        if name not in self._made:
            self._made[name] = self._make(name)
        return self._made[name]

    def _make(self, name: str) -> ModuleType:
        if name in ("StringIO", "cStringIO"):
            values: _Values = {"StringIO": file_modules.python2_string_file}
        elif name in _MADE:
            values = _MADE[name](self._environment)
        elif name in _CALCULATING:
            values = dict(_public_names(name))
            if self._environment.python2:
                values |= _extras_of_python2(name)
        else:
            raise NotSimulated(f"Python's module {name}")
        module = ModuleType(name)
        module.__dict__.update(values)
        if name == "os":
            module.__dict__["path"] = self.module("os.path")
        if name == "collections" and not self._environment.python2:
            module.__dict__["abc"] = self.module("collections.abc")
        module.__dict__.setdefault("__getattr__", _missing_member(name))
        return module


@cache
def _public_names(name: str) -> dict[str, Any]:
    module = importlib.import_module(name)
    left_out = _CALCULATING[name]
    return {
        key: value
        for key, value in vars(module).items()
        if not key.startswith("_") and key not in left_out and not isinstance(value, ModuleType)
    }


def _missing_member(name: str) -> Callable[[str], Any]:
    def missing(member: str) -> Any:
        if member.startswith("__") or not _exists(name, member):
            raise AttributeError(f"module '{name}' has no attribute '{member}'")
        raise NotSimulated(f"Python's {name}.{member}")

    return missing


@cache
def _exists(name: str, member: str) -> bool:
    try:
        return hasattr(importlib.import_module(name), member)
    except ImportError:
        return True


def _extras_of_python2(name: str) -> _Values:
    """What Python 2 has in a module and Python 3 has elsewhere."""
    if name == "collections":
        return dict(_public_names("collections.abc"))
    if name == "itertools":
        longest = _public_names("itertools")["zip_longest"]
        without = _public_names("itertools")["filterfalse"]
        return {
            "imap": builtins.map,
            "ifilter": builtins.filter,
            "izip": builtins.zip,
            "izip_longest": longest,
            "ifilterfalse": without,
        }
    if name == "string":
        import string

        return {
            "letters": string.ascii_letters,
            "lowercase": string.ascii_lowercase,
            "uppercase": string.ascii_uppercase,
            "join": lambda words, sep=" ": sep.join(words),
            "split": lambda text, sep=None, most=-1: text.split(sep, most),
            "replace": lambda text, old, new, most=-1: text.replace(old, new, most),
            "strip": lambda text, chars=None: text.strip(chars),
            "lower": lambda text: text.lower(),
            "upper": lambda text: text.upper(),
        }
    if name == "operator":
        return {"div": lambda one, other: one // other, "isCallable": callable}
    return {}


def standard_module(name: str, session: "Session") -> ModuleType | None:
    """Return a standard module for a session, the same one each time; None if there is none.

    Raises `NotSimulated` for one that Python has and the simulation has not.
    """
    environment = session.environment
    if environment.modules is None:
        environment.modules = StandardModules(environment)
    return environment.modules.module(name)
