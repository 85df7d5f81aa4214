"""Views of all kinds and their types.

Data: `view_type` (a `ViewType`), `is_template`, `gen_level`, `view_phase`, `phase_filter`, `scale`,
`template` (the id of the template that the view follows), `primary_view` (of a dependent view),
`detail_level` and `discipline` (numbers of `ViewDetailLevel` and `ViewDiscipline`), `underlay` (the
base level of a plan's underlay). More in view_templates.py, view_crops.py and view_graphics.py.
"""

from typing import Any

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.category_table import category_numbered
from revitron_grpc.simulation.computed import computed, mirrors, setting
from revitron_grpc.simulation.database import INVALID, Database, ElementRecord
from revitron_grpc.simulation.errors import NotSimulated, revit_error
from revitron_grpc.simulation.names import check_name
from revitron_grpc.simulation.revit.elements import ElementType
from revitron_grpc.simulation.revit.view_copies import copied, free_view_name
from revitron_grpc.simulation.revit.view_crops import ViewCrop
from revitron_grpc.simulation.revit.view_graphics import ViewFilter, ViewGraphics
from revitron_grpc.simulation.revit.view_templates import (
    assign,
    check_uncontrolled,
    controllable,
    dependents_of_view,
    fits,
    parameter_id,
    spread,
    template_of,
)
from revitron_grpc.simulation.revit.view_worksets import ViewWorksets

__all__ = ["View", "ViewFilter", "ViewPlan", "free_view_name"]

_PLAN_TYPES = {
    "FloorPlan": "FloorPlan",
    "CeilingPlan": "CeilingPlan",
    "AreaPlan": "AreaPlan",
    "StructuralPlan": "EngineeringPlan",
}
_DETAIL_LEVELS = ("Undefined", "Coarse", "Medium", "Fine")
_DISCIPLINES = {
    1: "Architectural", 2: "Structural", 4: "Mechanical", 8: "Electrical", 16: "Plumbing",
    4095: "Coordination",
}  # fmt: skip
_NO_TEMPLATE_FROM = frozenset(("DrawingSheet", "Legend"))
_SCALES = range(1, 24_001)
"""What `View.IsValidViewScale` takes, as its page says."""

mirrors("VIEW_SCALE", "scale", default=100, kinds=("View",))
mirrors("VIEW_TEMPLATE", "template", default=INVALID)
mirrors("VIEW_PHASE", "view_phase", default=INVALID)
mirrors("VIEW_PHASE_FILTER", "phase_filter", default=INVALID)
mirrors("VIEW_DETAIL_LEVEL", "detail_level", default=2)
mirrors("VIEW_DISCIPLINE", "discipline", default=4095)
mirrors("PLAN_VIEW_NORTH", "plan_north", default=0)
mirrors("VIEW_UNDERLAY_BOTTOM_ID", "underlay", default=INVALID)


@computed("PLAN_VIEW_LEVEL")
def _plan_level(record: ElementRecord) -> str | None:
    level = record.database.get(record.data.get("gen_level", INVALID))
    return None if level is None else level.data.get("name")


@setting("VIEW_NAME")
def _named(record: ElementRecord, value: Any) -> None:
    rename(record, value)


def rename(view: ElementRecord, name: str) -> None:
    """Give a view a name, and with it the marks that lead to it."""
    check_name(view, name)
    view.database.write(view, "name", name)
    for mark in marks_of(view):
        view.database.write(mark, "name", name)


def marks_of(view: ElementRecord) -> list[ElementRecord]:
    """Return the section, callout and elevation marks that lead to a view."""
    found = view.database.elements.values()
    return [one for one in found if one.data.get("marks_view") == view.id]


