"""The small house with what its walls, slabs and facades can have wrong: the building shell.

Beside the handles of models/small_house.py (metres; all of the new phase, if nothing is said):

- free walls of the inner type: `wall-free` ends 0.05 under level 2 and is painted, `wall-offset`
  begins 0.2 under its level and ends 0.1 under level 2, `wall-over` ends 0.08 over it, `wall-high`
  ends far from all levels, `wall-kerb` is 0.4 high on level 2; `wall-thin` is a lining of 0.04;
- `wall-gable` has an edited profile, `wall-slanted` and `wall-tapered` are not vertical,
  `wall-start` and `wall-both` do not join at the start and at both ends; `wall-bare` has a layer
  without a material; `wall-old` (a partition system) and `wall-broken` (inner type) are demolished;
- curtain walls `facade-south` (panels `panel-1` to `panel-5`, mullions `mullion-1` to `mullion-4`)
  and `facade-east` (`panel-6`, `panel-7` without a size, `mullion-5`); `panel-5` is closed,
  `panel-4` narrower, `mullion-4` 0.06 long;
- columns `column-true`, `column-offset` (reaches level 2 from level 1 by offset), `column-lifted`
  (reaches the eaves from level 2, 0.1 short), `column-near` (0.2 over its level), `column-sunk`
  (back to its base level by offset), `column-far`; `pillar-wall` stands in a wall, `pillar-free`
  in the living room;
- beams `beam-plain`, `beam-long` (extensions), `beam-loose` and `beam-free` (not joining);
- shafts `shaft-short` (0.1 under level 2), `shaft-tied`, `shaft-half`;
- `floor-bent`, `floor-edited` (points at one height), `slab-bent` (a foundation);
- `railing-low` (0.9) and `railing-high` (1.1) on level 2;
- units `unit-edge`, `unit-middle`, `unit-fixed` on the roof and `unit-ground`;
- spaces `space-short` (0.1 under level 2), `space-tied`, `space-plenum`, `space-far`,
  `space-unplaced`;
- `room-annex` (4 by 3) lies at a separation line `line-annex`, `facade-south`, `wall-high` and
  something of a link; it ends at level 2;
- runs `pipe-thin`, `pipe-thick`, `pipe-steel`, `duct-small`, `duct-large`, `pipe-plastic`.

In the second flavour `wall-over`, `column-lifted` and `space-short` are held by a colleague;
`wall-offset`, `column-near` and `space-far` are members of a group.
"""

import math
from typing import Any

from revitron_grpc.simulation.database import Database, ElementRecord
from revitron_grpc.simulation.models.builder import ModelBuilder, m
from revitron_grpc.simulation.models.shell_types import ShellTypes, add_shell_types
from revitron_grpc.simulation.models.small_house import start_small_house
from revitron_grpc.simulation.models.small_house_second import COLLEAGUE, make_second
from revitron_grpc.simulation.revit.curves import Line
from revitron_grpc.simulation.revit.geometry import XYZ
from revitron_grpc.simulation.revit.loops import CurveLoop
from revitron_grpc.simulation.revit.rooms import sides

__all__ = ["building_shell"]

_HELD = ("wall-over", "column-lifted", "space-short")
_GROUPED = ("wall-offset", "column-near", "space-far")


def building_shell(*, second: bool) -> Database:
    """Build the model; see models/small_house_second.py for the rest of the second flavour."""
    title = "Gebäudehülle" if second else "Building shell"
    builder = ModelBuilder(title, language="de" if second else "en", metric=second)
    start_small_house(builder)
    _Shell(builder).build()
    if second:
        make_second(builder)
        _share(builder)
    return builder.finish()


def _point(x: float, y: float, z: float = 0.0) -> XYZ:
    return XYZ(m(x), m(y), m(z))


