"""A wing of a hospital: four storeys with 50 rooms each on a corridor, 200 in all.

On each storey (`level-1` to `level-4`, 3.6 metres apart) 24 rooms of 4 by 6 metres lie south of a
corridor of 2.4 metres and 24 north of it, a staircase at its east end. Rooms are `room-1-01`
(south-west) to `room-1-24`, `room-1-25` (north-west) to `room-1-48`, `room-1-49` (the corridor) and
`room-1-50` (the stair); numbers are `1.01` and so on. Doors bear the room that they open into:
`door-1-01` ...; `door-1-50` leads to the stair, and `door-out` from outside into the stair of
level 1. Storeys 1 and 2 are wards, 3 is surgery, 4 administration. Rooms of the wards have
windows to the south, `window-1-01` to `window-1-24`; patient rooms of level 1 a bed, `bed-01` ...

Deliberate faults:

- `room-unplaced-1` and `room-unplaced-2` are not placed, `room-open` is not enclosed;
- `room-2-12` has no department, `room-3-07` no name, `room-4-05` the number of `room-4-06`;
- `door-1-03` and `door-1-17` are mirrored (`door-2-05` is flipped twice, so it is not);
- `door-1-08` has the mark of `door-1-07`, `door-2-10` has none; room `1.20` has no door at all;
- `door-1-05` is narrower than all others; `window-2-09` is missing;
- the link `link-survey` is not pinned, `link-structure` is; neither is loaded;
- `reception` is of a family made in place; two beds stand in one place, with a warning.

The second flavour is German and in millimetres, workshared, with the architect's model linked
(see models/architects_model.py); there `room-1-01` is of the existing phase, `door-1-02` in a
design option, `room-1-02` and `door-1-04` held by a colleague, and two beds are a group.
"""

import math

from revitron_grpc.simulation.database import Database, ElementRecord
from revitron_grpc.simulation.models.architects_model import link_architects_model
from revitron_grpc.simulation.models.builder import ModelBuilder, m
from revitron_grpc.simulation.models.empty_project import start
from revitron_grpc.simulation.models.small_house_second import COLLEAGUE
from revitron_grpc.simulation.revit.compound import Layer
from revitron_grpc.simulation.revit.curves import Line
from revitron_grpc.simulation.revit.failures import Failure
from revitron_grpc.simulation.revit.geometry import XYZ
from revitron_grpc.simulation.revit.rooms import sides
from revitron_grpc.simulation.revit.worksharing import WorksetFacts

__all__ = ["hospital_wing"]

_STOREYS, _SLOTS = 4, 24
_HEIGHT, _ROOM, _DEEP, _CORRIDOR = 3.6, 4.0, 6.0, 2.4
_LONG, _NORTH = _ROOM * _SLOTS, _DEEP * 2 + _CORRIDOR
_INSET = 0.06
_NO_DOOR = "1-20"
_NO_WINDOW = "2-09"

_WARD = {0: ("Nurse station", "Stützpunkt"), 6: ("Store", "Lager"), 11: ("Bath", "Bad")}
_PATIENT = ("Patient room", "Patientenzimmer")
_SURGERY = (
    ("Operating room", "OP-Saal"),
    ("Preparation", "Vorbereitung"),
    ("Scrub", "Waschraum"),
    ("Store", "Lager"),
    ("Recovery", "Aufwachraum"),
    ("Preparation", "Vorbereitung"),
)
_DEPARTMENTS = (
    ("Ward", "Station"),
    ("Ward", "Station"),
    ("Surgery", "Chirurgie"),
    ("Administration", "Verwaltung"),
)


def hospital_wing(*, second: bool) -> Database:
    """Build the model."""
    title = "Bettenhaus" if second else "Hospital wing"
    builder = ModelBuilder(title, language="de" if second else "en", metric=second)
    wing = _Wing(builder)
    for storey in range(1, _STOREYS + 1):
        wing.add_storey(storey)
    wing.add_faults()
    if second:
        _make_second(builder)
    return builder.finish()


def _use(storey: int, slot: int) -> tuple[str, str]:
    """Return the names of a room by storey and slot, from 1."""
    if storey <= 2:
        return _WARD.get((slot - 1) % 12, _PATIENT)
    if storey == 3:
        return _SURGERY[(slot - 1) % 6]
    return ("Meeting", "Besprechung") if slot % 4 == 1 else ("Office", "Büro")


