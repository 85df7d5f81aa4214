# -*- coding: utf-8 -*-
"""Rooms, doors and what stands in rooms."""

from revit_behaviours.table import FIELD, behaviour, page
from revit_behaviours.tools import attempt

_FROM_ROOM = page("d6658841-da29-ead4-049b-3036cbd4951a")
_VOLUMES = page("254e3348-0153-b766-b45c-cfcbc9f52d72")


def _loops(DB, room):
    """Return how many boundaries a room has; none is 0 and so is None."""
    return len(room.GetBoundarySegments(DB.SpatialElementBoundaryOptions()) or [])


@behaviour(
    "34.1",
    "A room that is not placed has no location and no area",
    "https://sixtysecondrevit.com/2021-05-26-room-quirks-in-the-revit-api",
    "location: None, area: 0.0",
)
def unplaced_room(doc, DB, tools):
    with tools.changes():
        room = doc.Create.NewRoom(tools.phases()[-1])
        return "location: {}, area: {}".format(room.Location, room.Area)


@behaviour(
    "34.2",
    "A room that is not enclosed has a location, but no area and no boundary",
    page("4656a84f-b64c-a5ee-e1a1-58bc330d9319"),
    "location: True, area: 0.0, boundaries: 0",
)
def open_room(doc, DB, tools):
    with tools.changes():
        room = tools.room(tools.level())
        doc.Regenerate()
        return "location: {}, area: {}, boundaries: {}".format(
            room.Location is not None, room.Area, _loops(DB, room)
        )


@behaviour(
    "34.3",
    "A second room in the same place is redundant: no area",
    page("b37ffa39-c5b3-c7d5-b510-13c718cefa09"),
    "first: True, second: 0.0",
)
def redundant_room(doc, DB, tools):
    with tools.changes():
        level = tools.level()
        tools.box(level)
        doc.Regenerate()
        first, second = tools.room(level), tools.room(level, 5.0, 5.0)
        doc.Regenerate()
        return "first: {}, second: {}".format(first.Area > 300.0, second.Area)


@behaviour(
    "34.4",
    "A room has no volume unless the document computes volumes",
    _VOLUMES,
    "without: 0.0, with: True",
)
def volume_setting(doc, DB, tools):
    with tools.changes():
        level = tools.level()
        tools.box(level)
        doc.Regenerate()
        room = tools.room(level)
        settings = DB.AreaVolumeSettings.GetAreaVolumeSettings(doc)
        settings.ComputeVolumes = False
        doc.Regenerate()
        without = room.Volume
        settings.ComputeVolumes = True
        doc.Regenerate()
        return "without: {}, with: {}".format(without, room.Volume > 300.0)


def _two_rooms_and_a_door(doc, DB, tools):
    """Return a door between two rooms, and the numbers of the rooms' ids."""
    level = tools.level()
    tools.box(level)
    wall = tools.wall(level, (10.0, 0.0), (10.0, 20.0))
    doc.Regenerate()
    rooms = [tools.room(level, x) for x in (5.0, 15.0)]
    door = tools.door(wall, level, (10.0, 10.0))
    doc.Regenerate()
    return door, {tools.number(room.Id) for room in rooms}


@behaviour(
    "35.1",
    "A door knows its two rooms in the phase it is asked for",
    _FROM_ROOM,
    "both: True",
    needs="a family of doors",
)
def rooms_of_door(doc, DB, tools):
    with tools.changes():
        door, rooms = _two_rooms_and_a_door(doc, DB, tools)
        last = tools.phases()[-1]
        found = [door.get_FromRoom(last), door.get_ToRoom(last)]
        return "both: {}".format(
            None not in found and {tools.number(one.Id) for one in found} == rooms
        )


@behaviour(
    "35.2",
    "In a phase before its own a door has no rooms",
    _FROM_ROOM,
    "None, None",
    needs="a family of doors and two phases",
)
def rooms_of_door_before(doc, DB, tools):
    if len(tools.phases()) < 2:
        tools.missing("two phases")
    with tools.changes():
        door, _ = _two_rooms_and_a_door(doc, DB, tools)
        first = tools.phases()[0]
        return "{}, {}".format(door.get_FromRoom(first), door.get_ToRoom(first))


