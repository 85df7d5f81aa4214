"""Reinforcement of the concrete frame.

Bars of `beam-1`: `bars-1-main` (16 mm), `bars-1-more` (16 mm, the same number), `bars-1-ties`
(10 mm). Of `column-a1`: `bars-a1` (20 mm, starters that reach 60 cm out of its head). Of `beam-3`:
`bars-3-16` and `bars-3-14`, which get mixed up. `bars-lost` have lost their host, `bars-thin` in
`footing-a1` have no number. Exactly one other kind of reinforcement is in each of `slab-2` (area),
`slab-3` (fabric area), `raft` (sheet), `wall-shear` (path) and `footing-b1` (container).
"""

from revitron_grpc.simulation.models.builder import m, mm
from revitron_grpc.simulation.models.concrete_frame import Frame, place

__all__ = ["add_bars"]

# Handle, host, diameter, number, length of one, bar number, shape, box; metres and millimetres.
_BARS = (
    ("1-main", "beam-1", 16, 4, 5.9, "1", "straight", (0.05, -0.1, 2.55), (5.95, 0.1, 2.9)),
    ("1-more", "beam-1", 16, 2, 5.9, "1", "straight", (0.05, -0.1, 2.55), (5.95, 0.1, 2.9)),
    ("1-ties", "beam-1", 10, 30, 1.5, "2", "tie", (0.05, -0.12, 2.53), (5.95, 0.12, 2.97)),
    ("a1", "column-a1", 20, 4, 3.6, "1", "straight", (-0.1, -0.1, 0.0), (0.1, 0.1, 3.6)),
    ("3-16", "beam-3", 16, 3, 4.8, "3", "straight", (-0.1, 0.0, 2.55), (0.1, 5.0, 2.9)),
    ("3-14", "beam-3", 14, 2, 4.8, "4", "straight", (-0.1, 0.0, 2.55), (0.1, 5.03, 2.9)),
    ("thin", "footing-a1", 10, 8, 1.1, "", "", (-0.4, -0.5, -0.45), (0.6, 0.5, -0.4)),
    ("lost", "", 20, 1, 2.0, "9", "straight", (8.0, 8.0, 1.0), (8.1, 8.1, 3.0)),
)
_OTHERS = (
    ("AreaReinforcement", "area", "OST_AreaRein", "slab-2"),
    ("FabricArea", "fabric-area", "OST_FabricAreas", "slab-3"),
    ("FabricSheet", "sheet", "OST_FabricReinforcement", "raft"),
    ("PathReinforcement", "path", "OST_PathRein", "wall-shear"),
    ("RebarContainer", "container", "OST_Rebar", "footing-b1"),
)


def add_bars(frame: Frame) -> None:
    """Add bar types, shapes and all reinforcement."""
    builder, text = frame.builder, frame.builder.text
    family = text("Rebar Bar", "Bewehrungsstab")
    kinds = {
        diameter: builder.add_type(
            "Autodesk.Revit.DB.Structure.RebarBarType",
            f"type-bar-{diameter}",
            "OST_Rebar",
            family,
            f"{diameter} B500B",
            diameter=mm(diameter),
        )
        for diameter in (10, 14, 16, 20)
    }
    shapes = {
        slug: builder.add(
            "Autodesk.Revit.DB.Structure.RebarShape",
            f"shape-{slug}",
            "OST_RebarShape",
            name=name,
            is_type=True,
        )
        for slug, name in (("straight", "00"), ("tie", "51"))
    }
    for handle, host, diameter, number, length, mark, shape, low, high in _BARS:
        values = {"REBAR_NUMBER": mark, "REBAR_SHAPE": shapes.get(shape)}
        builder.add(
            "Autodesk.Revit.DB.Structure.Rebar",
            f"bars-{handle}",
            "OST_Rebar",
            {name: value for name, value in values.items() if value},
            type=kinds[diameter],
            created_phase=frame.phase,
            host=frame.find(host) if host else None,
            quantity=number,
            bar_length=m(length),
            box=(place(*low), place(*high)),
        )
    for kind, handle, category, host in _OTHERS:
        builder.add(
            f"Autodesk.Revit.DB.Structure.{kind}",
            handle,
            category,
            created_phase=frame.phase,
            host=frame.find(host),
        )
