"""An office that several people work on: worksets, groups, saved sets, phases that contradict.

Elements stand for one question each; models/coordination_groups.py, coordination_services.py and
coordination_links.py add groups, services, and links with grids and base points.

- walls `wall-1` to `wall-4` around 10 by 8 metres; `wall-old` stands since the existing phase and
  is demolished in the new one; `wall-temporary` is made and demolished in the new phase,
  `wall-backwards` is demolished before it is made;
- `door-1` (in `wall-1`), `door-2` (in `wall-old`, and stays), `door-3` (older than `wall-2`),
  `door-4` (in `wall-old`, demolished with it), `door-free` (in no wall), `window-1` (in `wall-3`);
- rooms `room-left`, `room-right`, furniture `desk-1`, `desk-2`, `stool`, a facade panel `panel-1`;
- pillars `pillar-1` to `pillar-4`; the saved sets `set-1` (1, 2 and a deleted one), `set-2` (2, 3
  and the deleted one), `set-3` (`desk-1` and a note, which has no category of the model);
- structure: `column-steel`, `column-concrete`, `beam-1` to `beam-5`, `slab-bearing` and
  `slab-screed`; reinforcement `bar-1`, `bar-2`, `bar-free` (in nothing), `area-bars`, `path-bars`
  and `fabric`;
- phases `phase-1` (existing), `phase-2` (new), `phase-3` (fit-out, which no view shows);
- scope boxes `scope-a` around the left half, `scope-b` around all, and the unused `scope-spare`.

Worksets: 1 architecture, 2 levels and grids, 3 services, 4 structure, and one of views.
On another workset than they should be: `door-1`, `window-1`, `desk-2`, `wall-2`, `beam-1`.

The model is workshared in both flavours. A colleague holds `wall-3`, and `wall-4` was changed in
the central model. The second flavour is German and in millimetres; there a colleague holds
`door-1` and `desk-2` too, `window-1` is in the group `group-window`, and `stool` in an option.
"""

from typing import Any

from revitron_grpc.simulation.database import Database, ElementRecord
from revitron_grpc.simulation.models.builder import ModelBuilder, m
from revitron_grpc.simulation.models.coordination_groups import add_groups
from revitron_grpc.simulation.models.coordination_links import add_links
from revitron_grpc.simulation.models.coordination_services import add_coordinated_services
from revitron_grpc.simulation.models.empty_project import start
from revitron_grpc.simulation.revit.compound import Layer
from revitron_grpc.simulation.revit.curves import Line
from revitron_grpc.simulation.revit.geometry import XYZ
from revitron_grpc.simulation.revit.loops import CurveLoop
from revitron_grpc.simulation.revit.rooms import sides
from revitron_grpc.simulation.revit.worksharing import WorksetFacts

__all__ = ["workshared_office"]

COLLEAGUE = "petra"


def workshared_office(*, second: bool) -> Database:
    """Build the model."""
    title = "Büro" if second else "Office"
    builder = ModelBuilder(title, language="de" if second else "en", metric=second)
    start(builder)
    _Office(builder).build()
    add_groups(builder)
    add_coordinated_services(builder)
    add_links(builder)
    _share(builder)
    if second:
        _make_second(builder)
    return builder.finish()


def _point(x: float, y: float, z: float = 0.0) -> XYZ:
    return XYZ(m(x), m(y), m(z))


