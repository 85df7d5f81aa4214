"""What the drawing set shows: walls with fire ratings, rooms, grids, stairs, shafts, services.

Everything is a box in its place; lengths in metres. Handles:

- `wall-1` (EI30), `wall-2` (EI90), `wall-3` (unrated) and `door-1` on level 1, `wall-4` (EI30) on
  level 2; `floor-1`; `column-1`;
- rooms `room-1` (Surgery) and `room-3` (Ward) on level 1, `room-2` (Surgery) on level 2, `room-4`
  without a department, `room-5` (Ward) not placed;
- grids `grid-1`, `grid-a`, and `grid-arc`, which is curved;
- stairs `stairs-1` (T1) with `run-1` and `run-2`, and `stairs-2` without flights; `shaft-1` (Riser)
  and `shaft-2`; `footing-1` (F1) and `footing-2`;
- beams `beam-1` (girder), `beam-2` and `beam-3` (purlins); `duct-1` (Foil 30) and `duct-2` (bare),
  `pipe-1` (Foam 20); `pump-1` and its type.
"""

from typing import Any

from revitron_grpc.simulation.database import ElementRecord
from revitron_grpc.simulation.models.builder import ModelBuilder, m
from revitron_grpc.simulation.revit.curves import Arc, Line
from revitron_grpc.simulation.revit.geometry import XYZ

__all__ = ["add_building"]

Corner = tuple[float, float, float]


def add_building(builder: ModelBuilder) -> None:
    """Add the building to a model that has levels 1 to 3."""
    building = _Building(builder)
    building.add_walls()
    building.add_rooms()
    building.add_grids()
    building.add_stairs_and_shafts()
    building.add_structure()
    building.add_services()


def _point(x: float, y: float, z: float = 0.0) -> XYZ:
    return XYZ(m(x), m(y), m(z))


