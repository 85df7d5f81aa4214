"""The attributes of an assembly that change what the catalog says of a symbol."""

from bisect import bisect_right
from dataclasses import dataclass

from revitron_grpc.catalog.assembly_metadata import (
    CUSTOM_ATTRIBUTE_TYPE,
    HAS_CUSTOM_ATTRIBUTE,
    MEMBER_REF_PARENT,
    TYPE_DEF_OR_REF,
    DamagedError,
    Metadata,
    compressed,
    decoded,
)
from revitron_grpc.catalog.assembly_signatures import Signatures

_OBSOLETE = "System.ObsoleteAttribute"
_DEFAULT_MEMBER = "System.Reflection.DefaultMemberAttribute"
_PARAMS = "System.ParamArrayAttribute"
_READ_ONLY = "System.Runtime.CompilerServices.IsReadOnlyAttribute"
_PROLOG = b"\x01\x00"
_LONGEST_NOTE = 4096
"""Bytes that are read of the text of an obsolete attribute."""

Owner = tuple[str, int]
"""A table and a row number: what an attribute is put on."""


@dataclass(frozen=True, slots=True)
class Attributes:
    """What stands on which row: texts of obsolete notes, names of default members, `params`.

    `read_only` are references that a method only reads (`in` in C#).
    """

    obsolete: dict[Owner, str]
    default_member: dict[Owner, str]
    params: frozenset[Owner]
    read_only: frozenset[Owner]


def read_attributes(metadata: Metadata, signatures: Signatures) -> Attributes:
    """Read the attributes that matter; the others are passed over.

    Raises:
        DamagedError: An attribute points to what is not there.

    """
    obsolete: dict[Owner, str] = {}
    default_member: dict[Owner, str] = {}
    params: set[Owner] = set()
    read_only: set[Owner] = set()
    classes: dict[int, str] = {}
    for parent, kind, value in metadata.rows("CustomAttribute"):
        name = classes.get(kind)
        if name is None:
            name = classes[kind] = _class_name(metadata, signatures, kind)
        if name == _OBSOLETE:
            obsolete[decoded(parent, HAS_CUSTOM_ATTRIBUTE)] = _first_text(metadata.blob(value))
        elif name == _DEFAULT_MEMBER:
            text = _first_text(metadata.blob(value))
            default_member[decoded(parent, HAS_CUSTOM_ATTRIBUTE)] = text
        elif name == _PARAMS:
            params.add(decoded(parent, HAS_CUSTOM_ATTRIBUTE))
        elif name == _READ_ONLY:
            read_only.add(decoded(parent, HAS_CUSTOM_ATTRIBUTE))
    return Attributes(obsolete, default_member, frozenset(params), frozenset(read_only))


def _class_name(metadata: Metadata, signatures: Signatures, constructor: int) -> str:
    table, number = decoded(constructor, CUSTOM_ATTRIBUTE_TYPE)
    if table == "MethodDef":
        types = metadata.rows("TypeDef")
        return signatures.defined_name(bisect_right(types, number, key=lambda row: row[5]))
    parent, row = decoded(metadata.row(table, number)[0], MEMBER_REF_PARENT)
    if parent not in TYPE_DEF_OR_REF[1]:
        return ""
    return signatures.type_name(row << 2 | TYPE_DEF_OR_REF[1].index(parent))


def _first_text(value: bytes) -> str:
    """Return the first argument of an attribute, a text; empty where there is none."""
    if len(value) < 5 or not value.startswith(_PROLOG) or value[2] == 0xFF:
        return ""
    size, start = compressed(value, 2)
    if start + size > len(value):
        raise DamagedError("the text of an attribute is cut off")
    return value[start : start + min(size, _LONGEST_NOTE)].decode("utf-8", "replace")
