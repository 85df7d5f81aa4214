"""What sheets, title blocks, views and marks say of the sheets that they are on."""

from typing import Any

from revitron_grpc.simulation.computed import computed, locks, setting
from revitron_grpc.simulation.database import INVALID, ElementRecord
from revitron_grpc.simulation.errors import NotSimulated, revit_error
from revitron_grpc.simulation.revit.sheets import sheet_of, viewport_of, viewports_on
from revitron_grpc.simulation.revit.stored import stored

_UNSCALED = frozenset(("Legend", "Rendering", "Walkthrough"))
_NOT_PLACED = "---"
"""What Revit shows for the sheet and detail number of a view on no sheet (field knowledge)."""


# What views and viewports say of the sheet that they are on


def _placed(record: ElementRecord) -> ElementRecord | None:
    """Return the viewport of a viewport, of a view, or of the view that a mark leads to."""
    if record.kind.endswith(".Viewport"):
        return record
    if "marks_view" in record.data:
        view = record.database.get(record.data["marks_view"])
        return None if view is None else viewport_of(view)
    return viewport_of(record)


def _on_sheets(record: ElementRecord) -> bool:
    known = record.kind.endswith(".Viewport") or "marks_view" in record.data
    return known or (record.data.get("view_type", "DrawingSheet") != "DrawingSheet")


@computed("VIEWPORT_SHEET_NUMBER", "VIEWER_SHEET_NUMBER")
def _sheet_number(record: ElementRecord) -> str | None:
    sheet = sheet_of(_placed(record))
    if sheet is not None:
        return sheet.data["number"]
    return _NOT_PLACED if _on_sheets(record) else None


@computed("VIEWPORT_SHEET_NAME", "VIEWER_SHEET_NAME")
def _sheet_name(record: ElementRecord) -> str | None:
    sheet = sheet_of(_placed(record))
    if sheet is not None:
        return sheet.data["name"]
    return _NOT_PLACED if _on_sheets(record) else None


@computed("VIEWPORT_DETAIL_NUMBER", "VIEWER_DETAIL_NUMBER")
def _detail_number(record: ElementRecord) -> str | None:
    viewport = _placed(record)
    if viewport is not None:
        return viewport.data.get("detail_number", "")
    return _NOT_PLACED if _on_sheets(record) else None


@locks("VIEWPORT_DETAIL_NUMBER", "VIEWER_DETAIL_NUMBER")
def _on_no_sheet(record: ElementRecord) -> bool:
    return _placed(record) is None


@setting("VIEWPORT_DETAIL_NUMBER", "VIEWER_DETAIL_NUMBER")
def _number_detail(record: ElementRecord, value: Any) -> None:
    viewport = _placed(record)
    sheet = sheet_of(viewport)
    if viewport is None or sheet is None:
        raise NotSimulated("the detail number of a view on no sheet")
    others = [one for one in viewports_on(sheet) if one is not viewport]
    if any(one.data.get("detail_number") == value for one in others):
        raise revit_error("ArgumentException", "The detail number is already in use on the sheet.")
    record.database.write(viewport, "detail_number", value)


@computed("SHEET_SCALE")
def _scale_of_sheet(record: ElementRecord) -> str | None:
    sheet = record if record.kind.endswith(".ViewSheet") else _sheet_of_block(record)
    if sheet is None:
        return None
    database = record.database
    views = [database.get(one.data["viewed"]) for one in viewports_on(sheet)]
    scales = {
        view.data.get("scale", 100)
        for view in views
        if view is not None and view.data["view_type"] not in _UNSCALED
    }
    if not scales:
        return ""
    if len(scales) > 1:
        return "Wie angezeigt" if database.language == "de" else "As indicated"
    return f"1 : {scales.pop()}"


def _referring(record: ElementRecord) -> ElementRecord | None:
    """Return the viewport in which a mark of this view can be seen first."""
    for mark in record.database.of_kind("Element"):
        if mark.data.get("marks_view") != record.id:
            continue
        for number in mark.data.get("shown_in", ()):
            view = record.database.get(number)
            viewport = None if view is None else viewport_of(view)
            if viewport is not None:
                return viewport
    return None


@computed("VIEW_REFERENCING_SHEET")
def _referring_sheet(record: ElementRecord) -> str | None:
    sheet = sheet_of(_referring(record))
    return "" if sheet is None else sheet.data["number"]


@computed("VIEW_REFERENCING_DETAIL")
def _referring_detail(record: ElementRecord) -> str | None:
    viewport = _referring(record)
    return "" if viewport is None else viewport.data.get("detail_number", "")


# A title block tells what its sheet says


def _sheet_of_block(record: ElementRecord) -> ElementRecord | None:
    if record.data.get("category") != "OST_TitleBlocks" or record.data.get("is_type"):
        return None
    sheet = record.database.get(record.data.get("view", INVALID))
    return sheet if sheet is not None and sheet.kind.endswith(".ViewSheet") else None


_OF_SHEET = (
    "SHEET_APPROVED_BY", "SHEET_CHECKED_BY", "SHEET_DESIGNED_BY", "SHEET_DRAWN_BY",
    "SHEET_ISSUE_DATE", "SHEET_NAME", "SHEET_NUMBER",
)  # fmt: skip


def _tell_sheet(name: str) -> None:
    @computed(name, kinds=("FamilyInstance",))
    def told(record: ElementRecord) -> Any:
        sheet = _sheet_of_block(record)
        if sheet is None:
            return None
        if name == "SHEET_NAME":
            return sheet.data["name"]
        return sheet.data["number"] if name == "SHEET_NUMBER" else stored(sheet, name)

    @setting(name, kinds=("FamilyInstance",))
    def written(_record: ElementRecord, _value: Any) -> None:
        raise NotSimulated(f"setting {name} on a title block")


for _name in _OF_SHEET:
    _tell_sheet(_name)
