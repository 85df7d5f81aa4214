"""Sheets, viewports and schedules on sheets; what they say is in sheet_values.py.

Data of a sheet: `number`, `placeholder`, `ticked` (ids of revisions ticked by hand); of a viewport
and of a schedule on a sheet: `sheet`, `viewed` (the id of the view), `point`; of a viewport also
`detail_number`. A title block's `view` is its sheet.
"""

from typing import Any

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.computed import mirrors, setting
from revitron_grpc.simulation.database import INVALID, Database, ElementRecord
from revitron_grpc.simulation.errors import NotSimulated, revit_error
from revitron_grpc.simulation.names import PROHIBITED
from revitron_grpc.simulation.revit.boxes import Outline
from revitron_grpc.simulation.revit.elements import Element
from revitron_grpc.simulation.revit.geometry import XYZ
from revitron_grpc.simulation.revit.revisions import (
    check_ticked,
    number_on_sheet,
    revisions_on,
    visible_clouds,
)
from revitron_grpc.simulation.revit.views import View

# Views that no viewport can show.
_NEVER = frozenset(("Schedule", "DrawingSheet", "PanelSchedule", "ColumnSchedule", "Internal",
                    "ProjectBrowser", "SystemBrowser", "Undefined"))  # fmt: skip

mirrors("SHEET_NUMBER", "number", kinds=("ViewSheet",))
mirrors("SHEET_SCHEDULED", "in_list", default=1)


@setting("SHEET_NUMBER")
def _numbered(record: ElementRecord, value: Any) -> None:
    number_sheet(record, value)


def number_sheet(sheet: ElementRecord, number: str) -> None:
    """Give a sheet a number; raises `ArgumentException` for one that is taken or cannot be."""
    if not number.strip():
        raise revit_error("ArgumentException", "sheetNumber is empty or only whitespace.")
    if any(character in PROHIBITED for character in number):
        raise revit_error("ArgumentException", "sheetNumber cannot include prohibited characters.")
    sheets = sheet.database.of_kind("ViewSheet")
    if any(one.data["number"] == number for one in sheets if one is not sheet):
        raise revit_error("ArgumentException", "Sheet number is already in use.")
    sheet.database.write(sheet, "number", number)


@behaves("Autodesk.Revit.DB.ViewSheet")
class ViewSheet(View):
    """A sheet, or the placeholder of one."""

    def _rename(self, value: str) -> None:
        # Names of sheets may repeat; only their numbers may not.
        if not value.strip() or any(character in PROHIBITED for character in value):
            raise revit_error("ArgumentException", "The name cannot be used for a sheet.")
        self._write("name", value)

    @classmethod
    def Create(cls, document: Any, titleBlockTypeId: Any) -> ElementRecord:
        database = document._database
        database.check_writable()
        number = titleBlockTypeId.number
        block = database.get(number)
        if number != INVALID and (block is None or block.data.get("category") != "OST_TitleBlocks"):
            raise revit_error(
                "ArgumentException",
                "The ElementId titleBlockTypeId does not correspond to a TitleBlock type.",
            )
        sheet = _new_sheet(database, placeholder=False)
        if block is not None:
            database.add(
                "FamilyInstance",
                category="OST_TitleBlocks",
                type=number,
                name=block.data.get("name", ""),
                view=sheet.id,
                point=XYZ(),
            )
        return sheet

    @classmethod
    def CreatePlaceholder(cls, aDoc: Any) -> ElementRecord:
        aDoc._database.check_writable()
        return _new_sheet(aDoc._database, placeholder=True)

    @property
    def SheetNumber(self) -> str:
        return self._data["number"]

    @SheetNumber.setter
    def SheetNumber(self, value: str) -> None:
        number_sheet(self._record, value)

    @property
    def IsPlaceholder(self) -> bool:
        return bool(self._data.get("placeholder"))

    def GetAllViewports(self) -> list[int]:
        return [one.id for one in viewports_on(self._record)]

    def GetAllPlacedViews(self) -> list[int]:
        # Revit's sets of ids are in the order of the ids.
        return sorted({one.data["viewed"] for one in viewports_on(self._record)})

    # Revisions

    def GetAdditionalRevisionIds(self) -> list[int]:
        return list(self._data.get("ticked", ()))

    def SetAdditionalRevisionIds(self, projectRevisionIds: Any) -> None:
        numbers = tuple(dict.fromkeys(one.number for one in projectRevisionIds))
        check_ticked(self._database, numbers)
        self._write("ticked", numbers)

    def GetAllRevisionIds(self) -> list[int]:
        return [one.id for one in revisions_on(self._record)]

    def GetAllRevisionCloudIds(self) -> list[int]:
        return sorted(one.id for one in visible_clouds(self._record))

    def GetCurrentRevision(self) -> int:
        found = revisions_on(self._record)
        return found[-1].id if found else INVALID

    def GetRevisionNumberOnSheet(self, revisionId: Any) -> str | None:
        return number_on_sheet(self._record, revisionId.number)


