# -*- coding: utf-8 -*-
"""Parameters, their values and units."""

from revit_behaviours.table import FIELD, UNDECIDED, behaviour, page
from revit_behaviours.tools import attempt

_LOOKUP = page("4400b9f8-3787-0947-5113-2522ff5e5de2")
_UNITS = page("b5e8d065-d274-62f8-7b5d-89722f7c44f3")

# Set tells whether the value was changed, and raises for a read-only parameter alone.
_GUIDE = (
    "https://help.autodesk.com/cloudhelp/2016/ENU/Revit-API/files/"
    "GUID-9AB355A8-091E-4AFD-87B0-FBB5A09A131F.htm"
)


def _comments(DB, tools):
    """Return the comments of a new wall."""
    return tools.wall(tools.level()).get_Parameter(DB.BuiltInParameter.ALL_MODEL_INSTANCE_COMMENTS)


def _height(DB, tools):
    """Return the unconnected height of a new wall."""
    return tools.wall(tools.level()).get_Parameter(DB.BuiltInParameter.WALL_USER_HEIGHT_PARAM)


@behaviour(
    "19.1",
    "LookupParameter goes by the name that is shown, and by its case",
    FIELD,
    "as shown: True, other case: None",
)
def lookup_case(doc, DB, tools):
    with tools.changes():
        parameter = _comments(DB, tools)
        name = parameter.Definition.Name
        wall = parameter.Element
        return "as shown: {}, other case: {}".format(
            wall.LookupParameter(name) is not None, wall.LookupParameter(name.swapcase())
        )


@behaviour(
    "19.2",
    "A parameter that the element has not is None",
    _LOOKUP,
    "by name: None, built-in: None",
)
def absent_parameter(doc, DB, tools):
    with tools.changes():
        wall = tools.wall(tools.level())
        return "by name: {}, built-in: {}".format(
            wall.LookupParameter("Behaviour check: no such parameter"),
            wall.get_Parameter(DB.BuiltInParameter.ROOM_NUMBER),
        )


@behaviour(
    "20.1",
    "A text that was never filled is None, an emptied one is empty",
    FIELD,
    "never: None, HasValue: False, emptied: ''",
)
def empty_text(doc, DB, tools):
    with tools.changes():
        comments = _comments(DB, tools)
        never, has_value = comments.AsString(), comments.HasValue
        comments.Set("words")
        comments.Set("")
        emptied = comments.AsString()
        return "never: {}, HasValue: {}, emptied: '{}'".format(never, has_value, emptied)


@behaviour("20.2", "AsString of a number is None", FIELD, "None")
def text_of_number(doc, DB, tools):
    with tools.changes():
        return "{}".format(_height(DB, tools).AsString())


@behaviour("20.3", "AsDouble of a parameter that is no number", FIELD, UNDECIDED)
def number_of_text(doc, DB, tools):
    with tools.changes():
        comments = _comments(DB, tools)
        comments.Set("12.5")
        return "{!r}, {}".format(comments.AsDouble(), attempt(comments.AsDouble))


@behaviour(
    "21.1",
    "Set of a whole number on a length changes nothing and returns False",
    _GUIDE,
    "False, then 8.0",
)
def whole_number(doc, DB, tools):
    with tools.changes():
        height = _height(DB, tools)
        height.Set(8.0)
        result = height.Set(9)
        return "{}, then {:.1f}".format(result, height.AsDouble())


@behaviour(
    "21.2",
    "Set of a text on a length changes nothing and returns False",
    _GUIDE,
    "False, then 8.0",
)
def text_on_length(doc, DB, tools):
    with tools.changes():
        height = _height(DB, tools)
        height.Set(8.0)
        result = height.Set("9")
        return "{}, then {:.1f}".format(result, height.AsDouble())


@behaviour("21.3", "Set(None) fits several overloads and is refused", FIELD, "raises TypeError")
def set_none(doc, DB, tools):
    with tools.changes():
        return attempt(_comments(DB, tools).Set, None)


@behaviour(
    "21.4",
    "A read-only parameter cannot be set",
    page("a3e195e5-5601-2ffb-511b-693052137fa8"),
    "IsReadOnly: True, raises InvalidOperationException",
)
def read_only(doc, DB, tools):
    with tools.changes():
        wall = tools.wall(tools.level())
        area = wall.get_Parameter(DB.BuiltInParameter.HOST_AREA_COMPUTED)
        return "IsReadOnly: {}, {}".format(area.IsReadOnly, attempt(area.Set, 1.0))


@behaviour(
    "21.5",
    "A number must be finite",
    page("a3e195e5-5601-2ffb-511b-693052137fa8"),
    "raises ArgumentException",
)
def infinite(doc, DB, tools):
    with tools.changes():
        return attempt(_height(DB, tools).Set, float("inf"))


@behaviour(
    "22.1",
    "AsValueString is text in project units, which UnitFormatUtils reads back",
    page("94aa0fc7-a9f7-6961-260f-88838f791637"),
    "same as the number: False, reads back: True",
)
def value_string(doc, DB, tools):
    with tools.changes():
        height = _height(DB, tools)
        height.Set(8.0)
        text = height.AsValueString()
        done, value = DB.UnitFormatUtils.TryParse(doc.GetUnits(), DB.SpecTypeId.Length, text)
        return "same as the number: {}, reads back: {}".format(
            text == str(height.AsDouble()), done and abs(value - 8.0) < 0.1
        )


