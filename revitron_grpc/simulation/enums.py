"""Enums of .NET as a script sees them: values with a name and a number, which are no integers."""

from typing import Any, ClassVar, Self

from revitron_grpc.catalog.model import Presence
from revitron_grpc.catalog.query import Catalog
from revitron_grpc.vocabulary import RevitVersion

# Numbers of values whose number is not known: far from all that Revit uses.
_UNKNOWN_NUMBERS = 7_000_000_000


class NetEnumType(type):
    """The type of enum classes: finds the values of one Revit version when they are asked for."""

    _names: dict[str, int]
    _values: dict[int, Any]

    def __getattr__(cls, name: str) -> Any:
        names = cls.__dict__.get("_names")
        if names is None or name not in names:
            raise AttributeError(f"type object '{cls.__name__}' has no attribute '{name}'")
        return cls.numbered(names[name])

    def __iter__(cls) -> Any:
        raise TypeError(f"'type' object '{cls.__name__}' is not iterable")

    def numbered(cls, number: int) -> Any:
        """Return the value of a number; combined flags have no name of their own."""
        value = cls._values.get(number)
        if value is None:
            value: Any = object.__new__(cls)  # type: ignore[arg-type]
            value.number = number
            # Several names share one number (behaviour 28): the value knows the first alone.
            value.name = next((n for n, v in cls._names.items() if v == number), str(number))
            value = cls._values.setdefault(number, value)
        return value

    @property
    def names(cls) -> tuple[str, ...]:
        """All names in the order of their numbers."""
        return tuple(sorted(cls._names, key=cls._names.__getitem__))


class NetEnum(metaclass=NetEnumType):
    """One value of an enum; equal by type and number, combined with `|`."""

    name: str
    number: int
    _names: ClassVar[dict[str, int]] = {}
    _values: ClassVar[dict[int, Any]] = {}

    def __new__(cls, number: int = 0) -> Self:
        """`BuiltInCategory(-2000011)`: the value of that number."""
        return cls.numbered(number)

    @property
    def value__(self) -> int:
        """The number."""
        return self.number

    def ToString(self) -> str:
        """Return the name."""
        return self.name

    def HasFlag(self, flag: "NetEnum") -> bool:
        """Tell whether all bits of `flag` are set."""
        return self.number & flag.number == flag.number

    def GetHashCode(self) -> int:
        """Return the number."""
        return self.number

    def Equals(self, other: object) -> bool:
        """Compare by type and number."""
        return self == other

    def CompareTo(self, other: "NetEnum") -> int:
        """Compare numbers: -1, 0 or 1."""
        return (self.number > other.number) - (self.number < other.number)

    def _combined(self, number: int) -> Self:
        return type(self).numbered(number)

    def __or__(self, other: "NetEnum") -> Self:
        self._same_type(other, "|")
        return self._combined(self.number | other.number)

    def __and__(self, other: "NetEnum") -> Self:
        self._same_type(other, "&")
        return self._combined(self.number & other.number)

    def __xor__(self, other: "NetEnum") -> Self:
        self._same_type(other, "^")
        return self._combined(self.number ^ other.number)

    def _same_type(self, other: object, sign: str) -> None:
        if type(other) is not type(self):
            raise TypeError(
                f"unsupported operand type(s) for {sign}: "
                f"'{type(self).__name__}' and '{type(other).__name__}'"
            )

    def __eq__(self, other: object) -> bool:
        return self is other or (type(other) is type(self) and self.number == other.number)

    def __hash__(self) -> int:
        return hash(self.number)

    def __int__(self) -> int:
        return self.number

    def __bool__(self) -> bool:
        return self.number != 0

    def __str__(self) -> str:
        return self.name

    def __repr__(self) -> str:
        return f"<enum {type(self).__name__}: {self.name}>"


def make_enum(catalog: Catalog, full_name: str, version: RevitVersion) -> type[NetEnum]:
    """Make the class of an enum with the values that it has in `version`."""
    names: dict[str, int] = {}
    members = catalog.type(full_name)
    for place, member in enumerate(members.members if members is not None else ()):
        if not member.is_enum_value or member.presence(version) is Presence.ABSENT:
            continue
        number = member.enum_value
        names[member.name] = _UNKNOWN_NUMBERS + place if number is None else number
    namespace = {"_names": names, "_values": {}, "__module__": full_name.rpartition(".")[0]}
    return NetEnumType(full_name.rpartition(".")[2], (NetEnum,), namespace)