def viewports_on(sheet: ElementRecord) -> list[ElementRecord]:
    """Return the viewports of a sheet."""
    return [one for one in sheet.database.of_kind("Viewport") if one.data["sheet"] == sheet.id]


def viewport_of(view: ElementRecord) -> ElementRecord | None:
    """Return the viewport that shows a view; None where it is on no sheet, or a legend."""
    if view.data.get("view_type") == "Legend":
        return None
    found = view.database.of_kind("Viewport")
    return next((one for one in found if one.data["viewed"] == view.id), None)


def sheet_of(viewport: ElementRecord | None) -> ElementRecord | None:
    """Return the sheet of a viewport; None for none."""
    return None if viewport is None else viewport.database.get(viewport.data["sheet"])


def _new_sheet(database: Database, *, placeholder: bool) -> ElementRecord:
    taken = {one.data["number"] for one in database.of_kind("ViewSheet")}
    number = next(
        text for text in (f"A{n}" for n in range(101, 102 + len(taken))) if text not in taken
    )
    return database.add(
        "ViewSheet",
        category="OST_Sheets",
        name="Ohne Namen" if database.language == "de" else "Unnamed",
        number=number,
        placeholder=placeholder,
        view_type="DrawingSheet",
    )


def _can_place(database: Database, sheet_number: int, view_number: int) -> bool:
    sheet, view = database.get(sheet_number), database.get(view_number)
    if sheet is None or view is None or sheet.data.get("placeholder"):
        return False
    view_type = view.data.get("view_type")
    if view_type is None or view_type in _NEVER or view.data.get("is_template"):
        return False
    viewports = [one for one in database.of_kind("Viewport") if one.data["viewed"] == view_number]
    if view_type == "Legend":
        return all(one.data["sheet"] != sheet_number for one in viewports)
    return not viewports


@behaves("Autodesk.Revit.DB.Viewport")
class Viewport(Element):
    """A view on a sheet."""

    @classmethod
    def CanAddViewToSheet(cls, document: Any, viewSheetId: Any, viewId: Any) -> bool:
        return _can_place(document._database, viewSheetId.number, viewId.number)

    @classmethod
    def Create(cls, document: Any, viewSheetId: Any, viewId: Any, point: XYZ) -> ElementRecord:
        database = document._database
        database.check_writable()
        sheet = database.get(viewSheetId.number)
        if sheet is None or not sheet.kind.endswith(".ViewSheet"):
            raise revit_error("ArgumentException", "viewSheetId is not a ViewSheet.")
        if not _can_place(database, sheet.id, viewId.number):
            raise revit_error("ArgumentException", "viewId cannot be added to the ViewSheet.")
        return database.add(
            "Viewport",
            category="OST_Viewports",
            sheet=sheet.id,
            view=sheet.id,
            viewed=viewId.number,
            point=point,
            detail_number=_free_detail_number(sheet),
        )

    def GetBoxOutline(self) -> Outline:
        # Page "GetBoxOutline": the outline on the sheet, without the label below the view.
        corners = self._data.get("box")
        if corners is None:
            raise NotSimulated("DB.Viewport.GetBoxOutline of a viewport whose size is not known")
        return Outline(*corners)

    @property
    def SheetId(self) -> int:
        return self._data["sheet"]

    @property
    def ViewId(self) -> int:
        return self._data["viewed"]

    def GetBoxCenter(self) -> XYZ:
        return self._data["point"]

    def SetBoxCenter(self, newCenterPoint: XYZ) -> None:
        self._write("point", newCenterPoint)


def _free_detail_number(sheet: ElementRecord) -> str:
    taken = {one.data.get("detail_number") for one in viewports_on(sheet)}
    return next(text for text in map(str, range(1, len(taken) + 2)) if text not in taken)


@behaves("Autodesk.Revit.DB.ScheduleSheetInstance")
class ScheduleSheetInstance(Element):
    """A schedule on a sheet."""

    @classmethod
    def Create(
        cls, document: Any, viewSheetId: Any, scheduleId: Any, origin: XYZ, *_: Any
    ) -> ElementRecord:
        database = document._database
        database.check_writable()
        sheet, schedule = database.get(viewSheetId.number), database.get(scheduleId.number)
        if sheet is None or not sheet.kind.endswith(".ViewSheet"):
            raise revit_error("ArgumentException", "viewSheetId is not a ViewSheet.")
        if (
            schedule is None
            or schedule.data.get("view_type") != "Schedule"
            or schedule.data.get("is_template")
        ):
            raise revit_error(
                "ArgumentException",
                "scheduleId is not a ViewSchedule that can be added to sheets.",
            )
        return database.add(
            "ScheduleSheetInstance",
            category="OST_ScheduleGraphics",
            sheet=sheet.id,
            view=sheet.id,
            viewed=schedule.id,
            point=origin,
        )

    @property
    def ScheduleId(self) -> int:
        return self._data["viewed"]

    @property
    def Point(self) -> XYZ:
        return self._data["point"]

    @property
    def IsTitleblockRevisionSchedule(self) -> bool:
        return bool(self._data.get("in_title_block"))
