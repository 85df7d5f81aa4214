"""A model of drawings with faults: tags that say nothing or stand elsewhere, dimensions that lie.

Sheets, in the order of their making: `sheet-102` (A-102 with `plan-2`), `sheet-101` (A-101 with
`plan-1`), `sheet-001` (A-001, a placeholder), `sheet-201` (A-201, empty). `plan-3` (of level 1)
and `section-1` are on no sheet.

- doors `door-1` (D1), `door-2` (no mark), `door-3` (D3), `door-4` (D4, on level 2), each half a
  foot wide around its point. Door tags in `plan-1`: `tag-fine`, `tag-blank` (of `door-2`),
  `tag-orphan`, `tag-far` (2 m away, without a leader), `tag-led` (the same with a leader),
  `tag-high` (far above only), `tag-two` (of two doors, far); in `plan-2`: `tag-above`; in
  `plan-3`: `tag-loose` (an orphan on no sheet);
- rooms `room-1` (left) and `room-2` (right, both 4 by 4 m), `room-3` not placed; room tags in
  `plan-1`: `room-tag-fine`, `room-tag-astray` (names room 1, stands in 2), `room-tag-outside`
  (names room 2, stands in no room), `room-tag-led` (stands in 2, points into 1, which it names),
  `room-tag-wrong` (names 2, points into 1), `room-tag-unplaced`; the same with spaces (`space-1`
  ..., `space-tag-fine`, `space-tag-astray`) and areas (`area-1`, `area-2`, and `area-other` of
  another scheme around both; `area-tag-fine`, `area-tag-astray`, `area-tag-outside`);
- dimensions and constraints: see checked_dimensions.py.

The second flavour is German, in millimetres and workshared, and links the architect's model, of
whose practice `room-tag-linked` stands in the reception, `room-tag-linked-fine` where it should.
"""

from typing import Any

from revitron_grpc.simulation.database import Database, ElementRecord
from revitron_grpc.simulation.models.architects_model import link_architects_model
from revitron_grpc.simulation.models.builder import ModelBuilder, m
from revitron_grpc.simulation.models.checked_dimensions import add_dimensions
from revitron_grpc.simulation.models.empty_project import start
from revitron_grpc.simulation.revit.geometry import XYZ
from revitron_grpc.simulation.revit.rooms import sides

__all__ = ["checked_drawings"]

_GONE = 999_999
"""An id that no element has."""


def checked_drawings(*, second: bool) -> Database:
    """Build the model."""
    title = "Geprüfte Pläne" if second else "Checked drawings"
    builder = ModelBuilder(title, language="de" if second else "en", metric=second)
    start(builder)
    drawings = _Drawings(builder)
    drawings.add_sheets()
    drawings.add_doors()
    drawings.add_rooms()
    drawings.add_areas()
    add_dimensions(builder)
    if second:
        builder.database.is_workshared = True
        drawings.add_link()
    return builder.finish()


def _at(x: float, y: float, z: float = 0.0) -> XYZ:
    return XYZ(m(x), m(y), m(z))


