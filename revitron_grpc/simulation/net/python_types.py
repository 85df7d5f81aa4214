"""The types of `System` that are Python's own in IronPython: `String is str`.

Here each is a class whose call makes the Python value, which `isinstance` takes for it, and which
`List[String]` takes for `str`.
"""

import math
import re
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from revitron_grpc.simulation.environment import Culture, current_environment
from revitron_grpc.simulation.errors import NotSimulated
from revitron_grpc.simulation.net.exceptions import (
    ArgumentNullException,
    FormatException,
    OverflowException,
)
from revitron_grpc.simulation.net.globalization import culture_of
from revitron_grpc.simulation.net.item_types import value_type_name
from revitron_grpc.simulation.net.number_text import number_text, read_number

_PLACE = re.compile(r"\{\{|\}\}|\{(\d+)(?:,(-?\d+))?(?::([^}]*))?\}|[{}]")


def text_of(value: Any, form: str, culture: Culture) -> str:
    """Return what `String.Format` writes for a value."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int | float):
        return number_text(value, form, culture)
    if isinstance(value, str):
        return value
    to_string = getattr(value, "ToString", None)
    if to_string is None:
        return str(value)
    return to_string(form) if form else to_string()


class _StandsForPython(type):
    """The type of a .NET class that is one of Python's own in IronPython."""

    _python_type: type

    def __call__(cls, *arguments: Any) -> Any:
        return cls._python_type(*arguments)

    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, cls._python_type)

    def __eq__(cls, other: object) -> bool:
        return other is cls or other is cls._python_type

    def __hash__(cls) -> int:
        return hash(cls._python_type)


class Object(metaclass=_StandsForPython):
    """`System.Object`."""

    _python_type = object

    @staticmethod
    def ReferenceEquals(one: Any, other: Any) -> bool:
        return one is other

    @staticmethod
    def Equals(one: Any, other: Any) -> bool:
        return one is other or one == other


class Boolean(metaclass=_StandsForPython):
    """`System.Boolean`."""

    _python_type = bool
    TrueString = "True"
    FalseString = "False"

    @staticmethod
    def Parse(text: str) -> bool:
        word = text.strip().lower()
        if word not in ("true", "false"):
            raise FormatException("String was not recognized as a valid Boolean.")
        return word == "true"


class _Number(_StandsForPython):
    def Parse(cls, text: str, *provider: Any) -> Any:
        """Read a number; a number style among the arguments is not simulated."""
        if text is None:
            raise ArgumentNullException("Value cannot be null.\r\nParameter name: s")
        if not isinstance(text, str):
            raise TypeError(f"expected str, got {value_type_name(text)}")
        if len(provider) > 1:
            raise NotSimulated(f"{cls.__name__}.Parse with a number style")
        return cls._checked(read_number(text, culture_of(provider[0] if provider else None)), text)

    def TryParse(cls, text: str, *rest: Any) -> tuple[bool, Any]:
        """Return whether the text is a number, and the number: an out parameter in IronPython."""
        if len(rest) > 1:
            raise NotSimulated(f"{cls.__name__}.TryParse with a number style")
        try:
            return True, cls.Parse(text)
        except (FormatException, OverflowException, ArgumentNullException):
            return False, cls._python_type(0)

    def _checked(cls, number: float, text: str) -> Any:
        if cls._python_type is float:
            return number
        if not re.fullmatch(r"\s*[-+]?\d+\s*", text):
            raise FormatException("Input string was not in a correct format.")
        bounds: Any = cls
        if not bounds.MinValue <= int(text) <= bounds.MaxValue:
            raise OverflowException(f"Value was either too large or too small for {cls.__name__}.")
        return cls._python_type(int(text))


class Int32(metaclass=_Number):
    """`System.Int32`."""

    _python_type = int
    MaxValue = 2**31 - 1
    MinValue = -(2**31)


class Int64(metaclass=_Number):
    """`System.Int64`: Python's whole number here, although IronPython 2.7 keeps it apart."""

    _python_type = int
    MaxValue = 2**63 - 1
    MinValue = -(2**63)