@behaves("Autodesk.Revit.DB.View")
class View(ViewWorksets, ViewCrop, ViewGraphics):
    """A view, or a template of views."""

    def _rename(self, value: str) -> None:
        rename(self._record, value)

    @property
    def ViewType(self) -> str:
        return self._data["view_type"]

    @property
    def IsTemplate(self) -> bool:
        return bool(self._data.get("is_template"))

    @property
    def GenLevel(self) -> ElementRecord | None:
        return self._other("gen_level")

    @property
    def Scale(self) -> int:
        return self._data.get("scale", 100)

    @Scale.setter
    def Scale(self, value: int) -> None:
        check_uncontrolled(self._record, "VIEW_SCALE")
        if value not in _SCALES:
            raise revit_error("ArgumentOutOfRangeException", "The scale must be 1 to 24000.")
        self._write("scale", value)
        spread(self._record, "VIEW_SCALE")

    @classmethod
    def IsValidViewScale(cls, viewScale: int) -> bool:
        return viewScale in _SCALES

    @property
    def DetailLevel(self) -> str:
        return _DETAIL_LEVELS[self._data.get("detail_level", 2)]

    @DetailLevel.setter
    def DetailLevel(self, value: Any) -> None:
        check_uncontrolled(self._record, "VIEW_DETAIL_LEVEL")
        self._write("detail_level", _DETAIL_LEVELS.index(value.name))
        spread(self._record, "VIEW_DETAIL_LEVEL")

    @property
    def Discipline(self) -> str:
        return _DISCIPLINES[self._data.get("discipline", 4095)]

    @Discipline.setter
    def Discipline(self, value: Any) -> None:
        check_uncontrolled(self._record, "VIEW_DISCIPLINE")
        self._write("discipline", value.number)
        spread(self._record, "VIEW_DISCIPLINE")

    # Templates

    @property
    def ViewTemplateId(self) -> int:
        template = template_of(self._record)
        return INVALID if template is None else template.id

    @ViewTemplateId.setter
    def ViewTemplateId(self, value: Any) -> None:
        self._database.check_writable()
        assign(self._record, value.number)

    def IsValidViewTemplate(self, templateId: Any) -> bool:
        return fits(self._database.get(templateId.number), self._record)

    def _check_template(self, member: str) -> None:
        if not self._data.get("is_template"):
            raise NotSimulated(f"DB.View.{member} of a view that is no template")

    def GetTemplateParameterIds(self) -> list[int]:
        self._check_template("GetTemplateParameterIds")
        return [parameter_id(name) for name in controllable(self._record)]

    def GetNonControlledTemplateParameterIds(self) -> list[int]:
        self._check_template("GetNonControlledTemplateParameterIds")
        known = controllable(self._record)
        return [parameter_id(n) for n in self._data.get("left_free", ()) if n in known]

    def SetNonControlledTemplateParameterIds(self, newSet: Any) -> None:
        self._check_template("SetNonControlledTemplateParameterIds")
        numbers = {one.number for one in newSet}
        known = controllable(self._record)
        self._write("left_free", tuple(n for n in known if parameter_id(n) in numbers))
        for name in known:
            spread(self._record, name)

    def IsViewValidForTemplateCreation(self) -> bool:
        data = self._data
        return not data.get("is_template") and data["view_type"] not in _NO_TEMPLATE_FROM

    def CreateViewTemplate(self) -> ElementRecord:
        data = self._data
        if data.get("is_template") or data["view_type"] in _NO_TEMPLATE_FROM:
            raise revit_error(
                "InvalidOperationException", "The view is not valid for view template creation."
            )
        name = free_view_name(self._database, data["view_type"], f"{data.get('name', '')} ")
        return copied(self._record, name, is_template=True, template=INVALID, gen_level=INVALID)

    # Copies

    def GetPrimaryViewId(self) -> int:
        return self._data.get("primary_view", INVALID)

    def GetDependentViewIds(self) -> list[int]:
        return [one.id for one in dependents_of_view(self._record)]

    def CanViewBeDuplicated(self, duplicateOption: Any) -> bool:
        return _can_be_duplicated(self._record, duplicateOption.name)

    def Duplicate(self, duplicateOption: Any) -> int:
        self._database.check_writable()
        option = duplicateOption.name
        if not _can_be_duplicated(self._record, option):
            raise revit_error("InvalidOperationException", "View cannot be duplicated.")
        if option == "WithDetailing":
            raise NotSimulated("DB.View.Duplicate with detailing")
        name = _name_of_copy(self._record, dependent=option == "AsDependent")
        data = {"primary_view": self._record.id} if option == "AsDependent" else {}
        return copied(self._record, name, **data).id


def _can_be_duplicated(view: ElementRecord, option: str) -> bool:
    view_type = view.data["view_type"]
    if view_type in ("DrawingSheet", "ProjectBrowser", "SystemBrowser", "Internal"):
        return False
    if option == "Duplicate":
        return True
    if option == "WithDetailing":
        return view_type != "Schedule"
    # Dependent views: of what has a crop and is in no perspective, and of no dependent view.
    without = ("ThreeD", "Schedule", "Legend", "Walkthrough", "Rendering", "DraftingView")
    return view_type not in without and view.data.get("primary_view", INVALID) == INVALID


def _name_of_copy(view: ElementRecord, *, dependent: bool) -> str:
    """Return the name of a copy: "Level 1 Copy 1", "Level 1 - Dependent 1" (field knowledge)."""
    german = view.database.language == "de"
    if dependent:
        word = " - Abhängig " if german else " - Dependent "
    else:
        word = " Kopie " if german else " Copy "
    return free_view_name(view.database, view.data["view_type"], view.data["name"] + word)


