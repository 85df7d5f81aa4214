"""Signatures of .NET members, decoded from their blobs (ECMA-335, II.23.2).

Types are spelled as the catalog spells them: full names with dots also before nested types and
without the arity, arguments in angle brackets, `[]` and `[,]` for arrays. A type parameter is `!0`
for the type's first and `!!0` for the method's own; who knows their names puts them in
(`named_parameters`). Modifiers such as `const` or `volatile` are left out, but for the one that
tells a read-only reference.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from revitron_grpc.catalog.assembly_metadata import (
    RESOLUTION_SCOPE,
    TYPE_DEF_OR_REF,
    DamagedError,
    Metadata,
    compressed,
    decoded,
)

_DEEPEST = 32
_LONGEST = 8192
"""Characters of one type's spelling; a real one has some hundreds at most."""
_MOST_CHARACTERS = 128 * 1024 * 1024
"""Characters of all spellings; the class library of .NET has 3 million."""
_MOST_PARAMETERS = 1024

_PRIMITIVES = {
    0x01: "System.Void",
    0x02: "System.Boolean",
    0x03: "System.Char",
    0x04: "System.SByte",
    0x05: "System.Byte",
    0x06: "System.Int16",
    0x07: "System.UInt16",
    0x08: "System.Int32",
    0x09: "System.UInt32",
    0x0A: "System.Int64",
    0x0B: "System.UInt64",
    0x0C: "System.Single",
    0x0D: "System.Double",
    0x0E: "System.String",
    0x16: "System.TypedReference",
    0x18: "System.IntPtr",
    0x19: "System.UIntPtr",
    0x1C: "System.Object",
}
_POINTER, _BY_REFERENCE, _VALUE_TYPE, _CLASS, _TYPE_PARAMETER = 0x0F, 0x10, 0x11, 0x12, 0x13
_ARRAY, _GENERIC, _FUNCTION, _VECTOR, _METHOD_PARAMETER = 0x14, 0x15, 0x1B, 0x1D, 0x1E
_REQUIRED, _OPTIONAL, _SENTINEL, _PINNED = 0x1F, 0x20, 0x41, 0x45
_IN_ATTRIBUTE = "System.Runtime.InteropServices.InAttribute"

_HAS_THIS, _GENERIC_METHOD, _FIELD, _PROPERTY = 0x20, 0x10, 0x06, 0x08
_PLACEHOLDER = re.compile(r"(!!?)(\d+)")


@dataclass(frozen=True, slots=True)
class SignatureType:
    """A type at its place in a signature: passed by reference, and if so, read-only."""

    name: str
    by_reference: bool = False
    read_only: bool = False


@dataclass(frozen=True, slots=True)
class Signature:
    """What a method or property takes and gives; of a field, only what it is."""

    returns: SignatureType
    parameters: tuple[SignatureType, ...] = ()
    instance: bool = False
    generic: int = 0


def plain_name(name: str) -> str:
    """Leave out the arity of a generic type's name: the `1 of `List`1`."""
    before, mark, arity = name.rpartition("`")
    return before if mark and arity.isdigit() else name


def named_parameters(name: str, of_type: Sequence[str], of_method: Sequence[str]) -> str:
    """Put the names of type parameters for `!0` and `!!0`; one without a name stays as it is."""
    if "!" not in name:
        return name

    def put(match: re.Match[str]) -> str:
        names = of_method if len(match[1]) > 1 else of_type
        number = int(match[2])
        return names[number] if number < len(names) else match[0]

    return _PLACEHOLDER.sub(put, name)


