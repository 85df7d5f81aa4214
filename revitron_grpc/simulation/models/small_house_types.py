"""Types, families and materials of the small house."""

from dataclasses import dataclass, field

from revitron_grpc.simulation.database import ElementRecord
from revitron_grpc.simulation.models.builder import ModelBuilder, m
from revitron_grpc.simulation.revit.compound import Layer
from revitron_grpc.simulation.revit.geometry import XYZ

__all__ = ["HouseTypes", "add_types"]


@dataclass
class HouseTypes:
    """The types by what they are; sizes in feet."""

    outer_wall: ElementRecord
    inner_wall: ElementRecord
    floor: ElementRecord
    roof: ElementRecord
    ceiling: ElementRecord
    front_door: ElementRecord
    inner_door: ElementRecord
    window: ElementRecord
    table: ElementRecord
    chair: ElementRecord
    bed: ElementRecord
    sink: ElementRecord
    basin: ElementRecord
    toilet: ElementRecord
    stairs: ElementRecord
    railing: ElementRecord
    room_tag: ElementRecord
    height_of: dict[int, float] = field(default_factory=dict)
    size_of: dict[int, XYZ] = field(default_factory=dict)
    materials_of: dict[int, tuple[int, ...]] = field(default_factory=dict)


def add_types(builder: ModelBuilder) -> HouseTypes:
    """Add all types that the house uses."""
    text = builder.text
    names = {
        "brick": ("Brick", "Ziegel"),
        "insulation": ("Mineral wool", "Mineralwolle"),
        "plaster": ("Plaster", "Putz"),
        "board": ("Gypsum board", "Gipskarton"),
        "concrete": ("Concrete", "Beton"),
        "oak": ("Oak", "Eiche"),
        "tiles": ("Roof tiles", "Dachziegel"),
    }
    material = {
        slug: builder.add("Material", f"material-{slug}", "OST_Materials", name=text(*pair)).id
        for slug, pair in names.items()
    }

    def layered(
        kind: str, handle: str, category: str, family: str, name: str, *layers: Layer
    ) -> ElementRecord:
        return builder.add_type(kind, handle, category, family, name, layers=layers)

    basic = text("Basic Wall", "Basiswand")
    outer = layered(
        "WallType",
        "type-outer-wall",
        "OST_Walls",
        basic,
        text("Exterior - brick 360", "Außen - Ziegel 360"),
        Layer("Finish1", m(0.02), material["plaster"]),
        Layer("Insulation", m(0.14), material["insulation"]),
        Layer("Structure", m(0.18), material["brick"]),
        Layer("Finish2", m(0.02), material["plaster"]),
    )
    builder.set(outer, "FUNCTION_PARAM", 1)
    inner = layered(
        "WallType",
        "type-inner-wall",
        "OST_Walls",
        basic,
        text("Interior - 120", "Innen - 120"),
        Layer("Finish2", m(0.0125), material["board"]),
        Layer("Structure", m(0.095), material["brick"]),
        Layer("Finish2", m(0.0125), material["board"]),
    )
    builder.set(inner, "FUNCTION_PARAM", 0)
    floor = layered(
        "FloorType",
        "type-floor",
        "OST_Floors",
        text("Floor", "Geschossdecke"),
        text("Oak on concrete 250", "Eiche auf Beton 250"),
        Layer("Finish1", m(0.05), material["oak"]),
        Layer("Structure", m(0.2), material["concrete"]),
    )
    roof = layered(
        "RoofType",
        "type-roof",
        "OST_Roofs",
        text("Basic Roof", "Basisdach"),
        text("Tiles 300", "Ziegel 300"),
        Layer("Finish1", m(0.05), material["tiles"]),
        Layer("Structure", m(0.25), material["oak"]),
    )
    ceiling = layered(
        "CeilingType",
        "type-ceiling",
        "OST_Ceilings",
        text("Compound Ceiling", "Verbunddecke"),
        text("Gypsum board 25", "Gipskarton 25"),
        Layer("Finish2", m(0.025), material["board"]),
    )
    types = HouseTypes(
        outer_wall=outer,
        inner_wall=inner,
        floor=floor,
        roof=roof,
        ceiling=ceiling,
        front_door=_opening(
            builder, "front-door", "OST_Doors", ("Entrance", "Haustür"), 1.01, 2.13
        ),
        inner_door=_opening(
            builder, "inner-door", "OST_Doors", ("Single door", "Drehtür"), 0.885, 2.01
        ),
        window=_opening(builder, "window", "OST_Windows", ("Window", "Fenster"), 1.2, 1.4),
        table=_placed(builder, "table", "OST_Furniture", ("Table", "Tisch")),
        chair=_placed(builder, "chair", "OST_Furniture", ("Chair", "Stuhl")),
        bed=_placed(builder, "bed", "OST_Furniture", ("Bed", "Bett")),
        sink=_placed(builder, "sink", "OST_PlumbingFixtures", ("Sink", "Spüle")),
        basin=_placed(builder, "basin", "OST_PlumbingFixtures", ("Basin", "Waschbecken")),
        toilet=_placed(builder, "toilet", "OST_PlumbingFixtures", ("Toilet", "WC")),
        stairs=builder.add_type(
            "Autodesk.Revit.DB.Architecture.StairsType",
            "type-stairs",
            "OST_Stairs",
            text("Assembled Stair", "Treppe"),
            text("Timber", "Holz"),
        ),
        railing=builder.add_type(
            "Autodesk.Revit.DB.Architecture.RailingType",
            "type-railing",
            "OST_StairsRailing",
            text("Railing", "Geländer"),
            text("Timber 900", "Holz 900"),
            top_rail_height=m(0.9),
        ),
        room_tag=builder.add_type(
            "Autodesk.Revit.DB.Architecture.RoomTagType",
            "type-room-tag",
            "OST_RoomTags",
            text("Room tag", "Raumbeschriftung"),
            text("Name and number", "Name und Nummer"),
        ),
    )
    for host in (outer, inner, floor, roof, ceiling):
        used = dict.fromkeys(layer.material for layer in host.data["layers"])
        types.materials_of[host.id] = tuple(used)
    for kind, height in ((types.front_door, 2.13), (types.inner_door, 2.01), (types.window, 1.4)):
        types.height_of[kind.id] = m(height)
    for kind, size in (
        (types.table, (1.6, 0.8, 0.75)),
        (types.chair, (0.45, 0.45, 0.9)),
        (types.bed, (2.0, 1.8, 0.5)),
        (types.sink, (0.6, 0.6, 0.9)),
        (types.basin, (0.5, 0.6, 0.85)),
        (types.toilet, (0.6, 0.4, 0.8)),
    ):
        types.size_of[kind.id] = XYZ(*(m(length) for length in size))
    return types


def _family(
    builder: ModelBuilder, slug: str, category: str, name: str, placement: str
) -> ElementRecord:
    return builder.add(
        "Family", f"family-{slug}", name=name, family_category=category, placement=placement
    )


def _opening(
    builder: ModelBuilder,
    slug: str,
    category: str,
    names: tuple[str, str],
    width: float,
    height: float,
) -> ElementRecord:
    name = builder.text(*names)
    family = _family(builder, slug, category, name, "OneLevelBasedHosted")
    size = f"{round(width * 1000)} x {round(height * 1000)}"
    kind = builder.add_type("FamilySymbol", f"type-{slug}", category, name, size, of_family=family)
    builder.set(kind, "DOOR_WIDTH", m(width))
    builder.set(kind, "DOOR_HEIGHT", m(height))
    return kind


def _placed(
    builder: ModelBuilder, slug: str, category: str, names: tuple[str, str]
) -> ElementRecord:
    name = builder.text(*names)
    family = _family(builder, slug, category, name, "OneLevelBased")
    standard = builder.text("Standard", "Standard")
    return builder.add_type(
        "FamilySymbol", f"type-{slug}", category, name, standard, of_family=family
    )
