"""A model of plans on sheets in which some elements have no tag, two tags or an empty one.

Sheets, in the order of their making: A-105 with `plan-2`, A-101 with `plan-1` and `elevation-1`,
A-102 with `ceiling-plan`, A-103 with `framing-plan`, A-104 with `section-1`, and the placeholder
A-000. `plan-3` of level 1 is on none.

On level 1 stand windows, ducts, pipes, beams and lamps (`window-1` ...), tagged in the plan of
their kind, beams in `framing-plan`, lamps in `ceiling-plan`, the others in `plan-1`:

- number 1 has a tag, 2 none, 3 two tags, 4 a tag without text;
- of windows and lamps 5 is demolished and 6 a part of 1; of beams 6 is a part of 1; of ducts and
  pipes 5 is upright and 6 half a metre long; `window-7` stands on level 2;
- rooms: `room-1` tagged, `room-2` not, `room-3` twice, `room-4` not enclosed; one more tag names a
  room of a link;
- `plan-3` has a tag of everything that lacks one elsewhere.
"""

from typing import Any

from revitron_grpc.simulation.database import Database, ElementRecord
from revitron_grpc.simulation.models.builder import ModelBuilder, m
from revitron_grpc.simulation.models.empty_project import start
from revitron_grpc.simulation.revit.curves import Line
from revitron_grpc.simulation.revit.geometry import XYZ
from revitron_grpc.simulation.revit.rooms import sides

__all__ = ["tagged_plans"]

_KINDS = {
    "window": ("FamilyInstance", "OST_Windows", "OST_WindowTags", "plan-1"),
    "duct": ("Mechanical.Duct", "OST_DuctCurves", "OST_DuctTags", "plan-1"),
    "pipe": ("Plumbing.Pipe", "OST_PipeCurves", "OST_PipeTags", "plan-1"),
    "beam": (
        "FamilyInstance",
        "OST_StructuralFraming",
        "OST_StructuralFramingTags",
        "framing-plan",
    ),
    "lamp": ("FamilyInstance", "OST_LightingFixtures", "OST_LightingFixtureTags", "ceiling-plan"),
}


def tagged_plans(*, second: bool) -> Database:
    """Build the model; the second flavour is German and in millimetres."""
    title = "Beschriftete Pläne" if second else "Tagged plans"
    builder = ModelBuilder(title, language="de" if second else "en", metric=second)
    start(builder)
    plans = _Plans(builder)
    plans.add_views()
    for slug in _KINDS:
        plans.add_things(slug)
    plans.add_rooms()
    return builder.finish()


class _Plans:
    """The model while it is being built."""

    def __init__(self, builder: ModelBuilder) -> None:
        self.builder = builder
        find = builder.database.by_handle
        self.level, self.upper = find("level-1"), find("level-2")
        self.phase = find("phase-2")
        self.views = {"plan-1": find("plan-1"), "plan-2": find("plan-2")}
        self.tags = 0

    def add_views(self) -> None:
        """Add views and sheets."""
        text, add = self.builder.text, self.builder.add
        for handle, kind, view_type, name, level in (
            ("plan-3", "ViewPlan", "FloorPlan", text("Working plan", "Arbeitsplan"), True),
            ("ceiling-plan", "ViewPlan", "CeilingPlan", text("Ceilings", "Decken"), True),
            ("framing-plan", "ViewPlan", "EngineeringPlan", text("Framing", "Träger"), True),
            ("section-1", "ViewSection", "Section", text("Section", "Schnitt"), False),
            ("elevation-1", "ViewSection", "Elevation", text("North", "Nord"), False),
        ):
            self.views[handle] = add(
                kind,
                handle,
                "OST_Views",
                name=name,
                view_type=view_type,
                gen_level=self.level if level else None,
                view_phase=self.phase,
                scale=100,
            )
        sheets: tuple[tuple[str, tuple[str, ...]], ...] = (
            ("A-105", ("plan-2",)),
            ("A-101", ("plan-1", "elevation-1")),
            ("A-102", ("ceiling-plan",)),
            ("A-103", ("framing-plan",)),
            ("A-104", ("section-1",)),
            ("A-000", ()),
        )
        for number, shown in sheets:
            sheet = add(
                "ViewSheet",
                f"sheet-{number}",
                "OST_Sheets",
                name=number,
                number=number,
                view_type="DrawingSheet",
                placeholder=not shown,
            )
            for handle in shown:
                add(
                    "Viewport",
                    f"viewport-{handle}",
                    "OST_Viewports",
                    sheet=sheet,
                    viewed=self.views[handle],
                    view=sheet,
                    point=XYZ(),
                )

    def add_things(self, slug: str) -> None:
        """Add elements of one kind and their tags."""
        of_class, category, tag_category, plan = _KINDS[slug]
        made: dict[int, ElementRecord] = {}
        for number in range(1, 8 if slug == "window" else 7):
            data = self._place(slug, number)
            if number == 6 and slug in ("window", "lamp", "beam"):
                data["super"] = made[1]
            if number == 5 and slug in ("window", "lamp"):
                data["demolished_phase"] = self.phase
            made[number] = self.builder.add(
                of_class,
                f"{slug}-{number}",
                category,
                level=self.upper if number == 7 else self.level,
                created_phase=self.phase,
                **data,
            )
        numbers = (1, 3, 3, 4) if slug != "beam" else (1, 3, 3, 4, 5)
        for number in numbers:
            self._tag(made[number], tag_category, plan, "" if number == 4 else slug)
        self._tag(made[2], tag_category, "plan-3", slug)

    def _place(self, slug: str, number: int) -> dict[str, Any]:
        begin = XYZ(0.0, m(number), m(2.5))
        if slug not in ("duct", "pipe"):
            return {"point": begin}
        run = {5: XYZ(m(0.5), 0.0, m(3.0)), 6: XYZ(m(0.5), 0.0, 0.0)}.get(
            number, XYZ(m(5.0), 0.0, 0.0)
        )
        return {"curve": Line.between(begin, begin.plus(run))}

    def _tag(self, tagged: ElementRecord, category: str, view: str, text: str) -> None:
        self.tags += 1
        self.builder.add(
            "IndependentTag",
            f"tag-{self.tags}",
            category,
            tagged=(tagged,),
            point=XYZ(),
            view=self.views[view],
            text=text,
        )

    def add_rooms(self) -> None:
        """Add rooms and their tags."""
        rooms: dict[int, ElementRecord] = {}
        for number in range(1, 5):
            x, wide = m(4.0 * number), m(4.0)
            corners = [XYZ(x, 0.0), XYZ(x + wide, 0.0), XYZ(x + wide, wide), XYZ(x, wide)]
            rooms[number] = self.builder.add(
                "Autodesk.Revit.DB.Architecture.Room",
                f"room-{number}",
                "OST_Rooms",
                {"ROOM_NUMBER": f"{number}", "ROOM_NAME": self.builder.text("Office", "Büro")},
                level=self.level,
                created_phase=self.phase,
                point=XYZ(x + wide / 2.0, wide / 2.0),
                boundary=(sides(corners, [None] * 4),) if number < 4 else None,
            )
        for place, number in enumerate((1, 3, 3, 0)):
            data: dict[str, Any] = {"tagged": rooms[number]} if number else {}
            if not number:
                data = {"tagged_in_link": (1, 2)}
            self.builder.add(
                "Autodesk.Revit.DB.Architecture.RoomTag",
                f"room-tag-{place + 1}",
                "OST_RoomTags",
                point=XYZ(),
                view=self.views["plan-1"],
                **data,
            )