class Signatures:
    """The signatures of one assembly, and the names of the types that they mention.

    Each blob and each type is decoded once; not safe for several threads.
    """

    def __init__(self, metadata: Metadata) -> None:
        self._metadata = metadata
        self._names: dict[tuple[str, int], str] = {}
        self._outer = metadata.outer_types()
        self._methods: dict[int, Signature] = {}
        self._fields: dict[int, SignatureType] = {}
        # Signatures share no bytes, so that all of them together are not longer than the heap.
        self._bytes_left = len(metadata.blobs) + _LONGEST
        self._characters_left = _MOST_CHARACTERS

    # Names of types

    def type_name(self, index: int, depth: int = 0) -> str:
        """Spell the type that a TypeDefOrRef index points to.

        Raises:
            DamagedError: The index, or what it leads to, is wrong.

        """
        return self._named(*decoded(index, TYPE_DEF_OR_REF), depth)

    def defined_name(self, number: int) -> str:
        """Spell the type in row `number` of TypeDef; raises as `type_name`."""
        return self._named("TypeDef", number, 0)

    def _named(self, table: str, number: int, depth: int) -> str:
        key = (table, number)
        name = self._names.get(key)
        if name is None:
            if depth > _DEEPEST:
                raise DamagedError("types are nested or mentioned in a circle")
            reader = {
                "TypeDef": self._definition,
                "TypeRef": self._reference,
                "TypeSpec": self._specification,
            }[table]
            name = self._names[key] = self.counted(reader(number, depth + 1))
        return name

    def _definition(self, number: int, depth: int) -> str:
        row = self._metadata.row("TypeDef", number)
        name = plain_name(self._metadata.string(row[1]))
        outer = self._outer.get(number)
        if outer is not None:
            return f"{self._named('TypeDef', outer, depth)}.{name}"
        return _in_namespace(self._metadata.string(row[2]), name)

    def _reference(self, number: int, depth: int) -> str:
        scope, name_at, namespace_at = self._metadata.row("TypeRef", number)
        name = plain_name(self._metadata.string(name_at))
        table, outer = decoded(scope, RESOLUTION_SCOPE)
        if table == "TypeRef" and outer:
            return f"{self._named(table, outer, depth)}.{name}"
        return _in_namespace(self._metadata.string(namespace_at), name)

    def _specification(self, number: int, depth: int) -> str:
        (at,) = self._metadata.row("TypeSpec", number)
        return self._reader(at).type(depth).name

    # Signatures

    def of_method(self, at: int) -> Signature:
        """Decode the signature of a method or a property (the blob at `at`).

        Raises:
            DamagedError: It is no such signature.

        """
        known = self._methods.get(at)
        if known is None:
            known = self._methods[at] = self._reader(at).method()
        return known

    def of_field(self, at: int) -> SignatureType:
        """Decode the signature of a field; raises as `of_method`."""
        known = self._fields.get(at)
        if known is None:
            reader = self._reader(at)
            if reader.number() != _FIELD:
                raise DamagedError("a field has the signature of something else")
            known = self._fields[at] = reader.type(0)
        return known

    def _reader(self, at: int) -> "_Reader":
        blob = self._metadata.blob(at)
        self._bytes_left -= len(blob)
        if self._bytes_left < 0:
            raise DamagedError("its signatures overlap")
        return _Reader(blob, self)

    def counted(self, name: str) -> str:
        """Return a spelling; raises where it, or all of them together, are too long."""
        self._characters_left -= len(name)
        if len(name) > _LONGEST or self._characters_left < 0:
            raise DamagedError("the names of its types are too long")
        return name


class _Reader:
    """Reads one blob from its start; `signatures` spells the types that it points to."""

    def __init__(self, blob: bytes, signatures: Signatures) -> None:
        self._blob = blob
        self._at = 0
        self._type_name = signatures.type_name
        self._counted = signatures.counted

    def number(self) -> int:
        value, self._at = compressed(self._blob, self._at)
        return value

    def method(self, depth: int = 0) -> Signature:
        convention = self.number()
        if convention & 0x0F == _FIELD:
            raise DamagedError("a method or property has the signature of a field")
        generic = self.number() if convention & _GENERIC_METHOD else 0
        count = self.number()
        if count > _MOST_PARAMETERS:
            raise DamagedError(f"a member takes {count} parameters")
        returns = self.type(depth)
        return Signature(
            returns,
            tuple(self.type(depth) for _ in range(count)),
            bool(convention & _HAS_THIS),
            generic,
        )

    def type(self, depth: int) -> SignatureType:
        """Read a type with what stands before it; `depth` bounds how deep types may nest."""
        by_reference = read_only = False
        while True:
            element = self.number()
            if element in (_REQUIRED, _OPTIONAL):
                modifier = self._type_name(self.number(), depth + 1)
                read_only |= element == _REQUIRED and modifier == _IN_ATTRIBUTE
            elif element == _BY_REFERENCE:
                by_reference = True
            elif element not in (_SENTINEL, _PINNED):
                break
        return SignatureType(self._counted(self._spelled(element, depth)), by_reference, read_only)

    def _spelled(self, element: int, depth: int) -> str:
        if depth > _DEEPEST:
            raise DamagedError("a signature is nested too deeply")
        primitive = _PRIMITIVES.get(element)
        if primitive is not None:
            return primitive
        if element in (_VALUE_TYPE, _CLASS):
            return self._type_name(self.number(), depth + 1)
        if element == _TYPE_PARAMETER:
            return f"!{self.number()}"
        if element == _METHOD_PARAMETER:
            return f"!!{self.number()}"
        if element == _POINTER:
            return f"{self.type(depth + 1).name}*"
        if element == _VECTOR:
            return f"{self.type(depth + 1).name}[]"
        if element == _ARRAY:
            return self._array(depth)
        if element == _GENERIC:
            return self._generic(depth)
        if element == _FUNCTION:
            # A pointer to a function; no language that scripts are written in can name its type.
            self.method(depth + 1)
            return "System.IntPtr"
        raise DamagedError(f"a signature has an unknown element {element:#x}")

    def _array(self, depth: int) -> str:
        of = self.type(depth + 1).name
        rank = self.number()
        if not 0 < rank <= _DEEPEST:
            raise DamagedError(f"an array has {rank} dimensions")
        for _ in range(2):  # sizes, then lower bounds (signed, which makes no difference here)
            for _ in range(self.number()):
                self.number()
        return f"{of}[{',' * (rank - 1) or '*'}]"

    def _generic(self, depth: int) -> str:
        if self.number() not in (_VALUE_TYPE, _CLASS):
            raise DamagedError("a generic type is neither class nor value")
        name = self._type_name(self.number(), depth + 1)
        count = self.number()
        if not 0 < count <= _MOST_PARAMETERS:
            raise DamagedError(f"a generic type takes {count} arguments")
        arguments = [self.type(depth + 1).name for _ in range(count)]
        return f"{name}<{','.join(arguments)}>"


def _in_namespace(namespace: str, name: str) -> str:
    return f"{namespace}.{name}" if namespace else name
