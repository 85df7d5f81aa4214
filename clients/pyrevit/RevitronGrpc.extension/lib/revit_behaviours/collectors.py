# -*- coding: utf-8 -*-
"""FilteredElementCollector: what it refuses and what it gives."""

from revit_behaviours.table import FIELD, behaviour, page
from revit_behaviours.tools import attempt


@behaviour(
    "7.1",
    "A collector without a filter gives no elements",
    page("732b4a0d-62d8-b86d-120b-8ea3d9713b34"),
    "raises InvalidOperationException",
)
def no_filter(doc, DB, tools):
    return attempt(DB.FilteredElementCollector(doc).ToElements)


@behaviour(
    "7.2",
    "A collector without a filter can be counted all the same",
    page("886aabfd-ea87-e54c-d108-37d09a44d612"),
    "more than 0: True",
)
def count_without_filter(doc, DB, tools):
    count = DB.FilteredElementCollector(doc).GetElementCount()
    return "more than 0: {}".format(count > 0)


@behaviour(
    "7.3",
    "Nothing found is an empty list, and None as first element",
    page("c8c1cae0-4ac8-a309-e915-6d491137d47e"),
    "Count: 0, first: None, id: -1",
)
def nothing_found(doc, DB, tools):
    def nothing():
        return tools.elements(DB.Level).OfCategory(DB.BuiltInCategory.OST_Walls)

    return "Count: {}, first: {}, id: {}".format(
        nothing().ToElements().Count,
        nothing().FirstElement(),
        tools.number(nothing().FirstElementId()),
    )


def _refused(DB, tools, classes):
    return ", ".join(
        sorted({attempt(DB.FilteredElementCollector(tools.doc).OfClass, one) for one in classes})
    )


_NOT_NATIVE = page("4b7fb6d7-cb9c-d556-56fc-003a0b8a51b7")


@behaviour(
    "8.1",
    "OfClass refuses rooms, areas, spaces and their tags",
    _NOT_NATIVE,
    "raises ArgumentException",
)
def rooms_by_class(doc, DB, tools):
    classes = [
        DB.Architecture.Room,
        DB.Architecture.RoomTag,
        DB.Area,
        DB.AreaTag,
        DB.Mechanical.Space,
        DB.Mechanical.SpaceTag,
    ]
    return _refused(DB, tools, classes)


@behaviour(
    "8.2",
    "OfClass refuses mullions, panels and annotation symbols",
    _NOT_NATIVE,
    "raises ArgumentException",
)
def panels_by_class(doc, DB, tools):
    return _refused(DB, tools, [DB.Mullion, DB.Panel, DB.AnnotationSymbol])


@behaviour(
    "8.3",
    "OfClass takes their base classes, and RoomFilter finds rooms",
    _NOT_NATIVE,
    "no exception, room found: True, room by filter: True",
)
def rooms_by_base_class(doc, DB, tools):
    with tools.changes():
        room = doc.Create.NewRoom(tools.phases()[-1])
        number = tools.number(room.Id)
        seen = _refused(DB, tools, [DB.SpatialElement, DB.FamilyInstance])
        by_class = tools.numbers(tools.elements(DB.SpatialElement))
        by_filter = tools.numbers(
            DB.FilteredElementCollector(doc).WherePasses(DB.Architecture.RoomFilter())
        )
        return "{}, room found: {}, room by filter: {}".format(
            seen, number in by_class, number in by_filter
        )


@behaviour(
    "8.4",
    "OfClass refuses what is no element",
    page("b0a5f22c-6951-c3af-cd29-1f28f574035d"),
    "raises ArgumentException",
)
def points_by_class(doc, DB, tools):
    return _refused(DB, tools, [DB.XYZ, DB.Parameter])


@behaviour(
    "9.1",
    "OfCategory gives types and instances together until one is filtered out",
    page("c3523c35-4a07-9723-3c28-de3cc47b2ad0"),
    "wall and type: True, instances only: True",
)
def types_and_instances(doc, DB, tools):
    def walls():
        return DB.FilteredElementCollector(doc).OfCategory(DB.BuiltInCategory.OST_Walls)

    with tools.changes():
        wall = tools.wall(tools.level())
        both = {tools.number(wall.Id), tools.number(wall.GetTypeId())}
        together = both <= tools.numbers(walls())
        instances = tools.numbers(walls().WhereElementIsNotElementType())
        return "wall and type: {}, instances only: {}".format(
            together, both & instances == {tools.number(wall.Id)}
        )


