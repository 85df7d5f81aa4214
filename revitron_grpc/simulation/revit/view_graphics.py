"""What a view hides, overrides and filters.

Data: `hidden` (ids), `hidden_categories`, `overrides` and `category_overrides` (values of
`OverrideGraphicSettings` by element id and category id), `view_filters` (`ViewFilter`s in their
order), `workset_visibility` (names of `WorksetVisibility` by the number of a workset),
`temporary_modes` (names of `TemporaryViewMode`).
"""

from dataclasses import dataclass, field, replace
from typing import Any

from revitron_grpc.simulation.category_table import (
    category_named,
    category_number,
    category_numbered,
)
from revitron_grpc.simulation.database import ElementRecord
from revitron_grpc.simulation.errors import revit_error
from revitron_grpc.simulation.revit.elements import Element
from revitron_grpc.simulation.revit.graphics import OverrideGraphicSettings
from revitron_grpc.simulation.revit.view_templates import check_graphics_uncontrolled, spread

_NO_OVERRIDES = frozenset(("Schedule", "DrawingSheet", "PanelSchedule", "ColumnSchedule",
                           "ProjectBrowser", "SystemBrowser", "Internal", "Undefined"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class ViewFilter:
    """A filter as a view uses it."""

    number: int
    visible: bool = True
    enabled: bool = True
    overrides: dict[str, Any] = field(default_factory=dict)

    def shown_parts(self) -> list[Any]:
        """Return what a scenario says of it: the filter, what is switched off, the overrides."""
        off = [] if self.visible else ["hidden"]
        off += [] if self.enabled else ["switched off"]
        return [self.number, *off, *([self.overrides] if self.overrides else [])]


class ViewGraphics(Element):
    """The part of a view that says how elements are drawn."""

    def _view_type(self) -> str:
        return self._data["view_type"]

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

    def CanCategoryBeHidden(self, categoryId: Any) -> bool:
        # Subcategories and what is drawn can be switched off; internal ones cannot.
        return category_named(_category_name(categoryId)).kind in ("Model", "Annotation")

    def SetCategoryHidden(self, categoryId: Any, hide: bool) -> None:
        check_graphics_uncontrolled(self._record, "VIS_GRAPHICS_MODEL", "SetCategoryHidden")
        name = _category_name(categoryId)
        held = frozenset(self._data.get("hidden_categories", ()))
        self._write("hidden_categories", held | {name} if hide else held - {name})
        spread(self._record, "VIS_GRAPHICS_MODEL")

    # Temporary modes

    def IsInTemporaryViewMode(self, mode: Any) -> bool:
        return mode.name in self._data.get("temporary_modes", ())

    def IsTemporaryHideIsolateActive(self) -> bool:
        return "TemporaryHideIsolate" in self._data.get("temporary_modes", ())

    def IsTemporaryViewPropertiesModeEnabled(self) -> bool:
        return "TemporaryViewProperties" in self._data.get("temporary_modes", ())

    def DisableTemporaryViewMode(self, mode: Any) -> None:
        self._database.check_writable()
        modes = self._data.get("temporary_modes", ())
        if mode.name in modes:
            self._write("temporary_modes", tuple(one for one in modes if one != mode.name))

    # Overrides

    def AreGraphicsOverridesAllowed(self) -> bool:
        return self._view_type() not in _NO_OVERRIDES

    def _check_overrides(self) -> None:
        if self._view_type() in _NO_OVERRIDES:
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
        check_graphics_uncontrolled(self._record, "VIS_GRAPHICS_MODEL", "SetCategoryOverrides")
        self._put("category_overrides", categoryId.number, dict(overrideGraphicSettings._values))
        spread(self._record, "VIS_GRAPHICS_MODEL")

    def _put(self, key: str, number: int, values: dict[str, Any]) -> None:
        held = {k: v for k, v in self._data.get(key, {}).items() if k != number}
        self._write(key, {**held, number: values} if values else held)

    # Filters

    def _filters(self) -> tuple[ViewFilter, ...]:
        # A filter that was deleted is in no view any longer.
        held = self._data.get("view_filters", ())
        return tuple(one for one in held if self._database.get(one.number) is not None)

    def _write_filters(self, filters: tuple[ViewFilter, ...], member: str) -> None:
        check_graphics_uncontrolled(self._record, "VIS_GRAPHICS_FILTERS", member)
        self._write("view_filters", filters)
        spread(self._record, "VIS_GRAPHICS_FILTERS")

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
        self._write_filters((*self._filters(), ViewFilter(filterElementId.number)), "AddFilter")

    def _check_filter(self, filterElementId: Any) -> None:
        self._check_overrides()
        record = self._database.get(filterElementId.number)
        if record is None or not record.kind.endswith("FilterElement"):
            raise revit_error(
                "ArgumentException", "ElementId is not associated with a FilterElement."
            )

    def RemoveFilter(self, filterElementId: Any) -> None:
        gone = self._filter(filterElementId)
        left = tuple(one for one in self._filters() if one is not gone)
        self._write_filters(left, "RemoveFilter")

    def _change_filter(self, filterElementId: Any, member: str, **data: Any) -> None:
        old = self._filter(filterElementId)
        changed = tuple(replace(one, **data) if one is old else one for one in self._filters())
        self._write_filters(changed, member)

    def GetFilterOverrides(self, filterElementId: Any) -> Any:
        return OverrideGraphicSettings.of(self._filter(filterElementId).overrides)

    def SetFilterOverrides(self, filterElementId: Any, overrideGraphicSettings: Any) -> None:
        self._check_filter(filterElementId)
        if not self.IsFilterApplied(filterElementId):
            self.AddFilter(filterElementId)
        values = dict(overrideGraphicSettings._values)
        self._change_filter(filterElementId, "SetFilterOverrides", overrides=values)

    def GetFilterVisibility(self, filterElementId: Any) -> bool:
        return self._filter(filterElementId).visible

    def SetFilterVisibility(self, filterElementId: Any, visibility: bool) -> None:
        self._change_filter(filterElementId, "SetFilterVisibility", visible=bool(visibility))

    def GetIsFilterEnabled(self, filterElementId: Any) -> bool:
        return self._filter(filterElementId).enabled

    def SetIsFilterEnabled(self, filterElementId: Any, enable: bool) -> None:
        self._change_filter(filterElementId, "SetIsFilterEnabled", enabled=bool(enable))


def _category_name(category_id: Any) -> str:
    facts = category_numbered(category_id.number)
    if facts is None:
        raise revit_error("ArgumentException", "categoryId is not a valid category id.")
    return facts.name


def hides_by_filter(view: ElementRecord, record: ElementRecord) -> bool:
    """Tell whether one of the view's active filters hides an element."""
    for one in view.data.get("view_filters", ()):
        if one.visible or not one.enabled:
            continue
        found = view.database.get(one.number)
        if found is not None and catches(found, record):
            return True
    return False


def catches(filter_element: ElementRecord, record: ElementRecord) -> bool:
    """Tell whether a view filter takes an element: its category, and its rules if it has any."""
    category = record.data.get("category")
    if category is None:
        return False
    if filter_element.kind.endswith(".SelectionFilterElement"):
        return record.id in filter_element.data.get("ids", ())
    if category_number(category) not in filter_element.data.get("categories", ()):
        return False
    rules = filter_element.data.get("element_filter")
    return rules is None or rules.passes(record)
