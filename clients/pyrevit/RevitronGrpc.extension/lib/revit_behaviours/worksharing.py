# -*- coding: utf-8 -*-
"""Worksharing and phases."""

from revit_behaviours.table import FIELD, behaviour, page
from revit_behaviours.tools import assign, attempt

_CHECKOUT = page("1a4b4bbb-060d-1f42-fbb2-ab85081f8e7f")
_DEMOLISHED = page("7949a983-c5dc-62a3-594a-d685365449d5")
_NEEDS_COLLEAGUE = "a wall that a colleague holds"


def _held(doc, DB, tools):
    """Return a wall that somebody else holds."""
    if doc.IsWorkshared:
        other = DB.CheckoutStatus.OwnedByOtherUser
        for wall in tools.elements(DB.Wall):
            if DB.WorksharingUtils.GetCheckoutStatus(doc, wall.Id) == other:
                return wall
    return tools.missing(_NEEDS_COLLEAGUE)


@behaviour(
    "44.1",
    "GetCheckoutStatus tells what a colleague holds, and who",
    _CHECKOUT,
    "OwnedByOtherUser, named: True",
    needs=_NEEDS_COLLEAGUE,
)
def status_of_held(doc, DB, tools):
    wall = _held(doc, DB, tools)
    info = DB.WorksharingUtils.GetWorksharingTooltipInfo(doc, wall.Id)
    status = DB.WorksharingUtils.GetCheckoutStatus(doc, wall.Id)
    return "{}, named: {}".format(status, bool(info.Owner))


@behaviour(
    "44.2",
    "Changing what a colleague holds is an error, and the whole transaction goes",
    page("deeb7398-a055-53b7-d797-a643d9780a31"),
    "RolledBack: Error, other change kept: False",
    needs=_NEEDS_COLLEAGUE,
)
def change_held(doc, DB, tools):
    wall = _held(doc, DB, tools)
    seen = []
    with tools.changes() as transaction:
        level_id = tools.level().Id
        comments = wall.get_Parameter(DB.BuiltInParameter.ALL_MODEL_INSTANCE_COMMENTS)
        comments.Set("Behaviour")
        tools.severities(transaction, seen)
        status = transaction.Commit()
    return "{}: {}, other change kept: {}".format(
        status, ", ".join(sorted(set(seen))), doc.GetElement(level_id) is not None
    )


@behaviour(
    "44.3",
    "What nobody holds becomes mine by being changed",
    FIELD,
    "OwnedByCurrentUser",
    needs="worksharing",
)
def change_free(doc, DB, tools):
    if not doc.IsWorkshared:
        tools.missing("worksharing")
    free = DB.CheckoutStatus.NotOwned
    for wall in tools.elements(DB.Wall):
        if DB.WorksharingUtils.GetCheckoutStatus(doc, wall.Id) == free:
            with tools.changes() as transaction:
                wall.get_Parameter(DB.BuiltInParameter.ALL_MODEL_INSTANCE_COMMENTS).Set("Mine")
                transaction.Commit()
            return "{}".format(DB.WorksharingUtils.GetCheckoutStatus(doc, wall.Id))
    return tools.missing("a wall that nobody holds")


@behaviour(
    "45.1",
    "Nothing is demolished before it was created",
    _DEMOLISHED,
    "valid: False, raises ArgumentException",
    needs="two phases",
)
def demolish_before(doc, DB, tools):
    phases = tools.phases()
    if len(phases) < 2:
        tools.missing("two phases")
    with tools.changes():
        wall = tools.wall(tools.level())
        wall.CreatedPhaseId = phases[-1].Id
        valid = wall.IsDemolishedPhaseOrderValid(phases[0].Id)
        return "valid: {}, {}".format(
            valid, attempt(assign, wall, "DemolishedPhaseId", phases[0].Id)
        )


@behaviour(
    "45.2",
    "What is not demolished has the invalid id as phase of demolition",
    _DEMOLISHED,
    "-1, and set back: -1",
)
def not_demolished(doc, DB, tools):
    with tools.changes():
        wall = tools.wall(tools.level())
        before = tools.number(wall.DemolishedPhaseId)
        wall.DemolishedPhaseId = tools.phases()[-1].Id
        wall.DemolishedPhaseId = DB.ElementId.InvalidElementId
        return "{}, and set back: {}".format(before, tools.number(wall.DemolishedPhaseId))


@behaviour(
    "45.3",
    "Levels have no phases",
    FIELD,
    "False",
)
def phases_of_level(doc, DB, tools):
    level = tools.elements(DB.Level).FirstElement() or tools.missing("a level")
    return "{}".format(level.ArePhasesModifiable())


@behaviour(
    "64.1",
    "A document without worksharing gets no workset",
    page("5f9b639f-7082-2f51-833b-fe5777f83b0b"),
    "raises ArgumentException",
    needs="no worksharing",
)
def workset_alone(doc, DB, tools):
    if doc.IsWorkshared:
        tools.missing("no worksharing")
    with tools.changes():
        return attempt(DB.Workset.Create, doc, tools.fresh_name())