class Double(metaclass=_Number):
    """`System.Double`."""

    _python_type = float
    MaxValue = 1.7976931348623157e308
    MinValue = -1.7976931348623157e308
    Epsilon = 5e-324
    NaN = math.nan
    PositiveInfinity = math.inf
    NegativeInfinity = -math.inf

    @staticmethod
    def IsNaN(value: float) -> bool:
        return math.isnan(value)

    @staticmethod
    def IsInfinity(value: float) -> bool:
        return math.isinf(value)


class String(metaclass=_StandsForPython):
    """`System.String`."""

    _python_type = str
    Empty = ""

    @staticmethod
    def Format(form: Any, *values: Any) -> str:
        culture = current_environment().culture
        if not isinstance(form, str):
            culture, form, values = culture_of(form), values[0], values[1:]
        if len(values) == 1 and isinstance(values[0], list | tuple):
            values = tuple(values[0])

        def filled(place: re.Match[str]) -> str:
            if place[0] in ("{{", "}}"):
                return place[0][0]
            if place[1] is None:
                raise FormatException("Input string was not in a correct format.")
            if int(place[1]) >= len(values):
                raise FormatException(
                    "Index (zero based) must be greater than or equal to zero and less than the "
                    "size of the argument list."
                )
            written = text_of(values[int(place[1])], place[3] or "", culture)
            width = int(place[2] or 0)
            return written.ljust(-width) if width < 0 else written.rjust(width)

        return _PLACE.sub(filled, form)

    @staticmethod
    def IsNullOrEmpty(text: str | None) -> bool:
        _expect_text(text)
        return not text

    @staticmethod
    def IsNullOrWhiteSpace(text: str | None) -> bool:
        _expect_text(text)
        return not text or text.isspace()

    @staticmethod
    def Join(separator: str, *values: Any) -> str:
        parts = values[0] if len(values) == 1 and not isinstance(values[0], str) else values
        culture = current_environment().culture
        return separator.join(text_of(part, "", culture) for part in parts)

    @staticmethod
    def Concat(*values: Any) -> str:
        return String.Join("", *values)

    @staticmethod
    def Equals(one: Any, other: Any, *comparison: Any) -> bool:
        if comparison:
            raise NotSimulated("String.Equals with a StringComparison")
        return one == other

    @staticmethod
    def Compare(one: str, other: str, ignoreCase: bool = False) -> int:
        if not isinstance(ignoreCase, bool):
            raise NotSimulated("String.Compare with a StringComparison")
        left, right = one.casefold(), other.casefold()
        if left == right and not ignoreCase:
            left, right = one.swapcase(), other.swapcase()
        return (left > right) - (left < right)


def _expect_text(text: object) -> None:
    if text is not None and not isinstance(text, str):
        raise TypeError(f"expected str, got {value_type_name(text)}")


class Convert:
    """`System.Convert`."""

    @staticmethod
    def ToInt32(value: Any, *base: int) -> int:
        if base:
            return int(str(value), base[0])
        if value is None:
            return 0
        if isinstance(value, str):
            return Int32.Parse(value)
        if isinstance(value, float):
            # Halves go to the even number.
            value = int(Decimal(value).quantize(Decimal(1), ROUND_HALF_EVEN))
        number = int(value)
        if not Int32.MinValue <= number <= Int32.MaxValue:
            raise OverflowException("Value was either too large or too small for an Int32.")
        return number

    ToInt64 = staticmethod(lambda value: int(value))

    @staticmethod
    def ToDouble(value: Any, provider: Any = None) -> float:
        if isinstance(value, str):
            return Double.Parse(value, provider)
        return float(0 if value is None else value)

    @staticmethod
    def ToBoolean(value: Any) -> bool:
        return Boolean.Parse(value) if isinstance(value, str) else bool(value)

    @staticmethod
    def ToString(value: Any, provider: Any = None) -> str:
        return text_of(value, "", culture_of(provider))
