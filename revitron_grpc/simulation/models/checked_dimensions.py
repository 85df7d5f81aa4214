"""Dimensions of the checked drawings, and the walls that they hold.

Walls `wall-1` to `wall-5` stand side by side. Dimensions in `plan-1` (on a sheet) and `plan-3` (on
none):

- `dimension-plain`; `dimension-typed` (shows another value), `chain-typed` (its second part does,
  in `plan-3`);
- `dimension-about` (a prefix), `chain-noted` (a text below and one above its parts, in `plan-3`);
- `dimension-zero`, `chain-short` (its second part, in `plan-3`), `angle-small` (no length);
- `dimension-locked` (holds walls 2 and 3), `chain-locked` (its second part, walls 4 and 5, in
  `plan-3`), `chain-equal` (walls 3 and 4);
- `spot` (a spot elevation with another text and a lock), `constraint` (an alignment of walls 1
  and 2, in no view, with another text).
"""

from revitron_grpc.simulation.models.builder import ModelBuilder, m, mm
from revitron_grpc.simulation.revit.curves import Line
from revitron_grpc.simulation.revit.dimensions import Segment
from revitron_grpc.simulation.revit.geometry import XYZ

__all__ = ["add_dimensions"]

_LOCKED = {"dimension-locked": (0,), "chain-locked": (1,)}
"""Which segments are locked, by handle."""


def add_dimensions(builder: ModelBuilder) -> None:
    """Add the walls and what measures them."""
    text, find = builder.text, builder.database.by_handle
    kind = builder.add_type(
        "WallType", "wall-type", "OST_Walls", text("Basic Wall", "Basiswand"), "100"
    )
    walls = [
        builder.add(
            "Wall",
            f"wall-{number}",
            "OST_Walls",
            type=kind,
            level=find("level-1"),
            created_phase=find("phase-2"),
            curve=Line.between(XYZ(m(number), m(20.0), 0.0), XYZ(m(number), m(24.0), 0.0)),
            name=text(f"Wall {number}", f"Wand {number}"),
        )
        for number in range(1, 6)
    ]
    style = builder.add_type(
        "DimensionType",
        "dimension-type",
        "OST_Dimensions",
        text("Linear Dimension Style", "Stil für lineare Bemaßung"),
        "Office",
    )
    metre, half = Segment(mm(1000.0)), Segment(mm(500.0))
    about, check = text("about", "ca."), text("check on site", "am Bau prüfen")
    one, three = "plan-1", "plan-3"
    # Handle, plan, the walls that it refers to, segments.
    lengths: tuple[tuple[str, str, tuple[int, ...], tuple[Segment, ...]], ...] = (
        ("dimension-plain", one, (1, 5), (metre,)),
        ("dimension-typed", one, (1, 2), (Segment(mm(1000.0), override="2.00"),)),
        ("chain-typed", three, (1, 2, 3), (metre, Segment(mm(500.0), override="EQ"))),
        ("dimension-about", one, (1, 2), (Segment(mm(1000.0), prefix=about),)),
        (
            "chain-noted",
            three,
            (1, 2, 3),
            (Segment(mm(500.0), below=check), Segment(mm(500.0), suffix="max", above="A")),
        ),
        ("dimension-zero", one, (1, 2), (Segment(0.0),)),
        ("chain-short", three, (1, 2, 3), (metre, Segment(mm(5.0)))),
        ("dimension-locked", one, (2, 3), (Segment(mm(1000.0)),)),
        ("chain-locked", three, (4, 5), (metre, Segment(mm(500.0)))),
        ("chain-equal", one, (3, 4), (half, half)),
    )
    for handle, plan, numbers, segments in lengths:
        builder.add(
            "Dimension",
            handle,
            "OST_Dimensions",
            type=style,
            view=find(plan),
            references=tuple(walls[number - 1] for number in numbers),
            segments=segments,
            equal=handle == "chain-equal",
            locked=_LOCKED.get(handle),
        )
    builder.add(
        "Dimension",
        "angle-small",
        "OST_Dimensions",
        type=style,
        view=find(one),
        shape="Angular",
        segments=(Segment(0.001),),
    )
    builder.add(
        "SpotDimension",
        "spot",
        "OST_SpotElevations",
        view=find(one),
        references=(walls[0], walls[4]),
        segments=(Segment(0.0, override="+0.00", prefix="FFL"),),
        locked=(0,),
    )
    builder.add(
        "Dimension",
        "constraint",
        "OST_Constraints",
        references=(walls[0], walls[1]),
        segments=(Segment(0.0, override="x", prefix="x"),),
        locked=(0,),
    )
