# -*- coding: utf-8 -*-
"""Transactions: what may change when, and what is lost."""

from revit_behaviours.table import behaviour, page
from revit_behaviours.tools import assign, attempt

_TRANSACTION = page("308ebf8d-d96d-4643-cd1d-34fffcea53fd")
_START = page("1146fa87-127d-c432-0f51-79a5eb102031")


@behaviour(
    "1.1",
    "A change outside of a transaction is refused",
    page("d661b7cd-dec8-6ae6-a753-b14ac2568772"),
    "raises ModificationOutsideTransactionException",
)
def change_outside(doc, DB, tools):
    return attempt(DB.Level.Create, doc, 5000.0)


@behaviour(
    "1.2",
    "Deleting outside of a transaction is refused",
    page("a0461dd1-71d9-4581-1604-2ef8c211dd60"),
    "raises ModificationOutsideTransactionException",
)
def delete_outside(doc, DB, tools):
    with tools.changes() as transaction:
        level = tools.level()
        transaction.Commit()
    return attempt(doc.Delete, level.Id)


@behaviour(
    "1.3",
    "Setting the selection needs no transaction",
    page("cf8c11bb-f0c7-6d50-cbdf-41d0a010d9d6"),
    "no exception",
)
def select_outside(doc, DB, tools):
    before = tools.uidoc.Selection.GetElementIds()
    seen = attempt(tools.uidoc.Selection.SetElementIds, tools.ids())
    tools.uidoc.Selection.SetElementIds(before)
    return seen


@behaviour(
    "1.4",
    "The active view cannot be changed inside a transaction",
    page("b6adb74b-39af-9213-c37b-f54db76b75a3"),
    "raises InvalidOperationException",
)
def activate_inside(doc, DB, tools):
    view = tools.uidoc.ActiveView
    with tools.changes():
        return attempt(assign, tools.uidoc, "ActiveView", view)


@behaviour(
    "2.1",
    "A second transaction cannot start while one is open",
    _START,
    "raises InvalidOperationException",
)
def start_second(doc, DB, tools):
    with tools.changes():
        return attempt(tools.transaction().Start)


@behaviour(
    "2.2",
    "A transaction that was started cannot be started again",
    _START,
    "raises InvalidOperationException",
)
def start_twice(doc, DB, tools):
    with tools.changes() as transaction:
        return attempt(transaction.Start)


@behaviour(
    "2.3",
    "A transaction that was not started cannot be committed",
    page("32714010-7138-f64f-8fde-a310354448e3"),
    "raises InvalidOperationException",
)
def commit_before_start(doc, DB, tools):
    return attempt(tools.transaction().Commit)


@behaviour(
    "2.4",
    "A sub-transaction starts only inside a transaction",
    page("24a1e46d-2893-231a-cfff-a3f8e411247a"),
    "raises InvalidOperationException",
)
def lone_subtransaction(doc, DB, tools):
    return attempt(DB.SubTransaction(doc).Start)


@behaviour(
    "2.5",
    "A transaction group cannot start inside a transaction",
    page("fff3e88e-358c-e6d0-d539-61517f53140c"),
    "raises InvalidOperationException",
)
def group_inside(doc, DB, tools):
    with tools.changes():
        return attempt(DB.TransactionGroup(doc, "Behaviour").Start)


@behaviour(
    "2.6",
    "A transaction that is disposed while open loses its changes",
    _TRANSACTION,
    "level: None",
)
def dispose_open(doc, DB, tools):
    transaction = tools.transaction()
    transaction.Start()
    level_id = tools.level().Id
    transaction.Dispose()
    return "level: {}".format(doc.GetElement(level_id))


@behaviour(
    "3.1",
    "Roll-back restores values",
    page("bd1e69e9-961e-1c07-f70a-a29b90c6eb97"),
    "RolledBack, name restored: True",
)
def roll_back_value(doc, DB, tools):
    level = tools.elements(DB.Level).FirstElement() or tools.missing("a level")
    before = level.Name
    with tools.changes() as transaction:
        level.Name = tools.fresh_name()
        status = transaction.RollBack()
    return "{}, name restored: {}".format(status, level.Name == before)


