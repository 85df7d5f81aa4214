"""What stands in the concrete frame: openings, lintels, sleeves, services, furniture.

- `door-1` (mark D1) in `wall-bearing` with `lintel-1` and `lintel-2` over it, `window-1` (W1) in
  `wall-shear` with `radiator-1` and `radiator-2` under it, `door-2` without a mark in `wall-thin`;
  `lintel-3` and `radiator-3` are at no opening.
- Through `sleeve-1` run two pipes and a duct, through `sleeve-2` nothing.
- Risers pass a storey: `pipe-riser` (two levels, one no storey), `duct-riser`, `tray-riser`,
  `conduit-riser`; `pipe-short` is upright within its storey, `pipe-steep` runs through but aslant.
- On a wrong level: `desk-2`, `cupboard`, `socket-1`, `detector`, `unit-2`, `basin`, the risers and
  `tray-high`, `wall-lifted`; near a level and right: `desk-3`, `lamp-1`, `unit-3`, `tray-low`.
- To be cut alike: pipes `piece-1` and `piece-2`, and others that differ in one thing each (size,
  insulation, system, length); ducts `sheet-1`, `sheet-2`, and `sheet-3` of another size; panels.
"""

from revitron_grpc.simulation.database import ElementRecord
from revitron_grpc.simulation.models.builder import m, mm
from revitron_grpc.simulation.models.concrete_frame import Frame, place
from revitron_grpc.simulation.models.services import Place, Services
from revitron_grpc.simulation.revit.curves import Line

__all__ = ["add_openings", "add_outfit"]


def add_outfit(frame: Frame) -> None:
    """Add all of it."""
    add_openings(frame)
    _lintels(frame)
    _instances(frame)
    _runs(frame)
    _panels(frame)
    builder = frame.builder
    builder.add(
        "Wall",
        "wall-lifted",
        "OST_Walls",
        {"WALL_BASE_OFFSET": m(3.0), "WALL_USER_HEIGHT_PARAM": m(1.0)},
        type=frame.types["brick"],
        level=frame.levels[1],
        created_phase=frame.phase,
        curve=frame.find("wall-partition").data["curve"],
    )
    builder.add(
        "ParameterElement",
        "parameter-address",
        name=builder.text("Grid address", "Achsadresse"),
        spec="String.Text",
        parameter_group="IdentityData",
        categories=(
            "OST_StructuralFoundation",
            "OST_StructuralFraming",
            "OST_MechanicalEquipment",
            "OST_GenericModel",
        ),
    )


def add_openings(frame: Frame) -> None:
    """Add doors and a window; a linked copy of the frame has them too."""
    text = frame.builder.text
    door = frame.family_type("door", "OST_Doors", text("Door", "Tür"), "1000 x 2100")
    window = frame.family_type("window", "OST_Windows", text("Window", "Fenster"), "1200 x 1200")
    # Handle, type, wall, middle, sill, height, half the width, mark.
    for handle, kind, wall, (x, y), sill, height, half, mark in (
        ("door-1", door, "bearing", (6.0, 7.0), 0.0, 2.1, 0.5, "D1"),
        ("door-2", door, "thin", (3.0, 7.0), 0.0, 2.1, 0.5, ""),
        ("window-1", window, "shear", (12.0, 7.5), 0.9, 1.2, 0.6, "W1"),
    ):
        frame.builder.add(
            "FamilyInstance",
            handle,
            "OST_Windows" if kind is window else "OST_Doors",
            {"ALL_MODEL_MARK": mark} if mark else {},
            type=kind,
            host=frame.find(f"wall-{wall}"),
            level=frame.levels[1],
            created_phase=frame.phase,
            point=place(x, y, sill),
            box=(place(x - 0.1, y - half, sill), place(x + 0.1, y + half, sill + height)),
        )


