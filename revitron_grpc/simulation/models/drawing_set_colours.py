"""View filters of the drawing set, the plan that they colour, and what was painted by hand.

- `filter-30` and `filter-90` catch walls of that fire rating, `filter-rated` walls with EI in it,
  `filter-120` no wall at all, `filter-lost` stands on a parameter that is gone, `filter-doors` has
  no rules; `saved-walls` is a saved selection;
- `plan-colour` of level 1, without template: `filter-30` (red), `filter-90` (blue), and, switched
  off, `filter-doors`; `wall-3` is painted by hand;
- `plan-painted` of level 1: `filter-90` without overrides, `filter-120` hidden; elements painted by
  hand, each in another way;
- `template-plan`, `template-section` and `template-survey` carry `filter-30` in red,
  `template-ceiling` and `template-3d` `filter-90` in blue, `template-detail` otherwise.
"""

from typing import Any

from revitron_grpc.catalog.load import packaged_catalog
from revitron_grpc.simulation.category_table import category_number
from revitron_grpc.simulation.models.builder import ModelBuilder
from revitron_grpc.simulation.parameter_table import number_of
from revitron_grpc.simulation.revit.graphics import Color, Fill
from revitron_grpc.simulation.revit.identity import ElementId
from revitron_grpc.simulation.revit.parameter_rules import (
    ElementParameterFilter,
    FilterStringRule,
    ParameterValueProvider,
)
from revitron_grpc.simulation.revit.rule_evaluators import (
    FilterStringContains,
    FilterStringEquals,
)
from revitron_grpc.simulation.revit.view_graphics import ViewFilter

__all__ = ["add_colours"]

_LOST = 999_999
"""The id of a project parameter that was deleted."""


def add_colours(builder: ModelBuilder) -> None:
    """Add fill patterns, filters, and a coloured plan."""
    find = builder.database.by_handle
    for slug, fill in (
        ("solid", Fill(builder.text("<Solid fill>", "<Flächenfüllung>"), solid=True)),
        ("hatch", Fill(builder.text("Diagonal", "Diagonal"))),
    ):
        builder.add("FillPatternElement", f"fill-{slug}", name=fill.name, fill=fill)
    rating = number_of(packaged_catalog(), "FIRE_RATING") or 0
    for slug, name, parameter, evaluator, value in (
        ("30", "EI30", rating, FilterStringEquals(), "EI30"),
        ("90", "EI90", rating, FilterStringEquals(), "EI90"),
        ("rated", builder.text("Rated", "Klassifiziert"), rating, FilterStringContains(), "EI"),
        ("120", "EI120", rating, FilterStringEquals(), "EI120"),
        ("lost", builder.text("Lost", "Verwaist"), _LOST, FilterStringEquals(), "1"),
    ):
        provider = ParameterValueProvider(ElementId(parameter))
        _filter(
            builder,
            slug,
            name,
            "OST_Walls",
            ElementParameterFilter(FilterStringRule(provider, evaluator, value)),
        )
    _filter(builder, "doors", builder.text("Doors", "Türen"), "OST_Doors", None)
    builder.add(
        "SelectionFilterElement",
        "saved-walls",
        name=builder.text("Saved walls", "Gemerkte Wände"),
        ids=(find("wall-3").id,),
    )
    red, blue = {"ProjectionLineColor": Color(255, 0, 0)}, {"ProjectionLineColor": Color(0, 0, 255)}
    used = {handle: find(f"filter-{handle}").id for handle in ("30", "90", "doors")}
    builder.add(
        "ViewPlan",
        "plan-colour",
        "OST_Views",
        name=builder.text("Level 1 fire", "Ebene 1 Brandschutz"),
        view_type="FloorPlan",
        gen_level=find("level-1"),
        view_phase=find("phase-2"),
        scale=50,
        view_filters=(
            ViewFilter(used["30"], overrides=red),
            ViewFilter(used["90"], overrides=blue),
            ViewFilter(used["doors"], enabled=False, overrides=red),
            ViewFilter(find("saved-walls").id, overrides=blue),
        ),
        overrides={
            find("wall-3").id: {"Halftone": True, "CutLineWeight": 5},
            find("door-1").id: {"SurfaceForegroundPatternColor": Color(9, 9, 9)},
        },
    )
    builder.add(
        "ViewPlan",
        "plan-painted",
        "OST_Views",
        name=builder.text("Level 1 painted", "Ebene 1 bemalt"),
        view_type="FloorPlan",
        gen_level=find("level-1"),
        view_phase=find("phase-2"),
        scale=50,
        view_filters=(
            ViewFilter(used["90"]),
            ViewFilter(find("filter-120").id, visible=False),
        ),
        overrides={
            find(handle).id: {name: value}
            for handle, name, value in (
                ("wall-1", "ProjectionLineColor", Color(1, 2, 3)),
                ("wall-2", "CutLineColor", Color(1, 2, 3)),
                ("column-1", "CutForegroundPatternColor", Color(1, 2, 3)),
                ("floor-1", "Halftone", True),
                ("beam-1", "ProjectionLineWeight", 4),
                ("beam-2", "Transparency", 50),
            )
        },
    )
    other = {
        **blue,
        "Halftone": True,
        "Transparency": 40,
        "CutLineWeight": 3,
        "DetailLevel": "Coarse",
        "SurfaceForegroundPatternColor": Color(1, 2, 3),
        "SurfaceForegroundPatternId": find("fill-solid").id,
        "IsCutForegroundPatternVisible": False,
    }
    red_30 = (ViewFilter(used["30"], overrides=red),)
    blue_90 = (ViewFilter(used["90"], overrides=blue),)
    for handle, filters in (
        ("template-plan", red_30),
        ("template-section", red_30),
        ("template-survey", red_30),
        ("template-ceiling", blue_90),
        ("template-3d", blue_90),
        ("template-detail", (ViewFilter(used["90"], visible=False, overrides=other),)),
    ):
        template = find(handle)
        template.data["view_filters"] = filters
        for view in builder.database.elements.values():
            if view.data.get("template") == template.id:
                view.data["view_filters"] = filters


def _filter(builder: ModelBuilder, slug: str, name: str, category: str, rule: Any) -> None:
    builder.add(
        "ParameterFilterElement",
        f"filter-{slug}",
        name=name,
        categories=(category_number(category),),
        element_filter=rule,
    )
