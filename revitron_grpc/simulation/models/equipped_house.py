"""The small house with what planners of other trades put into and around it.

Beside the handles of models/small_house.py, by room (heights in metres above the storey):

- sockets `socket-1` and `socket-2` (living), `socket-3` (kitchen), `socket-4` (outside); a switch
  `switch-1` (bath) and a data outlet `outlet-1` (living); a board `board` (hall);
- lamps above the rooms, at 2.7: `lamp-1` and `lamp-2` in a northern row and `lamp-3` south of it
  (living), `lamp-4` (hall), `lamp-5` (outside); `detector-1` (living), `detector-2` (hall),
  `detector-3` (bedroom), at 2.55;
- air terminals `diffuser-1` (living), `diffuser-2` (kitchen), `diffuser-3` (outside), at 2.7;
  `boiler` (kitchen), `fan` (landing), `heat-pump` (outside); `sprinkler-1` (living);
- `monitor` (bedroom), `scale` (bath), `trolley` (outside), medical; `locker-1` (hall), special;
  `cupboard-1` (kitchen), casework;
- desks `desk-1` to `desk-3` of a furniture system (living), `desk-chair` nested in `desk-1`;
- cameras `camera-1` (looks north-east), `camera-2` (south), `camera-3` (down);
- parking places `parking-1` to `parking-5` in two rows and one below on `level-2`; piles `pile-1`
  to `pile-5` in two rows, `pile-4` on `level-2`; a strip foundation `strip` that is no instance;
- runs: `pipe-1` from kitchen to living, `pipe-2` inside of the kitchen, `duct-1` from hall to
  living, `duct-2` inside of the living room, `tray-1` from hall to kitchen, `conduit-1` outside;
- a glazed screen `screen` in the living room's west wall, a curtain wall, and `screen-free`, which
  stands alone;
- spaces `space-1` (living) and `space-3` (hall) of `zone-south`, `space-2` (kitchen) of
  `zone-north`, above them `space-4` of `zone-south` and `space-5` of no zone but the default one,
  with 10, 20 ... litres a second of supply air and half of it exhaust air;
- area schemes `scheme-gross` and `scheme-rental` with areas `area-1` to `area-6`, of which
  `area-5` is not placed.
"""

import math

from revitron_grpc.simulation.database import Database, ElementRecord
from revitron_grpc.simulation.models.builder import ModelBuilder, m
from revitron_grpc.simulation.models.services import litres
from revitron_grpc.simulation.models.small_house import start_small_house
from revitron_grpc.simulation.models.small_house_second import make_second
from revitron_grpc.simulation.revit.curves import Line
from revitron_grpc.simulation.revit.geometry import XYZ
from revitron_grpc.simulation.revit.rooms import sides

__all__ = ["equipped_house"]

