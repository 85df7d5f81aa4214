"""Views: templates, crop, overrides, filters and what is hidden.

Data: `view_type` (a `ViewType`), `is_template`, `gen_level`, `view_phase`, `scale`, `template` (the
id of the template that controls the view), `crop` (two corners), `crop_active`, `hidden` (ids),
`hidden_categories`, `overrides` and `category_overrides` (values of `OverrideGraphicSettings` by
element id and category id), `view_filters` (`ViewFilter`s in their order).
"""

from dataclasses import dataclass, field, replace
from typing import Any

from revitron_grpc.simulation.behaviour import behaves
from revitron_grpc.simulation.category_table import category_numbered
from revitron_grpc.simulation.computed import locks
from revitron_grpc.simulation.database import INVALID, Database, ElementRecord
from revitron_grpc.simulation.errors import NotSimulated, revit_error
from revitron_grpc.simulation.revit.boxes import BoundingBoxXYZ
from revitron_grpc.simulation.revit.elements import Element, ElementType
from revitron_grpc.simulation.revit.geometry import XYZ
from revitron_grpc.simulation.revit.graphics import OverrideGraphicSettings

_PLANS = frozenset(("FloorPlan", "CeilingPlan", "AreaPlan", "StructuralPlan"))
_PLAN_TYPES = {
    "FloorPlan": "FloorPlan",
    "CeilingPlan": "CeilingPlan",
    "AreaPlan": "AreaPlan",
    "StructuralPlan": "EngineeringPlan",
}
_NO_OVERRIDES = frozenset(("Schedule", "DrawingSheet", "PanelSchedule", "ColumnSchedule"))
_HALF_CROP = 50.0


@locks("VIEW_SCALE", "VIEW_SCALE_PULLDOWN_METRIC", "VIEW_SCALE_PULLDOWN_IMPERIAL")
def _is_controlled(record: ElementRecord) -> bool:
    """A template controls the scale (behaviour 27)."""
    return record.data.get("template", INVALID) != INVALID


@dataclass(frozen=True, slots=True)
class ViewFilter:
    """A filter as a view uses it."""

    number: int
    visible: bool = True
    enabled: bool = True
    overrides: dict[str, Any] = field(default_factory=dict)