@behaviour(
    "9.2",
    "OfClass(View) gives sheets, schedules and templates as well",
    page("b0a5f22c-6951-c3af-cd29-1f28f574035d"),
    "sheet: True, schedule: True, template: True",
)
def all_views(doc, DB, tools):
    with tools.changes():
        sheet = tools.sheet()
        walls = DB.ElementId(DB.BuiltInCategory.OST_Walls)
        schedule = DB.ViewSchedule.CreateSchedule(doc, walls)
        template = tools.plan(tools.level()).CreateViewTemplate()
        found = tools.numbers(tools.elements(DB.View))
        return "sheet: {}, schedule: {}, template: {}".format(
            *[tools.number(one.Id) in found for one in (sheet, schedule, template)]
        )


_IN_VIEW = page("6359776d-915e-f8a2-4147-b31024671ee1")


@behaviour(
    "10.1",
    "A collector with a view gives what that view shows and nothing else",
    _IN_VIEW,
    "note: True, wall: False",
)
def only_in_view(doc, DB, tools):
    with tools.changes():
        view = tools.drafting_view()
        note = tools.note(view)
        wall = tools.wall(tools.level())
        doc.Regenerate()
        found = tools.numbers(
            DB.FilteredElementCollector(doc, view.Id).WhereElementIsNotElementType()
        )
        return "note: {}, wall: {}".format(
            tools.number(note.Id) in found, tools.number(wall.Id) in found
        )


@behaviour(
    "10.2",
    "A collector refuses an id that is no view",
    _IN_VIEW,
    "raises ArgumentException",
)
def in_no_view(doc, DB, tools):
    with tools.changes():
        return attempt(DB.FilteredElementCollector, doc, tools.level().Id)


@behaviour(
    "10.3",
    "A collector refuses a view template",
    _IN_VIEW,
    "raises ArgumentException",
)
def in_template(doc, DB, tools):
    with tools.changes():
        template = tools.plan(tools.level()).CreateViewTemplate()
        return attempt(DB.FilteredElementCollector, doc, template.Id)


def _while_iterating(DB, tools, change):
    """Go through levels and call `change` with the first; two more were made."""
    tools.level()
    tools.level()
    count = 0
    for level in tools.elements(DB.Level):
        count += 1
        if count == 1:
            change(level)
    return count


_MOVE_NEXT = page("907426ed-db06-8056-3ca2-bff26f2a052b")


@behaviour(
    "11.1",
    "Deleting elements ends the collector that is being gone through",
    _MOVE_NEXT,
    "raises InvalidOperationException",
)
def delete_while_iterating(doc, DB, tools):
    with tools.changes():
        extra = tools.level()
        return attempt(_while_iterating, DB, tools, lambda level: doc.Delete(extra.Id))


@behaviour(
    "11.2",
    "Setting parameters while a collector is being gone through is fine",
    FIELD,
    "no exception",
)
def set_while_iterating(doc, DB, tools):
    with tools.changes():
        return attempt(
            _while_iterating,
            DB,
            tools,
            lambda level: assign_name(level, tools.fresh_name()),
        )


def assign_name(level, name):
    """Rename a level by its parameter."""
    level.Name = name


@behaviour(
    "17.1",
    "Collectors give members of groups as well; without a design option it is the main model",
    page("5c20fe58-e301-6ddb-3438-666db5c586ee"),
    "member found: True, design option: None",
)
def members_of_groups(doc, DB, tools):
    with tools.changes():
        wall = tools.wall(tools.level())
        doc.Regenerate()
        doc.Create.NewGroup(tools.ids(wall))
        found = tools.numbers(tools.elements(DB.Wall))
        return "member found: {}, design option: {}".format(
            tools.number(wall.Id) in found, wall.DesignOption
        )


@behaviour(
    "50.1",
    "A collector refuses an empty list of ids",
    page("901f78a0-1f6c-217b-ea48-8b404324e88b"),
    "raises ArgumentException",
)
def empty_ids(doc, DB, tools):
    return attempt(DB.FilteredElementCollector, doc, tools.ids())


@behaviour(
    "51.1",
    "Asking a collector again stops the iteration under way",
    page("732b4a0d-62d8-b86d-120b-8ea3d9713b34"),
    "raises InvalidOperationException",
)
def ask_again(doc, DB, tools):
    with tools.changes():
        tools.level()
        tools.level()
        collector = tools.elements(DB.Level)
        iterator = collector.GetElementIterator()
        iterator.MoveNext()
        collector.ToElements()
        return attempt(iterator.MoveNext)