class _Drawings:
    """The model while it is being built."""

    def __init__(self, builder: ModelBuilder) -> None:
        self.builder = builder
        find = builder.database.by_handle
        self.levels = {1: find("level-1"), 2: find("level-2")}
        self.plans = {1: find("plan-1"), 2: find("plan-2")}
        self.phase = find("phase-2")

    def add_sheets(self) -> None:
        """Add sheets, and views that are on none."""
        text, add = self.builder.text, self.builder.add
        names = {
            "102": text("First floor plan", "Grundriss OG"),
            "101": text("Ground floor plan", "Grundriss EG"),
            "001": text("Site plan", "Lageplan"),
            "201": text("Sections", "Schnitte"),
        }
        for number, name in names.items():
            sheet = add(
                "ViewSheet",
                f"sheet-{number}",
                "OST_Sheets",
                name=name,
                number=f"A-{number}",
                view_type="DrawingSheet",
                placeholder=number == "001",
            )
            if number in ("101", "102"):
                storey = int(number[2])
                add(
                    "Viewport",
                    f"viewport-{storey}",
                    "OST_Viewports",
                    sheet=sheet,
                    viewed=self.plans[storey],
                    view=sheet,
                    point=_at(0.4, 0.3),
                )
        self.plans[3] = add(
            "ViewPlan",
            "plan-3",
            "OST_Views",
            name=text("Working plan", "Arbeitsplan"),
            view_type="FloorPlan",
            gen_level=self.levels[1],
            view_phase=self.phase,
            scale=50,
        )

    # Doors and their tags

    def add_doors(self) -> None:
        """Add doors and their tags."""
        builder, text = self.builder, self.builder.text
        family = text("Single door", "Drehtür")
        kind = builder.add_type("FamilySymbol", "door-type", "OST_Doors", family, "900")
        tags = builder.add_type(
            "FamilySymbol",
            "door-tag-type",
            "OST_DoorTags",
            text("Door tag", "Türbeschriftung"),
            text("Mark", "Nummer"),
            shows="ALL_MODEL_MARK",
        )
        doors: dict[int, ElementRecord] = {}
        for number, mark in ((1, "D1"), (2, ""), (3, "D3"), (4, "D4")):
            storey = 2 if number == 4 else 1
            place = _at(2.0 * number, 10.0, 3.0 * (storey - 1))
            half = XYZ(0.25, 0.25, 0.0)
            doors[number] = builder.add(
                "FamilyInstance",
                f"door-{number}",
                "OST_Doors",
                {"ALL_MODEL_MARK": mark} if mark else {},
                type=kind,
                level=self.levels[storey],
                created_phase=self.phase,
                point=place,
                box=(place.minus(half), place.plus(half).plus(XYZ(0.0, 0.0, m(2.1)))),
            )
        # Handle, doors, plan, how far beside the door the head stands (metres), leader.
        placed: tuple[tuple[str, tuple[int, ...], int, tuple[float, float, float], bool], ...] = (
            ("fine", (1,), 1, (0.2, 0.0, 0.0), False),
            ("blank", (2,), 1, (0.2, 0.0, 0.0), False),
            ("orphan", (), 1, (0.2, 0.0, 0.0), False),
            ("far", (1,), 1, (0.0, 2.0, 0.0), False),
            ("led", (1,), 1, (0.0, 2.0, 0.0), True),
            ("high", (3,), 1, (0.0, 0.0, 9.0), False),
            ("two", (1, 3), 1, (0.0, 7.0, 0.0), False),
            ("above", (4,), 2, (0.0, 0.2, 0.0), False),
            ("loose", (), 3, (0.0, 0.0, 0.0), False),
        )
        for slug, names, plan, (x, y, z), leader in placed:
            tagged = tuple(doors[number].id for number in names) or (_GONE,)
            foot = doors[names[0] if names else 1].data["point"]
            builder.add(
                "IndependentTag",
                f"tag-{slug}",
                "OST_DoorTags",
                type=tags,
                tagged=tagged,
                point=foot.plus(_at(x, y, z)),
                leader=leader,
                view=self.plans[plan],
            )

    # Rooms, spaces, areas and their tags

    def _outline(self, x: float, y: float, wide: float, deep: float) -> tuple[Any, ...]:
        corners = [_at(x, y), _at(x + wide, y), _at(x + wide, y + deep), _at(x, y + deep)]
        return (sides(corners, [None] * 4),)

    def add_rooms(self) -> None:
        """Add rooms and spaces, side by side, and their tags."""
        text = self.builder.text
        for slug, of_class, category, north in (
            ("room", "Autodesk.Revit.DB.Architecture.Room", "OST_Rooms", 0.0),
            ("space", "Autodesk.Revit.DB.Mechanical.Space", "OST_MEPSpaces", 0.0),
        ):
            names = (text("Office", "Büro"), text("Store", "Lager"), text("Later", "Später"))
            for number, name in enumerate(names, start=1):
                x = 4.0 * (number - 1)
                placed = number < 3
                self.builder.add(
                    of_class,
                    f"{slug}-{number}",
                    category,
                    {"ROOM_NUMBER": f"{number}", "ROOM_NAME": name},
                    level=self.levels[1],
                    created_phase=self.phase,
                    point=_at(x + 2.0, 2.0) if placed else None,
                    boundary=self._outline(x, north, 4.0, 4.0) if placed else None,
                )
        left, right, outside = (1.0, 1.0), (6.0, 1.0), (20.0, 1.0)
        self._tag("room", "fine", 1, left)
        self._tag("room", "astray", 1, right)
        self._tag("room", "outside", 2, outside)
        self._tag("room", "led", 1, right, leader=left)
        self._tag("room", "wrong", 2, right, leader=left)
        self._tag("room", "unplaced", 3, right)
        self._tag("space", "fine", 1, left)
        self._tag("space", "astray", 2, left)
        self._tag("space", "led", 2, left, leader=right)
        self._tag("space", "unplaced", 3, right)

    def add_areas(self) -> None:
        """Add areas of two schemes and their tags."""
        text, add = self.builder.text, self.builder.add
        schemes = [
            add("AreaScheme", f"scheme-{number}", "OST_AreaSchemes", name=name)
            for number, name in ((1, text("Rentable", "Mietfläche")), (2, text("Gross", "BGF")))
        ]
        areas = (
            ("other", 1, text("All", "Alles"), (-1.0, -1.0, 12.0, 12.0)),
            ("1", 0, text("Office", "Büro"), (0.0, 0.0, 4.0, 4.0)),
            ("2", 0, text("Store", "Lager"), (4.0, 0.0, 4.0, 4.0)),
        )
        for slug, scheme, name, (x, y, wide, deep) in areas:
            add(
                "Area",
                f"area-{slug}",
                "OST_Areas",
                {"ROOM_NUMBER": slug, "ROOM_NAME": name},
                level=self.levels[1],
                area_scheme=schemes[scheme],
                point=_at(x + wide / 2.0, y + deep / 2.0),
                boundary=self._outline(x, y, wide, deep),
            )
        self._tag("area", "fine", 1, (1.0, 1.0))
        self._tag("area", "astray", 2, (1.0, 1.0))
        self._tag("area", "outside", 2, (10.0, 1.0))
        self._tag("area", "led", 2, (1.0, 1.0), leader=(6.0, 1.0))

    def _tag(
        self,
        slug: str,
        handle: str,
        number: int,
        head: tuple[float, float],
        leader: tuple[float, float] | None = None,
        linked: tuple[int, int] | None = None,
    ) -> None:
        of_class, category = {
            "room": ("Autodesk.Revit.DB.Architecture.RoomTag", "OST_RoomTags"),
            "space": ("Autodesk.Revit.DB.Mechanical.SpaceTag", "OST_MEPSpaceTags"),
            "area": ("AreaTag", "OST_AreaTags"),
        }[slug]
        data: dict[str, Any] = {"tagged_in_link": linked}
        if linked is None:
            data["tagged"] = self.builder.database.by_handle(f"{slug}-{number}")
        self.builder.add(
            of_class,
            f"{slug}-tag-{handle}",
            category,
            point=_at(*head),
            leader=None if leader is None else _at(*leader),
            view=self.plans[1],
            **data,
        )

    def add_link(self) -> None:
        """Link the architect's model and tag rooms of it."""
        link = link_architects_model(self.builder)
        linked = self.builder.database.settings["links"][link.data["type"]]
        practice = next(
            record.id
            for record in linked.of_kind("Room")
            if record.data["level"] == linked.by_handle("level-1").id
        )
        self._tag("room", "linked", 0, (8.0, 1.0), linked=(link.id, practice))
        self._tag("room", "linked-fine", 0, (3.0, 6.0), linked=(link.id, practice))
        self._tag(
            "room", "linked-led", 0, (3.0, 5.0), leader=(8.0, 1.0), linked=(link.id, practice)
        )