@behaves("Autodesk.Revit.DB.View")
class View(Element):
    """A view, or a template of views."""

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
        self._check_uncontrolled()
        if not 1 <= value <= 24000:
            raise revit_error("ArgumentOutOfRangeException", "The scale must be 1 to 24000.")
        self._write("scale", value)

    def _check_uncontrolled(self) -> None:
        if self._data.get("template", INVALID) != INVALID:
            raise revit_error(
                "InvalidOperationException",
                "The parameter is controlled by the view's template.",
            )

    @property
    def ViewTemplateId(self) -> int:
        return self._data.get("template", INVALID)

    @ViewTemplateId.setter
    def ViewTemplateId(self, value: Any) -> None:
        if value.number != INVALID and not self._is_template_for_this(value.number):
            raise revit_error(
                "ArgumentException", "val is not valid as a view template id for this view."
            )
        self._write("template", value.number)

    def IsValidViewTemplate(self, templateId: Any) -> bool:
        return self._is_template_for_this(templateId.number)

    def _is_template_for_this(self, number: int) -> bool:
        template = self._database.get(number)
        if template is None or not template.data.get("is_template"):
            return False
        return template.data.get("view_type") == self._data.get("view_type")

    def IsViewValidForTemplateCreation(self) -> bool:
        return not self.IsTemplate and self.ViewType not in ("DrawingSheet", "Legend")

    def CreateViewTemplate(self) -> ElementRecord:
        if not self.IsViewValidForTemplateCreation():
            raise revit_error(
                "InvalidOperationException", "The view is not valid for view template creation."
            )
        return _copied(self._record, is_template=True, template=INVALID, gen_level=INVALID)

    @property
    def CropBox(self) -> BoundingBoxXYZ | None:
        if self.IsTemplate:
            return None
        low, high = self._data.get("crop") or (
            XYZ(-_HALF_CROP, -_HALF_CROP, 0.0),
            XYZ(_HALF_CROP, _HALF_CROP, 0.0),
        )
        box = BoundingBoxXYZ()
        box.Min, box.Max = low, high
        return box

    @CropBox.setter
    def CropBox(self, value: Any) -> None:
        self._write("crop", (value.Min, value.Max))

    @property
    def CropBoxActive(self) -> bool:
        return bool(self._data.get("crop_active"))

    @CropBoxActive.setter
    def CropBoxActive(self, value: bool) -> None:
        self._write("crop_active", bool(value))

    @property
    def CropBoxVisible(self) -> bool:
        return bool(self._data.get("crop_visible"))

    @CropBoxVisible.setter
    def CropBoxVisible(self, value: bool) -> None:
        self._write("crop_visible", bool(value))

    # What is hidden

    def HideElements(self, elementIdSet: Any) -> None:
        numbers = {one.number for one in elementIdSet}
        known = all(self._database.get(one) is not None for one in numbers)
        if not numbers or self._record.id in numbers or not known:
            raise revit_error("ArgumentException", "One of the elements cannot be hidden.")
        self._write("hidden", frozenset(self._data.get("hidden", ())) | numbers)

    def UnhideElements(self, elementIdSet: Any) -> None:
        numbers = {one.number for one in elementIdSet}
        if not numbers:
            raise revit_error("ArgumentException", "The set of elements is empty.")
        self._write("hidden", frozenset(self._data.get("hidden", ())) - numbers)

    def GetCategoryHidden(self, categoryId: Any) -> bool:
        return _category_name(categoryId) in self._data.get("hidden_categories", ())

    def SetCategoryHidden(self, categoryId: Any, hide: bool) -> None:
        name = _category_name(categoryId)
        held = frozenset(self._data.get("hidden_categories", ()))
        self._write("hidden_categories", held | {name} if hide else held - {name})

    # Overrides

    def AreGraphicsOverridesAllowed(self) -> bool:
        return self.ViewType not in _NO_OVERRIDES

    def _check_overrides(self) -> None:
        if not self.AreGraphicsOverridesAllowed():
            raise revit_error(
                "InvalidOperationException",
                "The view type does not support Visibility/Graphics Overriddes.",
            )

    def GetElementOverrides(self, elementId: Any) -> Any:
        self._check_overrides()
        held = self._data.get("overrides", {})
        return OverrideGraphicSettings.of(held.get(elementId.number, {}))

    def SetElementOverrides(self, elementId: Any, overrideGraphicSettings: Any) -> None:
        self._check_overrides()
        if self._database.get(elementId.number) is None:
            raise revit_error("ArgumentException", "elementId is not a valid Element identifier.")
        self._put("overrides", elementId.number, dict(overrideGraphicSettings._values))

    def GetCategoryOverrides(self, categoryId: Any) -> Any:
        self._check_overrides()
        held = self._data.get("category_overrides", {})
        return OverrideGraphicSettings.of(held.get(categoryId.number, {}))

    def SetCategoryOverrides(self, categoryId: Any, overrideGraphicSettings: Any) -> None:
        self._check_overrides()
        self._put("category_overrides", categoryId.number, dict(overrideGraphicSettings._values))

    def _put(self, key: str, number: int, values: dict[str, Any]) -> None:
        held = {k: v for k, v in self._data.get(key, {}).items() if k != number}
        self._write(key, {**held, number: values} if values else held)

    # Filters

    def _filters(self) -> tuple[ViewFilter, ...]:
        return self._data.get("view_filters", ())

    def _filter(self, filterElementId: Any) -> ViewFilter:
        for one in self._filters():
            if one.number == filterElementId.number:
                return one
        raise revit_error("ArgumentException", "Filter is not applied to the view.")

    def GetFilters(self) -> list[int]:
        self._check_overrides()
        return sorted(one.number for one in self._filters())

    def GetOrderedFilters(self) -> list[int]:
        self._check_overrides()
        return [one.number for one in self._filters()]

    def IsFilterApplied(self, filterElementId: Any) -> bool:
        self._check_overrides()
        return any(one.number == filterElementId.number for one in self._filters())

    def AddFilter(self, filterElementId: Any) -> None:
        self._check_filter(filterElementId)
        if self.IsFilterApplied(filterElementId):
            raise revit_error("ArgumentException", "Filter is already applied to the view.")
        self._write("view_filters", (*self._filters(), ViewFilter(filterElementId.number)))

    def _check_filter(self, filterElementId: Any) -> None:
        self._check_overrides()
        record = self._database.get(filterElementId.number)
        if record is None or not record.kind.endswith("FilterElement"):
            raise revit_error(
                "ArgumentException", "ElementId is not associated with a FilterElement."
            )

    def RemoveFilter(self, filterElementId: Any) -> None:
        gone = self._filter(filterElementId)
        self._write("view_filters", tuple(one for one in self._filters() if one is not gone))

    def _change_filter(self, filterElementId: Any, **data: Any) -> None:
        old = self._filter(filterElementId)
        changed = tuple(replace(one, **data) if one is old else one for one in self._filters())
        self._write("view_filters", changed)

    def GetFilterOverrides(self, filterElementId: Any) -> Any:
        return OverrideGraphicSettings.of(self._filter(filterElementId).overrides)

    def SetFilterOverrides(self, filterElementId: Any, overrideGraphicSettings: Any) -> None:
        self._check_filter(filterElementId)
        if not self.IsFilterApplied(filterElementId):
            self.AddFilter(filterElementId)
        self._change_filter(filterElementId, overrides=dict(overrideGraphicSettings._values))

    def GetFilterVisibility(self, filterElementId: Any) -> bool:
        return self._filter(filterElementId).visible

    def SetFilterVisibility(self, filterElementId: Any, visibility: bool) -> None:
        self._change_filter(filterElementId, visible=bool(visibility))

    def GetIsFilterEnabled(self, filterElementId: Any) -> bool:
        return self._filter(filterElementId).enabled

    def SetIsFilterEnabled(self, filterElementId: Any, enable: bool) -> None:
        self._change_filter(filterElementId, enabled=bool(enable))


