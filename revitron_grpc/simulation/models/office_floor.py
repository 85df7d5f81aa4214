"""One storey of an office, 12 by 8 metres: a plant room, a corridor, two offices, and its services.

Handles of the building: `level-1`, `level-2` (3.6 m); walls `wall-north`, `wall-east`,
`wall-south`, `wall-west`, `wall-plant` (F90), `wall-corridor` (F30) and `wall-offices` (no
rating); rooms `room-plant`, `room-corridor`, `room-office-1`, `room-office-2`; doors `door-plant`,
`door-office-1`, `door-office-2` and `door-out`; `ceiling-office-1`; `beam-low` and `beam-high` in
the corridor, and a steep `brace`; `scanner`, `scanner-old` (demolished) and `fridge`. Services
stand in the modules beside this one.

The second flavour is German, in millimetres and workshared: a colleague holds `heating-valve`,
`basin-2` and `system-return`, `fan-coil-2` is in the group `group-coil`, `diffuser-3` in a design
option, and the wall of the plant room stands since the existing phase. In the architect's model
(`link-architect`) the wall between the offices is rated F90, and only there stands a room 2.01.
The view `view-locked` (3D Abluft) follows a template, `view-known` (3D Zuluft) does not.
"""

import math

from revitron_grpc.simulation.database import Database, ElementRecord
from revitron_grpc.simulation.models.air import add_air
from revitron_grpc.simulation.models.builder import ModelBuilder, m
from revitron_grpc.simulation.models.empty_project import start
from revitron_grpc.simulation.models.pipes_and_ducts import add_pipes
from revitron_grpc.simulation.models.services import Services
from revitron_grpc.simulation.models.trays import add_trays
from revitron_grpc.simulation.revit.compound import Layer
from revitron_grpc.simulation.revit.curves import Line
from revitron_grpc.simulation.revit.geometry import XYZ
from revitron_grpc.simulation.revit.loops import CurveLoop
from revitron_grpc.simulation.revit.rooms import sides

__all__ = ["STOREY", "architects_model", "office_floor", "place", "start_office_floor"]

STOREY = 3.6
"""Height of the storey in metres."""
_WIDE, _DEEP, _PLANT, _CORRIDOR, _OFFICES = 12.0, 8.0, 4.0, 3.0, 8.0


def place(x: float, y: float, z: float = 0.0) -> XYZ:
    """Return a point given in metres."""
    return XYZ(m(x), m(y), m(z))


def office_floor(*, second: bool) -> Database:
    """Build the model with all its services."""
    title = "Bürogeschoss" if second else "Office floor"
    builder = ModelBuilder(title, language="de" if second else "en", metric=second)
    start_office_floor(builder)
    services = Services(builder)
    add_pipes(services)
    add_air(services)
    add_trays(services)
    services.join()
    _parameters(builder)
    if second:
        _make_second(builder)
    return builder.finish()


def start_office_floor(builder: ModelBuilder) -> None:
    """Add the building: levels, rated and plain walls, rooms, doors and a ceiling."""
    start(builder)
    find = builder.database.by_handle
    upper = find("level-2")
    builder.database.write(upper, "elevation", m(STOREY))
    walls = _walls(builder, _wall_types(builder))
    _rooms(builder, walls)
    _doors(builder, walls)
    _ceiling(builder)
    _beams(builder)
    _special_equipment(builder)
    builder.add_type(
        "ViewFamilyType",
        "type-view-3d",
        "OST_Views",
        builder.text("3D View", "3D-Ansicht"),
        builder.text("3D View", "3D-Ansicht"),
        view_family="ThreeDimensional",
    )


