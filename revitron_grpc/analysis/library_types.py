"""What pyRevit's ready-made names stand for, read from pyrevitlib 6.5.3 by hand.

Those of rpw (revitpythonwrapper), which pyRevit brings along, are as its documentation has them.

The docstrings of pyrevitlib are not always right about types, so only names whose code was
read are here; everything else that pyRevit returns stays unknown.
"""

from revitron_grpc.analysis.types import (
    BOOLEAN,
    INTEGER,
    NONE,
    STRING,
    Instance,
    Namespace,
    PythonName,
    Sequence,
    Type,
    Union,
)

_DB = "Autodesk.Revit.DB"
_UI = "Autodesk.Revit.UI"
ELEMENT = Instance(f"{_DB}.Element")
DOCUMENT = Instance(f"{_DB}.Document")
UI_DOCUMENT = Instance(f"{_UI}.UIDocument")
APPLICATION = Instance("Autodesk.Revit.ApplicationServices.Application")
UI_APPLICATION = Instance(f"{_UI}.UIApplication")
VIEW = Instance(f"{_DB}.View")
COLLECTOR = f"{_DB}.FilteredElementCollector"
ELEMENTS = Sequence(ELEMENT)
ELEMENT_IDS = Sequence(Instance(f"{_DB}.ElementId"))

VALUES: dict[str, Type] = {
    "pyrevit.DB": Namespace(_DB),
    "pyrevit.UI": Namespace(_UI),
    "pyrevit.ApplicationServices": Namespace("Autodesk.Revit.ApplicationServices"),
    "pyrevit.api.DB": Namespace(_DB),
    "pyrevit.api.UI": Namespace(_UI),
    "pyrevit.api.Autodesk": Namespace("Autodesk"),
    "pyrevit.revit.DB": Namespace(_DB),
    "pyrevit.revit.UI": Namespace(_UI),
    "pyrevit.revit.doc": DOCUMENT,
    "pyrevit.revit.uidoc": UI_DOCUMENT,
    "pyrevit.revit.active_view": VIEW,
    "pyrevit.revit.docs": Sequence(DOCUMENT),
    "pyrevit.HOST_APP.uiapp": UI_APPLICATION,
    "pyrevit.HOST_APP.app": APPLICATION,
    "pyrevit.HOST_APP.uidoc": UI_DOCUMENT,
    "pyrevit.HOST_APP.doc": DOCUMENT,
    "pyrevit.HOST_APP.active_view": VIEW,
    "pyrevit.HOST_APP.docs": Sequence(DOCUMENT),
    "pyrevit.DOCS.doc": DOCUMENT,
    "pyrevit.DOCS.docs": Sequence(DOCUMENT),
    "rpw.revit": PythonName("rpw.revit"),
    "rpw.revit.doc": DOCUMENT,
    "rpw.revit.uidoc": UI_DOCUMENT,
    "rpw.revit.app": APPLICATION,
    "rpw.revit.uiapp": UI_APPLICATION,
    "rpw.doc": DOCUMENT,
    "rpw.uidoc": UI_DOCUMENT,
    "rpw.DB": Namespace(_DB),
    "rpw.UI": Namespace(_UI),
    "revitron.DB": Namespace(_DB),
    "revitron.DOC": DOCUMENT,
    "revitron.UIDOC": UI_DOCUMENT,
    "revitron.APP": APPLICATION,
    "revitron.ACTIVE_VIEW": VIEW,
}
"""Attributes that are read without a call."""

RESULTS: dict[str, Type] = {
    "pyrevit.revit.pick_element": Union((ELEMENT, NONE)),
    "pyrevit.revit.pick_elements": Union((ELEMENTS, NONE)),
    "pyrevit.HOST_APP.is_newer_than": BOOLEAN,
    "pyrevit.HOST_APP.is_older_than": BOOLEAN,
    "pyrevit.HOST_APP.is_exactly": BOOLEAN,
    "pyrevit.HOST_APP.version_name": STRING,
    "pyrevit.compat.get_elementid_value": INTEGER,
}
"""What calls return."""

BUILTIN_TYPES: dict[str, Type] = {
    "__revit__": UI_APPLICATION,
    "__commanddata__": Instance(f"{_UI}.ExternalCommandData"),
    "__elements__": Instance(f"{_DB}.ElementSet"),
}
"""What pyRevit puts into a script's globals."""

SELECTION = "pyrevit.revit.ElementSelection"
SELECTION_VALUES: dict[str, Type] = {
    "elements": ELEMENTS,
    "element_ids": ELEMENT_IDS,
    "first": Union((ELEMENT, NONE)),
    "last": Union((ELEMENT, NONE)),
    "is_empty": BOOLEAN,
}
"""Attributes of what `revit.get_selection()` returns; iterating it gives elements."""

TRANSACTIONS = frozenset(
    {"pyrevit.revit.Transaction", "pyrevit.revit.DryTransaction", "revitron.Transaction"}
)
"""Context managers that open a transaction and commit it."""