def _lintels(frame: Frame) -> None:
    kind = frame.family_type(
        "lintel",
        "OST_StructuralFraming",
        frame.builder.text("Lintel", "Sturz"),
        "200",
        structural_material="PrecastConcrete",
    )
    for handle, x, y in (("1", 5.95, 7.0), ("2", 6.05, 7.0), ("3", 6.0, 9.2)):
        frame.member(
            f"lintel-{handle}",
            "OST_StructuralFraming",
            kind,
            frame.levels[1],
            {
                "ALL_MODEL_MARK": "L-D1" if handle == "1" else "",
                "STRUCTURAL_MATERIAL_PARAM": frame.find("material-concrete"),
            },
            curve=Line.between(place(x, y - 0.6, 2.35), place(x, y + 0.6, 2.35)),
            box=(place(x - 0.05, y - 0.6, 2.15), place(x + 0.05, y + 0.6, 2.35)),
        )


# Handle, category, family in English and German, level, point, half the width, bottom and top over
# the point (metres), and the number of the schedule level.
_INSTANCES: tuple[
    tuple[str, str, str, str, int, Place, float, tuple[float, float], int | None], ...
] = (
    ("sleeve-1", "OST_GenericModel", "Sleeve", "Hülse", 1, (4.4, 2.0, 2.6), 0.2, (-0.2, 0.2), None),
    ("sleeve-2", "OST_GenericModel", "Sleeve", "Hülse", 1, (8.0, 2.0, 2.6), 0.2, (-0.2, 0.2), None),
    (
        "radiator-1",
        "OST_MechanicalEquipment",
        "Radiator",
        "Heizkörper",
        1,
        (11.7, 7.2, 0.1),
        0.1,
        (0.0, 0.6),
        None,
    ),
    (
        "radiator-2",
        "OST_MechanicalEquipment",
        "Radiator",
        "Heizkörper",
        1,
        (11.7, 7.8, 0.1),
        0.1,
        (0.0, 0.6),
        None,
    ),
    (
        "radiator-3",
        "OST_MechanicalEquipment",
        "Radiator",
        "Heizkörper",
        1,
        (1.5, 9.5, 0.1),
        0.1,
        (0.0, 0.6),
        None,
    ),
    ("unit-1", "OST_MechanicalEquipment", "Unit", "Gerät", 1, (4.0, 2.0, 0.0), 0.4, (0, 1), None),
    ("unit-2", "OST_MechanicalEquipment", "Unit", "Gerät", 1, (13.0, 6.0, 3.2), 0.4, (0, 1), None),
    ("unit-3", "OST_MechanicalEquipment", "Unit", "Gerät", 2, (9.0, 8.0, 2.6), 0.4, (0, 1), None),
    ("basin", "OST_PlumbingFixtures", "Basin", "Becken", 2, (2.0, 8.0, 0.8), 0.3, (0, 0.2), None),
    ("diffuser", "OST_DuctTerminal", "Outlet", "Auslass", 1, (2.0, 3.0, 2.7), 0.2, (0, 0.1), None),
    (
        "sprinkler",
        "OST_Sprinklers",
        "Sprinkler",
        "Sprinkler",
        2,
        (2.0, 4.0, 2.0),
        0.1,
        (0, 0.1),
        None,
    ),
    ("desk-1", "OST_Furniture", "Desk", "Tisch", 1, (8.0, 2.0, 0.0), 0.4, (0, 0.7), None),
    ("desk-2", "OST_Furniture", "Desk", "Tisch", 1, (8.0, 3.0, 3.0), 0.4, (0, 0.7), None),
    ("desk-3", "OST_Furniture", "Desk", "Tisch", 2, (8.0, 4.0, 2.8), 0.4, (0, 0.7), None),
    ("desk-4", "OST_Furniture", "Desk", "Tisch", 2, (9.0, 4.0, 2.6), 0.4, (0, 0.7), None),
    ("cupboard", "OST_Casework", "Cupboard", "Schrank", 3, (9.0, 2.0, 0.0), 0.4, (0, 2), None),
    ("stage", "OST_SpecialityEquipment", "Stage", "Bühne", 1, (9.0, 3.0, 4.6), 0.4, (0, 1), None),
    ("socket-1", "OST_ElectricalFixtures", "Socket", "Dose", 1, (1.0, 2.0, 0.3), 0.05, (0, 0.1), 2),
    ("socket-2", "OST_ElectricalFixtures", "Socket", "Dose", 2, (1.0, 3.0, 0.3), 0.05, (0, 0.1), 1),
    ("lamp-1", "OST_LightingFixtures", "Lamp", "Leuchte", 2, (1.0, 4.0, 2.6), 0.1, (0, 0.1), None),
    ("switch-1", "OST_LightingDevices", "Switch", "Taster", 1, (1, 5, 4.1), 0.1, (0, 0.1), None),
    ("detector", "OST_FireAlarmDevices", "Detector", "Melder", 1, (1, 6, 5.9), 0.1, (0, 0.1), None),
    ("outlet", "OST_DataDevices", "Outlet", "Datendose", 2, (1.0, 7.0, 0.3), 0.1, (0, 0.1), None),
)