class _Wing:
    """The model while it is being built."""

    def __init__(self, builder: ModelBuilder) -> None:
        self.builder = builder
        self.text = builder.text
        start(builder)
        find = builder.database.by_handle
        self.phase = find("phase-2")
        self.levels = [find("level-1"), find("level-2")]
        builder.database.write(self.levels[1], "elevation", m(_HEIGHT))
        for number in range(3, _STOREYS + 2):
            self.levels.append(
                builder.add(
                    "Level",
                    f"level-{number}",
                    "OST_Levels",
                    name=self.text(f"Level {number}", f"Ebene {number}"),
                    elevation=m(_HEIGHT * (number - 1)),
                )
            )
        self._add_types()

    def _add_types(self) -> None:
        builder, text = self.builder, self.text
        concrete = builder.add("Material", "material-concrete", "OST_Materials", name="C30/37").id
        walls = text("Basic Wall", "Basiswand")
        self.wall_types = {
            slug: builder.add_type(
                "WallType",
                f"type-wall-{slug}",
                "OST_Walls",
                walls,
                name,
                layers=(Layer("Structure", m(0.12), concrete),),
            )
            for slug, name in (
                ("partition", text("Partition 120", "Trennwand 120")),
                ("corridor", text("Corridor 120 F30", "Flurwand 120 F30")),
                ("outer", text("Exterior 120", "Außenwand 120")),
            )
        }
        builder.set(self.wall_types["corridor"], "FIRE_RATING", "F30")
        for slug, function in (("partition", 0), ("corridor", 0), ("outer", 1)):
            builder.set(self.wall_types[slug], "FUNCTION_PARAM", function)
        self.door = self._opening_type("door", "OST_Doors", text("Door", "Tür"), 1.26, 2.13)
        self.narrow = self._opening_type("narrow", "OST_Doors", text("Door", "Tür"), 0.76, 2.01)
        self.window = self._opening_type("window", "OST_Windows", text("Window", "Fenster"), 2, 1.4)
        self.bed = self._placed_type("bed", "OST_SpecialityEquipment", text("Bed", "Bett"))

    def _opening_type(
        self, slug: str, category: str, family: str, width: float, height: float
    ) -> ElementRecord:
        size = f"{round(width * 1000)} x {round(height * 1000)}"
        made = self._placed_type(slug, category, family, size, "OneLevelBasedHosted")
        self.builder.set(made, "DOOR_WIDTH", m(width))
        self.builder.set(made, "DOOR_HEIGHT", m(height))
        return made

    def _placed_type(
        self,
        slug: str,
        category: str,
        family: str,
        name: str = "Standard",
        placement: str = "OneLevelBased",
    ) -> ElementRecord:
        own = self.builder.add(
            "Family",
            f"family-{slug}",
            name=family,
            family_category=category,
            placement=placement,
        )
        return self.builder.add_type(
            "FamilySymbol", f"type-{slug}", category, family, name, of_family=own
        )

    # Storeys

    def add_storey(self, storey: int) -> None:
        """Add walls, rooms, doors and windows of one storey."""
        walls = self._add_walls(storey)
        text = self.text
        department = text(*_DEPARTMENTS[storey - 1])
        south, north = (_INSET, _DEEP - _INSET), (_DEEP + _CORRIDOR + _INSET, _NORTH - _INSET)
        for slot in range(1, 2 * _SLOTS + 1):
            column = (slot - 1) % _SLOTS
            below = slot <= _SLOTS
            x0, x1 = column * _ROOM + _INSET, (column + 1) * _ROOM - _INSET
            y0, y1 = south if below else north
            bounds = (
                walls["south" if below else "corridor-north"],
                walls["east" if column == _SLOTS - 1 else f"{_row(below)}-{column + 1}"],
                walls["corridor-south" if below else "north"],
                walls["west" if column == 0 else f"{_row(below)}-{column}"],
            )
            name = text(*_use(storey, slot))
            self._add_room(storey, slot, name, department, (x0, x1, y0, y1), bounds)
            self._add_door(storey, slot, (column + 0.5) * _ROOM, below, walls)
            if below and storey <= 2 and f"{storey}-{slot:02}" != _NO_WINDOW:
                self._add_window(storey, slot, (column + 0.5) * _ROOM, walls["south"])
            if storey == 1 and _use(storey, slot) == _PATIENT:
                self._add_bed(f"bed-{slot:02}", x0 + 1.0, y0 + 2.0)
        span = (_INSET, _LONG - _INSET, _DEEP + _INSET, _DEEP + _CORRIDOR - _INSET)
        bounds = (walls["corridor-south"], walls["east"], walls["corridor-north"], walls["west"])
        self._add_room(storey, 49, text("Corridor", "Flur"), department, span, bounds)
        span = (_LONG + _INSET, _LONG + _ROOM - _INSET, _INSET, _NORTH - _INSET)
        bounds = (walls["south"], walls["end"], walls["north"], walls["east"])
        self._add_room(storey, 50, text("Staircase", "Treppenhaus"), "", span, bounds)
        middle = _DEEP + _CORRIDOR / 2.0
        self._opening(f"door-{storey}-50", self.door, storey, (_LONG, middle), 0.0, walls["east"])
        if storey == 1:
            place = (_LONG + _ROOM, middle)
            self._opening("door-out", self.door, 1, place, 180.0, walls["end"])

    def _add_walls(self, storey: int) -> dict[str, ElementRecord]:
        far, inner = _LONG + _ROOM, _DEEP + _CORRIDOR
        runs = {
            "west": ((0.0, 0.0), (0.0, _NORTH), "outer"),
            "north": ((0.0, _NORTH), (far, _NORTH), "outer"),
            "end": ((far, _NORTH), (far, 0.0), "outer"),
            "south": ((far, 0.0), (0.0, 0.0), "outer"),
            "east": ((_LONG, 0.0), (_LONG, _NORTH), "corridor"),
            "corridor-south": ((0.0, _DEEP), (_LONG, _DEEP), "corridor"),
            "corridor-north": ((0.0, inner), (_LONG, inner), "corridor"),
        }
        for column in range(1, _SLOTS):
            x = column * _ROOM
            runs[f"south-{column}"] = ((x, 0.0), (x, _DEEP), "partition")
            runs[f"north-{column}"] = ((x, inner), (x, _NORTH), "partition")
        level, above, z = self.levels[storey - 1], self.levels[storey], (storey - 1) * _HEIGHT
        return {
            slug: self.builder.add(
                "Wall",
                f"wall-{storey}-{slug}",
                "OST_Walls",
                {"WALL_HEIGHT_TYPE": above},
                type=self.wall_types[kind],
                level=level,
                created_phase=self.phase,
                curve=Line.between(_point(*begin, z), _point(*end, z)),
            )
            for slug, (begin, end, kind) in runs.items()
        }

    def _add_room(
        self,
        storey: int,
        slot: int,
        name: str,
        department: str,
        span: tuple[float, float, float, float],
        bounds: tuple[ElementRecord, ...],
    ) -> None:
        x0, x1, y0, y1 = span
        z = (storey - 1) * _HEIGHT
        corners = [_point(*corner, z) for corner in ((x0, y0), (x1, y0), (x1, y1), (x0, y1))]
        self.builder.add(
            "Autodesk.Revit.DB.Architecture.Room",
            f"room-{storey}-{slot:02}",
            "OST_Rooms",
            {
                "ROOM_NUMBER": f"{storey}.{slot:02}",
                "ROOM_NAME": name,
                "ROOM_DEPARTMENT": department,
                "ROOM_UPPER_OFFSET": m(3.0),
            },
            level=self.levels[storey - 1],
            created_phase=self.phase,
            point=_point((x0 + x1) / 2.0, (y0 + y1) / 2.0, z),
            boundary=(sides(corners, bounds),),
        )

    def _add_door(
        self, storey: int, slot: int, x: float, below: bool, walls: dict[str, ElementRecord]
    ) -> None:
        handle = f"{storey}-{slot:02}"
        if handle == _NO_DOOR:
            return
        y, facing = (_DEEP, 270.0) if below else (_DEEP + _CORRIDOR, 90.0)
        host = walls["corridor-south" if below else "corridor-north"]
        kind = self.narrow if handle == "1-05" else self.door
        self._opening(f"door-{handle}", kind, storey, (x, y), facing, host)

    def _add_window(self, storey: int, slot: int, x: float, wall: ElementRecord) -> None:
        handle = f"window-{storey}-{slot:02}"
        self._opening(handle, self.window, storey, (x, 0.0), 270.0, wall)

    def _opening(
        self,
        handle: str,
        kind: ElementRecord,
        storey: int,
        place: tuple[float, float],
        facing: float,
        host: ElementRecord,
    ) -> None:
        window = handle.startswith("window")
        sill = 0.9 if window else 0.0
        self.builder.add(
            "FamilyInstance",
            handle,
            "OST_Windows" if window else "OST_Doors",
            {
                "ALL_MODEL_MARK": handle.partition("-")[2].replace("-", "."),
                "INSTANCE_SILL_HEIGHT_PARAM": m(sill),
            },
            type=kind,
            host=host,
            level=self.levels[storey - 1],
            created_phase=self.phase,
            point=_point(*place, (storey - 1) * _HEIGHT + sill),
            rotation=math.radians(facing - 90.0),
        )

    def _add_bed(self, handle: str, x: float, y: float) -> ElementRecord:
        return self.builder.add(
            "FamilyInstance",
            handle,
            "OST_SpecialityEquipment",
            type=self.bed,
            level=self.levels[0],
            created_phase=self.phase,
            point=_point(x, y),
        )

    # Faults

    def add_faults(self) -> None:
        """Put in the faults that the top of this module lists."""
        builder, text = self.builder, self.text
        find = builder.database.by_handle
        server = text("Server", "Serverraum")
        for handle, number in (("unplaced-1", "4.90"), ("unplaced-2", "4.91"), ("open", "4.92")):
            builder.add(
                "Autodesk.Revit.DB.Architecture.Room",
                f"room-{handle}",
                "OST_Rooms",
                {"ROOM_NUMBER": number, "ROOM_NAME": server},
                level=self.levels[3],
                created_phase=self.phase,
                point=_point(-5.0, 3.0, 3 * _HEIGHT) if handle == "open" else None,
            )
        builder.set(find("room-2-12"), "ROOM_DEPARTMENT", "")
        builder.set(find("room-3-07"), "ROOM_NAME", "")
        builder.set(find("room-4-05"), "ROOM_NUMBER", "4.06")
        for handle in ("door-1-03", "door-1-17", "door-2-05"):
            find(handle).data["hand_flipped"] = True
        find("door-2-05").data["facing_flipped"] = True
        # Flipping the facing turns the door round; its rooms stay as they were.
        find("door-2-05").data["rotation"] += math.pi
        builder.set(find("door-1-08"), "ALL_MODEL_MARK", "1.07")
        builder.set(find("door-2-10"), "ALL_MODEL_MARK", "")
        self._add_links()
        twin = self._add_bed("bed-twin", 9.06, 2.06)
        builder.database.settings["warnings"] = (
            Failure("OverlapFailures.DuplicateInstances", (find("bed-03").id, twin.id)),
        )
        place = self._placed_type("reception", "OST_GenericModel", text("Reception", "Empfang"))
        find("family-reception").data["in_place"] = True
        builder.add(
            "FamilyInstance",
            "reception",
            "OST_GenericModel",
            type=place,
            level=self.levels[0],
            created_phase=self.phase,
            point=_point(_LONG + 1.0, 3.0),
        )

    def _add_links(self) -> None:
        for slug, name, pinned in (
            ("survey", self.text("Survey.rvt", "Vermessung.rvt"), False),
            ("structure", self.text("Structure.rvt", "Tragwerk.rvt"), True),
        ):
            kind = self.builder.add(
                "RevitLinkType", f"type-{slug}", "OST_RvtLinks", name=name, is_type=True
            )
            self.builder.add(
                "RevitLinkInstance",
                f"link-{slug}",
                "OST_RvtLinks",
                name=f"{name} : 1",
                type=kind,
                pinned=pinned,
            )


