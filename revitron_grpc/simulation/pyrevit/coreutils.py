"""`pyrevit.coreutils` and `pyrevit.compat`: small things that scripts take from pyRevit."""

from collections.abc import Callable, Iterable
from itertools import tee
from typing import Any

from revitron_grpc.simulation.outcome import cooked
from revitron_grpc.simulation.pyrevit.host import db, host
from revitron_grpc.vocabulary import Engine

# Before that, only `IntegerValue` reads an id.
_LONG_IDS = 2024


class Timer:
    """A stopwatch; in the simulation no time passes."""

    def __init__(self) -> None:
        self.start = 0.0

    def restart(self) -> None:
        """Begin again."""

    def get_time(self) -> float:
        """Return the seconds since the start."""
        return 0.0


class SafeDict(dict[Any, Any]):
    """A dictionary for `format_map` that leaves unknown fields as they are."""

    def __missing__(self, key: Any) -> str:
        return "{" + str(key) + "}"


def pairwise(iterable: Iterable[Any], step: int = 2) -> Any:
    """Return items in pairs: each twice with `step` 1, each once with 2."""
    if step == 1:
        first, second = tee(iterable)
        next(second, None)
        return zip(first, second, strict=False)
    items = iter(iterable)
    return zip(items, items, strict=False)


def prepare_html_str(input_string: str) -> str:
    """Return HTML as the output window takes it."""
    return cooked(str(input_string))


def get_enum_values(enum_type: Any) -> list[Any]:
    """Return all values of an enum."""
    return [getattr(enum_type, name) for name in enum_type.names]


def get_enum_value(enum_type: Any, value_string: str) -> Any:
    """Return an enum's value by its name, whatever its case; None if there is none."""
    wanted = value_string.lower()
    names = (name for name in enum_type.names if name.lower() == wanted)
    return next((getattr(enum_type, name) for name in names), None)


def get_enum_none(enum_type: Any) -> Any:
    """Return an enum's value that is called None, which Python 3 cannot name; None without one."""
    return getattr(enum_type, "None", None)


def get_elementid_value_func() -> Callable[[Any], int]:
    """Return the function that reads an id's number in this Revit."""
    if host().api.version >= _LONG_IDS:
        return lambda element_id: element_id.Value
    return lambda element_id: element_id.IntegerValue


def get_elementid_from_value_func() -> Callable[[int], Any]:
    """Return the function that makes an id of a number in this Revit."""
    return lambda number: db().ElementId(number)


def safe_strtype(value: Any) -> str:
    """Return a value as text."""
    return str(value)


def is_python_3() -> bool:
    """Tell whether the engine speaks Python 3."""
    return host().api.engine is not Engine.IRONPYTHON_27
