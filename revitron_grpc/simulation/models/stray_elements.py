"""A small building with things that lie far away, beside their sheet or outside of their crop.

- walls `wall-1` to `wall-4` and `wall-far`, 900 metres east; `desk` and `desk-far`, 600 metres
  south, and `desk-unplaced` without a place; `grid-far`, `line-far` of `plan-1`, and `base-point`
  are far away on purpose;
- `link-near`, `link-far` (700 metres), `cad-near`, `cad-far` (800 metres);
- sheets: `sheet-1` with `block-1` (841 by 594 mm), beside which stand `note-left`, `note-below`,
  `note-above` and the viewport `port-1`; `note-inside` does not, `note-hair` only by 5 mm, and
  the `guide` is never printed; `sheet-2` has `note-bare` and no title block;
- `plan-1` is cropped to 20 by 12 metres: `lost-west`, `lost-east`, `lost-south` and `lost-north`
  lie outside, `note-edge` partly and `note-crop` not at all; `plan-2` on `sheet-2` is not cropped
  and has `note-plan-2`; `plan-free`, with `note-free`, is on no sheet.

The second flavour is German and in millimetres.
"""

from typing import Any

from revitron_grpc.simulation.database import Database, ElementRecord
from revitron_grpc.simulation.models.builder import ModelBuilder, m, mm
from revitron_grpc.simulation.models.empty_project import start
from revitron_grpc.simulation.revit.curves import Line
from revitron_grpc.simulation.revit.geometry import XYZ

__all__ = ["stray_elements"]

Box = tuple[XYZ, XYZ]


def stray_elements(*, second: bool) -> Database:
    """Build the model."""
    title = "Verirrtes" if second else "Strays"
    builder = ModelBuilder(title, language="de" if second else "en", metric=second)
    start(builder)
    _add_building(builder)
    _add_files(builder)
    _add_views(builder)
    _add_sheets(builder)
    return builder.finish()


def _metres(x: float, y: float, size: float = 1.0) -> Box:
    """Return a box of the given size whose corner lies at a place in the model."""
    return XYZ(m(x), m(y), 0.0), XYZ(m(x + size), m(y + size), m(1.0))


def _paper(x: float, y: float, size: float = 20.0) -> Box:
    """Return a box on a sheet, in millimetres."""
    return XYZ(mm(x), mm(y), 0.0), XYZ(mm(x + size), mm(y + size), 0.0)


def _add_building(builder: ModelBuilder) -> None:
    text, find = builder.text, builder.database.by_handle
    for name, (x, y) in {
        "1": (0.0, 0.0), "2": (2.0, 2.0), "3": (4.0, 4.0), "4": (6.0, 6.0), "far": (900.0, 0.0)
    }.items():  # fmt: skip
        builder.add(
            "Wall", f"wall-{name}", "OST_Walls", name=text("Brick", "Ziegel"),
            box=_metres(x, y), created_phase=find("phase-2"),
        )  # fmt: skip
    places: dict[str, dict[str, Any]] = {
        "desk": {"box": _metres(5.0, 5.0)},
        "desk-far": {"box": _metres(4.0, -600.0)},
        "desk-unplaced": {},
    }
    for handle, place in places.items():
        builder.add("FamilyInstance", handle, "OST_Furniture", name=text("Desk", "Tisch"), **place)
    far = Line.between(XYZ(m(2000.0), 0.0, 0.0), XYZ(m(2000.0), m(9.0), 0.0))
    builder.add("Grid", "grid-far", "OST_Grids", name="Z", curve=far)
    builder.add(
        "DetailLine", "line-far", "OST_Lines", name="", view=find("plan-1"),
        box=_metres(7.0, 7.0, 3000.0),
    )  # fmt: skip
    builder.add(
        "BasePoint", "base-point", "OST_ProjectBasePoint", name="", survey=False,
        position=XYZ(), shared=XYZ(), box=_metres(5000.0, 0.0),
    )  # fmt: skip


def _add_files(builder: ModelBuilder) -> None:
    for slug, kind, category, places in (
        ("link", "RevitLinkInstance", "OST_RvtLinks", {"near": 3.0, "far": 700.0}),
        ("cad", "ImportInstance", "OST_ImportObjectStyles", {"near": 3.0, "far": 800.0}),
    ):
        for where, x in places.items():
            builder.add(kind, f"{slug}-{where}", category, name=slug, box=_metres(x, 0.0))


def _add_views(builder: ModelBuilder) -> None:
    find = builder.database.by_handle
    crop = (XYZ(0.0, 0.0, 0.0), XYZ(m(20.0), m(12.0), 0.0))
    find("plan-1").data.update(crop=crop, crop_active=1)
    find("plan-2").data.update(crop=crop, crop_active=0)
    free = builder.add(
        "ViewPlan", "plan-free", "OST_Views", name=builder.text("Working", "Arbeit"),
        view_type="FloorPlan", gen_level=find("level-1"), view_phase=find("phase-2"), scale=50,
        crop=crop, crop_active=1,
    )  # fmt: skip
    for handle, view, x, y in (
        ("lost-west", find("plan-1"), -3.0, 5.0),
        ("lost-east", find("plan-1"), 25.0, 5.0),
        ("lost-south", find("plan-1"), 5.0, -3.0),
        ("lost-north", find("plan-1"), 5.0, 15.0),
        ("note-edge", find("plan-1"), 19.5, 11.5),
        ("note-corner", find("plan-1"), -0.5, -0.5),
        ("note-crop", find("plan-1"), 5.0, 5.0),
        ("note-plan-2", find("plan-2"), 25.0, 5.0),
        ("note-free", free, 25.0, 5.0),
    ):
        _note(builder, handle, view, _metres(x, y))


def _note(builder: ModelBuilder, handle: str, view: ElementRecord, box: Box) -> None:
    builder.add("TextNote", handle, "OST_TextNotes", text=handle, view=view, box=box)


def _add_sheets(builder: ModelBuilder) -> None:
    sheets = {
        number: builder.add(
            "ViewSheet",
            f"sheet-{number}",
            "OST_Sheets",
            name=builder.text("Plans", "Pläne"),
            number=f"A-{number}",
            view_type="DrawingSheet",
        )
        for number in (1, 2)
    }
    builder.add(
        "FamilyInstance", "block-1", "OST_TitleBlocks", name="A1", view=sheets[1],
        box=(XYZ(), XYZ(mm(841.0), mm(594.0), 0.0)),
    )  # fmt: skip
    for handle, sheet, x, y in (
        ("note-inside", 1, 100.0, 100.0),
        ("note-left", 1, -50.0, 100.0),
        ("note-below", 1, 300.0, -60.0),
        ("note-above", 1, 300.0, 604.0),
        ("note-hair", 1, -5.0, 200.0),
        ("note-bare", 2, -500.0, 100.0),
    ):
        _note(builder, handle, sheets[sheet], _paper(x, y))
    builder.add(
        "Element", "guide", "OST_GuideGrid", name="", view=sheets[1], box=_paper(-90.0, 0.0)
    )
    for number, x in ((1, 781.0), (2, 300.0)):
        sheet = sheets[number]
        builder.add(
            "Viewport", f"port-{number}", "OST_Viewports", sheet=sheet, view=sheet,
            viewed=builder.database.by_handle(f"plan-{number}"),
            point=XYZ(mm(x), mm(300.0), 0.0), box=_paper(x - 100.0, 240.0, 200.0),
        )  # fmt: skip
