"""A model of definitions that nothing uses, beside such that something does.

- images `image-placed` (200 x 100 pixels, in `plan-1`), `image-of-column` (a column's image
  parameter), `image-of-type` (its type's), `image-large` (900 x 600), `image-small` (30 x 20, not
  found), `image-logo` (unused, called as the office's keep list says);
- bars: types `bar-10` (of `rebar-1`), `bar-12` (only named by `area-1`), `bar-14` (only named by
  `path-1`), `bar-16` and `bar-template` (unused); shapes `shape-straight` (of `rebar-1`),
  `shape-free` (of the free-form `rebar-2` only), `shape-hook` (unused);
- electrical: `wire-used` and `wire-spare`; `system-used` with its voltages `volt-400` and
  `volt-230`, `system-spare` (single phase), `volt-48` (unused), `volt-24` (in use);
- annotation: text types `text-used`, `text-title`, `text-header`, `text-body` (of `schedule-1`),
  `text-spare`, `text-office` (unused, on the keep list); dimension types `dimension-used`,
  `dimension-spare`, `dimension-style` (hidden, called as its style), `spot-used`; filled regions
  `region-used` and `region-spare`.

The second flavour is German, in millimetres and workshared.
"""

from typing import Any

from revitron_grpc.simulation.database import Database, ElementRecord
from revitron_grpc.simulation.models.builder import ModelBuilder, mm
from revitron_grpc.simulation.models.empty_project import start
from revitron_grpc.simulation.revit.dimensions import Segment
from revitron_grpc.simulation.revit.geometry import XYZ

__all__ = ["unused_types"]


def unused_types(*, second: bool) -> Database:
    """Build the model."""
    title = "Ungenutzte Typen" if second else "Unused types"
    builder = ModelBuilder(title, language="de" if second else "en", metric=second)
    start(builder)
    plan = builder.database.by_handle("plan-1")
    _add_images(builder, plan)
    _add_bars(builder)
    _add_electrical(builder)
    _add_annotation(builder, plan)
    builder.database.is_workshared = second
    return builder.finish()


def _add_images(builder: ModelBuilder, plan: ElementRecord) -> None:
    sizes = {
        "small": (30, 20),
        "placed": (200, 100),
        "of-column": (200, 100),
        "of-type": (200, 100),
        "large": (900, 600),
        "logo": (80, 80),
    }
    images = {
        slug: builder.add(
            "ImageType",
            f"image-{slug}",
            name=f"{slug}.png",
            is_type=True,
            pixels=pixels,
            status="FailedToLoad" if slug == "small" else "Loaded",
        )
        for slug, pixels in sizes.items()
    }
    builder.add("ImageInstance", "image", "OST_RasterImages", type=images["placed"], view=plan)
    category = "OST_StructuralColumns"
    kind = builder.add_type("FamilySymbol", "column-type", category, "Column", "A")
    builder.set(kind, "ALL_MODEL_TYPE_IMAGE", images["of-type"])
    values = {"ALL_MODEL_IMAGE": images["of-column"]}
    builder.add("FamilyInstance", "column", category, values, type=kind, point=XYZ())


def _add_bars(builder: ModelBuilder) -> None:
    structure = "Structure."
    bars = {
        slug: builder.add_type(
            f"{structure}RebarBarType",
            f"bar-{slug}",
            "OST_Rebar",
            "Rebar Bar",
            name,
            diameter=mm(diameter),
        )
        for slug, name, diameter in (
            ("10", "10 B500", 10.0),
            ("12", "12 B500", 12.0),
            ("14", "14 B500", 14.0),
            ("16", "16 B500", 16.0),
            ("template", "Template bar", 8.0),
        )
    }
    shapes = {
        slug: builder.add_type(
            f"{structure}RebarShape",
            f"shape-{slug}",
            "OST_RebarShape",
            "Rebar Shape",
            slug,
            rebar_style=style,
        )
        for slug, style in (
            ("straight", "Standard"),
            ("free", "Standard"),
            ("hook", "StirrupTie"),
        )
    }
    values = {"REBAR_SHAPE": shapes["straight"]}
    builder.add(f"{structure}Rebar", "rebar-1", "OST_Rebar", values, type=bars["10"])
    builder.add(
        f"{structure}Rebar", "rebar-2", "OST_Rebar", type=bars["10"], shapes=(shapes["free"],)
    )
    area = {"REBAR_SYSTEM_BAR_TYPE_TOP_DIR_1_GENERIC": bars["12"]}
    builder.add(f"{structure}AreaReinforcement", "area-1", "OST_AreaRein", area)
    path = {"PATH_REIN_TYPE_1": bars["14"]}
    builder.add(f"{structure}PathReinforcement", "path-1", "OST_PathRein", path)


