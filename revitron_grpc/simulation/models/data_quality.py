"""A model for whoever checks its data: elements with good, missing, double and odd values.

Nothing is drawn with walls around it; elements stand alone, each for one question:

- doors `door-1` to `door-8`: D01, D01 again, D02, none, demolished with D01, in a second option
  with D01, in the primary option with D02, and one with blanks around D05; `window-1` to
  `window-3`: D01, A, A again;
- equipment: `pump-1` to `pump-4` (P-9, P-9, none, nested in `pump-1` with P-9), `boiler-1` (P-9 of
  another family), `grille-1` and `grille-2` (both 7);
- panels `panel-1` to `panel-3` (LP1, LP1, none), and `cabinet` without connectors and name;
- structure: `column-1` to `column-3` (C1, C1, none), `beam-1` (C1), `footing-1` and `footing-2`
  (both F);
- spaces `space-1` to `space-4`: 1, 1, 1 of the existing phase, and 2, which is not placed.

The second flavour is German, in millimetres and workshared: a colleague holds `door-2`, and
`door-4` is in a group.
"""

from typing import Any

from revitron_grpc.simulation.database import Database, ElementRecord
from revitron_grpc.simulation.models.builder import ModelBuilder, m
from revitron_grpc.simulation.models.empty_project import start
from revitron_grpc.simulation.revit.geometry import XYZ
from revitron_grpc.simulation.revit.ports import Port

__all__ = ["data_quality"]


def data_quality(*, second: bool) -> Database:
    """Build the model."""
    title = "Datenqualität" if second else "Data quality"
    builder = ModelBuilder(title, language="de" if second else "en", metric=second)
    start(builder)
    marked = _Marked(builder)
    marked.add()
    if second:
        marked.make_second()
    return builder.finish()


class _Marked:
    """Elements with marks, while they are being added."""

    def __init__(self, builder: ModelBuilder) -> None:
        self.builder = builder
        find = builder.database.by_handle
        self.level = find("level-1")
        self.existing, self.new = find("phase-1"), find("phase-2")
        self.placed = 0

    def add(self) -> None:
        """Add everything."""
        self._openings()
        self._equipment()
        self._panels()
        self._structure()
        self._spaces()

    def _kind(self, slug: str, category: str, family: str, name: str) -> ElementRecord:
        made = self.builder.add("Family", f"family-{slug}", name=family, family_category=category)
        return self.builder.add_type(
            "FamilySymbol", f"type-{slug}", category, family, name, of_family=made
        )

    def _place(
        self, handle: str, kind: ElementRecord, mark: str | None, **data: Any
    ) -> ElementRecord:
        self.placed += 1
        values = {} if mark is None else {"ALL_MODEL_MARK": mark}
        category = kind.data["category"]
        return self.builder.add(
            "FamilyInstance",
            handle,
            category,
            values,
            type=kind,
            level=self.level,
            created_phase=self.new,
            point=XYZ(m(2.0 * self.placed), 0.0, 0.0),
            **data,
        )

    def _openings(self) -> None:
        text, builder = self.builder.text, self.builder
        door = self._kind("door", "OST_Doors", text("Single door", "Drehtür"), "900 x 2100")
        window = self._kind("window", "OST_Windows", text("Window", "Fenster"), "1200 x 1400")
        options = builder.add(
            "Element", "option-set", "OST_DesignOptionSets", name=text("Entrance", "Eingang")
        )
        primary, other = (
            builder.add(
                "DesignOption",
                f"option-{number}",
                "OST_DesignOptions",
                name=text(f"Option {number}", f"Variante {number}"),
                primary=number == 1,
                option_set=options,
            )
            for number in (1, 2)
        )
        self._place("door-1", door, "D01")
        self._place("door-2", door, "D01")
        self._place("door-3", door, "D02")
        self._place("door-4", door, None)
        self._place("door-5", door, "D01", demolished_phase=self.new)
        self._place("door-6", door, "D01", option=other)
        self._place("door-7", door, "D02", option=primary)
        self._place("door-8", door, " D05 ")
        self._place("window-1", window, "D01")
        self._place("window-2", window, "A")
        self._place("window-3", window, "A")

    def _equipment(self) -> None:
        text = self.builder.text
        pump = self._kind("pump", "OST_MechanicalEquipment", text("Pump", "Pumpe"), "DN 50")
        boiler = self._kind("boiler", "OST_MechanicalEquipment", text("Boiler", "Kessel"), "40 kW")
        grille = self._kind("grille", "OST_DuctTerminal", text("Grille", "Gitter"), "400 x 200")
        first = self._place("pump-1", pump, "P-9")
        self._place("pump-2", pump, "P-9")
        self._place("pump-3", pump, None)
        self._place("pump-4", pump, "P-9", super=first)
        self._place("boiler-1", boiler, "P-9")
        self._place("grille-1", grille, "7")
        self._place("grille-2", grille, "7")

    def _panels(self) -> None:
        text = self.builder.text
        panel = self._kind(
            "panel", "OST_ElectricalEquipment", text("Panelboard", "Verteiler"), "400 V"
        )
        cabinet = self._kind("cabinet", "OST_ElectricalEquipment", text("Cabinet", "Schrank"), "A")
        for number, name in ((1, "LP1"), (2, "LP1"), (3, None)):
            port = Port(XYZ(), XYZ(0.0, 0.0, 1.0), domain="DomainElectrical")
            made = self._place(f"panel-{number}", panel, None, ports=(port,))
            if name is not None:
                self.builder.set(made, "RBS_ELEC_PANEL_NAME", name)
        self._place("cabinet", cabinet, None)

    def _structure(self) -> None:
        text = self.builder.text
        column = self._kind(
            "column", "OST_StructuralColumns", text("Column", "Stütze"), "300 x 300"
        )
        beam = self._kind("beam", "OST_StructuralFraming", text("Beam", "Träger"), "IPE 200")
        footing = self._kind(
            "footing", "OST_StructuralFoundation", text("Footing", "Fundament"), "1000"
        )
        self._place("column-1", column, "C1")
        self._place("column-2", column, "C1")
        self._place("column-3", column, None)
        self._place("beam-1", beam, "C1")
        self._place("footing-1", footing, "F")
        self._place("footing-2", footing, "F")

    def _spaces(self) -> None:
        spaces = (
            ("space-1", "1", self.new, True),
            ("space-2", "1", self.new, True),
            ("space-3", "1", self.existing, True),
            ("space-4", "2", self.new, False),
        )
        for place, (handle, number, phase, placed) in enumerate(spaces):
            self.builder.add(
                "Autodesk.Revit.DB.Mechanical.Space",
                handle,
                "OST_MEPSpaces",
                {"ROOM_NUMBER": number, "ROOM_NAME": self.builder.text("Plant", "Technik")},
                level=self.level,
                created_phase=phase,
                point=XYZ(m(4.0 * place), m(20.0), 0.0) if placed else None,
            )

    def make_second(self) -> None:
        """Make what the second flavour has besides: a colleague, a group."""
        builder, database = self.builder, self.builder.database
        database.is_workshared = True
        find = database.by_handle
        for handle in ("door-2",):
            database.write(find(handle), "owner", "colleague")
        name = "Zimmer"
        kind = builder.add("GroupType", "group-type", "OST_IOSModelGroups", name=name, is_type=True)
        member = find("door-4")
        group = builder.add(
            "Group",
            "group-1",
            "OST_IOSModelGroups",
            name=name,
            type=kind,
            level=self.level,
            point=member.data["point"],
            members=(member,),
        )
        database.write(member, "group", group.id)
