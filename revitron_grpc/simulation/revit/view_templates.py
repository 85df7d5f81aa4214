"""What a view template controls in its views (behaviour 27).

Data of a template: `left_free` (names in `BuiltInParameter` of what it leaves to its views). What a
template controls is copied into its views when it is assigned or changed, and stays there when the
template goes.
"""

from typing import Any

from revitron_grpc.catalog.load import packaged_catalog
from revitron_grpc.simulation.computed import locks, setting
from revitron_grpc.simulation.database import INVALID, Database, ElementRecord
from revitron_grpc.simulation.errors import NotSimulated, revit_error
from revitron_grpc.simulation.parameter_table import number_of

# What the dialog of view templates lists, with the piece of data that it stands for here.
_KEYS = {
    "VIEW_SCALE": ("scale",),
    "VIEW_DETAIL_LEVEL": ("detail_level",),
    "VIEW_DISCIPLINE": ("discipline",),
    "VIEW_PHASE_FILTER": ("phase_filter",),
    "VIEW_PARTS_VISIBILITY": (),
    "VIS_GRAPHICS_MODEL": ("category_overrides", "hidden_categories"),
    "VIS_GRAPHICS_ANNOTATION": ("category_overrides", "hidden_categories"),
    "VIS_GRAPHICS_ANALYTICAL_MODEL": (),
    "VIS_GRAPHICS_IMPORT": (),
    "VIS_GRAPHICS_FILTERS": ("view_filters",),
    "VIS_GRAPHICS_RVT_LINKS": (),
    "VIS_GRAPHICS_DESIGNOPTIONS": (),
    "MODEL_GRAPHICS_STYLE": (),
}
_OF_PLANS = {
    "PLAN_VIEW_NORTH": ("plan_north",),
    "PLAN_VIEW_RANGE": (),
    "VIEW_UNDERLAY_ORIENTATION": (),
}
_WORKSHARED = {"VIS_GRAPHICS_WORKSETS": ("workset_visibility",)}
_PLANS = frozenset(("FloorPlan", "CeilingPlan", "AreaPlan", "EngineeringPlan"))
# Types of views that share their templates: the groups of the dialog (field knowledge).
_GROUPS = (
    frozenset(("FloorPlan", "EngineeringPlan", "AreaPlan")),
    frozenset(("Section", "Elevation", "Detail")),
    frozenset(("ThreeD", "Walkthrough")),
    frozenset(("Rendering", "DraftingView")),
)


def controllable(record: ElementRecord) -> dict[str, tuple[str, ...]]:
    """Return what a template of this kind of view can control, with the keys of data."""
    found = dict(_KEYS)
    if record.data.get("view_type") in _PLANS:
        found.update(_OF_PLANS)
    if record.database.is_workshared:
        found.update(_WORKSHARED)
    return found


def parameter_id(name: str) -> int:
    """Return the number of a parameter that templates control."""
    number = number_of(packaged_catalog(), name)
    if number is None:
        raise KeyError(name)
    return number


def template_of(view: ElementRecord) -> ElementRecord | None:
    """Return the template that a view follows, or None."""
    return view.database.get(view.data.get("template", INVALID))


def controls(template: ElementRecord, name: str) -> bool:
    """Tell whether a template sets this parameter in its views."""
    return name in controllable(template) and name not in template.data.get("left_free", ())


def is_controlled(view: ElementRecord, name: str) -> bool:
    """Tell whether the template of a view sets this parameter."""
    template = template_of(view)
    return template is not None and controls(template, name)


def check_uncontrolled(view: ElementRecord, name: str) -> None:
    """Raise `InvalidOperationException` for what the view's template sets."""
    if is_controlled(view, name):
        raise revit_error(
            "InvalidOperationException", "The parameter is controlled by the view's template."
        )


def check_graphics_uncontrolled(view: ElementRecord, name: str, member: str) -> None:
    """Refuse to guess what Revit does with graphics that the view's template sets."""
    if is_controlled(view, name):
        raise NotSimulated(f"DB.View.{member} in a view whose template sets this")


def fits(template: ElementRecord | None, view: ElementRecord) -> bool:
    """Tell whether a template can be assigned to a view."""
    if template is None or not template.data.get("is_template"):
        return False
    one, two = template.data.get("view_type"), view.data.get("view_type")
    return one == two or any(one in group and two in group for group in _GROUPS)


def assign(view: ElementRecord, number: int) -> None:
    """Give a view a template, or none; raises `ArgumentException` for one that does not fit."""
    database = view.database
    template = database.get(number)
    if number != INVALID and not fits(template, view):
        raise revit_error(
            "ArgumentException", "val is not valid as a view template id for this view."
        )
    if view.data.get("primary_view", INVALID) != INVALID:
        raise NotSimulated("DB.View.ViewTemplateId of a dependent view")
    database.write(view, "template", number)
    for dependent in dependents_of_view(view):
        database.write(dependent, "template", number)
    if template is not None:
        for name in controllable(template):
            spread(template, name, (view,))


def dependents_of_view(view: ElementRecord) -> list[ElementRecord]:
    """Return the dependent views of a view."""
    found = view.database.elements.values()
    return [one for one in found if one.data.get("primary_view") == view.id]


def spread(
    template: ElementRecord, name: str, views: tuple[ElementRecord, ...] | None = None
) -> None:
    """Copy what a template says of one parameter into its views; nothing for other views."""
    if not template.data.get("is_template") or not controls(template, name):
        return
    database = template.database
    for view in views_of(template) if views is None else views:
        for key in controllable(template)[name]:
            if key in template.data and view.data.get(key) != template.data[key]:
                database.write(view, key, template.data[key])


def views_of(template: ElementRecord) -> tuple[ElementRecord, ...]:
    """Return the views that follow a template."""
    found = list(template.database.elements.values())
    return tuple(one for one in found if one.data.get("template") == template.id)


def release(database: Database, gone: list[ElementRecord]) -> None:
    """Free views of templates and scope boxes that are deleted; they keep what they show."""
    numbers = {record.id for record in gone}
    for view in list(database.elements.values()):
        if view.id in numbers:
            continue
        for key in ("template", "scope_box"):
            if view.data.get(key, INVALID) in numbers:
                database.write(view, key, INVALID)


_LOCKED = {
    name: name
    for name in (
        "VIEW_DETAIL_LEVEL",
        "VIEW_DISCIPLINE",
        "VIEW_PHASE_FILTER",
        "VIEW_PARTS_VISIBILITY",
        "PLAN_VIEW_NORTH",
        "VIEW_SCALE",
    )
}
_LOCKED["VIEW_SCALE_PULLDOWN_METRIC"] = _LOCKED["VIEW_SCALE_PULLDOWN_IMPERIAL"] = "VIEW_SCALE"


def _register(parameter: str, name: str) -> None:
    @locks(parameter)
    def locked(record: ElementRecord) -> bool:
        return is_controlled(record, name)

    keys = {**_KEYS, **_OF_PLANS}[name]
    if not keys:
        return

    @setting(parameter)
    def written(record: ElementRecord, value: Any) -> None:
        record.database.write(record, keys[0], value)
        spread(record, name)


for _parameter, _name in _LOCKED.items():
    _register(_parameter, _name)


@setting("VIEW_TEMPLATE")
def _assigned(record: ElementRecord, value: Any) -> None:
    assign(record, value)


@locks("VIEW_TEMPLATE", "VIEW_PHASE")
def _follows_primary(record: ElementRecord) -> bool:
    """A dependent view shows what its primary view shows (field knowledge)."""
    return record.data.get("primary_view", INVALID) != INVALID
