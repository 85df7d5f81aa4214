"""A model of parameters: bound and not, filled and empty, with stray blanks.

- parameters of users: `asset` (Asset number: shared, instance, doors), `cost` (Cost group: shared,
  type, doors), `checked` (Checked: project only, yes or no, instance, doors), `note` (Site note:
  project only, instance, doors and windows, varies between groups), `reserved` (Reserved: shared,
  instance, rooms, of which there are none);
- doors `door-1` to `door-3` on level 1, `door-4` on level 2, of `door-type-a` (1 and 2) and
  `door-type-b`; asset numbers A-1, A-1, " A-2", none; checked on `door-1`; notes of blanks, empty,
  "ok", none; marks 1.01, 1.02, X, none; cost group 300 on `door-type-a`, fire rating T30 too;
- equipment `pump-1` (mark PU-01, on the heating system) and `pump-2` (no mark, comment "new " with
  a blank behind), of `pump-type` (manufacturer Flow); sockets `socket-1` (on a circuit of `panel`)
  and `socket-2`; columns `column-1` of concrete and `column-2` of steel.

The shared parameter file of this Revit is `shared.txt` in the user's documents. The second flavour
is German, in millimetres and workshared, with worksets `Ausbau` and `Technik`.
"""

from typing import Any

from revitron_grpc.simulation.database import Database, ElementRecord
from revitron_grpc.simulation.models.builder import ModelBuilder, m
from revitron_grpc.simulation.models.empty_project import start
from revitron_grpc.simulation.revit.geometry import XYZ
from revitron_grpc.simulation.revit.worksharing import WorksetFacts

__all__ = ["bound_parameters"]

_GUID = "0b7e8f6e-2f5b-4d0a-9c53-00000000000"


def bound_parameters(*, second: bool) -> Database:
    """Build the model."""
    title = "Parameter" if second else "Parameters"
    builder = ModelBuilder(title, language="de" if second else "en", metric=second)
    start(builder)
    builder.database.settings["shared_parameter_file"] = "shared.txt"
    model = _Parameters(builder)
    model.add_parameters()
    model.add_doors()
    model.add_services()
    model.add_columns()
    if second:
        builder.database.is_workshared = True
        builder.database.settings["worksets"] = (
            WorksetFacts(1, "Ausbau", is_default=True),
            WorksetFacts(2, "Technik"),
        )
        builder.database.settings["active_workset"] = 1
        for record in builder.database.elements.values():
            technical = record.handle.startswith(("pump", "socket", "panel"))
            record.data["workset"] = 2 if technical else 1
    return builder.finish()


