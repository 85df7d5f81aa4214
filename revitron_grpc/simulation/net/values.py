"""Values of `System` that Python has not: GUIDs, `Math`, delegates."""

import math
import uuid
from collections.abc import Callable
from typing import Any, ClassVar

from revitron_grpc.simulation.behaviour import static_property
from revitron_grpc.simulation.environment import current_environment
from revitron_grpc.simulation.errors import NotSimulated
from revitron_grpc.simulation.net.exceptions import FormatException
from revitron_grpc.simulation.net.item_types import value_type_name


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