class _Building:
    """The building while it is being added."""

    def __init__(self, builder: ModelBuilder) -> None:
        self.builder = builder
        self.find = builder.database.by_handle
        self.phase = self.find("phase-2")

    def _box(
        self,
        kind: str,
        handle: str,
        category: str,
        low: Corner,
        high: Corner,
        values: dict[str, Any] | None = None,
        **data: Any,
    ) -> ElementRecord:
        return self.builder.add(
            kind,
            handle,
            category,
            values,
            box=(_point(*low), _point(*high)),
            created_phase=self.phase,
            **data,
        )

    def _kind(self, slug: str, category: str, names: tuple[str, str]) -> ElementRecord:
        name = self.builder.text(*names)
        family = self.builder.add("Family", f"family-{slug}", name=name, family_category=category)
        return self.builder.add_type(
            "FamilySymbol", f"type-{slug}", category, name, name, of_family=family
        )

    def add_walls(self) -> None:
        """Add walls, a door, a floor and a column."""
        text = self.builder.text
        types = {}
        for slug, rating in (("30", "EI30"), ("90", "EI90"), ("plain", "")):
            kind = types[slug] = self.builder.add_type(
                "WallType", f"type-wall-{slug}", "OST_Walls", text("Basic Wall", "Basiswand"),
                text(f"Wall {rating or 'plain'}", f"Wand {rating or 'einfach'}"),
            )  # fmt: skip
            if rating:
                self.builder.set(kind, "FIRE_RATING", rating)
        for number, slug, level in ((1, "30", 1), (2, "90", 1), (3, "plain", 1), (4, "30", 2)):
            y, z = 2.0 * number, 3.0 * (level - 1)
            self._box(
                "Wall", f"wall-{number}", "OST_Walls", (0.0, y, z), (10.0, y + 0.2, z + 3.0),
                type=types[slug], level=self.find(f"level-{level}"),
                curve=Line.between(_point(0.0, y, z), _point(10.0, y, z)),
            )  # fmt: skip
        door = self._kind("door", "OST_Doors", ("Single door", "Drehtür"))
        self._box(
            "FamilyInstance", "door-1", "OST_Doors", (2.0, 2.0, 0.0), (3.0, 2.2, 2.1),
            name=door.data["name"], type=door, host=self.find("wall-1"),
            level=self.find("level-1"), point=_point(2.5, 2.0),
        )  # fmt: skip
        self._box(
            "Floor", "floor-1", "OST_Floors", (0.0, 0.0, -0.3), (12.0, 9.0, 0.0),
            level=self.find("level-1"),
        )  # fmt: skip
        column = self._kind("column", "OST_StructuralColumns", ("Column", "Stütze"))
        self._box(
            "FamilyInstance", "column-1", "OST_StructuralColumns", (11.0, 8.0, 0.0),
            (11.4, 8.4, 8.0), name=column.data["name"], type=column, level=self.find("level-1"),
            point=_point(11.2, 8.2),
        )  # fmt: skip

    def add_rooms(self) -> None:
        """Add rooms with and without a department."""
        text = self.builder.text
        surgery, ward = text("Surgery", "Chirurgie"), text("Ward: A", "Station: A")
        for number, department, level, left in (
            (1, surgery, 1, 0.0),
            (2, surgery, 2, 1.0),
            (3, ward, 1, 5.0),
            (4, "", 1, 8.0),
            (5, ward, 1, None),
        ):
            place: dict[str, Any] = {}
            if left is not None:
                z = 3.0 * (level - 1)
                place["box"] = (_point(left, 4.0, z), _point(left + 3.0, 7.0, z + 2.5))
                place["point"] = _point(left + 1.0, 5.0, z)
            self.builder.add(
                "Autodesk.Revit.DB.Architecture.Room",
                f"room-{number}",
                "OST_Rooms",
                {"ROOM_NAME": text("Room", "Raum"), "ROOM_NUMBER": str(number),
                 "ROOM_DEPARTMENT": department},
                level=self.find(f"level-{level}"),
                created_phase=self.phase,
                **place,
            )  # fmt: skip

    def add_grids(self) -> None:
        """Add two straight grids and a curved one."""
        for handle, name, curve in (
            ("grid-1", "1", Line.between(_point(0.0, -1.0), _point(0.0, 9.0))),
            ("grid-a", "A", Line.between(_point(-1.0, 2.0), _point(11.0, 2.0))),
            (
                "grid-arc",
                "R",
                Arc.Create(_point(0.0, 0.0), _point(4.0, 4.0), _point(1.2, 2.8)),
            ),
        ):
            self.builder.add("Grid", handle, "OST_Grids", name=name, curve=curve)

    def add_stairs_and_shafts(self) -> None:
        """Add stairs with and without flights, and shafts."""
        inside = "Autodesk.Revit.DB.Architecture."
        stairs = self._box(
            inside + "Stairs", "stairs-1", "OST_Stairs", (6.0, 1.0, 0.0), (8.0, 5.0, 3.0),
            {"ALL_MODEL_MARK": "T1"}, level=self.find("level-1"),
        )  # fmt: skip
        for number, x in ((1, 6.5), (2, 7.5)):
            ends = [_point(x, 1.0), _point(x, 5.0)]
            begin, end = ends if number == 1 else ends[::-1]
            self.builder.add(
                inside + "StairsRun", f"run-{number}", "OST_StairsRuns", stairs=stairs,
                path=(Line.between(begin, end),),
            )  # fmt: skip
        self._box(
            inside + "Stairs", "stairs-2", "OST_Stairs", (15.0, 1.0, 0.0), (16.0, 5.0, 3.0),
            level=self.find("level-1"),
        )  # fmt: skip
        for number, comments in ((1, self.builder.text("Riser", "Steiger")), (2, None)):
            x = 10.0 + 3.0 * number
            self._box(
                "Opening", f"shaft-{number}", "OST_ShaftOpening", (x, 1.0, 0.0),
                (x + 2.0, 2.0, 6.0),
                None if comments is None else {"ALL_MODEL_INSTANCE_COMMENTS": comments},
            )  # fmt: skip

    def add_structure(self) -> None:
        """Add footings and beams."""
        text = self.builder.text
        footing = self._kind("footing", "OST_StructuralFoundation", ("Footing", "Fundament"))
        for number, mark in ((1, "F1"), (2, None)):
            x = 4.0 * number
            self._box(
                "FamilyInstance", f"footing-{number}", "OST_StructuralFoundation",
                (x, 0.0, -1.0), (x + 2.0, 1.0, 0.0), None if mark is None else
                {"ALL_MODEL_MARK": mark}, name=footing.data["name"], type=footing,
                level=self.find("level-1"), point=_point(x + 1.0, 0.5),
            )  # fmt: skip
        beam = self._kind("beam", "OST_StructuralFraming", ("Beam", "Träger"))
        for number, usage in ((1, 3), (2, 5), (3, 5)):
            self._box(
                "FamilyInstance", f"beam-{number}", "OST_StructuralFraming",
                (0.0, number, 2.7), (6.0, number + 0.2, 3.0),
                {"INSTANCE_STRUCT_USAGE_PARAM": usage}, name=beam.data["name"], type=beam,
                level=self.find("level-1"),
            )  # fmt: skip
        stage = self.builder.add(
            "ParameterElement", "parameter-stage", name=text("Stage", "Abschnitt"),
            spec="String.Text", parameter_group="Phasing", categories=(
                "OST_Walls", "OST_Floors", "OST_StructuralColumns", "OST_StructuralFraming",
                "OST_StructuralFoundation",
            ),
        )  # fmt: skip
        for handle, value in (("wall-2", "B 1"), ("column-1", "B 2"), ("floor-1", "B 1")):
            self.find(handle).values[stage.id] = value

    def add_services(self) -> None:
        """Add ducts and a pipe, with and without insulation, and a pump."""
        for handle, kind, category, insulation, y in (
            ("duct-1", "Mechanical.Duct", "OST_DuctCurves", "Foil 30", 1.0),
            ("duct-2", "Mechanical.Duct", "OST_DuctCurves", None, 2.0),
            ("pipe-1", "Plumbing.Pipe", "OST_PipeCurves", "Foam 20", 3.0),
        ):
            self.builder.add(
                f"Autodesk.Revit.DB.{kind}",
                handle,
                category,
                None if insulation is None else {"RBS_REFERENCE_INSULATION_TYPE": insulation},
                level=self.find("level-1"),
                created_phase=self.phase,
                curve=Line.between(_point(0.0, y, 2.5), _point(5.0, y, 2.5)),
            )
        pump = self._kind("pump", "OST_MechanicalEquipment", ("Pump", "Pumpe"))
        self._box(
            "FamilyInstance", "pump-1", "OST_MechanicalEquipment", (12.0, 8.0, 0.0),
            (12.5, 8.5, 1.0), name=pump.data["name"], type=pump, level=self.find("level-1"),
            point=_point(12.2, 8.2),
        )  # fmt: skip
