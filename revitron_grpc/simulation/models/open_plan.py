"""Three rooms of 4 by 4 metres in a row: two with a line between them, one without a door.

`room-kitchen` and `room-dining` are divided by the room separation line `separation` alone;
`door-1` leads from outside into the dining room. `room-store` lies behind a wall and has no door.
"""

from revitron_grpc.simulation.database import Database
from revitron_grpc.simulation.models.builder import ModelBuilder, m
from revitron_grpc.simulation.models.empty_project import start
from revitron_grpc.simulation.revit.curves import Line
from revitron_grpc.simulation.revit.geometry import XYZ
from revitron_grpc.simulation.revit.rooms import sides

__all__ = ["open_plan"]


def open_plan(*, second: bool) -> Database:
    """Build the model; the second flavour is German and in millimetres."""
    title = "Offener Grundriss" if second else "Open plan"
    builder = ModelBuilder(title, language="de" if second else "en", metric=second)
    start(builder)
    text, find = builder.text, builder.database.by_handle
    line = builder.add(
        "ModelLine",
        "separation",
        "OST_RoomSeparationLines",
        level=find("level-1"),
        created_phase=find("phase-2"),
        curve=Line.between(_point(4.0, 0.0), _point(4.0, 4.0)),
    )
    names = {
        "kitchen": text("Kitchen", "Küche"),
        "dining": text("Dining", "Essen"),
        "store": text("Store", "Lager"),
    }
    bounds = {"kitchen": (None, line, None, None), "dining": (None, None, None, line)}
    for place, (slug, name) in enumerate(names.items()):
        left, right = place * 4.0, place * 4.0 + 4.0
        corners = [_point(x, y) for x, y in ((left, 0), (right, 0), (right, 4), (left, 4))]
        builder.add(
            "Autodesk.Revit.DB.Architecture.Room",
            f"room-{slug}",
            "OST_Rooms",
            {"ROOM_NUMBER": str(place + 1), "ROOM_NAME": name, "ROOM_UPPER_OFFSET": m(2.6)},
            level=find("level-1"),
            created_phase=find("phase-2"),
            point=_point(left + 2.0, 2.0),
            boundary=(sides(corners, bounds.get(slug, (None,) * 4)),),
        )
    family = builder.add(
        "Family", "family-door", name=text("Door", "Tür"), family_category="OST_Doors"
    )
    kind = builder.add_type(
        "FamilySymbol", "type-door", "OST_Doors", text("Door", "Tür"), "885", of_family=family
    )
    builder.add(
        "FamilyInstance",
        "door-1",
        "OST_Doors",
        type=kind,
        level=find("level-1"),
        created_phase=find("phase-2"),
        point=_point(6.0, 0.0),
        rotation=0.0,
    )
    return builder.finish()


def _point(x: float, y: float) -> XYZ:
    return XYZ(m(x), m(y), 0.0)
