# -*- coding: utf-8 -*-
"""Elements: identity, deleting, what is missing, what is a copy."""

from revit_behaviours.table import FIELD, behaviour, page
from revit_behaviours.tools import attempt

_ELEMENT_ID = page("44f3f7b1-3229-3404-93c9-dc5e70337dd6")
_DELETE = page("a0461dd1-71d9-4581-1604-2ef8c211dd60")


@behaviour(
    "12.1",
    "Each call gives a new wrapper of the same element: compare ids",
    FIELD,
    "same object: False, same id: True",
)
def new_wrapper(doc, DB, tools):
    level = tools.elements(DB.Level).FirstElement() or tools.missing("a level")
    again = doc.GetElement(level.Id)
    return "same object: {}, same id: {}".format(again is level, again.Id == level.Id)


@behaviour(
    "13.1",
    "Element ids compare and hash by value",
    _ELEMENT_ID,
    "equal: True, same key: True",
)
def equal_ids(doc, DB, tools):
    level = tools.elements(DB.Level).FirstElement() or tools.missing("a level")
    first, second = level.Id, doc.GetElement(level.Id).Id
    return "equal: {}, same key: {}".format(first == second, len({first, second}) == 1)


@behaviour("13.2", "The invalid element id is -1", _ELEMENT_ID, "-1")
def invalid_id(doc, DB, tools):
    return "{}".format(tools.number(DB.ElementId.InvalidElementId))


@behaviour(
    "13.3",
    "ElementId has IntegerValue up to Revit 2025",
    _ELEMENT_ID,
    "IntegerValue: True",
    until=2025,
)
def integer_value(doc, DB, tools):
    return "IntegerValue: {}".format(hasattr(DB.ElementId.InvalidElementId, "IntegerValue"))


@behaviour(
    "13.4",
    "ElementId has no IntegerValue from Revit 2026 on",
    "https://www.revitapidocs.com/2026/44f3f7b1-3229-3404-93c9-dc5e70337dd6.htm",
    "IntegerValue: False",
    since=2026,
)
def no_integer_value(doc, DB, tools):
    return "IntegerValue: {}".format(hasattr(DB.ElementId.InvalidElementId, "IntegerValue"))


@behaviour(
    "13.5",
    "ElementId has no Value before Revit 2024",
    "https://www.revitapidocs.com/2023/44f3f7b1-3229-3404-93c9-dc5e70337dd6.htm",
    "Value: False",
    until=2023,
)
def no_value(doc, DB, tools):
    return "Value: {}".format(hasattr(DB.ElementId.InvalidElementId, "Value"))


@behaviour("13.6", "ElementId has Value from Revit 2024 on", _ELEMENT_ID, "Value: True", since=2024)
def has_value(doc, DB, tools):
    return "Value: {}".format(hasattr(DB.ElementId.InvalidElementId, "Value"))


@behaviour(
    "13.7",
    "WorksetId keeps IntegerValue in all versions",
    page("8bece327-c269-8101-b4c2-38632f593fe6"),
    "IntegerValue: True, Value: False",
)
def workset_id(doc, DB, tools):
    found = DB.WorksetId.InvalidWorksetId
    return "IntegerValue: {}, Value: {}".format(
        hasattr(found, "IntegerValue"), hasattr(found, "Value")
    )


@behaviour(
    "14.1",
    "Deleting a level deletes its plans, and returns their ids",
    _DELETE,
    "level: True, plan: True",
)
def delete_level(doc, DB, tools):
    with tools.changes():
        level = tools.level()
        ids = [tools.number(one.Id) for one in (level, tools.plan(level))]
        doc.Regenerate()
        deleted = tools.numbers(doc.Delete(level.Id))
        return "level: {}, plan: {}".format(*[one in deleted for one in ids])


@behaviour(
    "14.2",
    "Deleting a wall deletes its doors, and returns their ids",
    _DELETE,
    "wall: True, door: True",
    needs="a family of doors",
)
def delete_wall(doc, DB, tools):
    with tools.changes():
        level = tools.level()
        wall = tools.wall(level)
        doc.Regenerate()
        door = tools.door(wall, level, (10.0, 0.0))
        doc.Regenerate()
        ids = [tools.number(one.Id) for one in (wall, door)]
        deleted = tools.numbers(doc.Delete(wall.Id))
        return "wall: {}, door: {}".format(*[one in deleted for one in ids])


