"""A house of two storeys, 10 by 8 metres: three rooms a storey, doors, windows, a stair, a roof.

Handles: `level-1`, `level-2`, `level-3` (the eaves), `plan-1`, `plan-2`; walls `wall-1-north` and
so on, `wall-1-middle` and `wall-1-cross` inside; `room-1-living` ...; `door-1` to `door-5`,
`window-1` to `window-7`; `floor-1`, `floor-2`, `roof`, `ceiling-1`; `stairs`, `stairs-run`,
`railing`; `grid-A`, `grid-1` ...; furniture and sanitary objects. The entrance is `door-1`.
"""

import math

from revitron_grpc.simulation.database import Database, ElementRecord
from revitron_grpc.simulation.models.builder import ModelBuilder, m
from revitron_grpc.simulation.models.empty_project import start
from revitron_grpc.simulation.models.small_house_second import make_second
from revitron_grpc.simulation.models.small_house_types import HouseTypes, add_types
from revitron_grpc.simulation.revit.curves import Line
from revitron_grpc.simulation.revit.geometry import XYZ
from revitron_grpc.simulation.revit.loops import CurveLoop
from revitron_grpc.simulation.revit.rooms import sides

__all__ = ["small_house", "start_small_house"]

_OUTSIDE, _INSIDE = 0.18, 0.06
"""Half the thickness of outer and inner walls in metres."""
_WIDE, _DEEP, _MIDDLE, _CROSS = 10.0, 8.0, 6.0, 4.0
_HEIGHT = 3.0


def small_house(*, second: bool) -> Database:
    """Build the model; the second flavour is German, in millimetres, with an older part.

    See models/small_house_second.py for what is in it besides.
    """
    title = "Einfamilienhaus" if second else "Small house"
    builder = ModelBuilder(title, language="de" if second else "en", metric=second)
    start_small_house(builder)
    if second:
        make_second(builder)
    return builder.finish()


def start_small_house(builder: ModelBuilder) -> None:
    """Add the house to a model that has nothing yet."""
    start(builder)
    _House(builder).build()


def _point(x: float, y: float, z: float = 0.0) -> XYZ:
    """Return a point given in metres."""
    return XYZ(m(x), m(y), m(z))


