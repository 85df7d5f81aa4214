"""What a .NET assembly shows to the world: its public types and their public members.

Read from metadata, nothing is run. A type parameter stands as `!0` or `!!0` in the types of
members (`assembly_signatures`). Explicit implementations of interfaces are private in .NET, so
they are not here; neither is what is protected or internal.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from revitron_grpc.catalog.assembly_attributes import read_attributes
from revitron_grpc.catalog.assembly_members import AssemblyMember, MemberReader
from revitron_grpc.catalog.assembly_metadata import (
    DamagedError,
    Metadata,
    Row,
    read_metadata,
    unreadable,
)
from revitron_grpc.catalog.assembly_signatures import Signatures
from revitron_grpc.catalog.model import TypeKind

_VISIBILITY, _PUBLIC, _NESTED_PUBLIC = 0x07, 1, 2
_INTERFACE, _ABSTRACT, _SEALED = 0x20, 0x80, 0x100
_SPECIAL_BASES = {
    "System.Enum": TypeKind.ENUM,
    "System.ValueType": TypeKind.STRUCT,
    "System.MulticastDelegate": TypeKind.DELEGATE,
}


@dataclass(frozen=True, slots=True)
class AssemblyType:
    """One public type; `outer` is the type around a nested one.

    `generic` are the names of its type parameters, those of the types around it first.
    `interfaces` are those that the metadata list, public or not. `obsolete` is the text of the
    obsolete attribute, None where it has none.
    """

    name: str
    namespace: str
    kind: TypeKind
    members: tuple[AssemblyMember, ...]
    base: str | None
    interfaces: tuple[str, ...]
    outer: str | None
    abstract: bool
    static: bool
    generic: tuple[str, ...]
    obsolete: str | None


@dataclass(frozen=True, slots=True)
class Assembly:
    """The public types of one assembly, in the order of the file."""

    path: Path
    name: str
    version: tuple[int, int, int, int]
    types: tuple[AssemblyType, ...]


def read_assembly(path: Path) -> Assembly:
    """Read the public types of the assembly at `path`.

    Raises:
        RevitronGrpcError: `ASSEMBLY_UNREADABLE`, as `read_metadata`, and where the metadata
            contradict themselves.

    """
    metadata = read_metadata(path)
    try:
        rows = metadata.rows("Assembly")
        if not rows:
            raise DamagedError("it is a module without an assembly of its own")
        _, major, minor, build, revision, _, _, name, _ = rows[0]
        types = tuple(_TypeReader(metadata).types())
        return Assembly(path, metadata.string(name), (major, minor, build, revision), types)
    except DamagedError as error:
        raise unreadable(path, str(error)) from error


class _TypeReader:
    """Reads the types of one assembly; used once."""

    def __init__(self, metadata: Metadata) -> None:
        self._metadata = metadata
        self._signatures = Signatures(metadata)
        self._attributes = read_attributes(metadata, self._signatures)
        self._members = MemberReader(metadata, self._signatures, self._attributes)
        self._outer = metadata.outer_types()
        self._interfaces: dict[int, list[int]] = {}
        for owner, interface in metadata.rows("InterfaceImpl"):
            self._interfaces.setdefault(owner, []).append(interface)

    def types(self) -> Iterator[AssemblyType]:
        for number, row in enumerate(self._metadata.rows("TypeDef"), 1):
            if self._is_public(number):
                yield self._type(number, row)

    def _is_public(self, number: int) -> bool:
        """Tell whether a type and all around it are public."""
        seen: set[int] = set()
        while True:
            visibility = self._metadata.row("TypeDef", number)[0] & _VISIBILITY
            outer = self._outer.get(number)
            if outer is None:
                return visibility == _PUBLIC
            if visibility != _NESTED_PUBLIC:
                return False
            seen.add(number)
            number = outer
            if number in seen:
                raise DamagedError("types are nested in a circle")

    def _type(self, number: int, row: Row) -> AssemblyType:
        flags, _, _, extends, _, _ = row
        signatures = self._signatures
        name = signatures.defined_name(number)
        base = signatures.type_name(extends) if extends >> 2 else None
        kind = _kind(name, base, flags)
        outer = self._outer.get(number)
        return AssemblyType(
            name=name,
            namespace=self._namespace(number),
            kind=kind,
            members=tuple(self._members.of_type(number, kind)),
            base=base,
            interfaces=tuple(signatures.type_name(i) for i in self._interfaces.get(number, ())),
            outer=None if outer is None else signatures.defined_name(outer),
            abstract=bool(flags & _ABSTRACT) and not flags & (_SEALED | _INTERFACE),
            static=bool(flags & _ABSTRACT) and bool(flags & _SEALED),
            generic=self._members.type_parameters("TypeDef", number),
            obsolete=self._attributes.obsolete.get(("TypeDef", number)),
        )

    def _namespace(self, number: int) -> str:
        while (outer := self._outer.get(number)) is not None:
            number = outer  # `_is_public` has seen that there is no circle
        return self._metadata.string(self._metadata.row("TypeDef", number)[2])


def _kind(name: str, base: str | None, flags: int) -> TypeKind:
    if flags & _INTERFACE:
        return TypeKind.INTERFACE
    # System.Enum itself is a class below System.ValueType.
    if name in _SPECIAL_BASES or base is None:
        return TypeKind.CLASS
    return _SPECIAL_BASES.get(base, TypeKind.CLASS)
