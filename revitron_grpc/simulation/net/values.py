"""Values of `System`: text, numbers, GUIDs, `Math`, `Convert`, delegates.

`System.String` and its like are Python's own types in IronPython: `String is str`. Here each is a
class whose call makes the Python value, which `isinstance` takes for it, and which `List[String]`
takes for `str`.
"""

import math
import re
import uuid
from collections.abc import Callable, Iterable
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any, ClassVar

from revitron_grpc.simulation.behaviour import static_property
from revitron_grpc.simulation.environment import Culture, current_environment
from revitron_grpc.simulation.errors import NotSimulated
from revitron_grpc.simulation.net.exceptions import (
    ArgumentException,
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


class Guid:
    """`System.Guid`."""

    __slots__ = ("_value",)

    _net_value_type: ClassVar[bool] = True

    def __init__(self, text: Any = "00000000-0000-0000-0000-000000000000") -> None:
        if isinstance(text, Guid):
            raise TypeError("expected str, got Guid")
        if not isinstance(text, str):
            raise NotSimulated("System.Guid from anything but a text")
        try:
            self._value = uuid.UUID(text)
        except ValueError:
            raise FormatException(
                "Guid should contain 32 digits with 4 dashes "
                "(xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx)."
            ) from None

    Empty = static_property(lambda cls: cls())

    @classmethod
    def NewGuid(cls) -> "Guid":
        return cls(str(uuid.UUID(int=current_environment().chance.getrandbits(128), version=4)))

    @classmethod
    def Parse(cls, text: str) -> "Guid":
        return cls(text)

    @classmethod
    def TryParse(cls, text: str, *_: Any) -> tuple[bool, "Guid"]:
        try:
            return True, cls(text)
        except FormatException:
            return False, cls()

    def ToString(self, form: str = "D", provider: Any = None) -> str:
        written = {
            "N": self._value.hex,
            "D": str(self._value),
            "B": f"{{{self._value}}}",
            "P": f"({self._value})",
        }
        try:
            return written[(form or "D").upper()]
        except KeyError:
            raise FormatException('Format string can be only "D", "N", "B" or "P".') from None

    def Equals(self, other: object) -> bool:
        return self == other

    def CompareTo(self, other: "Guid") -> int:
        return (self._value > other._value) - (self._value < other._value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Guid) and self._value == other._value

    def __hash__(self) -> int:
        return hash(self._value)

    def __str__(self) -> str:
        return str(self._value)

    def __repr__(self) -> str:
        return f"<System.Guid object [{self._value}]>"


def _whole_or_real(function: Callable[[float], float]) -> Any:
    def calculated(value: float) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise TypeError(f"expected float, got {value_type_name(value)}")
        try:
            return float(function(value))
        except (ValueError, OverflowError):
            return math.nan

    return staticmethod(calculated)


class Math:
    """`System.Math`. Unlike Python's functions these give NaN instead of raising."""

    PI = math.pi
    E = math.e
    Acos = _whole_or_real(math.acos)
    Asin = _whole_or_real(math.asin)
    Atan = _whole_or_real(math.atan)
    Ceiling = _whole_or_real(math.ceil)
    Cos = _whole_or_real(math.cos)
    Cosh = _whole_or_real(math.cosh)
    Exp = _whole_or_real(math.exp)
    Floor = _whole_or_real(math.floor)
    Sin = _whole_or_real(math.sin)
    Sinh = _whole_or_real(math.sinh)
    Sqrt = _whole_or_real(math.sqrt)
    Tan = _whole_or_real(math.tan)
    Tanh = _whole_or_real(math.tanh)
    Truncate = _whole_or_real(math.trunc)

    @staticmethod
    def Abs(value: float) -> float:
        return abs(value)

    @staticmethod
    def Atan2(y: float, x: float) -> float:
        return math.atan2(y, x)

    @staticmethod
    def Log(value: float, base: float = math.e) -> float:
        if value <= 0:
            return -math.inf if value == 0 else math.nan
        return math.log(value) if base == math.e else math.log(value, base)

    @staticmethod
    def Log10(value: float) -> float:
        return math.log10(value) if value > 0 else Math.Log(value)

    @staticmethod
    def Max(one: float, other: float) -> float:
        return max(one, other)

    @staticmethod
    def Min(one: float, other: float) -> float:
        return min(one, other)

    @staticmethod
    def Pow(value: float, exponent: float) -> float:
        try:
            return math.pow(value, exponent)
        except ValueError:
            return math.inf if value == 0 else math.nan
        except OverflowError:
            return math.inf

    @staticmethod
    def Round(value: float, digits: int = 0, *mode: Any) -> float:
        """Round halves to the even digit, as .NET does unless told otherwise."""
        if mode or not isinstance(digits, int):
            raise NotSimulated("Math.Round with a MidpointRounding")
        return float(round(value, digits))

    @staticmethod
    def Sign(value: float) -> int:
        return (value > 0) - (value < 0)


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


class Delegate:
    """A delegate made from a Python function: `Action[str](function)`."""

    def __init__(self, function: Callable[..., Any]) -> None:
        if not callable(function):
            raise TypeError(f"expected callable, got {value_type_name(function)}")
        self._function = function

    def __call__(self, *arguments: Any) -> Any:
        return self._function(*arguments)

    Invoke = __call__


class DelegateType:
    """`Action`, `Func`, `EventHandler` and their like, with or without type arguments."""

    def __init__(self, name: str) -> None:
        self.__name__ = name

    def __getitem__(self, _arguments: Any) -> "DelegateType":
        return self

    def __call__(self, function: Callable[..., Any]) -> Delegate:
        return Delegate(function)

    def __repr__(self) -> str:
        return f"<type '{self.__name__}'>"


class StringBuilder:
    """`System.Text.StringBuilder`."""

    def __init__(self, text: str = "") -> None:
        if not isinstance(text, str):
            text = ""
        self._parts = [text]

    def Append(self, value: Any) -> "StringBuilder":
        self._parts.append(text_of(value, "", current_environment().culture))
        return self

    def AppendLine(self, value: Any = "") -> "StringBuilder":
        return self.Append(value).Append("\r\n")

    def AppendFormat(self, form: Any, *values: Any) -> "StringBuilder":
        return self.Append(String.Format(form, *values))

    def Clear(self) -> "StringBuilder":
        self._parts.clear()
        return self

    @property
    def Length(self) -> int:
        return len(self.ToString())

    def ToString(self) -> str:
        return "".join(self._parts)

    __str__ = ToString


class Encoding:
    """`System.Text.Encoding`: `UTF8` with its mark at the start of files, `Default` as Windows."""

    def __init__(self, python_name: str) -> None:
        self._python_name = python_name

    UTF8 = static_property(lambda cls: cls("utf-8-sig"))
    ASCII = static_property(lambda cls: cls("ascii"))
    Unicode = static_property(lambda cls: cls("utf-16"))
    Default = static_property(lambda cls: cls("cp1252"))

    @classmethod
    def GetEncoding(cls, name: Any) -> "Encoding":
        known = {
            "utf-8": "utf-8-sig",
            "windows-1252": "cp1252",
            1252: "cp1252",
            "us-ascii": "ascii",
        }
        if name not in known:
            raise NotSimulated(f"Encoding.GetEncoding({name!r})")
        return cls(known[name])

    def GetString(self, data: Iterable[int]) -> str:
        return bytes(data).decode(self._python_name.removesuffix("-sig"), "replace")


class EventArgs:
    """`System.EventArgs`."""

    Empty = static_property(lambda cls: cls())


class IDisposable:
    """`System.IDisposable`: a Python class may derive from it."""

    def Dispose(self) -> None:
        """Free what is held."""


def nullable(_item_type: Any, value: Any = None) -> Any:
    """`Nullable[T](value)` is the value itself."""
    return value


def check_not_null(value: Any, name: str) -> None:
    """Raise `ArgumentNullException` for None."""
    if value is None:
        raise ArgumentNullException(f"Value cannot be null.\r\nParameter name: {name}")


def check_path(path: Any) -> str:
    """Return a path that `System.IO` takes; raises for None, other types and the empty text."""
    check_not_null(path, "path")
    if not isinstance(path, str):
        raise TypeError(f"expected str, got {value_type_name(path)}")
    if not path.strip():
        raise ArgumentException("The path is not of a legal form.")
    return path