# Handle, type, level, place in metres, angle of the facing in degrees (south, if nothing is said).
_THINGS: tuple[tuple[str, str, int, tuple[float, float, float], float], ...] = (
    ("socket-1", "socket", 1, (0.3, 4.0, 0.3), 0.0),
    ("socket-2", "socket", 1, (4.0, 7.7, 0.3), 270.0),
    ("socket-3", "socket", 1, (9.7, 1.0, 0.3), 180.0),
    ("socket-4", "socket", 1, (-1.0, 1.0, 0.3), 180.0),
    ("switch-1", "switch", 2, (6.2, 2.0, 1.05), 0.0),
    ("outlet-1", "outlet", 1, (0.3, 2.0, 0.3), 0.0),
    ("board", "board", 1, (9.7, 7.0, 1.2), 180.0),
    ("lamp-1", "lamp", 1, (4.5, 6.0, 2.7), 270.0),
    ("lamp-2", "lamp", 1, (1.5, 6.2, 2.7), 270.0),
    ("lamp-3", "lamp", 1, (3.0, 2.0, 2.7), 270.0),
    ("lamp-4", "lamp", 1, (8.0, 6.0, 2.7), 270.0),
    ("lamp-5", "lamp", 1, (-1.0, 4.0, 2.7), 270.0),
    ("detector-1", "detector", 1, (3.0, 4.0, 2.55), 270.0),
    ("detector-2", "detector", 1, (8.0, 5.0, 2.55), 270.0),
    ("detector-3", "detector", 2, (3.0, 4.0, 2.55), 270.0),
    ("diffuser-1", "diffuser", 1, (3.0, 6.0, 2.7), 270.0),
    ("diffuser-2", "diffuser", 1, (8.0, 2.0, 2.7), 270.0),
    ("diffuser-3", "diffuser", 1, (12.0, 2.0, 2.7), 270.0),
    ("boiler", "boiler", 1, (9.5, 3.5, 0.0), 180.0),
    ("fan", "fan", 2, (8.0, 6.0, 0.0), 270.0),
    ("heat-pump", "boiler", 1, (12.0, 5.0, 0.0), 270.0),
    ("sprinkler-1", "sprinkler", 1, (3.0, 3.0, 2.5), 270.0),
    ("monitor", "monitor", 2, (1.0, 4.0, 0.0), 0.0),
    ("scale", "scale", 2, (8.0, 1.0, 0.0), 0.0),
    ("trolley", "monitor", 1, (12.0, 7.0, 0.0), 0.0),
    ("locker-1", "locker", 1, (6.5, 7.5, 0.0), 270.0),
    ("cupboard-1", "cupboard", 1, (7.0, 0.5, 0.0), 90.0),
    ("desk-1", "desk", 1, (4.5, 5.0, 0.0), 270.0),
    ("desk-2", "desk", 1, (1.5, 5.2, 0.0), 270.0),
    ("desk-3", "desk", 1, (3.0, 1.0, 0.0), 270.0),
    ("desk-chair", "desk", 1, (4.5, 4.5, 0.0), 90.0),
    ("camera-1", "camera", 1, (10.4, 8.4, 2.2), 45.0),
    ("camera-2", "camera", 1, (5.0, -0.4, 2.2), 270.0),
    ("camera-3", "camera", 1, (8.0, 7.0, 2.5), 270.0),
    ("parking-1", "parking", 1, (5.0, -6.0, 0.0), 270.0),
    ("parking-2", "parking", 1, (2.5, -6.3, 0.0), 270.0),
    ("parking-3", "parking", 1, (0.0, -12.0, 0.0), 270.0),
    ("parking-4", "parking", 1, (2.5, -12.0, 0.0), 270.0),
    ("parking-5", "parking", 2, (0.0, -6.0, 0.0), 270.0),
    ("pile-1", "pile", 1, (8.0, 8.0, -1.0), 270.0),
    ("pile-2", "pile", 1, (2.0, 8.4, -1.0), 270.0),
    ("pile-3", "pile", 1, (2.0, 0.0, -1.0), 270.0),
    ("pile-4", "pile", 2, (8.0, 0.0, -1.0), 270.0),
    ("pile-5", "pile", 1, (5.0, 0.0, -1.0), 270.0),
)
_TYPES: dict[str, tuple[str, str, str]] = {
    "socket": ("OST_ElectricalFixtures", "Socket", "Steckdose"),
    "switch": ("OST_LightingDevices", "Switch", "Schalter"),
    "outlet": ("OST_DataDevices", "Data outlet", "Datendose"),
    "board": ("OST_ElectricalEquipment", "Board", "Verteiler"),
    "lamp": ("OST_LightingFixtures", "Lamp", "Leuchte"),
    "detector": ("OST_FireAlarmDevices", "Detector", "Melder"),
    "diffuser": ("OST_DuctTerminal", "Diffuser", "Luftdurchlass"),
    "boiler": ("OST_MechanicalEquipment", "Heat generator", "Wärmeerzeuger"),
    "fan": ("OST_MechanicalEquipment", "Fan", "Ventilator"),
    "sprinkler": ("OST_Sprinklers", "Sprinkler", "Sprinkler"),
    "monitor": ("OST_MedicalEquipment", "Monitor", "Monitor"),
    "scale": ("OST_MedicalEquipment", "Scale", "Waage"),
    "locker": ("OST_SpecialityEquipment", "Locker", "Schließfach"),
    "cupboard": ("OST_Casework", "Cupboard", "Schrank"),
    "desk": ("OST_FurnitureSystems", "Desk", "Schreibtisch"),
    "camera": ("OST_SecurityDevices", "Camera", "Kamera"),
    "parking": ("OST_Parking", "Parking place", "Stellplatz"),
    "pile": ("OST_StructuralFoundation", "Pile", "Pfahl"),
}
# Class, category, level, begin and end in metres.
_RUNS = (
    ("pipe-1", "Plumbing.Pipe", "OST_PipeCurves", (8.0, 1.0, 2.0), (2.0, 1.0, 2.0)),
    ("pipe-2", "Plumbing.Pipe", "OST_PipeCurves", (9.0, 0.5, 0.5), (9.0, 3.5, 0.5)),
    ("duct-1", "Mechanical.Duct", "OST_DuctCurves", (9.0, 5.0, 2.3), (3.0, 5.0, 2.3)),
    ("duct-2", "Mechanical.Duct", "OST_DuctCurves", (1.0, 2.0, 2.3), (5.0, 2.0, 2.3)),
    ("tray-1", "Electrical.CableTray", "OST_CableTray", (9.0, 7.0, 2.4), (9.0, 1.0, 2.4)),
    ("conduit-1", "Electrical.Conduit", "OST_Conduit", (12.0, 1.0, 0.5), (12.0, 6.0, 0.5)),
)