@behaviour(
    "23.1",
    "Inside are feet, square feet, radians, kilograms and kelvin",
    _UNITS,
    "3.2808, 10.7639, 0.0175, 1.0000, 273.1500",
)
def internal_units(doc, DB, tools):
    kinds = DB.UnitTypeId
    units = [kinds.Meters, kinds.SquareMeters, kinds.Degrees, kinds.Kilograms]
    values = [DB.UnitUtils.ConvertToInternalUnits(1.0, unit) for unit in units]
    values.append(DB.UnitUtils.ConvertToInternalUnits(0.0, kinds.Celsius))
    return ", ".join("{:.4f}".format(value) for value in values)


@behaviour(
    "23.2",
    "Watts, volts, newtons and pascals have feet in them",
    "https://github.com/architecture-building-systems/revitpythonshell/issues/148",
    "10.7639, 10.7639, 3.2808, 0.3048",
)
def feet_in_watts(doc, DB, tools):
    kinds = DB.UnitTypeId
    units = [kinds.Watts, kinds.Volts, kinds.Newtons, kinds.Pascals]
    return ", ".join(
        "{:.4f}".format(DB.UnitUtils.ConvertToInternalUnits(1.0, unit)) for unit in units
    )


@behaviour(
    "23.3",
    "A quantity in place of a unit is refused",
    _UNITS,
    "raises ArgumentException",
)
def no_unit(doc, DB, tools):
    return attempt(DB.UnitUtils.ConvertToInternalUnits, 1.0, DB.SpecTypeId.Length)


@behaviour(
    "24.1",
    "Yes and no are whole numbers",
    FIELD,
    "Integer, 1, then 0",
)
def yes_no(doc, DB, tools):
    with tools.changes():
        wall = tools.wall(tools.level())
        bounding = wall.get_Parameter(DB.BuiltInParameter.WALL_ATTR_ROOM_BOUNDING)
        before = bounding.AsInteger()
        bounding.Set(0)
        return "{}, {}, then {}".format(bounding.StorageType, before, bounding.AsInteger())


@behaviour(
    "24.2",
    "The workset of an element is a whole number, that of its WorksetId",
    FIELD,
    "Integer, same: True",
    needs="worksharing",
)
def workset_parameter(doc, DB, tools):
    if not doc.IsWorkshared:
        tools.missing("worksharing")
    with tools.changes():
        wall = tools.wall(tools.level())
        workset = wall.get_Parameter(DB.BuiltInParameter.ELEM_PARTITION_PARAM)
        same = workset.AsInteger() == wall.WorksetId.IntegerValue
        return "{}, same: {}".format(workset.StorageType, same)


@behaviour(
    "28.1",
    "Built-in parameters share numbers: the width of doors, windows and furniture",
    FIELD,
    "windows: True, furniture: True",
)
def shared_numbers(doc, DB, tools):
    width = DB.BuiltInParameter.DOOR_WIDTH
    return "windows: {}, furniture: {}".format(
        width == DB.BuiltInParameter.WINDOW_WIDTH, width == DB.BuiltInParameter.FURNITURE_WIDTH
    )


_CODES = ("UNIFORMAT_CODE", "ASSEMBLY_CODE", "OMNICLASS_CODE", "CLASSIFICATION_CODE")
_BUILT_IN = page("fb011c91-be7e-f737-28c7-3f1e1917a0e0")


@behaviour(
    "28.2",
    "UNIFORMAT_CODE and OMNICLASS_CODE up to Revit 2025",
    _BUILT_IN,
    "UNIFORMAT_CODE, OMNICLASS_CODE",
    until=2025,
)
def old_codes(doc, DB, tools):
    return ", ".join(name for name in _CODES if hasattr(DB.BuiltInParameter, name))


@behaviour(
    "28.3",
    "ASSEMBLY_CODE and CLASSIFICATION_CODE from Revit 2026 on",
    "https://www.revitapidocs.com/2026/fb011c91-be7e-f737-28c7-3f1e1917a0e0.htm",
    "ASSEMBLY_CODE, CLASSIFICATION_CODE",
    since=2026,
)
def new_codes(doc, DB, tools):
    return ", ".join(name for name in _CODES if hasattr(DB.BuiltInParameter, name))


def _comments_id(DB):
    return DB.ElementId(DB.BuiltInParameter.ALL_MODEL_INSTANCE_COMMENTS)


_WITH_CASE = page("2a4943e9-4efe-7b79-b1ea-8b85c253001d")
_WITHOUT_CASE = page("365d4fca-bbb0-c05b-5940-3104982589c8")


@behaviour(
    "29.1",
    "Rules for texts take a case flag up to Revit 2025",
    _WITH_CASE,
    "no exception",
    until=2025,
)
def rule_with_case(doc, DB, tools):
    make = DB.ParameterFilterRuleFactory.CreateEqualsRule
    return attempt(make, _comments_id(DB), "words", False)


@behaviour(
    "29.2",
    "Rules for texts take no case flag from Revit 2026 on",
    _WITHOUT_CASE,
    "raises TypeError",
    since=2026,
)
def rule_without_flag(doc, DB, tools):
    make = DB.ParameterFilterRuleFactory.CreateEqualsRule
    return attempt(make, _comments_id(DB), "words", False)


@behaviour(
    "29.3",
    "Rules for texts need a case flag in Revit 2022",
    _WITH_CASE,
    "raises TypeError",
    until=2022,
)
def rule_needs_case(doc, DB, tools):
    make = DB.ParameterFilterRuleFactory.CreateEqualsRule
    return attempt(make, _comments_id(DB), "words")


@behaviour(
    "29.4",
    "Rules for texts work without a case flag from Revit 2023 on",
    _WITHOUT_CASE,
    "no exception",
    since=2023,
)
def rule_without_case(doc, DB, tools):
    make = DB.ParameterFilterRuleFactory.CreateEqualsRule
    return attempt(make, _comments_id(DB), "words")
