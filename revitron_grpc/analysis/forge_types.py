"""Enums of units, specs and groups that became ForgeTypeId: which value is which property now.

Revit 2022 to 2025 replaced DisplayUnitType by UnitTypeId, ParameterType by SpecTypeId and
BuiltInParameterGroup by GroupTypeId. A value is replaced where it is handed to a method that
takes a ForgeTypeId there in every requested version, or compared with the member that has a
ForgeTypeId for an answer as well.
"""

import ast
from dataclasses import dataclass

from revitron_grpc.analysis.findings import Edit, Finding, Fix
from revitron_grpc.analysis.resolve import ApiView
from revitron_grpc.analysis.script_text import ScriptText
from revitron_grpc.catalog.model import Member, Presence

_DB = "Autodesk.Revit.DB."
_FORGE = _DB + "ForgeTypeId"


@dataclass(frozen=True, slots=True)
class _Family:
    """An enum and the class whose static properties took the place of its values.

    A value without a row in `names` keeps its name but for `prefix` and underscores. `getter` is
    the property that has the enum for an answer, and the method that answers now.
    """

    instead: str
    prefix: str
    names: dict[str, str]
    getter: tuple[str, str] | None = None


FAMILIES: dict[str, _Family] = {
    "BuiltInParameterGroup": _Family(
        "GroupTypeId",
        "PG_",
        {},
        ("ParameterGroup", "GetGroupTypeId()"),
    ),
    "ParameterType": _Family(
        "SpecTypeId",
        "",
        {
            "Text": "String.Text",
            "MultilineText": "String.MultilineText",
            "URL": "String.Url",
            "Integer": "Int.Integer",
            "NumberOfPoles": "Int.NumberOfPoles",
            "YesNo": "Boolean.YesNo",
            "Material": "Reference.Material",
            "Image": "Reference.Image",
            "LoadClassification": "Reference.LoadClassification",
        },
        ("ParameterType", "GetDataType()"),
    ),
    "DisplayUnitType": _Family(
        "UnitTypeId",
        "DUT_",
        {
            "DUT_DECIMAL_FEET": "Feet",
            "DUT_DECIMAL_INCHES": "Inches",
            "DUT_DECIMAL_DEGREES": "Degrees",
        },
    ),
}


def forge_fix(finding: Finding, text: ScriptText, view: ApiView) -> Fix | None:
    """The replacement of a gone enum by its ForgeTypeId, at the place of a finding."""
    enum = finding.symbol.removeprefix(_DB)
    family = FAMILIES.get(enum)
    if family is None or finding.rule not in ("RVT001", "RVT002"):
        return None
    title = f"Replace {enum} by {family.instead}"
    for node in text.nodes_at(finding):
        if isinstance(node, ast.alias):
            edits = _imported(node, enum, family, text, view)
        elif isinstance(node, (ast.Name, ast.Attribute)):
            edits = _use(node, enum, family, text, view)
        else:
            continue
        return Fix(title, edits) if edits else None
    return None


def _imported(
    node: ast.alias, enum: str, family: _Family, text: ScriptText, view: ApiView
) -> tuple[Edit, ...]:
    """The import of the enum and every use of it; nothing where one use stays."""
    place = text.place(node)
    if place is None or node.asname is not None or place[0] != place[2]:
        return ()
    imported = text.name_before(place[2], place[3], enum, family.instead)
    if imported is None:
        return ()
    edits = [imported]
    for use in ast.walk(text.tree):
        if isinstance(use, ast.Name) and use.id == enum:
            here = _use(use, enum, family, text, view)
            if not here:
                return ()
            edits += here
    return tuple(dict.fromkeys(edits))


def _use(
    node: ast.Name | ast.Attribute, enum: str, family: _Family, text: ScriptText, view: ApiView
) -> tuple[Edit, ...]:
    value = text.parents.get(node)
    if not isinstance(value, ast.Attribute):
        return ()
    new = _property(value.attr, family, view)
    type_at, value_at = text.place(node), text.place(value)
    if new is None or type_at is None or value_at is None or type_at[2] != value_at[2]:
        return ()
    first = text.name_before(type_at[2], type_at[3], enum, family.instead)
    second = text.name_before(value_at[2], value_at[3], value.attr, new)
    if first is None or second is None:
        return ()
    around = text.parents.get(value)
    if isinstance(around, ast.keyword):
        return ()
    if isinstance(around, ast.Call) and value in around.args:
        return (first, second) if _taken(around, value, enum, view) else ()
    if isinstance(around, ast.Compare):
        other = _compared(around, value, family, text, view)
        return (first, second, other) if other is not None else ()
    return ()


def _property(value: str, family: _Family, view: ApiView) -> str | None:
    """The property of the new class that a value of the enum is now."""
    named = family.names.get(value)
    owner = _DB + family.instead
    if named is not None:
        nested, _, name = named.rpartition(".")
        return named if _in_all(view, f"{owner}.{nested}" if nested else owner, name) else None
    wanted = value.removeprefix(family.prefix)
    if family.prefix:
        if wanted == value:
            return None
        wanted = wanted.replace("_", "").lower()
    api = view.catalog.type(owner)
    for member in api.members if api is not None else ():
        name = member.name.lower() if family.prefix else member.name
        if name == wanted and member.returns == _FORGE and _in_all(view, owner, member.name):
            return member.name
    return None


def _taken(call: ast.Call, argument: ast.expr, enum: str, view: ApiView) -> bool:
    """Whether whatever is called so takes a ForgeTypeId at that place in every version."""
    if call.keywords or any(isinstance(one, ast.Starred) for one in call.args):
        return False
    match call.func:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            pass
        case _:
            return False
    index, count = call.args.index(argument), len(call.args)
    catalog = view.catalog
    called = [(api.name, ".ctor") for api in catalog.types_named(name)]
    called += [
        (api.name, name) for api in catalog.types if any(m.name == name for m in api.members)
    ]
    found = False
    for owner, member in called:
        overloads = [m for m in catalog.member_history(owner, member) if _count(m) == count]
        took_enum = any(_type(m, index) == _DB + enum for m in overloads)
        takes_id = all(
            any(_type(m, index) == _FORGE and m.presence(v) is Presence.PRESENT for m in overloads)
            for v in view.versions
        )
        if took_enum and not takes_id:
            return False
        found = found or takes_id
    return found


def _count(member: Member) -> int:
    return len(member.parameters) if member.parameters is not None else -1


def _type(member: Member, index: int) -> str:
    return member.parameters[index].type if member.parameters else ""


def _compared(
    around: ast.Compare, value: ast.expr, family: _Family, text: ScriptText, view: ApiView
) -> Edit | None:
    """The edit of the other side of `x.ParameterGroup == value`."""
    if family.getter is None or len(around.ops) != 1:
        return None
    if not isinstance(around.ops[0], (ast.Eq, ast.NotEq)):
        return None
    other = around.comparators[0] if around.left is value else around.left
    old, new = family.getter
    place = text.place(other)
    if not isinstance(other, ast.Attribute) or other.attr != old or place is None:
        return None
    if not _in_all(view, _DB + "Definition", new.removesuffix("()")):
        return None
    return text.name_before(place[2], place[3], old, new)


def _in_all(view: ApiView, owner: str, name: str) -> bool:
    return all(
        any(m.presence(v) is Presence.PRESENT for m in view.catalog.members(owner, name, v))
        for v in view.versions
    )