def _instances(frame: Frame) -> None:
    kinds: dict[tuple[str, str], ElementRecord] = {}
    for handle, category, english, german, level, point, half, (low, high), named in _INSTANCES:
        name = frame.builder.text(english, german)
        if (category, name) not in kinds:
            slug = f"{handle}-family"
            kinds[category, name] = frame.family_type(
                slug, category, f"{name} {category[4:]}", name
            )
        x, y, z = point
        values = (
            {} if named is None else {"INSTANCE_SCHEDULE_ONLY_LEVEL_PARAM": frame.levels[named]}
        )
        frame.builder.add(
            "FamilyInstance",
            handle,
            category,
            values,
            type=kinds[category, name],
            level=frame.levels[level],
            created_phase=frame.phase,
            point=place(*point),
            box=(place(x - half, y - half, z + low), place(x + half, y + half, z + high)),
        )


def _runs(frame: Frame) -> None:
    builder, text = frame.builder, frame.builder.text
    services = Services(builder)
    db = "Autodesk.Revit.DB"
    pipe = builder.add_type(
        f"{db}.Plumbing.PipeType",
        "type-pipe",
        "OST_PipeCurves",
        text("Pipe Types", "Rohrtypen"),
        text("Steel", "Stahl"),
    )
    duct = builder.add_type(
        f"{db}.Mechanical.DuctType",
        "type-duct",
        "OST_DuctCurves",
        text("Rectangular Duct", "Rechteckiger Luftkanal"),
        text("Steel sheet", "Stahlblech"),
        shape="Rectangular",
    )
    tray = builder.add_type(
        f"{db}.Electrical.CableTrayType",
        "type-tray",
        "OST_CableTray",
        text("Cable Tray", "Kabeltrasse"),
        text("Ladder", "Leiter"),
    )
    conduit = builder.add_type(
        f"{db}.Electrical.ConduitType",
        "type-conduit",
        "OST_Conduit",
        text("Conduit", "Leerrohr"),
        text("Rigid", "Starr"),
    )
    wrap = builder.add_type(
        f"{db}.Plumbing.PipeInsulationType",
        "type-wrap",
        "OST_PipeInsulations",
        text("Pipe Insulation", "Rohrdämmung"),
        text("Mineral wool", "Mineralwolle"),
    )
    systems: dict[str, ElementRecord] = {}
    for short, name, classification in (
        ("HS", text("Heating supply", "Heizung Vorlauf"), "SupplyHydronic"),
        ("CW", text("Cold water", "Kaltwasser"), "DomesticColdWater"),
    ):
        kind = builder.add(
            f"{db}.Plumbing.PipingSystemType",
            f"type-system-{short}",
            "OST_PipingSystem",
            name=name,
            family_name=text("Piping System", "Rohrsystem"),
            is_type=True,
            abbreviation=short,
            classification=classification,
        )
        systems[short] = services.system(f"system-{short}", f"{short} 1", kind)
    # What, handle, level, start, end, size in millimetres, system.
    for what, handle, level, begin, end, size, system in (
        ("pipe", "pipe-riser", 1, (1.0, 1.0, 0.5), (1.0, 1.0, 5.5), 50, "HS"),
        ("pipe", "pipe-short", 1, (1.2, 1.0, 0.2), (1.2, 1.0, 2.8), 50, "HS"),
        ("pipe", "pipe-steep", 2, (1.4, 1.0, 0.5), (2.4, 1.0, 5.5), 50, "HS"),
        ("duct", "duct-riser", 1, (10.0, 1.0, 1.0), (10.0, 1.0, 5.5), (400, 200), ""),
        ("duct", "duct-short", 1, (10.5, 1.0, 1.0), (10.5, 1.0, 2.9), (400, 200), ""),
        ("tray", "tray-riser", 1, (9.0, 1.0, 1.0), (9.0, 1.0, 5.5), (200, 60), ""),
        ("tray", "tray-low", 2, (7.0, 8.0, 2.5), (9.0, 8.0, 2.5), (200, 60), ""),
        ("tray", "tray-high", 2, (7.0, 9.0, 1.8), (9.0, 9.0, 1.8), (200, 60), ""),
        ("conduit", "conduit-riser", 2, (9.5, 1.0, 2.0), (9.5, 1.0, 4.2), 25, ""),
        ("pipe", "through-1", 1, (3.5, 2.0, 2.6), (5.5, 2.0, 2.6), 50, "CW"),
        ("pipe", "through-2", 1, (3.5, 2.1, 2.6), (5.5, 2.1, 2.6), 50, "CW"),
        ("duct", "through-3", 1, (3.5, 1.9, 2.6), (5.5, 1.9, 2.6), (200, 100), ""),
        ("pipe", "piece-1", 1, (0.5, 3.0, 2.7), (2.5, 3.0, 2.7), 25, "HS"),
        ("pipe", "piece-2", 1, (0.5, 3.2, 2.7), (0.5, 5.2002, 2.7), 25, "HS"),
        ("pipe", "piece-wide", 1, (0.5, 3.4, 2.7), (2.5, 3.4, 2.7), 32, "HS"),
        ("pipe", "piece-water", 1, (0.5, 3.6, 2.7), (2.5, 3.6, 2.7), 25, "CW"),
        ("pipe", "piece-wrapped", 1, (0.5, 3.8, 2.7), (2.5, 3.8, 2.7), 25, "HS"),
        ("pipe", "piece-long", 1, (0.5, 4.0, 2.7), (2.52, 4.0, 2.7), 25, "HS"),
        ("duct", "sheet-1", 1, (0.5, 4.2, 2.5), (2.0, 4.2, 2.5), (300, 200), ""),
        ("duct", "sheet-2", 1, (0.5, 4.6, 2.5), (2.0, 4.6, 2.5), (300, 200), ""),
        ("duct", "sheet-3", 1, (0.5, 4.9, 2.5), (2.0, 4.9, 2.5), (300, 150), ""),
        ("duct", "sheet-4", 1, (0.5, 4.4, 2.5), (2.2, 4.4, 2.5), (300, 200), ""),
    ):
        services.level = frame.levels[level]
        kind = {"pipe": pipe, "duct": duct, "tray": tray, "conduit": conduit}[what]
        services.run(what, handle, begin, end, size, kind, systems.get(system))
    for record, mark in (("piece-1", "R2"), ("piece-wide", "R2"), ("sheet-2", "K7")):
        builder.set(frame.find(record), "ALL_MODEL_MARK", mark)
    services.wrap("wrap", frame.find("piece-wrapped"), wrap, 30.0)


def _panels(frame: Frame) -> None:
    """Add the glass of the storefront: two alike, one with a cut corner, one wider, one higher."""
    kind = frame.family_type(
        "panel", "OST_CurtainWallPanels", frame.builder.text("Glazed", "Verglasung"), "24"
    )
    for index, (slug, width, height, area) in enumerate(
        (
            ("1", 1000, 1500, 1.5),
            ("2", 1000, 1500, 1.5),
            ("cut", 1000, 1500, 1.2),
            ("wide", 1200, 1500, 1.8),
            ("high", 1000, 1800, 1.8),
            ("flat", 0, 1500, 0.0),
        )
    ):
        frame.builder.add(
            "Panel",
            f"panel-{slug}",
            "OST_CurtainWallPanels",
            {
                "CURTAIN_WALL_PANELS_WIDTH": mm(width),
                "CURTAIN_WALL_PANELS_HEIGHT": mm(height),
                "HOST_AREA_COMPUTED": area * m(1.0) ** 2,
            },
            type=kind,
            host=frame.find("wall-curtain"),
            created_phase=frame.phase,
            point=place(1.0 + 0.7 * index, 0.0, 1.0),
        )
