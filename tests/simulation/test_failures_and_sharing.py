"""Failures, groups, phases, worksets and new rooms, beyond the table of behaviours."""

from typing import Any

import pytest

from revitron_grpc.simulation.running import RunResult, run_script
from revitron_grpc.simulation.session import Session
from tests.simulation.behaviour_model import COLLEAGUE, behaviour_model
from tests.simulation.pyrevit_run import api_of

HEAD = """\
from pyrevit import DB, revit
from System.Collections.Generic import List
doc = revit.doc
transaction = DB.Transaction(doc, "Test")
transaction.Start()
level = DB.FilteredElementCollector(doc).OfClass(DB.Level).FirstElement()

def wall(x1, y1, x2, y2):
    line = DB.Line.CreateBound(DB.XYZ(x1, y1, 0), DB.XYZ(x2, y2, 0))
    return DB.Wall.Create(doc, line, level.Id, False)

def grouped(*elements):
    ids = List[DB.ElementId]()
    for element in elements:
        ids.Add(element.Id)
    doc.Regenerate()
    return doc.Create.NewGroup(ids)

def answering(answer):
    class Preprocessor(DB.IFailuresPreprocessor):
        def PreprocessFailures(self, accessor):
            return answer(accessor)
    options = transaction.GetFailureHandlingOptions()
    options.SetFailuresPreprocessor(Preprocessor())
    transaction.SetFailureHandlingOptions(options)
"""


def run(source: str, *, workshared: bool = False) -> RunResult:
    session = Session(api=api_of(2025), database=behaviour_model(workshared=workshared))
    result = run_script(session, HEAD + source)
    assert result.unknown == "", result.trace
    assert result.error == "", result.trace
    return result


def value(source: str, *, workshared: bool = False) -> Any:
    return run(source + "\ntransaction.Commit()", workshared=workshared).variables["result"]


def test_a_room_ends_at_the_faces_of_its_walls() -> None:
    source = """
for ends in ((0, 0, 20, 0), (20, 0, 20, 20), (20, 20, 0, 20), (0, 20, 0, 0)):
    wall(*ends)
wall(8, 0, 8, 25)
rooms = [doc.Create.NewRoom(level, DB.UV(x, 10)) for x in (4, 14, 60)]
result = [room.Area for room in rooms]
"""
    # Walls are half a foot thick; the one in the middle sticks out, which bounds nothing.
    assert value(source) == pytest.approx([7.5 * 19.5, 11.5 * 19.5, 0.0])


def test_ungrouped_members_are_in_no_group() -> None:
    source = """
one = wall(0, 300, 20, 300)
group = grouped(one)
before = one.GroupId == group.Id
members = group.UngroupMembers()
result = [before, members.Count, one.GroupId == DB.ElementId.InvalidElementId, group.IsValidObject]
"""
    assert value(source) == [True, 1, True, False]


RESOLVING = """
one = wall(0, 300, 20, 300)
group = grouped(one)
doc.Create.PlaceGroup(DB.XYZ(0, 400, 0), group.GroupType)
transaction.Commit()
transaction.Start()
one.get_Parameter(DB.BuiltInParameter.WALL_USER_HEIGHT_PARAM).Set(14.0)
def resolve(accessor):
    for message in accessor.GetFailureMessages():
        accessor.ResolveFailure(message)
    return DB.FailureProcessingResult.{}
answering(resolve)
result = [transaction.Commit().ToString(), one.GroupId == DB.ElementId.InvalidElementId]
transaction.Start()
"""


def test_the_error_of_a_changed_group_is_resolved_by_ungrouping() -> None:
    assert value(RESOLVING.format("ProceedWithCommit")) == ["Committed", True]


def test_an_error_that_is_shown_to_the_user_is_cancelled() -> None:
    assert value(RESOLVING.format("Continue")) == ["RolledBack", False]