def _row(below: bool) -> str:
    return "south" if below else "north"


def _point(x: float, y: float, z: float = 0.0) -> XYZ:
    return XYZ(m(x), m(y), m(z))


def _make_second(builder: ModelBuilder) -> None:
    """Add what the second flavour has besides."""
    database = builder.database
    find = database.by_handle
    database.write(find("room-1-01"), "created_phase", find("phase-1").id)
    option = builder.add(
        "DesignOption", "option-1", "OST_DesignOptions", name="Variante", primary=True
    )
    database.write(find("door-1-02"), "option", option.id)
    kind = builder.add("GroupType", "group-type", "OST_IOSModelGroups", name="Betten", is_type=True)
    members = [find("bed-02"), find("bed-03")]
    group = builder.add(
        "Group",
        "group-beds",
        "OST_IOSModelGroups",
        name="Betten",
        type=kind,
        level=find("level-1"),
        point=_point(7.0, 2.0),
        members=tuple(members),
    )
    for member in members:
        database.write(member, "group", group.id)
    link_architects_model(builder)
    database.is_workshared = True
    database.settings["worksets"] = (WorksetFacts(1, "Architektur", is_default=True),)
    database.settings["active_workset"] = 1
    for record in database.elements.values():
        if record.data.get("category"):
            record.data["workset"] = 1
    for handle in ("room-1-02", "door-1-04"):
        database.write(find(handle), "owner", COLLEAGUE)