class _Parameters:
    """The model while it is being built."""

    def __init__(self, builder: ModelBuilder) -> None:
        self.builder = builder
        find = builder.database.by_handle
        self.levels, self.phase = (find("level-1"), find("level-2")), find("phase-2")
        self.placed = 0
        self.own: dict[str, int] = {}

    def add_parameters(self) -> None:
        """Add the parameters of users."""
        text = self.builder.text
        doors, windows, rooms = "OST_Doors", "OST_Windows", "OST_Rooms"
        parameters: tuple[tuple[str, str, bool, bool, str, tuple[str, ...]], ...] = (
            ("note", text("Site note", "Baustelle"), False, True, "String.Text", (doors, windows)),
            ("asset", text("Asset number", "Anlagennummer"), True, True, "String.Text", (doors,)),
            ("cost", text("Cost group", "Kostengruppe"), True, False, "String.Text", (doors,)),
            ("checked", text("Checked", "Geprüft"), False, True, "Boolean.YesNo", (doors,)),
            ("reserved", text("Reserved", "Frei"), True, True, "String.Text", (rooms,)),
        )
        for number, (handle, name, shared, instance, spec, categories) in enumerate(parameters):
            made = self.builder.add(
                "SharedParameterElement" if shared else "ParameterElement",
                handle,
                name=name,
                spec=spec,
                parameter_group="Data",
                instance=instance,
                categories=categories,
                shared_guid=f"{_GUID}{number}" if shared else None,
                varies=handle == "note",
            )
            self.own[handle] = made.id

    def _kind(self, handle: str, category: str, family: str, name: str) -> ElementRecord:
        made = self.builder.add("Family", f"family-{handle}", name=family, family_category=category)
        return self.builder.add_type("FamilySymbol", handle, category, family, name, of_family=made)

    def _place(
        self, handle: str, kind: ElementRecord, storey: int, mark: str = "", **data: Any
    ) -> ElementRecord:
        self.placed += 1
        return self.builder.add(
            "FamilyInstance",
            handle,
            kind.data["category"],
            {"ALL_MODEL_MARK": mark} if mark else {},
            type=kind,
            level=self.levels[storey - 1],
            created_phase=self.phase,
            point=XYZ(m(self.placed), 0.0, m(3.0 * (storey - 1))),
            **data,
        )

    def add_doors(self) -> None:
        """Add doors."""
        family = self.builder.text("Door", "Tür")
        kinds = [self._kind(f"door-type-{letter}", "OST_Doors", family, letter) for letter in "ab"]
        kinds[0].values[self.own["cost"]] = "300"
        self.builder.set(kinds[0], "FIRE_RATING", "T30")
        doors: tuple[tuple[str, int, int, str, str | None, str | None], ...] = (
            ("door-1", 0, 1, "1.01", "A-1", "   "),
            ("door-2", 0, 1, "1.02", "A-1", ""),
            ("door-3", 1, 1, "X", " A-2", "ok"),
            ("door-4", 1, 2, "", None, None),
        )
        for handle, kind, storey, mark, asset, note in doors:
            door = self._place(handle, kinds[kind], storey, mark)
            for key, value in (("asset", asset), ("note", note)):
                if value is not None:
                    door.values[self.own[key]] = value
            if handle == "door-1":
                door.values[self.own["checked"]] = 1

    def add_services(self) -> None:
        """Add equipment and sockets."""
        text, builder = self.builder.text, self.builder
        heating = builder.add(
            "Plumbing.PipingSystem",
            "heating",
            "OST_PipingSystem",
            name=text("Heating 1", "Heizung 1"),
        )
        pump = self._kind("pump-type", "OST_MechanicalEquipment", text("Pump", "Pumpe"), "50")
        builder.set(pump, "ALL_MODEL_MANUFACTURER", "Flow")
        self._place("pump-1", pump, 1, "PU-01", system=heating)
        second = self._place("pump-2", pump, 2)
        builder.set(second, "ALL_MODEL_INSTANCE_COMMENTS", "new ")
        board = self._kind("panel-type", "OST_ElectricalEquipment", text("Board", "Tafel"), "A")
        panel = self._place("panel", board, 1)
        builder.set(panel, "RBS_ELEC_PANEL_NAME", "LP1")
        socket = self._kind(
            "socket-type", "OST_ElectricalFixtures", text("Socket", "Steckdose"), "A"
        )
        first = self._place("socket-1", socket, 1, "S1")
        self._place("socket-2", socket, 1, "S2")
        builder.add(
            "Electrical.ElectricalSystem",
            "circuit",
            "OST_ElectricalCircuit",
            elements=(first,),
            base=panel,
        )

    def add_columns(self) -> None:
        """Add columns of two materials."""
        text = self.builder.text
        for number, material in ((1, "Concrete"), (2, "Steel")):
            family = text(f"Column {number}", f"Stütze {number}")
            kind = self._kind(f"column-type-{number}", "OST_StructuralColumns", family, "A")
            of_family = self.builder.database.elements[kind.data["of_family"]]
            of_family.data["structural_material"] = material
            self._place(f"column-{number}", kind, 1, "C1" if number == 1 else "")
