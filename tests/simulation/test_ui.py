"""The user interface of a simulated Revit: active view, selection, picks, task dialogs."""

import pytest

from revitron_grpc.simulation.virtual_files import VirtualFiles
from tests.simulation.pyrevit_run import failing, run, value

VIEWS = """
views = list(DB.FilteredElementCollector(revit.doc).OfClass(DB.ViewPlan))
uidoc = __revit__.ActiveUIDocument
"""


def test_the_active_view_can_be_changed_outside_of_a_transaction_only() -> None:
    change = "uidoc.ActiveView = views[1]\n"
    assert value(VIEWS + change + "result = uidoc.ActiveView.Name") == "Level 2"
    inside = f"with revit.Transaction('T', log_errors=False):\n    {change}"
    assert "InvalidOperationException" in failing(VIEWS + inside)


def test_the_selection_holds_what_is_there() -> None:
    ask = """
from System.Collections.Generic import List
ids = List[DB.ElementId]([views[0].Id, views[0].Id, DB.ElementId(1), DB.ElementId.InvalidElementId])
uidoc.Selection.SetElementIds(ids)
result = uidoc.Selection.GetElementIds().Count
"""
    assert value(VIEWS + ask) == 1
    assert "TypeError" in failing(VIEWS + "uidoc.Selection.SetElementIds([views[0].Id])")


FILTER = """
class Plans(UI.Selection.ISelectionFilter):
    def AllowElement(self, element):
        return isinstance(element, DB.ViewPlan)
    def AllowReference(self, reference, point):
        return False
kind = UI.Selection.ObjectType.Element
"""


def test_a_pick_returns_a_reference_and_heeds_the_filter() -> None:
    pick = "result = revit.doc.GetElement(uidoc.Selection.PickObject(kind, Plans(), 'Plan')).Name"
    answer = {"pick": "plan-2", "asks": "Plan"}
    assert value(VIEWS + FILTER + pick, answer) == "Level 2"
    refused = failing(VIEWS + FILTER + pick, {"pick": "level-1", "asks": "Plan"})
    assert 'the filter lets nobody pick "level-1"' in refused
    several = "result = uidoc.Selection.PickElementsByRectangle(Plans(), '').Count"
    assert value(VIEWS + FILTER + several, {"pick": ["plan-1", "level-1", "plan-2"]}) == 2


@pytest.mark.parametrize(
    "call", ["PickObject(kind)", "PickObjects(kind)", "PickElementsByRectangle()", "PickPoint()"]
)
def test_a_cancelled_pick_raises(call: str) -> None:
    error = failing(VIEWS + FILTER + f"uidoc.Selection.{call}", {"cancel": True})
    assert error.startswith("Autodesk.Revit.Exceptions.OperationCanceledException")


def test_a_picked_point() -> None:
    pick = "point = uidoc.Selection.PickPoint('Where')\nresult = point.X, point.Y, point.Z"
    assert value(VIEWS + pick, {"point": [1, 2, 3]}) == (1.0, 2.0, 3.0)


def test_task_dialogs() -> None:
    ran = run(
        """
UI.TaskDialog.Show("Doors", "Done")
box = UI.TaskDialog("Doors")
box.MainInstruction = "Go on?"
box.CommonButtons = UI.TaskDialogCommonButtons.Yes | UI.TaskDialogCommonButtons.No
agreed = box.Show() == UI.TaskDialogResult.Yes
links = UI.TaskDialog("Doors")
links.AddCommandLink(UI.TaskDialogCommandLinkId.CommandLink1, "Rename")
links.AddCommandLink(UI.TaskDialogCommandLinkId.CommandLink2, "Delete")
result = agreed, str(links.Show())
""",
        {"press": "Yes"},
        {"press": "Delete"},
    )
    assert ran.variables["result"] == (True, "CommandLink2")
    assert [message.text for message in ran.outcome.messages] == ["Done", "Go on?", ""]


def test_the_application() -> None:
    ask = """
app = __revit__.Application
result = app.VersionNumber, app.VersionName, str(app.Language), app.Documents.Size
"""
    assert value(ask) == ("2024", "Autodesk Revit 2024", "English_USA", 1)


def test_elements_that_were_shown_are_kept() -> None:
    ran = run(VIEWS + "uidoc.ShowElements(views[0])")
    assert ran.outcome.shown == [ran.variables["views"][0].Id.number]


def test_the_shared_parameter_file() -> None:
    ask = """
app = __revit__.Application
none = app.OpenSharedParameterFile()
app.SharedParametersFilename = "C:\\\\shared.txt"
groups = app.OpenSharedParameterFile().Groups
result = none, [(g.Name, [d.Name for d in g.Definitions]) for g in groups]
"""
    text = (
        "GROUP\t1\tDoors\n"
        "PARAM\t5fb2a8d1-6cf4-4a9b-9d80-0f3a1c6f4a11\tRating\tTEXT\t\t1\t1\t\t1\t0\n"
    )
    files = VirtualFiles({"C:\\shared.txt": text.encode("utf-16")})
    assert value(ask, files=files) == (None, [("Doors", ["Rating"])])


def test_a_task_dialog_can_be_closed_only_where_the_script_allowed_it() -> None:
    ask = """
box = UI.TaskDialog("Doors")
box.CommonButtons = UI.TaskDialogCommonButtons.Yes | UI.TaskDialogCommonButtons.No
box.AllowCancellation = {}
result = str(box.Show())
"""
    assert value(ask.format(True), {"cancel": True}) == "Cancel"
    assert "cannot be closed" in failing(ask.format(False), {"cancel": True})
    closing = ask.format(False).replace("CommonButtons.No", "CommonButtons.Close")
    assert value(closing, {"cancel": True}) == "Close"
