"""Which worksets a view shows.

Data of a view: `workset_visibility`, names of `WorksetVisibility` by the number of a workset; what
is not in it follows the default.
"""

from typing import Any

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.database import Database, ElementRecord
from revitron_grpc.simulation.errors import revit_error
from revitron_grpc.simulation.revit.elements import Element
from revitron_grpc.simulation.revit.view_templates import check_graphics_uncontrolled, spread
from revitron_grpc.simulation.revit.worksharing import workset_numbered

_BY_DEFAULT = "UseGlobalSetting"


def _check_workset(database: Database, number: int) -> None:
    if workset_numbered(database, number) is None:
        raise revit_error("ArgumentException", "There is no workset in the document with this id.")


def _visible_by_default(database: Database, number: int) -> bool:
    changed = next(
        (
            one.data.get("workset_defaults", {})
            for one in database.of_kind("WorksetDefaultVisibilitySettings")
        ),
        {},
    )
    workset = workset_numbered(database, number)
    return changed.get(number, workset is None or workset.visible)


def shows_workset(view: ElementRecord, number: int) -> bool:
    """Tell whether a view shows the elements of a workset: it is open, and visible there."""
    workset = workset_numbered(view.database, number)
    if workset is None:
        return True
    held = view.data.get("workset_visibility", {}).get(number, _BY_DEFAULT)
    if held == _BY_DEFAULT:
        return workset.is_open and _visible_by_default(view.database, number)
    return workset.is_open and held == "Visible"


class ViewWorksets(Element):
    """The part of a view that says which worksets it shows."""

    def GetWorksetVisibility(self, worksetId: Any) -> str:
        _check_workset(self._database, worksetId.number)
        return self._data.get("workset_visibility", {}).get(worksetId.number, _BY_DEFAULT)

    def SetWorksetVisibility(self, worksetId: Any, visible: Any) -> None:
        _check_workset(self._database, worksetId.number)
        check_graphics_uncontrolled(self._record, "VIS_GRAPHICS_WORKSETS", "SetWorksetVisibility")
        held = dict(self._data.get("workset_visibility", {}))
        if visible.name == _BY_DEFAULT:
            held.pop(worksetId.number, None)
        else:
            held[worksetId.number] = visible.name
        self._write("workset_visibility", held)
        spread(self._record, "VIS_GRAPHICS_WORKSETS")

    def IsWorksetVisible(self, worksetId: Any) -> bool:
        number = worksetId.number
        _check_workset(self._database, number)
        held = self._data.get("workset_visibility", {}).get(number, _BY_DEFAULT)
        if held == _BY_DEFAULT:
            return _visible_by_default(self._database, number)
        return held == "Visible"


@behaves("Autodesk.Revit.DB.WorksetDefaultVisibilitySettings")
class WorksetDefaultVisibilitySettings(Element):
    """Which worksets views show where they say nothing: one element of the model.

    Data: `workset_defaults`, whether a workset is visible, by its number, where it was changed.
    """

    @classmethod
    def GetWorksetDefaultVisibilitySettings(cls, aDoc: Any) -> ElementRecord | None:
        return next(aDoc._database.of_kind("WorksetDefaultVisibilitySettings"), None)

    def IsWorksetVisible(self, worksetId: Any) -> bool:
        _check_workset(self._database, worksetId.number)
        return _visible_by_default(self._database, worksetId.number)

    def SetWorksetVisibility(self, worksetId: Any, visible: bool) -> None:
        _check_workset(self._database, worksetId.number)
        held = self._data.get("workset_defaults", {})
        self._write("workset_defaults", {**held, worksetId.number: bool(visible)})
