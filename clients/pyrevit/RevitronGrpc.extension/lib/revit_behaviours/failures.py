# -*- coding: utf-8 -*-
"""Warnings and errors at the end of a transaction, and members of groups."""

from revit_behaviours.table import behaviour, page
from revit_behaviours.tools import attempt

_COMMIT = page("32714010-7138-f64f-8fde-a310354448e3")


def _same_marks(DB, tools):
    """Give two new walls the same mark, which Revit warns of."""
    level = tools.level()
    walls = [tools.wall(level, (0.0, y), (20.0, y)) for y in (0.0, 40.0)]
    mark = tools.fresh_name()
    for wall in walls:
        wall.get_Parameter(DB.BuiltInParameter.ALL_MODEL_MARK).Set(mark)
    return walls


@behaviour(
    "4.1",
    "A warning does not stop the commit, and stays in the document",
    page("4774613d-600a-e1b5-b5aa-f1ee3b14394c"),
    "Committed, more warnings: True",
)
def commit_with_warning(doc, DB, tools):
    before = len(list(doc.GetWarnings()))
    with tools.changes() as transaction:
        _same_marks(DB, tools)
        status = transaction.Commit()
    return "{}, more warnings: {}".format(status, len(list(doc.GetWarnings())) > before)


@behaviour(
    "4.2",
    "A commit that failure handling rolls back raises nothing; only its status tells",
    _COMMIT,
    "RolledBack, level: None",
)
def commit_rolled_back(doc, DB, tools):
    def roll_back(accessor):
        return DB.FailureProcessingResult.ProceedWithRollBack

    with tools.changes() as transaction:
        level_id = tools.level().Id
        _same_marks(DB, tools)
        tools.preprocess(transaction, roll_back)
        status = transaction.Commit()
    return "{}, level: {}".format(status, doc.GetElement(level_id))


@behaviour(
    "32.1",
    "A Python class implements an interface of .NET, and Revit calls it",
    "https://content.helpme-codesys.com/en/CODESYS%20Scripting/_cds_scripting_dotnet_api_docu.html",
    "called: True",
)
def python_preprocessor(doc, DB, tools):
    calls = []

    def note(accessor):
        calls.append(accessor.GetDocument().Title == doc.Title)
        return DB.FailureProcessingResult.Continue

    with tools.changes() as transaction:
        _same_marks(DB, tools)
        tools.preprocess(transaction, note)
        transaction.Commit()
    return "called: {}".format(calls[:1] == [True])


@behaviour(
    "43.1",
    "A member of a group cannot get another type outside of group edit mode",
    page("479b5d94-abd3-db42-27d7-6a3eda12f285"),
    "raises ModificationForbiddenException",
)
def type_in_group(doc, DB, tools):
    with tools.changes():
        wall = tools.wall(tools.level())
        kind = tools.layered_wall_type()
        doc.Regenerate()
        doc.Create.NewGroup(tools.ids(wall))
        doc.Regenerate()
        return attempt(wall.ChangeTypeId, kind.Id)


def _grouped_wall(doc, DB, tools, instances):
    """Make a wall in a group that is placed so many times; return the wall."""
    with tools.changes() as transaction:
        wall = tools.wall(tools.level())
        doc.Regenerate()
        group = doc.Create.NewGroup(tools.ids(wall))
        doc.Regenerate()
        for count in range(1, instances):
            place = DB.XYZ(0.0, 100.0 * count, wall.get_BoundingBox(None).Min.Z)
            doc.Create.PlaceGroup(place, group.GroupType)
        transaction.Commit()
    return wall


def _higher_in_group(doc, DB, tools, instances):
    wall = _grouped_wall(doc, DB, tools, instances)
    seen = []
    with tools.changes() as transaction:
        height = wall.get_Parameter(DB.BuiltInParameter.WALL_USER_HEIGHT_PARAM)
        height.Set(height.AsDouble() + 2.0)
        tools.severities(transaction, seen)
        status = transaction.Commit()
    return "{}: {}".format(status, ", ".join(sorted(set(seen))))


@behaviour(
    "43.2",
    "A member of a group that is placed once can be changed, with a warning",
    page("8c04e8dd-57da-0e4a-981c-907d48a2e79f"),
    "Committed: Warning",
)
def change_in_single_group(doc, DB, tools):
    return _higher_in_group(doc, DB, tools, 1)


@behaviour(
    "43.3",
    "A member of a group that is placed twice cannot: an error at commit",
    page("d7ddc84c-5270-2672-4e81-02e83f2b3546"),
    "RolledBack: Error",
)
def change_in_placed_group(doc, DB, tools):
    return _higher_in_group(doc, DB, tools, 2)


@behaviour(
    "49.1",
    "A preprocessor that deletes the warnings keeps them out of the document",
    page("c7f9d1a3-6fc0-7aaf-33da-3b31b3ab413e"),
    "Committed, more warnings: False",
)
def swallow_warnings(doc, DB, tools):
    def swallow(accessor):
        accessor.DeleteAllWarnings()
        return DB.FailureProcessingResult.Continue

    before = len(list(doc.GetWarnings()))
    with tools.changes() as transaction:
        _same_marks(DB, tools)
        tools.preprocess(transaction, swallow)
        status = transaction.Commit()
    return "{}, more warnings: {}".format(status, len(list(doc.GetWarnings())) > before)