def _beams(builder: ModelBuilder) -> None:
    find = builder.database.by_handle
    family = builder.text("Steel beam", "Stahlträger")
    kind = builder.add_type("FamilySymbol", "type-beam", "OST_StructuralFraming", family, "HEA 200")
    beams = {
        "beam-low": ((9.0, 0.2, 2.34), (9.0, 2.8, 2.34)),
        "beam-high": ((11.0, 0.2, 2.41), (11.0, 2.8, 2.41)),
        "brace": ((10.0, 0.2, 1.9), (10.0, 1.2, 3.4)),
    }
    for handle, (begin, end) in beams.items():
        low, high = place(*begin), place(*end)
        half = XYZ(m(0.1), m(0.1), m(0.1))
        builder.add(
            "FamilyInstance",
            handle,
            "OST_StructuralFraming",
            type=kind,
            level=find("level-1"),
            created_phase=find("phase-2"),
            curve=Line.between(low, high),
            box=(low.minus(half), high.plus(half)),
        )


def _special_equipment(builder: ModelBuilder) -> None:
    find = builder.database.by_handle
    sizes = {
        "scanner": (1.2, 1.0, 1.8, (10.0, 5.0), None),
        "scanner-old": (1.2, 1.0, 1.8, (10.0, 7.0), find("phase-2")),
        "fridge": (0.6, 0.6, 1.8, (6.0, 4.0), None),
    }
    names = {
        "scanner": builder.text("Scanner", "Scanner"),
        "fridge": builder.text("Fridge", "Kühlschrank"),
    }
    kinds = {
        slug: builder.add_type(
            "FamilySymbol", f"type-{slug}", "OST_SpecialityEquipment", name, "Standard"
        )
        for slug, name in names.items()
    }
    for handle, (wide, deep, high, (x, y), gone) in sizes.items():
        foot, half = place(x, y), XYZ(m(wide / 2.0), m(deep / 2.0), 0.0)
        builder.add(
            "FamilyInstance",
            handle,
            "OST_SpecialityEquipment",
            type=kinds[handle.removesuffix("-old")],
            level=find("level-1"),
            created_phase=find("phase-1" if gone else "phase-2"),
            demolished_phase=gone,
            point=foot,
            box=(foot.minus(half), foot.plus(half).plus(XYZ(0.0, 0.0, m(high)))),
        )


def _make_second(builder: ModelBuilder) -> None:
    database, find = builder.database, builder.database.by_handle
    database.is_workshared = True
    for handle in ("heating-valve", "basin-2", "system-return"):
        database.write(find(handle), "owner", "kollegin")
    database.write(find("wall-plant"), "created_phase", find("phase-1").id)
    option = builder.add(
        "DesignOption", "option-1", "OST_DesignOptions", name="Auslässe", primary=True
    )
    database.write(find("diffuser-3"), "option", option.id)
    kind = builder.add("GroupType", "group-type", "OST_IOSModelGroups", name="Gerät", is_type=True)
    group = builder.add(
        "Group",
        "group-coil",
        "OST_IOSModelGroups",
        name="Gerät",
        type=kind,
        level=find("level-1"),
        point=find("fan-coil-2").data["point"],
        members=(find("fan-coil-2"),),
    )
    database.write(find("fan-coil-2"), "group", group.id)
    template = builder.add(
        "View3D", "template-3d", "OST_Views", name="TGA", view_type="ThreeD", is_template=True
    )
    builder.add(
        "View3D",
        "view-locked",
        "OST_Views",
        name="3D Abluft",
        view_type="ThreeD",
        template=template,
    )
    builder.add("View3D", "view-known", "OST_Views", name="3D Zuluft", view_type="ThreeD")
    link_type = builder.add(
        "RevitLinkType", "link-type", "OST_RvtLinks", name="Architektur.rvt", is_type=True
    )
    builder.add(
        "RevitLinkInstance",
        "link-architect",
        "OST_RvtLinks",
        name="Architektur.rvt : 1 : Position <Nicht freigegeben>",
        type=link_type,
    )
    database.settings["links"] = {link_type.id: architects_model()}


