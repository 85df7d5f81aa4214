"""What to write instead of API that is gone or not yet there, in all requested versions at once.

A text is offered only where everything that it names exists in every requested version, so that
the advice for 2022 to 2026 may be another than that for 2025 and 2026.
"""

import msgspec

from revitron_grpc.analysis.resolve import ApiView

_DB = "Autodesk.Revit.DB."
_COMPAT = "from pyrevit.compat import "


class Replacement(msgspec.Struct, frozen=True):
    """One way out: what to write, and the types and members of Autodesk.Revit.DB that it needs."""

    text: str
    needs: tuple[str, ...] = ()


def _specs(what: str) -> tuple[Replacement, ...]:
    return (Replacement(what, ("SpecTypeId",)),)


_ID_VALUE = (
    Replacement("write element_id.Value", ("ElementId.Value",)),
    Replacement("write element_id.IntegerValue", ("ElementId.IntegerValue",)),
    Replacement(
        f"{_COMPAT}get_elementid_value_func, then "
        "get_elementid_value_func()(element_id): ElementId.Value where it exists, IntegerValue "
        "elsewhere"
    ),
)
REPLACEMENTS: dict[str, tuple[Replacement, ...]] = {
    "ElementId.IntegerValue": _ID_VALUE,
    "ElementId.Value": _ID_VALUE,
    "BuiltInParameterGroup": (
        Replacement("use GroupTypeId, such as GroupTypeId.Data", ("GroupTypeId",)),
    ),
    "ParameterType": _specs("use SpecTypeId, such as SpecTypeId.String.Text"),
    "UnitType": _specs("use SpecTypeId, such as SpecTypeId.Length"),
    "DisplayUnitType": (
        Replacement("use UnitTypeId, such as UnitTypeId.Millimeters", ("UnitTypeId",)),
    ),
    "UnitSymbolType": (
        Replacement("use SymbolTypeId, such as SymbolTypeId.Mm", ("SymbolTypeId",)),
    ),
    "Definition.ParameterType": (
        Replacement("definition.GetDataType() == SpecTypeId...", ("Definition.GetDataType",)),
    ),
    "Definition.UnitType": (
        Replacement("definition.GetDataType() == SpecTypeId...", ("Definition.GetDataType",)),
    ),
    "Definition.ParameterGroup": (
        Replacement(
            "definition.GetGroupTypeId() == GroupTypeId...", ("Definition.GetGroupTypeId",)
        ),
    ),
    "Parameter.DisplayUnitType": (
        Replacement("parameter.GetUnitTypeId() == UnitTypeId...", ("Parameter.GetUnitTypeId",)),
    ),
    "FormatOptions.DisplayUnits": (
        Replacement("options.GetUnitTypeId() == UnitTypeId...", ("FormatOptions.GetUnitTypeId",)),
    ),
    "Category.BuiltInCategory": (
        Replacement(
            "compare category.Id with ElementId(BuiltInCategory.OST_...)", ("BuiltInCategory",)
        ),
    ),
    "Creation.Document.NewFloor": (
        Replacement(
            "Floor.Create(doc, [curve_loop], floor_type.Id, level.Id), the loops in a "
            "List[CurveLoop]",
            ("Floor.Create", "CurveLoop.Create"),
        ),
    ),
    "IndependentTag.GetTaggedLocalElement": (
        Replacement(
            "list(tag.GetTaggedLocalElements())", ("IndependentTag.GetTaggedLocalElements",)
        ),
    ),
    "View.ViewName": (Replacement("write view.Name", ("View.Name",)),),
    "Element.ViewName": (Replacement("write view.Name", ("View.Name",)),),
}
"""By type or member, without `Autodesk.Revit.DB.`; the first that holds is offered."""


def instead_of(view: ApiView, symbol: str) -> str:
    """What to write instead of a type or member; empty where nothing is known to hold."""
    short = symbol.removeprefix("Autodesk.Revit.").removeprefix("DB.")
    for one in REPLACEMENTS.get(short, ()):
        if all(_in_all(view, f"{_DB}{needed}") for needed in one.needs):
            return one.text
    return ""


def _in_all(view: ApiView, symbol: str) -> bool:
    lookup = view.type_lookup(symbol)
    if lookup is None:
        owner, _, name = symbol.rpartition(".")
        lookup = view.member_lookup(owner, name, exact=True)
    return lookup is not None and lookup.present == view.full
