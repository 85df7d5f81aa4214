"""What the analysis knows of a value: the types that inference moves around.

`UNKNOWN` is the top: whatever is done with it is left alone. A walk makes many of these and throws
them away: a struct is made in a tenth of the time of a frozen dataclass.
"""

import ast
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

import msgspec

MAX_UNION = 4
"""More possible types than this become `UNKNOWN`."""


class Type:
    """The base of all types."""

    __slots__ = ()


class _Value(Type, msgspec.Struct, frozen=True):
    """The base of those that are the same if their parts are.

    They have no hash: that of lists nested without end would overflow the stack.
    """

    __hash__ = None  # pyright: ignore[reportAssignmentType]


class Unknown(_Value, frozen=True):
    """Anything."""


class NoneValue(_Value, frozen=True):
    """Python's None, .NET's null."""


class Primitive(_Value, frozen=True):
    """A plain Python value: `str`, `int`, `float`, `bool`, `bytes`."""

    name: str


class Instance(_Value, frozen=True):
    """A .NET object of this type or of a type derived from it.

    `arguments` are the type arguments; of a `FilteredElementCollector`, what it iterates.
    """

    name: str
    arguments: "tuple[Type, ...]" = ()
    filtered: bool = False
    """Of a collector: whether a filter was applied."""


class ClassObject(_Value, frozen=True):
    """A .NET class itself; `reflected` where it is its `System.Type`, from `clr.GetClrType`."""

    name: str
    arguments: "tuple[Type, ...]" = ()
    reflected: bool = False


class Namespace(_Value, frozen=True):
    """A .NET namespace."""

    name: str


class MethodGroup(_Value, frozen=True):
    """The overloads of one name, reached through an object or through its class."""

    owner: Type
    type_name: str
    name: str
    through_class: bool


class IndexedProperty(_Value, frozen=True):
    """`el.Parameter`, waiting for its index."""

    type_name: str
    name: str


class PythonName(_Value, frozen=True):
    """A module, class, function or object of pyRevit or Revitron, by dotted name."""

    name: str


class PythonInstance(_Value, frozen=True):
    """An object of a class of pyRevit or Revitron."""

    name: str


class Module(_Value, frozen=True):
    """A module that is neither .NET's nor pyRevit's nor Revitron's: only its name is known."""

    name: str


class LibraryModule(_Value, frozen=True):
    """A module or package of the extension's own files.

    `path` is its file, or its folder with a `/` at the end.
    """

    path: str


class Sequence(_Value, frozen=True):
    """A Python or .NET collection of which only the element type matters."""

    element: Type


class Items(_Value, frozen=True):
    """A tuple or list written out, item by item."""

    items: tuple[Type, ...]


class Mapping(_Value, frozen=True):
    """A dictionary."""

    key: Type
    value: Type


@dataclass(eq=False, slots=True)
class Growing(Type):
    """A list, set or dictionary of the script that is changed in place.

    What it holds is known once all places have been seen that put something in: `needed` of
    them, under its `name`, in the function that made it.
    """

    name: str
    needed: int
    mapping: bool = False
    element: "Type | None" = None
    key: "Type | None" = None
    seen: set[int] = field(default_factory=set)
    spoilt: bool = False
    """It was handed to something that may change it in ways that are not seen."""

    @property
    def held(self) -> "Type":
        """What it holds; of a dictionary, the values."""
        known = self.element is not None and not self.spoilt and len(self.seen) >= self.needed
        return self.element if known and self.element is not None else UNKNOWN

    @property
    def held_key(self) -> "Type":
        """The keys of a dictionary."""
        return UNKNOWN if self.held is UNKNOWN or self.key is None else self.key


class ContainerMethod(_Value, frozen=True):
    """A method of a list, set or dictionary."""

    of: Type
    name: str


class Builtin(_Value, frozen=True):
    """A function or type of Python itself."""

    name: str


class Literal(_Value, frozen=True):
    """A value written in the script: text or a number."""

    value: str | int | float


class PerVersion(_Value, frozen=True):
    """A value that follows from the running Revit, such as its year: one for each version."""

    values: tuple[str | int | float, ...]


class Condition(_Value, frozen=True):
    """A truth value that depends on the running Revit.

    Bit masks over the requested versions: those in which it can be true, and can be false.
    `opaque` where it depends on the version in a way that is not understood.
    """

    true: int
    false: int
    opaque: bool = False


@dataclass(eq=False, slots=True)
class Function(Type):
    """A function or method of the script; bound arguments are not modelled."""

    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
    mask: int
    method: bool = False
    calls: "list[list[Type]]" = field(default_factory=list)
    call_mask: int = 0
    called_unguarded: bool = False
    in_transaction: bool = True
    scope: object = None
    returns: "Type | None" = None
    done: bool = False
    settled: bool = False
    """Of a lib module that was read in full: calls are not noted any more."""
    owner: "LocalClass | None" = None
    """The class whose objects the first parameter is; None for functions and static methods."""
    defaults: "tuple[Type, ...]" = ()
    """The types of the default values of the last positional parameters."""


@dataclass(eq=False, slots=True)
class LocalClass(Type):
    """A class of the script.

    `lines` are the first and last of its text. `attributes` is what its methods store on their
    objects, known once `settled`; `storing` is that while it is being found, `stores_seen` the
    places. `open_ended` where it derives from a class that is not known.
    """

    name: str
    members: "dict[str, Type]"
    bases: "tuple[LocalClass, ...]" = ()
    open_ended: bool = False
    lines: tuple[int, int] = (0, 0)
    attributes: "dict[str, Type]" = field(default_factory=dict)
    storing: "dict[str, Type] | None" = None
    stores_seen: dict[str, set[int]] = field(default_factory=dict)
    settled: bool = False