class _House:
    """The model while it is being built."""

    def __init__(self, builder: ModelBuilder) -> None:
        self.builder = builder
        find = builder.database.by_handle
        self.levels = [find("level-1"), find("level-2")]
        self.phase = find("phase-2")
        text = builder.text
        self.eaves = builder.add(
            "Level", "level-3", "OST_Levels", name=text("Eaves", "Traufe"), elevation=m(6.0)
        )
        self.types: HouseTypes = add_types(builder)
        self.walls: dict[str, ElementRecord] = {}

    def build(self) -> None:
        """Add everything."""
        for storey, level in enumerate(self.levels, start=1):
            self._walls(storey, level)
            self._rooms(storey, level)
            self._slab(storey, level)
        self._openings()
        self._roof()
        self._stairs()
        self._grids()
        self._contents()

    # Structure

    def _walls(self, storey: int, level: ElementRecord) -> None:
        above = self.levels[1] if storey == 1 else self.eaves
        z = (storey - 1) * _HEIGHT
        # Drawn clockwise, so that the exterior faces look outside.
        runs: dict[str, tuple[tuple[float, float], tuple[float, float], ElementRecord]] = {
            "west": ((0, 0), (0, _DEEP), self.types.outer_wall),
            "north": ((0, _DEEP), (_WIDE, _DEEP), self.types.outer_wall),
            "east": ((_WIDE, _DEEP), (_WIDE, 0), self.types.outer_wall),
            "south": ((_WIDE, 0), (0, 0), self.types.outer_wall),
            "middle": ((_MIDDLE, 0), (_MIDDLE, _DEEP), self.types.inner_wall),
            "cross": ((_MIDDLE, _CROSS), (_WIDE, _CROSS), self.types.inner_wall),
        }
        for side, (begin, end, kind) in runs.items():
            handle = f"wall-{storey}-{side}"
            bearing = kind is self.types.outer_wall or side == "middle"
            self.walls[handle] = self.builder.add(
                "Wall",
                handle,
                "OST_Walls",
                {
                    "WALL_HEIGHT_TYPE": above,
                    "WALL_STRUCTURAL_USAGE_PARAM": 1 if bearing else 0,
                },
                type=kind,
                level=level,
                created_phase=self.phase,
                curve=Line.between(_point(*begin, z), _point(*end, z)),
                materials=self.types.materials_of[kind.id],
            )

    def _rooms(self, storey: int, level: ElementRecord) -> None:
        text = self.builder.text
        names = {
            1: (("living", text("Living", "Wohnen")), ("kitchen", text("Kitchen", "Küche"))),
            2: (("bedroom", text("Bedroom", "Schlafen")), ("bath", text("Bath", "Bad"))),
        }[storey]
        hall = (
            ("hall", text("Hall", "Flur")) if storey == 1 else ("landing", text("Landing", "Flur"))
        )
        left, right = _OUTSIDE, _WIDE - _OUTSIDE
        low, high = _OUTSIDE, _DEEP - _OUTSIDE
        spans = (
            (names[0], (left, _MIDDLE - _INSIDE, low, high), ("south", "middle", "north", "west")),
            (
                names[1],
                (_MIDDLE + _INSIDE, right, low, _CROSS - _INSIDE),
                ("south", "east", "cross", "middle"),
            ),
            (
                hall,
                (_MIDDLE + _INSIDE, right, _CROSS + _INSIDE, high),
                ("cross", "east", "north", "middle"),
            ),
        )
        z = (storey - 1) * _HEIGHT
        for place, ((slug, name), (x0, x1, y0, y1), around) in enumerate(spans, start=1):
            corners = [_point(*c, z) for c in ((x0, y0), (x1, y0), (x1, y1), (x0, y1))]
            walls = [self.walls[f"wall-{storey}-{side}"] for side in around]
            middle = _point((x0 + x1) / 2.0, (y0 + y1) / 2.0, z)
            room = self.builder.add(
                "Autodesk.Revit.DB.Architecture.Room",
                f"room-{storey}-{slug}",
                "OST_Rooms",
                {
                    "ROOM_NUMBER": f"{storey}.{place:02}",
                    "ROOM_NAME": name,
                    "ROOM_DEPARTMENT": text("House", "Haus"),
                    "ROOM_UPPER_OFFSET": m(2.6),
                },
                level=level,
                created_phase=self.phase,
                point=middle,
                boundary=(sides(corners, walls),),
            )
            self.builder.add(
                "Autodesk.Revit.DB.Architecture.RoomTag",
                f"tag-{storey}-{slug}",
                "OST_RoomTags",
                tagged=room,
                point=middle,
                view=self.builder.database.by_handle(f"plan-{storey}"),
                type=self.types.room_tag,
            )

    def _slab(self, storey: int, level: ElementRecord) -> None:
        self.builder.add(
            "Floor",
            f"floor-{storey}",
            "OST_Floors",
            type=self.types.floor,
            level=level,
            created_phase=self.phase,
            profile=(self._outline(0.0, (storey - 1) * _HEIGHT),),
            materials=self.types.materials_of[self.types.floor.id],
        )

    def _outline(self, beyond: float, z: float) -> CurveLoop:
        out = _OUTSIDE + beyond
        low, wide, deep = -out, _WIDE + out, _DEEP + out
        corners = ((low, low), (wide, low), (wide, deep), (low, deep))
        return CurveLoop.polygon([_point(x, y, z) for x, y in corners])

    def _roof(self) -> None:
        self.builder.add(
            "FootPrintRoof",
            "roof",
            "OST_Roofs",
            type=self.types.roof,
            level=self.eaves,
            created_phase=self.phase,
            profile=(self._outline(0.5, 6.3),),
            materials=self.types.materials_of[self.types.roof.id],
        )
        inner = CurveLoop.polygon(
            [_point(x, y, 2.6) for x, y in ((0.18, 0.18), (5.94, 0.18), (5.94, 7.82), (0.18, 7.82))]
        )
        self.builder.add(
            "Ceiling",
            "ceiling-1",
            "OST_Ceilings",
            {"CEILING_HEIGHTABOVELEVEL_PARAM": m(2.6)},
            type=self.types.ceiling,
            level=self.levels[0],
            created_phase=self.phase,
            profile=(inner,),
            materials=self.types.materials_of[self.types.ceiling.id],
        )

    # What stands in walls

    def _openings(self) -> None:
        # Number, storey, wall, place along the house, angle of the facing, type.
        narrow, wide = self.types.inner_door, self.types.front_door
        doors = (
            (1, "north", (8.0, _DEEP), 270.0, wide),
            (1, "middle", (_MIDDLE, 6.0), 180.0, narrow),
            (1, "cross", (8.0, _CROSS), 270.0, narrow),
            (2, "middle", (_MIDDLE, 6.0), 180.0, narrow),
            (2, "cross", (8.0, _CROSS), 270.0, narrow),
        )
        for number, (storey, side, place, angle, kind) in enumerate(doors, start=1):
            self._opening(f"door-{number}", "OST_Doors", storey, side, place, angle, kind, 0.0)
        windows = (
            (1, "west", (0.0, 2.0), 180.0),
            (1, "west", (0.0, 6.0), 180.0),
            (1, "south", (3.0, 0.0), 270.0),
            (1, "east", (_WIDE, 2.0), 0.0),
            (2, "west", (0.0, 4.0), 180.0),
            (2, "south", (3.0, 0.0), 270.0),
            (2, "east", (_WIDE, 2.0), 0.0),
        )
        for number, (storey, side, place, angle) in enumerate(windows, start=1):
            handle = f"window-{number}"
            self._opening(handle, "OST_Windows", storey, side, place, angle, self.types.window, 0.9)

    def _opening(
        self,
        handle: str,
        category: str,
        storey: int,
        side: str,
        place: tuple[float, float],
        facing: float,
        kind: ElementRecord,
        sill: float,
    ) -> None:
        level = self.levels[storey - 1]
        number = handle.rpartition("-")[2]
        self.builder.add(
            "FamilyInstance",
            handle,
            category,
            {
                "ALL_MODEL_MARK": f"{'D' if category == 'OST_Doors' else 'W'}{number:0>2}",
                "INSTANCE_SILL_HEIGHT_PARAM": m(sill),
                "INSTANCE_HEAD_HEIGHT_PARAM": m(sill) + self.types.height_of[kind.id],
            },
            type=kind,
            host=self.walls[f"wall-{storey}-{side}"],
            level=level,
            created_phase=self.phase,
            point=_point(*place, (storey - 1) * _HEIGHT + sill),
            rotation=math.radians(facing - 90.0),
        )

    # The rest

    def _stairs(self) -> None:
        inside = "Autodesk.Revit.DB.Architecture."
        low, high = self.levels
        stairs = self.builder.add(
            inside + "Stairs",
            "stairs",
            "OST_Stairs",
            {
                "STAIRS_TOP_LEVEL_PARAM": high,
                "STAIRS_DESIRED_NUMBER_OF_RISERS": 17,
                "STAIRS_ACTUAL_TREAD_DEPTH": m(0.27),
            },
            level=low,
            type=self.types.stairs,
            created_phase=self.phase,
            box=(_point(9.0, 4.1, 0.0), _point(9.8, 7.7, 3.0)),
        )
        corners = ((9.0, 4.1), (9.8, 4.1), (9.8, 7.7), (9.0, 7.7))
        self.builder.add(
            inside + "StairsRun",
            "stairs-run",
            "OST_StairsRuns",
            {
                "STAIRS_RUN_ACTUAL_RUN_WIDTH": m(0.8),
                "STAIRS_RUN_ACTUAL_NUMBER_OF_RISERS": 17,
            },
            stairs=stairs,
            created_phase=self.phase,
            path=(Line.between(_point(9.4, 4.1), _point(9.4, 7.7)),),
            footprint=tuple(CurveLoop.polygon([_point(*c) for c in corners]).curves()),
        )
        self.builder.add(
            inside + "Railing",
            "railing",
            "OST_StairsRailing",
            host=stairs,
            level=low,
            type=self.types.railing,
            created_phase=self.phase,
            path=(Line.between(_point(9.0, 4.1), _point(9.0, 7.7)),),
            box=(_point(8.97, 4.1, 0.0), _point(9.03, 7.7, 3.9)),
        )

    def _grids(self) -> None:
        lines = {
            "A": ((-1.0, 0.0), (11.0, 0.0)),
            "B": ((-1.0, _DEEP), (11.0, _DEEP)),
            "1": ((0.0, -1.0), (0.0, 9.0)),
            "2": ((_MIDDLE, -1.0), (_MIDDLE, 9.0)),
            "3": ((_WIDE, -1.0), (_WIDE, 9.0)),
        }
        for name, (begin, end) in lines.items():
            self.builder.add(
                "Grid",
                f"grid-{name}",
                "OST_Grids",
                name=name,
                curve=Line.between(_point(*begin), _point(*end)),
            )

    def _contents(self) -> None:
        types = self.types
        things = (
            ("table", "OST_Furniture", types.table, 1, (3.0, 3.0)),
            ("chair-1", "OST_Furniture", types.chair, 1, (2.2, 3.0)),
            ("chair-2", "OST_Furniture", types.chair, 1, (3.8, 3.0)),
            ("bed", "OST_Furniture", types.bed, 2, (2.0, 4.0)),
            ("sink", "OST_PlumbingFixtures", types.sink, 1, (9.4, 1.0)),
            ("basin", "OST_PlumbingFixtures", types.basin, 2, (9.4, 1.0)),
            ("toilet", "OST_PlumbingFixtures", types.toilet, 2, (9.4, 3.0)),
        )
        for handle, category, kind, storey, (x, y) in things:
            z = (storey - 1) * _HEIGHT
            size = types.size_of[kind.id]
            half = XYZ(size.X / 2.0, size.Y / 2.0, 0.0)
            foot = _point(x, y, z)
            level = self.levels[storey - 1]
            self.builder.add(
                "FamilyInstance",
                handle,
                category,
                type=kind,
                level=level,
                created_phase=self.phase,
                point=foot,
                box=(foot.minus(half), foot.plus(half).plus(XYZ(0.0, 0.0, size.Z))),
            )