@behaviour(
    "35.3",
    "From and to can be swapped",
    _FROM_ROOM,
    "swapped: True",
    needs="a family of doors",
)
def swapped_rooms(doc, DB, tools):
    with tools.changes():
        door, _ = _two_rooms_and_a_door(doc, DB, tools)
        last = tools.phases()[-1]
        before = door.get_FromRoom(last).Id
        door.FlipFromToRoom()
        doc.Regenerate()
        return "swapped: {}".format(door.get_ToRoom(last).Id == before)


@behaviour(
    "36.1",
    "Boundary segments name the walls around the room",
    page("eaf7d628-d9c2-80a3-2fd7-00013bab1377"),
    "loops: 1, the four walls: True",
)
def boundary_walls(doc, DB, tools):
    with tools.changes():
        level = tools.level()
        walls = {tools.number(wall.Id) for wall in tools.box(level)}
        doc.Regenerate()
        room = tools.room(level)
        doc.Regenerate()
        loops = room.GetBoundarySegments(DB.SpatialElementBoundaryOptions())
        found = {tools.number(one.ElementId) for loop in loops for one in loop}
        return "loops: {}, the four walls: {}".format(len(loops), found == walls)


@behaviour(
    "36.2",
    "Where a link bounds a room the segment names the link instance",
    "https://jeremytammik.github.io/tbc/a/1747_apidocs_2020.html",
    "True",
    needs="a room that a wall of a link bounds",
)
def boundary_link(doc, DB, tools):
    options = DB.SpatialElementBoundaryOptions()
    for room in tools.elements(DB.SpatialElement):
        for loop in room.GetBoundarySegments(options) or []:
            for segment in loop:
                bounding = doc.GetElement(segment.ElementId)
                if isinstance(bounding, DB.RevitLinkInstance):
                    return "True"
    return tools.missing("a room that a wall of a link bounds")


@behaviour(
    "37.1",
    "A door's host is its wall",
    page("69f30141-bd3b-8bdd-7a63-6353d4d495f9"),
    "Wall, same: True",
    needs="a family of doors",
)
def host_of_door(doc, DB, tools):
    with tools.changes():
        level = tools.level()
        wall = tools.wall(level)
        doc.Regenerate()
        door = tools.door(wall, level, (10.0, 0.0))
        return "{}, same: {}".format(type(door.Host).__name__, door.Host.Id == wall.Id)


@behaviour(
    "37.2",
    "The host of a family on a face of a link is the link instance",
    FIELD,
    "RevitLinkInstance",
    needs="a face-based family on a link",
)
def host_in_link(doc, DB, tools):
    for instance in tools.elements(DB.FamilyInstance):
        face = instance.HostFace
        if face is not None and tools.number(face.LinkedElementId) != -1:
            return type(instance.Host).__name__
    return tools.missing("a face-based family on a link")


@behaviour(
    "38.1",
    "A family symbol that is not active cannot be placed",
    page("168d4c67-73dd-d7c8-4969-12846eeaddfa"),
    "raises ArgumentException, then placed: True",
    needs="a family of doors with a type that was never placed",
)
def inactive_symbol(doc, DB, tools):
    place = doc.Create.NewFamilyInstance
    structural = DB.Structure.StructuralType.NonStructural
    doors = DB.BuiltInCategory.OST_Doors
    with tools.changes():
        level = tools.level()
        wall = tools.wall(level)
        doc.Regenerate()
        point = DB.XYZ(10.0, 0.0, level.Elevation)
        for symbol in tools.elements(DB.FamilySymbol).OfCategory(doors).ToElements():
            if not symbol.IsActive:
                seen = attempt(place, point, symbol, wall, level, structural)
                symbol.Activate()
                doc.Regenerate()
                placed = place(point, symbol, wall, level, structural) is not None
                return "{}, then placed: {}".format(seen, placed)
    return tools.missing("a type of doors that was never placed")