def _category_name(category_id: Any) -> str:
    facts = category_numbered(category_id.number)
    if facts is None:
        raise revit_error("ArgumentException", "categoryId is not a valid category id.")
    return facts.name


def _copied(record: ElementRecord, **data: Any) -> ElementRecord:
    """Make a view like another, under a name of its own."""
    database = record.database
    name = free_view_name(database, record.data["view_type"], f"{record.data.get('name', '')} ")
    kept = {k: v for k, v in record.data.items() if k not in ("overrides", "hidden")}
    made = database.add(record.kind, **{**kept, "name": name, **data})
    made.values.update(record.values)
    return made


def free_view_name(database: Database, view_type: str, start: str) -> str:
    """Return the first name of a numbered row that no view of a type has."""
    taken = {
        one.data.get("name")
        for one in database.elements.values()
        if one.data.get("view_type") == view_type
    }
    return next(
        name for name in (f"{start}{n}" for n in range(1, len(taken) + 2)) if name not in taken
    )


@behaves("Autodesk.Revit.DB.ViewFamilyType")
class ViewFamilyType(ElementType):
    """A type of views; `view_family` of its data is a `ViewFamily`."""

    @property
    def ViewFamily(self) -> str:
        return self._data["view_family"]

    @property
    def DefaultTemplateId(self) -> int:
        return self._data.get("default_template", INVALID)


def _family_of(database: Database, number: int) -> str:
    kind = database.get(number)
    return "" if kind is None else kind.data.get("view_family", "")


@behaves("Autodesk.Revit.DB.ViewPlan")
class ViewPlan(View):
    """A plan of a level."""

    @classmethod
    def Create(cls, document: Any, viewFamilyTypeId: Any, levelId: Any) -> ElementRecord:
        database = document._database
        database.check_writable()
        family = _family_of(database, viewFamilyTypeId.number)
        if family not in _PLANS:
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
        phases = database.settings.get("phases", ())
        return database.add(
            "ViewPlan",
            category="OST_Views",
            name=name,
            type=viewFamilyTypeId.number,
            view_type=view_type,
            gen_level=level.id,
            view_phase=phases[-1] if phases else INVALID,
            scale=100,
        )


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
        if _family_of(database, viewFamilyTypeId.number) != "Drafting":
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


@behaves("Autodesk.Revit.DB.ViewSchedule")
class ViewSchedule(View):
    """A schedule; what it lists is not simulated here."""

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