class _Office:
    """The building while it is being added."""

    def __init__(self, builder: ModelBuilder) -> None:
        self.builder = builder
        find = builder.database.by_handle
        self.level = find("level-1")
        self.existing, self.new = find("phase-1"), find("phase-2")

    def build(self) -> None:
        """Add everything."""
        text, builder = self.builder.text, self.builder
        fit_out = builder.add("Phase", "phase-3", "OST_Phases", name=text("Fit-out", "Ausbau"))
        builder.database.settings["phases"] = (self.existing.id, self.new.id, fit_out.id)
        self._walls()
        self._openings()
        self._rooms()
        self._furniture()
        self._structure()
        self._sets()
        self._scopes()
        builder.add("ViewSchedule", "list", "OST_Schedules", name="List", view_type="Schedule")

    def _walls(self) -> None:
        text = self.builder.text
        concrete = self.builder.add(
            "Material", "material-concrete", "OST_Materials", name=text("Concrete", "Beton")
        )
        kind = self.builder.add_type(
            "WallType",
            "type-wall",
            "OST_Walls",
            text("Basic Wall", "Basiswand"),
            text("Interior 120", "Innen 120"),
            layers=(Layer("Structure", m(0.12), concrete.id),),
        )
        lines = {
            "1": ((0, 0), (10, 0)),
            "2": ((10, 0), (10, 8)),
            "3": ((10, 8), (0, 8)),
            "4": ((0, 8), (0, 0)),
            "old": ((5, 0), (5, 8)),
            "temporary": ((1, 2), (3, 2)),
            "backwards": ((1, 4), (3, 4)),
        }
        phases = {
            "old": (self.existing, self.new),
            "temporary": (self.new, self.new),
            "backwards": (self.new, self.existing),
        }
        for name, (begin, end) in lines.items():
            created, demolished = phases.get(name, (self.new, None))
            self.builder.add(
                "Wall",
                f"wall-{name}",
                "OST_Walls",
                {"WALL_USER_HEIGHT_PARAM": m(3.0)},
                type=kind,
                level=self.level,
                created_phase=created,
                demolished_phase=demolished,
                curve=Line.between(_point(*begin), _point(*end)),
            )

    def _family(
        self, slug: str, category: str, family: str, name: str, **data: Any
    ) -> ElementRecord:
        of = self.builder.add(
            "Family", f"family-{slug}", name=family, family_category=category, **data
        )
        return self.builder.add_type(
            "FamilySymbol", f"type-{slug}", category, family, name, of_family=of
        )

    def _place(self, handle: str, kind: ElementRecord, x: float, y: float, **data: Any) -> None:
        foot = _point(x, y)
        data.setdefault("created_phase", self.new)
        self.builder.add(
            "FamilyInstance",
            handle,
            kind.data["category"],
            type=kind,
            level=self.level,
            point=foot,
            box=(foot, foot.plus(_point(0.5, 0.5, 1.0))),
            **data,
        )

    def _openings(self) -> None:
        text, find = self.builder.text, self.builder.database.by_handle
        door = self._family("door", "OST_Doors", text("Single door", "Drehtür"), "900")
        window = self._family("window", "OST_Windows", text("Window", "Fenster"), "1200")
        old = {"created_phase": self.existing}
        self._place("door-1", door, 2.0, 0.0, host=find("wall-1"))
        self._place("door-2", door, 5.0, 2.0, host=find("wall-old"), **old)
        self._place("door-3", door, 10.0, 4.0, host=find("wall-2"), **old)
        self._place(
            "door-4", door, 5.0, 6.0, host=find("wall-old"), demolished_phase=self.new, **old
        )
        self._place("door-free", door, 7.0, 7.0)
        self._place("window-1", window, 7.0, 8.0, host=find("wall-3"))

    def _rooms(self) -> None:
        text, find = self.builder.text, self.builder.database.by_handle
        for number, (slug, name, x0, x1) in enumerate(
            (
                ("left", text("Office", "Büro"), 0.06, 4.94),
                ("right", text("Meeting", "Besprechung"), 5.06, 9.94),
            ),
            start=1,
        ):
            corners = [_point(x, y) for x, y in ((x0, 0.06), (x1, 0.06), (x1, 7.94), (x0, 7.94))]
            around = [find(f"wall-{side}") for side in ("1", "2", "3", "4")]
            self.builder.add(
                "Autodesk.Revit.DB.Architecture.Room",
                f"room-{slug}",
                "OST_Rooms",
                {"ROOM_NUMBER": str(number), "ROOM_NAME": name, "ROOM_UPPER_OFFSET": m(2.6)},
                level=self.level,
                created_phase=self.new,
                point=_point((x0 + x1) / 2.0, 4.0),
                boundary=(sides(corners, around),),
            )

    def _furniture(self) -> None:
        text = self.builder.text
        desk = self._family("desk", "OST_Furniture", text("Desk", "Tisch"), "1600")
        stool = self._family("stool", "OST_Furniture", text("Stool", "Hocker"), "400")
        panel = self._family(
            "panel", "OST_CurtainWallPanels", text("System panel", "Systemelement"), "Glas"
        )
        pillar = self._family("pillar", "OST_Columns", text("Pillar", "Pfeiler"), "300")
        self._place("desk-1", desk, 2.0, 6.0)
        self._place("desk-2", desk, 7.0, 6.0)
        self._place("stool", stool, 7.0, 5.0)
        self._place("panel-1", panel, 10.0, 1.0)
        for number in range(1, 5):
            self._place(f"pillar-{number}", pillar, 2.0 * number, 3.0)

    def _structure(self) -> None:
        text = self.builder.text
        steel = self._family(
            "column-steel",
            "OST_StructuralColumns",
            text("Steel column", "Stahlstütze"),
            "HEB 200",
            structural_material="Steel",
        )
        concrete = self._family(
            "column-concrete",
            "OST_StructuralColumns",
            text("Column", "Stütze"),
            "300 x 300",
            structural_material="Concrete",
        )
        beam = self._family("beam", "OST_StructuralFraming", text("Beam", "Träger"), "IPE 200")
        self._place("column-steel", steel, 1.0, 1.0)
        self._place("column-concrete", concrete, 9.0, 1.0)
        # What touches a beam is found by boxes: 1 and 5 touch the steel column, 2 the concrete one,
        # 3 nothing, 4 a wall.
        old = {"created_phase": self.existing}
        self._place("beam-1", beam, 1.3, 1.0)
        self._place("beam-2", beam, 9.3, 1.0, **old)
        self._place("beam-3", beam, 7.0, 2.0, **old)
        self._place("beam-4", beam, 10.0, 6.0)
        self._place("beam-5", beam, 1.3, 1.4, demolished_phase=self.existing, **old)
        kind = self.builder.add_type(
            "FloorType",
            "type-slab",
            "OST_Floors",
            text("Floor", "Geschossdecke"),
            "200",
            layers=(Layer("Structure", m(0.2), self._material().id),),
        )
        for handle, structural in (("slab-bearing", 1), ("slab-screed", 0)):
            corners = ((0, 0), (10, 0), (10, 8), (0, 8))
            self.builder.add(
                "Floor",
                handle,
                "OST_Floors",
                {"FLOOR_PARAM_IS_STRUCTURAL": structural},
                type=kind,
                level=self.level,
                created_phase=self.new,
                profile=(CurveLoop.polygon([_point(*c) for c in corners]),),
            )

        for handle, kind, category, host, workset in (
            ("bar-1", "Rebar", "OST_Rebar", "column-concrete", 1),
            ("bar-2", "Rebar", "OST_Rebar", "slab-bearing", 4),
            ("bar-free", "Rebar", "OST_Rebar", None, 4),
            ("area-bars", "AreaReinforcement", "OST_AreaRein", "slab-bearing", 1),
            ("path-bars", "PathReinforcement", "OST_PathRein", "slab-bearing", 1),
            ("fabric", "FabricArea", "OST_FabricAreas", "slab-bearing", 3),
        ):
            self.builder.add(
                f"Autodesk.Revit.DB.Structure.{kind}",
                handle,
                category,
                name=handle,
                host=None if host is None else self.builder.database.by_handle(host),
                workset=workset,
            )

    def _material(self) -> ElementRecord:
        return self.builder.database.by_handle("material-concrete")

    def _sets(self) -> None:
        builder, find = self.builder, self.builder.database.by_handle
        note = builder.add("Element", "loose-part", name=builder.text("Loose", "Lose"))
        gone = builder.add("Element", "gone")
        members = {
            "1": [find("pillar-1"), find("pillar-2"), gone],
            "2": [find("pillar-2"), find("pillar-3"), gone],
            "3": [find("desk-1"), note],
        }
        for number, held in members.items():
            builder.add(
                "SelectionFilterElement",
                f"set-{number}",
                name=builder.text(f"Lot {number}", f"Los {number}"),
                ids=tuple(one.id for one in held),
            )
        builder.database.remove(gone)

    def _scopes(self) -> None:
        for slug, name, corner in (
            ("a", "A", _point(5.0, 8.0, 3.0)),
            ("b", "B", _point(10.0, 8.0, 3.0)),
            ("spare", "Z", _point(-5.0, -5.0, 3.0)),
        ):
            low = _point(-6.0, -6.0) if slug == "spare" else _point(-1.0, -1.0, -1.0)
            self.builder.add(
                "Element",
                f"scope-{slug}",
                "OST_VolumeOfInterest",
                name=self.builder.text(f"Part {name}", f"Bauteil {name}"),
                box=(low, corner),
            )