def architects_model() -> Database:
    """Build the linked model of the second flavour: one rated wall and a room."""
    builder = ModelBuilder("Architektur", language="de", metric=True)
    start(builder)
    find = builder.database.by_handle
    types = _wall_types(builder)
    wall = builder.add(
        "Wall",
        "link-wall-offices",
        "OST_Walls",
        {"WALL_USER_HEIGHT_PARAM": m(STOREY)},
        type=types["f90"],
        level=find("level-1"),
        created_phase=find("phase-2"),
        curve=Line.between(place(_OFFICES, _CORRIDOR), place(_OFFICES, _DEEP)),
    )
    corners = [place(x, y) for x, y in ((8.1, 3.1), (11.9, 3.1), (11.9, 7.9), (8.1, 7.9))]
    builder.add(
        "Autodesk.Revit.DB.Architecture.Room",
        "link-room",
        "OST_Rooms",
        {"ROOM_NUMBER": "2.01", "ROOM_NAME": "Labor", "ROOM_UPPER_OFFSET": m(3.4)},
        level=find("level-1"),
        created_phase=find("phase-2"),
        point=place(10.0, 5.0),
        boundary=(sides(corners, [None, None, None, wall]),),
    )
    builder.database.is_linked = True
    return builder.finish()


def _parameters(builder: ModelBuilder) -> None:
    builder.add(
        "ParameterElement",
        "parameter-connection",
        name=builder.text("Connection", "Anschluss"),
        spec="String.Text",
        parameter_group="General",
        categories=(
            "OST_CableTray",
            "OST_DuctAccessory",
            "OST_DuctCurves",
            "OST_DuctTerminal",
            "OST_MechanicalEquipment",
            "OST_PipeAccessory",
            "OST_PipeCurves",
        ),
    )


def _wall_types(builder: ModelBuilder) -> dict[str, ElementRecord]:
    text = builder.text
    concrete = builder.add("Material", "material-concrete", "OST_Materials", name="C30/37").id
    family = text("Basic Wall", "Basiswand")
    names = {
        "plain": (text("Interior 100", "Innen 100"), 0.1, None, 0),
        "f30": (text("Interior F30", "Innen F30"), 0.1, "F30", 0),
        "f90": (text("Interior F90", "Innen F90"), 0.2, "F90", 0),
        "outer": (text("Exterior 300", "Außen 300"), 0.3, None, 1),
    }
    made: dict[str, ElementRecord] = {}
    for slug, (name, thickness, rating, function) in names.items():
        made[slug] = builder.add_type(
            "WallType",
            f"type-wall-{slug}",
            "OST_Walls",
            family,
            name,
            layers=(Layer("Structure", m(thickness), concrete),),
        )
        builder.set(made[slug], "FUNCTION_PARAM", function)
        if rating is not None:
            builder.set(made[slug], "FIRE_RATING", rating)
    return made


def _walls(builder: ModelBuilder, types: dict[str, ElementRecord]) -> dict[str, ElementRecord]:
    runs = {
        "west": ((0.0, 0.0), (0.0, _DEEP), "outer"),
        "north": ((0.0, _DEEP), (_WIDE, _DEEP), "outer"),
        "east": ((_WIDE, _DEEP), (_WIDE, 0.0), "outer"),
        "south": ((_WIDE, 0.0), (0.0, 0.0), "outer"),
        "plant": ((_PLANT, 0.0), (_PLANT, _DEEP), "f90"),
        "corridor": ((_PLANT, _CORRIDOR), (_WIDE, _CORRIDOR), "f30"),
        "offices": ((_OFFICES, _CORRIDOR), (_OFFICES, _DEEP), "plain"),
    }
    find = builder.database.by_handle
    return {
        slug: builder.add(
            "Wall",
            f"wall-{slug}",
            "OST_Walls",
            {"WALL_HEIGHT_TYPE": find("level-2")},
            type=types[kind],
            level=find("level-1"),
            created_phase=find("phase-2"),
            curve=Line.between(place(*begin), place(*end)),
        )
        for slug, (begin, end, kind) in runs.items()
    }