@behaves("Autodesk.Revit.DB.ViewFamilyType")
class ViewFamilyType(ElementType):
    """A type of views; `view_family` of its data is a `ViewFamily`."""

    @property
    def ViewFamily(self) -> str:
        return self._data["view_family"]

    @property
    def DefaultTemplateId(self) -> int:
        return self._data.get("default_template", INVALID)


def family_of(database: Database, number: int) -> str:
    """Return the `ViewFamily` of a type of views; empty for what is none."""
    kind = database.get(number)
    return "" if kind is None else kind.data.get("view_family", "")


def last_phase(database: Database) -> int:
    """Return the phase that a new view shows: the last one."""
    phases = database.settings.get("phases", ())
    return phases[-1] if phases else INVALID


@behaves("Autodesk.Revit.DB.ViewPlan")
class ViewPlan(View):
    """A plan of a level."""

    @classmethod
    def Create(cls, document: Any, viewFamilyTypeId: Any, levelId: Any) -> ElementRecord:
        database = document._database
        database.check_writable()
        family = family_of(database, viewFamilyTypeId.number)
        if family not in _PLAN_TYPES:
            raise revit_error("ArgumentException", "This view family type is not a plan view type.")
        level = database.get(levelId.number)
        if level is None or not level.kind.endswith(".Level"):
            raise revit_error(
                "ArgumentException", "The ElementId levelId does not correspond to a Level."
            )
        view_type = _PLAN_TYPES[family]
        name = level.data["name"]
        if _is_taken(database, view_type, name):
            name = free_view_name(database, view_type, f"{name}(").rstrip() + ")"
        return database.add(
            "ViewPlan",
            category="OST_Views",
            name=name,
            type=viewFamilyTypeId.number,
            view_type=view_type,
            gen_level=level.id,
            view_phase=last_phase(database),
            scale=100,
        )

    def GetUnderlayBaseLevel(self) -> int:
        return self._data.get("underlay", INVALID)

    def SetUnderlayBaseLevel(self, levelId: Any) -> None:
        level = self._database.get(levelId.number)
        if levelId.number != INVALID and (level is None or not level.kind.endswith(".Level")):
            raise revit_error("ArgumentException", "levelId is not a valid level.")
        self._write("underlay", levelId.number)


def _is_taken(database: Database, view_type: str, name: str) -> bool:
    return any(
        one.data.get("view_type") == view_type and one.data.get("name") == name
        for one in database.elements.values()
    )


@behaves("Autodesk.Revit.DB.ViewDrafting")
class ViewDrafting(View):
    """A view that shows what is drawn in it and nothing of the model."""

    @classmethod
    def Create(cls, document: Any, viewFamilyTypeId: Any) -> ElementRecord:
        database = document._database
        database.check_writable()
        if family_of(database, viewFamilyTypeId.number) != "Drafting":
            raise revit_error(
                "ArgumentException",
                "viewFamilyTypeId is not a valid ViewFamilyType for a drafting view.",
            )
        german = database.language == "de"
        start = "Zeichenansicht " if german else "Drafting "
        return database.add(
            "ViewDrafting",
            category="OST_Views",
            name=free_view_name(database, "DraftingView", start),
            type=viewFamilyTypeId.number,
            view_type="DraftingView",
            scale=100,
        )


@behaves("Autodesk.Revit.DB.TableView")
class TableView(View):
    """A view that shows a table."""


@behaves("Autodesk.Revit.DB.ViewSchedule")
class ViewSchedule(TableView):
    """A schedule; what it lists is not simulated here."""

    @property
    def IsTitleblockRevisionSchedule(self) -> bool:
        return bool(self._data.get("in_title_block"))

    # Types of text: `title_text`, `header_text` and `body_text` of its data.

    @property
    def TitleTextTypeId(self) -> int:
        return self._data.get("title_text", INVALID)

    @property
    def HeaderTextTypeId(self) -> int:
        return self._data.get("header_text", INVALID)

    @property
    def BodyTextTypeId(self) -> int:
        return self._data.get("body_text", INVALID)

    @classmethod
    def CreateSchedule(cls, document: Any, categoryId: Any, *more: Any) -> ElementRecord:
        if more:
            raise NotSimulated("DB.ViewSchedule.CreateSchedule for an area scheme")
        database = document._database
        database.check_writable()
        facts = category_numbered(categoryId.number)
        if facts is None:
            raise revit_error("ArgumentException", "categoryId is not valid for a schedule.")
        german = database.language == "de"
        label = facts.label("de" if german else "en")
        return database.add(
            "ViewSchedule",
            category="OST_Schedules",
            name=free_view_name(
                database, "Schedule", f"{label}liste " if german else f"{label} Schedule "
            ),
            view_type="Schedule",
            scheduled=facts.name,
        )