def _share(builder: ModelBuilder) -> None:
    """Make it a workshared model of two people, each element on the workset that it needs."""
    database, text = builder.database, builder.text
    database.is_workshared = True
    database.settings["worksets"] = (
        WorksetFacts(1, text("Architecture", "Architektur"), is_default=True),
        WorksetFacts(2, text("Levels and Grids", "Ebenen und Raster")),
        WorksetFacts(3, text("Services", "Haustechnik")),
        WorksetFacts(4, text("Structure", "Tragwerk")),
        WorksetFacts(9, text("Views", "Ansichten"), kind="ViewWorkset"),
    )
    database.settings["active_workset"] = 1
    builder.add("WorksetDefaultVisibilitySettings", "workset-defaults", name="")
    structure = (
        "OST_StructuralColumns",
        "OST_StructuralFraming",
        "OST_Floors",
    )
    for record in database.elements.values():
        category = record.data.get("category")
        if category in ("OST_Levels", "OST_Grids"):
            record.data.setdefault("workset", 2)
        elif category in structure:
            record.data.setdefault("workset", 4)
        else:
            record.data.setdefault("workset", 9 if category == "OST_Views" else 1)
    find = database.by_handle
    for handle, number in (
        ("door-1", 3),
        ("window-1", 2),
        ("desk-2", 4),
        ("wall-2", 4),
        ("beam-1", 1),
    ):
        find(handle).data["workset"] = number
    find("wall-3").data.update(owner=COLLEAGUE, creator="author", changed_by=COLLEAGUE)
    find("wall-4").data.update(out_of_date=True, creator=COLLEAGUE, changed_by=COLLEAGUE)


def _make_second(builder: ModelBuilder) -> None:
    database, find = builder.database, builder.database.by_handle
    for handle in ("door-1", "desk-2"):
        find(handle).data["owner"] = COLLEAGUE
    option = builder.add(
        "DesignOption", "option-1", "OST_DesignOptions", name="Variante 1", primary=True
    )
    find("stool").data["option"] = option.id
    kind = builder.add(
        "GroupType", "type-group-window", "OST_IOSModelGroups", name="Fassade", is_type=True
    )
    group = builder.add(
        "Group",
        "group-window",
        "OST_IOSModelGroups",
        name="Fassade",
        type=kind,
        level=find("level-1"),
        point=_point(7.0, 8.0),
        members=(find("window-1"),),
        workset=2,
    )
    database.write(find("window-1"), "group", group.id)
