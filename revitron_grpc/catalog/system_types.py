"""The few types of .NET itself whose members every script meets.

The facts end where a Revit type derives from a `System` type or implements a `System` interface.
For those below the public members are few, stable since .NET Framework 2.0 (the read-only
collections since 4.5), and listed here in full, so that `wall.ToString()` is known and
`wall.Tostring()` is known to be wrong. Below any other `System` type nothing can be said. Source:
ECMA-335, partition IV, library specification.
"""

from revitron_grpc.catalog.model import Member, MemberKind, Parameter
from revitron_grpc.vocabulary import RevitVersion

_OBJECT = "System.Object"

# name, kind, static, return type, parameter types
_Row = tuple[str, MemberKind, bool, str, tuple[str, ...]]
_METHOD, _PROPERTY, _FIELD = MemberKind.METHOD, MemberKind.PROPERTY, MemberKind.FIELD
_BOOL, _INT, _STRING, _VOID = "System.Boolean", "System.Int32", "System.String", "System.Void"

_ROWS: dict[str, tuple[_Row, ...]] = {
    _OBJECT: (
        ("Equals", _METHOD, False, "System.Boolean", (_OBJECT,)),
        ("Equals", _METHOD, True, "System.Boolean", (_OBJECT, _OBJECT)),
        ("GetHashCode", _METHOD, False, "System.Int32", ()),
        ("GetType", _METHOD, False, "System.Type", ()),
        ("MemberwiseClone", _METHOD, False, _OBJECT, ()),
        ("ReferenceEquals", _METHOD, True, "System.Boolean", (_OBJECT, _OBJECT)),
        ("ToString", _METHOD, False, "System.String", ()),
    ),
    "System.ValueType": (),
    "System.Enum": (
        ("CompareTo", _METHOD, False, "System.Int32", (_OBJECT,)),
        ("Format", _METHOD, True, "System.String", ("System.Type", _OBJECT, "System.String")),
        ("GetName", _METHOD, True, "System.String", ("System.Type", _OBJECT)),
        ("GetNames", _METHOD, True, "System.String[]", ("System.Type",)),
        ("GetTypeCode", _METHOD, False, "System.TypeCode", ()),
        ("GetUnderlyingType", _METHOD, True, "System.Type", ("System.Type",)),
        ("GetValues", _METHOD, True, "System.Array", ("System.Type",)),
        ("HasFlag", _METHOD, False, "System.Boolean", ("System.Enum",)),
        ("IsDefined", _METHOD, True, "System.Boolean", ("System.Type", _OBJECT)),
        ("Parse", _METHOD, True, _OBJECT, ("System.Type", "System.String")),
        (
            "Parse",
            _METHOD,
            True,
            _OBJECT,
            ("System.Type", "System.String", "System.Boolean"),
        ),
        ("ToObject", _METHOD, True, _OBJECT, ("System.Type", _OBJECT)),
        ("ToString", _METHOD, False, "System.String", ("System.String",)),
        ("TryParse", _METHOD, True, "System.Boolean", ("System.String", _OBJECT)),
        ("value__", _FIELD, False, "System.Int32", ()),
    ),
    "System.EventArgs": (("Empty", _FIELD, True, "System.EventArgs", ()),),
    "System.IDisposable": (("Dispose", _METHOD, False, "System.Void", ()),),
    "System.ICloneable": (("Clone", _METHOD, False, _OBJECT, ()),),
    "System.IComparable": (("CompareTo", _METHOD, False, _INT, (_OBJECT,)),),
    "System.IFormattable": (
        ("ToString", _METHOD, False, _STRING, (_STRING, "System.IFormatProvider")),
    ),
    "System.Runtime.Serialization.ISerializable": (
        (
            "GetObjectData",
            _METHOD,
            False,
            _VOID,
            (
                "System.Runtime.Serialization.SerializationInfo",
                "System.Runtime.Serialization.StreamingContext",
            ),
        ),
    ),
    "System.Collections.ICollection": (
        ("CopyTo", _METHOD, False, _VOID, ("System.Array", _INT)),
        ("Count", _PROPERTY, False, _INT, ()),
        ("IsSynchronized", _PROPERTY, False, _BOOL, ()),
        ("SyncRoot", _PROPERTY, False, _OBJECT, ()),
    ),
    "System.Collections.IEnumerable": (
        ("GetEnumerator", _METHOD, False, "System.Collections.IEnumerator", ()),
    ),
    "System.Collections.IEnumerator": (
        ("Current", _PROPERTY, False, _OBJECT, ()),
        ("MoveNext", _METHOD, False, _BOOL, ()),
        ("Reset", _METHOD, False, _VOID, ()),
    ),
    "System.Collections.IList": (
        ("Add", _METHOD, False, _INT, (_OBJECT,)),
        ("Clear", _METHOD, False, _VOID, ()),
        ("Contains", _METHOD, False, _BOOL, (_OBJECT,)),
        ("IndexOf", _METHOD, False, _INT, (_OBJECT,)),
        ("Insert", _METHOD, False, _VOID, (_INT, _OBJECT)),
        ("IsFixedSize", _PROPERTY, False, _BOOL, ()),
        ("IsReadOnly", _PROPERTY, False, _BOOL, ()),
        ("Item", _PROPERTY, False, _OBJECT, (_INT,)),
        ("Remove", _METHOD, False, _VOID, (_OBJECT,)),
        ("RemoveAt", _METHOD, False, _VOID, (_INT,)),
    ),
}
# The same of generic types; `!0` stands for the first argument.
_GENERIC_ROWS: dict[str, tuple[_Row, ...]] = {
    "System.IComparable": (("CompareTo", _METHOD, False, _INT, ("!0",)),),
    "System.IEquatable": (("Equals", _METHOD, False, _BOOL, ("!0",)),),
    "System.Collections.Generic.ICollection": (
        ("Add", _METHOD, False, _VOID, ("!0",)),
        ("Clear", _METHOD, False, _VOID, ()),
        ("Contains", _METHOD, False, _BOOL, ("!0",)),
        ("CopyTo", _METHOD, False, _VOID, ("!0[]", _INT)),
        ("Count", _PROPERTY, False, _INT, ()),
        ("IsReadOnly", _PROPERTY, False, _BOOL, ()),
        ("Remove", _METHOD, False, _BOOL, ("!0",)),
    ),
    "System.Collections.Generic.IEnumerable": (
        ("GetEnumerator", _METHOD, False, "System.Collections.Generic.IEnumerator<!0>", ()),
    ),
    "System.Collections.Generic.IEnumerator": (
        ("Current", _PROPERTY, False, "!0", ()),
        ("Dispose", _METHOD, False, _VOID, ()),
        ("MoveNext", _METHOD, False, _BOOL, ()),
        ("Reset", _METHOD, False, _VOID, ()),
    ),
    "System.Collections.Generic.IList": (
        ("IndexOf", _METHOD, False, _INT, ("!0",)),
        ("Insert", _METHOD, False, _VOID, (_INT, "!0")),
        ("Item", _PROPERTY, False, "!0", (_INT,)),
        ("RemoveAt", _METHOD, False, _VOID, (_INT,)),
    ),
    "System.Collections.Generic.IReadOnlyCollection": (("Count", _PROPERTY, False, _INT, ()),),
    "System.Collections.Generic.IReadOnlyList": (("Item", _PROPERTY, False, "!0", (_INT,)),),
}