def _add_electrical(builder: ModelBuilder) -> None:
    def add(kind: str, handle: str, name: str, **data: Any) -> ElementRecord:
        return builder.add(f"Electrical.{kind}", handle, name=name, is_type=True, **data)

    add("WireType", "wire-used", "NYM", in_use=True)
    add("WireType", "wire-spare", "NYY")
    high, low = (
        add("VoltageType", "volt-400", "Main 400 V"),
        add("VoltageType", "volt-230", "230 V"),
    )
    add("VoltageType", "volt-48", "48 V")
    add("VoltageType", "volt-24", "24 V", in_use=True)
    add(
        "DistributionSysType",
        "system-used",
        "TN-S",
        in_use=True,
        line_to_line=high,
        line_to_ground=low,
    )
    add("DistributionSysType", "system-spare", "IT", phase="SinglePhase")


def _add_annotation(builder: ModelBuilder, plan: ElementRecord) -> None:
    style = builder.text("Linear Dimension Style", "Stil für lineare Bemaßung")
    kinds = {
        handle: builder.add_type(kind, handle, category, family, name)
        for kind, handle, category, family, name in (
            ("TextNoteType", "text-used", "OST_TextNotes", "Text", "2.5 mm"),
            ("TextNoteType", "text-title", "OST_TextNotes", "Text", "Title"),
            ("TextNoteType", "text-header", "OST_TextNotes", "Text", "Header"),
            ("TextNoteType", "text-body", "OST_TextNotes", "Text", "Body"),
            ("TextNoteType", "text-spare", "OST_TextNotes", "Text", "9 mm"),
            ("TextNoteType", "text-office", "OST_TextNotes", "Text", "OFFICE 2 mm"),
            ("DimensionType", "dimension-used", "OST_Dimensions", style, "A"),
            ("DimensionType", "dimension-spare", "OST_Dimensions", style, "B"),
            ("DimensionType", "dimension-style", "OST_Dimensions", style, style),
            ("SpotDimensionType", "spot-used", "OST_SpotElevations", "Spot Elevations", "C"),
            ("FilledRegionType", "region-used", "OST_DetailComponents", "Filled region", "D"),
            ("FilledRegionType", "region-spare", "OST_DetailComponents", "Filled region", "E"),
        )
    }
    one = (Segment(1.0),)
    builder.add("TextNote", "text", "OST_TextNotes", type=kinds["text-used"], view=plan, text="x")
    for kind, handle, of_type in (
        ("Dimension", "dimension", "dimension-used"),
        ("SpotDimension", "spot", "spot-used"),
    ):
        category = kinds[of_type].data["category"]
        builder.add(kind, handle, category, type=kinds[of_type], view=plan, segments=one)
    region = kinds["region-used"]
    builder.add("FilledRegion", "region", "OST_DetailComponents", type=region, view=plan)
    builder.add(
        "ViewSchedule",
        "schedule-1",
        "OST_Schedules",
        name=builder.text("Doors", "Türen"),
        view_type="Schedule",
        title_text=kinds["text-title"],
        header_text=kinds["text-header"],
        body_text=kinds["text-body"],
    )
