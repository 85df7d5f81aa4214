"""`pyrevit.forms`: lists of views, sheets, levels and other things of a model."""

from collections.abc import Callable, Iterable
from typing import Any

from revitron_grpc.simulation.pyrevit import query
from revitron_grpc.simulation.pyrevit.alerts import alert, ask_to_use_selected
from revitron_grpc.simulation.pyrevit.host import db, document_or_active, host
from revitron_grpc.simulation.pyrevit.lists import SelectFromList, TemplateListItem
from revitron_grpc.simulation.pyrevit.selection import get_selection

_WIDTH = 500
_Filter = Callable[[Any], Any] | None


class RevisionOption(TemplateListItem):
    """A revision in a list."""

    def __init__(self, revision_element: Any) -> None:
        super().__init__(revision_element)

    @property
    def name(self) -> str:
        """Number, description and date of the revision."""
        api = db()
        number = self.item.SequenceNumber
        settings = api.RevisionSettings.GetRevisionSettings(self.item.Document)
        if settings.RevisionNumbering == api.RevisionNumbering.PerProject:
            number = self.item.RevisionNumber
        return f"{number}-{self.item.Description}-{self.item.RevisionDate}"


class SheetOption(TemplateListItem):
    """A sheet in a list."""

    def __init__(self, sheet_element: Any) -> None:
        super().__init__(sheet_element)

    @property
    def name(self) -> str:
        """Number and name of the sheet."""
        placeholder = " (placeholder)" if self.item.IsPlaceholder else ""
        return f"{self.item.SheetNumber} - {self.item.Name}{placeholder}"

    @property
    def number(self) -> str:
        """The sheet's number."""
        return self.item.SheetNumber


class ViewOption(TemplateListItem):
    """A view in a list."""

    def __init__(self, view_element: Any) -> None:
        super().__init__(view_element)

    @property
    def name(self) -> str:
        """Name and type of the view."""
        return f"{query.get_name(self.item)} ({self.item.ViewType})"


class LevelOption(TemplateListItem):
    """A level in a list."""

    def __init__(self, level_element: Any) -> None:
        super().__init__(level_element)

    @property
    def name(self) -> str:
        """The level's name."""
        return query.get_name(self.item)


def select_views(
    title: str = "Select Views",
    button_name: str = "Select",
    width: float = _WIDTH,
    multiple: bool = True,
    filterfunc: _Filter = None,
    doc: Any = None,
    use_selection: bool = False,
) -> Any:
    """Ask for graphical views; None if cancelled."""
    if use_selection:
        chosen = _selected(db().View, "views", multiple, filterfunc)
        if chosen is not None:
            return chosen
    views = _kept(query.get_all_views(doc=doc), filterfunc)
    options = sorted((ViewOption(view) for view in views), key=lambda option: option.name)
    return _ask(options, title, button_name, width, multiple)


def select_viewtemplates(
    title: str = "Select View Templates",
    button_name: str = "Select",
    width: float = _WIDTH,
    multiple: bool = True,
    filterfunc: _Filter = None,
    doc: Any = None,
) -> Any:
    """Ask for view templates; None if cancelled."""
    views = _kept(query.get_all_view_templates(doc=doc), filterfunc)
    options = sorted((ViewOption(view) for view in views), key=lambda option: option.name)
    return _ask(options, title, button_name, width, multiple)


def select_schedules(
    title: str = "Select Schedules",
    button_name: str = "Select",
    width: float = _WIDTH,
    multiple: bool = True,
    filterfunc: _Filter = None,
    doc: Any = None,
) -> Any:
    """Ask for schedules; None if cancelled."""
    views = _kept(query.get_all_schedules(doc=doc), filterfunc)
    options = sorted((ViewOption(view) for view in views), key=lambda option: option.name)
    return _ask(options, title, button_name, width, multiple)


def select_levels(
    title: str = "Select Levels",
    button_name: str = "Select",
    width: float = _WIDTH,
    multiple: bool = True,
    filterfunc: _Filter = None,
    doc: Any = None,
    use_selection: bool = False,
) -> Any:
    """Ask for levels, the lowest first; None if cancelled."""
    api = db()
    if use_selection:
        chosen = _selected(api.Level, "levels", multiple, filterfunc)
        if chosen is not None:
            return chosen
    levels = _kept(
        query.get_elements_by_categories([api.BuiltInCategory.OST_Levels], doc=doc), filterfunc
    )
    options = sorted((LevelOption(level) for level in levels), key=lambda o: o.item.Elevation)
    return _ask(options, title, button_name, width, multiple)