@behaviour(
    "14.3",
    "A deleted element is None by its id, and its old wrapper raises",
    _DELETE,
    "None, IsValidObject: False, raises InvalidObjectException",
)
def after_delete(doc, DB, tools):
    with tools.changes():
        level = tools.level()
        level_id = level.Id
        doc.Delete(level_id)
        return "{}, IsValidObject: {}, {}".format(
            doc.GetElement(level_id), level.IsValidObject, attempt(lambda: level.Elevation)
        )


@behaviour(
    "15.1",
    "A curtain wall type has no compound structure",
    page("a1ec47e5-c552-944d-2152-74d7bd3f2a31"),
    "None",
    needs="a type of curtain walls",
)
def no_structure(doc, DB, tools):
    for kind in tools.elements(DB.WallType):
        if kind.Kind == DB.WallKind.Curtain:
            return "{}".format(kind.GetCompoundStructure())
    return tools.missing("a type of curtain walls")


@behaviour(
    "15.2",
    "What has no geometry has no bounding box",
    page("def2f9f2-b23a-bcea-43a3-e6de41b014c8"),
    "None",
)
def no_box(doc, DB, tools):
    kind = tools.elements(DB.WallType).FirstElement() or tools.missing("a wall type")
    return "{}".format(kind.get_BoundingBox(None))


@behaviour(
    "15.3",
    "What stands on no level has an invalid LevelId",
    FIELD,
    "-1",
)
def no_level(doc, DB, tools):
    with tools.changes():
        return "{}".format(tools.number(tools.note(tools.drafting_view()).LevelId))


@behaviour(
    "16.1",
    "A compound structure is a copy until it is set back",
    page("a1ec47e5-c552-944d-2152-74d7bd3f2a31"),
    "changed before: False, after: True",
)
def structure_copy(doc, DB, tools):
    with tools.changes():
        kind = tools.layered_wall_type()
        layers = kind.GetCompoundStructure()
        core = layers.GetFirstCoreLayerIndex()
        width = layers.GetLayerWidth(core)
        layers.SetLayerWidth(core, width + 1.0)
        before = kind.GetCompoundStructure().GetLayerWidth(core) > width + 0.5
        kind.SetCompoundStructure(layers)
        after = kind.GetCompoundStructure().GetLayerWidth(core) > width + 0.5
        return "changed before: {}, after: {}".format(before, after)


@behaviour(
    "16.2",
    "Overrides of an element are a copy until they are set",
    page("af0a58fc-7bdf-02fb-4a20-944ffbe9057b"),
    "halftone before: False, after: True",
)
def overrides_copy(doc, DB, tools):
    with tools.changes():
        level = tools.level()
        view = tools.plan(level)
        wall = tools.wall(level)
        overrides = view.GetElementOverrides(wall.Id)
        overrides.SetHalftone(True)
        before = view.GetElementOverrides(wall.Id).Halftone
        view.SetElementOverrides(wall.Id, overrides)
        after = view.GetElementOverrides(wall.Id).Halftone
        return "halftone before: {}, after: {}".format(before, after)


@behaviour(
    "16.3",
    "The crop box is a copy until it is set back",
    FIELD,
    "wider before: False, after: True",
)
def crop_copy(doc, DB, tools):
    with tools.changes():
        view = tools.plan(tools.level())
        doc.Regenerate()
        box = view.CropBox
        x = box.Max.X
        box.Max = DB.XYZ(x + 10.0, box.Max.Y, box.Max.Z)
        before = x + 5.0 < view.CropBox.Max.X
        view.CropBox = box
        after = x + 5.0 < view.CropBox.Max.X
        return "wider before: {}, after: {}".format(before, after)


@behaviour(
    "16.4",
    "The document's units are a copy until they are set back",
    FIELD,
    "changed before: False, after: True",
)
def units_copy(doc, DB, tools):
    def inches():
        options = doc.GetUnits().GetFormatOptions(DB.SpecTypeId.Length)
        return options.GetUnitTypeId() == DB.UnitTypeId.Inches

    with tools.changes():
        units = doc.GetUnits()
        other = DB.UnitTypeId.Meters if inches() else DB.UnitTypeId.Inches
        was = inches()
        units.SetFormatOptions(DB.SpecTypeId.Length, DB.FormatOptions(other))
        before = inches() != was
        doc.SetUnits(units)
        return "changed before: {}, after: {}".format(before, inches() != was)


