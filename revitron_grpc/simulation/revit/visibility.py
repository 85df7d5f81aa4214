"""Which elements a view shows, as far as collectors need it (behaviour 10)."""

from revitron_grpc.simulation.category_table import category_named
from revitron_grpc.simulation.database import INVALID, ElementRecord
from revitron_grpc.simulation.revit.view_graphics import hides_by_filter
from revitron_grpc.simulation.revit.view_worksets import shows_workset

# Views that show no model elements.
_DRAWN_ONLY = frozenset(("DraftingView", "Legend", "DrawingSheet", "Schedule", "PanelSchedule"))


def is_shown(record: ElementRecord, view: ElementRecord) -> bool:
    """Tell whether `view` shows an element: its own annotation, and model elements of its storey.

    A plan shows the elements of its level; crops beyond that, phases and linked elements are left
    out. Marks of sections are where the sample model says (`shown_in`).
    """
    data = record.data
    owner = data.get("view", INVALID)
    if owner != INVALID:
        return owner == view.id and record.id not in view.data.get("hidden", ())
    if "marks_view" in data:
        return view.id in data.get("shown_in", ()) and record.id not in view.data.get("hidden", ())
    category = data.get("category")
    if category is None or "is_type" in data or category_named(category).kind == "Internal":
        return False
    if view.data.get("view_type") in _DRAWN_ONLY:
        return False
    if record.id in view.data.get("hidden", ()):
        return False
    if category in view.data.get("hidden_categories", ()):
        return False
    if hides_by_filter(view, record) or not shows_workset(view, data.get("workset", 0)):
        return False
    level = view.data.get("gen_level", INVALID)
    if level == INVALID or record.kind.endswith((".Grid", ".Level")):
        return True
    return shown_level(record) in (level, INVALID)


def shown_level(record: ElementRecord) -> int:
    """Return the level on which a plan shows an element; its host's where it has none."""
    data = record.data
    level = data.get("level", INVALID)
    if level == INVALID and data.get("host", INVALID) != INVALID:
        host = record.database.get(data["host"])
        return shown_level(host) if host is not None else INVALID
    return level
