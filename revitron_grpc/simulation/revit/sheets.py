"""Sheets, viewports, schedules on sheets, and revisions.

Data of a sheet: `number`, `placeholder`; of a viewport and of a schedule on a sheet: `sheet`,
`viewed` (the id of the view), `point`. Data of a revision: `sequence`, `issued`, `description`,
`revision_date`, `issued_by`, `issued_to`.
"""

from typing import Any

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.database import INVALID, Database, ElementRecord
from revitron_grpc.simulation.errors import revit_error
from revitron_grpc.simulation.names import PROHIBITED
from revitron_grpc.simulation.revit.elements import Element
from revitron_grpc.simulation.revit.geometry import XYZ
from revitron_grpc.simulation.revit.stored import store
from revitron_grpc.simulation.revit.views import View

# Views that no viewport can show.
_NEVER = frozenset(("Schedule", "DrawingSheet", "PanelSchedule", "ColumnSchedule", "Internal",
                    "ProjectBrowser", "SystemBrowser", "Undefined"))  # fmt: skip


@behaves("Autodesk.Revit.DB.ViewSheet")
class ViewSheet(View):
    """A sheet, or the placeholder of one."""

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
            database.add("FamilyInstance", category="OST_TitleBlocks", type=number, view=sheet.id)
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
        if not value.strip():
            raise revit_error("ArgumentException", "sheetNumber is empty or only whitespace.")
        if any(character in PROHIBITED for character in value):
            raise revit_error(
                "ArgumentException", "sheetNumber cannot include prohibited characters."
            )
        sheets = self._database.of_kind("ViewSheet")
        if any(one.data["number"] == value for one in sheets if one is not self._record):
            raise revit_error("ArgumentException", "Sheet number is already in use.")
        self._write("number", value)
        store(self._record, "SHEET_NUMBER", value)

    @property
    def IsPlaceholder(self) -> bool:
        return bool(self._data.get("placeholder"))

    def GetAllViewports(self) -> list[int]:
        return [one.id for one in _on_sheet(self._record, "Viewport")]

    def GetAllPlacedViews(self) -> set[int]:
        return {one.data["viewed"] for one in _on_sheet(self._record, "Viewport")}


def _on_sheet(sheet: ElementRecord, kind: str) -> list[ElementRecord]:
    return [one for one in sheet.database.of_kind(kind) if one.data.get("sheet") == sheet.id]


def _new_sheet(database: Database, *, placeholder: bool) -> ElementRecord:
    taken = {one.data["number"] for one in database.of_kind("ViewSheet")}
    number = next(
        text for text in (f"A{n}" for n in range(101, 102 + len(taken))) if text not in taken
    )
    name = "Ohne Namen" if database.language == "de" else "Unnamed"
    sheet = database.add(
        "ViewSheet",
        category="OST_Sheets",
        name=name,
        number=number,
        placeholder=placeholder,
        view_type="DrawingSheet",
    )
    store(sheet, "SHEET_NUMBER", number)
    store(sheet, "SHEET_NAME", name)
    return sheet


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
        )

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


@behaves("Autodesk.Revit.DB.Revision")
class Revision(Element):
    """A revision; read-only once it is issued (behaviour 45)."""

    @classmethod
    def Create(cls, document: Any) -> ElementRecord:
        database = document._database
        database.check_writable()
        last = max((one.data.get("sequence", 0) for one in database.of_kind("Revision")), default=0)
        return database.add(
            "Revision", category="OST_Revisions", sequence=last + 1, issued=False, description=""
        )

    @property
    def SequenceNumber(self) -> int:
        return self._data["sequence"]

    @property
    def Issued(self) -> bool:
        return bool(self._data.get("issued"))

    @Issued.setter
    def Issued(self, value: bool) -> None:
        self._write("issued", bool(value))

    def _set(self, key: str, value: str) -> None:
        if self.Issued:
            raise revit_error(
                "InvalidOperationException",
                "This operation cannot be performed on Revisions that have already been issued.",
            )
        self._write(key, value)

    @property
    def Description(self) -> str:
        return self._data.get("description", "")

    @Description.setter
    def Description(self, value: str) -> None:
        self._set("description", value)

    @property
    def RevisionDate(self) -> str:
        return self._data.get("revision_date", "")

    @RevisionDate.setter
    def RevisionDate(self, value: str) -> None:
        self._set("revision_date", value)

    @property
    def IssuedBy(self) -> str:
        return self._data.get("issued_by", "")

    @IssuedBy.setter
    def IssuedBy(self, value: str) -> None:
        self._set("issued_by", value)

    @property
    def IssuedTo(self) -> str:
        return self._data.get("issued_to", "")

    @IssuedTo.setter
    def IssuedTo(self, value: str) -> None:
        self._set("issued_to", value)


@behaves("Autodesk.Revit.DB.RevisionCloud")
class RevisionCloud(Element):
    """A cloud around what a revision changed."""

    @classmethod
    def Create(cls, document: Any, view: Any, revisionId: Any, curves: Any) -> ElementRecord:
        database = document._database
        database.check_writable()
        revision = database.get(revisionId.number)
        if revision is None or not revision.kind.endswith(".Revision"):
            raise revit_error("ArgumentException", "revisionId is not a valid Revision.")
        if revision.data.get("issued"):
            raise revit_error(
                "ArgumentException",
                "This operation cannot be performed because revisionId is an issued Revision.",
            )
        drawn = tuple(curves)
        if not drawn:
            raise revit_error("ArgumentException", "The list of curves is empty.")
        return database.add(
            "RevisionCloud",
            category="OST_RevisionClouds",
            view=view._record.id,
            revision=revision.id,
            curves=drawn,
        )

    @property
    def RevisionId(self) -> int:
        return self._data["revision"]

    def IsRevisionIssued(self) -> bool:
        revision = self._other("revision")
        return revision is not None and bool(revision.data.get("issued"))