@behaviour(
    "18.1",
    "Parameters of the type are not on the instance",
    FIELD,
    "instance: None, type: True",
)
def width_of_type(doc, DB, tools):
    with tools.changes():
        wall = tools.wall(tools.level())
        width = DB.BuiltInParameter.WALL_ATTR_WIDTH_PARAM
        kind = doc.GetElement(wall.GetTypeId())
        return "instance: {}, type: {}".format(
            wall.get_Parameter(width), kind.get_Parameter(width) is not None
        )


@behaviour(
    "18.2",
    "A room has no type: its type id is invalid",
    page("cc66ca8e-302e-f072-edca-d847bcf14c86"),
    "-1",
)
def room_type(doc, DB, tools):
    with tools.changes():
        room = doc.Create.NewRoom(tools.phases()[-1])
        return "{}".format(tools.number(room.GetTypeId()))


@behaviour(
    "52.1",
    "An id that no element has gives None",
    page("d9848d7d-5917-2433-8454-f65f5ac03964"),
    "by id: None, by unique id: None",
)
def unknown_id(doc, DB, tools):
    unique = "00000000-0000-0000-0000-000000000000-00000000"
    return "by id: {}, by unique id: {}".format(
        doc.GetElement(DB.ElementId(2000000011)), doc.GetElement(unique)
    )


@behaviour(
    "52.2",
    "Deleting an id that no element has is refused",
    _DELETE,
    "raises ArgumentException",
)
def delete_unknown(doc, DB, tools):
    with tools.changes():
        return attempt(doc.Delete, DB.ElementId(2000000011))


@behaviour(
    "53.1",
    "A pinned element is deleted without a word",
    _DELETE,
    "None",
)
def delete_pinned(doc, DB, tools):
    with tools.changes():
        wall = tools.wall(tools.level())
        wall_id = wall.Id
        wall.Pinned = True
        doc.Delete(wall_id)
        return "{}".format(doc.GetElement(wall_id))


@behaviour(
    "53.2",
    "A pinned element cannot be moved",
    page("aaddd413-01b0-2878-3f79-a281abb6d364"),
    "raises InvalidOperationException",
)
def move_pinned(doc, DB, tools):
    with tools.changes():
        wall = tools.wall(tools.level())
        wall.Pinned = True
        doc.Regenerate()
        return attempt(DB.ElementTransformUtils.MoveElement, doc, wall.Id, DB.XYZ(1.0, 0.0, 0.0))


@behaviour(
    "54.1",
    "A type of another category cannot be given to an element",
    page("479b5d94-abd3-db42-27d7-6a3eda12f285"),
    "raises ArgumentException",
)
def wrong_type(doc, DB, tools):
    with tools.changes():
        wall = tools.wall(tools.level())
        kind = tools.elements(DB.TextNoteType).FirstElementId()
        return attempt(wall.ChangeTypeId, kind)


@behaviour(
    "54.2",
    "ChangeTypeId returns the invalid id where the element stays the same",
    page("479b5d94-abd3-db42-27d7-6a3eda12f285"),
    "-1",
)
def change_type(doc, DB, tools):
    with tools.changes():
        wall = tools.wall(tools.level())
        return "{}".format(tools.number(wall.ChangeTypeId(tools.layered_wall_type().Id)))


@behaviour(
    "55.1",
    "Copying returns the ids of the copies; the original stays",
    page("d0f532b7-2d30-c1d2-cd58-16237ec168e3"),
    "copies: 1, original among them: False, 30 feet away: True",
)
def copy_element(doc, DB, tools):
    with tools.changes():
        wall = tools.wall(tools.level())
        doc.Regenerate()
        ids = list(DB.ElementTransformUtils.CopyElement(doc, wall.Id, DB.XYZ(0.0, 30.0, 0.0)))
        copy = doc.GetElement(ids[0])
        start = copy.Location.Curve.GetEndPoint(0)
        return "copies: {}, original among them: {}, 30 feet away: {}".format(
            len(ids), wall.Id in ids, abs(start.Y - 30.0) < 0.001
        )
