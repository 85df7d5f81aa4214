"""A frame of concrete on grids A to C and 1 to 3, 12 by 10 metres, two storeys of 3 metres.

Levels `level-1`, `level-2`, `level-3` are building storeys, `level-ring` (4.5 m, a ring beam) is
none. Grids `grid-a` to `grid-c` are 6 metres apart (B is drawn the other way), `grid-1` to
`grid-3` 5 metres; `grid-r` is curved. Columns bear their crossing: `column-a1` stands on level 1,
`column-a1-2` on it. Walls, slabs and footings are named after what they show; see `_walls`. Bars
stand in models/concrete_bars.py; services, openings and furniture in models/concrete_outfit.py.

Deliberate faults:

- `column-b1-2` begins 200 mm over the one below, `column-a2-2` 100 mm under its head;
- `column-c1` and the in-place `column-c3` run through two storeys, as does `wall-shear`;
- `column-c2-2` stands on nothing but the slab and a partition, a third of `wall-hang` hangs;
- `beam-4` ends in the air, `beam-6` (on level 2) names level 1, `beam-5` is sloped and cut too
  long;
- `footing-idle` carries nothing;
- `column-a1` (concrete) and `column-a2` (steel) share the mark S1; beams 1 and 2 are equal and have
  two marks;
- `column-b3`, `wall-thin` and the in-place column are too slender.

The second flavour is German, in millimetres and workshared, with the frame itself linked as the
architect's model would be, moved and turned (`link`): grids, columns and openings can be read from
it. A colleague holds `footing-b1`, `beam-3` and `column-b1`; `footing-a2` and `beam-2` are in the
group `group-parts`; `column-a3` is of the existing phase, `beam-8` in a design option.
"""

import math
from typing import Any

from revitron_grpc.simulation.database import Database, ElementRecord
from revitron_grpc.simulation.models.builder import ModelBuilder, m, mm
from revitron_grpc.simulation.models.empty_project import start
from revitron_grpc.simulation.revit.compound import Layer
from revitron_grpc.simulation.revit.curves import Arc, Curve, Line
from revitron_grpc.simulation.revit.geometry import XYZ, Transform
from revitron_grpc.simulation.revit.loops import CurveLoop

__all__ = ["Frame", "concrete_frame", "place"]

_COLLEAGUE = "kollegin"
_X = {"a": 0.0, "b": 6.0, "c": 12.0}
_Y = {"1": 0.0, "2": 5.0, "3": 10.0}
_LEVELS = {1: 0.0, 2: 3.0, 3: 6.0}
# Handle, section, base level and offset, top level and offset, mark; lengths in metres.
_COLUMNS = (
    ("a1", "c300", 1, 0.0, 2, 0.0, "S1"),
    ("a1-2", "c300", 2, 0.0, 3, 0.0, ""),
    ("b1", "c300", 1, 0.0, 2, 0.0, "S2"),
    ("b1-2", "c300", 2, 0.2, 3, 0.0, ""),
    ("c1", "c300", 1, 0.0, 3, 0.0, "S9"),
    ("a2", "hea", 1, 0.0, 2, 0.0, "S1"),
    ("a2-2", "hea", 2, -0.1, 3, 0.0, ""),
    ("c2-2", "c300", 2, 0.0, 3, 0.0, "S4"),
    ("b3", "c150", 1, 0.0, 2, 0.0, ""),
    ("a3", "round", 1, 0.0, 2, 0.0, ""),
    ("c3", "own", 1, 0.0, 3, 0.0, ""),
)
# Handle, section, level named, both ends, mark, how much is cut off in all; metres.
_BEAMS = (
    ("1", "b300", 2, (0.0, 0.0, 3.0), (6.0, 0.0, 3.0), "T1", 0.3),
    ("2", "b300", 2, (12.0, 0.0, 3.0), (6.0, 0.0, 3.0), "T2", 0.3),
    ("3", "b300", 2, (0.0, 0.0, 3.0), (0.0, 5.0, 3.0), "T3", 0.3),
    ("4", "timber", 2, (0.0, 5.0, 3.0), (4.0, 5.0, 3.0), "", 0.0),
    ("5", "hea", 3, (12.0, 0.0, 6.0), (12.0, 10.0, 5.5), "T5", -0.1),
    ("6", "b300", 1, (0.0, 10.0, 3.0), (6.0, 10.0, 3.0), "T1a", 0.35),
    ("7", "b300", 3, (0.0, 0.0, 6.0), (6.0, 0.0, 6.0), "", 0.3),
)