class _Shell:
    """The model while it is being built."""

    def __init__(self, builder: ModelBuilder) -> None:
        self.builder = builder
        find = builder.database.by_handle
        self.levels = {1: find("level-1"), 2: find("level-2"), 3: find("level-3")}
        self.phase = find("phase-2")
        self.types: ShellTypes = add_shell_types(builder)

    def build(self) -> None:
        """Add everything."""
        self._free_walls()
        self._edited_walls()
        self._facades()
        self._columns()
        self._beams()
        self._shafts()
        self._slabs()
        self._railings()
        self._units()
        self._spaces()
        self._annex()
        self._runs()

    # Walls

    def _wall(
        self,
        handle: str,
        kind: ElementRecord,
        y: float,
        level: int,
        values: dict[str, Any],
        **data: Any,
    ) -> ElementRecord:
        z = (level - 1) * 3.0
        data.setdefault("curve", Line.between(_point(20.0, y, z), _point(24.0, y, z)))
        data.setdefault("created_phase", self.phase)
        return self.builder.add(
            "Wall",
            handle,
            "OST_Walls",
            {"WALL_ATTR_ROOM_BOUNDING": 1, **values},
            type=kind,
            level=self.levels[level],
            materials=self.types.materials_of(kind),
            **data,
        )

    def _free_walls(self) -> None:
        inner = self.builder.database.by_handle("type-inner-wall")
        height = "WALL_USER_HEIGHT_PARAM"
        self._wall("wall-free", inner, -4.0, 1, {height: m(2.95)}, paint=(self.types.paint,))
        self._wall("wall-offset", inner, -5.0, 1, {height: m(3.1), "WALL_BASE_OFFSET": m(-0.2)})
        self._wall("wall-over", inner, -6.0, 1, {height: m(3.08)})
        self._wall("wall-high", inner, -7.0, 1, {height: m(4.4)})
        self._wall("wall-kerb", inner, -8.0, 2, {height: m(0.4)})
        self._wall("wall-thin", self.types.lining, -9.0, 1, {height: m(2.0)})

    def _edited_walls(self) -> None:
        find = self.builder.database.by_handle
        inner, top = find("type-inner-wall"), {"WALL_HEIGHT_TYPE": self.levels[2]}
        corners = ((20.0, 0.0), (24.0, 0.0), (24.0, 2.0), (22.0, 3.0), (20.0, 2.0))
        profile = CurveLoop.polygon([_point(x, -10.0, z) for x, z in corners])
        sketch = self.builder.add("Sketch", "sketch-gable", profile=(profile,))
        self._wall("wall-gable", inner, -10.0, 1, top, sketch=sketch, profile=(profile,))
        angle = {"WALL_SINGLE_SLANT_ANGLE_FROM_VERTICAL": math.radians(10.0)}
        self._wall("wall-slanted", inner, -11.0, 1, {**top, **angle, "WALL_CROSS_SECTION": 0})
        self._wall("wall-tapered", inner, -12.0, 1, {**top, "WALL_CROSS_SECTION": 2})
        self._wall("wall-start", inner, -13.0, 1, top, unjoined=(0,))
        self._wall("wall-both", inner, -14.0, 1, top, unjoined=(0, 1))
        self._wall("wall-bare", self.types.bare, -15.0, 1, top)
        old = {"created_phase": find("phase-1"), "demolished_phase": self.phase}
        self._wall("wall-old", self.types.partition, -16.0, 1, top, **old)
        self._wall("wall-broken", inner, -17.0, 1, top, **old)

    # The facades

    def _facades(self) -> None:
        types, top = self.types, {"WALL_HEIGHT_TYPE": self.levels[2]}
        # Drawn clockwise, so that they face south and east.
        runs = {
            "facade-south": ((30.0, 0.0), (25.0, 0.0)),
            "facade-east": ((30.0, 8.0), (30.0, 0.0)),
        }
        walls = {
            handle: self._wall(
                handle, types.curtain, 0.0, 1, top, curve=Line.between(_point(*a), _point(*b))
            )
            for handle, (a, b) in runs.items()
        }
        glass, closed = (types.glass_panel, types.glass), (types.closed_panel, types.aluminium)
        panels = (
            ("panel-1", "facade-south", glass, 1.2, 2.5, 3.0),
            ("panel-2", "facade-south", glass, 1.2, 2.5, 3.0),
            ("panel-3", "facade-south", glass, 1.2, 2.5, 3.0),
            ("panel-4", "facade-south", glass, 0.9, 2.5, 2.25),
            ("panel-5", "facade-south", closed, 1.2, 2.5, 3.0),
            ("panel-6", "facade-east", glass, 1.2, 2.5, 3.0),
            ("panel-7", "facade-east", glass, 0.0, 0.0, 1.5),
        )
        for handle, wall, (kind, material), width, height, area in panels:
            values = {"HOST_AREA_COMPUTED": area * m(1.0) ** 2}
            if width:
                values["CURTAIN_WALL_PANELS_WIDTH"] = m(width)
                values["CURTAIN_WALL_PANELS_HEIGHT"] = m(height)
            self._placed(
                "Panel",
                handle,
                "OST_CurtainWallPanels",
                kind,
                values,
                host=walls[wall],
                materials=(material,),
            )
        mullions = (
            ("mullion-1", "facade-south", types.mullion, 2.5),
            ("mullion-2", "facade-south", types.mullion, 2.5),
            ("mullion-3", "facade-south", types.mullion, 1.2),
            ("mullion-4", "facade-south", types.transom, 0.06),
            ("mullion-5", "facade-east", types.mullion, 2.5),
        )
        for place, (handle, wall, kind, length) in enumerate(mullions):
            x = 25.0 + place
            self._placed(
                "Mullion",
                handle,
                "OST_CurtainWallMullions",
                kind,
                {},
                host=walls[wall],
                materials=(types.aluminium,),
                curve=Line.between(_point(x, 0.0), _point(x, 0.0, length)),
            )

    def _placed(
        self,
        kind: str,
        handle: str,
        category: str,
        symbol: ElementRecord,
        values: dict[str, Any],
        **data: Any,
    ) -> ElementRecord:
        return self.builder.add(
            kind, handle, category, values, type=symbol, created_phase=self.phase, **data
        )

    # The structure

    def _columns(self) -> None:
        types = self.types
        # Base, top and offset of the top.
        columns = (
            ("column-true", 1, 2, 0.0),
            ("column-offset", 1, 1, 3.0),
            ("column-lifted", 1, 2, 2.9),
            ("column-near", 1, 2, 0.2),
            ("column-sunk", 2, 3, -2.9),
            ("column-far", 1, 1, 4.5),
        )
        for place, (handle, base, top, offset) in enumerate(columns):
            foot = _point(20.0 + 2.0 * place, -20.0, (base - 1) * 3.0)
            self._column(handle, "OST_StructuralColumns", types.column, base, foot)
            record = self.builder.database.by_handle(handle)
            self.builder.set(record, "FAMILY_TOP_LEVEL_PARAM", self.levels[top])
            self.builder.set(record, "FAMILY_TOP_LEVEL_OFFSET_PARAM", m(offset))
        self._column("pillar-wall", "OST_Columns", types.pillar, 1, _point(6.0, 2.0))
        self._column("pillar-free", "OST_Columns", types.pillar, 1, _point(3.0, 5.0))

    def _column(
        self, handle: str, category: str, kind: ElementRecord, base: int, foot: XYZ
    ) -> None:
        half, high = XYZ(m(0.15), m(0.15), 0.0), XYZ(m(0.15), m(0.15), m(2.5))
        self._placed(
            "FamilyInstance",
            handle,
            category,
            kind,
            {"WALL_ATTR_ROOM_BOUNDING": 0},
            level=self.levels[base],
            point=foot,
            box=(foot.minus(half), foot.plus(high)),
            materials=(self.types.concrete,),
        )

    def _beams(self) -> None:
        beams: tuple[tuple[str, dict[str, Any], tuple[int, ...]], ...] = (
            ("beam-plain", {}, ()),
            ("beam-long", {"START_EXTENSION": m(0.1), "END_EXTENSION": m(-0.05)}, ()),
            ("beam-loose", {}, (1,)),
            ("beam-free", {}, (0, 1)),
        )
        for place, (handle, values, unjoined) in enumerate(beams):
            y = -22.0 - place
            self._placed(
                "FamilyInstance",
                handle,
                "OST_StructuralFraming",
                self.types.beam,
                values,
                level=self.levels[2],
                curve=Line.between(_point(20.0, y, 2.8), _point(26.0, y, 2.8)),
                unjoined=unjoined or None,
                materials=(self.types.steel,),
                material_volumes={self.types.steel: 0.01 * m(1.0) ** 3},
            )

    def _shafts(self) -> None:
        shafts = (
            ("shaft-short", {"WALL_USER_HEIGHT_PARAM": m(2.9)}),
            ("shaft-tied", {"WALL_HEIGHT_TYPE": self.levels[2]}),
            ("shaft-half", {"WALL_USER_HEIGHT_PARAM": m(1.5)}),
        )
        for handle, values in shafts:
            self.builder.add(
                "Opening",
                handle,
                "OST_ShaftOpening",
                values,
                name=self.builder.text("Shaft Opening", "Schachtöffnung"),
                level=self.levels[1],
                created_phase=self.phase,
            )

    def _slabs(self) -> None:
        floor = self.builder.database.by_handle("type-floor")
        for handle, category, kind, x, drop in (
            ("floor-bent", "OST_Floors", floor, 40.0, 0.03),
            ("floor-edited", "OST_Floors", floor, 46.0, 0.0),
            ("slab-bent", "OST_StructuralFoundation", self.types.foundation, 52.0, 0.1),
        ):
            corners = ((x, 0.0), (x + 4.0, 0.0), (x + 4.0, 3.0), (x, 3.0))
            points = [_point(*corner) for corner in corners]
            self.builder.add(
                "Floor",
                handle,
                category,
                {"WALL_ATTR_ROOM_BOUNDING": 1},
                type=kind,
                level=self.levels[1],
                created_phase=self.phase,
                profile=(CurveLoop.polygon(points),),
                materials=self.types.materials_of(kind),
                shape_points=(points[0].minus(XYZ(0.0, 0.0, m(drop))), *points[1:]),
            )

    # What stands on floors and roofs

    def _railings(self) -> None:
        low = self.builder.database.by_handle("type-railing")
        for handle, kind, y in (
            ("railing-low", low, -1.0),
            ("railing-high", self.types.steel_railing, -2.0),
        ):
            self._placed(
                "Autodesk.Revit.DB.Architecture.Railing",
                handle,
                "OST_StairsRailing",
                kind,
                {},
                level=self.levels[2],
                path=(Line.between(_point(1.0, y, 3.0), _point(4.0, y, 3.0)),),
                box=(_point(1.0, y, 3.0), _point(4.0, y + 0.05, 4.0)),
            )

    def _units(self) -> None:
        for handle, kind, place in (
            ("unit-edge", self.types.unit, _point(0.0, 4.0, 6.3)),
            ("unit-middle", self.types.unit, _point(5.0, 4.0, 6.3)),
            ("unit-fixed", self.types.fixed_unit, _point(0.5, 4.0, 6.3)),
            ("unit-ground", self.types.unit, _point(12.0, 4.0, 0.0)),
        ):
            self._placed(
                "FamilyInstance",
                handle,
                "OST_MechanicalEquipment",
                kind,
                {},
                level=self.levels[3],
                point=place,
            )

    def _spaces(self) -> None:
        spaces: tuple[tuple[str, int, float, bool, int], ...] = (
            ("space-short", 1, 2.9, True, 0),
            ("space-tied", 2, 0.0, True, 0),
            ("space-plenum", 1, 2.0, True, 1),
            ("space-far", 1, 1.8, True, 0),
            ("space-unplaced", 1, 2.9, False, 0),
        )
        for place, (handle, upper, offset, placed, plenum) in enumerate(spaces):
            x = 60.0 + 5.0 * place
            corners = [_point(*c) for c in ((x, 0.0), (x + 4.0, 0.0), (x + 4.0, 3.0), (x, 3.0))]
            self.builder.add(
                "Autodesk.Revit.DB.Mechanical.Space",
                handle,
                "OST_MEPSpaces",
                {
                    "ROOM_NUMBER": f"S{place + 1}",
                    "ROOM_NAME": self.builder.text("Plant", "Technik"),
                    "ROOM_UPPER_LEVEL": self.levels[upper],
                    "ROOM_UPPER_OFFSET": m(offset),
                    "SPACE_IS_PLENUM": plenum,
                },
                level=self.levels[1],
                created_phase=self.phase,
                point=_point(x + 2.0, 1.5) if placed else None,
                boundary=(sides(corners, [None] * 4),) if placed else None,
            )

    def _annex(self) -> None:
        find = self.builder.database.by_handle
        line = self.builder.add(
            "ModelLine",
            "line-annex",
            "OST_RoomSeparationLines",
            curve=Line.between(_point(40.0, 10.0), _point(44.0, 10.0)),
        )
        corners = [_point(*c) for c in ((40.0, 10.0), (44.0, 10.0), (44.0, 13.0), (40.0, 13.0))]
        around = [line, find("facade-south"), find("wall-high"), None]
        self.builder.add(
            "Autodesk.Revit.DB.Architecture.Room",
            "room-annex",
            "OST_Rooms",
            {
                "ROOM_NUMBER": "1.04",
                "ROOM_NAME": self.builder.text("Annex", "Anbau"),
                "ROOM_UPPER_LEVEL": self.levels[2],
                "ROOM_UPPER_OFFSET": 0.0,
            },
            level=self.levels[1],
            created_phase=self.phase,
            point=_point(42.0, 11.5),
            boundary=(sides(corners, around),),
        )

    def _runs(self) -> None:
        supply, heating = "Domestic Cold Water", "Hydronic Supply"
        if self.builder.german:
            supply, heating = "Trinkwasser", "Vorlauf"
        air, types = self.builder.text("Supply Air", "Zuluft"), self.types
        diameter = "RBS_PIPE_DIAMETER_PARAM"
        wide, high = "RBS_CURVE_WIDTH_PARAM", "RBS_CURVE_HEIGHT_PARAM"
        runs: tuple[tuple[str, str, ElementRecord, float, dict[str, Any], str], ...] = (
            ("pipe-thin", "Plumbing.Pipe", types.copper, 4.0, {diameter: m(0.022)}, supply),
            ("pipe-thick", "Plumbing.Pipe", types.copper, 2.0, {diameter: m(0.054)}, heating),
            ("pipe-steel", "Plumbing.Pipe", types.steel_pipe, 3.0, {diameter: m(0.05)}, heating),
            ("pipe-plastic", "Plumbing.Pipe", types.plastic, 9.0, {diameter: m(0.05)}, supply),
            ("duct-small", "Mechanical.Duct", types.duct, 5.0, {wide: m(0.4), high: m(0.2)}, air),
            ("duct-large", "Mechanical.Duct", types.duct, 6.0, {wide: m(0.3), high: m(0.5)}, air),
        )
        for place, (handle, kind, run_type, length, values, system) in enumerate(runs):
            y = 12.0 + place
            category = "OST_PipeCurves" if kind.endswith("Pipe") else "OST_DuctCurves"
            self.builder.add(
                f"Autodesk.Revit.DB.{kind}",
                handle,
                category,
                {**values, "RBS_SYSTEM_CLASSIFICATION_PARAM": system},
                type=run_type,
                level=self.levels[1],
                created_phase=self.phase,
                curve=Line.between(_point(0.0, y, 2.0), _point(length, y, 2.0)),
            )


def _share(builder: ModelBuilder) -> None:
    """Let a colleague hold some elements, and put others into a group."""
    database = builder.database
    find = database.by_handle
    for handle in _HELD:
        database.write(find(handle), "owner", COLLEAGUE)
    kind = builder.add(
        "GroupType", "group-type-shell", "OST_IOSModelGroups", name="Anbau", is_type=True
    )
    members = tuple(find(handle) for handle in _GROUPED)
    group = builder.add(
        "Group",
        "group-shell",
        "OST_IOSModelGroups",
        name="Anbau",
        type=kind,
        level=find("level-1"),
        point=_point(20.0, -5.0),
        members=members,
    )
    for member in members:
        database.write(member, "group", group.id)
