"""Calls whose arguments Revit or .NET refuse, although an overload takes their number."""

import ast
from collections.abc import Callable

from revitron_grpc.analysis.checks.display_names import LABELS, parameter_by_label
from revitron_grpc.analysis.checks.lengths import whole_number
from revitron_grpc.analysis.checks.report import report
from revitron_grpc.analysis.resolve import Lookup
from revitron_grpc.analysis.types import ClassObject, Growing, Items, Literal, Sequence, Type
from revitron_grpc.analysis.walk import Walk
from revitron_grpc.catalog.model import Member, TypeKind
from revitron_grpc.vocabulary import Engine

_DB = "Autodesk.Revit.DB."
_CLASSES: dict[str, str] = {
    f"{_DB}{name}": f"{_DB}{base}"
    for base, names in {
        "SpatialElement": "Architecture.Room Mechanical.Space Area",
        "SpatialElementTag": "Architecture.RoomTag Mechanical.SpaceTag AreaTag",
        "FamilyInstance": "Mullion Panel AnnotationSymbol",
        "FamilySymbol": (
            "AnnotationSymbolType Architecture.RoomTagType Mechanical.SpaceTagType AreaTagType "
            "Structure.TrussType"
        ),
        "ElementType": "Structure.AreaReinforcementType Structure.PathReinforcementType",
    }.items()
    for name in names.split()
}
"""Classes that exist in the API only, not in Revit's database, and the nearest one that does.

Autodesk's help lists them under ElementClassFilter, with the bases of `_NO_SUBCLASS_OF`.
"""
_NO_SUBCLASS_OF = tuple(f"{_DB}{name}" for name in ("CurveElement", "HostedSweep"))
_CATEGORIES = {
    "Architecture.Room": "OST_Rooms",
    "Mechanical.Space": "OST_MEPSpaces",
    "Area": "OST_Areas",
    "Architecture.RoomTag": "OST_RoomTags",
    "Mechanical.SpaceTag": "OST_MEPSpaceTags",
    "AreaTag": "OST_AreaTags",
    "Mullion": "OST_CurtainWallMullions",
    "Panel": "OST_CurtainWallPanels",
    "AnnotationSymbol": "OST_GenericAnnotation",
}
_COLLECTION = (
    "System.Collections.Generic.ICollection<",
    "System.Collections.Generic.ISet<",
)
"""What IronPython makes of no Python list: it wraps one as IList and IEnumerable only."""


def called(
    walk: Walk,
    name: str,
    lookup: Lookup,
    types: tuple[Type, ...],
    node: ast.Call,
    *,
    through_class: bool = False,
) -> None:
    """A method, or a constructor as `.ctor`, is called."""
    check = _CHECKS.get(name)
    if check is not None:
        check(walk, lookup, types, node)
    if walk.engine is Engine.CPYTHON_3:
        return
    for place, one in enumerate(types):
        if isinstance(one, Growing | Items | Sequence) and place < len(node.args):
            _python_collection(walk, lookup, place, node, through_class)


def _of_class(walk: Walk, lookup: Lookup, types: tuple[Type, ...], node: ast.Call) -> None:
    if not lookup.symbol.endswith("FilteredElementCollector.OfClass"):
        return
    if types and isinstance(types[0], ClassObject):
        _unknown_class(walk, types[0].name, node.args[0] if node.args else node, lookup.symbol)


def _constructed(walk: Walk, lookup: Lookup, types: tuple[Type, ...], node: ast.Call) -> None:
    if not lookup.symbol.startswith(f"{_DB}ElementClassFilter."):
        return
    if types and isinstance(types[0], ClassObject):
        _unknown_class(walk, types[0].name, node.args[0] if node.args else node, lookup.symbol)


def _unknown_class(walk: Walk, name: str, node: ast.AST, symbol: str) -> None:
    base = _CLASSES.get(name, "")
    if not base:
        base = next((b for b in _NO_SUBCLASS_OF if name != b and walk.view.is_a(name, b)), "")
    if not base:
        return
    short = name.rpartition(".")[2]
    category = _CATEGORIES.get(name.removeprefix(_DB))
    instead = (
        f"OfCategory(BuiltInCategory.{category}).WhereElementIsNotElementType()"
        if category
        else f"OfClass({base.rpartition('.')[2]}), then keep those that are a {short}"
    )
    report(
        walk,
        "RVT009",
        f"Revit's database does not know the class {short}: a filter by it raises "
        "ArgumentException",
        node,
        symbol=symbol,
        suggestion=instead,
    )


def _python_collection(
    walk: Walk, lookup: Lookup, place: int, node: ast.Call, through_class: bool
) -> None:
    wanted = ""
    for member in lookup.newest:
        if through_class and not member.static:
            return
        parameter = _parameter(member, place)
        if parameter is None:
            continue
        if parameter.startswith(_COLLECTION):
            wanted = parameter
        elif not _refuses_lists(walk, parameter):
            return
    if not wanted:
        return
    item = wanted.partition("<")[2].rstrip(">").rpartition(".")[2]
    walk.event("python_collection", node.args[place], f"{lookup.symbol}|{item}")


def _parameter(member: Member, place: int) -> str | None:
    parameters = member.parameters
    if parameters is None:
        return "?"
    return parameters[place].type if place < len(parameters) else None


def _refuses_lists(walk: Walk, wanted: str) -> bool:
    """Whether a list can certainly not stand there: a class of Revit, a number, a text."""
    if wanted.startswith("Autodesk."):
        found = walk.view.api_type(wanted)
        return found is not None and found.kind is not TypeKind.INTERFACE
    return wanted in ("System.String", "System.Int32", "System.Int64", "System.Double")


def _by_label(walk: Walk, lookup: Lookup, types: tuple[Type, ...], node: ast.Call) -> None:
    if lookup.symbol not in (f"{_DB}Element.LookupParameter", f"{_DB}Element.GetParameters"):
        return
    named = types[0] if types else None
    if not isinstance(named, Literal) or named.value not in LABELS:
        return
    names = parameter_by_label(walk.view, str(named.value))
    if not names:
        return
    report(
        walk,
        "RVT111",
        f"{named.value!r} is the English name of a built-in parameter: Revit in another language "
        "does not find it",
        node.args[0] if node.args else node,
        symbol=lookup.symbol,
        suggestion="get_Parameter(BuiltInParameter."
        + (f"{names[0]})" if len(names) == 1 else f"{{{', '.join(names)}}})"),
    )


def _category_by_name(walk: Walk, lookup: Lookup, types: tuple[Type, ...], node: ast.Call) -> None:
    if not lookup.symbol.startswith(f"{_DB}Categories."):
        return
    named = types[0] if types else None
    if isinstance(named, Literal) and isinstance(named.value, str):
        report(
            walk,
            "RVT111",
            f"{named.value!r} names a category in one language: Revit in another does not find it",
            node.args[0] if node.args else node,
            symbol=lookup.symbol,
            suggestion="Category.GetCategory(doc, BuiltInCategory.OST_...)",
        )


_Check = Callable[[Walk, Lookup, tuple[Type, ...], ast.Call], None]
_CHECKS: dict[str, _Check] = {
    "OfClass": _of_class,
    ".ctor": _constructed,
    "LookupParameter": _by_label,
    "GetParameters": _by_label,
    "get_Item": _category_by_name,
    "Set": whole_number,
}
