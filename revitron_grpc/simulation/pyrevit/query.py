"""`pyrevit.revit.query`: the questions to a document that scripts ask most."""

from collections.abc import Iterable
from typing import Any

from revitron_grpc.simulation.errors import NotSimulated
from revitron_grpc.simulation.pyrevit.host import db, document_or_active


def get_name(element: Any, title_on_sheet: bool = False) -> str:
    """Return an element's name, also where IronPython cannot read `Name`."""
    if title_on_sheet:
        raise NotSimulated("pyrevit.revit.query.get_name(title_on_sheet=True)")
    return db().Element.Name.GetValue(element)


def get_type(element: Any) -> Any:
    """Return an element's type; None if it has none."""
    return element.Document.GetElement(element.GetTypeId())


def get_symbol_name(element: Any) -> str:
    """Return the name of the type of a family instance."""
    return get_name(element.Symbol)


def get_family_name(element: Any) -> str:
    """Return the name of the family of a family instance."""
    return get_name(element.Symbol.Family)


def get_param(element: Any, param_identifier: Any, default: Any = None) -> Any:
    """Return a parameter by name, built-in parameter or GUID; `default` if there is none."""
    if isinstance(param_identifier, str):
        found = element.LookupParameter(param_identifier)
    else:
        found = element.get_Parameter(param_identifier)
    return default if found is None else found


def get_param_value(targetparam: Any) -> Any:
    """Return what a parameter stores, by its storage type."""
    kind = targetparam.StorageType
    kinds = db().StorageType
    if kind == kinds.Double:
        return targetparam.AsDouble()
    if kind == kinds.Integer:
        return targetparam.AsInteger()
    if kind == kinds.String:
        return targetparam.AsString()
    if kind == kinds.ElementId:
        return targetparam.AsElementId()
    return None


def get_mark(element: Any) -> str:
    """Return an element's mark; empty if it has none."""
    found = element.get_Parameter(db().BuiltInParameter.ALL_MODEL_MARK)
    return found.AsString() if found is not None else ""


def is_placed(spatial_element: Any) -> bool:
    """Tell whether a room, area or space is placed and has an area."""
    api = db()
    kinds = (api.Architecture.Room, api.Mechanical.Space, api.Area)
    return isinstance(spatial_element, kinds) and spatial_element.Area > 0


def get_elements_by_class(
    element_class: type, elements: Any = None, doc: Any = None, view_id: Any = None
) -> list[Any]:
    """Return the elements of a class: of a list, of a view, or of the document."""
    if elements is not None:
        return [element for element in elements if isinstance(element, element_class)]
    return list(
        _collector(doc, view_id).OfClass(element_class).WhereElementIsNotElementType().ToElements()
    )


def get_types_by_class(type_class: type, types: Any = None, doc: Any = None) -> list[Any]:
    """Return the types of a class."""
    if types is not None:
        return [one for one in types if isinstance(one, type_class)]
    return list(_collector(doc).OfClass(type_class).ToElements())


def get_elements_by_categories(
    categories: Iterable[Any], elements: Any = None, doc: Any = None, view_id: Any = None
) -> list[Any]:
    """Return the instances of categories: of a list, of a view, or of the document."""
    wanted = [get_builtincategory(category) for category in categories]
    if elements is not None:
        ids = {int(db().ElementId(category).number) for category in wanted}
        return [e for e in elements if e.Category is not None and e.Category.Id.number in ids]
    found: list[Any] = []
    for category in wanted:
        found.extend(_collector(doc, view_id).OfCategory(category).WhereElementIsNotElementType())
    return found


def get_category(cat_input: Any, doc: Any = None) -> Any:
    """Return a category by its name, built-in category or itself; None if there is none."""
    api = db()
    if isinstance(cat_input, api.Category):
        return cat_input
    categories = document_or_active(doc).Settings.Categories
    if isinstance(cat_input, str):
        return next((one for one in categories if one.Name == cat_input), None)
    if isinstance(cat_input, api.BuiltInCategory):
        return api.Category.GetCategory(document_or_active(doc), cat_input)
    return None


def get_builtincategory(cat_input: Any, doc: Any = None) -> Any:
    """Return a built-in category by itself or by the category's name."""
    api = db()
    if isinstance(cat_input, api.BuiltInCategory):
        return cat_input
    category = get_category(cat_input, doc)
    return None if category is None else category.BuiltInCategory


def get_all_views(
    doc: Any = None, view_types: Any = None, include_nongraphical: bool = False
) -> list[Any]:
    """Return views that are no templates; of some types, and graphical unless said otherwise."""
    api = db()
    views = [view for view in _of_class(doc, api.View) if not view.IsTemplate]
    if view_types:
        views = [view for view in views if view.ViewType in view_types]
    if include_nongraphical:
        return views
    kinds = api.ViewType
    plain = (
        kinds.ProjectBrowser, kinds.SystemBrowser, kinds.Schedule, kinds.Undefined,
        kinds.Internal, kinds.PanelSchedule, kinds.ColumnSchedule, kinds.Report,
    )  # fmt: skip
    return [view for view in views if view.ViewType not in plain]


