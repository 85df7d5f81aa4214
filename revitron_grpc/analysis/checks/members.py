"""Members that exist and still do not do what they seem to."""

import ast
from collections.abc import Callable

from revitron_grpc.analysis.checks.report import report
from revitron_grpc.analysis.walk import Walk
from revitron_grpc.catalog.model import Member, MemberKind
from revitron_grpc.vocabulary import Engine

_Check = Callable[[Walk, str, tuple[Member, ...], ast.Attribute], None]
_NAME_PARAMETERS = {
    "Autodesk.Revit.DB.Architecture.Room": "ROOM_NAME",
    "Autodesk.Revit.DB.Mechanical.Space": "ROOM_NAME",
    "Autodesk.Revit.DB.Area": "ROOM_NAME",
    "Autodesk.Revit.DB.ElementType": "SYMBOL_NAME_PARAM",
}


def read_member(
    walk: Walk, type_name: str, attr: str, members: tuple[Member, ...], node: ast.Attribute
) -> None:
    """A member of an object is read; `members` are the overloads that the newest version has."""
    check = _CHECKS.get(attr)
    if check is not None and members and walk.mask:
        check(walk, type_name, members, node)


def _unreadable_name(
    walk: Walk, type_name: str, members: tuple[Member, ...], node: ast.Attribute
) -> None:
    """`Name` of a class that overrides only the setter: IronPython then sees no getter."""
    declared = members[0].declared_by
    nearest = [member for member in members if member.declared_by == declared]
    if "Name" in walk.having:
        return
    if walk.engine is Engine.CPYTHON_3 or any(member.gettable for member in nearest):
        return
    catalog = walk.view.catalog
    for subtype in catalog.subtypes(type_name):
        found = catalog.type(subtype)
        if found is not None and any(one.name == "Name" and one.gettable for one in found.members):
            return
    parameter = _NAME_PARAMETERS.get(type_name) or _NAME_PARAMETERS.get(declared, "")
    instead = f"Element.Name.GetValue({_text(node.value)})"
    if parameter:
        instead += (
            f", or {_text(node.value)}.get_Parameter(BuiltInParameter.{parameter}).AsString()"
        )
    report(
        walk,
        "RVT008",
        f"{type_name.rpartition('.')[2]}.Name can be set but not read in IronPython",
        node,
        symbol=f"{declared}.Name",
        suggestion=instead,
    )


def _without_phase(
    walk: Walk,
    _type_name: str,
    members: tuple[Member, ...],
    node: ast.Attribute,
) -> None:
    """`FromRoom` and its like exist with and without a phase; without, it is the last one's."""
    if not any(member.indexer for member in members) or not any(
        member.kind is MemberKind.PROPERTY and not member.indexer for member in members
    ):
        return
    # Whether `[phase]` follows is seen in the tree, not here.
    walk.event("room_without_phase", node, node.attr)


_CHECKS: dict[str, _Check] = {
    "Name": _unreadable_name,
    "FromRoom": _without_phase,
    "ToRoom": _without_phase,
}


def _text(node: ast.expr) -> str:
    """An expression as it could be written in a suggestion; long ones are not repeated."""
    text = ast.unparse(node)
    return text if len(text) <= 40 and "\n" not in text else "element"
