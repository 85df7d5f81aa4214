"""A model of types: marked and unmarked, truly and falsely named, equal ones, unused ones.

Instances stand alone, only to make their types used. Handles of types:

- walls `wall-a` (EXT_200_RC, marked WT-01, used once), `wall-copy` (the same layers, no mark, used
  twice), `wall-partition` (WT-01 too, three times), `wall-bare` (no material, unused), `wall-glass`
  (a curtain wall, once), `wall-f90` (the layers of `wall-a`, but rated F90, unused);
- floors `floor-a` (200_RC, no mark, used once), `floor-old` (the same layers, unused), `floor-oak`
  (FT-02, once); `roof` and `ceiling` (both used once, only the ceiling marked);
- doors `door-a` (900x2100, D-01, three), `door-b` (D-01 too, one, named after another size),
  `door-fire` (no mark, one), `door-spare` (unused); `window-a` (no mark), `panel-a` (in a facade);
- sections `column-a`, `column-b` (named after another section), `column-c` (no section), `beam-a`
  (IPE200), `beam-b` (equal to it), `beam-c` (higher), `footing-a`;
- equipment `pump-a` (named by maker and model), `pump-b` (not so), `boiler-a` (no model),
  `lamp-a`, `sink-a`, `grille-a`, `socket-a`.
- pipes `pipe-a`, `pipe-b` (the same routing, used twice), `pipe-c` (another size of the segment),
  `pipe-d` (another elbow), ducts `duct-a` and `duct-b` (equal); trays `tray-a` (with fittings),
  `tray-b` (equal to it), `tray-c` (without), conduit `conduit-a`; `segment-steel` of the pipes
  above, `segment-copper` of no rule;
- annotation in `plan-1`: `text-1` of `text-partner`, `text-office` unused; `dimension-1` of
  `dimension-partner`, `dimension-office` unused; `dimension-hidden`, the hidden type of its style;
  `region-1` of `region-a`, `region-b` unused.
- tables: keynotes `03` (a heading) with `03.1` and `03.2`; assembly codes `B10`, `D30` and `D50`
  (headings), `B1010`, `B2010`, `C1010`, `D3040` and `D5020`. No type has a key of its own.

Instances are called after their type: `on-wall-a-1`. The second flavour is German, in millimetres
and workshared.
"""

from typing import Any

from revitron_grpc.simulation.database import Database, ElementRecord
from revitron_grpc.simulation.models.builder import ModelBuilder, m, mm
from revitron_grpc.simulation.models.empty_project import start
from revitron_grpc.simulation.revit.compound import Layer
from revitron_grpc.simulation.revit.curves import Line
from revitron_grpc.simulation.revit.dimensions import Segment
from revitron_grpc.simulation.revit.geometry import XYZ
from revitron_grpc.simulation.revit.run_types import Preference
from revitron_grpc.simulation.revit.tables import Entry

__all__ = ["type_catalogue"]


def type_catalogue(*, second: bool) -> Database:
    """Build the model."""
    title = "Typenkatalog" if second else "Type catalogue"
    builder = ModelBuilder(title, language="de" if second else "en", metric=second)
    start(builder)
    catalogue = _Catalogue(builder)
    catalogue.add_build_ups()
    catalogue.add_openings()
    catalogue.add_sections()
    catalogue.add_equipment()
    catalogue.add_runs()
    catalogue.add_annotation()
    catalogue.add_tables()
    builder.database.is_workshared = second
    return builder.finish()


