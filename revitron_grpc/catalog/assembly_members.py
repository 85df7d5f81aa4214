"""The public members of one type of a .NET assembly."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from revitron_grpc.catalog.assembly_attributes import Attributes, Owner
from revitron_grpc.catalog.assembly_metadata import (
    HAS_CONSTANT,
    HAS_SEMANTICS,
    TYPE_OR_METHOD_DEF,
    DamagedError,
    Metadata,
    decoded,
)
from revitron_grpc.catalog.assembly_signatures import Signatures, SignatureType
from revitron_grpc.catalog.model import MemberKind, TypeKind

# ECMA-335 II.23.1: flags of fields, methods, parameters, and what an accessor is for.
_ACCESS, _PUBLIC, _STATIC, _LITERAL = 0x07, 0x06, 0x10, 0x40
_SETTER, _GETTER, _ADDER = 0x1, 0x2, 0x8
_IN, _OUT, _OPTIONAL = 0x1, 0x2, 0x10
_SIGNED_CONSTANTS = frozenset({0x04, 0x06, 0x08, 0x0A})
_CONSTRUCTOR = ".ctor"


@dataclass(frozen=True, slots=True)
class AssemblyParameter:
    """One parameter; the name is empty where the assembly does not keep it."""

    name: str
    type: str
    modifier: Literal["", "out", "ref", "params"] = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class AssemblyMember:
    """One public member, one overload each.

    `returns` is also the type of a field, a property or an event (its handler). `generic` are the
    names of a method's type parameters. `settable` and `gettable` say whether a property has that
    accessor and it is public; `accessors` are the public ones by name, in both cases only of a
    property. `obsolete` is the text of the obsolete attribute, None where it has none.
    """

    name: str
    kind: MemberKind
    static: bool
    returns: str
    parameters: tuple[AssemblyParameter, ...] = ()
    generic: tuple[str, ...] = ()
    settable: bool | None = None
    gettable: bool = True
    default_indexer: bool = False
    accessors: tuple[str, ...] = ()
    enum_value: int | None = None
    obsolete: str | None = None


class MemberReader:
    """Reads the members of the types of one assembly; not safe for several threads."""

    def __init__(self, metadata: Metadata, signatures: Signatures, attributes: Attributes) -> None:
        self._metadata = metadata
        self._signatures = signatures
        self._attributes = attributes
        self._constants: dict[Owner, tuple[int, int]] = {
            decoded(parent, HAS_CONSTANT): (kind, value)
            for kind, _, parent, value in metadata.rows("Constant")
        }
        self._generics: dict[Owner, dict[int, str]] = {}
        for number, _, owner, name in metadata.rows("GenericParam"):
            names = self._generics.setdefault(decoded(owner, TYPE_OR_METHOD_DEF), {})
            names[number] = metadata.string(name)
        self._accessors: dict[Owner, list[tuple[int, int]]] = {}
        for purpose, method, owner in metadata.rows("MethodSemantics"):
            self._accessors.setdefault(decoded(owner, HAS_SEMANTICS), []).append((purpose, method))
        self._accessor_methods = {method for _, method, _ in metadata.rows("MethodSemantics")}
        self._property_maps = self._maps("PropertyMap")
        self._event_maps = self._maps("EventMap")

    def of_type(self, number: int, kind: TypeKind) -> Iterator[AssemblyMember]:
        """Yield the public members that a type declares: none of a delegate.

        Raises:
            DamagedError: A member has what cannot be.

        """
        if kind is TypeKind.DELEGATE:
            return
        yield from self._fields(number, kind)
        if kind is TypeKind.ENUM:
            return
        yield from self._properties(number)
        yield from self._events(number)
        yield from self._methods(number)

    def type_parameters(self, table: str, number: int) -> tuple[str, ...]:
        """Return the names of the type parameters of a type or method, in their order."""
        names = self._generics.get((table, number), {})
        if sorted(names) != list(range(len(names))):
            raise DamagedError("type parameters are not numbered one by one")
        return tuple(names[place] for place in range(len(names)))

    def _maps(self, table: str) -> dict[int, int]:
        return {row[0]: number for number, row in enumerate(self._metadata.rows(table), 1)}

    def _fields(self, owner: int, kind: TypeKind) -> Iterator[AssemblyMember]:
        metadata = self._metadata
        for number in metadata.owned("TypeDef", 4, owner, "Field"):
            flags, name_at, signature = metadata.row("Field", number)
            if flags & _ACCESS != _PUBLIC:
                continue
            static = bool(flags & _STATIC)
            enum_value = None
            if kind is TypeKind.ENUM:
                if not static:
                    continue  # the number itself, `value__`
                enum_value = self._number(("Field", number)) if flags & _LITERAL else None
            yield AssemblyMember(
                name=metadata.string(name_at),
                kind=MemberKind.FIELD,
                static=static,
                returns=self._signatures.of_field(signature).name,
                enum_value=enum_value,
                obsolete=self._attributes.obsolete.get(("Field", number)),
            )

    def _number(self, owner: Owner) -> int | None:
        kind, value_at = self._constants.get(owner, (0, 0))
        if not kind:
            return None
        value = self._metadata.blob(value_at)
        if not 0 < len(value) <= 8:
            raise DamagedError("the value of an enum has no number's size")
        return int.from_bytes(value, "little", signed=kind in _SIGNED_CONSTANTS)

    def _properties(self, owner: int) -> Iterator[AssemblyMember]:
        metadata = self._metadata
        held = self._property_maps.get(owner)
        default = self._attributes.default_member.get(("TypeDef", owner))
        for number in metadata.owned("PropertyMap", 1, held, "Property") if held else ():
            _, name_at, signature_at = metadata.row("Property", number)
            accessors = self._public_accessors(("Property", number))
            if not {_GETTER, _SETTER} & set(accessors):
                continue
            name = metadata.string(name_at)
            signature = self._signatures.of_method(signature_at)
            purpose = _GETTER if _GETTER in accessors else _SETTER
            parameters = self._parameters(accessors[purpose], signature.parameters)
            yield AssemblyMember(
                name=name,
                kind=MemberKind.PROPERTY,
                static=not signature.instance,
                returns=signature.returns.name,
                parameters=parameters,
                settable=_SETTER in accessors,
                gettable=_GETTER in accessors,
                default_indexer=bool(parameters) and name == default,
                accessors=tuple(
                    metadata.string(metadata.row("MethodDef", accessors[purpose])[3])
                    for purpose in (_GETTER, _SETTER)
                    if purpose in accessors
                ),
                obsolete=self._note(("Property", number), accessors),
            )

    def _events(self, owner: int) -> Iterator[AssemblyMember]:
        metadata = self._metadata
        held = self._event_maps.get(owner)
        for number in metadata.owned("EventMap", 1, held, "Event") if held else ():
            _, name_at, handler = metadata.row("Event", number)
            accessors = self._public_accessors(("Event", number))
            if _ADDER not in accessors:
                continue
            yield AssemblyMember(
                name=metadata.string(name_at),
                kind=MemberKind.EVENT,
                static=bool(metadata.row("MethodDef", accessors[_ADDER])[2] & _STATIC),
                returns=self._signatures.type_name(handler),
                obsolete=self._note(("Event", number), accessors),
            )

    def _public_accessors(self, owner: Owner) -> dict[int, int]:
        return {
            purpose: method
            for purpose, method in self._accessors.get(owner, ())
            if self._metadata.row("MethodDef", method)[2] & _ACCESS == _PUBLIC
        }

    def _note(self, owner: Owner, accessors: dict[int, int]) -> str | None:
        """Return the obsolete note of a property or event, which may stand on its accessors."""
        notes = self._attributes.obsolete
        if owner in notes:
            return notes[owner]
        told = [notes.get(("MethodDef", method)) for method in accessors.values()]
        return told[0] if None not in told else None

    def _methods(self, owner: int) -> Iterator[AssemblyMember]:
        metadata = self._metadata
        for number in metadata.owned("TypeDef", 5, owner, "MethodDef"):
            _, _, flags, name_at, signature_at, _ = metadata.row("MethodDef", number)
            if flags & _ACCESS != _PUBLIC or number in self._accessor_methods:
                continue
            name = metadata.string(name_at)
            signature = self._signatures.of_method(signature_at)
            yield AssemblyMember(
                name=name,
                kind=MemberKind.CONSTRUCTOR if name == _CONSTRUCTOR else MemberKind.METHOD,
                static=bool(flags & _STATIC),
                returns=signature.returns.name,
                parameters=self._parameters(number, signature.parameters),
                generic=self.type_parameters("MethodDef", number),
                obsolete=self._attributes.obsolete.get(("MethodDef", number)),
            )

    def _parameters(
        self, method: int, types: tuple[SignatureType, ...]
    ) -> tuple[AssemblyParameter, ...]:
        """Join the types of a signature with the names and flags of a method's parameters.

        A setter has one more parameter than its property, the value.
        """
        metadata = self._metadata
        known: dict[int, tuple[str, int, bool, bool]] = {}
        for number in metadata.owned("MethodDef", 5, method, "Param"):
            flags, place, name = metadata.row("Param", number)
            many = ("Param", number) in self._attributes.params
            read_only = ("Param", number) in self._attributes.read_only
            known[place] = (metadata.string(name), flags, many, read_only)
        return tuple(
            _parameter(type_, *known.get(place, ("", 0, False, False)))
            for place, type_ in enumerate(types, 1)
        )


def _parameter(
    type_: SignatureType, name: str, flags: int, many: bool, read_only: bool
) -> AssemblyParameter:
    modifier: Literal["", "out", "ref", "params"] = ""
    if many:
        modifier = "params"
    elif type_.by_reference and not (read_only or type_.read_only):
        modifier = "out" if flags & _OUT and not flags & _IN else "ref"
    return AssemblyParameter(name, type_.name, modifier, bool(flags & _OPTIONAL))