def place(x: float, y: float, z: float = 0.0) -> XYZ:
    """Return a point given in metres."""
    return XYZ(m(x), m(y), m(z))


def concrete_frame(*, second: bool) -> Database:
    """Build the model."""
    title = "Betonskelett" if second else "Concrete frame"
    frame = Frame(ModelBuilder(title, language="de" if second else "en", metric=second))
    frame.build()
    from revitron_grpc.simulation.models.concrete_bars import add_bars
    from revitron_grpc.simulation.models.concrete_outfit import add_outfit

    add_bars(frame)
    add_outfit(frame)
    if second:
        _make_second(frame)
    return frame.builder.finish()


class Frame:
    """Adds the parts of the frame to a builder."""

    def __init__(self, builder: ModelBuilder) -> None:
        self.builder = builder
        start(builder)
        self.find = builder.database.by_handle
        self.levels: dict[int, ElementRecord] = {}
        self.types: dict[str, ElementRecord] = {}
        self.phase = self.find("phase-2")

    def build(self) -> None:
        """Add levels, grids, types, members, walls, slabs and footings."""
        self._datums()
        self._types()
        for handle, kind, base, low, top, high, mark in _COLUMNS:
            self._column(handle, kind, base, low, top, high, mark)
        for number, kind, level, begin, end, mark, back in _BEAMS:
            line = Line.between(place(*begin), place(*end))
            self._beam(number, kind, level, line, mark, back)
        self._odd_members()
        self._walls()
        self._slabs()
        self._footings()

    def _datums(self) -> None:
        builder, text = self.builder, self.builder.text
        for number, height in _LEVELS.items():
            if number == 3:
                builder.add(
                    "Level",
                    "level-3",
                    "OST_Levels",
                    name=text("Level 3", "Ebene 3"),
                    elevation=m(height),
                )
            self.levels[number] = self.find(f"level-{number}")
            builder.set(self.levels[number], "LEVEL_IS_BUILDING_STORY", 1)
        builder.add(
            "Level",
            "level-ring",
            "OST_Levels",
            {"LEVEL_IS_BUILDING_STORY": 0},
            name=text("Ring beam", "Ringbalken"),
            elevation=m(4.5),
        )
        for name, x in _X.items():
            low, high = place(x, -1.0), place(x, 11.0)
            ends = (high, low) if name == "b" else (low, high)
            self._grid(name, Line.between(*ends))
        for name, y in _Y.items():
            self._grid(name, Line.between(place(-1.0, y), place(13.0, y)))
        # It passes right through the footings, so that only its shape keeps it out of addresses.
        curve = Arc.Create(place(-1.0, 0.2), place(13.0, 0.2), place(6.0, 1.5))
        self._grid("r", curve)

    def _grid(self, name: str, curve: Curve) -> None:
        self.builder.add("Grid", f"grid-{name}", "OST_Grids", name=name.upper(), curve=curve)

    def _types(self) -> None:
        text, builder = self.builder.text, self.builder
        concrete = text("Concrete C30/37", "Beton C30/37")
        for slug, name, what in (
            ("concrete", concrete, "Concrete"),
            ("steel", text("Steel S235", "Stahl S235"), "Metal"),
            ("timber", text("Timber C24", "Holz C24"), "Wood"),
            ("brick", text("Brick", "Ziegel"), "Masonry"),
        ):
            builder.add(
                "Material", f"material-{slug}", "OST_Materials", name=name, material_class=what
            )
        columns, beams = "OST_StructuralColumns", "OST_StructuralFraming"
        square = text("Concrete column", "Stahlbetonstütze")
        rolled = text("HEA column", "HEA-Stütze")
        # Slug, category, family, type, material, width, height and diameter of the section.
        for slug, category, family, name, material, width, height, diameter in (
            ("c300", columns, square, "300 x 300", "Concrete", 300, 300, None),
            ("c150", columns, square, "150 x 150", "Concrete", 150, 150, None),
            (
                "round",
                columns,
                text("Round column", "Rundstütze"),
                "D 200",
                "Concrete",
                *_round(200),
            ),
            ("hea", columns, rolled, "HEA 200", "Steel", 200, 190, None),
            (
                "b300",
                beams,
                text("Concrete beam", "Unterzug"),
                "300 x 500",
                "Concrete",
                300,
                500,
                None,
            ),
            ("timber", beams, text("Joist", "Holzbalken"), "120 x 240", "Wood", *_round(None)),
            ("hea-beam", beams, text("HEA beam", "HEA-Träger"), "HEA 200", "Steel", 200, 190, None),
            (
                "footing",
                "OST_StructuralFoundation",
                text("Pad footing", "Einzelfundament"),
                "1200 x 1200",
                "Concrete",
                *_round(None),
            ),
        ):
            kind = self.family_type(slug, category, family, name, structural_material=material)
            for parameter, value in (
                ("WIDTH", width),
                ("HEIGHT", height),
                ("DIAMETER", diameter),
            ):
                if value is not None:
                    builder.set(kind, f"STRUCTURAL_SECTION_COMMON_{parameter}", mm(value))
        self.family_type(
            "own",
            columns,
            text("Entrance column", "Eingangsstütze"),
            text("Entrance column", "Eingangsstütze"),
            in_place=True,
            structural_material="Concrete",
        )

    def family_type(
        self, slug: str, category: str, family: str, name: str, **of_family: Any
    ) -> ElementRecord:
        """Add a family, or take the one of that name, with a type."""
        builder = self.builder
        known = builder.database.of_kind("Family")
        of = next((one for one in known if one.data["name"] == family), None)
        if of is None:
            of = builder.add(
                "Family", f"family-{slug}", name=family, family_category=category, **of_family
            )
        made = builder.add_type(
            "FamilySymbol", f"type-{slug}", category, family, name, of_family=of
        )
        self.types[slug] = made
        return made

    def member(
        self,
        handle: str,
        category: str,
        kind: ElementRecord,
        level: ElementRecord,
        values: dict[str, Any],
        **data: Any,
    ) -> ElementRecord:
        """Add an instance of a structural family."""
        return self.builder.add(
            "FamilyInstance",
            handle,
            category,
            {name: value for name, value in values.items() if value not in ("", None)},
            type=kind,
            level=level,
            created_phase=self.phase,
            **data,
        )

    def _column(
        self, handle: str, kind: str, base: int, low: float, top: int, high: float, mark: str
    ) -> None:
        x, y = _X[handle[0]], _Y[handle[1]]
        foot, head = _LEVELS[base] + low, _LEVELS[top] + high
        half = {"c300": 0.15, "c150": 0.106, "round": 0.1, "hea": 0.1, "own": 0.12}[kind]
        material = "steel" if kind == "hea" else "concrete"
        self.member(
            f"column-{handle}",
            "OST_StructuralColumns",
            self.types[kind],
            self.levels[base],
            {
                "FAMILY_TOP_LEVEL_PARAM": self.levels[top],
                "FAMILY_BASE_LEVEL_OFFSET_PARAM": m(low),
                "FAMILY_TOP_LEVEL_OFFSET_PARAM": m(high),
                "ALL_MODEL_MARK": mark,
                "STRUCTURAL_MATERIAL_PARAM": None
                if kind == "own"
                else self.find(f"material-{material}"),
            },
            point=place(x, y, foot),
            # The slender one is turned, so that its box is larger than its section.
            rotation=math.pi / 4.0 if kind == "c150" else 0.0,
            box=(place(x - half, y - half, foot), place(x + half, y + half, head)),
        )

    def _beam(
        self, number: str, kind: str, level: int, curve: Curve, mark: str, back: float, **more: Any
    ) -> None:
        depth, half = {"b300": (0.5, 0.15), "hea": (0.19, 0.1), "timber": (0.24, 0.06)}[kind]
        ends = [curve.GetEndPoint(index) for index in (0, 1)]
        middle = curve.Evaluate(0.5, True)
        points = [*ends, middle]
        xs, ys = [p.X for p in points], [p.Y for p in points]
        along_x = max(xs) - min(xs) > max(ys) - min(ys)
        side = XYZ(0.0, m(half), 0.0) if along_x else XYZ(m(half), 0.0, 0.0)
        low = XYZ(min(xs), min(ys), min(p.Z for p in points) - m(depth)).minus(side)
        high = XYZ(max(xs), max(ys), max(p.Z for p in points)).plus(side)
        slug = "hea-beam" if kind == "hea" else kind
        material = {"b300": "concrete", "hea": "steel", "timber": "timber"}[kind]
        values: dict[str, Any] = {
            "ALL_MODEL_MARK": mark,
            "STRUCTURAL_MATERIAL_PARAM": self.find(f"material-{material}"),
        }
        if "turn" in more:
            values["STRUCTURAL_BEND_DIR_ANGLE"] = more.pop("turn")
        # Sections that are no box: 53.8 square centimetres of steel, and a bow.
        if kind == "hea":
            values["HOST_VOLUME_COMPUTED"] = m(10.1) * (mm(1.0) ** 2) * 5380.0
        elif isinstance(curve, Arc):
            values["HOST_VOLUME_COMPUTED"] = m(5.7) * m(0.3) * m(0.5)
        self.member(
            f"beam-{number}",
            "OST_StructuralFraming",
            self.types[slug],
            self.levels[level],
            values,
            curve=curve,
            cut_back=(m(back / 2.0), m(back / 2.0)),
            box=(low, high),
            **more,
        )

    def _odd_members(self) -> None:
        """Add what is like another but for one thing: slanted, turned, bowed, of no family."""
        self.member(
            "column-slanted",
            "OST_StructuralColumns",
            self.types["c300"],
            self.levels[2],
            {
                "FAMILY_TOP_LEVEL_PARAM": self.levels[3],
                "FAMILY_TOP_LEVEL_OFFSET_PARAM": m(5.9394 - 6.0),
                "STRUCTURAL_MATERIAL_PARAM": self.find("material-concrete"),
            },
            slanted=True,
            curve=Line.between(place(0.0, 10.0, 3.0), place(0.6, 10.0, 5.9394)),
            box=(place(-0.15, 9.85, 3.0), place(0.75, 10.15, 5.9394)),
        )
        turned = Line.between(place(6.0, 0.0, 6.0), place(12.0, 0.0, 6.0))
        self._beam("turned", "b300", 3, turned, "", 0.3, turn=math.pi / 2.0)
        bow = Arc.Create(place(0.0, 10.0, 6.0), place(5.9, 10.0, 6.0), place(2.95, 10.45, 6.0))
        length = bow.length() or 0.0
        self._beam("8", "b300", 3, bow, "", length * 0.3048 - 5.7)
        self.builder.add(
            "DirectShape",
            "shape-steel",
            "OST_StructuralFraming",
            name="IFC 4711",
            level=self.levels[2],
            box=(place(9.0, 8.0, 2.8), place(11.0, 8.1, 3.0)),
        )

    def _walls(self) -> None:
        """Add walls: two that bear, one that hangs, one too thin, a shear wall, a partition."""
        builder, text = self.builder, self.builder.text
        concrete, brick = self.find("material-concrete"), self.find("material-brick")
        basic = text("Basic Wall", "Basiswand")
        for slug, name, width, material, kind in (
            ("c250", text("Concrete 250", "Beton 250"), 0.25, concrete, "Basic"),
            ("brick", text("Brick 115", "Ziegel 115"), 0.115, brick, "Basic"),
            ("curtain", text("Storefront", "Glasfassade"), 0.0, None, "Curtain"),
        ):
            layers = () if material is None else (Layer("Structure", m(width), material.id),)
            self.types[slug] = builder.add_type(
                "WallType", f"type-{slug}", "OST_Walls", basic, name, layers=layers, wall_kind=kind
            )
        builder.set(self.types["c250"], "STRUCTURAL_MATERIAL_PARAM", concrete)
        # Handle, type, base, top, both ends, usage: 0 for none, then bearing, shear, combined.
        for handle, kind, base, top, begin, end, usage in (
            ("bearing", "c250", 1, 2, (6.0, 5.0), (6.0, 10.0), 1),
            ("combined", "c250", 2, 3, (6.0, 5.0), (6.0, 10.0), 3),
            ("hang", "c250", 2, 3, (3.0, 3.0), (3.0, 9.0), 1),
            ("thin", "brick", 1, 2, (3.0, 5.0), (3.0, 9.0), 1),
            ("shear", "c250", 1, 3, (12.0, 5.5), (12.0, 9.5), 2),
            ("partition", "c250", 2, 3, (2.0, 6.0), (5.0, 6.0), 0),
            ("tall-partition", "brick", 1, 3, (1.0, 6.0), (1.0, 9.0), 0),
            ("twin", "c250", 1, 2, (9.0, 10.0), (9.0, 5.0), 0),
            ("under", "brick", 1, 2, (11.0, 5.0), (12.5, 5.0), 0),
            ("curtain", "curtain", 1, 2, (0.5, 0.0), (5.5, 0.0), 1),
        ):
            builder.add(
                "Wall",
                f"wall-{handle}",
                "OST_Walls",
                {
                    "WALL_HEIGHT_TYPE": self.levels[top],
                    "WALL_STRUCTURAL_USAGE_PARAM": usage,
                    "WALL_STRUCTURAL_SIGNIFICANT": 1 if usage else 0,
                },
                type=self.types[kind],
                level=self.levels[base],
                created_phase=self.phase,
                curve=Line.between(place(*begin), place(*end)),
            )

    def _slabs(self) -> None:
        builder, text = self.builder, self.builder.text
        concrete = self.find("material-concrete")
        for slug, thickness in (("slab", 0.2), ("thin-slab", 0.12), ("raft", 0.3)):
            self.types[slug] = builder.add_type(
                "FloorType",
                f"type-{slug}",
                "OST_StructuralFoundation" if slug == "raft" else "OST_Floors",
                text("Foundation Slab", "Bodenplatte")
                if slug == "raft"
                else text("Floor", "Decke"),
                f"{text('Concrete', 'Beton')} {thickness * 1000:.0f}",
                layers=(Layer("Structure", m(thickness), concrete.id),),
            )
        for handle, kind, level, z, (x0, y0), (x1, y1), bears in (
            ("slab-2", "slab", 2, 3.0, (0.0, 0.0), (12.0, 10.0), 1),
            ("slab-3", "thin-slab", 3, 6.0, (6.0, 5.0), (12.0, 10.0), 1),
            ("screed", "thin-slab", 1, 0.0, (0.0, 0.0), (3.0, 3.0), 0),
            ("raft", "raft", 1, -1.5, (4.5, 1.5), (5.5, 3.0), 1),
        ):
            corners = [place(x, y, z) for x, y in ((x0, y0), (x1, y0), (x1, y1), (x0, y1))]
            builder.add(
                "Floor",
                handle,
                "OST_StructuralFoundation" if kind == "raft" else "OST_Floors",
                {"FLOOR_PARAM_IS_STRUCTURAL": bears},
                type=self.types[kind],
                level=self.levels[level],
                created_phase=self.phase,
                profile=(CurveLoop.polygon(corners),),
            )

    def _footings(self) -> None:
        # Handle, middle, bottom, mark; 1.2 by 1.2 metres, the top at level 1.
        for handle, (x, y), bottom, mark in (
            ("a1", (0.1, 0.0), -0.5, ""),
            ("b1", (6.0, 0.1), -0.5, "F B-1"),
            ("c1", (12.0, 0.0), -0.8, "F9"),
            ("a2", (0.0, 5.0), -0.5, ""),
            ("b3", (6.0, 10.0), -0.5, ""),
            ("a3", (0.0, 10.0), -0.5, ""),
            ("c3", (12.0, 10.0), -0.5, ""),
            ("idle", (2.5, 2.0), -0.5, "F9a"),
        ):
            self.member(
                f"footing-{handle}",
                "OST_StructuralFoundation",
                self.types["footing"],
                self.levels[1],
                {
                    "ALL_MODEL_MARK": mark,
                    "STRUCTURAL_MATERIAL_PARAM": self.find("material-concrete"),
                },
                point=place(x, y, 0.0),
                box=(place(x - 0.6, y - 0.6, bottom), place(x + 0.6, y + 0.6, 0.0)),
            )
        kind = self.builder.add_type(
            "WallFoundationType",
            "type-strip",
            "OST_StructuralFoundation",
            self.builder.text("Wall Foundation", "Streifenfundament"),
            "600 x 300",
        )
        # Two millimetres deeper than the footings is the same founding level. The thin wall stands
        # on its strip but for a tenth of its length.
        for handle, (x0, y0), (x1, y1), bottom in (
            ("bearing", (5.7, 5.0), (6.3, 10.0), -0.502),
            ("shear", (11.7, 5.5), (12.3, 9.5), -0.5),
            ("thin", (2.8, 5.5), (3.2, 9.0), -0.5),
            ("curtain", (0.5, -0.3), (5.5, 0.3), -0.5),
        ):
            self.builder.add(
                "WallFoundation",
                f"strip-{handle}",
                "OST_StructuralFoundation",
                {"STRUCTURAL_MATERIAL_PARAM": self.find("material-concrete")},
                type=kind,
                created_phase=self.phase,
                box=(place(x0, y0, bottom), place(x1, y1, -0.1)),
            )


