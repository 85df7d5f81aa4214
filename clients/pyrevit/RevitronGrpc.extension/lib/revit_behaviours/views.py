# -*- coding: utf-8 -*-
"""Views, sheets, templates and revisions."""

from revit_behaviours.table import behaviour, page
from revit_behaviours.tools import assign, attempt

_VIEWPORT = page("0f951f28-eb6b-2a37-668a-b248bfb7de97")
_CAN_ADD = page("1da33e38-255f-a27a-0626-9891d897b29a")
_TEMPLATE = page("2559f20b-87d4-e879-3139-7f555b251b71")
_ADD_FILTER = page("eb21e133-38b0-5be7-8e81-5af8df37bb8c")


def _view_with_template(tools):
    level = tools.level()
    view = tools.plan(level)
    view.ViewTemplateId = tools.plan(level).CreateViewTemplate().Id
    tools.doc.Regenerate()
    return view


@behaviour(
    "27.1",
    "The scale of a view is read-only while a template controls it",
    _TEMPLATE,
    "IsReadOnly before: False, after: True",
)
def scale_of_template(doc, DB, tools):
    scale = DB.BuiltInParameter.VIEW_SCALE
    with tools.changes():
        before = tools.plan(tools.level()).get_Parameter(scale).IsReadOnly
        after = _view_with_template(tools).get_Parameter(scale).IsReadOnly
        return "IsReadOnly before: {}, after: {}".format(before, after)


@behaviour(
    "27.2",
    "A parameter that a template controls cannot be set on the view",
    _TEMPLATE,
    "raises InvalidOperationException",
)
def set_under_template(doc, DB, tools):
    with tools.changes():
        view = _view_with_template(tools)
        return attempt(view.get_Parameter(DB.BuiltInParameter.VIEW_SCALE).Set, 77)


@behaviour(
    "40.1",
    "A view goes on one sheet only",
    _VIEWPORT,
    "can: False, raises ArgumentException",
)
def second_sheet(doc, DB, tools):
    with tools.changes():
        view = tools.drafting_view()
        tools.note(view)
        first, second = tools.sheet(), tools.sheet()
        origin = DB.XYZ(0.0, 0.0, 0.0)
        DB.Viewport.Create(doc, first.Id, view.Id, origin)
        can = DB.Viewport.CanAddViewToSheet(doc, second.Id, view.Id)
        return "can: {}, {}".format(
            can, attempt(DB.Viewport.Create, doc, second.Id, view.Id, origin)
        )


def _refused_on_sheet(doc, DB, tools, sheet, view):
    return "can: {}, {}".format(
        DB.Viewport.CanAddViewToSheet(doc, sheet.Id, view.Id),
        attempt(DB.Viewport.Create, doc, sheet.Id, view.Id, DB.XYZ(0.0, 0.0, 0.0)),
    )


@behaviour(
    "40.2",
    "A template goes on no sheet",
    _VIEWPORT,
    "can: False, raises ArgumentException",
)
def template_on_sheet(doc, DB, tools):
    with tools.changes():
        template = tools.plan(tools.level()).CreateViewTemplate()
        return _refused_on_sheet(doc, DB, tools, tools.sheet(), template)


@behaviour(
    "40.3",
    "A schedule goes on a sheet by ScheduleSheetInstance, not by Viewport",
    _CAN_ADD,
    "can: False, raises ArgumentException, by instance: True",
)
def schedule_on_sheet(doc, DB, tools):
    with tools.changes():
        walls = DB.ElementId(DB.BuiltInCategory.OST_Walls)
        schedule = DB.ViewSchedule.CreateSchedule(doc, walls)
        sheet = tools.sheet()
        refused = _refused_on_sheet(doc, DB, tools, sheet, schedule)
        placed = DB.ScheduleSheetInstance.Create(doc, sheet.Id, schedule.Id, DB.XYZ(0.0, 0.0, 0.0))
        return "{}, by instance: {}".format(refused, placed.ScheduleId == schedule.Id)


@behaviour(
    "40.4",
    "Nothing goes on a placeholder sheet",
    _VIEWPORT,
    "can: False, raises ArgumentException",
)
def view_on_placeholder(doc, DB, tools):
    with tools.changes():
        sheet = DB.ViewSheet.CreatePlaceholder(doc)
        return _refused_on_sheet(doc, DB, tools, sheet, tools.drafting_view())