def equipped_house(*, second: bool) -> Database:
    """Build the model; see models/small_house_second.py for the second flavour."""
    title = "Haus mit Ausstattung" if second else "Equipped house"
    builder = ModelBuilder(title, language="de" if second else "en", metric=second)
    start_small_house(builder)
    _things(builder)
    _runs(builder)
    _screens(builder)
    _areas(builder)
    _spaces(builder)
    if second:
        make_second(builder)
    return builder.finish()


def _point(x: float, y: float, z: float = 0.0) -> XYZ:
    return XYZ(m(x), m(y), m(z))


def _things(builder: ModelBuilder) -> None:
    find, types = builder.database.by_handle, _types(builder)
    phase = find("phase-2")
    for handle, slug, storey, (x, y, z), facing in _THINGS:
        category = _TYPES[slug][0]
        builder.add(
            "FamilyInstance",
            handle,
            category,
            type=types[slug],
            level=find(f"level-{storey}"),
            created_phase=phase,
            point=_point(x, y, z + (storey - 1) * 3.0),
            rotation=math.radians(facing - 90.0),
        )
    find("camera-3").data["facing"] = XYZ(0.0, 0.0, -1.0)
    find("desk-chair").data["super"] = find("desk-1").id
    builder.add(
        "WallFoundation",
        "strip",
        "OST_StructuralFoundation",
        {"ALL_MODEL_MARK": "P-001"},
        level=find("level-1"),
        created_phase=phase,
        host=find("wall-1-north"),
    )


def _types(builder: ModelBuilder) -> dict[str, ElementRecord]:
    made: dict[str, ElementRecord] = {}
    for slug, (category, english, german) in _TYPES.items():
        name = builder.text(english, german)
        family = builder.add(
            "Family",
            f"family-{slug}",
            name=name,
            family_category=category,
            placement="OneLevelBased",
        )
        made[slug] = builder.add_type(
            "FamilySymbol", f"type-{slug}", category, name, name, of_family=family
        )
    return made


def _runs(builder: ModelBuilder) -> None:
    find, types = builder.database.by_handle, dict[str, ElementRecord]()
    for handle, kind, category, begin, end in _RUNS:
        slug = handle.rpartition("-")[0]
        if slug not in types:
            types[slug] = builder.add_type(
                f"Autodesk.Revit.DB.{kind}Type", f"type-{slug}", category, slug.title(), "Standard"
            )
        builder.add(
            f"Autodesk.Revit.DB.{kind}",
            handle,
            category,
            type=types[slug],
            level=find("level-1"),
            created_phase=find("phase-2"),
            curve=Line.between(_point(*begin), _point(*end)),
        )