@behaviour(
    "3.2",
    "Roll-back makes new elements invalid",
    page("0ffcf585-a39d-623c-9b5b-ab63c7bebfb6"),
    "IsValidObject: False, raises InvalidObjectException",
)
def roll_back_new(doc, DB, tools):
    with tools.changes() as transaction:
        level = tools.level()
        transaction.RollBack()
    valid = level.IsValidObject
    return "IsValidObject: {}, {}".format(valid, attempt(lambda: level.Elevation))


@behaviour(
    "5.1",
    "Geometry is stale inside the transaction until Regenerate",
    "https://help.autodesk.com/cloudhelp/2014/ENU/Revit/files/"
    "GUID-37357B53-1A5F-4913-BD59-BD4171BABE5E.htm",
    "higher before: False, after: True",
)
def stale_box(doc, DB, tools):
    with tools.changes() as transaction:
        wall = tools.wall(tools.level())
        transaction.Commit()
    height = wall.get_Parameter(DB.BuiltInParameter.WALL_USER_HEIGHT_PARAM)
    with tools.changes():
        top = wall.get_BoundingBox(None).Max.Z
        height.Set(height.AsDouble() + 10.0)
        before = top + 5.0 < wall.get_BoundingBox(None).Max.Z
        doc.Regenerate()
        after = top + 5.0 < wall.get_BoundingBox(None).Max.Z
    return "higher before: {}, after: {}".format(before, after)


@behaviour(
    "46.1",
    "A transaction needs a name: an empty one is refused at once",
    page("8ac32652-a440-7f01-81b8-d6a7f2dc7791"),
    "raises ArgumentException",
)
def empty_name(doc, DB, tools):
    return attempt(DB.Transaction, doc, "")


@behaviour(
    "46.2",
    "A transaction that was never named does not start",
    _START,
    "raises InvalidOperationException",
)
def no_name(doc, DB, tools):
    return attempt(DB.Transaction(doc).Start)


@behaviour(
    "47.1",
    "A sub-transaction that is rolled back takes only its own changes along",
    page("3de65ee0-50f1-c601-62f9-c77479b08418"),
    "first: True, second: False",
)
def roll_back_part(doc, DB, tools):
    with tools.changes():
        first = tools.level()
        part = DB.SubTransaction(doc)
        part.Start()
        second = tools.level()
        part.RollBack()
        return "first: {}, second: {}".format(first.IsValidObject, second.IsValidObject)


@behaviour(
    "48.1",
    "A group that is rolled back undoes transactions that were committed in it",
    page("2efcf628-bb40-bf36-a2e4-eaeca4cca461"),
    "committed: Committed, level after: None",
)
def roll_back_group(doc, DB, tools):
    group = tools.group()
    with tools.changes() as transaction:
        level_id = tools.level().Id
        status = transaction.Commit()
    group.RollBack()
    return "committed: {}, level after: {}".format(status, doc.GetElement(level_id))


@behaviour(
    "48.2",
    "An outer group cannot be closed while an inner one is open",
    page("11878443-43f2-63fb-a95d-baa1eeab776d"),
    "raises InvalidOperationException",
)
def close_outer_first(doc, DB, tools):
    outer = tools.group("Outer")
    inner = tools.group("Inner")
    seen = attempt(outer.Commit)
    inner.RollBack()
    outer.RollBack()
    return seen


@behaviour(
    "65.1",
    "Options for failures that are set before the start are gone after it",
    _START,
    "called: False",
)
def options_before_start(doc, DB, tools):
    calls = []

    def note(accessor):
        calls.append(accessor.GetTransactionName())
        return DB.FailureProcessingResult.Continue

    transaction = tools.transaction()
    tools.preprocess(transaction, note)
    transaction.Start()
    level = tools.level()
    for y in (0.0, 40.0):
        wall = tools.wall(level, (0.0, y), (20.0, y))
        wall.get_Parameter(DB.BuiltInParameter.ALL_MODEL_MARK).Set("Behaviour check 65.1")
    transaction.Commit()
    return "called: {}".format(bool(calls))