def _round(diameter: int | None) -> tuple[None, None, int | None]:
    """Return width, height and diameter of a round section, or of one that says nothing."""
    return None, None, diameter


def _make_second(frame: Frame) -> None:
    builder, find = frame.builder, frame.find
    database = builder.database
    database.is_workshared = True
    for handle in ("footing-b1", "beam-3", "column-b1"):
        database.write(find(handle), "owner", _COLLEAGUE)
    database.write(find("column-a3"), "created_phase", find("phase-1").id)
    option = builder.add(
        "DesignOption", "option-1", "OST_DesignOptions", name="Bogen", primary=True
    )
    database.write(find("beam-8"), "option", option.id)
    kind = builder.add("GroupType", "group-type", "OST_IOSModelGroups", name="Teile", is_type=True)
    members = tuple(find(handle) for handle in ("footing-a2", "beam-2"))
    group = builder.add(
        "Group",
        "group-parts",
        "OST_IOSModelGroups",
        name="Teile",
        type=kind,
        level=frame.levels[1],
        point=place(0.0, 0.0),
        members=members,
    )
    for member in members:
        database.write(member, "group", group.id)
    _link(builder)


def _link(builder: ModelBuilder) -> None:
    """Link the same frame, drawn elsewhere and a quarter back, where its copy stands."""
    linked = Frame(ModelBuilder("Rohbau", language="de", metric=True))
    linked.build()
    from revitron_grpc.simulation.models.concrete_outfit import add_openings

    add_openings(linked)
    inside = Transform.CreateRotation(XYZ(0.0, 0.0, 1.0), -math.pi / 2.0).Multiply(
        Transform.CreateTranslation(place(-30.0, -20.0))
    )
    _turn(linked.builder.database, inside)
    linked.builder.database.is_linked = True
    kind = builder.add(
        "RevitLinkType", "link-type", "OST_RvtLinks", name="Rohbau.rvt", is_type=True
    )
    builder.database.settings["links"] = {kind.id: linked.builder.finish()}
    builder.add(
        "RevitLinkInstance",
        "link",
        "OST_RvtLinks",
        name="Rohbau.rvt : 1 : Position <nicht gemeinsam genutzt>",
        type=kind,
        transform=inside.Inverse,
    )


def _turn(database: Database, by: Transform) -> None:
    """Move everything of a model; names of grids bear a dash, so that they can be told apart."""
    for record in database.elements.values():
        data = record.data
        if "curve" in data:
            data["curve"] = data["curve"].CreateTransformed(by)
        if "point" in data:
            data["point"] = by.OfPoint(data["point"])
        if "box" in data:
            low, high = data["box"]
            ends = [by.OfPoint(low), by.OfPoint(high)]
            data["box"] = (
                XYZ(*(min(getattr(p, axis) for p in ends) for axis in "XYZ")),
                XYZ(*(max(getattr(p, axis) for p in ends) for axis in "XYZ")),
            )
        if record.kind.endswith(".Grid"):
            data["name"] += "'"
