"""`System.Enum`, and the few enums of .NET itself that scripts name."""

from typing import Any

from revitron_grpc.simulation.enums import NetEnum, NetEnumType
from revitron_grpc.simulation.net.arrays import NetArray
from revitron_grpc.simulation.net.exceptions import ArgumentException, ArgumentNullException
from revitron_grpc.simulation.net.item_types import type_name


def net_enum(full_name: str, names: dict[str, int]) -> type[NetEnum]:
    """Make the class of an enum of .NET itself."""
    namespace, _, name = full_name.rpartition(".")
    return NetEnumType(name, (NetEnum,), {"_names": names, "_values": {}, "__module__": namespace})


SpecialFolder = net_enum(
    "System.SpecialFolder",
    {
        "Desktop": 0,
        "MyDocuments": 5,
        "ApplicationData": 26,
        "LocalApplicationData": 28,
        "CommonApplicationData": 35,
        "UserProfile": 40,
    },
)
SearchOption = net_enum("System.IO.SearchOption", {"TopDirectoryOnly": 0, "AllDirectories": 1})


def _enum_class(type_: Any) -> Any:
    held = getattr(type_, "_held_type", type_)
    if held is None:
        raise ArgumentNullException("Value cannot be null.\r\nParameter name: enumType")
    if not isinstance(held, NetEnumType):
        raise ArgumentException("Type provided must be an Enum.\r\nParameter name: enumType")
    return held


class SystemEnum:
    """`System.Enum`: its static methods, for every enum class."""

    @staticmethod
    def GetNames(enumType: Any) -> NetArray:
        return NetArray(str, _by_unsigned_number(_enum_class(enumType)))

    @staticmethod
    def GetValues(enumType: Any) -> NetArray:
        held = _enum_class(enumType)
        # A number with several names comes once for each, under the same name.
        return NetArray(held, [getattr(held, name) for name in _by_unsigned_number(held)])

    @staticmethod
    def GetName(enumType: Any, value: Any) -> str | None:
        held = _enum_class(enumType)
        number = value.number if isinstance(value, NetEnum) else value
        return next((name for name, own in held._names.items() if own == number), None)

    @staticmethod
    def IsDefined(enumType: Any, value: Any) -> bool:
        held = _enum_class(enumType)
        if isinstance(value, str):
            return value in held._names
        if isinstance(value, NetEnum) and type(value) is not held:
            raise ArgumentException(f"Object must be the same type as the enum {type_name(held)}.")
        return SystemEnum.GetName(held, value) is not None

    @staticmethod
    def Parse(enumType: Any, value: str, ignoreCase: bool = False) -> Any:
        held = _enum_class(enumType)
        number = 0
        for word in value.split(","):
            number |= _number_of(held, word.strip(), ignoreCase)
        return held.numbered(number)

    @staticmethod
    def ToObject(enumType: Any, value: int) -> Any:
        return _enum_class(enumType).numbered(value)


def _by_unsigned_number(held: Any) -> list[str]:
    """Return the names in .NET's order: by number without sign, so negative ones come last."""
    return sorted(held._names, key=lambda name: held._names[name] % 2**64)


def _number_of(held: Any, word: str, ignore_case: bool) -> int:
    if word.lstrip("-").isdigit():
        return int(word)
    for name, number in held._names.items():
        if name == word or (ignore_case and name.lower() == word.lower()):
            return number
    raise ArgumentException(f"Requested value '{word}' was not found.")