@dataclass(eq=False, slots=True)
class LocalProperty(Type):
    """A property of a class of the script."""

    getter: Function


class LocalInstance(_Value, frozen=True):
    """An object of a class of the script."""

    of: LocalClass


class Union(_Value, frozen=True):
    """One of several types."""

    options: tuple[Type, ...]


UNKNOWN = Unknown()
NONE = NoneValue()
NO_MAPPING = Mapping(NONE, NONE)
"""An empty dictionary."""
STRING, INTEGER, FLOAT, BOOLEAN = (Primitive(name) for name in ("str", "int", "float", "bool"))


def primitive_of(of: Type) -> Type:
    """A literal's or version value's plain type; any other type as it is."""
    if isinstance(of, Literal):
        return Primitive(type(of.value).__name__)
    if isinstance(of, PerVersion):
        return Primitive(type(of.values[0]).__name__)
    return BOOLEAN if isinstance(of, Condition) else of


def options(of: Type) -> tuple[Type, ...]:
    """The types that a value may have."""
    return of.options if isinstance(of, Union) else (of,)


def join(first: Type | None, second: Type | None) -> Type:
    """The type of a value that comes from either place."""
    if first is second or second is None:
        return first or UNKNOWN
    if first is None:
        return second
    if first is UNKNOWN or second is UNKNOWN:
        return UNKNOWN
    if first == second:
        return first
    return union((*options(first), *options(second)))


def union(of: Iterable[Type]) -> Type:
    """One type for several; `UNKNOWN` where they are too many."""
    merged: list[Type] = []
    empty = False
    for option in of:
        if option is UNKNOWN:
            return UNKNOWN
        if isinstance(option, Items | Sequence):
            # A list that starts empty takes its element type from what it is merged with.
            if isinstance(option, Items) and not option.items:
                empty = True
                continue
            for position, other in enumerate(merged):
                if isinstance(other, Items | Sequence) and other != option:
                    element = join(element_of_items(other), element_of_items(option))
                    merged[position] = Sequence(element)
                    break
            else:
                if option not in merged:
                    merged.append(option)
            continue
        if isinstance(option, Literal | PerVersion | Condition) and merged:
            # Two values of one kind are no longer a known value.
            option = primitive_of(option)
            merged = [primitive_of(one) for one in merged]
        elif isinstance(option, Primitive):
            merged = [primitive_of(one) for one in merged]
        if option not in merged:
            merged.append(option)
    if empty and not any(isinstance(one, Items | Sequence) for one in merged):
        merged.append(Items(()))
    if not merged or len(merged) > MAX_UNION:
        return UNKNOWN
    return merged[0] if len(merged) == 1 else Union(tuple(merged))


def element_of_items(of: Type) -> Type:
    """The element type of a written-out or plain sequence."""
    if isinstance(of, Sequence):
        return of.element
    if isinstance(of, Items):
        element: Type | None = None
        for item in of.items:
            element = join(element, item)
        return element or UNKNOWN
    return UNKNOWN


def without_none(of: Type) -> Type:
    """The type after a test that the value is there."""
    if isinstance(of, Union):
        return union(option for option in of.options if option is not NONE and option != NONE)
    return of


_PRIMITIVES = {
    "System.String": STRING,
    "System.Char": STRING,
    "System.Boolean": BOOLEAN,
    "System.Void": NONE,
    **{
        f"System.{name}": INTEGER
        for name in ("Byte", "SByte", "Int16", "UInt16", "Int32", "UInt32", "Int64", "UInt64")
    },
    **{f"System.{name}": FLOAT for name in ("Single", "Double", "Decimal")},
}
SEQUENCES = frozenset(
    f"System.Collections.Generic.{name}"
    for name in (
        "IList",
        "List",
        "ICollection",
        "IEnumerable",
        "ISet",
        "HashSet",
        "SortedSet",
        "IReadOnlyList",
        "IReadOnlyCollection",
        "Queue",
        "Stack",
        "LinkedList",
    )
)
"""The generic .NET collections that iterate their only type argument."""
_MAPPINGS = frozenset(
    f"System.Collections.Generic.{name}"
    for name in ("IDictionary", "Dictionary", "SortedDictionary", "IReadOnlyDictionary")
)


@lru_cache(maxsize=4096)
def from_net(name: str | None) -> Type:
    """The type for a .NET type name as the catalog writes it."""
    if not name:
        return UNKNOWN
    primitive = _PRIMITIVES.get(name)
    if primitive is not None:
        return primitive
    if name.endswith("[]"):
        return Sequence(from_net(name[:-2]))
    if name.endswith(">"):
        outer, arguments = split_generic(name)
        inner = tuple(from_net(argument) for argument in arguments)
        if outer == "System.Nullable" and inner:
            return join(NONE, inner[0])
        if outer in _MAPPINGS and len(inner) == 2:
            # Iterating one gives key-value pairs, not keys as a Python dictionary does.
            return Mapping(UNKNOWN, inner[1])
        if outer.startswith("System.Tuple") or outer == "System.ValueTuple":
            return UNKNOWN
        return Instance(outer, inner)
    if name.startswith("Autodesk."):
        return Instance(name)
    return UNKNOWN


def split_generic(name: str) -> tuple[str, list[str]]:
    """`A<B,C<D>>` as its outer name and its arguments."""
    outer, _, rest = name.partition("<")
    arguments: list[str] = []
    depth, start = 0, 0
    body = rest[:-1]
    for position, character in enumerate(body):
        if character == "<":
            depth += 1
        elif character == ">":
            depth -= 1
        elif character == "," and depth == 0:
            arguments.append(body[start:position].strip())
            start = position + 1
    arguments.append(body[start:].strip())
    return outer, arguments
