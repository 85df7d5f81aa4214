"""Walls, rooms and family instances that a script makes."""

from typing import Any

from revitron_grpc.simulation.database import INVALID, Database, ElementRecord
from revitron_grpc.simulation.errors import NotSimulated, revit_error
from revitron_grpc.simulation.revit.curves import Curve, Line
from revitron_grpc.simulation.revit.enclosure import boundary_around
from revitron_grpc.simulation.revit.geometry import XYZ
from revitron_grpc.simulation.revit.rooms import holds_in_plan
from revitron_grpc.simulation.revit.stored import elevation_of, store, stored

_DEFAULT_HEIGHT = 10.0


def new_wall(
    document: Any, curve: Curve, level: int, kind: int | None = None, flipped: bool = False,
    height: float = _DEFAULT_HEIGHT, offset: float = 0.0,
) -> ElementRecord:  # fmt: skip
    """Make a wall along a curve: `Wall.Create`."""
    database = document._database
    base = database.get(level)
    if base is None or not base.kind.endswith(".Level"):
        raise revit_error(
            "ArgumentException", "The ElementId levelId does not correspond to a Level."
        )
    if not 0.0 < height <= 30000.0:
        raise revit_error(
            "ArgumentOutOfRangeException",
            "The given value for height must be greater than 0 and no more than 30000 feet.",
        )
    wall = database.add(
        "Wall",
        category="OST_Walls",
        type=_default_wall_type(database) if kind is None else kind,
        level=level,
        curve=curve,
        flipped=flipped,
        created_phase=current_phase(database),
    )
    store(wall, "WALL_USER_HEIGHT_PARAM", float(height))
    store(wall, "WALL_BASE_OFFSET", float(offset))
    store(wall, "WALL_ATTR_ROOM_BOUNDING", 1)
    return wall


def _default_wall_type(database: Database) -> int:
    default = database.settings.get("default_types", {}).get("WallType", INVALID)
    if database.get(default) is not None:
        return default
    for record in database.of_kind("WallType"):
        if record.data.get("wall_kind", "Basic") == "Basic":
            return record.id
    raise NotSimulated("DB.Wall.Create in a model without a basic wall type")


def current_phase(database: Database) -> int:
    """Return the phase of new elements: that of the active view, else the last."""
    view = database.get(database.settings.get("active_view", INVALID))
    phases = database.settings.get("phases", ())
    last = phases[-1] if phases else INVALID
    return last if view is None else view.data.get("view_phase", last)


def new_room(database: Database, where: Any, point: Any = None) -> ElementRecord:
    """Make a room: unplaced in a phase, or on a level at a point in plan."""
    database.check_writable()
    phases = database.settings.get("phases", ())
    german = database.language == "de"
    numbers = [stored(one, "ROOM_NUMBER", "") for one in database.of_kind("Room")]
    number = 1 + max((int(one) for one in numbers if one.isdigit()), default=0)
    data: dict[str, Any] = {"category": "OST_Rooms"}
    if point is None:
        data["created_phase"] = where._record.id
    else:
        level, z = where._record.id, elevation_of(database, where._record.id)
        place = XYZ(point.U, point.V, z)
        data.update(level=level, point=place, created_phase=phases[-1] if phases else INVALID)
        # A second room in the same place is redundant: it has no boundary (behaviour 34).
        here = [one for one in database.of_kind("Room") if one.data.get("level") == level]
        if not any(holds_in_plan(one, place) for one in here):
            data["boundary"] = boundary_around(database, level, place.X, place.Y, z)
    room = database.add("Architecture.Room", **data)
    store(room, "ROOM_NAME", "Raum" if german else "Room")
    store(room, "ROOM_NUMBER", str(number))
    # Making a room regenerates (page of Document.NewRoom).
    database.regenerate()
    return room


def new_instance(database: Database, where: Any, symbol: Any, *rest: Any) -> ElementRecord:
    """Place an instance of a family at a point, on a host or a level."""
    database.check_writable()
    kind = symbol._record
    if not kind.data.get("active", True):
        raise revit_error("ArgumentException", "The symbol is not active.\nParameter name: symbol")
    data: dict[str, Any] = {
        "category": kind.data.get("category"),
        "type": kind.id,
        "created_phase": current_phase(database),
    }
    if isinstance(where, Curve):
        data["curve"] = where
    elif isinstance(where, XYZ):
        data["point"] = where
    else:
        raise NotSimulated("NewFamilyInstance on a face or reference")
    records = [one._record for one in rest if hasattr(one, "_record")]
    for record in records:
        if record.kind.endswith(".Level"):
            data["level"] = record.id
        elif "view_type" in record.data:
            data["view"] = record.id
        else:
            data["host"] = record.id
            data.setdefault("level", record.data.get("level", INVALID))
            line = record.data.get("curve")
            if isinstance(line, Line) and "point" in data:
                # In a wall: on its axis, at the base of the level, square to it.
                data.update(_in_wall(record, line, data["point"]))
    if "host" not in data and "level" in data:
        # What stands on a level has it as its host (behaviour 37).
        data["host"] = data["level"]
    return database.add("FamilyInstance", **data)


def _in_wall(wall: ElementRecord, line: Line, point: XYZ) -> dict[str, Any]:
    place = line.Project(point).XYZPoint
    along = line.direction
    across = XYZ(0.0, 0.0, 1.0).cross(along).unit()
    if wall.data.get("flipped"):
        across = across.times(-1.0)
    return {"point": XYZ(place.X, place.Y, point.Z), "hand": along, "facing": across}
