"""`revitron.selection` and `revitron.view`: what is selected, and the views on sheets."""

from collections.abc import Iterable
from typing import Any

from revitron_grpc.simulation.net.collections import NetList
from revitron_grpc.simulation.revitron.library import db, document, of_revitron, revitron
from revitron_grpc.simulation.revitron.values import AttrDict


@of_revitron("selection")
class Selection:
    """The selection of the active document."""

    @staticmethod
    def get() -> list[Any]:
        """Return the selected elements."""
        ids = revitron().UIDOC.Selection.GetElementIds()
        return [document().GetElement(element_id) for element_id in ids]

    @staticmethod
    def first() -> Any:
        """Return the first selected element; `IndexError` where nothing is selected."""
        return Selection.get()[0]

    @staticmethod
    def set(ids: Iterable[Any]) -> None:
        """Select the elements of these ids and no others."""
        uidoc = revitron().UIDOC
        uidoc.Selection.SetElementIds(NetList.constructed(db().ElementId, ids))
        uidoc.RefreshActiveView()


@of_revitron("view")
class ViewSheetList:
    """The views on sheets: each with its id, the sheet and the view."""

    def __init__(self, sheets: Iterable[Any]) -> None:
        self.views: list[AttrDict] = []
        for one in sheets:
            sheet = document().GetElement(one) if isinstance(one, db().ElementId) else one
            if type(sheet).__name__ != "ViewSheet":
                continue
            for view_id in sheet.GetAllPlacedViews():
                view = document().GetElement(view_id)
                self.views.append(AttrDict(id=view_id, sheet=sheet, view=view))

    def get(self) -> list[AttrDict]:
        """Return them in the order of the sheets."""
        return self.views
