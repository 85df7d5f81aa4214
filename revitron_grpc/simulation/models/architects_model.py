"""A linked architect's model, for the second flavours: its rooms lie where the own model stands.

It is drawn elsewhere and turned by a quarter, so that whoever forgets the place of the link finds
no room. It is German and has two phases. Rooms on level 1: `A1.01 Praxis` (left), `A1.02 Anmeldung`
(right, below), `A1.03 Windfang` (right, above); on level 2 `A2.01 Archiv` over the left half. Doors
lead from the practice and from the reception to the porch, and from the porch outside.
"""

import math

from revitron_grpc.simulation.database import Database, ElementRecord
from revitron_grpc.simulation.models.builder import ModelBuilder, m
from revitron_grpc.simulation.models.empty_project import start
from revitron_grpc.simulation.revit.compound import Layer
from revitron_grpc.simulation.revit.curves import Line
from revitron_grpc.simulation.revit.geometry import XYZ, Transform
from revitron_grpc.simulation.revit.rooms import sides

__all__ = ["architects_model", "link_architects_model"]

_EAST, _NORTH = 30.0, 20.0
"""Where the linked model's origin lies in the own one, in metres."""


def link_architects_model(builder: ModelBuilder) -> ElementRecord:
    """Link the model, not pinned, and return the instance: handles `link-type`, `link`."""
    kind = builder.add("RevitLinkType", "link-type", "OST_RvtLinks", name="Architekt.rvt")
    kind.data["is_type"] = True
    builder.database.settings["links"] = {kind.id: architects_model()}
    turned = Transform.CreateRotation(XYZ(0.0, 0.0, 1.0), math.pi / 2.0)
    place = Transform.CreateTranslation(XYZ(m(_EAST), m(_NORTH), 0.0)).Multiply(turned)
    return builder.add(
        "RevitLinkInstance",
        "link",
        "OST_RvtLinks",
        name="Architekt.rvt : 1 : Position <nicht gemeinsam genutzt>",
        type=kind,
        transform=place,
    )


def architects_model() -> Database:
    """Build the linked model as a document of its own."""
    builder = ModelBuilder("Architekt", language="de", metric=True)
    builder.database.is_linked = True
    start(builder)
    find = builder.database.by_handle
    levels, phase = (find("level-1"), find("level-2")), find("phase-2")
    brick = builder.add("Material", "material-brick", "OST_Materials", name="Ziegel")
    kind = builder.add_type(
        "WallType",
        "type-wall",
        "OST_Walls",
        "Basiswand",
        "Innen - 120",
        layers=(Layer("Structure", m(0.12), brick.id),),
    )
    # Names, department, storey, and the rectangle as it lies in the own model.
    rooms = (
        ("A1.01", "Praxis", "Behandlung", 1, (0.18, 0.18), (5.94, 7.82)),
        ("A1.02", "Anmeldung", "Verwaltung", 1, (6.06, 0.18), (9.82, 3.94)),
        ("A1.03", "Windfang", "Verwaltung", 1, (6.06, 4.06), (9.82, 7.82)),
        ("A2.01", "Archiv", "Verwaltung", 2, (0.18, 0.18), (5.94, 7.82)),
    )
    walls = {
        name: builder.add(
            "Wall",
            f"wall-{name}",
            "OST_Walls",
            {"WALL_USER_HEIGHT_PARAM": m(3.0)},
            type=kind,
            level=levels[0],
            created_phase=phase,
            curve=Line.between(_inside(*begin), _inside(*end)),
        )
        for name, begin, end in (
            ("middle", (6.0, 0.0), (6.0, 8.0)),
            ("cross", (6.0, 4.0), (10.0, 4.0)),
            ("north", (0.0, 8.0), (10.0, 8.0)),
        )
    }
    for number, name, department, storey, (x0, y0), (x1, y1) in rooms:
        z = (storey - 1) * 3.0
        corners = [_inside(*c, z) for c in ((x0, y0), (x1, y0), (x1, y1), (x0, y1))]
        builder.add(
            "Autodesk.Revit.DB.Architecture.Room",
            f"room-{number}",
            "OST_Rooms",
            {
                "ROOM_NUMBER": number,
                "ROOM_NAME": name,
                "ROOM_DEPARTMENT": department,
                "ROOM_UPPER_OFFSET": m(2.6),
            },
            level=levels[storey - 1],
            created_phase=phase,
            point=_inside((x0 + x1) / 2.0, (y0 + y1) / 2.0, z),
            boundary=(sides(corners, _walls_around(number, walls)),),
        )
    family = builder.add(
        "Family",
        "family-door",
        name="Drehtür",
        family_category="OST_Doors",
        placement="OneLevelBasedHosted",
    )
    leaf = builder.add_type(
        "FamilySymbol", "type-door", "OST_Doors", "Drehtür", "760 x 2010", of_family=family
    )
    builder.set(leaf, "DOOR_WIDTH", m(0.76))
    builder.set(leaf, "DOOR_HEIGHT", m(2.01))
    # In the own model the doors face west and south; here everything is a quarter back.
    for number, (wall, place, angle) in enumerate(
        (
            ("middle", (6.0, 6.0), 180.0),
            ("cross", (8.0, 4.0), 270.0),
            ("north", (8.0, 8.0), 270.0),
        ),
        start=1,
    ):
        builder.add(
            "FamilyInstance",
            f"door-{number}",
            "OST_Doors",
            {"ALL_MODEL_MARK": f"T{number}"},
            type=leaf,
            host=walls[wall],
            level=levels[0],
            created_phase=phase,
            point=_inside(*place),
            rotation=math.radians(angle - 180.0),
        )
    return builder.finish()


def _walls_around(
    number: str, walls: dict[str, ElementRecord]
) -> tuple[ElementRecord | None, ElementRecord | None, ElementRecord | None, ElementRecord | None]:
    """Return what bounds a room below, right, above and left."""
    if number == "A1.01":
        return None, walls["middle"], walls["north"], None
    if number == "A1.02":
        return None, None, walls["cross"], walls["middle"]
    if number == "A1.03":
        return walls["cross"], None, walls["north"], walls["middle"]
    return None, None, None, None


def _inside(x: float, y: float, z: float = 0.0) -> XYZ:
    """Return the point of the linked model that lies at a place of the own one, in metres."""
    return XYZ(m(y - _NORTH), m(_EAST - x), m(z))
