"""Groups of the workshared office, which are unlike their twins on purpose.

- type A: `group-a1` stands 100 mm higher, `group-a2` lacks a chair, in `group-a3` all is mirrored;
  members are `group-a1-chair-1`, `group-a1-chair-2`, `group-a1-desk` and so on; `group-a1` holds a
  sketch without a category too;
- type B: three equal ones, each a desk with two shelves nested in it; those of `group-b1` are
  mirrored, which does not count;
- type C: `group-c1` and `group-c2`, mirrored and not, of two heights: no majority;
- type D: one only; `group-note-1` and `group-note-2` are groups of notes in a view, not alike.

On another workset than their group: `group-a1-chair-1` and `group-b2-desk` (services), the sketch,
and the notes.
"""

from typing import Any

from revitron_grpc.simulation.database import ElementRecord
from revitron_grpc.simulation.models.builder import ModelBuilder, m
from revitron_grpc.simulation.revit.geometry import XYZ

__all__ = ["add_groups"]


def add_groups(builder: ModelBuilder) -> None:
    """Add the groups with their members; worksets of the odd ones are set."""
    _Groups(builder).build()


class _Groups:
    """Groups while they are being added."""

    def __init__(self, builder: ModelBuilder) -> None:
        self.builder = builder
        find = builder.database.by_handle
        self.level, self.plan, self.phase = find("level-1"), find("plan-1"), find("phase-2")
        self.desk, self.stool = find("type-desk"), find("type-stool")

    def build(self) -> None:
        """Add all types and instances."""
        text = self.builder.text
        a, b, c, d = (
            self._type(slug, text(f"Flat {slug.upper()}", f"Wohnung {slug.upper()}"))
            for slug in ("a", "b", "c", "d")
        )
        for number in (1, 2, 3):
            self._type_a(a, number)
            self._type_b(b, number)
        for number in (1, 2):
            handle = f"group-c{number}"
            stool = self._member(f"{handle}-stool", self.stool, mirrored=number == 1)
            self._group(handle, c, [stool], 0.2 * number)
        self._group("group-d1", d, [self._member("group-d1-stool", self.stool)])
        notes = self._type("note", text("Note", "Hinweis"), "OST_IOSDetailGroups")
        for number in (1, 2):
            members = [
                self.builder.add(
                    "TextNote",
                    f"group-note-{number}-{place}",
                    "OST_TextNotes",
                    view=self.plan,
                    workset=3,
                )
                for place in range(number)
            ]
            self._group(f"group-note-{number}", notes, members, view=self.plan, level=None)

    def _type_a(self, kind: ElementRecord, number: int) -> None:
        handle = f"group-a{number}"
        mirrored = number == 3
        members = [
            self._member(f"{handle}-chair-{place}", self.stool, mirrored=mirrored)
            for place in (1, 2)
            if (number, place) != (2, 2)
        ]
        members.append(self._member(f"{handle}-desk", self.desk, mirrored=mirrored))
        if number == 1:
            members[0].data["workset"] = 3
            members.append(self.builder.add("Element", f"{handle}-sketch", name="", workset=3))
        self._group(handle, kind, members, 0.1 if number == 1 else 0.0)

    def _type_b(self, kind: ElementRecord, number: int) -> None:
        handle = f"group-b{number}"
        desk = self._member(f"{handle}-desk", self.desk)
        if number == 2:
            desk.data["workset"] = 3
        shelves = [
            self._member(f"{handle}-shelf-{place}", self.stool, mirrored=number == 1, super=desk.id)
            for place in (1, 2)
        ]
        self._group(handle, kind, [desk, *shelves])

    def _type(self, slug: str, name: str, category: str = "OST_IOSModelGroups") -> ElementRecord:
        return self.builder.add(
            "GroupType", f"type-group-{slug}", category, name=name, is_type=True
        )

    def _member(self, handle: str, kind: ElementRecord, **data: Any) -> ElementRecord:
        return self.builder.add(
            "FamilyInstance",
            handle,
            "OST_Furniture",
            type=kind,
            level=self.level,
            created_phase=self.phase,
            point=XYZ(m(-5.0), m(-5.0), 0.0),
            **data,
        )

    def _group(
        self,
        handle: str,
        kind: ElementRecord,
        members: list[ElementRecord],
        height: float = 0.0,
        **data: Any,
    ) -> None:
        data.setdefault("level", self.level)
        group = self.builder.add(
            "Group",
            handle,
            kind.data["category"],
            name=kind.data["name"],
            type=kind,
            point=XYZ(m(-5.0), m(-5.0), m(height)),
            members=tuple(one.id for one in members),
            **data,
        )
        for one in members:
            one.data["group"] = group.id
