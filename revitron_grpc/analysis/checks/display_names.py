"""English display names of built-in parameters and categories, and what to ask for instead.

The labels are those that Revit's properties palette shows in English. Several elements may show the
same label for different parameters: then all that are usual are named.
"""

import re

from revitron_grpc.analysis.resolve import ApiView

_PARAMETERS = "Autodesk.Revit.DB.BuiltInParameter"
_CATEGORIES = "Autodesk.Revit.DB.BuiltInCategory"

LABELS: dict[str, tuple[str, ...]] = {
    "Approved By": ("SHEET_APPROVED_BY",),
    "Area": ("HOST_AREA_COMPUTED", "ROOM_AREA"),
    "Base Constraint": ("WALL_BASE_CONSTRAINT",),
    "Base Finish": ("ROOM_FINISH_BASE",),
    "Base Level": ("FAMILY_BASE_LEVEL_PARAM",),
    "Base Offset": ("WALL_BASE_OFFSET", "FAMILY_BASE_LEVEL_OFFSET_PARAM", "ROOM_LOWER_OFFSET"),
    "Ceiling Finish": ("ROOM_FINISH_CEILING",),
    "Checked By": ("SHEET_CHECKED_BY",),
    "Client Name": ("CLIENT_NAME",),
    "Comments": ("ALL_MODEL_INSTANCE_COMMENTS",),
    "Cost": ("ALL_MODEL_COST",),
    "Current Revision": ("SHEET_CURRENT_REVISION",),
    "Current Revision Date": ("SHEET_CURRENT_REVISION_DATE",),
    "Current Revision Description": ("SHEET_CURRENT_REVISION_DESCRIPTION",),
    "Department": ("ROOM_DEPARTMENT",),
    "Description": ("ALL_MODEL_DESCRIPTION",),
    "Designed By": ("SHEET_DESIGNED_BY",),
    "Detail Number": ("VIEWPORT_DETAIL_NUMBER",),
    "Drawn By": ("SHEET_DRAWN_BY",),
    "Family Name": ("ALL_MODEL_FAMILY_NAME",),
    "Family and Type": ("ELEM_FAMILY_AND_TYPE_PARAM",),
    "Fire Rating": ("FIRE_RATING", "DOOR_FIRE_RATING"),
    "Floor Finish": ("ROOM_FINISH_FLOOR",),
    "Head Height": ("INSTANCE_HEAD_HEIGHT_PARAM",),
    "Keynote": ("KEYNOTE_PARAM",),
    "Length": ("CURVE_ELEM_LENGTH", "INSTANCE_LENGTH_PARAM"),
    "Level": ("FAMILY_LEVEL_PARAM", "LEVEL_PARAM", "SCHEDULE_LEVEL_PARAM"),
    "Limit Offset": ("ROOM_UPPER_OFFSET",),
    "Manufacturer": ("ALL_MODEL_MANUFACTURER",),
    "Mark": ("ALL_MODEL_MARK",),
    "Model": ("ALL_MODEL_MODEL",),
    "Occupancy": ("ROOM_OCCUPANCY",),
    "Phase Created": ("PHASE_CREATED",),
    "Phase Demolished": ("PHASE_DEMOLISHED",),
    "Phase Filter": ("VIEW_PHASE_FILTER",),
    "Project Address": ("PROJECT_ADDRESS",),
    "Project Issue Date": ("PROJECT_ISSUE_DATE",),
    "Project Name": ("PROJECT_NAME",),
    "Project Number": ("PROJECT_NUMBER",),
    "Project Status": ("PROJECT_STATUS",),
    "Sheet Issue Date": ("SHEET_ISSUE_DATE",),
    "Sheet Name": ("SHEET_NAME", "VIEWPORT_SHEET_NAME"),
    "Sheet Number": ("SHEET_NUMBER", "VIEWPORT_SHEET_NUMBER"),
    "Sill Height": ("INSTANCE_SILL_HEIGHT_PARAM",),
    "Structural Material": ("STRUCTURAL_MATERIAL_PARAM",),
    "System Classification": ("RBS_SYSTEM_CLASSIFICATION_PARAM",),
    "System Name": ("RBS_SYSTEM_NAME_PARAM",),
    "Title on Sheet": ("VIEW_DESCRIPTION",),
    "Top Constraint": ("WALL_HEIGHT_TYPE",),
    "Top Level": ("FAMILY_TOP_LEVEL_PARAM",),
    "Top Offset": ("WALL_TOP_OFFSET", "FAMILY_TOP_LEVEL_OFFSET_PARAM"),
    "Type Comments": ("ALL_MODEL_TYPE_COMMENTS",),
    "Type Mark": ("ALL_MODEL_TYPE_MARK",),
    "Type Name": ("ALL_MODEL_TYPE_NAME",),
    "URL": ("ALL_MODEL_URL",),
    "Unbounded Height": ("ROOM_HEIGHT",),
    "Unconnected Height": ("WALL_USER_HEIGHT_PARAM",),
    "View Name": ("VIEW_NAME",),
    "View Template": ("VIEW_TEMPLATE",),
    "Volume": ("HOST_VOLUME_COMPUTED", "ROOM_VOLUME"),
    "Wall Finish": ("ROOM_FINISH_WALL",),
    "Workset": ("ELEM_PARTITION_PARAM",),
}
"""English labels of parameters that scripts ask for most, with their built-in names."""


def parameter_by_label(view: ApiView, label: str) -> tuple[str, ...]:
    """The built-in parameters that show this label and exist in every requested version."""
    return tuple(name for name in LABELS.get(label, ()) if _in_all(view, _PARAMETERS, name))


def category_by_label(view: ApiView, label: str) -> str:
    """The built-in category of that English name, such as OST_StructuralColumns; empty if none."""
    name = "OST_" + label.title().replace(" ", "")
    usual = re.fullmatch(r"[A-Z][A-Za-z]+( [A-Z][A-Za-z]+){0,3}", label) is not None
    return name if usual and _in_all(view, _CATEGORIES, name) else ""


def _in_all(view: ApiView, type_name: str, name: str) -> bool:
    lookup = view.member_lookup(type_name, name, exact=True)
    return lookup is not None and lookup.present == view.full