def _screens(builder: ModelBuilder) -> None:
    find, text = builder.database.by_handle, builder.text
    glazed = builder.add_type(
        "WallType",
        "type-screen",
        "OST_Walls",
        text("Curtain Wall", "Fassade"),
        text("Glazed screen", "Verglasung"),
        wall_kind="Curtain",
    )
    for handle, host, begin, end in (
        ("screen", find("wall-1-west"), (0.0, 3.0), (0.0, 5.0)),
        ("screen-free", None, (-3.0, 3.0), (-3.0, 5.0)),
    ):
        builder.add(
            "Wall",
            handle,
            "OST_Walls",
            {"WALL_USER_HEIGHT_PARAM": m(2.5)},
            type=glazed,
            host=host,
            level=find("level-1"),
            created_phase=find("phase-2"),
            curve=Line.between(_point(*begin), _point(*end)),
        )


def _areas(builder: ModelBuilder) -> None:
    find, text = builder.database.by_handle, builder.text
    gross = builder.add("AreaScheme", "scheme-gross", name=text("Gross", "BGF"), gross=True)
    rental = builder.add("AreaScheme", "scheme-rental", name=text("Rental", "Mietfläche"))
    flat, shared = text("Flat", "Wohnung"), text("Shared", "Gemeinschaft")
    store, building = text("Store area", "Lager"), text("Building area", "Gebäude")
    whole = (-0.18, 10.18, -0.18, 8.18)
    for handle, scheme, storey, name, kind, span in (
        ("area-1", gross, 1, text("House", "Haus"), building, whole),
        ("area-2", gross, 2, text("House", "Haus"), building, whole),
        ("area-3", rental, 1, flat, store, (0.0, 6.0, 0.0, 8.0)),
        ("area-4", rental, 1, shared, store, (6.0, 10.0, 0.0, 4.0)),
        ("area-6", rental, 1, flat, store, (6.0, 10.0, 4.0, 8.0)),
        ("area-5", rental, 2, flat, store, None),
    ):
        data: dict[str, object] = {}
        if span is not None:
            x0, x1, y0, y1 = span
            z = (storey - 1) * 3.0
            corners = [_point(*c, z) for c in ((x0, y0), (x1, y0), (x1, y1), (x0, y1))]
            data["point"] = _point((x0 + x1) / 2.0, (y0 + y1) / 2.0, z)
            data["boundary"] = (sides(corners, [None] * 4),)
        builder.add(
            "Area",
            handle,
            "OST_Areas",
            {"ROOM_NAME": name, "ROOM_NUMBER": handle.rpartition("-")[2]},
            level=find(f"level-{storey}"),
            area_scheme=scheme,
            area_type=kind,
            **data,
        )


def _spaces(builder: ModelBuilder) -> None:
    find, text = builder.database.by_handle, builder.text
    zones = {
        slug: builder.add(
            "Autodesk.Revit.DB.Mechanical.Zone",
            f"zone-{slug}",
            "OST_HVAC_Zones",
            name=name,
            default=slug == "default",
        )
        for slug, name in (
            ("default", text("Default", "Vorgabe")),
            ("north", text("North", "Nord")),
            ("south", text("South", "Süd")),
        )
    }
    left, below, above = (
        (0.18, 5.94, 0.18, 7.82),
        (6.06, 9.82, 0.18, 3.94),
        (6.06, 9.82, 4.06, 7.82),
    )
    for number, zone, storey, (x0, x1, y0, y1) in (
        (1, "south", 1, left),
        (2, "north", 1, below),
        (3, "south", 1, above),
        (4, "south", 2, left),
        (5, "default", 2, below),
    ):
        z = (storey - 1) * 3.0
        corners = [_point(*c, z) for c in ((x0, y0), (x1, y0), (x1, y1), (x0, y1))]
        builder.add(
            "Autodesk.Revit.DB.Mechanical.Space",
            f"space-{number}",
            "OST_MEPSpaces",
            {
                "ROOM_NUMBER": str(number),
                "ROOM_NAME": text("Space", "Raum"),
                "ROOM_UPPER_OFFSET": m(2.6),
                "ROOM_DESIGN_SUPPLY_AIRFLOW_PARAM": litres(10.0 * number),
                "ROOM_DESIGN_EXHAUST_AIRFLOW_PARAM": litres(5.0 * number),
            },
            level=find(f"level-{storey}"),
            created_phase=find("phase-2"),
            point=_point((x0 + x1) / 2.0, (y0 + y1) / 2.0, z),
            boundary=(sides(corners, [None] * 4),),
            zone=zones[zone],
        )
