"""The few types of .NET itself whose members every script meets.

The facts end where a Revit type derives from a `System` type. For the types below the public
members are few, stable since .NET Framework 2.0, and listed here in full, so that
`wall.ToString()` is known and `wall.Tostring()` is known to be wrong. Below any other `System`
type nothing can be said. Source: ECMA-335, partition IV, library specification.
"""

from revitron_grpc.catalog.model import Member, MemberKind, Parameter
from revitron_grpc.vocabulary import RevitVersion

_OBJECT = "System.Object"

# name, kind, static, return type, parameter types
_Row = tuple[str, MemberKind, bool, str, tuple[str, ...]]
_METHOD, _PROPERTY, _FIELD = MemberKind.METHOD, MemberKind.PROPERTY, MemberKind.FIELD

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
    "System.Collections.IEnumerable": (
        ("GetEnumerator", _METHOD, False, "System.Collections.IEnumerator", ()),
    ),
    "System.Collections.IEnumerator": (
        ("Current", _PROPERTY, False, _OBJECT, ()),
        ("MoveNext", _METHOD, False, "System.Boolean", ()),
        ("Reset", _METHOD, False, "System.Void", ()),
    ),
}
_ENUMERABLE = "System.Collections.Generic.IEnumerable<"
_ENUMERATOR = "System.Collections.Generic.IEnumerator<"


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
    if name.startswith(_ENUMERABLE):
        element = name[len(_ENUMERABLE) : -1]
        return (("GetEnumerator", _METHOD, False, f"{_ENUMERATOR}{element}>", ()),)
    if name.startswith(_ENUMERATOR):
        element = name[len(_ENUMERATOR) : -1]
        return (
            ("Current", _PROPERTY, False, element, ()),
            ("Dispose", _METHOD, False, "System.Void", ()),
            ("MoveNext", _METHOD, False, "System.Boolean", ()),
            ("Reset", _METHOD, False, "System.Void", ()),
        )
    return None