def system_members(
    name: str, versions: tuple[RevitVersion, ...]
) -> dict[str, tuple[Member, ...]] | None:
    """Return the members of a `System` type by name; None where they are not known."""
    rows = _ROWS.get(name)
    if rows is None:
        rows = _generic_rows(name)
        if rows is None:
            return None
    members: dict[str, tuple[Member, ...]] = {}
    for member_name, kind, static, returns, parameters in rows:
        member = Member(
            name=member_name,
            kind=kind,
            declared_by=name,
            static=static,
            versions=versions,
            returns=returns,
            parameters=tuple(
                Parameter(f"value{index}", parameter) for index, parameter in enumerate(parameters)
            ),
            settable=False if kind is _PROPERTY else None,
        )
        members[member_name] = (*members.get(member_name, ()), member)
    return members


def _generic_rows(name: str) -> tuple[_Row, ...] | None:
    """Return the rows of a generic type with one argument, put in; None for any other."""
    plain, _, argument = name.removesuffix(">").partition("<")
    rows = _GENERIC_ROWS.get(plain)
    if rows is None or not argument:
        return None
    return tuple(
        (
            member,
            kind,
            static,
            returns.replace("!0", argument),
            tuple(parameter.replace("!0", argument) for parameter in parameters),
        )
        for member, kind, static, returns, parameters in rows
    )
