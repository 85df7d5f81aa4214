"""The built-in names that a script sees, for its engine.

Whatever would leave the run is missing or refused: files are virtual, there is no console to read
from, and code made from text would escape the limit on steps.
"""

import builtins
import functools
import math
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from revitron_grpc.simulation.environment import Environment
from revitron_grpc.simulation.errors import NotSimulated
from revitron_grpc.simulation.ironpython import IRONPYTHON_FUNCTIONS
from revitron_grpc.simulation.python.file_modules import python_open
from revitron_grpc.simulation.python2 import PYTHON2_FUNCTIONS, compared, sorted2

if TYPE_CHECKING:
    from revitron_grpc.simulation.session import Session

_REFUSED = ("breakpoint", "compile", "eval", "exec", "help", "input")
_REFUSED_OF_PYTHON2 = ("execfile", "raw_input", "reload")
_LEFT_OUT = frozenset({"copyright", "credits", "license", "__loader__", "__spec__", "__doc__"})
_AFTER_3_4 = frozenset(
    "aiter anext BaseExceptionGroup EncodingWarning ExceptionGroup ModuleNotFoundError "
    "RecursionError StopAsyncIteration".split()
)
_ONLY_IN_3 = frozenset(
    "ascii BlockingIOError BrokenPipeError ChildProcessError ConnectionAbortedError "
    "ConnectionError ConnectionRefusedError ConnectionResetError FileExistsError "
    "FileNotFoundError InterruptedError IsADirectoryError NotADirectoryError PermissionError "
    "ProcessLookupError ResourceWarning TimeoutError".split()
)


def builtins_for(session: "Session") -> dict[str, Any]:
    """Return the built-in names for a session's engine, without `__import__`."""
    return script_builtins(session.environment)


def script_builtins(environment: Environment) -> dict[str, Any]:
    """Return the built-in names for an environment, without `__import__`."""
    names = {name: value for name, value in vars(builtins).items() if name not in _LEFT_OUT}
    del names["__import__"]
    for name in _REFUSED:
        names[name] = _refused(name)
    names["open"] = python_open(environment)
    names["print"] = _printing(environment)
    names["exit"] = names["quit"] = _leave
    if environment.ironpython:
        names |= IRONPYTHON_FUNCTIONS
        for name in _AFTER_3_4:
            names.pop(name, None)
    if environment.python2:
        for name in _ONLY_IN_3:
            names.pop(name, None)
        names |= _PYTHON2_NAMES
        names["file"] = names["open"]
    return names


def _refused(name: str) -> Callable[..., Any]:
    def refuse(*_: Any, **_options: Any) -> Any:
        raise NotSimulated(f"Python's {name}()")

    return refuse


def _leave(status: Any = None) -> None:
    raise SystemExit(status)


def _printing(environment: Environment) -> Callable[..., None]:
    def show(*values: Any, sep: Any = " ", end: Any = "\n", file: Any = None, flush: bool = False):
        text = (" " if sep is None else sep).join(str(value) for value in values)
        text += "\n" if end is None else end
        if file is None:
            environment.write(text)
        else:
            file.write(text)
            if flush:
                file.flush()

    return show


# Python 2's own functions.


def rounded(number: Any, digits: int = 0) -> float:
    """Round as Python 2: a float, halves away from zero."""
    value = float(number)
    if not math.isfinite(value):
        return value
    near = builtins.round(value, digits)
    # Only an exact half is decided otherwise than by Python 3.
    factor = 10.0**digits
    scaled = abs(value) * factor
    if scaled - math.floor(scaled) == 0.5 and scaled < 2**52:
        near = math.copysign((math.floor(scaled) + 1) / factor, value)
    return float(near)


def _mapped(function: Callable[..., Any] | None, *iterables: Any) -> list[Any]:
    taken = [list(each) for each in iterables]
    if len(taken) == 1:
        return taken[0] if function is None else [function(item) for item in taken[0]]
    longest = max(len(each) for each in taken)
    rows = zip(*(each + [None] * (longest - len(each)) for each in taken), strict=True)
    return [row if function is None else function(*row) for row in rows]


def _filtered(function: Callable[[Any], Any] | None, items: Any) -> Any:
    kept = [item for item in items if (item if function is None else function(item))]
    if isinstance(items, str):
        return "".join(kept)
    return tuple(kept) if isinstance(items, tuple) else kept


def _zipped(*iterables: Any) -> list[Any]:
    return list(zip(*iterables, strict=False))


def _numbers(*bounds: Any) -> list[int]:
    return list(range(*bounds))


def _extreme(choose: Callable[..., Any], sign: int) -> Callable[..., Any]:
    def found(*values: Any, **options: Any) -> Any:
        taken = list(values[0]) if len(values) == 1 else list(values)
        try:
            return choose(taken, **options)
        except TypeError:
            key = options.get("key") or (lambda value: value)
            by = functools.cmp_to_key(lambda one, other: sign * compared(one, other))
            return min(taken, key=lambda value: by(key(value)))

    return found


_PYTHON2_NAMES: dict[str, Any] = {
    **PYTHON2_FUNCTIONS,
    **{name: _refused(name) for name in _REFUSED_OF_PYTHON2},
    "StandardError": Exception,
    "WindowsError": OSError,
    "apply": lambda function, arguments=(), options=None: function(*arguments, **(options or {})),
    "basestring": str,
    "bytes": str,
    "cmp": compared,
    "filter": _filtered,
    "intern": sys.intern,
    "long": int,
    "map": _mapped,
    "max": _extreme(max, -1),
    "min": _extreme(min, 1),
    "range": _numbers,
    "reduce": functools.reduce,
    "round": rounded,
    "sorted": sorted2,
    "unichr": chr,
    "unicode": str,
    "xrange": range,
    "zip": _zipped,
}
