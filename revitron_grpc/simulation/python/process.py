"""`sys`, `random`, `traceback`, `uuid`, `getpass`: what a script sees of its process."""

import random as real_random
import sys as real_sys
import traceback as real_traceback
import types
import uuid as real_uuid
from typing import Any

from revitron_grpc.simulation.environment import Environment
from revitron_grpc.simulation.errors import NotSimulated
from revitron_grpc.vocabulary import Engine

# Release, what `sys.version` says and `sys.platform`, of the engines that pyRevit brings along.
_ENGINES: dict[Engine, tuple[tuple[int, int, int], str, str, str]] = {
    Engine.IRONPYTHON_27: ((2, 7, 12), "2.7.12 (2.7.12.1000)", "cli", "ironpython"),
    Engine.IRONPYTHON_34: ((3, 4, 0), "3.4.0 (3.4.0.1000)", "win32", "ironpython"),
    Engine.CPYTHON_3: ((3, 12, 3), "3.12.3 (tags/v3.12.3)", "win32", "cpython"),
}


class _VersionInfo(tuple):
    """`sys.version_info`: a tuple with names."""

    __slots__ = ()

    major = property(lambda self: self[0])
    minor = property(lambda self: self[1])
    micro = property(lambda self: self[2])
    releaselevel = property(lambda self: self[3])
    serial = property(lambda self: self[4])


class _Printed:
    """`sys.stdout`: what is written goes where the run's output goes."""

    encoding = "utf-8"
    errors = "strict"
    closed = False

    def __init__(self, environment: Environment) -> None:
        self._write = environment.write

    def write(self, text: str) -> int:
        """Print a text."""
        self._write(text)
        return len(text)

    def writelines(self, lines: Any) -> None:
        """Print texts."""
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        """Nothing is held back."""

    def isatty(self) -> bool:
        """Return False: pyRevit's window is no terminal."""
        return False


def sys_module(environment: Environment) -> dict[str, Any]:
    """Return the names of `sys` for the run's engine."""
    release, version, platform, implementation = _ENGINES[environment.engine]

    def leave(status: Any = None) -> None:
        raise SystemExit(status)

    names: dict[str, Any] = {
        "argv": [environment.files.script_path],
        "byteorder": "little",
        "exc_info": real_sys.exc_info,
        "executable": "",
        "exit": leave,
        "getdefaultencoding": lambda: "utf-8" if not environment.python2 else "ascii",
        "getfilesystemencoding": lambda: "utf-8" if not environment.python2 else "mbcs",
        "getrecursionlimit": real_sys.getrecursionlimit,
        "implementation": types.SimpleNamespace(name=implementation),
        "maxsize": 2**31 - 1 if environment.ironpython else 2**63 - 1,
        "modules": {},
        "path": [],
        "platform": platform,
        "stderr": _Printed(environment),
        "stdout": _Printed(environment),
        "version": version,
        "version_info": _VersionInfo((*release, "final", 0)),
    }
    if environment.python2:
        names["maxint"] = 2**31 - 1
    return names


def random_module(environment: Environment) -> dict[str, Any]:
    """Return the names of `random`, drawing from the run's seed."""
    source = environment.chance
    names: dict[str, Any] = {
        name: getattr(source, name)
        for name in real_random.__all__
        if name[0].islower() and hasattr(source, name)
    }

    class Random(real_random.Random):
        """A generator of a script's own; without a seed it takes one from the run's."""

        def __init__(self, seed: Any = None) -> None:
            super().__init__(source.random() if seed is None else seed)

    return names | {"Random": Random}


def uuid_module(environment: Environment) -> dict[str, Any]:
    """Return the names of `uuid`; random ones come from the run's seed."""
    return {
        "UUID": real_uuid.UUID,
        "uuid3": real_uuid.uuid3,
        "uuid4": lambda: real_uuid.UUID(int=environment.chance.getrandbits(128), version=4),
        "uuid5": real_uuid.uuid5,
        "NAMESPACE_DNS": real_uuid.NAMESPACE_DNS,
        "NAMESPACE_OID": real_uuid.NAMESPACE_OID,
        "NAMESPACE_URL": real_uuid.NAMESPACE_URL,
        "NAMESPACE_X500": real_uuid.NAMESPACE_X500,
    }


def getpass_module(environment: Environment) -> dict[str, Any]:
    """Return the names of `getpass`; nobody can be asked for a password."""

    def refuse(_prompt: str = "") -> str:
        raise NotSimulated("Python's getpass.getpass, which has no window in Revit,")

    return {"getuser": lambda: environment.user_name, "getpass": refuse}


def _frames(trace: types.TracebackType | None) -> list[str]:
    """The lines of the script's own frames; source text is not looked up, files are not read."""
    lines = []
    while trace is not None:
        code = trace.tb_frame.f_code
        if "revitron_grpc" not in code.co_filename.replace("\\", "/").split("/"):
            place = f'  File "{code.co_filename}", line {trace.tb_lineno}, in {code.co_name}\n'
            lines.append(place)
        trace = trace.tb_next
    return lines


def traceback_module(environment: Environment) -> dict[str, Any]:
    """Return the names of `traceback` that scripts report errors with."""

    def exception_lines(kind: Any, value: Any = None, trace: Any = None, *_: Any) -> list[str]:
        if value is None and isinstance(kind, BaseException):
            kind, value, trace = type(kind), kind, kind.__traceback__
        if value is None:
            return ["NoneType: None\n"]
        head = ["Traceback (most recent call last):\n"] if trace is not None else []
        return head + _frames(trace) + real_traceback.format_exception_only(kind, value)

    def current(*_: Any) -> str:
        return "".join(exception_lines(*real_sys.exc_info()))

    def show(*_: Any, **_options: Any) -> None:
        environment.write(current())

    return {
        "format_exc": current,
        "format_exception": exception_lines,
        "format_exception_only": real_traceback.format_exception_only,
        "format_tb": lambda trace, *_: _frames(trace),
        "print_exc": show,
    }