def test_an_error_without_a_resolution_cannot_be_resolved() -> None:
    source = """
one = doc.GetElement(DB.FilteredElementCollector(doc).OfClass(DB.Wall).FirstElementId())
one.get_Parameter(DB.BuiltInParameter.ALL_MODEL_INSTANCE_COMMENTS).Set("Mine")
seen = []
def resolve(accessor):
    for message in accessor.GetFailureMessages():
        seen.append(message.GetDescriptionText())
        try:
            accessor.ResolveFailure(message)
        except Exception as error:
            seen.append(type(error).__name__)
    return DB.FailureProcessingResult.Continue
answering(resolve)
result = [transaction.Commit().ToString(), seen]
transaction.Start()
"""
    status, (text, refused) = value(source, workshared=True)
    assert (status, refused) == ("RolledBack", "ArgumentException")
    assert COLLEAGUE in text


def test_a_posted_warning_reaches_the_preprocessor_and_stays_nowhere() -> None:
    source = """
before = doc.GetWarnings().Count
seen = []
def look(accessor):
    seen.extend(one.GetSeverity().ToString() for one in accessor.GetFailureMessages())
    return DB.FailureProcessingResult.Continue
answering(look)
doc.PostFailure(DB.FailureMessage(DB.BuiltInFailures.OverlapFailures.WallsOverlap))
status = transaction.Commit().ToString()
transaction.Start()
result = [status, seen, doc.GetWarnings().Count - before]
"""
    assert value(source) == ["Committed", ["Warning"], 0]


def test_an_accessor_is_of_no_use_after_its_transaction() -> None:
    source = """
kept = []
def keep(accessor):
    kept.append(accessor)
    return DB.FailureProcessingResult.Continue
answering(keep)
doc.PostFailure(DB.FailureMessage(DB.BuiltInFailures.OverlapFailures.WallsOverlap))
transaction.Commit()
transaction.Start()
try:
    kept[0].GetFailureMessages()
    result = "no exception"
except Exception as error:
    result = type(error).__name__
"""
    assert value(source) == "InvalidOperationException"


def test_what_an_element_is_in_each_phase() -> None:
    source = """
one = wall(0, 300, 20, 300)
first, last = list(doc.Phases)
def statuses():
    return [one.GetPhaseStatus(phase.Id).ToString() for phase in (first, last)]
result = [statuses()]
one.CreatedPhaseId = first.Id
result.append(statuses())
one.DemolishedPhaseId = last.Id
result.append(statuses())
one.DemolishedPhaseId = first.Id
result.append(statuses())
"""
    assert value(source) == [
        ["Future", "New"],
        ["New", "Existing"],
        ["New", "Demolished"],
        ["Temporary", "Past"],
    ]


def test_a_workset_that_is_rolled_back_is_gone() -> None:
    source = """
made = DB.Workset.Create(doc, "Facade")
def names():
    found = DB.FilteredWorksetCollector(doc).OfKind(DB.WorksetKind.UserWorkset)
    return sorted(one.Name for one in found)
result = [names()]
transaction.RollBack()
result.append(names())
transaction.Start()
"""
    assert value(source, workshared=True) == [["Facade", "Workset1"], ["Workset1"]]


def test_only_what_nobody_else_holds_can_be_checked_out() -> None:
    source = """
ids = List[DB.ElementId](DB.FilteredElementCollector(doc).OfClass(DB.Wall).ToElementIds())
taken = DB.WorksharingUtils.CheckoutElements(doc, ids)
result = [ids.Count, taken.Count, DB.WorksharingUtils.GetCheckoutStatus(doc, taken[0]).ToString()]
"""
    assert value(source, workshared=True) == [2, 1, "OwnedByCurrentUser"]


def test_a_sheet_has_no_overrides_and_makes_no_template() -> None:
    source = """
sheet = DB.ViewSheet.Create(doc, DB.ElementId.InvalidElementId)
result = []
for attempt in (sheet.GetFilters, sheet.CreateViewTemplate):
    try:
        attempt()
    except Exception as error:
        result.append(type(error).__name__)
"""
    assert value(source) == ["InvalidOperationException", "InvalidOperationException"]