class _Catalogue:
    """The model while it is being built."""

    def __init__(self, builder: ModelBuilder) -> None:
        self.builder = builder
        find = builder.database.by_handle
        self.level, self.phase = find("level-1"), find("phase-2")
        self.placed = 0
        text = builder.text
        names = {
            "concrete": text("Concrete, Cast-in-Place gray", "Beton, Ortbeton grau"),
            "brick": text("Brick", "Ziegel"),
            "oak": text("Oak", "Eiche"),
        }
        self.materials = {
            slug: builder.add("Material", f"material-{slug}", "OST_Materials", name=name)
            for slug, name in names.items()
        }

    # Layered types

    def _layers(self, *layers: tuple[float, str]) -> tuple[Layer, ...]:
        return tuple(
            Layer("Structure", mm(width), self.materials[slug].id if slug else -1)
            for width, slug in layers
        )

    def add_build_ups(self) -> None:
        """Add types of walls, floors, roofs and ceilings."""
        text, add = self.builder.text, self.builder.add_type
        basic, floors = text("Basic Wall", "Basiswand"), text("Floor", "Geschossdecke")
        concrete = self._layers((200.0, "concrete"))
        partition = self._layers((15.0, "oak"), (100.0, "brick"), (15.0, "oak"))
        walls = (
            ("a", "EXT_200_RC", concrete, 1, "WT-01", "", 1),
            ("copy", text("Copy of EXT", "Kopie von EXT"), concrete, 1, "", "", 2),
            ("partition", text("Partition", "Trennwand"), partition, 0, "WT-01", "", 3),
            ("bare", text("No core", "Ohne Kern"), self._layers((150.0, "")), 0, "", "", 0),
            ("f90", "EXT_200_RC F90", concrete, 1, "", "F90", 0),
        )
        for slug, name, layers, function, mark, fire, count in walls:
            kind = add("WallType", f"wall-{slug}", "OST_Walls", basic, name, layers=layers)
            self._fill(kind, FUNCTION_PARAM=function, ALL_MODEL_TYPE_MARK=mark, FIRE_RATING=fire)
            self._walls(kind, count)
        glass = add(
            "WallType",
            "wall-glass",
            "OST_Walls",
            text("Curtain Wall", "Fassade"),
            text("Glass", "Glas"),
            wall_kind="Curtain",
        )
        self._fill(glass, FUNCTION_PARAM=1)
        self._walls(glass, 1)
        kinds = (
            ("FloorType", "floor-a", "OST_Floors", floors, "200_RC", concrete, ""),
            ("FloorType", "floor-oak", "OST_Floors", floors, "25_Oak", partition, "FT-02"),
            (
                "FloorType",
                "floor-old",
                "OST_Floors",
                floors,
                text("Slab old", "Decke alt"),
                concrete,
                "",
            ),
            ("RoofType", "roof", "OST_Roofs", text("Basic Roof", "Basisdach"), "A", concrete, ""),
            (
                "CeilingType",
                "ceiling",
                "OST_Ceilings",
                text("Compound Ceiling", "Verbunddecke"),
                "130_Brick",
                partition,
                "CT-09",
            ),
        )
        instances = {"floor-a": "Floor", "floor-oak": "Floor", "roof": "FootPrintRoof"}
        instances["ceiling"] = "Ceiling"
        for of_class, handle, category, family, name, layers, mark in kinds:
            kind = add(of_class, handle, category, family, name, layers=layers)
            self._fill(kind, ALL_MODEL_TYPE_MARK=mark)
            if handle in instances:
                self._instance(instances[handle], f"on-{handle}-1", kind)

    def _fill(self, kind: ElementRecord, **values: Any) -> None:
        for parameter, value in values.items():
            if value != "":
                self.builder.set(kind, parameter, value)

    def _walls(self, kind: ElementRecord, count: int) -> None:
        for number in range(1, count + 1):
            self.placed += 1
            y = m(2.0 * self.placed)
            self._instance(
                "Wall",
                f"on-{kind.handle}-{number}",
                kind,
                curve=Line.between(XYZ(0.0, y, 0.0), XYZ(m(4.0), y, 0.0)),
            )

    def _instance(self, of_class: str, handle: str, kind: ElementRecord, **data: Any) -> None:
        self.builder.add(
            of_class,
            handle,
            kind.data["category"],
            type=kind,
            level=self.level,
            created_phase=self.phase,
            **data,
        )

    # Loadable families

    def _family(self, slug: str, category: str, name: str) -> ElementRecord:
        return self.builder.add("Family", f"family-{slug}", name=name, family_category=category)

    def _symbol(
        self, handle: str, family: ElementRecord, name: str, count: int, **values: Any
    ) -> ElementRecord:
        kind = self.builder.add_type(
            "FamilySymbol",
            handle,
            family.data["family_category"],
            family.data["name"],
            name,
            of_family=family,
        )
        self._fill(kind, **values)
        for number in range(1, count + 1):
            self.placed += 1
            place = XYZ(m(2.0 * self.placed), m(-5.0), 0.0)
            self._instance("FamilyInstance", f"on-{handle}-{number}", kind, point=place)
        return kind

    def add_openings(self) -> None:
        """Add types of doors, windows and curtain panels."""
        text = self.builder.text
        single = self._family("door", "OST_Doors", text("Single door", "Drehtür"))
        fire = self._family("fire-door", "OST_Doors", text("Fire door", "Brandschutztür"))
        window = self._family("window", "OST_Windows", text("Window", "Fenster"))
        panel = self._family("panel", "OST_CurtainWallPanels", text("Panel", "Paneel"))
        wide, high = mm(900.0), mm(2100.0)
        size = {"DOOR_WIDTH": wide, "DOOR_HEIGHT": high}
        self._symbol("door-a", single, "900x2100", 3, ALL_MODEL_TYPE_MARK="D-01", **size)
        self._symbol(
            "door-b",
            single,
            "800x2100",
            1,
            ALL_MODEL_TYPE_MARK="D-01",
            DOOR_WIDTH=mm(1010.0),
            DOOR_HEIGHT=mm(2134.6),
        )
        self._symbol("door-spare", single, text("Spare", "Reserve"), 0)
        self._symbol("door-fire", fire, "900x2100", 1, DOOR_FIRE_RATING="T30", **size)
        self._symbol(
            "window-a",
            window,
            text("Large", "Groß"),
            1,
            FAMILY_WIDTH_PARAM=mm(1200.0),
            FAMILY_HEIGHT_PARAM=mm(1400.0),
        )
        self._symbol("panel-a", panel, text("Glazed", "Glas"), 1)

    def add_sections(self) -> None:
        """Add types of columns, beams and footings."""
        text = self.builder.text
        column = self._family("column", "OST_StructuralColumns", text("Column", "Stütze"))
        beam = self._family("beam", "OST_StructuralFraming", text("Beam", "Träger"))
        footing = self._family("footing", "OST_StructuralFoundation", text("Footing", "Fundament"))
        self._symbol(
            "column-a",
            column,
            "HEB200",
            2,
            STRUCTURAL_SECTION_NAME_KEY="HEB200",
            ALL_MODEL_TYPE_MARK="C01",
        )
        self._symbol(
            "column-b",
            column,
            text("Column B", "Stütze B"),
            1,
            STRUCTURAL_SECTION_NAME_KEY="HEB300",
            ALL_MODEL_TYPE_MARK="C01",
        )
        self._symbol("column-c", column, text("Column C", "Stütze C"), 0)
        for handle, name, height, count in (
            ("beam-a", "IPE200", 200.0, 2),
            ("beam-b", text("IPE 200 imported", "IPE 200 importiert"), 200.0, 1),
            ("beam-c", "IPE200 x", 220.0, 1),
        ):
            self._symbol(
                handle,
                beam,
                name,
                count,
                STRUCTURAL_SECTION_NAME_KEY="IPE200",
                STRUCTURAL_SECTION_COMMON_WIDTH=mm(100.0),
                STRUCTURAL_SECTION_COMMON_HEIGHT=mm(height),
            )
        self._symbol("footing-a", footing, "1000", 1)

    def add_equipment(self) -> None:
        """Add types of equipment, fixtures, terminals, luminaires and devices."""
        text = self.builder.text
        pump = self._family("pump", "OST_MechanicalEquipment", text("Pump", "Pumpe"))
        boiler = self._family("boiler", "OST_MechanicalEquipment", text("Boiler", "Kessel"))
        maker = {"ALL_MODEL_MANUFACTURER": "Flow"}
        self._symbol("pump-a", pump, "Flow X1", 1, ALL_MODEL_MODEL="X1", **maker)
        self._symbol("pump-b", pump, text("Pump B", "Pumpe B"), 1, ALL_MODEL_MODEL="X2", **maker)
        self._symbol("boiler-a", boiler, "40 kW", 1, **maker)
        for slug, category, family in (
            ("sink", "OST_PlumbingFixtures", text("Sink", "Spüle")),
            ("grille", "OST_DuctTerminal", text("Grille", "Gitter")),
            ("lamp", "OST_LightingFixtures", text("Lamp", "Leuchte")),
            ("socket", "OST_ElectricalFixtures", text("Socket", "Steckdose")),
        ):
            self._symbol(
                f"{slug}-a",
                self._family(slug, category, family),
                "Flow S1",
                1,
                ALL_MODEL_MODEL="S1",
                **maker,
            )

    # Runs

    def add_runs(self) -> None:
        """Add types of pipes, ducts, trays and conduits."""
        text, add = self.builder.text, self.builder.add
        steel = add(
            "Plumbing.PipeSegment", "segment-steel", "OST_PipeSegments", name=text("Steel", "Stahl")
        )
        add(
            "Plumbing.PipeSegment",
            "segment-copper",
            "OST_PipeSegments",
            name=text("Copper", "Kupfer"),
        )
        elbows = [
            self._symbol(
                f"elbow-{number}",
                self._family(f"elbow-{number}", "OST_PipeFitting", f"Elbow {number}"),
                "90",
                0,
            )
            for number in (1, 2)
        ]
        pipes = (
            ("a", text("Heating", "Heizung"), 300.0, 0, 1),
            ("b", text("Heating new", "Heizung neu"), 300.0, 0, 2),
            ("c", text("Heating thin", "Heizung dünn"), 50.0, 0, 1),
            ("d", text("Heating bent", "Heizung gebogen"), 300.0, 1, 0),
        )
        for slug, name, largest, elbow, count in pipes:
            rules = (
                Preference("Segments", steel.id, (mm(15.0), mm(largest))),
                Preference("Elbows", elbows[elbow].id),
            )
            family = text("Pipe Types", "Rohrtypen")
            self._runs("Plumbing.Pipe", "pipe", slug, family, name, count, routing=rules)
        for slug, name, count in (("a", "Round", 1), ("b", "Round imported", 1)):
            self._runs(
                "Mechanical.Duct", "duct", slug, text("Round Duct", "Rundkanal"), name, count
            )
        for slug, name, fitted, count in (
            ("a", "Ladder", True, 2),
            ("b", "Ladder imported", True, 1),
            ("c", "Ladder plain", False, 1),
        ):
            family = text("Cable Tray", "Kabeltrasse")
            self._runs(
                "Electrical.CableTray", "tray", slug, family, name, count, with_fitting=fitted
            )
        self._runs("Electrical.Conduit", "conduit", "a", text("Conduit", "Leerrohr"), "EMT", 1)

    def _runs(
        self,
        of_class: str,
        word: str,
        slug: str,
        family: str,
        name: str,
        count: int,
        **data: Any,
    ) -> None:
        category = {
            "pipe": "OST_PipeCurves",
            "duct": "OST_DuctCurves",
            "tray": "OST_CableTray",
            "conduit": "OST_Conduit",
        }[word]
        kind = self.builder.add_type(
            f"{of_class}Type", f"{word}-{slug}", category, family, name, **data
        )
        for number in range(1, count + 1):
            self.placed += 1
            y = m(2.0 * self.placed)
            self._instance(
                of_class,
                f"on-{word}-{slug}-{number}",
                kind,
                curve=Line.between(XYZ(m(50.0), y, 0.0), XYZ(m(54.0), y, 0.0)),
            )

    # Annotation

    def add_annotation(self) -> None:
        """Add types of texts, dimensions and filled regions."""
        text, builder = self.builder.text, self.builder
        plan = builder.database.by_handle("plan-1")
        linear = text("Linear Dimension Style", "Stil für lineare Bemaßung")
        region = text("Filled region", "Gefüllter Bereich")
        kinds = {
            handle: builder.add_type(kind, handle, category, family, name)
            for kind, handle, category, family, name in (
                ("TextNoteType", "text-partner", "OST_TextNotes", "Text", "Partner 3 mm"),
                ("TextNoteType", "text-office", "OST_TextNotes", "Text", "Office 2.5 mm"),
                ("TextNoteType", "text-body", "OST_TextNotes", "Text", "Schedule 2 mm"),
                ("DimensionType", "dimension-partner", "OST_Dimensions", linear, "Partner"),
                ("DimensionType", "dimension-office", "OST_Dimensions", linear, "Office"),
                ("DimensionType", "dimension-hidden", "OST_Dimensions", linear, linear),
                ("FilledRegionType", "region-a", "OST_DetailComponents", region, "Earth"),
                ("FilledRegionType", "region-b", "OST_DetailComponents", region, "Sand"),
            )
        }
        builder.add(
            "TextNote",
            "text-1",
            "OST_TextNotes",
            type=kinds["text-partner"],
            view=plan,
            point=XYZ(),
            text="See detail",
        )
        builder.add(
            "Dimension",
            "dimension-1",
            "OST_Dimensions",
            type=kinds["dimension-partner"],
            view=plan,
            segments=(Segment(mm(2000.0)),),
        )
        builder.add(
            "FilledRegion", "region-1", "OST_DetailComponents", type=kinds["region-a"], view=plan
        )

    # Tables

    def add_tables(self) -> None:
        """Add the loaded tables of keynotes and assembly codes."""
        keynotes = (Entry("03", "", "Concrete"), Entry("03.1", "03", "Wall"), Entry("03.2", "03"))
        codes = (
            *(Entry(key) for key in ("B10", "D30", "D50", "B2010", "C1010")),
            Entry("B1010", "B10"),
            Entry("D3040", "D30"),
            Entry("D5020", "D50"),
        )
        self.builder.add("KeynoteTable", "keynotes", entries=keynotes)
        self.builder.add("AssemblyCodeTable", "assembly-codes", entries=codes)