def select_revisions(
    title: str = "Select Revision",
    button_name: str = "Select",
    width: float = _WIDTH,
    multiple: bool = True,
    filterfunc: _Filter = None,
    doc: Any = None,
) -> Any:
    """Ask for revisions in their order; None if cancelled."""
    found = sorted(query.get_revisions(doc=doc), key=lambda revision: revision.SequenceNumber)
    options = [RevisionOption(revision) for revision in _kept(found, filterfunc)]
    return _ask(options, title, button_name, width, multiple)


def select_sheets(
    title: str = "Select Sheets",
    button_name: str = "Select",
    width: float = _WIDTH,
    multiple: bool = True,
    filterfunc: _Filter = None,
    doc: Any = None,
    include_placeholder: bool = True,
    use_selection: bool = False,
) -> Any:
    """Ask for sheets, in groups by sheet set; None if cancelled."""
    api = db()

    def wanted(sheet: Any) -> bool:
        return include_placeholder or not sheet.IsPlaceholder

    if use_selection:
        chosen = _selected(api.ViewSheet, "sheets", multiple, filterfunc, wanted)
        if chosen is not None:
            return chosen
    sheets = [s for s in _kept(query.get_sheets(doc=doc), filterfunc) if wanted(s)]
    groups = {"All Sheets": _by_number(sheets)}
    for sheet_set in query.get_sheet_sets(doc):
        members = [view for view in sheet_set.Views if isinstance(view, api.ViewSheet)]
        name = sheet_set.Name
        groups[f"[{name}]" if name == "All Sheets" else name] = _by_number(
            _kept(members, filterfunc)
        )
    return SelectFromList.show(
        groups,
        title=title,
        button_name=button_name,
        width=width,
        multiselect=multiple,
        default_group="All Sheets",
    )


def select_open_docs(
    title: str = "Select Open Documents",
    button_name: str = "OK",
    width: float = _WIDTH,
    multiple: bool = True,
    check_more_than_one: bool = True,
    filterfunc: _Filter = None,
) -> Any:
    """Ask for open documents other than the one in front; None if cancelled or there is none."""
    del width
    run = host()
    front = run.document
    documents = [
        document
        for document in run.application.Documents
        if not document.IsLinked
        and not (check_more_than_one and document.Equals(front))
    ]  # fmt: skip
    if not documents:
        alert(
            "Only one active document is found. At least two documents must be open. "
            "Operation cancelled."
        )
        return None
    return SelectFromList.show(
        documents,
        name_attr="Title",
        multiselect=multiple,
        title=title,
        button_name=button_name,
        filterfunc=filterfunc,
    )


def select_titleblocks(
    title: str = "Select Titleblock",
    button_name: str = "Select",
    no_tb_option: str = "No Title Block",
    width: float = _WIDTH,
    multiple: bool = False,
    filterfunc: _Filter = None,
    doc: Any = None,
) -> Any:
    """Ask for title block types and return their ids; None if cancelled."""
    api = db()
    types = (
        api.FilteredElementCollector(document_or_active(doc))
        .OfCategory(api.BuiltInCategory.OST_TitleBlocks)
        .WhereElementIsElementType()
        .ToElements()
    )
    ids = {f"{block.FamilyName}: {query.get_name(block)}": block.Id for block in types}
    ids[no_tb_option] = api.ElementId.InvalidElementId
    chosen = SelectFromList.show(
        sorted(ids),
        title=title,
        button_name=button_name,
        width=width,
        multiselect=multiple,
        filterfunc=filterfunc,
    )
    if not chosen:
        return None
    return [ids[name] for name in chosen] if multiple else ids[chosen]


def _ask(options: Any, title: str, button: str, width: float, multiple: bool) -> Any:
    return SelectFromList.show(
        options, title=title, button_name=button, width=width, multiselect=multiple
    )


def _kept(found: Iterable[Any], filterfunc: _Filter) -> list[Any]:
    return list(found) if filterfunc is None else [item for item in found if filterfunc(item)]


def _by_number(sheets: Iterable[Any]) -> list[SheetOption]:
    return sorted((SheetOption(sheet) for sheet in sheets), key=lambda option: option.number)


def _selected(
    kind: type, named: str, multiple: bool, filterfunc: _Filter, wanted: _Filter = None
) -> Any:
    found = _kept(_kept(get_selection().include(kind).elements, filterfunc), wanted)
    if found and ask_to_use_selected(named, count=len(found), multiple=multiple):
        return found if multiple else found[0]
    return None