def get_all_view_templates(doc: Any = None, view_types: Any = None) -> list[Any]:
    """Return the view templates, of some types if named."""
    templates = [view for view in _of_class(doc, db().View) if view.IsTemplate]
    return [view for view in templates if not view_types or view.ViewType in view_types]


def get_all_schedules(doc: Any = None) -> list[Any]:
    """Return the schedules that are no templates and no revision schedules of title blocks."""
    return [
        view
        for view in _of_class(doc, db().ViewSchedule)
        if not view.IsTemplate and not view.IsTitleblockRevisionSchedule
    ]


def get_view_by_name(view_name: str, view_types: Any = None, doc: Any = None) -> Any:
    """Return the first view of a name; None if there is none."""
    views = get_all_views(doc=doc, view_types=view_types)
    return next((view for view in views if get_name(view) == view_name), None)


def get_sheets(
    include_placeholders: bool = True, include_noappear: bool = True, doc: Any = None
) -> list[Any]:
    """Return the sheets; without placeholders or those not in the sheet list if said so."""
    sheets = _of_class(doc, db().ViewSheet)
    if not include_noappear:
        scheduled = db().BuiltInParameter.SHEET_SCHEDULED
        sheets = [s for s in sheets if s.get_Parameter(scheduled).AsInteger() > 0]
    return [sheet for sheet in sheets if include_placeholders or not sheet.IsPlaceholder]


def get_sheet_by_number(sheet_num: Any, doc: Any = None) -> Any:
    """Return the sheet of a number; None if there is none."""
    return next((s for s in get_sheets(doc=doc) if s.SheetNumber == str(sheet_num)), None)


def get_sheet_sets(doc: Any = None) -> list[Any]:
    """Return the saved sets of views and sheets."""
    return _of_class(doc, db().ViewSheetSet)


def get_revisions(doc: Any = None) -> list[Any]:
    """Return the revisions."""
    category = db().BuiltInCategory.OST_Revisions
    return list(_collector(doc).OfCategory(category).WhereElementIsNotElementType())


def get_families(doc: Any = None, only_editable: bool = True) -> list[Any]:
    """Return the loaded families."""
    families = _of_class(doc, db().Family)
    return [family for family in families if family.IsEditable or not only_editable]


def get_rule_filters(doc: Any = None) -> list[Any]:
    """Return the view filters by rules."""
    return _of_class(doc, db().ParameterFilterElement)


def get_phases_names(doc: Any = None) -> list[str]:
    """Return the names of the phases."""
    return [phase.Name for phase in document_or_active(doc).Phases]


def get_worksets_names(doc: Any = None) -> list[str]:
    """Return the names of the user worksets; none in a model that is not workshared."""
    return [workset.Name for workset in _worksets(doc)]


def get_element_workset(element: Any) -> Any:
    """Return the workset of an element; None in a model that is not workshared."""
    document = element.Document
    if not document.IsWorkshared:
        return None
    return document.GetWorksetTable().GetWorkset(element.WorksetId)


def model_has_workset(workset_name: str, partial: bool = False, doc: Any = None) -> Any:
    """Return the id of the workset of a name, or with it in its name; False if there is none."""
    for workset in _worksets(doc):
        if workset.Name == workset_name or (partial and workset_name in workset.Name):
            return workset.Id
    return False


def get_door_rooms(door: Any) -> tuple[Any, Any]:
    """Return the rooms that a door leads from and to, in the phase that it was built in."""
    phase = door.Document.GetElement(door.CreatedPhaseId)
    return door.get_FromRoom(phase), door.get_ToRoom(phase)


def get_project_info(doc: Any = None) -> Any:
    """Return the project information as pyRevit wraps it."""
    del doc
    raise NotSimulated("pyrevit.revit.query.get_project_info")


def _worksets(doc: Any) -> list[Any]:
    document = document_or_active(doc)
    if not document.IsWorkshared:
        return []
    api = db()
    collector = api.FilteredWorksetCollector(document)
    return list(collector.OfKind(api.WorksetKind.UserWorkset))


def _of_class(doc: Any, element_class: Any) -> list[Any]:
    return list(_collector(doc).OfClass(element_class).WhereElementIsNotElementType())


def _collector(doc: Any, view_id: Any = None) -> Any:
    document = document_or_active(doc)
    if view_id is None:
        return db().FilteredElementCollector(document)
    return db().FilteredElementCollector(document, view_id)