def _rooms(builder: ModelBuilder, walls: dict[str, ElementRecord]) -> None:
    text, find = builder.text, builder.database.by_handle
    spans = {
        "plant": ("1.01", text("Plant room", "Technik"), (0.0, _PLANT, 0.0, _DEEP)),
        "corridor": ("1.02", text("Corridor", "Flur"), (_PLANT, _WIDE, 0.0, _CORRIDOR)),
        "office-1": ("1.03", text("Office", "Büro"), (_PLANT, _OFFICES, _CORRIDOR, _DEEP)),
        "office-2": ("1.04", text("Office", "Büro"), (_OFFICES, _WIDE, _CORRIDOR, _DEEP)),
    }
    around = {
        "plant": ("south", "plant", "north", "west"),
        "corridor": ("south", "east", "corridor", "plant"),
        "office-1": ("corridor", "offices", "north", "plant"),
        "office-2": ("corridor", "east", "north", "offices"),
    }
    for slug, (number, name, (x0, x1, y0, y1)) in spans.items():
        inset = 0.1
        corners = [
            place(*corner)
            for corner in (
                (x0 + inset, y0 + inset),
                (x1 - inset, y0 + inset),
                (x1 - inset, y1 - inset),
                (x0 + inset, y1 - inset),
            )
        ]
        builder.add(
            "Autodesk.Revit.DB.Architecture.Room",
            f"room-{slug}",
            "OST_Rooms",
            {"ROOM_NUMBER": number, "ROOM_NAME": name, "ROOM_UPPER_OFFSET": m(3.4)},
            level=find("level-1"),
            created_phase=find("phase-2"),
            point=place((x0 + x1) / 2.0, (y0 + y1) / 2.0),
            boundary=(sides(corners, [walls[side] for side in around[slug]]),),
        )


def _doors(builder: ModelBuilder, walls: dict[str, ElementRecord]) -> None:
    find = builder.database.by_handle
    family = builder.text("Single door", "Drehtür")
    kinds: dict[float, ElementRecord] = {}
    for width in (0.885, 1.26):
        name = f"{width * 1000:.0f} x 2135"
        kind = builder.add_type("FamilySymbol", f"type-door-{name}", "OST_Doors", family, name)
        builder.set(kind, "DOOR_WIDTH", m(width))
        builder.set(kind, "DOOR_HEIGHT", m(2.135))
        kinds[width] = kind
    doors = {
        "plant": ("plant", (_PLANT, 1.5), 0.0, 1.26),
        "office-1": ("corridor", (6.0, _CORRIDOR), 90.0, 0.885),
        "office-2": ("corridor", (10.0, _CORRIDOR), 90.0, 0.885),
        "out": ("south", (9.0, 0.0), 270.0, 1.26),
    }
    for slug, (wall, (x, y), facing, width) in doors.items():
        builder.add(
            "FamilyInstance",
            f"door-{slug}",
            "OST_Doors",
            type=kinds[width],
            host=walls[wall],
            level=find("level-1"),
            created_phase=find("phase-2"),
            point=place(x, y),
            rotation=math.radians(facing + 90.0),
        )


def _ceiling(builder: ModelBuilder) -> None:
    find, text = builder.database.by_handle, builder.text
    kind = builder.add_type(
        "CeilingType",
        "type-ceiling",
        "OST_Ceilings",
        text("Compound Ceiling", "Verbunddecke"),
        text("Mineral fibre 20", "Mineralfaser 20"),
        layers=(Layer("Finish2", m(0.02), find("material-concrete").id),),
    )
    corners = ((4.1, 3.05), (7.95, 3.05), (7.95, 7.85), (4.1, 7.85))
    builder.add(
        "Ceiling",
        "ceiling-office-1",
        "OST_Ceilings",
        {"CEILING_HEIGHTABOVELEVEL_PARAM": m(2.7)},
        type=kind,
        level=find("level-1"),
        created_phase=find("phase-2"),
        profile=(CurveLoop.polygon([place(x, y, 2.7) for x, y in corners]),),
    )
