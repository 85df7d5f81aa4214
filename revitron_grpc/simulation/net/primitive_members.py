"""The .NET members of text and numbers: `"a".Contains("b")`, `(1.5).ToString("F2")`.

Under IronPython a Python text is a `System.String`, and a script that imported `clr` or a namespace
of .NET sees its .NET members too (`ShowCls` in IronPython's importer); without such an import it
sees Python's alone.
"""

from collections.abc import Callable
from typing import Any

from revitron_grpc.simulation.errors import NotSimulated
from revitron_grpc.simulation.net.arrays import NetArray
from revitron_grpc.simulation.net.clr import NetType
from revitron_grpc.simulation.net.exceptions import (
    ArgumentException,
    ArgumentNullException,
    ArgumentOutOfRangeException,
)
from revitron_grpc.simulation.net.globalization import culture_of
from revitron_grpc.simulation.net.item_types import value_type_name
from revitron_grpc.simulation.net.number_text import number_text

_Member = Callable[..., Any]


def _wanted_text(value: Any) -> str:
    if value is None:
        raise ArgumentNullException("Value cannot be null.\r\nParameter name: value")
    if not isinstance(value, str):
        raise TypeError(f"expected str, got {value_type_name(value)}")
    return value


def _refuse_more(name: str, more: tuple[Any, ...]) -> None:
    if more:
        raise NotSimulated(f"System.String.{name} with {len(more) + 1} arguments")


def _one_text(name: str, function: Callable[[str, str], Any]) -> _Member:
    def member(text: str, value: Any, *more: Any) -> Any:
        _refuse_more(name, more)
        return function(text, _wanted_text(value))

    return member


def _replaced(text: str, old: Any, new: Any, *more: Any) -> str:
    _refuse_more("Replace", more)
    if not _wanted_text(old):
        raise ArgumentException("String cannot be of zero length.\r\nParameter name: oldValue")
    return text.replace(old, new or "")


def _substring(text: str, start: int, length: int | None = None) -> str:
    end = len(text) if length is None else start + length
    if start < 0 or end > len(text) or end < start:
        raise ArgumentOutOfRangeException(
            "Index and length must refer to a location within the string."
        )
    return text[start:end]


def _split(text: str, *separators: Any) -> NetArray:
    signs: Any = separators
    if len(separators) == 1 and isinstance(separators[0], NetArray):
        signs = tuple(separators[0])
    if not all(isinstance(sign, str) and len(sign) == 1 for sign in signs):
        raise NotSimulated("System.String.Split with more than characters")
    if not signs:
        return NetArray(str, text.split())
    for sign in signs[1:]:
        text = text.replace(sign, signs[0])
    return NetArray(str, text.split(signs[0]))


def _trimmed(strip: Callable[..., str]) -> _Member:
    def member(text: str, *signs: Any) -> str:
        return strip(text, "".join(map(_wanted_text, signs))) if signs else strip(text)

    return member


def _inserted(text: str, start: int, value: str) -> str:
    return _substring(text, 0, start) + _wanted_text(value) + text[start:]


def _removed(text: str, start: int, count: int | None = None) -> str:
    taken = _substring(text, start, count)
    return text[:start] + text[start + len(taken) :]


def _padded(pad: Callable[..., str]) -> _Member:
    return lambda text, width, sign=" ": pad(text, width, sign)


def _compared(one: Any, other: Any) -> int:
    return (one > other) - (one < other)


def _number_shown(value: float, form: Any = "", provider: Any = None) -> str:
    if not isinstance(form, str) and form is not None:
        form, provider = "", form
    return number_text(value, form or "", culture_of(provider))


_TEXT: dict[str, _Member] = {
    "Contains": _one_text("Contains", lambda text, value: value in text),
    "EndsWith": _one_text("EndsWith", str.endswith),
    "IndexOf": _one_text("IndexOf", str.find),
    "Insert": _inserted,
    "LastIndexOf": _one_text("LastIndexOf", str.rfind),
    "PadLeft": _padded(str.rjust),
    "PadRight": _padded(str.ljust),
    "Remove": _removed,
    "Replace": _replaced,
    "Split": _split,
    "StartsWith": _one_text("StartsWith", str.startswith),
    "Substring": _substring,
    "ToLower": lambda text: text.lower(),
    "ToLowerInvariant": lambda text: text.lower(),
    "ToString": lambda text: text,
    "ToUpper": lambda text: text.upper(),
    "ToUpperInvariant": lambda text: text.upper(),
    "Trim": _trimmed(str.strip),
    "TrimEnd": _trimmed(str.rstrip),
    "TrimStart": _trimmed(str.lstrip),
}
_TEXT_PROPERTIES: dict[str, Callable[[str], Any]] = {"Length": len}
_NUMBER: dict[str, _Member] = {"CompareTo": _compared, "ToString": _number_shown}
_TRUTH: dict[str, _Member] = {"ToString": str}
_ALL: dict[str, _Member] = {
    "Equals": lambda one, other: type(one) is type(other) and one == other,
    "GetType": lambda value: NetType(type(value)),
}

PRIMITIVE_MEMBERS = frozenset({*_TEXT, *_TEXT_PROPERTIES, *_NUMBER, *_TRUTH, *_ALL})
"""All names that a text, a number or a truth value has in .NET and not in Python."""


def net_member(value: Any, name: str) -> Any:
    """Return a member of any object; texts and numbers have their .NET members too."""
    kind = type(value)
    if kind is str:
        if name in _TEXT_PROPERTIES:
            return _TEXT_PROPERTIES[name](value)
        own = _TEXT.get(name)
    elif kind is bool:
        own = _TRUTH.get(name)
    elif kind is int or kind is float:
        own = _NUMBER.get(name)
    else:
        return getattr(value, name)
    member = own or _ALL.get(name)
    if member is None:
        raise AttributeError(f"'{kind.__name__}' object has no attribute '{name}'")
    return lambda *arguments: member(value, *arguments)