@behaviour(
    "40.5",
    "A schedule goes on many sheets",
    page("8402dc3c-8bdc-40f5-be54-da08bc69d0cd"),
    "no exception",
)
def schedule_twice(doc, DB, tools):
    with tools.changes():
        walls = DB.ElementId(DB.BuiltInCategory.OST_Walls)
        schedule = DB.ViewSchedule.CreateSchedule(doc, walls)
        origin = DB.XYZ(0.0, 0.0, 0.0)
        DB.ScheduleSheetInstance.Create(doc, tools.sheet().Id, schedule.Id, origin)
        return attempt(DB.ScheduleSheetInstance.Create, doc, tools.sheet().Id, schedule.Id, origin)


@behaviour(
    "41.1",
    "A view without a level has no GenLevel",
    page("95f430ac-65e5-87b1-aea9-937412ef2eb8"),
    "drafting view: None, sheet: None, plan: True",
)
def generating_level(doc, DB, tools):
    with tools.changes():
        level = tools.level()
        return "drafting view: {}, sheet: {}, plan: {}".format(
            tools.drafting_view().GenLevel,
            tools.sheet().GenLevel,
            tools.plan(level).GenLevel.Id == level.Id,
        )


@behaviour(
    "41.2",
    "The active view cannot be a template",
    page("b6adb74b-39af-9213-c37b-f54db76b75a3"),
    "raises ArgumentException",
)
def activate_template(doc, DB, tools):
    with tools.changes() as transaction:
        template = tools.plan(tools.level()).CreateViewTemplate()
        transaction.Commit()
    return attempt(assign, tools.uidoc, "ActiveView", template)


@behaviour(
    "45.4",
    "An issued revision cannot be changed",
    page("1c847358-0542-0ed9-8749-249eeaa3b279"),
    "raises InvalidOperationException",
)
def issued_revision(doc, DB, tools):
    with tools.changes():
        revision = DB.Revision.Create(doc)
        revision.Issued = True
        return attempt(assign, revision, "Description", "Behaviour")


@behaviour(
    "45.5",
    "No cloud can be drawn for an issued revision",
    page("090c0da6-db59-d1e6-5dcf-4335c531ee9f"),
    "raises ArgumentException",
)
def issued_cloud(doc, DB, tools):
    with tools.changes():
        revision = DB.Revision.Create(doc)
        revision.Issued = True
        line = DB.Line.CreateBound(DB.XYZ(0.0, 0.0, 0.0), DB.XYZ(5.0, 0.0, 0.0))
        curves = tools.list_of(DB.Curve, [line])
        return attempt(DB.RevisionCloud.Create, doc, tools.drafting_view(), revision.Id, curves)


@behaviour(
    "61.1",
    "A plan needs a view type of plans",
    page("aa8f2c2e-dfd9-fda5-8d61-31580cbce408"),
    "raises ArgumentException",
)
def plan_of_wrong_type(doc, DB, tools):
    with tools.changes():
        drafting = tools.view_type(DB.ViewFamily.Drafting)
        return attempt(DB.ViewPlan.Create, doc, drafting, tools.level().Id)


@behaviour(
    "61.2",
    "A plan needs a level",
    page("aa8f2c2e-dfd9-fda5-8d61-31580cbce408"),
    "raises ArgumentException",
)
def plan_without_level(doc, DB, tools):
    with tools.changes():
        wall = tools.wall(tools.level())
        return attempt(DB.ViewPlan.Create, doc, tools.floor_plan_type(), wall.Id)


def _filter(doc, DB, tools):
    categories = tools.list_of(DB.ElementId, [DB.ElementId(DB.BuiltInCategory.OST_Walls)])
    return DB.ParameterFilterElement.Create(doc, tools.fresh_name(), categories)


@behaviour(
    "62.1",
    "A filter cannot be added to a view twice",
    _ADD_FILTER,
    "raises ArgumentException",
)
def filter_twice(doc, DB, tools):
    with tools.changes():
        view = tools.plan(tools.level())
        found = _filter(doc, DB, tools)
        view.AddFilter(found.Id)
        return attempt(view.AddFilter, found.Id)


@behaviour(
    "62.2",
    "Setting overrides of a filter adds it to the view",
    page("4f523352-a258-97dc-002f-cf328ca34566"),
    "applied before: False, after: True",
)
def overrides_add_filter(doc, DB, tools):
    with tools.changes():
        view = tools.plan(tools.level())
        found = _filter(doc, DB, tools)
        before = view.IsFilterApplied(found.Id)
        view.SetFilterOverrides(found.Id, DB.OverrideGraphicSettings())
        return "applied before: {}, after: {}".format(before, view.IsFilterApplied(found.Id))


@behaviour(
    "63.1",
    "Hiding nothing is refused",
    page("6b0ae8d1-776a-ad0d-577d-ffdc11673019"),
    "raises ArgumentException",
)
def hide_nothing(doc, DB, tools):
    with tools.changes():
        return attempt(tools.plan(tools.level()).HideElements, tools.ids())
